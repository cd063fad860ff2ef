//! `format: uri`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

/// A URI exactly as it stands on the wire.
///
/// Servers send relative references, templates and worse under `format: uri`; a record with one
/// of those must not fail to be read, nor change when it is sent back. [`Uri::parse`] gives the
/// parts of a valid one.
///
/// ```
/// use specwright_runtime::Uri;
///
/// let link = Uri::from("https://example.com/a?b=1");
/// assert_eq!(link.parse()?.host_str(), Some("example.com"));
/// assert!(Uri::from("not a url").parse().is_err());
/// # Ok::<(), url::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Uri(String);

impl Uri {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// Parses it as an absolute URL.
    ///
    /// # Errors
    /// When it is not an absolute URL.
    pub fn parse(&self) -> Result<Url, url::ParseError> {
        Url::parse(&self.0)
    }
}

impl fmt::Debug for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for Uri {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Uri {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<Url> for Uri {
    fn from(url: Url) -> Self {
        Self(url.into())
    }
}

impl Serialize for Uri {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Uri {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_url_is_kept_as_it_was() {
        for text in [r#""HTTP://Example.com""#, r#""/relative/{id}""#, r#""""#] {
            let uri: Uri = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&uri).unwrap(), text);
        }
    }
}
