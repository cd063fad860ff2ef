//! What serde says, in the words of JSON.

/// The most that is quoted of a value, in characters.
const LONGEST: usize = 60;
/// The longest message of a type that has its own.
const LONGEST_MESSAGE: usize = 300;

/// What is wrong with a value, and where, as far as the message says so.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wording {
    /// The keys to it, joined by dots, as `located` writes them.
    pub(super) keys: String,
    /// A field that is not there.
    pub(super) missing: Option<String>,
    pub(super) message: String,
    /// Whether the value is a secret, which must not be shown.
    pub(super) secret: bool,
}

/// The beginnings of messages that serde writes.
const KNOWN: [&str; 4] = [
    "invalid type: ",
    "invalid value: ",
    "invalid length ",
    "missing field `",
];

/// Takes a message of serde_json apart.
pub(super) fn wording(message: &str) -> Wording {
    let message = without_position(message);
    let start = KNOWN.iter().filter_map(|known| message.find(known)).min();
    let (keys, said) = match start {
        Some(start) => (message.get(..start), message.get(start..)),
        None => match message.split_once(": ") {
            Some((keys, said)) if !keys.contains([' ', '`']) => (Some(keys), Some(said)),
            _ => (None, Some(message)),
        },
    };
    let keys = keys.unwrap_or_default().trim_end_matches(": ").to_owned();
    let said = said.unwrap_or_default();
    let missing = said
        .strip_prefix("missing field `")
        .and_then(|said| said.strip_suffix('`'));
    let reworded = match (missing, expected(said)) {
        (Some(_), _) => "missing".to_owned(),
        (None, Some(sentence)) => sentence,
        (None, None) => short(said, LONGEST_MESSAGE),
    };
    Wording {
        keys,
        missing: missing.map(str::to_owned),
        message: reworded,
        secret: said.contains("[redacted]"),
    }
}

/// serde_json puts the position at the end of its messages.
pub(super) fn without_position(message: &str) -> &str {
    let position = |text: &str| {
        let (line, column) = text.split_once(" column ")?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (digits(line) && digits(column)).then_some(())
    };
    match message.rsplit_once(" at line ") {
        Some((before, after)) if position(after).is_some() => before,
        _ => message,
    }
}

/// `invalid type: integer `7`, expected a string` as `expected a string, found 7`.
fn expected(said: &str) -> Option<String> {
    let of = said
        .strip_prefix("invalid type: ")
        .or_else(|| said.strip_prefix("invalid value: "))?;
    let (found, expected) = of.rsplit_once(", expected ")?;
    let expected = match expected {
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "an integer",
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => "an integer that is not negative",
        "f32" | "f64" => "a number",
        "a sequence" => "an array",
        "a map" => "an object",
        expected => expected,
    };
    Some(format!("expected {expected}, found {}", self::found(found)))
}

fn found(found: &str) -> String {
    let ticked = |kind| found.strip_prefix(kind)?.strip_suffix('`');
    let quoted = found.strip_prefix("string ");
    match found {
        "map" => "an object".to_owned(),
        "sequence" => "an array".to_owned(),
        "unit value" => "null".to_owned(),
        _ => quoted
            .or_else(|| ticked("integer `"))
            .or_else(|| ticked("floating point `"))
            .or_else(|| ticked("boolean `"))
            .map_or_else(|| short(found, LONGEST), |value| short(value, LONGEST)),
    }
}

/// A text on one line, and not too long.
pub(super) fn short(text: &str, longest: usize) -> String {
    let line: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(longest + 1)
        .collect();
    match line.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serde_is_put_into_the_words_of_json() {
        for (said, keys, expected) in [
            (
                "a.b: invalid type: integer `7`, expected a string at line 1 column 9",
                "a.b",
                "expected a string, found 7",
            ),
            (
                "invalid type: string \"x, expected y\", expected i64",
                "",
                "expected an integer, found \"x, expected y\"",
            ),
            (
                "a: invalid value: integer `-1`, expected u8",
                "a",
                "expected an integer that is not negative, found -1",
            ),
            (
                "a: invalid type: map, expected a sequence",
                "a",
                "expected an array, found an object",
            ),
            (
                "a: invalid type: null, expected f64",
                "a",
                "expected a number, found null",
            ),
            (
                "a.b: missing field `c d` at line 2 column 1",
                "a.b",
                "missing",
            ),
            ("a: missing", "a", "missing"),
            ("a: no date: 2020-13-01", "a", "no date: 2020-13-01"),
            ("something: else entirely", "something", "else entirely"),
            ("not a path: at all", "", "not a path: at all"),
            ("x at line 1 column y", "", "x at line 1 column y"),
        ] {
            let wording = wording(said);
            assert_eq!(
                (wording.keys.as_str(), wording.message.as_str()),
                (keys, expected)
            );
        }
        assert_eq!(
            wording("a: missing field `b c`").missing.as_deref(),
            Some("b c")
        );
    }

    #[test]
    fn a_long_value_is_cut() {
        let long = format!(
            "invalid type: string \"{}\", expected i64",
            "é".repeat(5_000)
        );
        let message = wording(&long).message;
        assert!(message.ends_with("é…"), "{message}");
        assert_eq!(message.chars().filter(|c| *c == 'é').count(), LONGEST - 1);
        assert_eq!(
            wording(&"x ".repeat(5_000)).message.chars().count(),
            LONGEST_MESSAGE + 1
        );
    }

    #[test]
    fn a_secret_is_known_by_its_own_error() {
        let secret = crate::Secret::<i64>::default();
        let said = serde_json::from_str::<crate::Secret<i64>>("\"x\"")
            .unwrap_err()
            .to_string();
        assert!(wording(&said).secret, "{said} {secret:?}");
        assert!(!wording("a: missing").secret);
    }
}
