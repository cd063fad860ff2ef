//! Values as they are in JSON, from how they are on the wire: by the document's own schemas.

use serde_json::{Map, Number, Value};

/// References that lead in a circle end here.
const DEEPEST: usize = 32;

/// A document whose references are followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schemas<'d>(pub(super) &'d Value);

/// What a schema is, as far as the wire can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Array,
    Object,
    Scalar,
}

impl<'d> Schemas<'d> {
    /// What stands where a reference leads.
    pub(super) fn resolve(self, mut node: &'d Value) -> &'d Value {
        for _ in 0..DEEPEST {
            let Some(pointer) = node.get("$ref").and_then(Value::as_str) else {
                return node;
            };
            let target = pointer.strip_prefix('#').and_then(|it| self.0.pointer(it));
            match target {
                Some(target) => node = target,
                None => return node,
            }
        }
        node
    }

    /// The schema itself, and those that it is composed of.
    pub(super) fn parts(self, schema: &'d Value, depth: usize) -> Vec<&'d Value> {
        let schema = self.resolve(schema);
        let mut parts = vec![schema];
        if depth == 0 {
            return parts;
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let members = schema.get(keyword).and_then(Value::as_array);
            for member in members.into_iter().flatten() {
                parts.extend(self.parts(member, depth - 1));
            }
        }
        parts
    }

    fn types(self, schema: &'d Value) -> Vec<&'d str> {
        let parts = self.parts(schema, 4);
        let types = parts.into_iter().flat_map(|part| match part.get("type") {
            Some(Value::String(one)) => vec![one.as_str()],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        });
        types.collect()
    }

    pub(super) fn shape(self, schema: &'d Value) -> Shape {
        let types = self.types(schema);
        if types.contains(&"array") {
            Shape::Array
        } else if types.contains(&"object") {
            Shape::Object
        } else {
            Shape::Scalar
        }
    }

    /// A text as the scalar that a schema says.
    pub(super) fn scalar(self, schema: &'d Value, text: &str) -> Value {
        let types = self.types(schema);
        let number = || text.parse::<Number>().ok().map(Value::Number);
        let fits = |ty: &&str| match *ty {
            "integer" => text.parse::<i64>().ok().map(Value::from),
            "number" => number(),
            "boolean" => text.parse::<bool>().ok().map(Value::from),
            _ => None,
        };
        let value = types.iter().find_map(fits);
        value.unwrap_or_else(|| Value::String(text.to_owned()))
    }

    /// The schema of the items of an array.
    pub(super) fn items(self, schema: &'d Value) -> &'d Value {
        let parts = self.parts(schema, 4);
        let items = parts.into_iter().find_map(|part| part.get("items"));
        items.unwrap_or(&Value::Null)
    }

    /// The properties of an object that have a name.
    pub(super) fn properties(self, schema: &'d Value) -> Vec<(&'d str, &'d Value)> {
        let parts = self.parts(schema, 4).into_iter();
        let all = parts.filter_map(|part| part.get("properties")?.as_object());
        all.flatten()
            .map(|(key, value)| (key.as_str(), value))
            .collect()
    }

    /// The schema of the properties of an object that have none.
    pub(super) fn additional(self, schema: &'d Value) -> &'d Value {
        let mut parts = self.parts(schema, 4).into_iter();
        let keywords = ["additionalProperties", "unevaluatedProperties"];
        let found = parts.find_map(|part| keywords.iter().find_map(|key| part.get(key)));
        found.unwrap_or(&Value::Null)
    }

    /// A list of texts as the array that a schema says.
    pub(super) fn array(self, schema: &'d Value, texts: &[&str]) -> Value {
        let items = self.items(schema);
        texts.iter().map(|text| self.scalar(items, text)).collect()
    }

    /// Pairs of names and texts as the object that a schema says.
    pub(super) fn object(self, schema: &'d Value, pairs: &[(&str, &str)]) -> Value {
        let parts = self.parts(schema, 4);
        let property = |name: &str| {
            let mut parts = parts.iter();
            parts.find_map(|part| {
                let own = part.get("properties").and_then(|all| all.get(name));
                own.or_else(|| part.get("additionalProperties"))
                    .or_else(|| part.get("unevaluatedProperties"))
            })
        };
        let value = |(name, text): &(&str, &str)| {
            let schema = property(name).unwrap_or(&Value::Null);
            ((*name).to_owned(), self.scalar(schema, text))
        };
        Value::Object(pairs.iter().map(value).collect::<Map<String, Value>>())
    }

    /// The value of a schema that has one and no other.
    pub(super) fn constant(self, schema: &'d Value) -> Option<Value> {
        let schema = self.resolve(schema);
        if let Some(value) = schema.get("const") {
            return Some(value.clone());
        }
        match schema.get("enum").and_then(Value::as_array)?.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_becomes_what_its_schema_says() {
        let document = json!({"n": {"type": "integer"}});
        let schemas = Schemas(&document);
        let scalar = |schema: Value, text: &str| {
            let schema: &'static Value = Box::leak(Box::new(schema));
            Schemas(Box::leak(Box::new(document.clone()))).scalar(schema, text)
        };
        assert_eq!(scalar(json!({"$ref": "#/n"}), "7"), 7);
        assert_eq!(scalar(json!({"type": ["string", "null"]}), "7"), "7");
        assert_eq!(
            scalar(json!({"anyOf": [{"type": "boolean"}]}), "true"),
            true
        );
        assert_eq!(scalar(json!({"type": "number"}), "x"), "x");
        let list = json!({"type": "array", "items": {"type": "number"}});
        assert_eq!(schemas.array(&list, &["1", "2.5"]), json!([1, 2.5]));
        let map = json!({"additionalProperties": {"type": "integer"}});
        assert_eq!(schemas.object(&map, &[("a", "1")]), json!({"a": 1}));
    }
}
