//! The items of a node's output, beside what the server sent.

use super::compare;
use serde_json::Value;

/// Why items are not the records that were sent, one for each.
pub(super) fn difference(sent: &[Value], items: &[Value]) -> Option<String> {
    if sent.len() != items.len() {
        let (sent, items) = (sent.len(), items.len());
        return Some(format!("{sent} records came out as {items} items"));
    }
    let mut pairs = sent.iter().zip(items).enumerate();
    pairs.find_map(|(index, (sent, item))| {
        let json = item.get("json").unwrap_or(&Value::Null);
        // What is no object is a member of one: items are objects.
        let read = match sent {
            Value::Object(_) => json,
            Value::Null => return None,
            _ => json.get("data").unwrap_or(&Value::Null),
        };
        let found = compare::difference(sent, read);
        found.map(|it| format!("item {index} is otherwise: {it}"))
    })
}

/// What an item is that has a text or a file, which is in base64.
pub(super) fn text(item: &Value) -> Option<&str> {
    let file = item.get("file").and_then(Value::as_str);
    file.or_else(|| item.get("json")?.get("data")?.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_record_is_an_item() {
        let item = |json: Value| json!({ "json": json });
        let sent = [json!({"a": 1}), json!([2])];
        let right = [item(json!({"a": 1})), item(json!({"data": [2]}))];
        assert_eq!(difference(&sent, &right), None);
        let wrong = [item(json!({"a": 1})), item(json!({"data": [3]}))];
        let said = "item 1 is otherwise: /0: 2 was read as 3";
        assert_eq!(difference(&sent, &wrong).as_deref(), Some(said));
        let few = difference(&sent, &right[..1]);
        assert_eq!(few.as_deref(), Some("2 records came out as 1 items"));
    }

    #[test]
    fn a_file_is_its_bytes() {
        let item = json!({"json": {}, "file": "eA=="});
        assert_eq!(text(&item), Some("eA=="));
        assert_eq!(text(&json!({"json": {"data": "x"}})), Some("x"));
        assert_eq!(text(&json!({"json": {"a": "x"}})), None);
    }
}
