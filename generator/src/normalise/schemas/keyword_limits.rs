//! The limits of JSON Schema Validation, section 6: read, and two sets of them made one.

use crate::ir::{Bound, Constraints, JsonType, Rule};
use serde_json::{Number, Value};

/// What a keyword that lists things must be.
pub(super) const SEVERAL: &str = "an array";

/// The types, by name, that a limit is one of; `None` for what is no limit.
pub(in crate::normalise) fn limited_types(key: &str) -> Option<&'static [&'static str]> {
    Some(match key {
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            &["integer", "number"]
        }
        "minLength" | "maxLength" | "pattern" => &["string"],
        "minItems" | "maxItems" | "uniqueItems" => &["array"],
        "minProperties" | "maxProperties" => &["object"],
        _ => return None,
    })
}

/// Forgets the limits that say nothing of these types.
pub(super) fn keep_those_of(limits: &mut Constraints, types: &[JsonType]) {
    let has = |wanted: &[JsonType]| wanted.iter().any(|ty| types.contains(ty));
    if !has(&[JsonType::Integer, JsonType::Number]) {
        (limits.minimum, limits.maximum, limits.multiple_of) = (None, None, None);
    }
    if !has(&[JsonType::String]) {
        (limits.min_length, limits.max_length, limits.pattern) = (None, None, None);
    }
    if !has(&[JsonType::Array]) {
        (limits.min_items, limits.max_items, limits.unique_items) = (None, None, false);
    }
    if !has(&[JsonType::Object]) {
        (limits.min_properties, limits.max_properties) = (None, None);
    }
}

/// Of two different values of a keyword that can be there once, the first stays as a rule.
fn both<T: Clone + PartialEq + serde::Serialize>(
    slot: &mut Option<T>,
    other: &Option<T>,
    keyword: &str,
    rules: &mut Vec<Rule>,
) {
    if other.is_none() || slot == other {
        return;
    }
    let before = std::mem::replace(slot, other.clone());
    if let Some(text) = before.and_then(|it| serde_json::to_string(&it).ok()) {
        rules.push(Rule {
            keyword: keyword.to_owned(),
            text,
        });
    }
}

/// Takes a limit. `None`: the keyword is none; `Err`: what its value must be.
pub(super) fn limit(
    limits: &mut Constraints,
    key: &str,
    value: &Value,
) -> Option<Result<(), &'static str>> {
    Some(match key {
        "minimum" => bound(&mut limits.minimum, value, false),
        "maximum" => bound(&mut limits.maximum, value, false),
        "exclusiveMinimum" => bound(&mut limits.minimum, value, true),
        "exclusiveMaximum" => bound(&mut limits.maximum, value, true),
        "multipleOf" => match value {
            Value::Number(number) => {
                limits.multiple_of = Some(number.clone());
                Ok(())
            }
            _ => Err("a number"),
        },
        "minLength" => count(&mut limits.min_length, value),
        "maxLength" => count(&mut limits.max_length, value),
        "minItems" => count(&mut limits.min_items, value),
        "maxItems" => count(&mut limits.max_items, value),
        "minProperties" => count(&mut limits.min_properties, value),
        "maxProperties" => count(&mut limits.max_properties, value),
        "pattern" => match value {
            Value::String(text) => {
                limits.pattern = Some(text.clone());
                Ok(())
            }
            _ => Err("a string"),
        },
        "uniqueItems" => match value {
            Value::Bool(flag) => {
                limits.unique_items = *flag;
                Ok(())
            }
            _ => Err("a boolean"),
        },
        _ => return None,
    })
}

fn bound(slot: &mut Option<Bound>, value: &Value, exclusive: bool) -> Result<(), &'static str> {
    match value {
        Value::Number(number) => {
            // With `minimum` and `exclusiveMinimum` side by side the exclusive one is what is meant
            // whenever they are equal, and documents do not write them otherwise.
            if exclusive || slot.is_none() {
                *slot = Some(Bound {
                    value: number.clone(),
                    exclusive,
                });
            }
            Ok(())
        }
        // The form of OpenAPI 3.0: a flag beside `minimum`.
        Value::Bool(flag) if exclusive => {
            if let Some(bound) = slot {
                bound.exclusive = *flag;
            }
            Ok(())
        }
        _ => Err("a number"),
    }
}

/// A count; `3.0` counts as 3 (JSON Schema Core, section 4.2.2).
fn count(slot: &mut Option<u64>, value: &Value) -> Result<(), &'static str> {
    let whole = |number: f64| number >= 0.0 && number.fract() == 0.0 && number < 9.0e15;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked above"
    )]
    let counted = value.as_u64().or_else(|| {
        value
            .as_f64()
            .filter(|number| whole(*number))
            .map(|number| number as u64)
    });
    *slot = Some(counted.ok_or("a whole number, not negative")?);
    Ok(())
}

/// Both sets of limits at once: the narrower one wins, and of two patterns the later.
pub(super) fn narrow(limits: &mut Constraints, other: &Constraints) {
    narrow_bound(&mut limits.minimum, other.minimum.as_ref(), |old, new| {
        new > old
    });
    narrow_bound(&mut limits.maximum, other.maximum.as_ref(), |old, new| {
        new < old
    });
    both(
        &mut limits.multiple_of,
        &other.multiple_of,
        "multipleOf",
        &mut limits.rules,
    );
    both(
        &mut limits.pattern,
        &other.pattern,
        "pattern",
        &mut limits.rules,
    );
    let new = other
        .rules
        .iter()
        .filter(|rule| !limits.rules.contains(rule));
    let new: Vec<Rule> = new.cloned().collect();
    limits.rules.extend(new);
    limits.min_length = limits.min_length.max(other.min_length);
    limits.min_items = limits.min_items.max(other.min_items);
    limits.min_properties = limits.min_properties.max(other.min_properties);
    limits.max_length = least(limits.max_length, other.max_length);
    limits.max_items = least(limits.max_items, other.max_items);
    limits.max_properties = least(limits.max_properties, other.max_properties);
    limits.unique_items |= other.unique_items;
}

fn least(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn narrow_bound(
    slot: &mut Option<Bound>,
    other: Option<&Bound>,
    narrower: impl Fn(f64, f64) -> bool,
) {
    let Some(other) = other else { return };
    let number = |number: &Number| number.as_f64().unwrap_or_default();
    match slot {
        Some(old) => {
            let (before, after) = (number(&old.value), number(&other.value));
            if narrower(before, after) || (before == after && other.exclusive) {
                *slot = Some(other.clone());
            }
        }
        None => *slot = Some(other.clone()),
    }
}
