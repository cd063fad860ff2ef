//! Whether a value keeps to the limits of its own schema.

use super::flat::Flat;
use crate::pattern::matching;
use serde_json::Value;

/// How far a quotient may be from a whole number, relative to it: what is left of decimal fractions in
/// binary ones.
const TOLERANCE: f64 = 1e-9;

/// The limit that a value does not keep to, with what it says; `None` where it keeps to all of them.
pub(super) fn misfit(flat: &Flat<'_>, value: &Value) -> Option<String> {
    let broken = match value {
        Value::Number(number) => of_number(flat, number.as_f64()?),
        Value::String(text) => of_text(flat, text),
        Value::Array(items) => {
            let count = items.len() as u64;
            below(flat, "minItems", count).or_else(|| above(flat, "maxItems", count))
        }
        Value::Object(members) => {
            let count = members.len() as u64;
            below(flat, "minProperties", count).or_else(|| above(flat, "maxProperties", count))
        }
        Value::Null | Value::Bool(_) => None,
    }?;
    let limit = flat.value(broken)?;
    Some(format!("no value was found for its {broken} {limit}"))
}

fn of_number(flat: &Flat<'_>, number: f64) -> Option<&'static str> {
    let breaks = |keyword: &'static str, broken: fn(f64, f64) -> bool| {
        let limit = flat.value(keyword).and_then(Value::as_f64)?;
        broken(number, limit).then_some(keyword)
    };
    breaks("minimum", |number, limit| number < limit)
        .or_else(|| breaks("maximum", |number, limit| number > limit))
        .or_else(|| breaks("exclusiveMinimum", |number, limit| number <= limit))
        .or_else(|| breaks("exclusiveMaximum", |number, limit| number >= limit))
        .or_else(|| {
            breaks("multipleOf", |number, step| {
                let times = number / step;
                step > 0.0 && (times - times.round()).abs() > TOLERANCE * times.abs().max(1.0)
            })
        })
}

fn of_text(flat: &Flat<'_>, text: &str) -> Option<&'static str> {
    let length = text.chars().count() as u64;
    let short = below(flat, "minLength", length).or_else(|| above(flat, "maxLength", length));
    short.or_else(|| {
        let pattern = flat.value("pattern").and_then(Value::as_str)?;
        let known = ["format", "example", "examples", "default", "enum", "const"];
        let has_text = known.iter().any(|keyword| flat.keyword(keyword).is_some());
        (!has_text && matching(pattern, 0).is_none()).then_some("pattern")
    })
}

fn below(flat: &Flat<'_>, keyword: &'static str, count: u64) -> Option<&'static str> {
    flat.count(keyword)
        .is_some_and(|least| count < least)
        .then_some(keyword)
}

fn above(flat: &Flat<'_>, keyword: &'static str, count: u64) -> Option<&'static str> {
    flat.count(keyword)
        .is_some_and(|most| count > most)
        .then_some(keyword)
}
