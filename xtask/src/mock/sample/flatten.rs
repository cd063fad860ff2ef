//! A schema with its references followed, its `allOf` merged and its branches chosen.

use crate::mock::reference::target;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Schemas that are merged into one, at most.
const PARTS: usize = 256;

/// What a schema says of one value. Keywords that only restrict further (`not`, `if`, ...) are left out.
#[derive(Debug, Default)]
pub(super) struct Flat<'d> {
    /// Properties in the order of the document, each with all the schemas that apply to it.
    pub(super) properties: Properties<'d>,
    /// The names of required properties.
    pub(super) required: BTreeSet<&'d str>,
    /// The references that were followed, in their order.
    pub(super) references: Vec<&'d str>,
    keywords: BTreeMap<&'d str, &'d Value>,
    /// Each discriminator with the reference by which it was reached or whose branch was taken.
    discriminators: Vec<(&'d Value, Option<&'d str>)>,
    parts: usize,
}

/// Schemas by property, in the order of the document.
#[derive(Debug, Default)]
pub(super) struct Properties<'d> {
    names: Vec<&'d str>,
    schemas: BTreeMap<&'d str, Vec<&'d Value>>,
}

impl<'d> Properties<'d> {
    fn add(&mut self, name: &'d str, schema: &'d Value) {
        let schemas = self.schemas.entry(name).or_default();
        if schemas.is_empty() {
            self.names.push(name);
        }
        schemas.push(schema);
    }

    pub(super) fn contains_key(&self, name: &str) -> bool {
        self.schemas.contains_key(name)
    }
}

impl<'p, 'd> IntoIterator for &'p Properties<'d> {
    type Item = (&'p &'d str, &'p Vec<&'d Value>);
    type IntoIter = Box<dyn Iterator<Item = Self::Item> + 'p>;

    fn into_iter(self) -> Self::IntoIter {
        let schemas = |name: &'p &'d str| self.schemas.get(name).map(|schemas| (name, schemas));
        Box::new(self.names.iter().filter_map(schemas))
    }
}

/// Follows, merges and chooses.
pub(super) fn flatten<'d>(document: &'d Value, schema: &'d Value) -> Flat<'d> {
    let mut flat = Flat::default();
    flat.add(document, schema);
    flat
}

/// Whether a property is for requests only (OpenAPI 3.0, section 4.7.24).
pub(super) fn is_write_only(document: &Value, schemas: &[&Value]) -> bool {
    schemas.iter().any(|schema| {
        let flat = flatten(document, schema);
        flat.keyword("writeOnly") == Some(&Value::Bool(true))
    })
}

impl<'d> Flat<'d> {
    /// Adds a schema that applies to the same value.
    pub(super) fn add(&mut self, document: &'d Value, schema: &'d Value) {
        let mut left = vec![schema];
        while let Some(schema) = left.pop() {
            let Some(schema) = schema.as_object() else {
                continue;
            };
            self.parts += 1;
            if self.parts > PARTS {
                return;
            }
            self.merge(schema);
            // What comes first in the document is taken first: the stack is filled from the back.
            let branch = self.branch(document, schema);
            left.extend(branch);
            let all = schema.get("allOf").and_then(Value::as_array);
            left.extend(all.into_iter().flatten().rev());
            if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
                && !self.references.contains(&reference)
            {
                self.references.push(reference);
                left.extend(target(document, reference));
            }
        }
    }

    fn merge(&mut self, schema: &'d Map<String, Value>) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            self.properties.add(name, schema);
        }
        let required = schema.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        self.required.extend(required);
        for (key, value) in schema {
            self.keywords.entry(key).or_insert(value);
        }
        if let Some(discriminator) = schema.get("discriminator")
            && !schema.contains_key("oneOf")
            && !schema.contains_key("anyOf")
        {
            let reached = self.references.first().copied();
            self.discriminators.push((discriminator, reached));
        }
    }

    /// The first branch that is more than null.
    fn branch(&mut self, document: &'d Value, schema: &'d Map<String, Value>) -> Option<&'d Value> {
        let branches = schema
            .get("oneOf")
            .or_else(|| schema.get("anyOf"))?
            .as_array()?;
        let is_null = |branch: &Value| {
            let branch = crate::mock::reference::resolve(document, branch);
            branch.and_then(|branch| branch.get("type")) == Some(&json!("null"))
        };
        let taken = branches
            .iter()
            .find(|branch| !is_null(branch))
            .or(branches.first())?;
        if let Some(discriminator) = schema.get("discriminator") {
            let reference = taken.get("$ref").and_then(Value::as_str);
            self.discriminators.push((discriminator, reference));
        }
        Some(taken)
    }

    /// The first value given for a keyword.
    pub(super) fn keyword(&self, keyword: &str) -> Option<&'d Value> {
        self.keywords.get(keyword).copied()
    }

    /// The JSON type of the value, null only where nothing else is allowed; `None` where any will do.
    pub(super) fn kind(&self) -> Option<&'d str> {
        let first = match self.keyword("type") {
            Some(Value::String(kind)) => Some(kind.as_str()),
            Some(Value::Array(kinds)) => {
                let kinds = || kinds.iter().filter_map(Value::as_str);
                kinds()
                    .find(|kind| *kind != "null")
                    .or_else(|| kinds().next())
            }
            _ => None,
        };
        let has = |keyword| self.keyword(keyword).is_some();
        first.or_else(|| {
            if has("properties") || has("required") || has("additionalProperties") {
                Some("object")
            } else if has("items") || has("prefixItems") {
                Some("array")
            } else if has("format") || has("pattern") || has("minLength") || has("maxLength") {
                Some("string")
            } else {
                None
            }
        })
    }

    /// The value of a constant, or the first of an enumeration that is not null.
    pub(super) fn fixed(&self) -> Option<&'d Value> {
        if let Some(constant) = self.keyword("const") {
            return Some(constant);
        }
        let values = self.keyword("enum")?.as_array()?;
        values
            .iter()
            .find(|value| !value.is_null())
            .or(values.first())
    }

    /// The property that tells variants apart, with the value of the one that was taken: its key in
    /// the mapping, else the name of its schema (OpenAPI 3.1, section 4.8.25).
    pub(super) fn discriminator(&self, document: &Value) -> Option<(&'d str, Value)> {
        let (discriminator, reference) = self.discriminators.last()?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let schemas = self.properties.schemas.get(property);
        let says = |schema: &&Value| flatten(document, schema).fixed().is_some();
        if schemas.into_iter().flatten().any(says) {
            return None;
        }
        let reference = (*reference)?;
        let name = reference.rsplit('/').next()?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let mapped = mapping.into_iter().flatten().find(|(_, target)| {
            target
                .as_str()
                .is_some_and(|target| target == reference || target == name)
        });
        let value = mapped.map_or(name, |(key, _)| key);
        Some((property, value.into()))
    }
}
