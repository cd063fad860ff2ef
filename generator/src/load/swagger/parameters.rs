//! Parameters: what each becomes, and those that stay parameters.

use super::at::At;
use super::collections::{COLLECTION_FORMAT, Carrier, is_type_word};
use super::{Place, Raiser};
use crate::load::files::Files;
use crate::load::moves::Written;
use crate::load::reference;
use serde_json::{Map, Value};
use std::sync::Arc;

/// How many references are passed on the way to a parameter or response.
const MAX_HOPS: usize = 32;

/// What a parameter becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Becomes {
    Parameter,
    /// The request body.
    Body,
    /// A property of the request body.
    Form,
}

/// A parameter as a list or the shared ones have it.
#[derive(Debug, Clone)]
pub(super) struct Declared<'a> {
    /// What stands there: a parameter or a reference.
    pub(super) value: &'a Value,
    /// Where it stands.
    pub(super) written: String,
    /// The parameter itself.
    pub(super) target: &'a Value,
    /// Where that stands.
    pub(super) target_at: Place,
    pub(super) becomes: Becomes,
    /// The places that references led through.
    pub(super) way: Vec<Place>,
}

impl Declared<'_> {
    pub(super) fn is_reference(&self) -> bool {
        !self.way.is_empty()
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.target.get("name")?.as_str()
    }

    /// Where the parameter itself stands, seen from a file.
    pub(super) fn target_from(&self, file: &Arc<str>) -> Written {
        let (target, pointer) = &self.target_at;
        Written {
            file: (target != file).then(|| Arc::clone(target)),
            pointer: pointer.clone(),
        }
    }
}

/// Follows references as they are written. Gives the value at their end with its place, and the places
/// on the way; a chain that leads nowhere ends where it breaks.
pub(super) fn followed<'a>(
    files: &'a Files<'a>,
    value: &'a Value,
    at: Place,
) -> (&'a Value, Place, Vec<Place>) {
    let (mut value, mut at) = (value, at);
    let mut way = Vec::new();
    for _ in 0..MAX_HOPS {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            break;
        };
        let Ok(parts) = reference::parse(&at.0, reference) else {
            break;
        };
        let Some(file) = files.get(parts.path.as_deref().unwrap_or(&at.0)) else {
            break;
        };
        let Some(next) = file.root.pointer(&parts.fragment) else {
            break;
        };
        at = (Arc::clone(&file.path), parts.fragment.into_owned());
        value = next;
        way.push(at.clone());
    }
    (value, at, way)
}

impl<'a> Raiser<'a> {
    /// What a parameter becomes, through its references.
    pub(super) fn declared(
        &self,
        value: &'a Value,
        file: &Arc<str>,
        written: String,
    ) -> Declared<'a> {
        let at = (Arc::clone(file), written.clone());
        let (target, target_at, way) = followed(self.files, value, at);
        let becomes = match target.get("in").and_then(Value::as_str) {
            Some("body") => Becomes::Body,
            Some("formData") => Becomes::Form,
            _ => Becomes::Parameter,
        };
        Declared {
            value,
            written,
            target,
            target_at,
            becomes,
            way,
        }
    }

    /// The parameters of a path item or an operation.
    pub(super) fn parameter_list(&self, owner: &'a Value, at: &At) -> Vec<Declared<'a>> {
        let Some(Value::Array(items)) = owner.get("parameters") else {
            return Vec::new();
        };
        let list = at.child("parameters");
        let items = items.iter().enumerate();
        items
            .map(|(index, item)| {
                let written = list.child(&index.to_string()).written;
                self.declared(item, &at.file, written)
            })
            .collect()
    }

    /// Those of a list that stay parameters. `at` has the list.
    pub(super) fn plain_parameters(&mut self, list: &[Declared<'_>], at: &At) -> Vec<Value> {
        let plain = list.iter().filter(|it| it.becomes == Becomes::Parameter);
        let mut raised = Vec::new();
        for declared in plain {
            let index = raised.len().to_string();
            let place = At {
                file: Arc::clone(&at.file),
                raised: at.raised(&["parameters", &index]),
                written: declared.written.clone(),
            };
            raised.push(self.parameter(declared.value, &place));
            self.kept.extend(declared.way.iter().cloned());
        }
        raised
    }

    /// A Parameter Object that is no body and no form, or a reference to one.
    pub(super) fn parameter(&mut self, value: &Value, at: &At) -> Value {
        let Value::Object(members) = value else {
            return value.clone();
        };
        self.raised(at);
        if members.contains_key("$ref") {
            return value.clone();
        }
        self.newer_place(members, at);
        let mut raised = self.without_type(members);
        // Documents also write the schema as 3.0 does.
        if !raised.contains_key("schema") {
            let (schema, style) = self.value_schema(members, Carrier::of(value), at);
            if let Some(style) = style {
                raised.insert("style".to_owned(), style.style.into());
                raised.insert("explode".to_owned(), style.explode.into());
                if let Some(format) = style.beyond {
                    raised.insert(COLLECTION_FORMAT.to_owned(), format.into());
                }
            }
            self.schema_moves(at);
            raised.insert("schema".to_owned(), schema);
        }
        Value::Object(raised)
    }

    /// The members of a parameter or header that say nothing of its type.
    pub(super) fn without_type(&self, members: &Map<String, Value>) -> Map<String, Value> {
        let kept = members.iter().filter(|(key, _)| !is_type_word(key));
        let mut raised: Map<String, Value> = kept
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        // 2.0 has no examples of parameters; tools share this extension for them.
        if let Some(example) = raised.shift_remove("x-example") {
            raised.entry("example").or_insert(example);
        }
        raised
    }

    /// A raised `schema` is what the parameter or header itself says.
    pub(super) fn schema_moves(&mut self, at: &At) {
        let raised = at.raised(&["schema"]);
        self.follows(&at.file, &raised, &Written::here(at.written.as_str()));
        let items = at.moved(&["schema", "items"], &["items"]);
        self.moves_of(&at.file)
            .record(&items.raised, &items.written);
    }

    /// A parameter that references lead to, outside the shared ones of the entry.
    pub(super) fn referred_parameter(&mut self, value: &'a Value, at: &At) -> Value {
        match self.declared(value, &at.file, at.written.clone()).becomes {
            Becomes::Parameter => self.parameter(value, at),
            Becomes::Body => {
                let types = self.consumes.clone();
                self.shared_body(value, at, &types)
            }
            // It is read where it is used.
            Becomes::Form => value.clone(),
        }
    }
}
