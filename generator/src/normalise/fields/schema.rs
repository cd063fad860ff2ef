//! Schemas: the objects of OpenAPI in them, and faults that do not change what is read.

use super::expressions;
use super::findings::Fault;
use super::form::{Form, Kind};
use super::texts;
use super::walk::{Path, Walk};
use crate::diag::Code;
use crate::load::{Subschemas, Version, subschemas};
use serde_json::{Map, Value};

const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// What the values of keywords are. Others have several forms, or any.
const KEYWORDS: [(&[&str], Form); 4] = [
    (
        &[
            "deprecated",
            "readOnly",
            "writeOnly",
            "uniqueItems",
            "nullable",
        ],
        Form::Flag,
    ),
    (
        &[
            "title",
            "description",
            "format",
            "pattern",
            "contentEncoding",
            "contentMediaType",
        ],
        Form::Text,
    ),
    (
        &["allOf", "anyOf", "oneOf", "enum", "required", "prefixItems"],
        Form::Texts,
    ),
    (&["properties", "patternProperties", "$defs"], Form::TextMap),
];

impl<'d> Walk<'d> {
    pub(super) fn schema(&mut self, map: &'d Map<String, Value>, path: &Path<'_, 'd>) {
        for (key, child) in map {
            let path = Path::Key(path, key);
            match key.as_str() {
                "discriminator" => self.part(Kind::Discriminator, child, key, &path),
                "xml" => self.part(Kind::Xml, child, key, &path),
                "externalDocs" => self.part(Kind::ExternalDocs, child, key, &path),
                "pattern" => self.pattern(child.as_str(), &path),
                keyword => match subschemas(keyword) {
                    Some(Subschemas::Direct) => self.below(child, &path),
                    Some(Subschemas::Named) => self.by_name(keyword, child, &path),
                    None => {}
                },
            }
        }
        self.keywords(map, path);
        self.vocabulary_of_3_0(map, path);
        self.both_ways(map, path);
        self.contradictions(map, path);
    }

    /// The types of keywords, in schemas that nobody uses. Of the others the reader of schemas speaks.
    fn keywords(&mut self, map: &'d Map<String, Value>, path: &Path<'_, 'd>) {
        for (key, value) in map {
            let path = Path::Key(path, key);
            let form = KEYWORDS
                .iter()
                .find(|(keys, _)| keys.contains(&key.as_str()));
            match form {
                Some((_, form)) if !form.admits(value) => {
                    self.form(*form, value, (Kind::Schema, key), &path);
                }
                _ if key == "type" => self.types(value, &path),
                _ => {}
            }
        }
    }

    fn types(&mut self, value: &Value, path: &Path<'_, 'd>) {
        let names = match value {
            Value::Array(names) => names.as_slice(),
            name => std::slice::from_ref(name),
        };
        let is_type = |name: &Value| name.as_str().is_some_and(|name| TYPES.contains(&name));
        if let Some(name) = names.iter().find(|name| !is_type(name)) {
            let shown = texts::shorten(&name.to_string());
            let fault = Fault::note(
                Code::BadValue,
                format!("`type` cannot be {shown}"),
                "it was left out",
            );
            self.findings
                .add(Kind::Schema, "type", path.origin(), fault);
        }
    }

    fn part(&mut self, kind: Kind, value: &'d Value, key: &str, path: &Path<'_, 'd>) {
        self.form(Form::Object(kind), value, (Kind::Schema, key), path);
    }

    /// Schemas by name; the names of `patternProperties` are patterns.
    fn by_name(&mut self, keyword: &str, value: &'d Value, path: &Path<'_, 'd>) {
        for (name, below) in value.as_object().into_iter().flatten() {
            let path = Path::Key(path, name);
            if keyword == "patternProperties" {
                self.pattern(Some(name), &path);
            }
            self.object(below, Kind::Schema, &path);
        }
    }

    /// One schema, or a list of them.
    fn below(&mut self, value: &'d Value, path: &Path<'_, 'd>) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.object(item, Kind::Schema, &Path::Index(path, index));
                }
            }
            value => self.object(value, Kind::Schema, path),
        }
    }

    fn pattern(&mut self, pattern: Option<&str>, path: &Path<'_, 'd>) {
        let Some(pattern) = pattern else { return };
        if let Some(fault) = expressions::fault(pattern) {
            let shown = texts::shorten(pattern);
            let message = format!("{shown:?} is no regular expression: {fault}");
            let fault = Fault::note(Code::BadValue, message, "values are not compared with it");
            self.findings
                .add(Kind::Schema, "pattern", path.origin(), fault);
        }
    }

    /// What OpenAPI 3.0 asks for and later versions do not (3.0.4, section 4.7.24).
    fn vocabulary_of_3_0(&mut self, map: &Map<String, Value>, path: &Path<'_, 'd>) {
        if self.version != Version::V3_0 {
            return;
        }
        let is_array = map.get("type").is_some_and(|ty| {
            ty.as_str() == Some("array")
                || ty
                    .as_array()
                    .is_some_and(|types| types.iter().any(|ty| ty.as_str() == Some("array")))
        });
        if is_array && !map.contains_key("items") {
            let message = "an array must have `items`, and has not";
            let fault = Fault::note(Code::Missing, message, "its items may be anything");
            self.findings
                .add(Kind::Schema, "items", path.origin(), fault);
        }
        if map
            .get("required")
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            let message = "`required` must name a property, and is empty";
            let fault = Fault::note(Code::BadValue, message, "nothing is required");
            let origin = Path::Key(path, "required").origin();
            self.findings.add(Kind::Schema, "required", origin, fault);
        }
    }

    /// `readOnly` and `writeOnly` exclude each other.
    fn both_ways(&mut self, map: &Map<String, Value>, path: &Path<'_, 'd>) {
        let is_set = |key: &str| map.get(key) == Some(&Value::Bool(true));
        if is_set("readOnly") && is_set("writeOnly") {
            let message = "a property cannot be `readOnly` and `writeOnly` at once";
            let fault = Fault::note(Code::BadValue, message, "it was taken as neither");
            self.findings
                .add(Kind::Schema, "readOnly", path.origin(), fault);
        }
    }
}
