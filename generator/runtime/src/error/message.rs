//! Finding the server's own words in an error body.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;

/// The most that is shown of a message, in characters.
const LONGEST: usize = 1_000;
/// The most that is shown of a page's title, in characters.
const LONGEST_TITLE: usize = 100;

/// The message in an error body: from the usual places of a JSON body, or a body of plain text.
pub(crate) fn find(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let message = match serde_json::from_slice::<Value>(body) {
        Ok(value) => in_value(&value),
        Err(_) => plain(headers, body),
    }?;
    let shown = tidy(&message, LONGEST);
    (!shown.is_empty()).then_some(shown)
}

/// What a page says it is, in its title; or else the first line of a text.
pub(crate) fn page_title(body: &[u8]) -> Option<String> {
    let beginning = body.get(..8_192).unwrap_or(body);
    let text = String::from_utf8_lossy(beginning);
    let lower = text.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|start| {
        let start = start + lower.get(start..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find('<')?;
        text.get(start..end)
    });
    let heading = || text.lines().map(str::trim).find(|line| !line.is_empty());
    let line = title
        .map(str::trim)
        .filter(|title| !title.is_empty())
        .or_else(heading)?;
    let shown = tidy(line, LONGEST_TITLE).replace('"', "'");
    (!shown.is_empty()).then_some(shown)
}

/// A text on one line, and not too long.
fn tidy(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars()
        .filter(|c| !c.is_control())
        .take(longest)
        .collect()
}

/// A body that is a sentence; a page of HTML or XML is not, nor is anything binary.
fn plain(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let declared = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let text = std::str::from_utf8(body).ok()?.trim();
    let markup = declared.contains("html") || declared.contains("xml") || text.starts_with('<');
    (!markup && !text.starts_with(['{', '['])).then(|| text.to_owned())
}

fn in_value(value: &Value) -> Option<String> {
    if let Value::String(text) = value {
        return Some(text.clone());
    }
    let named = |key| value.get(key).and_then(text_or_list);
    named("message")
        .or_else(|| named("messages"))
        .or_else(|| value.get("error")?.get("message").and_then(text_or_list))
        .or_else(|| value.get("errors").and_then(errors))
        .or_else(|| value.get("error")?.get("errors").and_then(errors))
        .or_else(|| named("detail"))
        .or_else(|| value.get("error")?.get("detail").and_then(text_or_list))
        .or_else(|| named("error_description"))
        .or_else(|| named("error"))
        .or_else(|| named("title"))
        .or_else(|| errors(value))
}

/// A string, or the strings of an array.
fn text_or_list(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Array(items) => joined(items.iter().filter_map(|item| {
            item.as_str()
                .map(str::to_owned)
                .or_else(|| item.is_object().then(|| one(item))?)
        })),
        _ => None,
    }
}

/// `errors`: a list of strings or objects, or an object of messages by field.
fn errors(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => joined(items.iter().filter_map(one)),
        Value::Object(fields) if fields.values().all(|field| field.is_array()) => joined(
            fields
                .iter()
                .filter_map(|(name, of)| Some(format!("{name}: {}", text_or_list(of)?))),
        ),
        _ => None,
    }
}

/// One of several errors.
fn one(error: &Value) -> Option<String> {
    if let Value::String(text) = error {
        return Some(text.clone());
    }
    ["detail", "message", "title", "msg"]
        .iter()
        .find_map(|key| error.get(key)?.as_str().map(str::to_owned))
}

fn joined(parts: impl Iterator<Item = String>) -> Option<String> {
    let parts: Vec<String> = parts.filter(|part| !part.trim().is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(body: &str) -> Option<String> {
        find(&HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn the_usual_places_are_looked_at() {
        for (body, expected) in [
            (r#"{"message":"no"}"#, "no"),
            (r#"{"message":["a","b"]}"#, "a; b"),
            (
                r#"{"statusCode":400,"error":"Bad","messages":["a","b"]}"#,
                "a; b",
            ),
            (r#"{"error":{"message":"no","type":"x"}}"#, "no"),
            (r#"{"error":"no"}"#, "no"),
            (
                r#"{"error":"invalid_grant","error_description":"expired"}"#,
                "expired",
            ),
            (
                r#"{"errors":[{"detail":"a","title":"x"},{"message":"b"},{"title":"c"}]}"#,
                "a; b; c",
            ),
            (r#"{"errors":["a","b"]}"#, "a; b"),
            (
                r#"{"errors":{"name":["is blank","is short"]}}"#,
                "name: is blank; is short",
            ),
            (r#"{"error":{"errors":[{"message":"a"}]}}"#, "a"),
            (r#"{"detail":"no","title":"Forbidden"}"#, "no"),
            (r#"{"detail":[{"loc":["a"],"msg":"too long"}]}"#, "too long"),
            (r#"{"title":"Forbidden","type":"about:blank"}"#, "Forbidden"),
            (r#"[{"message":"a"}]"#, "a"),
            (r#""no""#, "no"),
            ("Too many\n requests", "Too many requests"),
        ] {
            assert_eq!(message(body).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn nothing_is_made_up_where_there_is_no_message() {
        for body in [
            "",
            " ",
            "{}",
            "null",
            "[]",
            "7",
            r#"{"message":""}"#,
            r#"{"message":{"a":1}}"#,
            r#"{"messages":[]}"#,
            "<html><body>Bad gateway</body></html>",
            r#"{"trunc"#,
        ] {
            assert_eq!(message(body), None, "{body}");
        }
        let mut html = HeaderMap::new();
        html.insert(
            CONTENT_TYPE,
            http::HeaderValue::from_static("text/html; charset=utf-8"),
        );
        assert_eq!(find(&html, b"Bad gateway"), None);
        assert_eq!(find(&HeaderMap::new(), &[0xff, 0xfe]), None);
    }

    #[test]
    fn a_long_message_is_cut() {
        let long = "é".repeat(5_000);
        assert_eq!(
            message(&long).map(|shown| shown.chars().count()),
            Some(LONGEST)
        );
    }
}
