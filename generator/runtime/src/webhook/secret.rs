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

/// Why a secret cannot be used. It does not show the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretError {
    /// It is empty, so that anybody could sign.
    Empty,
    /// It is not base64, as those of Standard Webhooks are.
    Encoding,
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the webhook's secret is empty",
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
    // A key of any length is one (RFC 2104, section 2).
    Mac::new_from_slice(bytes).map_err(|_| SecretError::Empty)
}
