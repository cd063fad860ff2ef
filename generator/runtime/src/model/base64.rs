//! `format: byte`.

use std::fmt;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// Bytes that travel as base64 text (RFC 4648).
///
/// Written in the standard alphabet with padding; read in the standard or the URL-safe alphabet,
/// with padding or without.
///
/// ```
/// use specwright_runtime::Base64;
///
/// let bytes: Base64 = serde_json::from_str(r#""_-8""#)?;
/// assert_eq!(bytes.as_ref(), [0xff, 0xef]);
/// assert_eq!(serde_json::to_string(&bytes)?, r#""/+8=""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Base64(Bytes);

impl Base64 {
    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &Bytes {
        &self.0
    }

    /// The bytes, owned.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl<T: Into<Bytes>> From<T> for Base64 {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let engine = if text.contains(['-', '_']) {
            URL_SAFE
        } else {
            STANDARD
        };
        let bytes = engine.decode(&text).map_err(serde::de::Error::custom)?;
        Ok(Self(bytes.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_alphabets_are_read_with_and_without_padding() {
        for text in ["+/8=", "-_8=", "+/8", "-_8"] {
            let json = format!("\"{text}\"");
            assert_eq!(
                serde_json::from_str::<Base64>(&json).unwrap().as_ref(),
                [0xfb, 0xff]
            );
        }
    }

    #[test]
    fn what_is_no_base64_is_refused() {
        for text in [r#""a b""#, r#""+_""#, "7"] {
            assert!(serde_json::from_str::<Base64>(text).is_err(), "{text}");
        }
    }
}
