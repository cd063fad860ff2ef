//! Why a JSON body cannot be read: where it is, what stands there, and what was expected.

mod excerpt;
mod scan;
mod wording;

use scan::{Place, Step, locate};
use serde::de::IgnoredAny;
use serde_json::error::Category;
use wording::{Wording, short, without_position, wording};

/// As deep as serde_json reads; deeper it gives up rather than overflow the stack.
const DEEPEST: usize = 128;
/// The longest key that is shown in a path, in characters.
const LONGEST_KEY: usize = 60;
/// The longest path that is shown whole, in steps.
const LONGEST_PATH: usize = 24;

/// What is wrong with a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It ends too early.
    Cut { path: String },
    /// It is no JSON.
    Syntax(Found),
    /// It is nested deeper than is read.
    Deep(Found),
    /// It is JSON, and a value does not fit.
    Data(Found),
}

/// What is wrong with a value, and where that is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
    pub(crate) excerpt: Option<String>,
}

/// Explains why a text could not be read as some type. `error` is what serde_json said.
pub(crate) fn explain(text: &[u8], error: &serde_json::Error) -> Problem {
    // The error may have been wrapped on its way, so that its kind is lost.
    let broken = serde_json::from_slice::<IgnoredAny>(text).err();
    match broken {
        Some(broken) if broken.classify() == Category::Eof => Problem::Cut {
            path: render(&locate(text, text.len(), false).path),
        },
        Some(broken) => syntax(text, &broken),
        None => data(text, error),
    }
}

fn syntax(text: &[u8], error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    let at = offset(text, line, column);
    let said = error.to_string();
    // The position is the byte itself or the one after it; what is wrong is the byte.
    let byte = at.checked_sub(1).and_then(|at| text.get(at)).copied();
    let found = match byte {
        Some(byte) if byte.is_ascii_graphic() => format!(", found `{}`", char::from(byte)),
        _ => String::new(),
    };
    let good = text.get(..at.saturating_sub(1)).unwrap_or(text);
    Problem::Syntax(Found {
        path: render(&locate(good, good.len(), false).path),
        line,
        column,
        message: format!("{}{found}", without_position(&said)),
        excerpt: None,
    })
}

fn data(text: &[u8], error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    let at = offset(text, line, column);
    let said = wording(&error.to_string());
    // serde_json stands before an array or object that it did not expect, and behind all else.
    let unexpected = match text.get(at) {
        Some(b'{') => said.message.ends_with("found an object"),
        _ => said.message.ends_with("found an array"),
    };
    let place = locate(text, at, unexpected);
    if said.message.contains("recursion limit exceeded") {
        return Problem::Deep(Found {
            path: render(&place.path),
            line,
            column,
            message: format!("nested deeper than {DEEPEST} levels"),
            excerpt: None,
        });
    }
    Problem::Data(Found {
        path: path(&place, &said),
        line,
        column,
        excerpt: Some(excerpt::excerpt(text, &place, said.secret)),
        message: said.message,
    })
}

/// The way to the value: what was found at the position, and the keys of the message where it goes
/// further, as inside a union, which is read in two steps.
fn path(place: &Place, said: &Wording) -> String {
    let keys: Vec<&str> = place.path.iter().filter_map(Step::key).collect();
    let found = keys.join(".");
    let further = match said.keys.strip_prefix(&found) {
        Some(rest) if found.is_empty() => Some(rest),
        Some("") => Some(""),
        Some(rest) => rest.strip_prefix('.'),
        // What knows no keys, as a map, gives none to its errors.
        None if found.starts_with(&said.keys) => Some(""),
        None => None,
    };
    let mut path = match further {
        Some(rest) => join(render(&place.path), rest),
        None => said.keys.clone(),
    };
    if let Some(missing) = &said.missing {
        path = join(path, &plain_or_quoted(missing));
    }
    path
}

fn join(path: String, rest: &str) -> String {
    if path.is_empty() || rest.is_empty() || rest.starts_with('[') {
        return path + rest;
    }
    format!("{path}.{rest}")
}

impl Step {
    fn key(&self) -> Option<&str> {
        match self {
            Self::Key(key) => Some(key),
            Self::Index(_) => None,
        }
    }
}

/// `data.people[3].emails`; a key that is no word is quoted: `data["my key"]`.
fn render(path: &[Step]) -> String {
    let step = |text: String, step: &Step| match step {
        Step::Key(key) => join(text, &plain_or_quoted(key)),
        Step::Index(index) => format!("{text}[{index}]"),
    };
    if path.len() <= LONGEST_PATH {
        return path.iter().fold(String::new(), step);
    }
    let half = LONGEST_PATH / 2;
    let begin = path.iter().take(half).fold(String::new(), step);
    let end = path
        .iter()
        .skip(path.len() - half)
        .fold(String::new(), step);
    join(format!("{begin}…"), &end)
}

fn plain_or_quoted(key: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-');
    if !key.is_empty() && key.chars().all(plain) {
        short(key, LONGEST_KEY)
    } else {
        format!("[\"{}\"]", short(key, LONGEST_KEY).escape_debug())
    }
}

/// Where a line and a column, both from 1 and in bytes, are in a text.
fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        let rest = text.get(start..).unwrap_or_default();
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
            break;
        };
        start += end + 1;
    }
    (start + column).min(text.len())
}

#[cfg(test)]
mod tests;
