//! Answers that are streams of items.

use super::Answer;
use specwright_runtime as rt;

use rt::serde_json::{Value, from_str};

/// What the items of a body are, or the data of its events; `None` for a body that is no stream.
pub(super) fn items(kind: &str, body: &Value) -> Option<Value> {
    let text = body.as_str()?;
    let json = |text: &str| from_str::<Value>(text).unwrap_or_else(|_| text.into());
    if kind.contains("event-stream") {
        let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
        return Some(data.map(json).collect());
    }
    let lines = text.lines().map(|line| line.trim_start_matches('\u{1e}'));
    is_lines(kind).then(|| lines.map(json).collect())
}

/// The same of what was decoded.
pub(super) fn data(kind: &str, mut answer: Answer) -> Answer {
    if kind.contains("event-stream") {
        let items = answer.data.as_mut().and_then(Value::as_array_mut);
        for item in items.into_iter().flatten() {
            *item = item.get_mut("data").map(Value::take).unwrap_or_default();
        }
    }
    answer
}

/// Whether a media type is of texts of JSON one after the other.
pub(super) fn is_lines(kind: &str) -> bool {
    let kinds = ["jsonl", "ndjson", "json-seq", "json-stream"];
    kinds.iter().any(|it| kind.contains(it))
}
