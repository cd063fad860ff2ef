//! A JSON value against a schema of the IR.

use super::super::refusal::Fault;
use super::{format, limits, one_way, pattern};
use serde_json::{Map, Value};
use specwright::ir::{
    Additional, Api, Enum, Field, Primitive, Record, Schema, Type, TypeBody, TypeId,
};

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the server: read-only fields are ignored, and fields that are not declared refused, unless
    /// the object says that it takes others or declares none at all.
    Request,
    /// From the server: write-only fields are absent, null on an optional field reads as absent, and
    /// unknown fields are only wrong where the document forbids them.
    Response,
}

/// Values that are looked at before a check gives up: variants that look alike could otherwise be
/// tried against each other for ever.
const MOST_STEPS: usize = 200_000;

/// Schemas within each other.
const MOST_LEVELS: usize = 160;

/// Faults that are listed; a message with more helps nobody.
const MOST_FAULTS: usize = 50;

/// Collects what is wrong with values.
pub(crate) struct Checker<'a> {
    pub(super) api: &'a Api,
    pub(super) direction: Direction,
    pub(super) faults: Vec<Fault>,
    pub(super) path: Vec<String>,
    pub(super) steps: usize,
    levels: usize,
}

impl<'a> Checker<'a> {
    /// A checker of values that stand at `path`.
    pub(crate) fn new(api: &'a Api, direction: Direction, path: &[&str]) -> Self {
        Self {
            api,
            direction,
            faults: Vec::new(),
            path: path.iter().map(|&part| part.to_owned()).collect(),
            steps: 0,
            levels: 0,
        }
    }

    /// What is wrong with a value.
    pub(crate) fn faults(mut self, schema: &Schema, value: &Value) -> Vec<Fault> {
        self.value(schema, value);
        self.faults
    }

    pub(super) fn fault(&mut self, message: impl Into<String>) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault {
                path: self.path.clone(),
                message: message.into(),
            });
        }
    }

    fn within(&mut self, key: &str, schema: &Schema, value: &Value) {
        self.path.push(key.to_owned());
        self.value(schema, value);
        self.path.pop();
    }

    pub(super) fn value(&mut self, schema: &Schema, value: &Value) {
        self.steps += 1;
        self.levels += 1;
        if self.steps > MOST_STEPS || self.levels > MOST_LEVELS {
            self.fault("is too deep or too large to be checked");
        } else if value.is_null() {
            self.null(schema);
        } else {
            self.of_type(&schema.ty, value);
            limits::check(self, &schema.constraints, value);
        }
        self.levels -= 1;
    }

    fn null(&mut self, schema: &Schema) {
        if !accepts_null(self.api, schema, 0) {
            self.fault("must not be null");
        }
    }

    fn of_type(&mut self, ty: &Type, value: &Value) {
        match ty {
            Type::Any => {}
            Type::Never => self.fault("no value is allowed here"),
            Type::Null => self.fault(format!("must be null, not {}", what(value))),
            Type::Constant(constant) => {
                if !equal(constant, value) {
                    self.fault(format!("must be {constant}"));
                }
            }
            Type::Primitive(primitive) => self.primitive(primitive, value),
            Type::List(item) => {
                let Some(items) = self.array(value) else {
                    return;
                };
                for (index, value) in items.iter().enumerate() {
                    self.within(&index.to_string(), item, value);
                }
            }
            Type::Tuple(first, rest) => self.tuple(first, rest.as_deref(), value),
            Type::Map(values) => {
                let Some(object) = self.object(value) else {
                    return;
                };
                for (key, value) in object {
                    self.within(key, values, value);
                }
            }
            Type::Named(id) => {
                let api = self.api;
                match api.type_def(*id).map(|def| &def.body) {
                    Some(TypeBody::Record(record)) => self.record(*id, record, value),
                    Some(TypeBody::Enum(values)) => self.one_of(values, value),
                    Some(TypeBody::Union(union)) => self.union(union, value),
                    Some(TypeBody::Alias(schema)) => self.value(schema, value),
                    None => {}
                }
            }
        }
    }

    fn array<'v>(&mut self, value: &'v Value) -> Option<&'v Vec<Value>> {
        let array = value.as_array();
        if array.is_none() {
            self.fault(format!("must be a list, not {}", what(value)));
        }
        array
    }

    fn object<'v>(&mut self, value: &'v Value) -> Option<&'v Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.fault(format!("must be an object, not {}", what(value)));
        }
        object
    }

    fn tuple(&mut self, first: &[Schema], rest: Option<&Schema>, value: &Value) {
        let Some(items) = self.array(value) else {
            return;
        };
        for (index, value) in items.iter().enumerate() {
            if let Some(schema) = first.get(index).or(rest) {
                self.within(&index.to_string(), schema, value);
            }
        }
    }

    fn primitive(&mut self, primitive: &Primitive, value: &Value) {
        if let Err(message) = format::check(primitive, value) {
            self.fault(message);
        }
    }

    fn one_of(&mut self, values: &Enum, value: &Value) {
        if values.values.iter().any(|known| equal(&known.value, value)) {
            return;
        }
        let known: Vec<String> = values
            .values
            .iter()
            .map(|known| known.value.to_string())
            .collect();
        self.fault(format!("must be one of {}", known.join(", ")));
    }

    fn record(&mut self, id: TypeId, record: &Record, value: &Value) {
        let Some(object) = self.object(value) else {
            return;
        };
        for field in &record.fields {
            match object.get(&field.wire_name) {
                Some(value) => self.field(field, value),
                None if field.required && !self.is_one_way(field) => {
                    self.path.push(field.wire_name.clone());
                    self.fault("is required");
                    self.path.pop();
                }
                None => {}
            }
        }
        for (key, value) in object {
            let known = record.fields.iter().any(|field| field.wire_name == *key);
            if !known && !one_way::is_read_only(self.api, id, key) {
                self.unknown(record, key, value);
            }
        }
    }

    /// Whether a field does not travel this way.
    fn is_one_way(&self, field: &Field) -> bool {
        match self.direction {
            Direction::Request => field.read_only,
            Direction::Response => field.write_only,
        }
    }

    fn field(&mut self, field: &Field, value: &Value) {
        if self.is_one_way(field) {
            if self.direction == Direction::Response {
                self.path.push(field.wire_name.clone());
                self.fault("is never answered");
                self.path.pop();
            }
        } else if self.direction == Direction::Request || !value.is_null() || field.required {
            self.within(&field.wire_name, &field.schema, value);
        }
    }

    fn unknown(&mut self, record: &Record, key: &str, value: &Value) {
        let mut is_meant = false;
        for fields in &record.patterns {
            match pattern::matches(&fields.pattern, key) {
                Some(true) => {
                    self.within(key, &fields.schema, value);
                    is_meant = true;
                }
                Some(false) => {}
                None => is_meant = true, // it may be
            }
        }
        if is_meant {
            return;
        }
        let is_strict = self.direction == Direction::Request;
        match &record.additional {
            Additional::Allowed(schema) => self.within(key, schema, value),
            Additional::Unsaid if !is_strict || record.fields.is_empty() => {}
            Additional::Unsaid | Additional::Forbidden => {
                self.path.push(key.to_owned());
                self.fault("is not known");
                self.path.pop();
            }
        }
    }
}

/// Whether null is a value of a schema.
fn accepts_null(api: &Api, schema: &Schema, levels: usize) -> bool {
    if schema.nullable || levels > 16 {
        return schema.nullable;
    }
    match &schema.ty {
        Type::Any | Type::Null | Type::Constant(Value::Null) => true,
        Type::Named(id) => {
            match api.type_def(*id).map(|def| &def.body) {
                Some(TypeBody::Alias(schema)) => accepts_null(api, schema, levels + 1),
                Some(TypeBody::Union(union)) => union.variants.iter().take(16).any(|variant| {
                    matches!(variant.schema.ty, Type::Null) || variant.schema.nullable
                }),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether two values are the same, numbers compared by what they are and not how they are written.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (one, other) => one == other,
    }
}

/// What a value is, in words.
pub(super) const fn what(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
