//! What a correction changes in a schema.

use crate::config::Change;
use crate::ir::{Primitive, Schema, Type};

/// Changes a schema; whether anything is other than before.
pub(super) fn change(schema: &mut Schema, change: &Change) -> bool {
    match change {
        Change::Nullable(nullable) => replace(&mut schema.nullable, *nullable),
        Change::Format(format) => match &schema.ty {
            Type::Primitive(_) => replace(&mut schema.ty, Type::Primitive(primitive(format))),
            _ => false,
        },
        Change::Secret(true) => match &schema.ty {
            Type::Primitive(Primitive::String { .. }) => {
                replace(&mut schema.ty, Type::Primitive(primitive("password")))
            }
            _ => false,
        },
        Change::Secret(false) => {
            let password = Type::Primitive(primitive("password"));
            let plain = Type::Primitive(Primitive::String { format: None });
            schema.ty == password && replace(&mut schema.ty, plain)
        }
        Change::WireName(_)
        | Change::Required(_)
        | Change::TypeName(_)
        | Change::Resource(_)
        | Change::Kind(_)
        | Change::Name(_)
        | Change::Envelope(_)
        | Change::Pagination(_) => false,
    }
}

/// The scalar that a `format` asks for (OAI Format Registry).
fn primitive(format: &str) -> Primitive {
    match format {
        "date-time" => Primitive::DateTime,
        "date" => Primitive::Date,
        "time" => Primitive::Time,
        "duration" => Primitive::Duration,
        "uuid" => Primitive::Uuid,
        "uri" => Primitive::Uri,
        "byte" => Primitive::Base64,
        "binary" => Primitive::Binary,
        "decimal" => Primitive::Decimal { quoted: true },
        "int32" => Primitive::Integer {
            bits: Some(32),
            signed: true,
        },
        "int64" => Primitive::Integer {
            bits: Some(64),
            signed: true,
        },
        "double" | "float" => Primitive::Number,
        other => Primitive::String {
            format: Some(other.to_owned()),
        },
    }
}

/// Puts a value in its place; whether it is another one.
pub(super) fn replace<T: PartialEq>(place: &mut T, value: T) -> bool {
    let changed = *place != value;
    *place = value;
    changed
}
