//! Cursors: a place in an ordered list, opaque to clients.

use super::super::store::Row;
use super::order::Order;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

/// A place between records: what its record was sorted by when the page was made. It stays right
/// when that record changes or goes away.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cursor {
    /// The values of the order's keys.
    pub(super) keys: Vec<Value>,
    /// The record's place in the order of creation.
    pub(super) number: u64,
}

/// Writes the cursor of a record.
pub(super) fn write(list: &str, order: &Order, row: &Row) -> String {
    let value = json!({
        "id": row.id,
        "list": list,
        "orderBy": order.text,
        "keys": order.keys(row),
        "number": row.number,
    });
    BASE64_STANDARD.encode(value.to_string())
}

/// Reads a cursor; `None`: it is not of this make, or of another list or order.
pub(super) fn read(list: &str, order: &Order, text: &str) -> Option<Cursor> {
    let bytes = BASE64_STANDARD.decode(text).ok()?;
    let value: Value = serde_json::from_slice(&bytes).ok()?;
    let is_text =
        |key: &str, expected: &str| value.get(key).and_then(Value::as_str) == Some(expected);
    let keys = value.get("keys")?.as_array()?.clone();
    let is_right =
        is_text("list", list) && is_text("orderBy", &order.text) && keys.len() == order.width();
    Some(Cursor {
        keys,
        number: value.get("number")?.as_u64()?,
    })
    .filter(|_| is_right)
}
