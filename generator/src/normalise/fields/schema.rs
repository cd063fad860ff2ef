//! Schemas: the objects of OpenAPI in them, and faults that do not change what is read.

use super::expressions;
use super::findings::Fault;
use super::form::{Form, Kind};
use super::texts;
use super::walk::{Path, Walk};
use crate::diag::Code;
use crate::load::Version;
use serde_json::{Map, Value};

impl<'d> Walk<'d> {
    pub(super) fn schema(&mut self, map: &'d Map<String, Value>, path: &Path<'_, 'd>) {
        for (key, child) in map {
            let path = Path::Key(path, key);
            match key.as_str() {
                "discriminator" => self.part(Kind::Discriminator, child, key, &path),
                "xml" => self.part(Kind::Xml, child, key, &path),
                "externalDocs" => self.part(Kind::ExternalDocs, child, key, &path),
                "pattern" => self.pattern(child.as_str(), &path),
                "patternProperties" => {
                    for (pattern, below) in child.as_object().into_iter().flatten() {
                        let path = Path::Key(&path, pattern);
                        self.pattern(Some(pattern), &path);
                        self.object(below, Kind::Schema, &path);
                    }
                }
                "properties" | "$defs" | "definitions" | "dependentSchemas" | "dependencies" => {
                    for (name, below) in child.as_object().into_iter().flatten() {
                        self.object(below, Kind::Schema, &Path::Key(&path, name));
                    }
                }
                "allOf"
                | "anyOf"
                | "oneOf"
                | "prefixItems"
                | "items"
                | "additionalItems"
                | "unevaluatedItems"
                | "contains"
                | "additionalProperties"
                | "unevaluatedProperties"
                | "propertyNames"
                | "not"
                | "if"
                | "then"
                | "else"
                | "contentSchema" => self.below(child, &path),
                _ => {}
            }
        }
        self.vocabulary_of_3_0(map, path);
        self.both_ways(map, path);
    }

    fn part(&mut self, kind: Kind, value: &'d Value, key: &str, path: &Path<'_, 'd>) {
        self.form(Form::Object(kind), value, (Kind::Schema, key), path);
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
            let fault = Fault::note(Code::BadValue, message, "it was taken as both");
            self.findings
                .add(Kind::Schema, "readOnly", path.origin(), fault);
        }
    }
}
