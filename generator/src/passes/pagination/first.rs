//! The number of the first page or item, as the document says it.

use crate::ir::{Api, Schema, Type, TypeBody};

/// Words after which a number is the first one: `starting at 1`, `counted from 0`.
const BEGINS: &[&str] = &["at", "from", "with"];

/// Words that say what a number is when nothing is sent.
const DEFAULTS: &[&str] = &["default", "defaults", "defaulted"];

/// Words that may stand between those and the number.
const FILLERS: &[&str] = &[
    "a",
    "as",
    "has",
    "if",
    "index",
    "is",
    "not",
    "number",
    "of",
    "offset",
    "omitted",
    "one",
    "page",
    "position",
    "provided",
    "record",
    "result",
    "set",
    "specified",
    "the",
    "to",
    "value",
];

/// As many of them as there may be.
const MOST_FILLERS: usize = 6;

/// Words of what a number counts, so that it is no page: `with 1 item`.
const UNITS: &[&str] = &[
    "day", "days", "hour", "hours", "item", "items", "minute", "minutes", "month", "record",
    "records", "result", "results", "second", "seconds", "week", "year",
];

/// What is said of the first number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// It is this one, and where that is said.
    Known(i64, &'static str),
    /// The description and the default contradict each other.
    Contradicted,
    /// Nothing.
    Unsaid,
}

/// What a parameter's schema and its description, in lower case, say of the first number. A minimum of 0
/// is none: it may be what is sent for all pages, and is often there for every number of an API.
pub(super) fn first(api: &Api, schema: &Schema, text: &str) -> First {
    let by_default = default(api, schema);
    let by_text = said(text);
    let by_minimum = || {
        let bound = schema.constraints.minimum.as_ref()?;
        let minimum = bound.value.as_i64()?;
        (minimum.checked_add(i64::from(bound.exclusive))? == 1).then_some(1)
    };
    match (by_default, by_text) {
        (Some(default), Some(said)) if default != said => First::Contradicted,
        (Some(default), _) => First::Known(default, "default"),
        (None, Some(said)) => First::Known(said, "description"),
        (None, None) => by_minimum().map_or(First::Unsaid, |it| First::Known(it, "minimum")),
    }
}

/// The default, also that of the number among the variants of a union.
fn default(api: &Api, schema: &Schema) -> Option<i64> {
    let own = |schema: &Schema| schema.default.as_ref()?.as_i64();
    let of_type = |ty: &Type| match api.resolved(ty) {
        Type::Named(id) => match &api.type_def(*id)?.body {
            TypeBody::Union(union) => union.variants.iter().find_map(|it| own(&it.schema)),
            _ => None,
        },
        _ => None,
    };
    let default = own(schema).or_else(|| of_type(&schema.ty))?;
    (0..=1).contains(&default).then_some(default)
}

/// What a text says: 0 or 1, and not both.
fn said(text: &str) -> Option<i64> {
    let tokens = tokens(text);
    let mut found = None;
    for (at, token) in tokens.iter().enumerate() {
        let number = match token.as_str() {
            "0" | "zero" => 0,
            "1" | "one" => 1,
            _ => continue,
        };
        let (before, rest) = tokens.split_at(at);
        if !is_first(before, rest.get(1).map(String::as_str)) {
            continue;
        }
        if found.is_some_and(|known| known != number) {
            return None;
        }
        found = Some(number);
    }
    found
}

/// Whether the words around a number say that it is the first one.
fn is_first(before: &[String], after: Option<&str>) -> bool {
    match after {
        Some("based" | "indexed" | "origin" | "n") => return true,
        Some(unit) if UNITS.contains(&unit) => return false,
        _ => {}
    }
    let mut words = before.iter().rev().map(String::as_str).peekable();
    // `page is 1`, `page 1 is`.
    if words.peek() == Some(&"page") && after == Some("is") {
        return true;
    }
    let mut between: Vec<&str> = Vec::new();
    for word in words.take(MOST_FILLERS + 1) {
        if BEGINS.contains(&word) {
            return between.iter().all(|it| !matches!(*it, "is" | "to"));
        }
        if DEFAULTS.contains(&word) {
            return true;
        }
        if word == "first" {
            return between.iter().any(|it| matches!(*it, "is" | "has"));
        }
        if !FILLERS.contains(&word) {
            break;
        }
        between.push(word);
    }
    matches!(between.as_slice(), ["is", "page", ..])
}

/// The words and whole numbers of a text. A number keeps its sign and its decimals, so that neither
/// `-1`, `1.5` nor `1,000` is 1.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token = String::new();
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_next = rest.peek().is_some_and(char::is_ascii_digit);
        let is_inside = match c {
            '-' => before.is_whitespace() && digit_next,
            '.' | ',' => before.is_ascii_digit() && digit_next,
            _ => c.is_alphanumeric(),
        };
        if is_inside {
            token.push(c);
        } else if !token.is_empty() {
            tokens.push(std::mem::take(&mut token));
        }
        before = c;
    }
    if !token.is_empty() {
        tokens.push(token);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_say_it() {
        for (text, expected) in [
            ("starting at page `1`", Some(1)),
            ("starts **at** *0*.", Some(0)),
            ("zero-based", Some(0)),
            ("1-indexed page", Some(1)),
            ("pages 0..n", Some(0)),
            ("defaults to 1", Some(1)),
            ("default: 1", Some(1)),
            ("default is 1.", Some(1)),
            ("the default value is \"**1**.\"", Some(1)),
            ("starts at and defaults to 0", Some(0)),
            ("default page is 0", Some(0)),
            ("the first page is 1", Some(1)),
            ("the first page has the number 0", Some(0)),
            ("page 1 is the first", Some(1)),
            ("the page is 1 if you send none", Some(1)),
            ("counted from one", Some(1)),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_say_nothing() {
        for text in [
            "with 10 things",
            "at 100",
            "from 1.5",
            "from 1,000",
            "from -1",
            "default: 10",
            "at 1 item a page",
            "from 0, or from 1",
            "page 2 of 1",
            "the first 1",
            "one page",
            "",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
