//! Request objects that take no other properties than those they name.

use super::walk::{COMPOSING, Place, walk};
use crate::mock::reference::{pointer, resolve, target};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Schemas of one object that are read; one with more stays open.
const PARTS: usize = 256;

/// What refuses properties that no part of a composition names (JSON Schema 2020-12, core, section
/// 11.3).
const UNEVALUATED: &str = "unevaluatedProperties";

/// Closes every request object that names properties and says nothing about others.
///
/// The parts of a composition (`allOf`, `oneOf`, ..) stay open, wherever these are, since a part must
/// not refuse what another part names. The composition around them is closed, and so is every other use
/// of a schema that is a part somewhere.
pub(super) fn close(document: &mut Value) {
    let whole = document.clone();
    let parts = parts(&whole);
    walk(document, &mut |path, place, object| {
        if place != Place::Whole || parts.contains(path) || !is_closed(&whole, object) {
            return;
        }
        let reference = object.get("$ref").and_then(Value::as_str);
        if let Some(reference) = reference {
            if pointer(reference).is_some_and(|target| parts.contains(target.as_ref())) {
                *object = Map::from_iter([
                    ("allOf".to_owned(), json!([{"$ref": reference}])),
                    (UNEVALUATED.to_owned(), false.into()),
                ]);
            }
            return;
        }
        let is_composed = COMPOSING
            .iter()
            .any(|keyword| object.contains_key(*keyword));
        let keyword = if is_composed {
            UNEVALUATED
        } else {
            "additionalProperties"
        };
        object.insert(keyword.to_owned(), false.into());
    });
}

/// The schemas that a composition refers to, and what these refer to in turn, by pointer.
fn parts(document: &Value) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    let mut left = vec![(false, document)];
    while let Some((part, value)) = left.pop() {
        match value {
            Value::Object(object) => {
                let reference = object.get("$ref").and_then(Value::as_str).and_then(pointer);
                if let Some(reference) = reference.filter(|_| part) {
                    parts.insert(reference.into_owned());
                }
                let composing = |key: &str| COMPOSING.contains(&key);
                left.extend(object.iter().map(|(key, value)| (composing(key), value)));
            }
            Value::Array(items) => left.extend(items.iter().map(|item| (part, item))),
            _ => {}
        }
    }
    chained(document, parts)
}

/// Adds what the referred schemas are themselves: a part that is only a `$ref` makes its target one.
fn chained(document: &Value, mut parts: BTreeSet<String>) -> BTreeSet<String> {
    let mut left: Vec<String> = parts.iter().cloned().collect();
    while let Some(part) = left.pop() {
        let schema = document.pointer(&part);
        let reference = schema.and_then(|schema| schema.get("$ref"));
        let next = reference.and_then(Value::as_str).and_then(pointer);
        if let Some(next) = next.map(std::borrow::Cow::into_owned)
            && parts.insert(next.clone())
        {
            left.push(next);
        }
    }
    parts
}

/// Whether an object schema names properties and takes no others; a document leaves it open otherwise.
///
/// JSON Schema takes them unless it forbids them, which few documents do where they mean it.
pub(in crate::mock) fn is_closed(document: &Value, schema: &Map<String, Value>) -> bool {
    let mut reader = Reader {
        document,
        left: PARTS,
    };
    reader.object(schema) == Says::Names
}

/// What a schema says about the properties of an object. What comes later outweighs what comes before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    Nothing,
    /// It names some and does not speak of others.
    Names,
    /// It speaks of others than those it names, and takes some of them.
    Open,
}

struct Reader<'d> {
    document: &'d Value,
    /// How many more schemas are read, so that circles end.
    left: usize,
}

impl Reader<'_> {
    fn object(&mut self, schema: &Map<String, Value>) -> Says {
        if self.left == 0 || speaks_of_others(schema) {
            return Says::Open;
        }
        self.left -= 1;
        let properties = schema.get("properties").and_then(Value::as_object);
        let own = match properties {
            Some(properties) if !properties.is_empty() => Says::Names,
            _ => Says::Nothing,
        };
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| target(self.document, reference));
        let together = below(schema, &["allOf", "then", "else", "dependentSchemas"]);
        let said = together.into_iter().chain(target);
        let said = said.fold(own, |said, part| said.max(self.schema(part)));
        let branches = below(schema, &["oneOf", "anyOf"]).into_iter();
        branches.fold(said, |all, branch| match self.schema(branch) {
            // A branch without a name is any object, unless it only restricts what is named beside it.
            Says::Nothing if said == Says::Nothing && self.may_be_object(branch) => Says::Open,
            says => all.max(says),
        })
    }

    fn schema(&mut self, schema: &Value) -> Says {
        let schema = schema.as_object();
        schema.map_or(Says::Nothing, |schema| self.object(schema))
    }

    fn may_be_object(&self, schema: &Value) -> bool {
        let schema = resolve(self.document, schema);
        let kind = schema.and_then(|schema| schema.get("type"));
        match kind {
            Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "object"),
            Some(kind) => kind == "object",
            None => true,
        }
    }
}

/// Whether a schema itself takes properties that it does not name.
fn speaks_of_others(schema: &Map<String, Value>) -> bool {
    let others = ["additionalProperties", "patternProperties", UNEVALUATED];
    let mut others = others.iter().filter_map(|keyword| schema.get(*keyword));
    others.any(|others| others != &Value::Bool(false))
}

/// The schemas under keywords that have a list of them, or several by name, or one.
fn below<'v>(schema: &'v Map<String, Value>, keywords: &[&str]) -> Vec<&'v Value> {
    let mut found = Vec::new();
    for keyword in keywords {
        match schema.get(*keyword) {
            Some(Value::Array(list)) => found.extend(list),
            Some(Value::Object(named)) if *keyword == "dependentSchemas" => {
                found.extend(named.values());
            }
            Some(one) => found.push(one),
            None => {}
        }
    }
    found
}

#[cfg(test)]
mod tests;
