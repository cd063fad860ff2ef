//! Values that must not be shown.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that is written to the wire, and shown nowhere else: `Debug` and `Display` print
/// `[redacted]`, and an error about it does not quote it.
///
/// ```
/// use specwright_runtime::Secret;
///
/// let token: Secret = "s3cr3t".into();
/// assert_eq!(format!("{token:?}"), "[redacted]");
/// assert_eq!(token.expose(), "s3cr3t");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Secret<T = String>(T);

impl<T> Secret<T> {
    /// Hides a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, owned.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> fmt::Display for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T: Serialize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde quotes the value it did not expect.
        T::deserialize(deserializer)
            .map(Self)
            .map_err(|_| serde::de::Error::custom("not the type it should be [redacted]"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_about_a_secret_does_not_quote_it() {
        let error = serde_json::from_str::<Secret<i64>>(r#""hunter2""#)
            .unwrap_err()
            .to_string();
        assert!(!error.contains("hunter2"), "{error}");
        assert!(error.contains("[redacted]"), "{error}");
    }

    #[test]
    fn it_is_transparent_on_the_wire_and_hidden_elsewhere() {
        let secret: Secret = serde_json::from_str(r#""hunter2""#).unwrap();
        assert_eq!(serde_json::to_string(&secret).unwrap(), r#""hunter2""#);
        assert_eq!(
            format!("{secret} {secret:?} {:#?}", Some(&secret))
                .matches("hunter2")
                .count(),
            0
        );
        assert_eq!(secret.into_inner(), "hunter2");
    }

    #[test]
    fn a_missing_optional_secret_reads_as_none() {
        assert_eq!(
            serde_json::from_str::<Option<Secret>>("null").unwrap(),
            None
        );
    }
}
