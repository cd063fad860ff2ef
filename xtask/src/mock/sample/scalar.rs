//! Samples of text and numbers.

use super::flatten::Flat;
use serde_json::{Number, Value};

/// The longest text that is written to satisfy `minLength`.
const LONGEST: u64 = 4_096;

/// Text of a format that is known, else with a pattern the document's own example, else anything of an
/// allowed length.
pub(super) fn text(flat: &Flat<'_>) -> String {
    let format = flat.keyword("format").and_then(Value::as_str);
    if let Some(text) = format.and_then(formatted) {
        return text.to_owned();
    }
    if flat.keyword("pattern").is_some()
        && let Some(example) = example(flat)
    {
        return example.to_owned();
    }
    let length = |keyword| flat.keyword(keyword).and_then(Value::as_u64);
    let least = length("minLength").unwrap_or(0).min(LONGEST);
    let most = length("maxLength").unwrap_or(LONGEST);
    let wanted = least.max(4).min(most);
    "text"
        .chars()
        .cycle()
        .take(usize::try_from(wanted).unwrap_or(4))
        .collect()
}

fn example<'d>(flat: &Flat<'d>) -> Option<&'d str> {
    let listed = flat.keyword("examples").and_then(Value::as_array);
    let listed = listed.into_iter().flatten();
    let single = [flat.keyword("example"), flat.keyword("default")];
    listed
        .chain(single.into_iter().flatten())
        .find_map(Value::as_str)
}

/// Formats of JSON Schema 2020-12 (validation, section 7.3) and of the OpenAPI format registry.
fn formatted(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" | "datetime" => "2024-05-17T09:30:00Z",
        "date" => "2024-05-17",
        "time" => "09:30:00Z",
        "duration" => "PT1H",
        "uuid" => "0191d9c0-5f3a-4b6e-9c1d-2f8a7b6c5d4e",
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => "https://example.com/",
        "email" | "idn-email" => "user@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" | "base64" | "base64url" => "dGV4dA==",
        "decimal" | "decimal128" | "double" | "float" | "number" => "1.5",
        "int64" | "int32" | "uint64" | "uint32" | "integer" => "1",
        "json-pointer" => "/a",
        _ => return None,
    })
}

/// 1 where that is allowed, else the nearest number that is.
pub(super) fn integer(flat: &Flat<'_>) -> Value {
    if let Some(exact) =
        limit(flat, "minimum").filter(|number| number.is_u64() && is_inclusive(flat))
        && exact.as_u64() > Some(1)
        && flat.keyword("multipleOf").is_none()
    {
        return Value::Number(exact.clone());
    }
    let number = nearest(flat, 1.0);
    // Numbers beyond 2^53 are no longer exact: what cannot be written as an integer becomes 1.
    if number.abs() <= 9_007_199_254_740_992.0 {
        let whole = number.ceil() as i64;
        return whole.into();
    }
    1.into()
}

/// 1.5 where that is allowed, else the nearest number that is.
pub(super) fn number(flat: &Flat<'_>) -> Value {
    Number::from_f64(nearest(flat, 1.5)).map_or_else(|| 1.into(), Value::Number)
}

fn limit<'d>(flat: &Flat<'d>, keyword: &str) -> Option<&'d Number> {
    flat.keyword(keyword).and_then(Value::as_number)
}

/// Whether the limits themselves are allowed; a document of 3.0 says otherwise with a boolean.
fn is_inclusive(flat: &Flat<'_>) -> bool {
    let exclusive = ["exclusiveMinimum", "exclusiveMaximum"];
    exclusive
        .iter()
        .all(|keyword| matches!(flat.keyword(keyword), None | Some(Value::Bool(false))))
}

/// The number nearest to `wanted` within the limits, a multiple where it has to be one.
fn nearest(flat: &Flat<'_>, wanted: f64) -> f64 {
    let value = |keyword| limit(flat, keyword).and_then(Number::as_f64);
    let is = |keyword| flat.keyword(keyword) == Some(&Value::Bool(true));
    let step = |keyword| if is(keyword) { 1.0 } else { 0.0 };
    let least = [
        value("minimum").map(|least| least + step("exclusiveMinimum")),
        value("exclusiveMinimum").map(|least| least + 1.0),
    ];
    let most = [
        value("maximum").map(|most| most - step("exclusiveMaximum")),
        value("exclusiveMaximum").map(|most| most - 1.0),
    ];
    let number = least.into_iter().flatten().fold(wanted, f64::max);
    let number = most.into_iter().flatten().fold(number, f64::min);
    match value("multipleOf") {
        Some(step) if step > 0.0 => (number / step).ceil() * step,
        _ => number,
    }
}
