//! The order of a list: `updatedAt[DescNullsLast],name.lastName`.

use super::super::store::Row;
use super::super::time;
use super::fields;
use serde_json::{Number, Value};
use specwright::ir::{Api, Primitive, Record, Schema, Type};
use std::cmp::Ordering;

/// How a list is sorted; the order of creation decides what is equal.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    /// As it was written: a cursor belongs to one order.
    pub(super) text: String,
    keys: Vec<Key>,
}

#[derive(Debug, Clone)]
struct Key {
    path: String,
    descending: bool,
    nulls_first: bool,
    scale: Scale,
}

impl Order {
    /// Reads an order; what is wrong otherwise.
    pub(super) fn parse(api: &Api, record: &Record, text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim);
        let keys = parts
            .filter(|_| !text.trim().is_empty())
            .map(|part| key(api, record, part))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            text: text.to_owned(),
            keys,
        })
    }

    /// What a record is sorted by.
    pub(super) fn keys(&self, row: &Row) -> Vec<Value> {
        let values = self
            .keys
            .iter()
            .map(|key| fields::value(&row.value, &key.path).clone());
        values.collect()
    }

    /// How many values [`keys`](Self::keys) gives.
    pub(super) fn width(&self) -> usize {
        self.keys.len()
    }

    /// Compares the places of two records.
    pub(super) fn compare(&self, one: (&[Value], u64), other: (&[Value], u64)) -> Ordering {
        for (key, (a, b)) in self.keys.iter().zip(one.0.iter().zip(other.0)) {
            let order = match (a.is_null(), b.is_null()) {
                (true, true) => Ordering::Equal,
                (true, false) if key.nulls_first => Ordering::Less,
                (true, false) => Ordering::Greater,
                (false, true) if key.nulls_first => Ordering::Greater,
                (false, true) => Ordering::Less,
                (false, false) if key.descending => key.scale.compare(b, a),
                (false, false) => key.scale.compare(a, b),
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        one.1.cmp(&other.1)
    }
}

fn key(api: &Api, record: &Record, text: &str) -> Result<Key, String> {
    if text.is_empty() {
        return Err("a field is missing between commas".to_owned());
    }
    let (path, direction) = match text.split_once('[') {
        Some((path, rest)) => {
            let missing = || format!("a bracket is missing in '{text}'");
            (path, rest.strip_suffix(']').ok_or_else(missing)?)
        }
        None => (text, "AscNullsFirst"),
    };
    let (descending, nulls_first) = match direction {
        "AscNullsFirst" => (false, true),
        "AscNullsLast" => (false, false),
        "DescNullsFirst" => (true, true),
        "DescNullsLast" => (true, false),
        other => {
            return Err(format!(
                "direction '{other}' invalid. Allowed values are 'AscNullsFirst', \
                 'AscNullsLast', 'DescNullsFirst', 'DescNullsLast'"
            ));
        }
    };
    let schema = fields::schema(api, record, path)?;
    if api.record(&schema.ty).is_some() {
        return Err(format!(
            "'{path}' has several parts: name the one to sort by, with a dot"
        ));
    }
    Ok(Key {
        path: path.to_owned(),
        descending,
        nulls_first,
        scale: Scale::of(api, schema),
    })
}

/// How values of a field are compared; without regard to the type two texts of which only one is a
/// moment would have no place in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Scale {
    /// As they are: numbers by size, texts by their characters.
    #[default]
    Plain,
    /// As moments, however they are written.
    Moment,
    /// As the numbers in texts.
    Decimal,
}

impl Scale {
    /// The scale of a field, or of the items of a list.
    pub(super) fn of(api: &Api, schema: &Schema) -> Self {
        let ty = match api.resolved(&schema.ty) {
            Type::List(item) => api.resolved(&item.ty),
            ty => ty,
        };
        match ty {
            Type::Primitive(Primitive::DateTime) => Self::Moment,
            Type::Primitive(Primitive::Decimal { quoted: true }) => Self::Decimal,
            _ => Self::Plain,
        }
    }

    /// Compares two values that are not null. This is a total order.
    pub(super) fn compare(self, one: &Value, other: &Value) -> Ordering {
        match (one, other) {
            (Value::Number(one), Value::Number(other)) => numbers(one, other),
            (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
            (Value::String(one), Value::String(other)) => self.texts(one, other),
            // Lists, and values of different types, which a document may allow.
            (one, other) => {
                let key = |value: &Value| (rank(value), value.to_string());
                key(one).cmp(&key(other))
            }
        }
    }

    /// What is not written as the scale asks for comes first, by its characters.
    fn texts(self, one: &str, other: &str) -> Ordering {
        match self {
            Self::Plain => one.cmp(other),
            Self::Moment => {
                let key = |text: &str| time::parse(text);
                let (a, b) = (key(one), key(other));
                let by_text = || one.cmp(other);
                a.cmp(&b).then_with(|| {
                    if a.is_none() {
                        by_text()
                    } else {
                        Ordering::Equal
                    }
                })
            }
            Self::Decimal => {
                let key = |text: &str| text.parse::<f64>().ok();
                match (key(one), key(other)) {
                    (Some(one), Some(other)) => one.total_cmp(&other),
                    (Some(_), None) => Ordering::Greater,
                    (None, Some(_)) => Ordering::Less,
                    (None, None) => one.cmp(other),
                }
            }
        }
    }
}

fn numbers(one: &Number, other: &Number) -> Ordering {
    let float = |it: &Number| it.as_f64().unwrap_or_default();
    // Large integers can be the same as floating-point numbers only.
    let exact = |it: &Number| {
        let integer = it.as_i64().map(i128::from);
        let integer = integer.or_else(|| it.as_u64().map(i128::from));
        #[allow(clippy::cast_possible_truncation, reason = "it saturates, in order")]
        integer.unwrap_or_else(|| float(it) as i128)
    };
    let (a, b) = (float(one), float(other));
    if a == b {
        return exact(one).cmp(&exact(other));
    }
    a.total_cmp(&b)
}

const fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}
