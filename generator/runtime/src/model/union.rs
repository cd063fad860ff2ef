//! `tagged_union!` and `untagged_union!`: unions that keep the variants they do not know.

use std::cell::Cell;

use serde::de::{DeserializeOwned, Error};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// The tag of a union's value: a string property.
#[must_use]
pub fn tag<'a>(value: &'a Value, property: &str) -> Option<&'a str> {
    value.get(property)?.as_str()
}

/// Reads a variant's payload.
///
/// # Errors
/// When the value does not fit the type.
pub fn payload<T: DeserializeOwned, E: Error>(value: Value) -> Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}

/// Writes a variant's payload with the tag that is none of its own.
///
/// # Errors
/// When the payload cannot be written.
pub fn with_tag<T: Serialize, S: Serializer>(
    payload: &T,
    property: &str,
    tag: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(payload).map_err(serde::ser::Error::custom)?;
    if let Value::Object(object) = &mut value {
        object.entry(property).or_insert_with(|| Value::from(tag));
    }
    value.serialize(serializer)
}

/// A value without a tag that is none of its variant's own.
#[must_use]
pub fn without_tag(mut value: Value, property: &str) -> Value {
    if let Value::Object(object) = &mut value {
        object.remove(property);
    }
    value
}

/// Reads a variant's payload if the value fits the type.
///
/// In a union inside a union, each level tries its variants again for each that the level above
/// tries: a body of a few hundred bytes could keep a client busy for years. So there are not more
/// than 1,000 attempts for each value inside the outermost union; after that nothing fits, and
/// what was not told by then is kept as `Unknown`.
#[must_use]
pub fn fitting<T: DeserializeOwned>(value: &Value) -> Option<T> {
    let _attempt = Attempt::begin(value)?;
    T::deserialize(value).ok()
}

const ATTEMPTS_PER_VALUE: usize = 1_000;

thread_local! {
    /// How many attempts are left inside the outermost union that is being read.
    static ATTEMPTS: Cell<Option<usize>> = const { Cell::new(None) };
}

/// An attempt to read a payload.
struct Attempt {
    outermost: bool,
}

impl Attempt {
    /// `None` when there have been too many.
    fn begin(value: &Value) -> Option<Self> {
        let outermost = ATTEMPTS.get().is_none();
        let left = match ATTEMPTS.get() {
            Some(left) => left.checked_sub(1)?,
            None => size(value).saturating_mul(ATTEMPTS_PER_VALUE),
        };
        ATTEMPTS.set(Some(left));
        Some(Self { outermost })
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if self.outermost {
            ATTEMPTS.set(None);
        }
    }
}

/// How many values there are in a value, itself among them.
fn size(value: &Value) -> usize {
    let inside: usize = match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    };
    inside.saturating_add(1)
}

/// The tests of `untagged_union!`.
pub mod test {
    use serde_json::Value;

    /// Any string.
    #[must_use]
    pub fn string(value: &Value) -> bool {
        value.is_string()
    }

    /// A number without a fraction, written as one.
    #[must_use]
    pub fn integer(value: &Value) -> bool {
        value.is_i64() || value.is_u64()
    }

    /// Any number.
    #[must_use]
    pub fn number(value: &Value) -> bool {
        value.is_number()
    }

    /// `true` or `false`.
    #[must_use]
    pub fn boolean(value: &Value) -> bool {
        value.is_boolean()
    }

    /// Any array.
    #[must_use]
    pub fn array(value: &Value) -> bool {
        value.is_array()
    }

    /// Any object.
    #[must_use]
    pub fn object(value: &Value) -> bool {
        value.is_object()
    }

    /// An object that has the property.
    #[must_use]
    pub fn property(value: &Value, name: &str) -> bool {
        value.get(name).is_some()
    }

    /// Nothing: the document does not say how to tell the variant from the others.
    #[must_use]
    pub fn never(_: &Value) -> bool {
        false
    }

    /// Anything at all.
    #[must_use]
    pub fn any(_: &Value) -> bool {
        true
    }
}

/// Implements a union whose variant is named by a property of the object.
///
/// `Serialize` writes the payload alone, which has the tag among its own properties. A tag that
/// no variant names, or none at all, gives `Unknown` with the whole value.
///
/// ```
/// use specwright_runtime as rt;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Cat {
///     pub kind: String,
/// }
/// rt::object! { Cat; required kind = "kind"; }
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub enum Pet {
///     Cat(Cat),
///     Unknown(rt::Value),
/// }
/// rt::tagged_union! { Pet by "kind"; Cat = "cat" | "kitty"; }
///
/// let pet: Pet = serde_json::from_str(r#"{"kind":"kitty"}"#)?;
/// assert_eq!(pet, Pet::Cat(Cat { kind: "kitty".into() }));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! tagged_union {
    ($type:ident by $tag:literal; $($variant:ident = $($value:literal)|+;)*) => {
        $crate::__union_serialize! { $type; $($variant)* }
        #[automatically_derived]
        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value: $crate::Value = $crate::serde::Deserialize::deserialize(deserializer)?;
                ::core::result::Result::Ok(match $crate::model::union::tag(&value, $tag) {
                    $(::core::option::Option::Some($($value)|+) => {
                        Self::$variant($crate::model::union::payload(value)?)
                    })*
                    _ => Self::Unknown(value),
                })
            }
        }
    };
}

/// Implements a union whose variant is named by a property that no variant has as its own.
///
/// The union writes the property: with the first of a variant's values. A value without it is told by its
/// shape, with the tests of [`untagged_union!`](crate::untagged_union).
///
/// ```
/// use specwright_runtime as rt;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Cat {
///     pub meow: bool,
/// }
/// rt::object! { Cat; required meow = "meow"; }
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub enum Pet {
///     Cat(Cat),
///     Unknown(rt::Value),
/// }
/// rt::tagging_union! { Pet adds "kind"; Cat = "cat" | "kitty": property "meow"; }
///
/// let pet: Pet = serde_json::from_str(r#"{"meow":true}"#)?;
/// assert_eq!(pet, Pet::Cat(Cat { meow: true }));
/// assert_eq!(serde_json::to_string(&pet)?, r#"{"meow":true,"kind":"cat"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! tagging_union {
    (
        $type:ident adds $tag:literal;
        $($variant:ident = $first:literal $(| $value:literal)*: $test:ident $($argument:literal)?;)*
    ) => {
        #[automatically_derived]
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(payload) => {
                        $crate::model::union::with_tag(payload, $tag, $first, serializer)
                    })*
                    Self::Unknown(value) => $crate::serde::Serialize::serialize(value, serializer),
                }
            }
        }
        #[automatically_derived]
        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value: $crate::Value = $crate::serde::Deserialize::deserialize(deserializer)?;
                match $crate::model::union::tag(&value, $tag) {
                    $(::core::option::Option::Some($first $(| $value)*) => {
                        let value = $crate::model::union::without_tag(value, $tag);
                        return $crate::model::union::payload(value).map(Self::$variant);
                    })*
                    ::core::option::Option::Some(_) => {
                        return ::core::result::Result::Ok(Self::Unknown(value));
                    }
                    ::core::option::Option::None => {}
                }
                $(
                    if $crate::model::union::test::$test(&value $(, $argument)?)
                        && let ::core::option::Option::Some(payload) =
                            $crate::model::union::fitting(&value)
                    {
                        return ::core::result::Result::Ok(Self::$variant(payload));
                    }
                )*
                ::core::result::Result::Ok(Self::Unknown(value))
            }
        }
    };
}

/// Implements a union whose variant is recognised by the shape of the value.
///
/// The tests are made in the order given: `string`, `integer`, `number`, `boolean`, `array`,
/// `object`, `property "name"` (an object that has it), `any`, `never`. The first whose payload can
/// be read is the variant. When there is none, `Unknown` keeps the value. `never => as_cat(Cat)` adds a
/// method that reads the value as a variant that nothing tells apart.
///
/// ```
/// use specwright_runtime as rt;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub enum Id {
///     Number(i64),
///     Text(String),
///     Unknown(rt::Value),
/// }
/// rt::untagged_union! { Id; Number: integer; Text: string; }
///
/// assert_eq!(serde_json::from_str::<Id>("7")?, Id::Number(7));
/// assert_eq!(serde_json::from_str::<Id>("null")?, Id::Unknown(rt::Value::Null));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! untagged_union {
    (
        $type:ident;
        $($variant:ident: $test:ident $($argument:literal)? $(=> $method:ident($payload:ty))?;)*
    ) => {
        $crate::__union_serialize! { $type; $($variant)* }
        impl $type {
            $($(
                /// Reads the value as this variant's type, whether it is meant to be one or not.
                ///
                /// # Errors
                /// When the value does not fit the type.
                pub fn $method(
                    &self,
                ) -> ::core::result::Result<$payload, $crate::serde_json::Error> {
                    $crate::serde_json::from_value($crate::serde_json::to_value(self)?)
                }
            )?)*
        }
        #[automatically_derived]
        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value: $crate::Value = $crate::serde::Deserialize::deserialize(deserializer)?;
                $(
                    if $crate::model::union::test::$test(&value $(, $argument)?)
                        && let ::core::option::Option::Some(payload) =
                            $crate::model::union::fitting(&value)
                    {
                        return ::core::result::Result::Ok(Self::$variant(payload));
                    }
                )*
                ::core::result::Result::Ok(Self::Unknown(value))
            }
        }
    };
}

/// Writes the payload of a union.
#[doc(hidden)]
#[macro_export]
macro_rules! __union_serialize {
    ($type:ident; $($variant:ident)*) => {
        #[automatically_derived]
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(payload) => {
                        $crate::serde::Serialize::serialize(payload, serializer)
                    })*
                    Self::Unknown(value) => $crate::serde::Serialize::serialize(value, serializer),
                }
            }
        }
    };
}
