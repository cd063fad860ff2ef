//! Reading an object, one field after the other. Called by [`object!`](crate::object).

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::Rest;

/// A model that is a JSON object. [`object!`](crate::object) implements it.
pub trait Object: Sized {
    /// Reads the fields in whatever order they come.
    ///
    /// # Errors
    /// When a required field is missing or a value does not fit.
    fn read<'de, A: MapAccess<'de>>(fields: &mut Fields<'de, A>) -> Result<Self, A::Error>;
}

/// Reads an [`Object`] from any deserializer.
///
/// # Errors
/// When the input is no object, and as [`Object::read`].
pub fn object<'de, D: Deserializer<'de>, T: Object>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// One visitor for every model: a visitor of its own for each is what makes derives expensive.
struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(&mut Fields {
            map,
            key: Cow::Borrowed(""),
            error: None,
        })
    }
}

/// The fields of an object that is being read.
///
/// The first error is kept and ends the loop over the keys, so that the generated code needs no
/// `?` for each field.
#[derive(Debug)]
pub struct Fields<'de, A: MapAccess<'de>> {
    map: A,
    key: Cow<'de, str>,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> Fields<'de, A> {
    /// The next key; `None` at the end and after an error.
    pub fn key(&mut self) -> Option<&str> {
        if self.error.is_some() {
            return None;
        }
        match self.map.next_key::<Key<'de>>() {
            Ok(Some(Key(key))) => {
                self.key = key;
                Some(&self.key)
            }
            Ok(None) => None,
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    /// Reads the value of an `optional` field.
    pub fn optional<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) {
        if let Some(value) = self.value() {
            *slot = value;
        }
    }

    /// Reads the value of a `required` field.
    pub fn required<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) {
        if let Some(value) = self.value() {
            *slot = Some(value);
        }
    }

    /// Reads the value of a `nullable` field.
    pub fn nullable<T: Deserialize<'de>>(&mut self, slot: &mut Option<Option<T>>) {
        if let Some(value) = self.value() {
            *slot = Some(value);
        }
    }

    /// Keeps a value whose key no field has.
    pub fn rest<R: Rest>(&mut self, rest: &mut R)
    where
        R::Value: Deserialize<'de>,
    {
        if let Some(value) = self.value() {
            rest.put(std::mem::take(&mut self.key).into_owned(), value);
        }
    }

    /// Skips a value whose key no field has.
    pub fn skip(&mut self) {
        self.value::<IgnoredAny>();
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// The first error that was met.
    pub fn end(&mut self) -> Result<(), A::Error> {
        self.error.take().map_or(Ok(()), Err)
    }

    fn value<T: Deserialize<'de>>(&mut self) -> Option<T> {
        match self.map.next_value() {
            Ok(value) => Some(value),
            Err(error) => {
                self.error = Some(located(&self.key, &error));
                None
            }
        }
    }
}

/// Puts the key in front of an error's path: `lat: invalid type: ..` in `address` becomes
/// `address.lat: invalid type: ..`.
///
/// An error has no other place to carry a path in. What serde and the leaf types write before
/// their first colon has spaces in it, which tells it from a path.
pub(crate) fn located<E: Error>(key: &str, error: &impl fmt::Display) -> E {
    let message = error.to_string();
    let nested = message
        .split_once(": ")
        .is_some_and(|(path, _)| !path.contains([' ', '`']));
    let separator = if nested { "." } else { ": " };
    E::custom(format_args!("{key}{separator}{message}"))
}

/// Turns the slot of a field into its value. One function for each word of `object!`.
pub mod take {
    use super::{Deserialize, Error, Missing, PhantomData};

    /// An absent field is `None`.
    ///
    /// # Errors
    /// Never.
    pub fn optional<T, E>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }

    /// An absent field is an error, unless its type is an `Option`.
    ///
    /// # Errors
    /// ``missing field `key` ``.
    pub fn required<'de, T: Deserialize<'de>, E: Error>(
        slot: Option<T>,
        key: &'static str,
    ) -> Result<T, E> {
        slot.map_or_else(|| T::deserialize(Missing(key, PhantomData)), Ok)
    }

    /// An absent field is `None`, null is `Some(None)`.
    ///
    /// # Errors
    /// Never.
    pub fn nullable<T, E>(
        slot: Option<Option<T>>,
        _: &'static str,
    ) -> Result<Option<Option<T>>, E> {
        Ok(slot)
    }
}

/// What an absent field is read from: nothing but an `Option` can be.
struct Missing<E>(&'static str, PhantomData<E>);

impl<'de, E: Error> Deserializer<'de> for Missing<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.0))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A key, borrowed from the input where it has no escapes.
pub(crate) struct Key<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }

    fn visit_string<E: Error>(self, key: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key)))
    }
}
