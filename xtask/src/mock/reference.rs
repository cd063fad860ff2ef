//! Where a `$ref` leads within one document.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The most references that are followed one after the other.
const LONGEST_CHAIN: usize = 32;

/// The JSON pointer of a reference into its own document: a URI fragment, percent-decoded (RFC 6901,
/// section 6). `None` where it names another document.
pub(super) fn pointer(reference: &str) -> Option<Cow<'_, str>> {
    let fragment = reference.strip_prefix('#')?;
    percent_decode_str(fragment).decode_utf8().ok()
}

/// What a reference leads to; `None` where it leads out of the document or nowhere.
pub(super) fn target<'d>(document: &'d Value, reference: &str) -> Option<&'d Value> {
    document.pointer(&pointer(reference)?)
}

/// The object at the end of a chain of references; `None` where there is none.
pub(super) fn resolve<'d>(document: &'d Value, value: &'d Value) -> Option<&'d Map<String, Value>> {
    let mut value = value;
    for _ in 0..LONGEST_CHAIN {
        let object = value.as_object()?;
        let Some(reference) = object.get("$ref").and_then(Value::as_str) else {
            return Some(object);
        };
        value = target(document, reference)?;
    }
    None
}

/// Every `$ref` below a value, in no particular order. Those in examples count too: Prism follows them.
pub(super) fn references(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(object) => {
                found.extend(object.get("$ref").and_then(Value::as_str));
                left.extend(object.values());
            }
            Value::Array(items) => left.extend(items),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_reference_is_decoded_twice() {
        let document = json!({"paths": {"/a b/{id}": {"get": 1}}});
        let found = target(&document, "#/paths/~1a%20b~1%7Bid%7D/get");
        assert_eq!(found, Some(&json!(1)));
    }

    #[test]
    fn another_document_is_not_read() {
        let document = json!({"a": 1});
        assert_eq!(target(&document, "other.yaml#/a"), None);
        assert_eq!(target(&document, "#/b"), None);
    }

    #[test]
    fn a_circle_of_references_ends() {
        let document = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}, "c": {"$ref": "#/d"}, "d": {"x": 1}});
        assert_eq!(resolve(&document, &json!({"$ref": "#/a"})), None);
        let chain = json!({"$ref": "#/c"});
        let found = resolve(&document, &chain);
        assert_eq!(found.and_then(|object| object.get("x")), Some(&json!(1)));
    }
}
