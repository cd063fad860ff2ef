//! What a scalar without quotes means: the YAML 1.2 core schema (section 10.3.2), of which JSON's
//! literals and numbers are a part.

use serde_json::{Number, Value};

/// A resolved scalar.
#[derive(Debug, PartialEq)]
pub(super) enum Scalar {
    /// Just this value.
    Exact(Value),
    /// An integer that needs more than 64 bits, as the nearest floating-point number.
    Rounded(Value),
    /// A number that JSON cannot write: infinite, or not a number.
    Unwritable,
}

/// The value of a plain scalar. What looks like nothing else is a string: `no`, `1_000`,
/// `2022-01-01`.
pub(super) fn resolve(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Exact(Value::Null),
        "true" | "True" | "TRUE" => return Scalar::Exact(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Scalar::Exact(Value::Bool(false)),
        _ => {}
    }
    let looks_numeric = text
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.'));
    looks_numeric
        .then(|| number(text))
        .flatten()
        .unwrap_or_else(|| Scalar::Exact(Value::String(text.to_owned())))
}

fn number(text: &str) -> Option<Scalar> {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Scalar::Unwritable);
    }
    if !is_float(unsigned) {
        return None;
    }
    // The standard library reads a leading `+` and leading zeros as YAML does.
    if let Ok(integer) = text.parse::<i64>() {
        return Some(Scalar::Exact(integer.into()));
    }
    if let Ok(integer) = text.parse::<u64>() {
        return Some(Scalar::Exact(integer.into()));
    }
    let Some(float) = text.parse::<f64>().ok().and_then(Number::from_f64) else {
        return Some(Scalar::Unwritable);
    };
    let whole = unsigned.bytes().all(|b| b.is_ascii_digit());
    Some(if whole {
        Scalar::Rounded(Value::Number(float))
    } else {
        Scalar::Exact(Value::Number(float))
    })
}

/// `[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?` or the same with only a fraction.
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fits
}

fn radix(digits: &str, radix: u32) -> Option<Scalar> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    if let Ok(integer) = u64::from_str_radix(digits, radix) {
        return Some(Scalar::Exact(integer.into()));
    }
    let float = digits
        .chars()
        .filter_map(|digit| digit.to_digit(radix))
        .fold(0.0, |sum, digit| sum * f64::from(radix) + f64::from(digit));
    Some(Number::from_f64(float).map_or(Scalar::Unwritable, |float| {
        Scalar::Rounded(Value::Number(float))
    }))
}
