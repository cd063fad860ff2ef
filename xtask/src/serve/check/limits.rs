//! Constraints (JSON Schema Validation, section 6).

use super::value::Checker;
use serde_json::{Number, Value};
use specwright::ir::{Bound, Constraints};
use std::cmp::Ordering;
use std::collections::HashSet;

/// Checks the constraints that concern a value of this kind.
pub(super) fn check(checker: &mut Checker<'_>, limits: &Constraints, value: &Value) {
    match value {
        Value::Number(number) => of_number(checker, limits, number),
        Value::String(text) => {
            let is_limited = limits.min_length.is_some() || limits.max_length.is_some();
            let length = if is_limited { text.chars().count() } else { 0 };
            size(
                checker,
                "character",
                length,
                limits.min_length,
                limits.max_length,
            );
            if let Some(pattern) = &limits.pattern
                && super::pattern::matches(pattern, text) == Some(false)
            {
                checker.fault(format!("must match {pattern}"));
            }
        }
        Value::Array(items) => {
            size(
                checker,
                "item",
                items.len(),
                limits.min_items,
                limits.max_items,
            );
            if limits.unique_items {
                let mut seen = HashSet::new();
                if !items.iter().all(|item| seen.insert(item.to_string())) {
                    checker.fault("must not have an item twice");
                }
            }
        }
        Value::Object(object) => {
            let (least, most) = (limits.min_properties, limits.max_properties);
            size(checker, "field", object.len(), least, most);
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn of_number(checker: &mut Checker<'_>, limits: &Constraints, number: &Number) {
    let beyond = |bound: &Bound, wrong: Ordering| {
        let order = compare(number, &bound.value);
        order == wrong || bound.exclusive && order == Ordering::Equal
    };
    if let Some(bound) = limits
        .minimum
        .as_ref()
        .filter(|it| beyond(it, Ordering::Less))
    {
        let word = if bound.exclusive {
            "more than"
        } else {
            "at least"
        };
        checker.fault(format!("must be {word} {}", bound.value));
    }
    if let Some(bound) = limits
        .maximum
        .as_ref()
        .filter(|it| beyond(it, Ordering::Greater))
    {
        let word = if bound.exclusive {
            "less than"
        } else {
            "at most"
        };
        checker.fault(format!("must be {word} {}", bound.value));
    }
    if let Some(step) = &limits.multiple_of
        && let (Some(number), Some(size)) = (number.as_f64(), step.as_f64())
        && size > 0.0
    {
        let times = number / size;
        if (times - times.round()).abs() > 1e-9 * times.abs().max(1.0) {
            checker.fault(format!("must be a multiple of {step}"));
        }
    }
}

/// Compares numbers, integers exactly.
pub(super) fn compare(one: &Number, other: &Number) -> Ordering {
    let exact = |it: &Number| {
        it.as_i64()
            .map(i128::from)
            .or_else(|| it.as_u64().map(i128::from))
    };
    match (exact(one), exact(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one
            .as_f64()
            .unwrap_or_default()
            .total_cmp(&other.as_f64().unwrap_or_default()),
    }
}

fn size(checker: &mut Checker<'_>, what: &str, size: usize, least: Option<u64>, most: Option<u64>) {
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    let plural = |number: u64| if number == 1 { "" } else { "s" };
    if let Some(least) = least.filter(|&least| size < least) {
        checker.fault(format!(
            "must have at least {least} {what}{}",
            plural(least)
        ));
    }
    if let Some(most) = most.filter(|&most| size > most) {
        checker.fault(format!("must have at most {most} {what}{}", plural(most)));
    }
}
