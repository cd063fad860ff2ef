//! JSON as events (RFC 8259).
//!
//! Own code rather than `serde_json`'s reader, because the same events serve values, duplicate keys
//! and positions, and because one number out of range or one lone surrogate must not cost the
//! document. It keeps its own stack, so depth is bounded only by who listens.

use super::event::{Event, Reader, SyntaxError};
use super::json_string;
use crate::diag::Position;
use std::borrow::Cow;

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Value,
    FirstItem,
    FirstKey,
    AfterKey,
    AfterValue,
    Done,
}

/// Reads a JSON text.
pub(super) struct JsonReader<'t> {
    text: &'t str,
    offset: usize,
    /// Where the last event began.
    start: usize,
    state: State,
    /// The open containers; true for a mapping.
    open: Vec<bool>,
    cursor: Cursor,
}

/// A byte offset and the position that belongs to it. It moves forward with the reader, so that
/// positions cost one pass over the text in all.
#[derive(Debug, Clone, Copy)]
struct Cursor {
    offset: usize,
    position: Position,
}

impl<'t> JsonReader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            offset: 0,
            start: 0,
            state: State::Value,
            open: Vec::new(),
            cursor: Cursor {
                offset: 0,
                position: Position { line: 1, column: 1 },
            },
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    fn skip_whitespace(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.offset += 1;
        }
    }

    fn error<T>(&mut self, message: impl Into<String>) -> Result<T, SyntaxError> {
        self.start = self.offset;
        Err(SyntaxError::new(self.position(), message))
    }

    /// Says what stands here instead of what was expected.
    fn unexpected<T>(&mut self, expected: &str) -> Result<T, SyntaxError> {
        let rest = self.text.get(self.offset..).unwrap_or_default();
        let message = match rest.chars().next() {
            // A quote needs no escape between backticks.
            Some(found @ ('"' | '\'')) => format!("expected {expected}, found `{found}`"),
            Some(found) => format!("expected {expected}, found `{}`", found.escape_default()),
            None => format!("expected {expected}, but the text ends here"),
        };
        self.error(message)
    }

    fn begin(&mut self, mapping: bool) -> Event<'t> {
        self.offset += 1;
        self.open.push(mapping);
        if mapping {
            self.state = State::FirstKey;
            Event::MappingStart { anchor: None }
        } else {
            self.state = State::FirstItem;
            Event::SequenceStart { anchor: None }
        }
    }

    fn end(&mut self) -> Event<'t> {
        self.offset += 1;
        self.open.pop();
        self.after_value();
        Event::End
    }

    fn after_value(&mut self) {
        self.state = if self.open.is_empty() {
            State::Done
        } else {
            State::AfterValue
        };
    }

    fn value(&mut self) -> Result<Event<'t>, SyntaxError> {
        match self.peek() {
            Some(b'{') => Ok(self.begin(true)),
            Some(b'[') => Ok(self.begin(false)),
            Some(b'"') => {
                let event = self.string()?;
                self.after_value();
                Ok(event)
            }
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z') => self.word(),
            _ => self.unexpected("a value"),
        }
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Result<Event<'t>, SyntaxError> {
        let rest = self.text.get(self.offset..).unwrap_or_default();
        let length = rest
            .bytes()
            .position(
                |b| !matches!(b, b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'+' | b'-'),
            )
            .unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        if !matches!(word, "true" | "false" | "null") && !is_number(word) {
            let shown: String = word.chars().take(40).collect();
            return self.error(format!("`{shown}` is not a JSON value"));
        }
        self.offset += length;
        self.after_value();
        Ok(Event::Scalar {
            text: Cow::Borrowed(word),
            plain: true,
            anchor: None,
        })
    }

    fn string(&mut self) -> Result<Event<'t>, SyntaxError> {
        let rest = self.text.get(self.offset..).unwrap_or_default();
        match json_string::read(rest) {
            Ok((text, length)) => {
                self.offset += length;
                Ok(Event::Scalar {
                    text,
                    plain: false,
                    anchor: None,
                })
            }
            Err(error) => {
                self.offset += error.offset;
                self.error(error.message)
            }
        }
    }

    fn key(&mut self) -> Result<Event<'t>, SyntaxError> {
        if self.peek() != Some(b'"') {
            return self.unexpected("a key in double quotes");
        }
        let event = self.string()?;
        self.state = State::AfterKey;
        Ok(event)
    }

    /// After a comma.
    fn next_entry(&mut self) -> Result<Event<'t>, SyntaxError> {
        self.offset += 1;
        self.skip_whitespace();
        self.start = self.offset;
        if self.open.last() == Some(&true) {
            self.key()
        } else {
            self.value()
        }
    }

    fn after_entry(&mut self) -> Result<Event<'t>, SyntaxError> {
        let mapping = self.open.last() == Some(&true);
        match self.peek() {
            Some(b',') => self.next_entry(),
            Some(b'}') if mapping => Ok(self.end()),
            Some(b']') if !mapping => Ok(self.end()),
            _ if mapping => self.unexpected("`,` or `}`"),
            _ => self.unexpected("`,` or `]`"),
        }
    }

    fn after_key(&mut self) -> Result<Event<'t>, SyntaxError> {
        if self.peek() != Some(b':') {
            return self.unexpected("`:`");
        }
        self.offset += 1;
        self.skip_whitespace();
        self.start = self.offset;
        self.value()
    }
}

impl<'t> Reader<'t> for JsonReader<'t> {
    fn next(&mut self) -> Result<Option<Event<'t>>, SyntaxError> {
        self.skip_whitespace();
        self.start = self.offset;
        let event = match (self.state, self.peek()) {
            (State::Done, None) => return Ok(None),
            (State::Done, Some(_)) => self.unexpected("the end of the text"),
            (State::FirstItem, Some(b']')) | (State::FirstKey, Some(b'}')) => Ok(self.end()),
            (State::FirstKey, _) => self.key(),
            (State::AfterKey, _) => self.after_key(),
            (State::AfterValue, _) => self.after_entry(),
            (State::Value | State::FirstItem, _) => self.value(),
        };
        event.map(Some)
    }

    fn position(&mut self) -> Position {
        let passed = self
            .text
            .as_bytes()
            .get(self.cursor.offset..self.start)
            .unwrap_or_default();
        for byte in passed {
            if *byte == b'\n' {
                self.cursor.position.line += 1;
                self.cursor.position.column = 1;
            } else if byte & 0xC0 != 0x80 {
                // Every byte but the continuations of UTF-8 begins a code point.
                self.cursor.position.column += 1;
            }
        }
        self.cursor.offset = self.start;
        self.cursor.position
    }
}

/// Whether a word is a number as RFC 8259, section 6 writes them.
fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}
