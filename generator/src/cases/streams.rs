//! Answers that are streams, of one item or of a few.

use super::request::Media;
use serde_json::{Map, Value};

/// The body whose items a sample is: of each item, or of all in a list.
pub(super) fn written(media: &Media<'_>, sample: &Value) -> String {
    let per_item = media.node.get("itemSchema").is_some();
    let items = match sample {
        Value::Array(items) if !per_item => items.as_slice(),
        item => std::slice::from_ref(item),
    };
    if media.name.contains("event-stream") {
        return items.iter().map(|item| event(item, per_item)).collect();
    }
    let separator = if media.name.contains("json-seq") {
        "\u{1e}"
    } else {
        ""
    };
    let lines = items.iter().map(|item| format!("{separator}{item}\n"));
    lines.collect()
}

/// An item as an event: with a name where the schema says more than what its data is.
fn event(item: &Value, per_item: bool) -> String {
    let whole = item.as_object().filter(|it| is_event(it, per_item));
    let Some(whole) = whole else {
        return format!("data: {}\n\n", text(item));
    };
    let lines = whole.iter().filter(|(_, value)| !value.is_null());
    let lines = lines.map(|(name, value)| format!("{name}: {}\n", text(value)));
    lines.chain(["\n".to_owned()]).collect()
}

fn is_event(item: &Map<String, Value>, per_item: bool) -> bool {
    let known = ["event", "data", "id", "retry"];
    let only_known = item.keys().all(|key| known.contains(&key.as_str()));
    only_known && item.contains_key("data") && (per_item || item.contains_key("event"))
}

/// A text as it is, all else as JSON.
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
