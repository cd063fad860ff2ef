//! Scalars that tell where they belong: each is made from the path of its field.

use super::flat::Flat;
use crate::pattern::matching;
use serde_json::{Number, Value};

/// The longest text that is written to satisfy `minLength`.
const LONGEST: u64 = 4_096;

/// Characters that every encoding has to do something about, JSON among them.
const AWKWARD: &str = " & \"a+b\" 50%/é";

/// The same that a cookie can carry, where the encodings in use agree.
const AWKWARD_COOKIE: &str = " \"50%\" é";

/// Where a text is written, which says what characters make sense in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    /// A JSON document: some texts have characters that must be escaped.
    Json,
    /// Path, query or form: every free text has them.
    Url,
    /// A query parameter whose reserved characters stay.
    Reserved,
    /// A form's property whose reserved characters stay, and escapes with them: servers read those as
    /// what they stand for, so that it has none.
    ReservedProperty,
    /// A cookie.
    Cookie,
    /// A header, which is not escaped: visible ASCII alone.
    Header,
}

/// A number that is the same for the same path on every machine (FNV-1a).
pub(super) fn hash(path: &str) -> u64 {
    path.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Text of a format that is known, else one that matches its pattern, else the path.
pub(super) fn text(flat: &Flat<'_>, path: &str, carrier: Carrier) -> String {
    // Documents also write a format where the type belongs: `type: date`.
    let format = flat.value("format").and_then(Value::as_str);
    if let Some(text) = format
        .or_else(|| flat.kind())
        .and_then(|format| formatted(format, path, carrier))
    {
        return text;
    }
    let encoded = flat.value("contentEncoding").and_then(Value::as_str);
    if encoded.is_some_and(|encoding| encoding.starts_with("base64")) {
        return base64(hash(path));
    }
    if let Some(pattern) = flat.value("pattern").and_then(Value::as_str)
        && let Some(text) =
            matching(pattern, hash(path)).or_else(|| example(flat).map(str::to_owned))
    {
        return text;
    }
    let free = format!("{path}{}", awkward(path, carrier));
    let least = flat.count("minLength").unwrap_or(0).min(LONGEST);
    let most = flat.count("maxLength").unwrap_or(LONGEST).max(least);
    let length = free.chars().count();
    let (least, most) = (to_usize(least), to_usize(most));
    if flat.keyword("pattern").is_none() && length <= most {
        return free + &"x".repeat(least.saturating_sub(length));
    }
    // The beginning of a path is what paths have in common.
    let short = format!("{:x}", hash(path));
    short.chars().cycle().take(least.max(most.min(8))).collect()
}

fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn awkward(path: &str, carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Json if hash(path).is_multiple_of(4) => " \"é\\\n🎉",
        Carrier::Json => "",
        Carrier::Url => AWKWARD,
        Carrier::Reserved => ":/?#[]@!$&'()*+,;= %41 %",
        Carrier::ReservedProperty => ":/?#[]@!$&'()*+,;= 50%",
        Carrier::Cookie => AWKWARD_COOKIE,
        Carrier::Header => " \"a\"; b=c",
    }
}

fn example<'d>(flat: &Flat<'d>) -> Option<&'d str> {
    let listed = flat.value("examples").and_then(Value::as_array);
    let listed = listed.into_iter().flatten();
    let single = [flat.value("example"), flat.value("default")];
    listed
        .chain(single.into_iter().flatten())
        .find_map(Value::as_str)
}

/// Formats of JSON Schema 2020-12 (validation, section 7.3) and of the OpenAPI format registry.
fn formatted(format: &str, path: &str, carrier: Carrier) -> Option<String> {
    let hash = hash(path);
    let low = hash & 0xffff_ffff;
    Some(match format {
        "date-time" | "datetime" => format!("{}T{}Z", date(hash), time(hash)),
        "date" => date(hash),
        "time" => time(hash),
        "duration" => format!("PT{}M", 1 + low % 500),
        "uuid" => uuid(hash),
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => {
            let is_reserved = matches!(carrier, Carrier::Reserved | Carrier::ReservedProperty);
            let query = if is_reserved {
                "a=b+c&d=e"
            } else {
                "a=b%20c&d=%C3%A9"
            };
            format!("https://example.com/{low:x}?{query}")
        }
        "email" | "idn-email" => format!("user.{low:x}@example.com"),
        "hostname" | "idn-hostname" => format!("h{low:x}.example.com"),
        "ipv4" => format!("192.0.2.{}", low % 256),
        "ipv6" => format!("2001:db8::{:x}", 1 + low % 0xfffe),
        "byte" | "base64" | "base64url" => base64(hash),
        "decimal" | "decimal128" | "double" | "float" | "number" => format!("{}.5", low % 1000),
        "int64" | "int32" | "uint64" | "uint32" | "integer" => (1 + low % 1000).to_string(),
        "int8" | "uint8" | "int16" | "uint16" => (1 + low % 100).to_string(),
        "json-pointer" => format!("/{low:x}"),
        _ => return None,
    })
}

/// A day that every month has.
fn date(hash: u64) -> String {
    let (year, month, day) = (2020 + hash % 10, 1 + hash / 16 % 12, 1 + hash / 256 % 28);
    format!("{year}-{month:02}-{day:02}")
}

fn time(hash: u64) -> String {
    let (hour, minute, second) = (hash / 8 % 24, hash / 512 % 60, hash / 65_536 % 60);
    format!("{hour:02}:{minute:02}:{second:02}")
}

/// A UUID of version 4 (RFC 9562, section 5.4).
fn uuid(hash: u64) -> String {
    let other = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        hash >> 32,
        hash >> 16 & 0xffff,
        hash & 0xfff,
        0x8000 | other >> 48 & 0x3fff,
        other & 0xffff_ffff_ffff,
    )
}

/// Base64 of six bytes, which needs no padding (RFC 4648, section 4).
fn base64(hash: u64) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let letter = |shift: u32| {
        let index = to_usize((hash >> shift) % 62);
        LETTERS.get(index..=index).unwrap_or("A")
    };
    (0..8).map(|at| letter(at * 7)).collect()
}

/// A whole number within the limits.
pub(super) fn integer(flat: &Flat<'_>, path: &str) -> Value {
    let (least, most) = limits(flat, 1.0);
    let byte = matches!(
        flat.value("format").and_then(Value::as_str),
        Some("int8" | "uint8")
    );
    let wanted = (1 + hash(path) % if byte { 100 } else { 9_973 }) as f64;
    let number = within(wanted, least, most, 1.0);
    let number = multiple(flat, number).ceil();
    // Numbers beyond 2^53 are no longer exact: what cannot be written as an integer becomes 1.
    if number.abs() <= 9_007_199_254_740_992.0 {
        #[expect(clippy::cast_possible_truncation, reason = "checked in the line above")]
        let whole = number as i64;
        return whole.into();
    }
    1.into()
}

/// A number within the limits, with a fraction where it may have one: a whole number is written
/// without one.
pub(super) fn number(flat: &Flat<'_>, path: &str) -> Value {
    let (least, most) = limits(flat, 0.0);
    let hash = hash(path);
    let wanted = (1 + hash % 9_973) as f64 + (1 + hash / 16_384 % 3) as f64 / 4.0;
    let near = match (least, most) {
        (Some(least), Some(most)) if wanted <= least || wanted >= most => {
            // Of eight parts of the room between the limits, none of them a limit.
            let room = most - least;
            let part = if room > 8.0 {
                (1.0 + wanted % (room - 2.0)).floor() + 0.25
            } else {
                room * (1 + hash % 7) as f64 / 8.0
            };
            least + part
        }
        (Some(least), None) if wanted <= least => least + wanted,
        (None, Some(most)) if wanted >= most => most - wanted,
        _ => wanted,
    };
    let number = multiple(flat, near);
    if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 {
        #[expect(clippy::cast_possible_truncation, reason = "checked in the line above")]
        let whole = number as i64;
        return whole.into();
    }
    Number::from_f64(number).map_or_else(|| 1.into(), Value::Number)
}

/// The least and the greatest number allowed, `step` away from an exclusive limit.
fn limits(flat: &Flat<'_>, step: f64) -> (Option<f64>, Option<f64>) {
    let limit = |keyword| flat.value(keyword).and_then(Value::as_f64);
    let least = [
        limit("minimum"),
        limit("exclusiveMinimum").map(|limit| limit + step),
    ];
    let most = [
        limit("maximum"),
        limit("exclusiveMaximum").map(|limit| limit - step),
    ];
    (
        least.into_iter().flatten().reduce(f64::max),
        most.into_iter().flatten().reduce(f64::min),
    )
}

/// A number near `wanted` within limits: where it does not lie between them it starts at the limit.
fn within(wanted: f64, least: Option<f64>, most: Option<f64>, step: f64) -> f64 {
    match (least, most) {
        (Some(least), Some(most)) if wanted < least || wanted > most => {
            let room = ((most - least) / step).floor().max(0.0);
            least + (wanted / step).floor() % (room + 1.0) * step
        }
        (Some(least), None) if wanted < least => least + wanted,
        (None, Some(most)) if wanted > most => most - wanted,
        _ => wanted,
    }
}

fn multiple(flat: &Flat<'_>, number: f64) -> f64 {
    match flat.value("multipleOf").and_then(Value::as_f64) {
        Some(step) if step > 0.0 => {
            let (_, most) = limits(flat, step);
            let above = (number / step).ceil() * step;
            let near = if most.is_some_and(|most| above > most) {
                (number / step).floor() * step
            } else {
                above
            };
            // As many decimals as the step has, and not what binary fractions make of them.
            let decimals = step
                .to_string()
                .split_once('.')
                .map_or(0, |(_, it)| it.len());
            format!("{near:.decimals$}").parse().unwrap_or(near)
        }
        _ => number,
    }
}
