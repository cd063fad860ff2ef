//! Finding the server's own words in an error body.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;

/// The most that is shown of a message, in characters.
const LONGEST: usize = 1_000;
/// The most that is shown of a page's title, in characters.
const LONGEST_TITLE: usize = 100;

/// The message in an error body: from the usual places of a JSON body, or a body of plain text.
pub(crate) fn find(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let message = match serde_json::from_slice::<Value>(body) {
        Ok(value) => in_value(&value),
        Err(_) => in_xml(headers, body).or_else(|| plain(headers, body)),
    }?;
    let shown = tidy(&message, LONGEST);
    (!shown.is_empty()).then_some(shown)
}

/// What a page says it is, in its title; or else the first line of a text.
pub(crate) fn page_title(body: &[u8]) -> Option<String> {
    let beginning = body.get(..8_192).unwrap_or(body);
    let text = String::from_utf8_lossy(beginning);
    let lower = text.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|start| {
        let start = start + lower.get(start..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find('<')?;
        text.get(start..end)
    });
    let heading = || text.lines().map(str::trim).find(|line| !line.is_empty());
    let line = title
        .map(str::trim)
        .filter(|title| !title.is_empty())
        .or_else(heading)?;
    let shown = tidy(line, LONGEST_TITLE).replace('"', "'");
    (!shown.is_empty()).then_some(shown)
}

/// A text on one line, and not too long.
fn tidy(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars()
        .filter(|c| !c.is_control())
        .take(longest)
        .collect()
}

/// The message in a body of XML.
#[cfg(feature = "xml")]
fn in_xml(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let declared = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let declared = declared.to_ascii_lowercase();
    if !declared.contains("xml") || declared.contains("html") {
        return None;
    }
    in_value(&crate::xml::anything(body)?)
}

#[cfg(not(feature = "xml"))]
const fn in_xml(_: &HeaderMap, _: &[u8]) -> Option<String> {
    None
}

/// A body that is a sentence; a page of HTML or XML is not, nor is anything binary.
fn plain(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let declared = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let text = std::str::from_utf8(body).ok()?.trim();
    let markup = declared.contains("html") || declared.contains("xml") || text.starts_with('<');
    (!markup && !text.starts_with(['{', '['])).then(|| text.to_owned())
}

/// Where a message is, the surest place first: what people are told, before what machines are.
const MESSAGES: [&str; 8] = [
    "message",
    "messages",
    "errorMessage",
    "error_message",
    "errorMessages",
    "msg",
    "Message",
    "faultstring",
];
/// Where it is when there is nothing better (`detail` and `title`: RFC 9457).
const DETAILS: [&str; 6] = [
    "detail",
    "details",
    "error_description",
    "errorDescription",
    "description",
    "reason",
];
/// What holds the error as a whole.
const WRAPPERS: [&str; 5] = ["error", "fault", "Error", "exception", "data"];
/// What holds several, or one for each field (`invalid-params`: RFC 7807, section 3).
const LISTS: [&str; 5] = [
    "errors",
    "invalid-params",
    "invalidParams",
    "violations",
    "Errors",
];

fn in_value(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(_) => errors(value),
        _ => in_object(value)
            .or_else(|| first(value, &["error"], text_or_list))
            .or_else(|| first(value, &["title"], text_or_list)),
    }
}

fn in_object(value: &Value) -> Option<String> {
    let wrapped = |of: fn(&Value) -> Option<String>| first(value, &WRAPPERS, of);
    first(value, &MESSAGES, text_or_list)
        .or_else(|| wrapped(|error| first(error, &MESSAGES, text_or_list)))
        .or_else(|| first(value, &LISTS, errors))
        .or_else(|| wrapped(|error| first(error, &LISTS, errors)))
        .or_else(|| wrapped(|error| error.as_array().and_then(|_| errors(error))))
        .or_else(|| first(value, &DETAILS, text_or_list))
        .or_else(|| wrapped(|error| first(error, &DETAILS, text_or_list)))
}

/// The first of some properties that has a message in it.
fn first(value: &Value, keys: &[&str], read: fn(&Value) -> Option<String>) -> Option<String> {
    keys.iter().find_map(|key| read(value.get(*key)?))
}

/// A string, or the strings of an array.
fn text_or_list(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Array(items) => joined(items.iter().filter_map(one)),
        _ => None,
    }
}

/// `errors`: a list of strings or objects, or an object of messages by field.
fn errors(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => joined(items.iter().filter_map(one)),
        Value::Object(fields) => joined(
            fields
                .iter()
                .filter_map(|(name, of)| Some(format!("{name}: {}", text_or_list(of)?))),
        ),
        _ => None,
    }
}

/// One of several errors.
fn one(error: &Value) -> Option<String> {
    if let Value::String(text) = error {
        return Some(text.clone());
    }
    let texts = ["detail", "message", "messages", "title", "msg", "reason"];
    texts.iter().find_map(|key| match error.get(*key)? {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => joined(parts.iter().filter_map(|part| Some(part.as_str()?.into()))),
        _ => None,
    })
}

fn joined(parts: impl Iterator<Item = String>) -> Option<String> {
    let parts: Vec<String> = parts.filter(|part| !part.trim().is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(body: &str) -> Option<String> {
        find(&HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn the_usual_places_are_looked_at() {
        for (body, expected) in [
            (r#"{"message":"no"}"#, "no"),
            (r#"{"message":["a","b"]}"#, "a; b"),
            (
                r#"{"statusCode":400,"error":"Bad","messages":["a","b"]}"#,
                "a; b",
            ),
            (r#"{"error":{"message":"no","type":"x"}}"#, "no"),
            (r#"{"error":"no"}"#, "no"),
            (
                r#"{"error":"invalid_grant","error_description":"expired"}"#,
                "expired",
            ),
            (
                r#"{"errors":[{"detail":"a","title":"x"},{"message":"b"},{"title":"c"}]}"#,
                "a; b; c",
            ),
            (r#"{"errors":["a","b"]}"#, "a; b"),
            (
                r#"{"errors":{"name":["is blank","is short"]}}"#,
                "name: is blank; is short",
            ),
            (r#"{"error":{"errors":[{"message":"a"}]}}"#, "a"),
            (r#"{"detail":"no","title":"Forbidden"}"#, "no"),
            (r#"{"detail":[{"loc":["a"],"msg":"too long"}]}"#, "too long"),
            (r#"{"title":"Forbidden","type":"about:blank"}"#, "Forbidden"),
            (r#"[{"message":"a"}]"#, "a"),
            (r#""no""#, "no"),
            (r#"{"errors":{"name":"is blank"}}"#, "name: is blank"),
            (
                r#"{"title":"Invalid","status":422,"invalid-params":[{"name":"age","reason":"too low"}]}"#,
                "too low",
            ),
            (
                r#"{"title":"One or more errors","errors":{"Name":["is required"]}}"#,
                "Name: is required",
            ),
            (r#"{"error":{"messages":["a","b"]}}"#, "a; b"),
            (r#"{"errors":[{"messages":["a"]},{"reason":"b"}]}"#, "a; b"),
            (r#"{"error":["a","b"]}"#, "a; b"),
            (r#"{"fault":{"faultstring":"no"}}"#, "no"),
            (r#"{"errorMessage":"no"}"#, "no"),
            (r#"{"Message":"no","ExceptionType":"x"}"#, "no"),
            (
                r#"{"code":"x","error":{"code":1,"description":"no"}}"#,
                "no",
            ),
            (r#"{"data":{"message":"no"}}"#, "no"),
            ("Too many\n requests", "Too many requests"),
        ] {
            assert_eq!(message(body).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn nothing_is_made_up_where_there_is_no_message() {
        for body in [
            "",
            " ",
            "{}",
            "null",
            "[]",
            "7",
            r#"{"message":""}"#,
            r#"{"message":{"a":1}}"#,
            r#"{"messages":[]}"#,
            "<html><body>Bad gateway</body></html>",
            r#"{"trunc"#,
        ] {
            assert_eq!(message(body), None, "{body}");
        }
        let mut html = HeaderMap::new();
        html.insert(
            CONTENT_TYPE,
            http::HeaderValue::from_static("text/html; charset=utf-8"),
        );
        assert_eq!(find(&html, b"Bad gateway"), None);
        assert_eq!(find(&HeaderMap::new(), &[0xff, 0xfe]), None);
    }

    #[test]
    fn a_long_message_is_cut() {
        let long = "é".repeat(5_000);
        assert_eq!(
            message(&long).map(|shown| shown.chars().count()),
            Some(LONGEST)
        );
    }
}
