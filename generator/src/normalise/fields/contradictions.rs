//! Keywords of a schema that say nothing, or that contradict each other.

use super::findings::Fault;
use super::form::Kind;
use super::texts;
use super::walk::{Path, Walk};
use crate::diag::Code;
use crate::normalise::schemas::{is_keyword, limited_types};
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// Two limits of which the first must not be greater.
const RANGES: [[&str; 2]; 4] = [
    ["minimum", "maximum"],
    ["minLength", "maxLength"],
    ["minItems", "maxItems"],
    ["minProperties", "maxProperties"],
];

/// The names in `type`, where all of them are types and there is one.
fn types_of(map: &Object) -> Option<Vec<&str>> {
    let names = match map.get("type")? {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().map(Value::as_str).collect::<Option<_>>()?,
        _ => return None,
    };
    let are_types = names.iter().all(|name| is_of(&Value::Null, name).is_some());
    (!names.is_empty() && are_types).then_some(names)
}

/// Whether a value is of a type; `None` for a type that there is not.
fn is_of(value: &Value, name: &str) -> Option<bool> {
    Some(match name {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|it| it.fract() == 0.0)
        }
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => return None,
    })
}

impl<'d> Walk<'d> {
    pub(super) fn contradictions(&mut self, map: &'d Object, path: &Path<'_, 'd>) {
        self.limits_of_other_types(map, path);
        self.ranges(map, path);
        self.empty_lists(map, path);
        self.tuples(map, path);
        self.default_value(map, path);
        for (key, value) in map {
            if !key.starts_with("x-") && !is_keyword(key) {
                self.unknown_keyword(key, value, path);
            }
        }
    }

    fn contradiction(
        &mut self,
        key: &str,
        message: String,
        action: &'static str,
        path: &Path<'_, 'd>,
    ) {
        let fault = Fault::note(Code::BadValue, message, action);
        let origin = Path::Key(path, key).origin();
        self.findings.add(Kind::Schema, key, origin, fault);
    }

    fn limits_of_other_types(&mut self, map: &Object, path: &Path<'_, 'd>) {
        let Some(types) = types_of(map) else { return };
        for (key, value) in map {
            let Some(limited) = limited_types(key) else {
                continue;
            };
            if value == &Value::Bool(false) || limited.iter().any(|name| types.contains(name)) {
                continue;
            }
            let message = format!("`{key}` says nothing of `type: {}`", types.join(", "));
            self.contradiction(key, message, "it was left out", path);
        }
    }

    fn ranges(&mut self, map: &Object, path: &Path<'_, 'd>) {
        for [least, most] in RANGES {
            let number = |key: &str| map.get(key).and_then(Value::as_f64);
            if let (Some(low), Some(high)) = (number(least), number(most))
                && low > high
            {
                let message = format!("`{least}` is greater than `{most}`: there is no such value");
                self.contradiction(least, message, "both are documented", path);
            }
        }
    }

    fn empty_lists(&mut self, map: &Object, path: &Path<'_, 'd>) {
        for key in ["enum", "allOf", "anyOf", "oneOf"] {
            if map
                .get(key)
                .and_then(Value::as_array)
                .is_some_and(Vec::is_empty)
            {
                let message = format!("`{key}` must not be empty");
                self.contradiction(key, message, "it says nothing", path);
            }
        }
    }

    /// A list of items, as JSON Schema had it before 2020-12 and OpenAPI never had it.
    fn tuples(&mut self, map: &Object, path: &Path<'_, 'd>) {
        if map.get("items").is_some_and(Value::is_array) {
            let message = "`items` must be one schema".to_owned();
            let action = "it was read as `prefixItems`";
            self.contradiction("items", message, action, path);
        }
        if map.contains_key("additionalItems") {
            let message = "`additionalItems` is no keyword of OpenAPI".to_owned();
            let action = "it is not read: what `prefixItems` does not list is in `items`";
            self.contradiction("additionalItems", message, action, path);
        }
    }

    fn default_value(&mut self, map: &Object, path: &Path<'_, 'd>) {
        let Some(default) = map.get("default").filter(|it| !it.is_null()) else {
            return;
        };
        let shown = || texts::shorten(&default.to_string());
        let types = types_of(map).unwrap_or_default();
        let of_types: Option<Vec<bool>> = types.iter().map(|name| is_of(default, name)).collect();
        let is_of_another = !types.is_empty() && of_types.is_some_and(|it| !it.contains(&true));
        let values = map.get("enum").and_then(Value::as_array);
        let message = if is_of_another {
            format!(
                "the default {} is not of `type: {}`",
                shown(),
                types.join(", ")
            )
        } else if values.is_some_and(|values| !values.is_empty() && !values.contains(default)) {
            format!("the default {} is none of the values in `enum`", shown())
        } else {
            return;
        };
        self.contradiction("default", message, "it is documented as it is", path);
    }

    fn unknown_keyword(&mut self, key: &str, value: &Value, path: &Path<'_, 'd>) {
        let shown = texts::shorten(key);
        let message = format!("a schema has no `{shown}`");
        let fault = match value {
            Value::Object(_) | Value::Array(_) => Fault {
                lost: true,
                ..Fault::note(Code::UnknownKeyword, message, "it was left out")
            },
            _ => Fault::note(Code::UnknownKeyword, message, "it was left out"),
        };
        let fault = fault.hint("is it misspelt? what a schema does not know begins with `x-`");
        let origin = Path::Key(path, key).origin();
        self.findings.add(Kind::Schema, key, origin, fault);
    }
}
