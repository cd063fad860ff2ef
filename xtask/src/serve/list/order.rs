//! The order of a list: `updatedAt[DescNullsLast],name.lastName`.

use super::super::store::Row;
use super::fields;
use serde_json::Value;
use specwright::ir::{Api, Record};
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
}

impl Order {
    /// Reads an order; what is wrong otherwise.
    pub(super) fn parse(api: &Api, record: &Record, text: &str) -> Result<Self, String> {
        let keys = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
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
                (false, false) if key.descending => compare(b, a),
                (false, false) => compare(a, b),
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        one.1.cmp(&other.1)
    }
}

fn key(api: &Api, record: &Record, text: &str) -> Result<Key, String> {
    let (path, direction) = match text.split_once('[') {
        Some((path, rest)) => (path, rest.strip_suffix(']').unwrap_or(rest)),
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
    })
}

/// Compares two values that are not null. Moments are compared as such, however they are written.
pub(super) fn compare(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64(), other.as_f64());
            one.unwrap_or_default()
                .total_cmp(&other.unwrap_or_default())
        }
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        (Value::String(one), Value::String(other)) => {
            match (
                super::super::time::parse(one),
                super::super::time::parse(other),
            ) {
                (Some(one), Some(other)) => one.cmp(&other),
                _ => one.cmp(other),
            }
        }
        // Lists, and values of different types, which a document may allow.
        (one, other) => one.to_string().cmp(&other.to_string()),
    }
}
