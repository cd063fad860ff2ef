//! Responses and their headers.

use super::Raiser;
use super::at::At;
use super::collections::Carrier;
use super::media::{MediaTypes, essence};
use super::parameters::followed;
use crate::diag::{Code, Diagnostic};
use crate::load::moves::Written;
use serde_json::{Map, Value, json};
use std::sync::Arc;

impl<'a> Raiser<'a> {
    /// The responses of an operation, with the operation's own media types.
    pub(super) fn responses(
        &mut self,
        value: &'a Value,
        at: &At,
        produces: Option<&MediaTypes>,
    ) -> Value {
        let Value::Object(members) = value else {
            return value.clone();
        };
        let mut raised = Map::new();
        for (key, child) in members {
            let child = match key.starts_with("x-") {
                true => child.clone(),
                false => self.response(child, &at.child(key), produces),
            };
            raised.insert(key.clone(), child);
        }
        Value::Object(raised)
    }

    /// A Response Object, or a reference to one.
    pub(super) fn response(
        &mut self,
        value: &'a Value,
        at: &At,
        produces: Option<&MediaTypes>,
    ) -> Value {
        self.raised(at);
        let shared = self.produces.clone();
        let types = produces.unwrap_or(&shared);
        if value.get("$ref").is_none() {
            return self.response_object(value, at, types);
        }
        let place = (Arc::clone(&at.file), at.written.clone());
        let (target, (file, pointer), way) = followed(self.files, value, place);
        let has_content = target.get("schema").is_some();
        if !has_content || types.is_like(&shared) || file != at.file || way.is_empty() {
            self.kept.extend(way);
            return value.clone();
        }
        // What the shared one says of media types is not what is written here.
        self.copied.extend(way);
        let copy = At {
            written: pointer,
            ..at.clone()
        };
        for key in ["description", "headers"] {
            self.follows(&at.file, &copy.raised(&[key]), &copy.written(&[key]));
        }
        self.response_object(target, &copy, types)
    }

    fn response_object(&mut self, value: &Value, at: &At, types: &MediaTypes) -> Value {
        let Value::Object(members) = value else {
            return value.clone();
        };
        let mut raised = Map::new();
        for (key, child) in members {
            let child = match (key.as_str(), child) {
                ("schema" | "examples", _) => continue,
                ("headers", Value::Object(headers)) => {
                    let at = at.child(key);
                    let raised = headers
                        .iter()
                        .map(|(name, header)| (name.clone(), self.header(header, &at.child(name))));
                    Value::Object(raised.collect())
                }
                _ => child.clone(),
            };
            raised.insert(key.clone(), child);
        }
        if let Some(content) = self.response_content(members, at, types) {
            raised.insert("content".to_owned(), content);
        }
        Value::Object(raised)
    }

    /// Without a schema a response has no content, unless it has an example of one.
    fn response_content(
        &mut self,
        members: &Map<String, Value>,
        at: &At,
        types: &MediaTypes,
    ) -> Option<Value> {
        let schema = members.get("schema").filter(|it| !it.is_null());
        let examples = self.examples(members, at);
        let examples = examples.filter(|it| !it.is_empty());
        let here = at.written(&["schema"]);
        let media = match schema {
            Some(schema) if is_file(schema) => types.of_file(&here),
            Some(_) => types.or_json(&here),
            None => Vec::new(),
        };
        let mut content = Map::new();
        for (name, said) in media {
            self.media_moves(at, &name, &said, &here);
            content.insert(name, json!({ "schema": schema }));
        }
        let is_typed = !content.is_empty();
        for (name, example) in examples.into_iter().flatten() {
            let written = at.written(&["examples", name]);
            self.example(&mut content, (name, example), at, &written, is_typed);
        }
        if content.is_empty() {
            return None;
        }
        let owner = if is_typed { "schema" } else { "examples" };
        self.follows(&at.file, &at.raised(&["content"]), &at.written(&[owner]));
        Some(Value::Object(content))
    }

    /// The examples of a response, by their media types.
    fn examples<'m>(
        &mut self,
        members: &'m Map<String, Value>,
        at: &At,
    ) -> Option<&'m Map<String, Value>> {
        let examples = members.get("examples")?;
        if !examples.is_object() {
            let message = "`examples` must be an object: an example for each media type";
            let origin = Self::origin(&at.child("examples"));
            self.diagnostics.push(
                Diagnostic::warning(Code::WrongType, origin, message)
                    .action("the keyword was left out"),
            );
        }
        examples.as_object()
    }

    /// Puts an example to its media type.
    fn example(
        &mut self,
        content: &mut Map<String, Value>,
        (name, example): (&String, &Value),
        at: &At,
        written: &Written,
        is_typed: bool,
    ) {
        let same = content.keys().find(|known| essence(known) == essence(name));
        let known = same.cloned();
        let key = match known {
            Some(known) => known,
            None if !is_typed && name.contains('/') => {
                let raised = at.raised(&["content", name]);
                self.follows(&at.file, &raised, written);
                content.insert(name.clone(), json!({}));
                name.clone()
            }
            None => {
                let origin = crate::ir::Origin::new(Arc::clone(&at.file), written.pointer.as_str());
                let message = format!("no response of this operation is of the type {name:?}");
                self.diagnostics.push(
                    Diagnostic::note(Code::NotGenerated, origin, message)
                        .action("the example was left out"),
                );
                return;
            }
        };
        if let Some(Value::Object(media)) = content.get_mut(&key) {
            media.insert("example".to_owned(), example.clone());
            let raised = at.raised(&["content", &key, "example"]);
            self.follows(&at.file, &raised, written);
        }
    }

    /// A Header Object.
    pub(super) fn header(&mut self, value: &Value, at: &At) -> Value {
        let Value::Object(members) = value else {
            return value.clone();
        };
        self.raised(at);
        if members.contains_key("$ref") || members.contains_key("schema") {
            return value.clone();
        }
        let mut raised = self.without_type(members);
        let (schema, _) = self.value_schema(members, Carrier::Answer, at);
        self.schema_moves(at);
        raised.insert("schema".to_owned(), schema);
        Value::Object(raised)
    }
}

fn is_file(schema: &Value) -> bool {
    schema.get("type").is_some_and(|it| it == "file")
}
