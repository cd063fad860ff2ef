//! Words of OpenAPI 3 in a document of 2.0. They mean nothing there and are meant all the same: what can
//! be read beside the document's own words is read, and nothing is passed over without a word.

use super::Raiser;
use super::at::At;
use crate::diag::{Code, Diagnostic};
use serde_json::{Map, Value};

const READ: &str = "it was read as OpenAPI 3 means it";

impl Raiser<'_> {
    /// `components` of a document of 2.0: its schemas join the definitions, where those have no such name.
    pub(super) fn newer_components(
        &mut self,
        root: &Value,
        at: &At,
        components: &mut Map<String, Value>,
    ) {
        let Some(newer) = root.get("components") else {
            return;
        };
        let at = at.child("components");
        let Value::Object(sections) = newer else {
            self.newer(&at, "components", None);
            return;
        };
        for (section, members) in sections.iter().filter(|(key, _)| !key.starts_with("x-")) {
            let place = at.child(section);
            match members {
                Value::Object(schemas) if section == "schemas" => {
                    self.newer(&place, "components.schemas", Some(READ));
                    self.newer_schemas(schemas, &place, components);
                }
                _ => self.newer(&place, &format!("components.{section}"), None),
            }
        }
    }

    fn newer_schemas(
        &mut self,
        schemas: &Map<String, Value>,
        at: &At,
        components: &mut Map<String, Value>,
    ) {
        let known = components
            .entry("schemas")
            .or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(known) = known else {
            return;
        };
        for (name, schema) in schemas {
            let place = at.child(name);
            if known.contains_key(name) {
                let message = format!("`definitions` has a schema {name:?}, too");
                let origin = Self::origin(&place);
                self.diagnostics.push(
                    Diagnostic::warning(Code::DuplicateKey, origin, message)
                        .action("it was left out"),
                );
            } else {
                known.insert(name.clone(), schema.clone());
                self.raised(&place);
            }
        }
    }

    /// `servers` of a document of 2.0: read where it has no `host` of its own.
    pub(super) fn newer_servers(&mut self, root: &Value, at: &At) -> Option<Value> {
        let servers = root.get("servers")?;
        let is_read = root.get("host").is_none() && root.get("basePath").is_none();
        let place = at.child("servers");
        self.newer(&place, "servers", is_read.then_some(READ));
        is_read.then(|| servers.clone())
    }

    /// A cookie is no place for parameters in 2.0.
    pub(super) fn newer_place(&mut self, parameter: &Map<String, Value>, at: &At) {
        if parameter.get("in").is_some_and(|it| it == "cookie") {
            self.newer_value(&at.child("in"), "`in: cookie`");
        }
    }

    /// Security schemes of the types that 3.0 added.
    pub(super) fn newer_scheme(&mut self, name: &str, at: &At) {
        self.newer_value(&at.child("type"), &format!("`type: {name}`"));
    }

    /// A file can be sent in a form and be a response, nothing else.
    pub(super) fn misplaced_file(&mut self, at: &At) {
        let origin = Self::origin(&at.child("type"));
        let message = "`type: file` is for form parameters and responses alone";
        self.diagnostics.push(
            Diagnostic::warning(Code::BadValue, origin, message)
                .action("it was read as the bytes of a file"),
        );
    }

    fn newer_value(&mut self, at: &At, what: &str) {
        let message = format!("{what} is of OpenAPI 3");
        let note = Diagnostic::note(Code::BadValue, Self::origin(at), message);
        self.diagnostics.push(note.action(READ));
    }

    fn newer(&mut self, at: &At, what: &str, read: Option<&str>) {
        let origin = Self::origin(at);
        let message = format!("`{what}` is of OpenAPI 3, and this document is of 2.0");
        let said = match read {
            Some(action) => Diagnostic::note(Code::UnknownKeyword, origin, message).action(action),
            None => Diagnostic::warning(Code::UnknownKeyword, origin, message)
                .action("it was left out")
                .hint("write it as 2.0 does, or say `openapi: 3.0.0`"),
        };
        self.diagnostics.push(said);
    }
}
