//! A token, as a token endpoint gives it.

use std::time::Duration;

use crate::Secret;

/// An access token, and what is known of its end.
///
/// ```
/// use std::time::Duration;
/// use specwright_runtime::Token;
///
/// let token = Token::new("2YotnFZFEjr1zCsicMWpAA").expires_in(Duration::from_secs(3_600));
/// assert!(!format!("{token:?}").contains("2YotnFZ"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token {
    /// What is sent.
    pub access_token: Secret,
    /// How long it is good for from when it was asked for; `None`: until a server refuses it.
    pub expires_in: Option<Duration>,
    /// What the next one is asked for with.
    pub refresh_token: Option<Secret>,
}

impl Token {
    /// A token that is good until a server refuses it.
    #[must_use]
    pub fn new(access_token: impl Into<Secret>) -> Self {
        Self {
            access_token: access_token.into(),
            expires_in: None,
            refresh_token: None,
        }
    }

    /// How long it is good for.
    #[must_use]
    pub fn expires_in(self, expires_in: Duration) -> Self {
        Self {
            expires_in: Some(expires_in),
            ..self
        }
    }

    /// What the next one is asked for with.
    #[must_use]
    pub fn refresh_token(self, refresh_token: impl Into<Secret>) -> Self {
        Self {
            refresh_token: Some(refresh_token.into()),
            ..self
        }
    }
}

impl From<Secret> for Token {
    fn from(access_token: Secret) -> Self {
        Self::new(access_token)
    }
}

impl From<String> for Token {
    fn from(access_token: String) -> Self {
        Self::new(access_token)
    }
}
