//! Secrets of webhooks, as keys.

use std::fmt;

use base64::Engine;
use hmac::{Hmac, KeyInit};
use sha2::Sha256;

use super::scheme::{Kind, Scheme};
use super::signature::LENIENT_BASE64;
use crate::Secret;

/// HMAC-SHA256 with a key in it.
pub(super) type Mac = Hmac<Sha256>;

/// What stands before the secrets of Standard Webhooks.
const WHSEC: &str = "whsec_";

/// The fewest bytes of a secret of Standard Webhooks 1.0.
const SHORTEST: usize = 24;

/// Why a secret cannot be used. It does not show the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretError {
    /// It is empty, so that anybody could sign.
    Empty,
    /// It begins or ends with whitespace, as what is read from a file does.
    Whitespace,
    /// It is not base64, as those of Standard Webhooks are.
    Encoding,
    /// It has fewer than the 24 bytes that Standard Webhooks ask for.
    Short,
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the webhook's secret is empty",
            Self::Whitespace => "the webhook's secret begins or ends with whitespace",
            Self::Short => "the webhook's secret has fewer than 24 bytes",
            Self::Encoding => {
                "the webhook's secret is not base64, with or without `whsec_` before it"
            }
        })
    }
}

impl std::error::Error for SecretError {}

/// The key that a secret stands for.
pub(super) fn key(scheme: &Scheme, secret: &Secret) -> Result<Mac, SecretError> {
    let text = secret.expose();
    if text.trim() != text {
        return Err(SecretError::Whitespace);
    }
    let decoded;
    let bytes = match &scheme.kind {
        Kind::Hmac(_) => text.as_bytes(),
        Kind::StandardWebhooks => {
            let text = text.strip_prefix(WHSEC).unwrap_or(text);
            decoded = LENIENT_BASE64
                .decode(text)
                .map_err(|_| SecretError::Encoding)?;
            &decoded
        }
    };
    if bytes.is_empty() {
        return Err(SecretError::Empty);
    }
    if scheme.kind == Kind::StandardWebhooks && bytes.len() < SHORTEST {
        return Err(SecretError::Short);
    }
    // A key of any length is one (RFC 2104, section 2).
    Mac::new_from_slice(bytes).map_err(|_| SecretError::Empty)
}
