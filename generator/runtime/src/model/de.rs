//! Reading an object, one field after the other. Called by [`object!`](crate::object).

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::Rest;

/// The longest message that is given on whole, in bytes.
const LONGEST_MESSAGE: usize = 2_000;

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
        let mut fields = Fields {
            map,
            key: None,
            moved: false,
            error: None,
        };
        fields.advance();
        T::read(&mut fields)
    }
}

/// The fields of an object that is being read.
///
/// The generated code asks for each field in turn, again and again until all keys are read. A
/// field whose key is the current one takes its value and moves on to the next key, so that an
/// object whose keys come in the order of the fields is read in one pass. The first error is kept
/// and ends it. Both make the generated code a line without a branch for each field, which costs
/// a third of what a `match` with a `?` in every arm costs to compile.
#[derive(Debug)]
pub struct Fields<'de, A: MapAccess<'de>> {
    map: A,
    /// The current key, whose value was not read yet; `None` at the end.
    key: Option<Cow<'de, str>>,
    /// Whether the key changed during this pass over the fields.
    moved: bool,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> Fields<'de, A> {
    /// Begins a pass over the fields; `false` when there are no more keys. A key that no field
    /// took in a whole pass is skipped.
    pub fn more(&mut self) -> bool {
        if !self.moved {
            self.value::<IgnoredAny>();
        }
        self.moved = false;
        self.key.is_some()
    }

    /// Reads an `optional` field, if the current key is its.
    pub fn optional<T: Deserialize<'de>>(&mut self, key: &str, slot: &mut Option<T>) {
        if self.is_at(key)
            && let Some(value) = self.value()
        {
            *slot = value;
        }
    }

    /// Reads a `required` field, if the current key is its.
    pub fn required<T: Deserialize<'de>>(&mut self, key: &str, slot: &mut Option<T>) {
        if self.is_at(key) {
            *slot = self.value();
        }
    }

    /// Reads a `nullable` field, if the current key is its.
    pub fn nullable<T: Deserialize<'de>>(&mut self, key: &str, slot: &mut Option<Option<T>>) {
        if self.is_at(key) {
            *slot = self.value();
        }
    }

    /// After all fields: keeps a value whose key none of them took.
    pub fn rest<R: Rest>(&mut self, rest: &mut R)
    where
        R::Value: Deserialize<'de>,
    {
        if !self.moved
            && let Some(key) = self.key.clone()
            && let Some(value) = self.value()
        {
            rest.put(key.into_owned(), value);
        }
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// The first error that was met.
    pub fn end(&mut self) -> Result<(), A::Error> {
        self.error.take().map_or(Ok(()), Err)
    }

    fn is_at(&self, key: &str) -> bool {
        self.key.as_deref() == Some(key)
    }

    /// The value of the current key. Moves on to the next key; after an error there is none.
    fn value<T: Deserialize<'de>>(&mut self) -> Option<T> {
        let key = self.key.take()?;
        match self.map.next_value() {
            Ok(value) => {
                self.advance();
                Some(value)
            }
            Err(error) => {
                self.error = Some(located(&key, &error));
                None
            }
        }
    }

    fn advance(&mut self) {
        self.moved = true;
        match self.map.next_key::<Key<'de>>() {
            Ok(key) => self.key = key.map(|Key(key)| key),
            Err(error) => self.error = Some(error),
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
    E::custom(format_args!("{key}{separator}{}", shortened(&message)))
}

/// A message without its middle when it is long, as one that quotes a large value is: it is copied
/// once for each level. Its end has the position in it.
fn shortened(message: &str) -> Cow<'_, str> {
    if message.len() <= LONGEST_MESSAGE {
        return Cow::Borrowed(message);
    }
    let half = LONGEST_MESSAGE / 2;
    // A character has four bytes at most, so one of these is between two.
    let begin = (0..4).find_map(|back| message.get(..half - back));
    let end = (0..4).find_map(|back| message.get(message.len() - half + back..));
    Cow::Owned(format!(
        "{}…{}",
        begin.unwrap_or_default(),
        end.unwrap_or_default()
    ))
}

/// The value of a `required` field once all keys are read.
///
/// # Errors
/// ``missing field `key` ``, unless its type is an `Option`.
pub fn take<'de, T: Deserialize<'de>, E: Error>(
    slot: Option<T>,
    key: &'static str,
) -> Result<T, E> {
    slot.map_or_else(|| T::deserialize(Missing(key, PhantomData)), Ok)
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
