//! What scalars and their formats ask for (OAI Format Registry).

use super::super::time;
use super::value::what;
use serde_json::Value;
use specwright::ir::Primitive;

/// Whether a value is of a primitive type; what is wrong otherwise.
pub(super) fn check(primitive: &Primitive, value: &Value) -> Result<(), String> {
    let right = match primitive {
        Primitive::Boolean => return is(value.is_boolean(), "a boolean", value),
        Primitive::Number | Primitive::Decimal { quoted: false } => {
            return is(value.is_number(), "a number", value);
        }
        Primitive::Integer { bits, signed } => return integer(*bits, *signed, value),
        Primitive::Decimal { quoted: true } => {
            text(value)?.parse::<f64>().is_ok_and(f64::is_finite)
        }
        Primitive::String { format } => string(format.as_deref(), text(value)?),
        Primitive::DateTime => time::parse(text(value)?).is_some(),
        Primitive::Date => time::parse_date(text(value)?).is_some(),
        Primitive::Time => {
            let text = text(value)?;
            time::parse_time(text)
                .or_else(|| time::parse_time(&format!("{text}Z")))
                .is_some()
        }
        Primitive::Duration => duration(text(value)?),
        Primitive::Uuid => uuid(text(value)?),
        Primitive::Uri => uri(text(value)?),
        Primitive::Base64 => base64(text(value)?),
        Primitive::Binary => {
            text(value)?;
            true
        }
        Primitive::File => true,
    };
    if right {
        return Ok(());
    }
    Err(format!("must be {}", name(primitive)))
}

/// What a text should be that is not of a primitive type with a form of its own: `a UUID`.
pub(crate) fn fault(primitive: &Primitive, value: &Value) -> Option<&'static str> {
    check(primitive, value).err().map(|_| name(primitive))
}

fn is(right: bool, expected: &str, value: &Value) -> Result<(), String> {
    if right {
        return Ok(());
    }
    Err(format!("must be {expected}, not {}", what(value)))
}

fn text(value: &Value) -> Result<&str, String> {
    value
        .as_str()
        .ok_or_else(|| format!("must be a string, not {}", what(value)))
}

/// 5.0 is an integer (JSON Schema 2020-12, section 4.2.3).
pub(super) fn is_integer(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn integer(bits: Option<u8>, signed: bool, value: &Value) -> Result<(), String> {
    is(value.is_number(), "an integer", value)?;
    if !is_integer(value) {
        return Err("must be an integer, without a fraction".to_owned());
    }
    let number = value.as_f64().unwrap_or_default();
    let exact = value
        .as_i64()
        .map(i128::from)
        .or_else(|| value.as_u64().map(i128::from));
    let width = u32::from(bits.unwrap_or(64).min(64));
    let (least, most) = if signed {
        let most = match bits {
            // Without a width, what any 64 bits hold.
            None => i128::from(u64::MAX),
            Some(_) => (1_i128 << (width.max(1) - 1)) - 1,
        };
        (-(1_i128 << (width.max(1) - 1)), most)
    } else {
        (0, (1_i128 << width) - 1)
    };
    let fits = match exact {
        Some(exact) => (least..=most).contains(&exact),
        None => number.abs() < 9.0e18,
    };
    if fits {
        return Ok(());
    }
    Err(format!("must be between {least} and {most}"))
}

const fn name(primitive: &Primitive) -> &'static str {
    match primitive {
        Primitive::DateTime => "a date and time such as 2026-01-31T12:00:00Z",
        Primitive::Date => "a date such as 2026-01-31",
        Primitive::Time => "a time such as 12:00:00",
        Primitive::Duration => "a duration such as PT1H30M",
        Primitive::Uuid => "a UUID",
        Primitive::Uri => "a URI",
        Primitive::Base64 => "base64",
        Primitive::Decimal { .. } => "a decimal number in a string",
        Primitive::String { .. } => "of its format",
        Primitive::Boolean
        | Primitive::Integer { .. }
        | Primitive::Number
        | Primitive::Binary
        | Primitive::File => "of its type",
    }
}

/// Formats without a type of their own that are easily told.
fn string(format: Option<&str>, text: &str) -> bool {
    match format {
        Some("email" | "idn-email") => email(text),
        Some("ipv4") => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Some("ipv6") => text.parse::<std::net::Ipv6Addr>().is_ok(),
        Some("hostname") => hostname(text),
        _ => true,
    }
}

fn email(text: &str) -> bool {
    let clean = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    let parts = text.rsplit_once('@');
    clean && parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
}

fn hostname(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

fn uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A URI or a relative reference: what no URI can hold is refused.
fn uri(text: &str) -> bool {
    !text.is_empty()
        && !text
            .contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

fn base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let padding = text.len() - body.len();
    padding <= 2
        && (padding == 0 || text.len().is_multiple_of(4))
        && body.len() % 4 != 1
        && body
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+/-_".contains(&b))
}

/// ISO 8601: `P1Y2M3DT4H5M6.5S`, `P2W`.
fn duration(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    let (date, time) = match rest.split_once('T') {
        Some((_, "")) => return false,
        Some((date, time)) => (date, time),
        None => (rest, ""),
    };
    !rest.is_empty() && units(date, "YMWD") && units(time, "HMS")
}

/// Numbers, each with a unit, in the order of the units.
fn units(mut text: &str, mut left: &str) -> bool {
    while !text.is_empty() {
        let digits = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (number, rest) = text.split_at(digits);
        let Some(unit) = rest.chars().next() else {
            return false;
        };
        let Some(at) = left.find(unit) else {
            return false;
        };
        if number.parse::<f64>().is_err() {
            return false;
        }
        left = left.get(at + 1..).unwrap_or_default();
        text = rest.get(1..).unwrap_or_default();
    }
    true
}
