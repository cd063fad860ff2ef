//! What a text that cannot be read was expected to be, and what usually causes that.
//!
//! The YAML reader's messages are those of its own state ("while parsing a block mapping"), which says
//! little to who wrote the file. They are said again in words of the format, and both readers get a
//! hint at the usual cause, as far as the lines around the place show it.

use super::event::SyntaxError;

/// The error of a JSON text, with a hint where one of the usual causes is seen.
pub(super) fn json(text: &str, error: SyntaxError) -> SyntaxError {
    let around = Around::new(text, &error);
    let hint = match around.here {
        Some('}' | ']') if around.before.ends_with(',') => {
            "remove the comma before it: JSON has none after the last entry"
        }
        Some('\'') => "JSON has texts in double quotes",
        Some('/' | '#') => "JSON has no comments: remove them, or write the document as YAML",
        Some('"') if error.message.starts_with("expected `,`") => {
            "a comma is missing before it, or a quote in the text before it lacks its `\\`"
        }
        Some('N' | 'I' | 'T' | 'F' | 'u') if error.message.starts_with("expected a value") => {
            "JSON has `true`, `false`, `null` and numbers in digits; all else stands in double quotes"
        }
        None if error.message.ends_with("the text ends here") => {
            "the file may be cut off, or a `{` or `[` is not closed"
        }
        _ if error.message.ends_with("is not closed") => {
            "the closing quote is missing, or the file is cut off"
        }
        _ => return error,
    };
    error.hint(hint)
}

/// The error of a YAML text in plain words, with a hint.
pub(super) fn yaml(text: &str, error: SyntaxError) -> SyntaxError {
    let around = Around::new(text, &error);
    let quote = "write a quote twice in '..' and as \\\" in \"..\"; or see whether the quote before is \
                 the wrong one";
    let (message, hint) = match error.message.as_str() {
        "tabs disallowed within this context (block indentation)"
        | "tabs disallowed in this context"
        | "while scanning a plain scalar, found a tab" => (
            "expected spaces, found a tab",
            "YAML is indented with spaces: replace the tabs",
        ),
        "mapping values are not allowed in this context" if around.has_colon() => (
            "expected the end of the value, found a second `:` in the line",
            "put quotes around a text with a colon and a space in it",
        ),
        "mapping values are not allowed in this context" => (
            "expected no `:` here: the line goes on with the value of the one before",
            "see whether the line before lacks its `:`, and whether this one is indented too far",
        ),
        "invalid trailing content after double-quoted scalar" => (
            "expected the end of the value after its closing quote",
            quote,
        ),
        "invalid indentation in quoted scalar"
        | "while scanning a quoted scalar, found unexpected end of stream"
        | "while scanning a quoted scalar, found unexpected document indicator" => (
            "expected the closing quote of the text that begins here",
            "the quote is not closed, or a line of the text is not indented",
        ),
        "while parsing a block mapping, did not find expected key" => (
            "expected a key of the mapping, in the column of its other keys",
            "see whether this line and the one before it are indented as they are meant",
        ),
        "while parsing a block collection, did not find expected '-' indicator" => (
            "expected `-` and an item of the list, in the column of its other items",
            "see whether this line and the one before it are indented as they are meant",
        ),
        "block sequence entries are not allowed in this context" => (
            "expected no item of a list here",
            "begin the list on a line of its own, under the key that it belongs to",
        ),
        "while parsing a flow mapping, did not find expected ',' or '}'" => (
            "expected `,` or `}`",
            "a `{` before it is not closed, or a text with a comma or brace in it lacks its quotes",
        ),
        "while parsing a flow sequence, expected ',' or ']'" => (
            "expected `,` or `]`",
            "a `[` before it is not closed, or a text with a comma or bracket in it lacks its quotes",
        ),
        "invalid indentation in flow construct" | "invalid indentation" => (
            "expected the line to be indented further",
            "a `{`, `[` or quote before it is not closed, or the line belongs further to the right",
        ),
        "simple key expected" | "simple key expect ':'" => (
            "expected `:` after the key",
            "a key and its `:` stand on one line",
        ),
        "while parsing node, found unknown anchor" => (
            "expected an anchor of this name (`&name`) before its alias",
            "put quotes around a text that begins with `*`",
        ),
        "while scanning a block scalar, did not find expected comment or line break" => (
            "expected the end of the line after `|` or `>`",
            "the text begins on the next line, or stands in quotes",
        ),
        "while parsing a quoted scalar, found unknown escape character" => (
            "expected an escape that YAML has after `\\`",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        message if message.starts_with("unexpected character") => {
            return error.hint("put quotes around a text that begins with such a character");
        }
        _ => return error,
    };
    SyntaxError::new(error.position, message).hint(hint)
}

/// What stands around the place of an error.
struct Around<'t> {
    /// The text before it, without the white space at its end.
    before: &'t str,
    /// The line before it.
    line: &'t str,
    here: Option<char>,
}

impl<'t> Around<'t> {
    fn new(text: &'t str, error: &SyntaxError) -> Self {
        let mut start = 0;
        let number = error.position.line.saturating_sub(1);
        for line in text.split_inclusive('\n').take(number) {
            start += line.len();
        }
        let rest = text.get(start..).unwrap_or_default();
        let column = error.position.column.saturating_sub(1);
        let length = rest
            .char_indices()
            .nth(column)
            .map_or(rest.len(), |(at, _)| at);
        let (line, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        Self {
            before: text.get(..start + length).unwrap_or_default().trim_end(),
            line,
            here: behind.chars().next(),
        }
    }

    /// Whether a key stands in the line already.
    fn has_colon(&self) -> bool {
        self.line.contains(": ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::event::Reader;
    use super::super::json::JsonReader;
    use super::super::yaml::YamlReader;
    use super::*;

    fn first<'t>(reader: &mut dyn Reader<'t>) -> SyntaxError {
        loop {
            match reader.next() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("the text is right"),
                Err(error) => return error,
            }
        }
    }

    #[track_caller]
    fn check(error: &SyntaxError, message: &str, hint: &str, place: (usize, usize)) {
        let at = (error.position.line, error.position.column);
        assert!(error.message.contains(message), "{error:?}");
        assert!(error.hint.unwrap_or_default().contains(hint), "{error:?}");
        assert_eq!(at, place, "{error:?}");
    }

    #[test]
    fn the_usual_faults_of_yaml_are_named_with_their_cause() {
        for (text, message, hint, place) in [
            ("a:\n\tb: 1\n", "found a tab", "spaces", (2, 2)),
            ("a: b: c\n", "second `:`", "put quotes around", (1, 5)),
            ("a:\n  b\n  c: 1\n", "no `:` here", "lacks its `:`", (3, 4)),
            ("a: 'It's'\n", "closing quote", "twice", (1, 8)),
            ("a: \"b\nc: 1\n", "closing quote", "not closed", (1, 4)),
            ("a:\n  b: 1\n c: 1\n", "expected a key", "indented", (3, 2)),
            ("a: @b\n", "unexpected character", "quotes", (1, 4)),
            ("a: *b\n", "anchor", "begins with `*`", (1, 4)),
            ("a: - b\n", "no item of a list", "line of its own", (1, 4)),
            ("a: [b, {c: 1]\n", "`,` or `}`", "not closed", (1, 13)),
        ] {
            let error = yaml(text, first(&mut YamlReader::new(text)));
            check(&error, message, hint, place);
        }
    }

    #[test]
    fn the_usual_faults_of_json_are_named_with_their_cause() {
        for (text, message, hint, place) in [
            (r#"{"a": 1,}"#, "found `}`", "remove the comma", (1, 9)),
            ("[1,\n]", "found `]`", "remove the comma", (2, 1)),
            (
                r#"{"a": 1 "b": 2}"#,
                "found `\"`",
                "a comma is missing",
                (1, 9),
            ),
            ("{'a': 1}", "found `'`", "double quotes", (1, 2)),
            ("{\n// a\n}", "found `/`", "no comments", (2, 1)),
            (r#"{"a": NaN}"#, "expected a value", "digits", (1, 7)),
            (r#"{"a": 1"#, "the text ends here", "cut off", (1, 8)),
            (r#"{"a": "b"#, "is not closed", "closing quote", (1, 7)),
        ] {
            let error = json(text, first(&mut JsonReader::new(text)));
            check(&error, message, hint, place);
        }
    }

    #[test]
    fn what_has_no_usual_cause_stays_as_it_is() {
        let text = r#"{"a": 01}"#;
        let error = first(&mut JsonReader::new(text));
        assert_eq!(json(text, error.clone()), error);
    }
}
