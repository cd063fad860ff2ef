//! `string_enum!` and `integer_enum!`: enums that keep the values they do not know.

/// Implements an enum of strings that keeps unknown values in `Unknown(String)`.
///
/// Gives `as_str`, `Display`, `FromStr`, `From<&str>`, `From<String>`, `Serialize` and
/// `Deserialize`. From the text of a known value comes the known variant, never `Unknown`.
///
/// ```
/// use specwright_runtime as rt;
///
/// #[derive(Debug, Clone, PartialEq, Eq, Hash)]
/// pub enum Status {
///     Todo,
///     Done,
///     #[non_exhaustive]
///     Unknown(String),
/// }
/// rt::string_enum! { Status; Todo = "TODO"; Done = "DONE"; }
///
/// assert_eq!(Status::from("DONE"), Status::Done);
/// assert_eq!(Status::from("LATER").as_str(), "LATER");
/// ```
#[macro_export]
macro_rules! string_enum {
    ($type:ident; $($variant:ident = $value:literal;)*) => {
        impl $type {
            /// The value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }
        #[automatically_derived]
        impl ::core::convert::From<::std::string::String> for $type {
            fn from(value: ::std::string::String) -> Self {
                match value.as_str() {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value),
                }
            }
        }
        #[automatically_derived]
        impl ::core::convert::From<&str> for $type {
            fn from(value: &str) -> Self {
                Self::from(::std::string::String::from(value))
            }
        }
        #[automatically_derived]
        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            // `Self::Err` may be a variant.
            fn from_str(
                value: &str,
            ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }
        #[automatically_derived]
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
        #[automatically_derived]
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        #[automatically_derived]
        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value: ::std::string::String =
                    $crate::serde::Deserialize::deserialize(deserializer)?;
                ::core::result::Result::Ok(Self::from(value))
            }
        }
    };
}

/// Implements an enum of integers that keeps unknown values in `Unknown(i64)`.
///
/// Gives `as_i64`, `Display`, `From<i64>`, `Serialize` and `Deserialize`.
///
/// ```
/// use specwright_runtime as rt;
///
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
/// pub enum Level {
///     Low,
///     High,
///     #[non_exhaustive]
///     Unknown(i64),
/// }
/// rt::integer_enum! { Level; Low = 1; High = 2; }
///
/// assert_eq!(Level::from(2), Level::High);
/// assert_eq!(Level::from(9).as_i64(), 9);
/// ```
#[macro_export]
macro_rules! integer_enum {
    ($type:ident; $($variant:ident = $value:literal;)*) => {
        impl $type {
            /// The value on the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match *self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }
        #[automatically_derived]
        impl ::core::convert::From<i64> for $type {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value),
                }
            }
        }
        #[automatically_derived]
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }
        #[automatically_derived]
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }
        #[automatically_derived]
        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value: i64 = $crate::serde::Deserialize::deserialize(deserializer)?;
                ::core::result::Result::Ok(Self::from(value))
            }
        }
    };
}
