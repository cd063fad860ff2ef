//! Path items and operations.

use super::Raiser;
use super::at::At;
use super::media::MediaTypes;
use super::parameters::{Becomes, Declared};
use super::parts::METHODS;
use crate::diag::{Code, Diagnostic};
use crate::ir::Origin;
use serde_json::{Map, Value};
use std::sync::Arc;

impl<'a> Raiser<'a> {
    /// A Path Item Object. Its body and form parameters go to its operations.
    pub(super) fn path_item(&mut self, value: &'a Value, at: &At) -> Value {
        let Value::Object(members) = value else {
            return value.clone();
        };
        self.raised(at);
        let shared = self.parameter_list(value, at);
        let mut raised = Map::new();
        for (key, child) in members {
            let child = match key.as_str() {
                "parameters" if child.is_array() => {
                    Value::Array(self.plain_parameters(&shared, at))
                }
                method if METHODS.contains(&method) => {
                    self.operation(child, &at.child(key), &shared)
                }
                _ => child.clone(),
            };
            raised.insert(key.clone(), child);
        }
        Value::Object(raised)
    }

    /// An Operation Object, with the parameters of its path item.
    pub(super) fn operation(
        &mut self,
        value: &'a Value,
        at: &At,
        shared: &[Declared<'a>],
    ) -> Value {
        let Value::Object(members) = value else {
            return value.clone();
        };
        self.raised(at);
        let own = self.parameter_list(value, at);
        let types = |raiser: &mut Self, key: &str| {
            let types = raiser.media_types(value, key, at);
            members.contains_key(key).then_some(types)
        };
        let (consumes, produces) = (types(self, "consumes"), types(self, "produces"));
        let mut raised = Map::new();
        for (key, child) in members {
            let child = match key.as_str() {
                "consumes" | "produces" | "schemes" => continue,
                "parameters" if child.is_array() => Value::Array(self.plain_parameters(&own, at)),
                "responses" => self.responses(child, &at.child(key), produces.as_ref()),
                _ => child.clone(),
            };
            raised.insert(key.clone(), child);
        }
        if let Some(body) = self.request_body(&own, shared, at, consumes.as_ref()) {
            raised.insert("requestBody".to_owned(), body);
        }
        if let Some(servers) = self.own_servers(value, at) {
            raised.insert("servers".to_owned(), servers);
        }
        Value::Object(raised)
    }

    /// The request body of an operation: its own parameters before those of the path item.
    fn request_body(
        &mut self,
        own: &[Declared<'a>],
        shared: &[Declared<'a>],
        at: &At,
        consumes: Option<&MediaTypes>,
    ) -> Option<Value> {
        let has = |list: &[Declared<'_>]| list.iter().any(|it| it.becomes != Becomes::Parameter);
        let is_form = |list: &[Declared<'_>]| list.iter().any(|it| it.becomes == Becomes::Form);
        let is_body = |list: &[Declared<'_>]| list.iter().any(|it| it.becomes == Becomes::Body);
        let all: Vec<&Declared<'_>> = match (has(own), has(shared)) {
            (false, false) => return None,
            (true, true) if is_form(own) && !is_body(own) && !is_body(shared) => {
                let known = |it: &&Declared<'_>| !own.iter().any(|mine| mine.name() == it.name());
                shared.iter().filter(known).chain(own).collect()
            }
            (true, _) => own.iter().collect(),
            (false, true) => shared.iter().collect(),
        };
        let list = if has(own) { at.clone() } else { parent(at) };
        let at = At {
            file: Arc::clone(&at.file),
            raised: at.raised(&["requestBody"]),
            written: list.child("parameters").written,
        };
        let mut bodies = all.iter().filter(|it| it.becomes == Becomes::Body);
        let Some(body) = bodies.next() else {
            return Some(self.fields(&all, &at, consumes));
        };
        for other in bodies {
            self.second(&at.file, &other.written, "an operation has one body");
        }
        for field in all.iter().filter(|it| it.becomes == Becomes::Form) {
            let reason = "an operation has a body or a form, not both";
            self.second(&at.file, &field.written, reason);
        }
        Some(self.body(body, &at, consumes))
    }

    /// The form of an operation, each field once.
    fn fields(&mut self, all: &[&Declared<'a>], at: &At, consumes: Option<&MediaTypes>) -> Value {
        let mut fields: Vec<&Declared<'_>> = Vec::new();
        for field in all.iter().filter(|it| it.becomes == Becomes::Form) {
            self.copied.extend(field.way.iter().cloned());
            if field.name().is_none() {
                let reason = "a field of a form must have a name";
                self.second(&at.file, &field.written, reason);
            } else if fields.iter().any(|known| known.name() == field.name()) {
                let reason = "this field of the form is declared twice";
                self.second(&at.file, &field.written, reason);
            } else {
                fields.push(field);
            }
        }
        self.form(&fields, at, consumes)
    }

    fn second(&mut self, file: &Arc<str>, written: &str, message: &str) {
        let origin = Origin::new(Arc::clone(file), written);
        let diagnostic = Diagnostic::warning(Code::DuplicateParameter, origin, message);
        self.lose(
            diagnostic.action("it was left out"),
            "not a part of the request",
        );
    }
}

/// The path item of an operation.
fn parent(at: &At) -> At {
    let up = |pointer: &str| {
        let end = pointer.rfind('/').unwrap_or_default();
        pointer.get(..end).unwrap_or_default().to_owned()
    };
    At {
        file: Arc::clone(&at.file),
        raised: up(&at.raised),
        written: up(&at.written),
    }
}
