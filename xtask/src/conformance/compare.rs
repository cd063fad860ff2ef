//! What a client read, beside what the server sent.

use serde_json::Value;

/// Where two values differ, and how; `None` when they say the same.
///
/// Null and absent are one thing in an answer, and so are two ways to write a number or a time.
pub(super) fn difference(expected: &Value, read: &Value) -> Option<String> {
    at("", expected, read)
}

fn at(path: &str, expected: &Value, read: &Value) -> Option<String> {
    match (expected, read) {
        (Value::Object(expected), Value::Object(read)) => {
            let missing = |key: &String| expected.get(key).is_none_or(Value::is_null);
            for (key, value) in expected {
                let own = read.get(key).unwrap_or(&Value::Null);
                let found = at(&format!("{path}/{key}"), value, own);
                if found.is_some() {
                    return found;
                }
            }
            let mut more = read
                .iter()
                .filter(|(key, value)| missing(key) && !value.is_null());
            more.next()
                .map(|(key, value)| format!("{path}/{key}: {} was not sent", short(value)))
        }
        (Value::Array(expected), Value::Array(read)) if expected.len() == read.len() => {
            let mut pairs = expected.iter().zip(read).enumerate();
            pairs.find_map(|(index, (expected, read))| {
                at(&format!("{path}/{index}"), expected, read)
            })
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        (Value::String(a), Value::String(b)) if time(a) == time(b) => None,
        (expected, read) if expected == read => None,
        (expected, read) => {
            let (expected, read) = (short(expected), short(read));
            Some(format!("{path}: {expected} was read as {read}"))
        }
    }
}

/// A time without what may be left out; any other text as it is.
fn time(text: &str) -> String {
    let mut text = text.replace("+00:00", "Z");
    // RFC 3339 lets the letters be small.
    if text.get(10..11) == Some("t") {
        text = text.to_uppercase();
    }
    let Some((before, fraction)) = text.split_once('.') else {
        return text;
    };
    let digits = fraction.trim_end_matches(|c: char| !c.is_ascii_digit());
    let zone = fraction.get(digits.len()..).unwrap_or_default();
    let is_time = before.len() >= 8 && before.contains(':') && zone.len() <= 6;
    match digits.trim_end_matches('0') {
        "" if is_time => format!("{before}{zone}"),
        digits if is_time => format!("{before}.{digits}{zone}"),
        _ => text,
    }
}

/// A value in few letters.
pub(super) fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}..", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(expected: Value, read: Value, said: Option<&str>) {
        assert_eq!(difference(&expected, &read).as_deref(), said);
    }

    #[test]
    fn what_differs_is_named_with_its_place() {
        check(json!({"a": [1, null]}), json!({"a": [1.0, null]}), None);
        check(json!({"a": null}), json!({}), None);
        check(json!({}), json!({"a": null}), None);
        check(
            json!("2022-08-26T18:38:00.000Z"),
            json!("2022-08-26T18:38:00Z"),
            None,
        );
        check(
            json!("2022-08-26t18:38:00z"),
            json!("2022-08-26T18:38:00Z"),
            None,
        );
        check(
            json!("1.50"),
            json!("1.5"),
            Some(": \"1.50\" was read as \"1.5\""),
        );
        check(json!({"a": 1}), json!({}), Some("/a: 1 was read as null"));
        check(json!({}), json!({"a": 1}), Some("/a: 1 was not sent"));
        check(json!([1, 2]), json!([1]), Some(": [1,2] was read as [1]"));
    }
}
