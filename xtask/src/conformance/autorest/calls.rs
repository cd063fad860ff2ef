//! The table of calls: `xtask/conformance/autorest.jsonl`, and why scenarios do not pass, beside it.

use super::super::compare::difference;
use super::super::notes;
use crate::workspace::Failure;
use serde::Deserialize;
use serde_json::{Map, Value, json};

const LINES: &str = include_str!("../../../conformance/autorest.jsonl");
const MISSES: &str = include_str!("../../../conformance/autorest.toml");

pub(super) use notes::Miss;

/// A call for a scenario; a scenario may need several.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Line {
    /// What the server counts.
    pub(super) scenario: String,
    /// The document, without `.json`.
    pub(super) document: String,
    /// Method and path template.
    operation: String,
    #[serde(default)]
    arguments: Map<String, Value>,
    #[serde(default)]
    credentials: Map<String, Value>,
    /// What stands before the document's paths, which says it in words that are no OpenAPI.
    #[serde(default)]
    base: String,
    /// Whether a list is read to its end.
    #[serde(default)]
    all: bool,
    /// Whether failures are tried again.
    #[serde(default)]
    retry: bool,
    #[serde(default)]
    answer: Answer,
}

/// What must come of a call.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Answer {
    /// Anything but an error.
    #[default]
    Success,
    /// This value.
    Value(Value),
    /// An error of this status.
    Status(u64),
    /// An error of a body that is not what the document says.
    Unreadable,
    /// A value or such an error: the suite leaves it open.
    Open,
}

impl Line {
    /// The line for the program that makes the call.
    pub(super) fn job(&self, api: &str, origin: &str) -> Value {
        json!({
            "api": api,
            "baseUrl": format!("{origin}{}", self.base),
            "credentials": self.credentials,
            "operation": self.operation,
            "arguments": self.arguments,
            "all": self.all,
            "retry": self.retry,
        })
    }

    /// Whether the table says what must come of it.
    pub(super) const fn is_compared(&self) -> bool {
        matches!(
            self.answer,
            Answer::Value(_) | Answer::Status(_) | Answer::Unreadable
        )
    }

    /// What is not as it should be.
    pub(super) fn fault(&self, answer: &Value) -> Option<String> {
        let error = answer.get("error").and_then(Value::as_str);
        let status = answer.get("status").and_then(Value::as_u64);
        let is_read = status.is_some_and(|it| it < 300);
        match (&self.answer, error) {
            (Answer::Success, None) | (Answer::Open, None) => None,
            (Answer::Unreadable | Answer::Open, Some(_)) if is_read => None,
            (Answer::Status(wanted), Some(_)) if status == Some(*wanted) => None,
            (_, Some(error)) => Some(error.to_owned()),
            (Answer::Value(value), None) => {
                let read = answer.get("value").unwrap_or(&Value::Null);
                let items = read.get("items").filter(|_| value.is_array());
                difference(value, items.unwrap_or(read)).map(|it| format!("read otherwise: {it}"))
            }
            (Answer::Status(wanted), None) => Some(format!("{wanted} was read as a success")),
            (Answer::Unreadable, None) => Some(format!(
                "what the document does not allow was read as {}",
                answer.get("value").unwrap_or(&Value::Null)
            )),
        }
    }
}

/// Reads the table.
pub(super) fn read() -> Result<Vec<Line>, Failure> {
    let lines = LINES.lines().enumerate();
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| Failure::Read {
                path: format!("conformance/autorest.jsonl:{}", number + 1),
                message: error.to_string(),
            })
        })
        .collect()
}

/// The file of reasons.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Misses {
    #[serde(default)]
    miss: Vec<Miss>,
}

/// Reads the reasons.
pub(super) fn misses() -> Result<Vec<Miss>, Failure> {
    let misses: Result<Misses, _> = toml::from_str(MISSES);
    misses.map(|it| it.miss).map_err(|error| Failure::Read {
        path: "conformance/autorest.toml".to_owned(),
        message: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(answer: &str) -> Line {
        let text = format!(
            r#"{{"scenario": "a", "document": "b", "operation": "GET /", "answer": {answer}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn the_table_and_the_reasons_are_read_and_no_scenario_has_two_reasons() {
        let lines = read().unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for name in misses().unwrap().iter().flat_map(|miss| &miss.scenarios) {
            assert!(seen.insert(name.clone()), "{name}");
            let has = |line: &Line| *name == format!("{}: {}", line.document, line.scenario);
            assert!(lines.iter().any(has), "{name}");
        }
    }

    #[test]
    fn an_answer_is_what_the_table_says() {
        let value = json!({"value": [1, null]});
        let unread = json!({"status": 200, "error": "expected an integer"});
        let refused = json!({"status": 404, "error": "not found"});
        for (answer, good) in [
            (r#""success""#, &value),
            (r#"{"value": [1, null]}"#, &value),
            (r#""unreadable""#, &unread),
            (r#""open""#, &unread),
            (r#""open""#, &value),
            (r#"{"status": 404}"#, &refused),
        ] {
            assert_eq!(line(answer).fault(good), None, "{answer}");
        }
        for (answer, bad) in [
            (r#""success""#, &unread),
            (r#"{"value": [1, 2]}"#, &value),
            (r#""unreadable""#, &value),
            (r#""unreadable""#, &refused),
            (r#""open""#, &refused),
            (r#"{"status": 404}"#, &value),
            (r#"{"status": 400}"#, &refused),
        ] {
            assert!(line(answer).fault(bad).is_some(), "{answer}");
        }
    }
}
