//! Answers that are streams, of one item or of a few, which are all there at once.

use serde_json::{Map, Value};
use specwright::ir::{Encoding, Media};

/// The body whose items a value of the schema is: of each item, or of all in a list.
pub(super) fn written(media: &Media, value: &Value) -> Vec<u8> {
    let items = match value {
        Value::Array(items) if !media.per_item => items.as_slice(),
        item => std::slice::from_ref(item),
    };
    let events = media.encoding == Encoding::EventStream;
    let is_sequence = media.media_type.contains("json-seq");
    let items = items.iter().map(|item| match (events, is_sequence) {
        (true, _) => event(item, media.per_item),
        (false, true) => format!("\u{1e}{item}\n"),
        (false, false) => format!("{item}\n"),
    });
    items.collect::<String>().into_bytes()
}

/// An item as an event: with a name where the schema says more than what its data is.
fn event(item: &Value, per_item: bool) -> String {
    match item.as_object().filter(|it| is_event(it, per_item)) {
        Some(whole) => {
            let lines = whole.iter().filter(|(_, value)| !value.is_null());
            let lines = lines.map(|(name, value)| format!("{name}: {}\n", text(value)));
            lines.chain(["\n".to_owned()]).collect()
        }
        None => format!("data: {}\n\n", text(item)),
    }
}

fn is_event(item: &Map<String, Value>, per_item: bool) -> bool {
    let known = ["event", "data", "id", "retry"];
    let only_known = item.keys().all(|key| known.contains(&key.as_str()));
    only_known && item.contains_key("data") && (per_item || item.contains_key("event"))
}

/// A text as it is, all else as JSON.
fn text(value: &Value) -> String {
    let text = value.as_str().map(|text| text.replace(['\r', '\n'], " "));
    text.unwrap_or_else(|| value.to_string())
}
