//! What the items of a stream are, read here as the suite sends them.

use super::compare::difference;
use super::scenarios::Content;
use serde_json::{Map, Value};

/// Why the items of a stream were not what was sent; `None` where the body is no stream, or was not read
/// as one. `of_texts`: the document says that the data of events is text, which may be JSON as well.
pub(super) fn misread(content: &Content, read: &Value, of_texts: bool) -> Option<Option<String>> {
    let read = read.as_array()?;
    let text = content.whole()?;
    if content.content_type.contains("event-stream") {
        let sent = events(&text);
        let read = if of_texts { alike(read) } else { read.clone() };
        return Some(difference(&Value::Array(sent), &Value::Array(read)));
    }
    let is_lines = content.content_type.contains("jsonl");
    let lines = || text.lines().map(|line| serde_json::from_str(line).ok());
    let sent = is_lines.then(|| lines().collect::<Option<Vec<Value>>>())??;
    Some(difference(&Value::Array(sent), &Value::Array(read.clone())))
}

impl Content {
    /// What was read of the first response of a stream that was taken up again: as many items as it has.
    pub(super) fn first(&self, job: &Value, read: &Value) -> Option<Value> {
        job.pointer("/arguments/resume")?;
        let sent = events(&self.whole()?).len();
        Some(read.as_array()?.iter().take(sent).cloned().collect())
    }
}

/// The events of a text whose lines end with a line feed and have a space behind the colon, as the
/// suite's do. What the standard tells to ignore is not there.
fn events(text: &str) -> Vec<Value> {
    let blocks = text.split("\n\n").filter(|block| !block.is_empty());
    let event = |block: &str| {
        let mut event = Map::from_iter([("event".to_owned(), Value::from("message"))]);
        for (name, value) in block.lines().filter_map(|line| line.split_once(": ")) {
            let value = match name {
                "retry" => match value.parse::<u64>() {
                    Ok(retry) => Value::from(retry),
                    Err(_) => continue,
                },
                "id" if value.contains('\0') => continue,
                "data" => data(value),
                _ => Value::from(value),
            };
            event.insert(name.to_owned(), value);
        }
        Value::Object(event)
    };
    blocks.map(event).collect()
}

/// Data as JSON where it is that.
fn data(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

/// What was read, with data that is text read in the same way.
fn alike(read: &[Value]) -> Vec<Value> {
    let mut read = read.to_vec();
    for event in &mut read {
        if let Some(own) = event.get_mut("data")
            && let Some(text) = own.as_str()
        {
            *own = data(text);
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_differs_in_an_event_is_found() {
        let content = Content {
            content_type: "text/event-stream".to_owned(),
            text: Some("id: 1\ndata: {\"a\": 1}\n\nevent: x\nretry: soon\ndata: y\n\n".to_owned()),
            ..Content::default()
        };
        let second = json!({"event": "x", "data": "y"});
        let first = |data| json!({"event": "message", "id": "1", "data": data});
        let right = json!([first(json!("{\"a\":1}")), second]);
        assert_eq!(misread(&content, &right, true), Some(None));
        let as_text = misread(&content, &right, false);
        assert!(
            as_text.flatten().is_some(),
            "JSON that is read as text is misread"
        );
        let wrong = json!([first(json!({"a": 2})), second]);
        let said = "/0/data/a: 1 was read as 2".to_owned();
        assert_eq!(misread(&content, &wrong, true), Some(Some(said)));
        assert_eq!(misread(&content, &json!("text"), true), None);
    }
}
