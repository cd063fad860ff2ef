//! Whether null is a value of a schema that is used by reference.

use crate::load::Node;
use crate::normalise::reader::{Reader, address};
use serde_json::Value;

/// How far references and parts are followed. Past that a schema counts as not nullable.
const FARTHEST: usize = 32;

impl<'d> Reader<'d, '_> {
    /// Whether the schema itself says that null is a value, in any of the ways there are.
    pub(super) fn admits_null(&mut self, node: &Node<'d>) -> bool {
        self.admits_null_within(node, FARTHEST)
    }

    fn admits_null_within(&mut self, node: &Node<'d>, left: usize) -> bool {
        if left == 0 {
            return false;
        }
        if let Some(known) = self.types.nullable.get(&address(node)) {
            return *known;
        }
        // A cycle finds this answer on its way.
        self.types.nullable.insert(address(node), false);
        let answer = match own_answer(node.value()) {
            Some(answer) => answer,
            None => self.combined_answer(node, left),
        };
        self.types.nullable.insert(address(node), answer);
        answer
    }

    fn combined_answer(&mut self, node: &Node<'d>, left: usize) -> bool {
        if let Some(target) = self.peek(node) {
            return self.admits_null_within(&target, left - 1);
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(variants) = node.get(key) {
                return variants
                    .items()
                    .any(|variant| self.admits_null_within(&variant, left - 1));
            }
        }
        let Some(parts) = node.get("allOf") else {
            return false;
        };
        let mut parts = parts.items().peekable();
        parts.peek().is_some() && parts.all(|part| self.admits_null_within(&part, left - 1))
    }
}

/// What a node says without looking at others; `None` when it leaves the question to them.
fn own_answer(value: &Value) -> Option<bool> {
    let Value::Object(object) = value else {
        return Some(false);
    };
    if object.get("nullable") == Some(&Value::Bool(true)) {
        return Some(true);
    }
    let is_null = |value: &Value| value.is_null() || value.as_str() == Some("null");
    match object.get("type") {
        Some(Value::Array(names)) => return Some(names.iter().any(is_null)),
        Some(Value::String(name)) if name == "null" => return Some(true),
        Some(Value::String(_))
            if !object.contains_key("oneOf") && !object.contains_key("anyOf") =>
        {
            return Some(false);
        }
        _ => {}
    }
    if let Some(constant) = object.get("const") {
        return Some(constant.is_null());
    }
    let values = object.get("enum")?.as_array()?;
    Some(values.iter().any(Value::is_null))
}
