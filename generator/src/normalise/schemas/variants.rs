//! Single variants of a union, looked at before and after they are read.

use crate::ir::{Primitive, Type};
use crate::load::Node;
use serde_json::Value;

/// Whether a variant is null and nothing else.
pub(super) fn is_null(value: &Value) -> bool {
    let Value::Object(object) = value else {
        return false;
    };
    let only_null = |list: &Value| {
        list.as_array()
            .is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_null))
    };
    // `{nullable: true}` admits everything, strictly read; documents of 3.0 mean null by it.
    let only_nullable = object.get("nullable") == Some(&Value::Bool(true))
        && object
            .keys()
            .all(|key| ["nullable", "description", "title"].contains(&key.as_str()));
    only_nullable
        || object
            .get("type")
            .is_some_and(|ty| ty == "null" || *ty == Value::from(vec!["null"]))
        || object.get("const").is_some_and(Value::is_null)
        || object.get("enum").is_some_and(only_null)
}

/// Whether the variants only say which properties are required together.
pub(super) fn are_conditions(variants: &[Node<'_>]) -> bool {
    let known = ["required", "not", "type", "title", "description"];
    let narrows = |node: &Node<'_>| {
        node.as_object().is_some_and(|object| {
            object.keys().all(|key| known.contains(&key.as_str()))
                && (object.contains_key("required") || object.contains_key("not"))
        })
    };
    !variants.is_empty() && variants.iter().all(narrows)
}

/// The first constant text among a variant's properties: what it is called on the wire.
pub(super) fn constant_property(value: &Value) -> Option<String> {
    let properties = value.get("properties")?.as_object()?;
    properties.values().find_map(|property| {
        let constant =
            property
                .get("const")
                .or_else(|| match property.get("enum")?.as_array()?.as_slice() {
                    [one] => Some(one),
                    _ => None,
                });
        constant?.as_str().map(str::to_owned)
    })
}

/// What two variants are together, where a union of them could not be told apart and need not be.
pub(super) fn joined(one: &Type, other: &Type) -> Option<Type> {
    if one == other {
        return Some(one.clone());
    }
    let is_text = |ty: &Type| {
        matches!(ty, Type::Primitive(primitive) if !matches!(primitive,
            Primitive::Boolean | Primitive::Integer { .. } | Primitive::Number
            | Primitive::Decimal { quoted: false }))
    };
    let is_number = |ty: &Type| {
        matches!(
            ty,
            Type::Primitive(
                Primitive::Integer { .. }
                    | Primitive::Number
                    | Primitive::Decimal { quoted: false }
            )
        )
    };
    let is_integer = |ty: &Type| matches!(ty, Type::Primitive(Primitive::Integer { .. }));
    if is_text(one) && is_text(other) {
        return Some(Type::Primitive(Primitive::String { format: None }));
    }
    if is_integer(one) && is_integer(other) {
        return Some(Type::Primitive(Primitive::Integer {
            bits: None,
            signed: true,
        }));
    }
    (is_number(one) && is_number(other)).then_some(Type::Primitive(Primitive::Number))
}
