//! Example values: the document's own where they fit, else made from what it says of the value.
//!
//! The same schema has the same example everywhere. Records that refer to others are embedded once,
//! with what they cannot do without.

use super::fields::Way;
use super::fits::fits;
use crate::ir::{
    Additional, Api, Constraints, Field, Primitive, Record, Schema, Type, TypeBody, TypeId, Union,
    VariantTest,
};
use crate::names::{sentence, words};
use crate::pattern::matching;
use serde_json::{Map, Number, Value, json};

/// Schemas within each other, after which only what must be there is given.
const DEEP: usize = 12;

/// Schemas within each other, after which nothing is given any more.
const DEEPEST: usize = 40;

/// Values in one example, after which only what must be there is given.
const MANY: usize = 400;

/// The longest list that is made for `minItems`.
const LONGEST_LIST: u64 = 8;

/// Every UUID of examples.
const UUID: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

/// The longest text that is made for `minLength`.
const LONGEST_TEXT: u64 = 4_000;

/// An example of a value.
///
/// `None`: none can be found that is certain to be valid, for instance since a pattern asks for too
/// much.
pub(super) fn example(api: &Api, schema: &Schema, way: Way, related: bool) -> Option<Value> {
    let mut maker = Maker {
        api,
        way,
        within: Vec::new(),
        depth: 0,
        made: 0,
        related,
    };
    let value = maker.schema(schema, "value")?;
    fits(api, schema, &value).then_some(value)
}

struct Maker<'a> {
    api: &'a Api,
    way: Way,
    within: Vec<TypeId>,
    depth: usize,
    made: usize,
    /// Whether related records are given, with what they cannot do without.
    related: bool,
}

impl Maker<'_> {
    fn schema(&mut self, schema: &Schema, name: &str) -> Option<Value> {
        self.made += 1;
        if self.depth > DEEPEST {
            return None;
        }
        self.depth += 1;
        let value = self.of(schema, name);
        self.depth -= 1;
        value
    }

    fn of(&mut self, schema: &Schema, name: &str) -> Option<Value> {
        let said = schema.examples.iter().chain(&schema.default);
        let is_scalar = |value: &Value| !value.is_object() && !value.is_array();
        let said = said.filter(|value| {
            !value.is_null() && (is_scalar(value) || !self.holds_records(&schema.ty))
        });
        for value in said {
            if fits(self.api, schema, value) {
                return Some(value.clone());
            }
        }
        let made = self.ty(&schema.ty, &schema.constraints, name);
        if made.is_none() && schema.nullable {
            return Some(Value::Null);
        }
        made
    }

    /// Whether a type is a record, or several: their examples in the document may be incomplete.
    fn holds_records(&self, ty: &Type) -> bool {
        match self.api.resolved(ty) {
            Type::List(item) => self.api.record(&item.ty).is_some(),
            ty => self.api.record(ty).is_some(),
        }
    }

    fn ty(&mut self, ty: &Type, limits: &Constraints, name: &str) -> Option<Value> {
        match ty {
            Type::Any => Some(Value::Object(Map::new())),
            Type::Never => None,
            Type::Null => Some(Value::Null),
            Type::Constant(value) => Some(value.clone()),
            Type::Primitive(primitive) => primitive_value(primitive, limits, name),
            Type::List(item) => self.list(item, limits, name),
            Type::Tuple(items, _) => {
                let values = items.iter().map(|item| self.schema(item, name));
                values.collect::<Option<Vec<_>>>().map(Value::Array)
            }
            Type::Map(item) => {
                let mut map = Map::new();
                if let Some(value) = self.schema(item, name).filter(|_| self.depth < DEEP) {
                    map.insert("key".to_owned(), value);
                }
                Some(Value::Object(map))
            }
            Type::Named(id) => self.named(*id, name),
        }
    }

    fn list(&mut self, item: &Schema, limits: &Constraints, name: &str) -> Option<Value> {
        let least = limits.min_items.unwrap_or(0);
        if least > LONGEST_LIST {
            return None;
        }
        let wanted = least.max(u64::from(limits.max_items != Some(0)));
        let singular = crate::names::singular(&words(name)).join(" ");
        let mut values: Vec<Value> = Vec::new();
        for _ in 0..wanted {
            match self.schema(item, &singular) {
                Some(value) => values.push(value),
                None if values.len() as u64 >= least => break,
                None => return None,
            }
        }
        Some(Value::Array(values))
    }

    fn named(&mut self, id: TypeId, name: &str) -> Option<Value> {
        let def = self.api.type_def(id)?;
        if self.within.contains(&id) && self.depth > DEEP {
            return None;
        }
        self.within.push(id);
        let value = match &def.body {
            TypeBody::Record(record) => {
                let whole = def.examples.iter().chain(&def.default);
                let whole = whole
                    .filter(|it| it.is_object())
                    .find(|it| self.is_whole(id, it));
                match whole {
                    Some(value) => Some(value.clone()),
                    None => self.record(id, record),
                }
            }
            TypeBody::Enum(of) => {
                let said = def.examples.iter().chain(&def.default);
                let known = |value: &&Value| of.values.iter().any(|it| it.value == **value);
                let first = of.values.first().map(|value| &value.value);
                said.into_iter().find(known).or(first).cloned()
            }
            TypeBody::Union(union) => self.union(union, name),
            TypeBody::Alias(schema) => {
                let schema_of_type = Schema {
                    ty: Type::Named(id),
                    ..Schema::default()
                };
                let said = def
                    .examples
                    .iter()
                    .find(|it| fits(self.api, &schema_of_type, it));
                match said {
                    Some(value) => Some(value.clone()),
                    None => self.schema(schema, name),
                }
            }
        };
        self.within.pop();
        value
    }

    /// Whether an example of the document has everything that a record can have, and fits.
    fn is_whole(&self, id: TypeId, value: &Value) -> bool {
        let Some(TypeBody::Record(record)) = self.api.type_def(id).map(|def| &def.body) else {
            return false;
        };
        let schema = Schema {
            ty: Type::Named(id),
            ..Schema::default()
        };
        let has_all = record
            .fields
            .iter()
            .all(|it| value.get(&it.wire_name).is_some());
        has_all && fits(self.api, &schema, value)
    }

    fn record(&mut self, id: TypeId, record: &Record) -> Option<Value> {
        let again = self.within.iter().filter(|it| **it == id).count() > 1;
        // A resource's record within another, or a record within itself, has what it must have.
        let bare = again || self.is_related() || self.made > MANY || self.depth > DEEP;
        let mut map = Map::new();
        for field in &record.fields {
            let hidden = match self.way {
                Way::Sent => field.read_only,
                Way::Received => field.write_only,
                Way::Both => false,
            };
            let names_it = field.wire_name == "id" && !self.is_record(&field.schema.ty);
            let wanted = field.required || (!bare && !hidden && self.is_shown(field)) || names_it;
            if !wanted || (hidden && !field.required) {
                continue;
            }
            match self.schema(&field.schema, &field.wire_name) {
                Some(value) => {
                    map.insert(field.wire_name.clone(), value);
                }
                None if field.required => return None,
                None => {}
            }
        }
        if let (true, Additional::Allowed(schema)) = (map.is_empty() && !bare, &record.additional)
            && let Some(value) = self.schema(schema, "value")
        {
            map.insert("key".to_owned(), value);
        }
        Some(Value::Object(map))
    }

    /// Whether an optional property is given: everything but what is deprecated, and related records
    /// where they are not wanted.
    fn is_shown(&self, field: &Field) -> bool {
        let embedded = field
            .relation
            .as_ref()
            .is_some_and(|relation| !relation.by_id)
            && self.within.iter().any(|id| self.is_resource(*id));
        !field.schema.deprecated && (!embedded || self.related)
    }

    fn is_record(&self, ty: &Type) -> bool {
        self.api.record(ty).is_some()
    }

    /// Whether what is made stands in the record of a resource and is one, too.
    fn is_related(&self) -> bool {
        let mut around = self.within.iter().rev();
        let own = around.next();
        own.is_some_and(|id| self.is_resource(*id)) && around.any(|id| self.is_resource(*id))
    }

    fn is_resource(&self, id: TypeId) -> bool {
        self.api
            .resources
            .iter()
            .any(|resource| resource.record == Some(id))
    }

    fn union(&mut self, union: &Union, name: &str) -> Option<Value> {
        for variant in &union.variants {
            let Some(mut value) = self.schema(&variant.schema, name) else {
                continue;
            };
            if let (Some(tag), VariantTest::Tag(values)) = (&union.tag, &variant.test)
                && let (Some(object), Some(known)) = (value.as_object_mut(), values.first())
                && !object
                    .get(tag)
                    .and_then(Value::as_str)
                    .is_some_and(|it| values.iter().any(|v| v == it))
            {
                object.insert(tag.clone(), known.as_str().into());
            }
            return Some(value);
        }
        None
    }
}

fn primitive_value(primitive: &Primitive, limits: &Constraints, name: &str) -> Option<Value> {
    let text = match primitive {
        Primitive::Boolean => return Some(json!(true)),
        Primitive::Integer { .. } => return integer(limits),
        Primitive::Number => return number(limits),
        Primitive::Decimal { quoted: false } => return number(limits),
        Primitive::Decimal { quoted: true } => "12.50",
        Primitive::DateTime => "2025-03-12T12:34:55Z",
        Primitive::Date => "2025-03-12",
        Primitive::Time => "12:34:55",
        Primitive::Duration => "PT1H30M",
        Primitive::Uuid => UUID,
        Primitive::Uri => "https://example.com/page",
        Primitive::Base64 => "ZXhhbXBsZQ==",
        Primitive::Binary | Primitive::File => "bytes",
        Primitive::String { format } => match format.as_deref() {
            Some("email" | "idn-email") => "user@example.com",
            Some("hostname" | "idn-hostname") => "www.example.com",
            Some("ipv4") => "192.0.2.1",
            Some("ipv6") => "2001:db8::1",
            Some("datetime" | "date_time") => "2025-03-12T12:34:55Z",
            _ => return string(limits, name).map(Value::String),
        },
    };
    // A pattern beside a format says more than the format does.
    match &limits.pattern {
        Some(pattern) if crate::pattern::matches(pattern, text) != Some(true) => {
            string(limits, name).map(Value::String)
        }
        _ => Some(text.into()),
    }
}

fn string(limits: &Constraints, name: &str) -> Option<String> {
    if let Some(pattern) = &limits.pattern {
        return matching(pattern, seed(name));
    }
    let said = words(name);
    // A cursor is opaque. This one is also what documents take it for that give it a format.
    let is_cursor = said.last().is_some_and(|last| last == "cursor");
    let mut text = match is_cursor {
        true => UUID.to_owned(),
        false => sentence(&said),
    };
    if text.is_empty() {
        text.push_str("Text");
    }
    let least = limits.min_length.unwrap_or(0);
    if least > LONGEST_TEXT {
        return None;
    }
    let mut length = text.chars().count() as u64;
    while length < least {
        text.push('x');
        length += 1;
    }
    let most = usize::try_from(limits.max_length.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    Some(text.chars().take(most).collect())
}

/// A number of the name's own, so that two properties with one pattern have two values.
fn seed(name: &str) -> u64 {
    name.bytes().fold(7, |seed, byte| {
        seed.wrapping_mul(31).wrapping_add(u64::from(byte))
    })
}

fn integer(limits: &Constraints) -> Option<Value> {
    let step = limits
        .multiple_of
        .as_ref()
        .and_then(Number::as_i64)
        .unwrap_or(1)
        .max(1);
    let least = limits.minimum.as_ref().map(|bound| {
        let value = bound
            .value
            .as_i64()
            .or_else(|| whole(bound.value.as_f64()?.ceil()));
        value.map(|value| value.saturating_add(i64::from(bound.exclusive)))
    });
    let most = limits.maximum.as_ref().map(|bound| {
        let value = bound
            .value
            .as_i64()
            .or_else(|| whole(bound.value.as_f64()?.floor()));
        value.map(|value| value.saturating_sub(i64::from(bound.exclusive)))
    });
    let least = least.map_or(Some(i64::MIN), |it| it)?;
    let most = most.map_or(Some(i64::MAX), |it| it)?;
    let wanted = 1.max(least).min(most);
    let up = wanted.checked_add((step - wanted.rem_euclid(step)) % step)?;
    (up >= least && up <= most).then(|| up.into())
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the range is checked before"
)]
fn whole(value: f64) -> Option<i64> {
    (value.abs() < 9e15).then_some(value as i64)
}

fn number(limits: &Constraints) -> Option<Value> {
    if limits.multiple_of.is_some() {
        return integer(limits);
    }
    let bound = |bound: &Option<crate::ir::Bound>| bound.as_ref().and_then(|it| it.value.as_f64());
    let value = match (bound(&limits.minimum), bound(&limits.maximum)) {
        (None, None) => 1.5,
        (Some(least), None) => 1.5_f64.max(least + 1.0),
        (None, Some(most)) => 1.5_f64.min(most - 1.0),
        (Some(least), Some(most)) => f64::midpoint(least, most),
    };
    Number::from_f64(value).map(Value::Number)
}
