//! Writing an object, one field after the other. Called by [`object!`](crate::object).

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Rest;

/// An object that is being written. The first error is kept until [`Object::end`], so that the
/// generated code needs no `?` for each field.
pub struct Object<S: Serializer> {
    state: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> fmt::Debug for Object<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object").finish_non_exhaustive()
    }
}

impl<S: Serializer> Object<S> {
    /// Opens the object.
    pub fn new(serializer: S) -> Self {
        Self {
            state: serializer.serialize_map(None),
        }
    }

    /// Writes an `optional` field; `None` is not written.
    pub fn optional<T: Serialize>(&mut self, key: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.entry(key, value);
        }
    }

    /// Writes a `required` field; a `None` in it is written as null.
    pub fn required<T: Serialize>(&mut self, key: &str, value: &T) {
        self.entry(key, value);
    }

    /// Writes a `nullable` field; `None` is not written, `Some(None)` is written as null.
    pub fn nullable<T: Serialize>(&mut self, key: &str, value: &Option<Option<T>>) {
        self.optional(key, value);
    }

    /// Writes what no field has a place for.
    pub fn rest<R: Rest>(&mut self, rest: &R)
    where
        R::Value: Serialize,
    {
        for (key, value) in rest.entries() {
            self.entry(key, value);
        }
    }

    /// Closes the object.
    ///
    /// # Errors
    /// The first error that was met.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.state?.end()
    }

    fn entry<T: Serialize>(&mut self, key: &str, value: &T) {
        if let Ok(map) = &mut self.state
            && let Err(error) = map.serialize_entry(key, value)
        {
            self.state = Err(error);
        }
    }
}
