//! Body and form parameters as a request body.

use super::Raiser;
use super::at::At;
use super::collections::Carrier;
use super::media::{FORM, MULTIPART, MediaTypes, essence};
use super::parameters::Declared;
use crate::diag::{Code, Diagnostic};
use crate::load::moves::Written;
use serde_json::{Map, Value, json};
use std::sync::Arc;

impl Raiser<'_> {
    /// The body of an operation that has a body parameter. `at` is raised at `requestBody`.
    pub(super) fn body(
        &mut self,
        declared: &Declared<'_>,
        at: &At,
        consumes: Option<&MediaTypes>,
    ) -> Value {
        let at = At {
            written: declared.written.clone(),
            ..at.clone()
        };
        let shared = self.consumes.clone();
        let types = consumes.unwrap_or(&shared);
        let is_here = declared.target_at.0 == at.file;
        if !declared.is_reference() {
            return self.shared_body(declared.value, &at, types);
        }
        if types.is_like(&shared) || !is_here {
            self.kept.extend(declared.way.iter().cloned());
            self.raised(&at);
            return declared.value.clone();
        }
        // What the shared one says of media types is not what is written here.
        self.copied.extend(declared.way.iter().cloned());
        self.raised(&at);
        let copy = At {
            written: declared.target_at.1.clone(),
            ..at
        };
        self.body_object(declared.target, &copy, types)
    }

    /// A body parameter, or a reference to one, where it stands.
    pub(super) fn shared_body(&mut self, value: &Value, at: &At, types: &MediaTypes) -> Value {
        self.raised(at);
        if value.get("$ref").is_some() {
            return value.clone();
        }
        self.body_object(value, at, types)
    }

    fn body_object(&mut self, parameter: &Value, at: &At, types: &MediaTypes) -> Value {
        let Value::Object(members) = parameter else {
            return parameter.clone();
        };
        let is_kept =
            |key: &str| matches!(key, "description" | "required") || key.starts_with("x-");
        let kept = members.iter().filter(|(key, _)| is_kept(key));
        let mut body: Map<String, Value> = kept
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let here = Written::here(at.written.as_str());
        let (schema, written) = match members.get("schema") {
            Some(schema) => (schema.clone(), at.written(&["schema"])),
            // Documents also write the type as other parameters do.
            None => (
                self.value_schema(members, Carrier::Form, at).0,
                here.clone(),
            ),
        };
        self.follows(&at.file, &at.raised(&["content"]), &here);
        let mut content = Map::new();
        for (name, said) in types.or_json(&here) {
            self.media_moves(at, &name, &said, &written);
            content.insert(name, json!({ "schema": schema }));
        }
        body.insert("content".to_owned(), Value::Object(content));
        Value::Object(body)
    }

    /// Where a media type and its schema are written; `at` has the `content`.
    pub(super) fn media_moves(&mut self, at: &At, name: &str, said: &Written, schema: &Written) {
        self.follows(&at.file, &at.raised(&["content", name]), said);
        let raised = at.raised(&["content", name, "schema"]);
        if schema.file.is_none() && schema.pointer != at.written {
            self.moves_of(&at.file).record(&raised, &schema.pointer);
        }
        self.follows(&at.file, &raised, schema);
    }

    /// The body of an operation that has form parameters. `at` is raised at `requestBody` and written at
    /// the list.
    pub(super) fn form(
        &mut self,
        fields: &[&Declared<'_>],
        at: &At,
        consumes: Option<&MediaTypes>,
    ) -> Value {
        let here = Written::here(at.written.as_str());
        self.follows(&at.file, &at.raised, &here);
        let has_file = fields.iter().any(|field| is_file(field.target));
        let media = self.form_types(consumes, has_file, &here);
        let mut content = Map::new();
        self.follows(&at.file, &at.raised(&["content"]), &here);
        for (name, said) in media {
            let value = self.form_media(fields, at, &name);
            self.follows(&at.file, &at.raised(&["content", &name]), &said);
            let schema = at.raised(&["content", &name, "schema"]);
            self.follows(&at.file, &schema, &here);
            content.insert(name, value);
        }
        let required = fields.iter().any(|field| is_required(field.target));
        json!({ "content": content, "required": required })
    }

    /// The media types of a form: those of `consumes` that are forms, else what its fields need.
    fn form_types(
        &mut self,
        consumes: Option<&MediaTypes>,
        has_file: bool,
        here: &Written,
    ) -> Vec<(String, Written)> {
        let types = consumes.unwrap_or(&self.consumes).clone();
        let fits = |name: &str| {
            let essence = essence(name);
            essence.starts_with("multipart/") || essence == FORM && !has_file
        };
        let (fitting, others): (Vec<_>, Vec<_>) =
            types.list.into_iter().partition(|(name, _)| fits(name));
        // What the whole document consumes is there for other operations.
        if consumes.is_some() {
            for (name, said) in others {
                self.not_a_form(&name, &said, has_file);
            }
        }
        if !fitting.is_empty() {
            return fitting;
        }
        let name = if has_file { MULTIPART } else { FORM };
        vec![(name.to_owned(), here.clone())]
    }

    fn not_a_form(&mut self, name: &str, said: &Written, has_file: bool) {
        let file = said.file.clone();
        let file = file.unwrap_or_else(|| Arc::clone(&self.files.entry.path));
        let origin = crate::ir::Origin::new(file, said.pointer.as_str());
        let what = if has_file {
            "a form with a file"
        } else {
            "a form"
        };
        let message = format!("{what} is not written as {name}");
        self.diagnostics
            .push(Diagnostic::note(Code::BadValue, origin, message).action("it was left out here"));
    }

    /// One media type of a form.
    fn form_media(&mut self, fields: &[&Declared<'_>], at: &At, name: &str) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        let mut encoding = Map::new();
        for field in fields {
            let (Value::Object(members), Some(key)) = (field.target, field.name()) else {
                continue;
            };
            let place = At {
                file: Arc::clone(&field.target_at.0),
                raised: String::new(),
                written: field.target_at.1.clone(),
            };
            let (mut schema, style) = self.value_schema(members, Carrier::Form, &place);
            if let Value::Object(schema) = &mut schema {
                for word in ["description", "example", "deprecated"] {
                    if let Some(value) = members.get(word) {
                        schema.insert(word.to_owned(), value.clone());
                    }
                }
                if let Some(example) = members.get("x-example") {
                    schema.entry("example").or_insert_with(|| example.clone());
                }
            }
            if let Some(style) = style {
                let said = json!({ "style": style.style, "explode": style.explode });
                encoding.insert(key.to_owned(), said);
            }
            if is_required(field.target) {
                required.push(Value::from(key));
            }
            let raised = at.raised(&["content", name, "schema", "properties", key]);
            self.follows(&at.file, &raised, &field.target_from(&at.file));
            properties.insert(key.to_owned(), schema);
        }
        let mut schema = json!({ "type": "object", "properties": properties });
        if let (Value::Object(schema), false) = (&mut schema, required.is_empty()) {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        match encoding.is_empty() {
            true => json!({ "schema": schema }),
            false => json!({ "schema": schema, "encoding": encoding }),
        }
    }
}

fn is_required(parameter: &Value) -> bool {
    parameter.get("required").and_then(Value::as_bool) == Some(true)
}

fn is_file(parameter: &Value) -> bool {
    let is = |value: Option<&Value>| {
        value
            .and_then(|it| it.get("type"))
            .is_some_and(|it| it == "file")
    };
    is(Some(parameter)) || is(parameter.get("items"))
}
