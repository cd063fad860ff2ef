//! Whether a value is one of a schema's, as far as the IR knows.

use crate::ir::{
    Additional, Api, Bound, Constraints, Primitive, Record, Schema, Type, TypeBody, Union,
    VariantTest,
};
use crate::pattern::matches;
use serde_json::Value;

/// Values within each other that are looked at; deeper ones do not fit.
const DEEPEST: usize = 64;

/// How far a quotient may be from a whole number, relative to it.
const TOLERANCE: f64 = 1e-9;

/// Whether a value fits a schema. A pattern that cannot be checked does not fit.
pub(super) fn fits(api: &Api, schema: &Schema, value: &Value) -> bool {
    Fit { api }.schema(schema, value, 0)
}

struct Fit<'a> {
    api: &'a Api,
}

impl Fit<'_> {
    fn schema(&self, schema: &Schema, value: &Value, depth: usize) -> bool {
        if depth > DEEPEST {
            return false;
        }
        if value.is_null() && schema.nullable {
            return true;
        }
        self.ty(&schema.ty, value, depth) && keeps(&schema.constraints, value)
    }

    fn ty(&self, ty: &Type, value: &Value, depth: usize) -> bool {
        match ty {
            Type::Any => true,
            Type::Never => false,
            Type::Null => value.is_null(),
            Type::Constant(constant) => constant == value,
            Type::Primitive(primitive) => is_primitive(primitive, value),
            Type::List(item) => {
                let items = value.as_array();
                items.is_some_and(|all| all.iter().all(|it| self.schema(item, it, depth + 1)))
            }
            Type::Tuple(items, rest) => self.tuple(items, rest.as_deref(), value, depth),
            Type::Map(item) => {
                let members = value.as_object();
                members.is_some_and(|all| all.values().all(|it| self.schema(item, it, depth + 1)))
            }
            Type::Named(id) => match self.api.type_def(*id).map(|def| &def.body) {
                Some(TypeBody::Record(record)) => self.record(record, value, depth),
                Some(TypeBody::Enum(of)) => of.values.iter().any(|it| it.value == *value),
                Some(TypeBody::Union(union)) => self.union(union, value, depth),
                Some(TypeBody::Alias(schema)) => self.schema(schema, value, depth + 1),
                None => false,
            },
        }
    }

    fn tuple(&self, items: &[Schema], rest: Option<&Schema>, value: &Value, depth: usize) -> bool {
        let Some(values) = value.as_array() else {
            return false;
        };
        values.iter().enumerate().all(|(index, value)| {
            let schema = items.get(index).or(rest);
            schema.is_none_or(|schema| self.schema(schema, value, depth + 1))
        })
    }

    fn record(&self, record: &Record, value: &Value, depth: usize) -> bool {
        let Some(members) = value.as_object() else {
            return false;
        };
        let known = |field: &crate::ir::Field| match members.get(&field.wire_name) {
            Some(value) => self.schema(&field.schema, value, depth + 1),
            None => !field.required,
        };
        let is_field = |name: &str| record.fields.iter().any(|it| it.wire_name == name);
        let other = |(name, value): (&String, &Value)| {
            is_field(name)
                || match &record.additional {
                    Additional::Unsaid => true,
                    Additional::Forbidden => false,
                    Additional::Allowed(schema) => self.schema(schema, value, depth + 1),
                }
        };
        record.fields.iter().all(known) && members.iter().all(other)
    }

    fn union(&self, union: &Union, value: &Value, depth: usize) -> bool {
        let tag = union
            .tag
            .as_ref()
            .and_then(|tag| value.get(tag))
            .and_then(Value::as_str);
        union.variants.iter().any(|variant| {
            let told = match (&variant.test, tag) {
                (VariantTest::Tag(values), Some(tag)) => values.iter().any(|it| it == tag),
                _ => true,
            };
            told && self.schema(&variant.schema, value, depth + 1)
        })
    }
}

fn is_primitive(primitive: &Primitive, value: &Value) -> bool {
    match primitive {
        Primitive::Boolean => value.is_boolean(),
        Primitive::Integer { signed, .. } => value.is_u64() || (*signed && value.is_i64()),
        Primitive::Number | Primitive::Decimal { quoted: false } => value.is_number(),
        Primitive::Uuid => value.as_str().is_some_and(is_uuid),
        Primitive::DateTime => value
            .as_str()
            .is_some_and(|it| it.len() >= 20 && it.get(10..11) == Some("T")),
        Primitive::Date => value.as_str().is_some_and(|it| it.len() == 10),
        Primitive::Decimal { quoted: true }
        | Primitive::String { .. }
        | Primitive::Time
        | Primitive::Duration
        | Primitive::Uri
        | Primitive::Base64
        | Primitive::Binary
        | Primitive::File => value.is_string(),
    }
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && text.bytes().all(|c| c == b'-' || c.is_ascii_hexdigit())
}

fn keeps(limits: &Constraints, value: &Value) -> bool {
    let within = |count: usize, least: Option<u64>, most: Option<u64>| {
        let count = count as u64;
        least.is_none_or(|least| count >= least) && most.is_none_or(|most| count <= most)
    };
    match value {
        Value::String(text) => {
            within(text.chars().count(), limits.min_length, limits.max_length)
                && limits
                    .pattern
                    .as_ref()
                    .is_none_or(|it| matches(it, text) == Some(true))
        }
        Value::Array(items) => {
            let differ = || {
                items
                    .iter()
                    .enumerate()
                    .all(|(at, it)| !items.iter().skip(at + 1).any(|other| other == it))
            };
            within(items.len(), limits.min_items, limits.max_items)
                && (!limits.unique_items || differ())
        }
        Value::Object(members) => {
            within(members.len(), limits.min_properties, limits.max_properties)
        }
        Value::Number(number) => number
            .as_f64()
            .is_none_or(|number| in_range(limits, number)),
        Value::Null | Value::Bool(_) => true,
    }
}

fn in_range(limits: &Constraints, number: f64) -> bool {
    let bound = |bound: &Option<Bound>, inside: fn(f64, f64) -> bool| {
        bound.as_ref().is_none_or(|bound| {
            bound.value.as_f64().is_none_or(|limit| {
                inside(number, limit) || (!bound.exclusive && number.total_cmp(&limit).is_eq())
            })
        })
    };
    let step = limits
        .multiple_of
        .as_ref()
        .and_then(serde_json::Number::as_f64);
    let divides = step.is_none_or(|step| {
        let times = number / step;
        step <= 0.0 || (times - times.round()).abs() <= TOLERANCE * times.abs().max(1.0)
    });
    divides
        && bound(&limits.minimum, |number, limit| number > limit)
        && bound(&limits.maximum, |number, limit| number < limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(pattern: &str) -> Schema {
        Schema {
            ty: Type::Primitive(Primitive::String { format: None }),
            constraints: Constraints {
                pattern: Some(pattern.to_owned()),
                max_length: Some(6),
                ..Constraints::default()
            },
            ..Schema::default()
        }
    }

    #[test]
    fn limits_are_checked() {
        let api = Api::default();
        assert!(fits(&api, &text("^a+$"), &json!("aaa")));
        assert!(!fits(&api, &text("^a+$"), &json!("aab")));
        assert!(!fits(&api, &text("^a+$"), &json!("aaaaaaa")));
        assert!(
            !fits(&api, &text("(?=a)"), &json!("a")),
            "it cannot be checked"
        );
        assert!(!fits(&api, &text("a"), &json!(null)));
    }

    #[test]
    fn a_record_has_what_is_required() {
        let field = crate::ir::Field {
            wire_name: "id".to_owned(),
            required: true,
            schema: text("^x"),
            read_only: false,
            write_only: false,
            secret: false,
            relation: None,
            indirect: false,
            origin: crate::ir::Origin::default(),
        };
        let record = Record {
            fields: vec![field],
            required: Vec::new(),
            additional: Additional::Forbidden,
            patterns: Vec::new(),
        };
        let fit = Fit {
            api: &Api::default(),
        };
        assert!(fit.record(&record, &json!({"id": "x"}), 0));
        for wrong in [
            json!({}),
            json!({"id": "y"}),
            json!({"id": "x", "b": 1}),
            json!([]),
        ] {
            assert!(!fit.record(&record, &wrong, 0), "{wrong}");
        }
    }
}
