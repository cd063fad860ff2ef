//! One example value for a response's schema, which a client can decode.
//!
//! - Every property is given, optional or not, with a value of its type, format, enum and limits. Null
//!   is given only where nothing else is allowed. What only requests carry (`writeOnly`) is left out.
//! - Records refer to each other without end. Below [`DEEPEST`] objects that were reached by reference
//!   an optional property is left out and a list is empty; what is required is given with its own
//!   required properties alone, until it comes round to itself.
//! - `allOf` is merged, of `oneOf` and `anyOf` the first branch is taken, and a discriminator says
//!   which one that was.
//! - The document's examples are used only for text with a `pattern`, since many contradict the schema.

mod flatten;
mod scalar;

use flatten::{Flat, flatten};
use serde_json::{Map, Value};

/// How many objects reached by reference lie within each other: an envelope and its record, or a
/// record and those it relates to.
const DEEPEST: usize = 2;

/// Values in one sample after which only required properties are given.
const MANY: usize = 1_000;

/// Values in one sample after which objects and lists stay empty.
const MOST: usize = 4_000;

/// Schemas within each other, references or not.
const LEVELS: usize = 64;

/// The longest list that is written to satisfy `minItems`.
const LONGEST_LIST: u64 = 16;

/// An example of what a response with this schema carries.
pub(super) fn sample(document: &Value, schema: &Value) -> Value {
    let mut sampler = Sampler {
        document,
        written: 0,
    };
    let whole = At {
        objects: 0,
        levels: 0,
        bare: false,
        path: Vec::new(),
    };
    sampler.value(schema, whole).unwrap_or(Value::Null)
}

/// Where in the sample a schema is.
#[derive(Clone)]
struct At<'d> {
    /// Objects around it that were reached by reference.
    objects: usize,
    /// Schemas around it.
    levels: usize,
    /// Whether only what is required is given.
    bare: bool,
    /// The references that led here.
    path: Vec<&'d str>,
}

struct Sampler<'d> {
    document: &'d Value,
    written: usize,
}

impl<'d> Sampler<'d> {
    /// A value for a schema; `None` where it lies too deep to be given freely.
    fn value(&mut self, schema: &'d Value, at: At<'d>) -> Option<Value> {
        self.written += 1;
        let flat = flatten(self.document, schema);
        let mut at = At {
            levels: at.levels + 1,
            ..at
        };
        if at.levels > LEVELS {
            return Some(Value::Null);
        }
        if flat.kind() == Some("object") && !flat.references.is_empty() {
            let comes_round = flat.references.iter().any(|name| at.path.contains(name));
            if at.bare && comes_round {
                return Some(Value::Object(Map::new()));
            }
            at.objects += 1;
            if at.objects > DEEPEST && !at.bare {
                return None;
            }
        }
        at.path.extend(&flat.references);
        Some(self.of_kind(&flat, at))
    }

    /// A value for a schema that must be there.
    fn required(&mut self, schema: &'d Value, at: &At<'d>) -> Value {
        if let Some(value) = self.value(schema, at.clone()) {
            return value;
        }
        let bare = At {
            bare: true,
            ..at.clone()
        };
        self.value(schema, bare).unwrap_or(Value::Null)
    }

    fn of_kind(&mut self, flat: &Flat<'d>, at: At<'d>) -> Value {
        if let Some(fixed) = flat.fixed() {
            return fixed.clone();
        }
        match flat.kind() {
            Some("object") if self.written > MOST => Value::Object(Map::new()),
            Some("array") if self.written > MOST => Value::Array(Vec::new()),
            Some("object") => Value::Object(self.object(flat, &at)),
            Some("array") => Value::Array(self.array(flat, &at)),
            Some("string") => scalar::text(flat).into(),
            Some("integer") => scalar::integer(flat),
            Some("number") => scalar::number(flat),
            Some("boolean") => true.into(),
            _ => Value::Null,
        }
    }

    fn object(&mut self, flat: &Flat<'d>, at: &At<'d>) -> Map<String, Value> {
        let mut object = Map::new();
        for (name, schemas) in &flat.properties {
            let is_required = flat.required.contains(name);
            if flatten::is_write_only(self.document, schemas)
                || (!is_required && (at.bare || self.written > MANY))
            {
                continue;
            }
            let value = match schemas.as_slice() {
                [schema] if is_required => Some(self.required(schema, at)),
                [schema] => self.value(schema, at.clone()),
                several => Some(self.several(several, at)),
            };
            if let Some(value) = value.filter(|value| is_required || !value.is_null()) {
                object.insert((*name).to_owned(), value);
            }
        }
        if let Some((name, value)) = flat.discriminator(self.document) {
            object.insert(name.to_owned(), value);
        }
        self.others(flat, at, &mut object);
        object
    }

    /// A property that several parts of an `allOf` describe: all of them apply.
    fn several(&mut self, schemas: &[&'d Value], at: &At<'d>) -> Value {
        self.written += 1;
        let mut flat = Flat::default();
        for schema in schemas {
            flat.add(self.document, schema);
        }
        let mut bare = At {
            bare: true,
            levels: at.levels + 1,
            ..at.clone()
        };
        if bare.levels > LEVELS || flat.references.iter().any(|name| at.path.contains(name)) {
            return Value::Null;
        }
        bare.path.extend(&flat.references);
        self.of_kind(&flat, bare)
    }

    /// Properties without a name of their own: required ones, and one of a map.
    fn others(&mut self, flat: &Flat<'d>, at: &At<'d>, object: &mut Map<String, Value>) {
        let schema = flat
            .keyword("additionalProperties")
            .filter(|it| it.is_object());
        for name in flat
            .required
            .iter()
            .filter(|name| !flat.properties.contains_key(name))
        {
            let value = schema.map(|schema| self.required(schema, at));
            object.insert((*name).to_owned(), value.unwrap_or(Value::Null));
        }
        if object.is_empty()
            && let Some(schema) = schema
            && let Some(value) = self.value(schema, at.clone())
        {
            object.insert("key".to_owned(), value);
        }
    }

    fn array(&mut self, flat: &Flat<'d>, at: &At<'d>) -> Vec<Value> {
        let limit = |keyword| flat.keyword(keyword).and_then(Value::as_u64);
        let least = limit("minItems").unwrap_or(0).min(LONGEST_LIST);
        let most = limit("maxItems").unwrap_or(u64::MAX);
        let items = flat.keyword("items");
        let listed = flat
            .keyword("prefixItems")
            .or(items)
            .and_then(Value::as_array);
        if let Some(listed) = listed {
            return listed
                .iter()
                .map(|schema| self.required(schema, at))
                .collect();
        }
        let Some(schema) = items.filter(|schema| schema.is_object()) else {
            return (0..least).map(|_| Value::Null).collect();
        };
        if least == 0 {
            let first = if most == 0 || at.bare || self.written > MANY {
                None
            } else {
                self.value(schema, at.clone())
            };
            // A list of anything at all is empty.
            return first.into_iter().filter(|item| !item.is_null()).collect();
        }
        (0..least).map(|_| self.required(schema, at)).collect()
    }
}

#[cfg(test)]
mod tests;
