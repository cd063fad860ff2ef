//! JSON scalars as expressions, and why a value has none.

use crate::ir::{JsonType, Primitive};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// Why a value has no expression: its place, and what is missing there.
pub(super) type Loss = String;

/// Any JSON value, read from its text.
pub(super) fn raw(value: &Value) -> TokenStream {
    let text = value.to_string();
    quote!(#text.parse()?)
}

pub(super) fn constant_literal(value: &Value) -> Result<TokenStream, Loss> {
    match value {
        Value::String(text) => Ok(quote!(#text.into())),
        Value::Bool(value) => Ok(quote!(#value)),
        Value::Number(number) => {
            super::models::number_literal(number).ok_or_else(|| unfit("a number of Rust", value))
        }
        Value::Null | Value::Array(_) | Value::Object(_) => Ok(quote!(())),
    }
}

pub(super) fn scalar(primitive: &Primitive, value: &Value) -> Result<TokenStream, Loss> {
    match (primitive, value) {
        (Primitive::Boolean, Value::Bool(value)) => Ok(quote!(#value)),
        (Primitive::Integer { .. }, Value::Number(number)) if !number.is_f64() => {
            constant_literal(value)
        }
        (Primitive::Number | Primitive::Decimal { quoted: false }, Value::Number(number)) => {
            let number = number.as_f64().ok_or_else(|| unfit("a number", value))?;
            let literal = Literal::f64_unsuffixed(number.abs());
            Ok(if number < 0.0 {
                quote!(-#literal)
            } else {
                quote!(#literal)
            })
        }
        (
            Primitive::DateTime | Primitive::Date | Primitive::Time | Primitive::Uuid,
            Value::String(text),
        ) => Ok(quote!(#text.parse()?)),
        (Primitive::Base64, Value::String(_)) | (Primitive::File, _) => {
            let text = value.to_string();
            Ok(quote!(test_driver::json(#text)?))
        }
        (
            Primitive::Uri
            | Primitive::Duration
            | Primitive::Decimal { quoted: true }
            | Primitive::String { .. }
            | Primitive::Binary,
            Value::String(text),
        ) => Ok(quote!(#text.into())),
        _ => Err(unfit("its type", value)),
    }
}

pub(super) fn is_of(kind: JsonType, value: &Value) -> bool {
    match kind {
        JsonType::Boolean => value.is_boolean(),
        JsonType::Integer => value.is_i64() || value.is_u64(),
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

pub(super) fn unfit(what: &str, value: &Value) -> Loss {
    let text: String = value.to_string().chars().take(60).collect();
    format!("{text} does not fit {what}")
}

pub(super) fn below(key: &str, loss: &str) -> Loss {
    format!("{key}: {loss}")
}
