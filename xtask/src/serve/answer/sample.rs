//! Values made from nothing but a schema.

use super::super::check::{Checker, Direction};
use super::super::time;
use serde_json::{Map, Value};
use specwright::ir::{
    Api, Constraints, Field, Primitive, Record, Schema, Type, TypeBody, Union, VariantTest,
};
use specwright::pattern::matching;

/// Schemas within each other below which optional fields are left out.
const SHALLOW: usize = 3;

/// Schemas within each other.
const DEEPEST: usize = 40;

/// Values in one sample after which optional ones are left out.
const MANY: usize = 2_000;

/// The longest list or text that is made to satisfy a minimum.
const LONGEST: u64 = 2_000;

/// Makes values that a schema allows. The same number gives the same values.
pub(crate) struct Sampler<'a> {
    api: &'a Api,
    direction: Direction,
    /// Which sample it is: the first takes the document's examples, the others vary.
    number: u64,
    made: usize,
    bare: bool,
}

impl<'a> Sampler<'a> {
    pub(crate) const fn new(api: &'a Api, direction: Direction, number: u64) -> Self {
        Self {
            api,
            direction,
            number,
            made: 0,
            bare: false,
        }
    }

    /// Leaves out what is not required.
    pub(crate) const fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// A value for a schema.
    pub(crate) fn value(&mut self, schema: &Schema) -> Value {
        self.of(schema, "value", 0)
    }

    /// A value for a field.
    pub(crate) fn field(&mut self, field: &Field) -> Value {
        self.of(&field.schema, &field.wire_name, 1)
    }

    fn of(&mut self, schema: &Schema, name: &str, level: usize) -> Value {
        self.made += 1;
        if level > DEEPEST {
            return Value::Null;
        }
        self.example(schema)
            .unwrap_or_else(|| self.of_type(schema, name, level + 1))
    }

    /// What the document gives as an example, if it is one.
    fn example(&self, schema: &Schema) -> Option<Value> {
        let mut examples = schema.examples.iter().chain(&schema.default);
        let example = examples.find(|it| !it.is_null())?;
        let is_varied = matches!(example, Value::String(_) | Value::Number(_)) && self.number > 0;
        if is_varied || self.made > MANY {
            return None;
        }
        let checker = Checker::new(self.api, self.direction, &[]);
        checker
            .faults(schema, example)
            .is_empty()
            .then(|| example.clone())
    }

    fn of_type(&mut self, schema: &Schema, name: &str, level: usize) -> Value {
        let limits = &schema.constraints;
        match &schema.ty {
            Type::Any => match self.direction {
                Direction::Request => Value::Object(Map::new()),
                Direction::Response => Value::Null,
            },
            Type::Never | Type::Null => Value::Null,
            Type::Constant(value) => value.clone(),
            Type::Primitive(primitive) => self.primitive(primitive, limits, name),
            Type::List(item) => Value::Array(self.list(item, limits, name, level)),
            Type::Tuple(items, _) => items
                .iter()
                .map(|item| self.of(item, name, level))
                .collect(),
            Type::Map(item) => {
                let least = limits.min_properties.unwrap_or(0).min(LONGEST);
                let object =
                    (0..least).map(|index| (format!("key{index}"), self.of(item, name, level)));
                Value::Object(object.collect())
            }
            Type::Named(id) => {
                let api = self.api;
                let Some(def) = api.type_def(*id) else {
                    return Value::Null;
                };
                match &def.body {
                    TypeBody::Record(record) => Value::Object(self.record(record, level)),
                    TypeBody::Enum(values) => {
                        let count = values.values.len().max(1);
                        let index = usize::try_from(self.number).unwrap_or(0) % count;
                        values
                            .values
                            .get(index)
                            .map_or(Value::Null, |it| it.value.clone())
                    }
                    TypeBody::Union(union) => self.union(union, name, level),
                    TypeBody::Alias(schema) => self.of(schema, name, level),
                }
            }
        }
    }

    fn record(&mut self, record: &Record, level: usize) -> Map<String, Value> {
        let mut object = Map::new();
        for field in &record.fields {
            let is_one_way = match self.direction {
                Direction::Request => field.read_only,
                Direction::Response => field.write_only,
            };
            let is_shallow = level <= SHALLOW && self.made <= MANY && !self.bare;
            if is_one_way || !(field.required || is_shallow) {
                continue;
            }
            let value = self.of(&field.schema, &field.wire_name, level);
            if field.required || !value.is_null() {
                object.insert(field.wire_name.clone(), value);
            }
        }
        object
    }

    fn union(&mut self, union: &Union, name: &str, level: usize) -> Value {
        // What brings no fields of its own ends sooner.
        let is_plain = |it: &&specwright::ir::Variant| self.api.record(&it.schema.ty).is_none();
        let plain = union
            .variants
            .iter()
            .find(is_plain)
            .filter(|_| level > SHALLOW + 2);
        let Some(variant) = plain.or_else(|| union.variants.first()) else {
            return Value::Null;
        };
        let mut value = self.of(&variant.schema, name, level);
        if let (Some(tag), VariantTest::Tag(values), Some(object)) =
            (&union.tag, &variant.test, value.as_object_mut())
            && let Some(first) = values.first()
        {
            object.insert(tag.clone(), first.clone().into());
        }
        value
    }

    fn list(
        &mut self,
        item: &Schema,
        limits: &Constraints,
        name: &str,
        level: usize,
    ) -> Vec<Value> {
        let least = limits.min_items.unwrap_or(0).min(LONGEST);
        let most = limits.max_items.unwrap_or(u64::MAX);
        let wanted = if level <= SHALLOW && self.made <= MANY && !self.bare {
            1
        } else {
            0
        };
        let count = wanted.max(least).min(most);
        let number = self.number;
        let items = (0..count)
            .map(|index| {
                // Items differ, for lists that ask for it.
                self.number = number + index;
                self.of(item, name, level)
            })
            .filter(|item| least > 0 || !item.is_null())
            .collect();
        self.number = number;
        items
    }

    fn primitive(&self, primitive: &Primitive, limits: &Constraints, name: &str) -> Value {
        let day = i64::try_from(self.number % 10_000).unwrap_or(0);
        let moment = time::format(1_767_225_600_000 + day * 86_400_000);
        match primitive {
            Primitive::Boolean => Value::from(self.number.is_multiple_of(2)),
            Primitive::Integer { .. } => integer(limits, day),
            Primitive::Number | Primitive::Decimal { quoted: false } => number(limits, day),
            Primitive::Decimal { quoted: true } => format!("{day}.50").into(),
            Primitive::DateTime => moment.into(),
            Primitive::Date => moment.get(..10).unwrap_or_default().into(),
            Primitive::Time => moment.get(11..19).map(|it| format!("{it}Z")).into(),
            Primitive::Duration => "PT1H".into(),
            Primitive::Uuid => format!("00000000-0000-4000-8000-{:012x}", self.number + 1).into(),
            Primitive::Uri => format!("https://example.com/{}", self.number + 1).into(),
            Primitive::Base64 => "c2FtcGxl".into(),
            Primitive::Binary | Primitive::File => "sample".into(),
            Primitive::String { format } => self.string(format.as_deref(), limits, name).into(),
        }
    }

    fn string(&self, format: Option<&str>, limits: &Constraints, name: &str) -> String {
        let number = self.number + 1;
        if let Some(text) = limits
            .pattern
            .as_deref()
            .and_then(|it| matching(it, number))
        {
            return text;
        }
        match format {
            Some("email" | "idn-email") => return format!("sample{number}@example.com"),
            Some("ipv4") => return "192.0.2.1".to_owned(),
            Some("ipv6") => return "2001:db8::1".to_owned(),
            Some("hostname") => return "example.com".to_owned(),
            _ => {}
        }
        let words = specwright::names::words(name).join(" ");
        let mut text = format!("{words} {number}");
        let least = usize::try_from(limits.min_length.unwrap_or(0).min(LONGEST)).unwrap_or(0);
        let length = text.chars().count();
        text.extend(std::iter::repeat_n('x', least.saturating_sub(length)));
        let most = usize::try_from(limits.max_length.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        // The end tells samples apart.
        let skipped = text.chars().count().saturating_sub(most);
        text.chars().skip(skipped).collect()
    }
}

fn bounds(limits: &Constraints, step: f64) -> (f64, f64) {
    let bound = |bound: &specwright::ir::Bound, inwards: f64| {
        let value = bound.value.as_f64().unwrap_or_default();
        if bound.exclusive {
            value + inwards
        } else {
            value
        }
    };
    let least = limits
        .minimum
        .as_ref()
        .map_or(f64::NEG_INFINITY, |it| bound(it, step));
    let most = limits
        .maximum
        .as_ref()
        .map_or(f64::INFINITY, |it| bound(it, -step));
    (least, most)
}

fn within(limits: &Constraints, wanted: f64, step: f64) -> f64 {
    let (least, most) = bounds(limits, step);
    let value = wanted.max(least).min(most.max(least));
    match limits
        .multiple_of
        .as_ref()
        .and_then(serde_json::Number::as_f64)
    {
        Some(size) if size > 0.0 => {
            let up = (value / size).ceil() * size;
            if up <= most {
                up
            } else {
                (value / size).floor() * size
            }
        }
        _ => value,
    }
}

fn integer(limits: &Constraints, wanted: i64) -> Value {
    #[allow(clippy::cast_precision_loss, reason = "samples are small")]
    let value = within(limits, wanted as f64, 1.0);
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a cast saturates, which is a sample too"
    )]
    Value::from(value.ceil() as i64)
}

fn number(limits: &Constraints, wanted: i64) -> Value {
    #[allow(clippy::cast_precision_loss, reason = "samples are small")]
    let value = within(limits, wanted as f64 + 0.5, 0.001);
    Value::from(value)
}
