//! The typed reading of shell nodes through `openapiv3`, one node at a time.

use super::reader::{Reader, kind_of, wrong_type};
use crate::diag::{Code, Diagnostic};
use crate::load::Node;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What a typed reading needs to know of a node.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape<'s> {
    /// Keys that others read: schemas, children, and what only OpenAPI 3.1 has.
    pub(super) aside: &'s [&'s str],
    /// Keys that must be there, and the text that stands in for them.
    pub(super) required: &'s [(&'s str, &'s str)],
    /// Texts that must be there and whose absence costs nothing: [`super::fields`] tells of it.
    pub(super) expected: &'s [&'s str],
    /// The key whose value decides which keys are allowed (`in` of a parameter).
    pub(super) tag: Option<&'s str>,
    /// A key that stands for the children set aside, where the model insists on them.
    pub(super) stand_in: Option<&'s str>,
}

impl<'d> Reader<'d, '_> {
    /// Reads a node into one of `openapiv3`'s types. A member of the wrong type is diagnosed and
    /// left out (a number where a text must be is taken as text), a missing one is diagnosed and
    /// stood in for; `None` only where the node is no object or cannot be read even so.
    pub(super) fn shell<T: DeserializeOwned>(
        &mut self,
        node: &Node<'d>,
        shape: &Shape<'_>,
    ) -> Option<T> {
        let Value::Object(object) = node.value() else {
            self.wrong_type(node, "an object");
            return None;
        };
        let mut map = shape.frame();
        for (key, value) in object {
            if !shape.aside.contains(&key.as_str()) && !key.starts_with("x-") {
                map.insert(key.clone(), value.clone());
            }
        }
        self.stand_in_for_missing(node, shape, &mut map);
        if let Ok(found) = T::deserialize(&Value::Object(map.clone())) {
            return Some(found);
        }
        self.repair::<T>(node, shape, &mut map);
        match T::deserialize(&Value::Object(map)) {
            Ok(found) => Some(found),
            Err(error) => {
                let message = format!("this cannot be read: {error}");
                self.diagnostics.push(
                    Diagnostic::warning(Code::BadValue, node.origin(), message)
                        .action("it was left out"),
                );
                self.lose(node.origin(), "cannot be read");
                None
            }
        }
    }

    fn stand_in_for_missing(
        &mut self,
        node: &Node<'d>,
        shape: &Shape<'_>,
        map: &mut Map<String, Value>,
    ) {
        for (key, text) in shape.required {
            if !map.contains_key(*key) {
                self.diagnostics.push(
                    Diagnostic::warning(
                        Code::Missing,
                        node.origin(),
                        format!("`{key}` is required, and is not there"),
                    )
                    .action(format!("it was taken to be {text:?}")),
                );
                map.insert((*key).to_owned(), Value::from(*text));
            }
        }
        for key in shape.expected {
            map.entry(*key).or_insert_with(|| Value::from(""));
        }
    }

    /// Finds the members that make the reading fail, and removes or converts them. Each is tried with
    /// nothing but what is required beside it; where even that cannot be read, something else is
    /// missing, and each is tried by leaving it out.
    fn repair<T: DeserializeOwned>(
        &mut self,
        node: &Node<'d>,
        shape: &Shape<'_>,
        map: &mut Map<String, Value>,
    ) {
        let mut base = shape.frame();
        let expected = shape.expected.iter().map(|key| (*key, ""));
        for (key, text) in shape.required.iter().copied().chain(expected) {
            base.insert(key.to_owned(), Value::from(text));
        }
        if let Some((tag, value)) = shape.tag.and_then(|tag| Some((tag, map.get(tag)?))) {
            base.insert(tag.to_owned(), value.clone());
        }
        let alone = reads::<T>(base.clone());
        for (key, child) in node.entries() {
            let Some(value) = map.get(key).cloned() else {
                continue;
            };
            if shape.tag == Some(key) {
                continue;
            }
            let with = |value: Option<Value>| {
                let mut tried = if alone { base.clone() } else { map.clone() };
                match value {
                    Some(value) => tried.insert(key.to_owned(), value),
                    None => tried.shift_remove(key),
                };
                reads::<T>(tried)
            };
            if with(Some(value.clone())) || (!alone && !with(None) && !with(text_of(&value))) {
                continue;
            }
            if let Some(text) = text_of(&value).filter(|text| with(Some(text.clone()))) {
                self.taken_as_text(&child, key);
                map.insert(key.to_owned(), text);
                continue;
            }
            self.member_left_out(&child, key, &value);
            match base.get(key) {
                Some(stand_in) => map.insert(key.to_owned(), stand_in.clone()),
                None => map.shift_remove(key),
            };
        }
    }

    fn taken_as_text(&mut self, child: &Node<'d>, key: &str) {
        self.diagnostics.push(
            wrong_type(child, "a string")
                .action("it was taken as text")
                .hint(format!("put the value of `{key}` in quotes")),
        );
    }

    fn member_left_out(&mut self, child: &Node<'d>, key: &str, value: &Value) {
        let origin = child.origin();
        let (code, message) = match value {
            Value::String(text) => (
                Code::BadValue,
                format!("`{key}` cannot have the value {text:?}"),
            ),
            _ => (
                Code::WrongType,
                format!("`{key}` cannot be {}", kind_of(value)),
            ),
        };
        self.lose(origin.clone(), "not a value this key can have");
        self.diagnostics
            .push(Diagnostic::warning(code, origin, message).action("it was left out"));
    }
}

fn reads<T: DeserializeOwned>(map: Map<String, Value>) -> bool {
    T::deserialize(&Value::Object(map)).is_ok()
}

/// A number or a boolean as the text it may have been meant as.
fn text_of(value: &Value) -> Option<Value> {
    match value {
        Value::Number(number) => Some(Value::from(number.to_string())),
        Value::Bool(flag) => Some(Value::from(flag.to_string())),
        _ => None,
    }
}

impl Shape<'_> {
    /// The members that are always there.
    fn frame(&self) -> Map<String, Value> {
        let mut map = Map::new();
        if let Some(key) = self.stand_in {
            map.insert(key.to_owned(), Value::Object(Map::new()));
        }
        map
    }
}
