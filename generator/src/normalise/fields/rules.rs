//! What the table cannot say: fields that depend on each other, and keys that have a form.

use super::findings::Fault;
use super::form::Kind;
use super::texts;
use super::walk::{Path, Walk};
use crate::diag::Code;
use crate::load::Version;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Fields of which an object has one at most.
const EXCLUSIVE: [(Kind, &str, &str); 7] = [
    (Kind::License, "identifier", "url"),
    (Kind::Parameter, "schema", "content"),
    (Kind::Header, "schema", "content"),
    (Kind::Parameter, "example", "examples"),
    (Kind::MediaType, "example", "examples"),
    (Kind::Example, "value", "externalValue"),
    (Kind::Link, "operationRef", "operationId"),
];

/// The addresses that each flow of OAuth 2.0 needs.
const FLOWS: [(&str, &[&str]); 4] = [
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
];

type Object = Map<String, Value>;

impl<'d> Walk<'d> {
    pub(super) fn rules(&mut self, map: &'d Object, kind: Kind, path: &Path<'_, 'd>) {
        for (of, one, other) in EXCLUSIVE {
            if of == kind && map.contains_key(one) && map.contains_key(other) {
                let what = kind.as_str();
                let message = format!("{what} has `{one}` and `{other}`, which exclude each other");
                self.odd(
                    kind,
                    one,
                    message,
                    "both were read",
                    &Path::Key(path, other),
                );
            }
        }
        match kind {
            Kind::Document => self.document(map, path),
            Kind::Paths => self.paths(map, path),
            Kind::PathItem => self.bodies(map, path),
            Kind::Responses => self.responses(map, path),
            Kind::Parameter => self.parameter(map, path),
            Kind::Header => self.content(map, kind, path),
            Kind::Server => self.server(map, path),
            Kind::ServerVariable => self.variable(map, path),
            Kind::OAuthFlows => self.flows(map, path),
            _ => {}
        }
    }

    fn odd(
        &mut self,
        kind: Kind,
        rule: &str,
        message: impl Into<String>,
        action: &'static str,
        path: &Path<'_, 'd>,
    ) {
        let fault = Fault::note(Code::BadValue, message, action);
        self.findings.add(kind, rule, path.origin(), fault);
    }

    /// The key of something that the document names.
    pub(super) fn key(
        &mut self,
        key: &str,
        below: Kind,
        (kind, name): (Kind, &str),
        at: &Path<'_, 'd>,
    ) {
        let shown = texts::shorten(key);
        let has_rule = self.document.version() != Version::V2_0;
        if has_rule && kind == Kind::Components && !texts::is_component_name(key) {
            let message = format!("{shown:?} cannot be a component's name");
            let fault = Fault::note(Code::BadValue, message, "it was read all the same")
                .hint("it has letters, digits, `.`, `-` and `_`");
            self.findings.add(kind, name, at.origin(), fault);
        }
        if below == Kind::MediaType && name == "content" && !key.contains('/') {
            let message = format!("{shown:?} is not a media type");
            self.odd(kind, "media type", message, "it was taken as one", at);
        }
    }

    fn document(&mut self, map: &Object, path: &Path<'_, 'd>) {
        let has_any = ["paths", "components", "webhooks"]
            .iter()
            .any(|key| map.contains_key(*key));
        if self.version != Version::V3_0 && !has_any {
            self.missing("paths", Kind::Document, path);
        }
        if map.contains_key("$defs") {
            let message = "a document has no `$defs`";
            let fault = Fault::note(Code::UnknownKeyword, message, "they were read as schemas");
            let origin = Path::Key(path, "$defs").origin();
            self.findings.add(Kind::Document, "$defs", origin, fault);
        }
        let mut names = HashSet::new();
        let tags = map.get("tags").and_then(Value::as_array);
        for (index, tag) in tags.into_iter().flatten().enumerate() {
            let Some(name) = tag.get("name").and_then(Value::as_str) else {
                continue;
            };
            if !names.insert(name) {
                let message = format!("the tag {:?} is declared twice", texts::shorten(name));
                let tags = Path::Key(path, "tags");
                let at = Path::Index(&tags, index);
                self.odd(Kind::Tag, "name", message, "both were read", &at);
            }
        }
    }

    fn paths(&mut self, map: &Object, path: &Path<'_, 'd>) {
        for key in map.keys().filter(|key| !key.starts_with("x-")) {
            let at = Path::Key(path, key);
            if !key.starts_with('/') {
                let message = "a path must begin with `/`";
                self.odd(
                    Kind::Paths,
                    "slash",
                    message,
                    "it was read all the same",
                    &at,
                );
            }
            let mut names = HashSet::new();
            if !texts::parameters(key).all(|name| names.insert(name)) {
                let message = "a path has one of its parameters twice";
                self.odd(
                    Kind::Paths,
                    "twice",
                    message,
                    "both have the same value",
                    &at,
                );
            }
        }
    }

    /// Bodies of methods for which HTTP gives them no meaning (RFC 9110, sections 9.3.1, 9.3.2).
    fn bodies(&mut self, map: &Object, path: &Path<'_, 'd>) {
        for method in ["get", "head", "trace"] {
            let operation = map.get(method).and_then(Value::as_object);
            if operation.is_some_and(|operation| operation.contains_key("requestBody")) {
                let word = method.to_uppercase();
                let message = format!("the body of a {word} request has no meaning in HTTP");
                let operation = Path::Key(path, method);
                let at = Path::Key(&operation, "requestBody");
                self.odd(
                    Kind::Operation,
                    method,
                    message,
                    "it is sent all the same",
                    &at,
                );
            }
        }
    }

    fn responses(&mut self, map: &Object, path: &Path<'_, 'd>) {
        if !map.keys().any(|key| !key.starts_with("x-")) {
            let message = "an operation must have a response, and has none";
            let fault = Fault::note(Code::Missing, message, "what comes back is not known");
            self.findings
                .add(Kind::Responses, "response", path.origin(), fault);
        }
    }

    fn parameter(&mut self, map: &Object, path: &Path<'_, 'd>) {
        self.content(map, Kind::Parameter, path);
        let is_in_path = map.get("in").and_then(Value::as_str) == Some("path");
        if is_in_path && map.get("required") != Some(&Value::Bool(true)) {
            let message = "a path parameter must have `required: true`";
            self.odd(Kind::Parameter, "required", message, "it is required", path);
        }
    }

    /// `schema`, or one media type.
    fn content(&mut self, map: &Object, kind: Kind, path: &Path<'_, 'd>) {
        let content = map.get("content").and_then(Value::as_object);
        if content.is_some_and(|content| content.len() != 1) {
            let what = kind.as_str();
            let message = format!("{what} must have one media type in `content`");
            let at = Path::Key(path, "content");
            self.odd(kind, "content", message, "the first one counts", &at);
        }
        if !map.contains_key("schema") && !map.contains_key("content") {
            let what = kind.as_str();
            let message = format!("{what} must have `schema` or `content`, and has neither");
            let fault = Fault::note(Code::Missing, message, "its value may be anything");
            self.findings.add(kind, "schema", path.origin(), fault);
        }
    }

    fn server(&mut self, map: &Object, path: &Path<'_, 'd>) {
        let url = map.get("url").and_then(Value::as_str).unwrap_or_default();
        let variables = map.get("variables").and_then(Value::as_object);
        for name in texts::parameters(url) {
            if !variables.is_some_and(|variables| variables.contains_key(name)) {
                let shown = texts::shorten(name);
                let message = format!("the URL has a variable {shown:?} that is not declared");
                let fault = Fault::note(Code::Missing, message, "it has no value of its own")
                    .hint("declare it under `variables`, with a `default`");
                self.findings
                    .add(Kind::Server, name, Path::Key(path, "url").origin(), fault);
            }
        }
    }

    fn variable(&mut self, map: &Object, path: &Path<'_, 'd>) {
        let Some(values) = map.get("enum").and_then(Value::as_array) else {
            return;
        };
        if values.is_empty() {
            let message = "`enum` must have a value, and is empty";
            let at = Path::Key(path, "enum");
            self.odd(
                Kind::ServerVariable,
                "enum",
                message,
                "any value will do",
                &at,
            );
        } else if let Some(default) = map.get("default")
            && !values.contains(default)
        {
            let message = "the default is none of the values in `enum`";
            let at = Path::Key(path, "default");
            self.odd(Kind::ServerVariable, "default", message, "it was kept", &at);
        }
    }

    fn flows(&mut self, map: &Object, path: &Path<'_, 'd>) {
        for (flow, needed) in FLOWS {
            let Some(object) = map.get(flow).and_then(Value::as_object) else {
                continue;
            };
            let at = Path::Key(path, flow);
            for field in needed.iter().filter(|field| !object.contains_key(**field)) {
                self.missing(field, Kind::OAuthFlow, &at);
            }
        }
    }
}
