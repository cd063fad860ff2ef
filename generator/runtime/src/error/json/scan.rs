//! Finding what stands at a position of a JSON text, without reading it again into anything.
//!
//! Models are read straight from the text, and nothing keeps track of where that is: it would be
//! compiled for each of them. When one does not fit, the position that serde_json gives is enough
//! to find the way to it.

use std::ops::Range;

/// One step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// A value of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) path: Vec<Step>,
    /// Its bytes; they go to the end of the text where its own end was not looked for.
    pub(crate) value: Range<usize>,
    /// Where the array or object that it is in begins.
    pub(crate) parent: Option<usize>,
}

/// An array or object that is open.
struct Open {
    start: usize,
    object: bool,
    /// In an object: the last key, with its quotes.
    key: Option<Range<usize>>,
    /// In an object: whether a key comes next.
    at_key: bool,
    index: usize,
}

/// The innermost value whose bytes go up to a position, or, with `begins`, the array or object that
/// begins there. In a text that ends too early it is the value that is not there.
pub(crate) fn locate(text: &[u8], at: usize, begins: bool) -> Place {
    let begins = begins && matches!(text.get(at), Some(b'{' | b'['));
    let before = text.get(..at).unwrap_or(text).trim_ascii_end();
    // After an item that does not fit, the comma is read as well.
    let item = before.strip_suffix(b",").unwrap_or(before).trim_ascii_end();
    let until = if at < text.len() {
        item.len()
    } else {
        before.len()
    };
    let mut open: Vec<Open> = Vec::new();
    let mut position = 0;
    while let Some(byte) = text.get(position) {
        if position > at {
            break;
        }
        match byte {
            b'{' | b'[' => {
                if begins && position == at {
                    return place(text, &open, position..text.len());
                }
                open.push(Open {
                    start: position,
                    object: *byte == b'{',
                    key: None,
                    at_key: *byte == b'{',
                    index: 0,
                });
                position += 1;
            }
            b'}' | b']' => {
                let closed = open.pop();
                position += 1;
                if let Some(closed) = closed
                    && position == until
                {
                    return place(text, &open, closed.start..position);
                }
            }
            b',' => {
                if let Some(open) = open.last_mut() {
                    open.index += 1;
                    open.at_key = open.object;
                }
                position += 1;
            }
            b':' | b' ' | b'\n' | b'\r' | b'\t' => position += 1,
            _ => {
                let end = end_of_scalar(text, position);
                if let Some(object) = open.last_mut().filter(|open| open.at_key) {
                    // A key that is cut is none.
                    if end > position + 1 && text.get(end - 1) == Some(&b'"') {
                        object.key = Some(position..end);
                        object.at_key = false;
                    }
                } else if position < until && until <= end {
                    return place(text, &open, position..end);
                }
                position = end;
            }
        }
    }
    unfinished(text, &mut open)
}

/// The value that is missing at the end, or the container that is not closed.
fn unfinished(text: &[u8], open: &mut Vec<Open>) -> Place {
    let expecting = open
        .last()
        .is_some_and(|open| open.object && open.key.is_some() && !open.at_key);
    if expecting {
        return place(text, open, text.len()..text.len());
    }
    match open.pop() {
        Some(container) => place(text, open, container.start..text.len()),
        None => place(text, open, 0..text.len()),
    }
}

fn place(text: &[u8], open: &[Open], value: Range<usize>) -> Place {
    let step = |open: &Open| match &open.key {
        Some(key) if open.object => Step::Key(key_text(text, key.clone())),
        _ => Step::Index(open.index),
    };
    Place {
        path: open.iter().map(step).collect(),
        value,
        parent: open.last().map(|open| open.start),
    }
}

pub(super) fn key_text(text: &[u8], key: Range<usize>) -> String {
    let bytes = text.get(key).unwrap_or_default();
    serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}

/// Where a string, a number or a word ends.
pub(super) fn end_of_scalar(text: &[u8], start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let length = match rest {
        [b'"', inside @ ..] => {
            let mut escaped = false;
            let quote = inside.iter().position(|byte| {
                let ends = *byte == b'"' && !escaped;
                escaped = *byte == b'\\' && !escaped;
                ends
            });
            quote.map(|quote| quote + 2)
        }
        _ => rest
            .iter()
            .position(|byte| b",:{}[]\" \n\r\t".contains(byte))
            .map(|end| end.max(1)),
    };
    length.map_or(text.len(), |length| start + length)
}

/// Where a value ends, whatever is in it.
pub(super) fn end_of_value(text: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut position = start;
    while let Some(byte) = text.get(position) {
        match byte {
            b'{' | b'[' => {
                depth += 1;
                position += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                position += 1;
            }
            b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => position += 1,
            _ => position = end_of_scalar(text, position),
        }
        if depth == 0 {
            return position;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path and the bytes of the value at the mark `^`, which is no part of the text.
    fn at(marked: &str) -> (String, String) {
        let at = marked.find('^').unwrap();
        let text = marked.replacen('^', "", 1);
        let place = locate(text.as_bytes(), at, true);
        let path = place.path.iter().map(|step| match step {
            Step::Key(key) => format!(".{key}"),
            Step::Index(index) => format!("[{index}]"),
        });
        (path.collect(), text[place.value].to_owned())
    }

    fn found(path: &str, value: &str) -> (String, String) {
        (path.to_owned(), value.to_owned())
    }

    #[test]
    fn a_scalar_that_was_read_is_found_by_its_end() {
        assert_eq!(at(r#"{"a":[1,{"b c":"x"^}]}"#), found(".a[1].b c", "\"x\""));
        assert_eq!(at(r#"{"a":[1,22^,3]}"#), found(".a[1]", "22"));
        assert_eq!(at(r#"{"a":"\",\\" ^ , "b":1}"#), found(".a", r#""\",\\""#));
        assert_eq!(at("7^"), found("", "7"));
        assert_eq!(at(r#"{"\u0061":true^}"#), found(".a", "true"));
    }

    #[test]
    fn a_container_is_found_by_its_beginning_and_by_its_end() {
        assert_eq!(at(r#"{"a": ^[1],"b":2}"#).0, ".a");
        assert_eq!(at(r#"[[],[{}^]]"#), found("[1][0]", "{}"));
        assert_eq!(
            at(r#"{"a":[{"b":1}^,{"b":2}]}"#),
            found(".a[0]", r#"{"b":1}"#)
        );
        assert_eq!(at(r#"{"a":1}^"#), found("", r#"{"a":1}"#));
        assert_eq!(at(r#"[{"b":1} , ^7]"#), found("[0]", r#"{"b":1}"#));
    }

    #[test]
    fn a_text_that_ends_too_early_ends_in_a_value() {
        assert_eq!(at(r#"{"a":[{"b":1},{"b":"hal^"#).0, ".a[1].b");
        assert_eq!(at(r#"{"a":[{"b":1},{"b":^"#).0, ".a[1].b");
        assert_eq!(at(r#"{"a":[{"b":1},{"b^"#).0, ".a[1]");
        assert_eq!(at(r#"{"a":[1,^"#).0, ".a");
        assert_eq!(at("^").0, "");
    }

    #[test]
    fn what_is_no_json_is_left_in_peace() {
        for text in ["]]}},,", "{{{:", "\u{0}\u{1}", "\"\\", ",,,[", "<html>"] {
            for at in 0..text.len() + 3 {
                locate(text.as_bytes(), at, true);
                end_of_value(text.as_bytes(), at);
            }
        }
        let deep = "[".repeat(100_000);
        assert_eq!(
            locate(deep.as_bytes(), deep.len(), false).path.len(),
            99_999
        );
    }

    #[test]
    fn a_value_ends_where_it_ends() {
        for (text, end) in [
            (r#"{"a":"}"},1"#, 9),
            ("[1,[2]],", 7),
            ("12,", 2),
            ("\"a", 2),
        ] {
            assert_eq!(end_of_value(text.as_bytes(), 0), end, "{text}");
        }
    }
}
