//! Files in an object that is being written.
//!
//! Serde hands over data, and a stream is none. While an object becomes the parts of a body, each file
//! in it is set aside, and a mark with its number is written in its place.

use std::cell::RefCell;

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::style::{self, Reason};
use super::Part;

thread_local! {
    /// The files of the object that this thread is writing, if it is.
    static ASIDE: RefCell<Option<Vec<Part>>> = const { RefCell::new(None) };
}

/// The one key of a mark; no document has a control character in a property's name.
const MARK: &str = "\0part";

/// An object as JSON data, with the files that were in it.
pub(super) struct Written {
    pub(super) value: Value,
    files: Vec<Option<Part>>,
}

impl Written {
    /// Writes an object.
    ///
    /// # Errors
    /// When its `Serialize` fails, or a file in it was sent already.
    pub(super) fn new<T: Serialize + ?Sized>(object: &T) -> Result<Self, Reason> {
        let scope = Scope(ASIDE.replace(Some(Vec::new())));
        let value = style::value_of(object);
        let files = ASIDE.take().unwrap_or_default();
        drop(scope);
        Ok(Self {
            value: value?,
            files: files.into_iter().map(Some).collect(),
        })
    }

    /// The file whose mark a value is.
    pub(super) fn file(&mut self, value: &Value) -> Option<Part> {
        let number = value.as_object().filter(|it| it.len() == 1)?.get(MARK)?;
        let number = usize::try_from(number.as_u64()?).ok()?;
        self.files.get_mut(number)?.take()
    }
}

/// Puts back what was there before, also after a panic of somebody's `Serialize`.
struct Scope(Option<Vec<Part>>);

impl Drop for Scope {
    fn drop(&mut self) {
        ASIDE.set(self.0.take());
    }
}

/// Sets a file aside and gives its mark; `None` where no body is being made.
///
/// # Errors
/// When it is a stream that was sent already.
pub(super) fn put(part: &Part) -> Option<Result<Value, String>> {
    ASIDE.with_borrow_mut(|files| {
        let files = files.as_mut()?;
        let mark = part.moved().map(|part| {
            let number = Value::from(files.len());
            files.push(part);
            Value::Object(Map::from_iter([(MARK.to_owned(), number)]))
        });
        Some(mark)
    })
}

/// Whether there is a file in a value.
pub(super) fn has_file(value: &Value) -> bool {
    match value {
        Value::Object(object) => is_file(value) || object.values().any(has_file),
        Value::Array(items) => items.iter().any(has_file),
        _ => false,
    }
}

/// Whether a value is the mark of a file.
pub(super) fn is_file(value: &Value) -> bool {
    value.as_object().is_some_and(|it| it.contains_key(MARK))
}
