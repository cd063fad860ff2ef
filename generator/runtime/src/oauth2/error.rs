//! Why there is no token.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::flight::LIMIT;
use crate::client::Redaction;
use crate::{Operation, TransportError, TransportErrorKind};

/// The most that is shown of what a server says, in characters.
const LONGEST: usize = 300;

/// No token could be had, so an attempt of a call was not sent. It shows no secret.
///
/// Attempts before it may have been: see [`TokenError::answered`].
#[derive(Debug, Clone)]
pub struct TokenError(Box<Details>);

#[derive(Debug, Clone)]
struct Details {
    kind: TokenErrorKind,
    scheme: &'static str,
    operation: Option<&'static Operation>,
    attempts: u32,
    answered: Option<StatusCode>,
    status: Option<StatusCode>,
    code: Option<String>,
    description: Option<String>,
    retry_after: Option<Duration>,
    message: String,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// At which point a token request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenErrorKind {
    /// The token endpoint says why there is none (RFC 6749, section 5.2): see
    /// [`TokenError::code`].
    Refused,
    /// The token endpoint answered with a status that is no success, and without a reason.
    Status,
    /// The token endpoint answered something that is no token.
    Response,
    /// No response came.
    Transport(TransportErrorKind),
    /// The [`TokenSource`](crate::TokenSource) has none.
    Source,
}

impl TokenError {
    pub(super) fn new(
        kind: TokenErrorKind,
        scheme: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self(Box::new(Details {
            kind,
            scheme,
            operation: None,
            attempts: 1,
            answered: None,
            status: None,
            code: None,
            description: None,
            retry_after: None,
            message: message.into(),
            source: None,
        }))
    }

    /// What the endpoint says: `error` and `error_description`.
    pub(super) fn refused(scheme: &'static str, code: String, description: Option<String>) -> Self {
        let message = "the token endpoint refused";
        let mut error = Self::new(TokenErrorKind::Refused, scheme, message);
        error.0.code = Some(code);
        error.0.description = description;
        error
    }

    pub(super) fn transport(scheme: &'static str, error: &TransportError) -> Self {
        let message = format!("the token endpoint: {error}");
        Self::new(TokenErrorKind::Transport(error.kind()), scheme, message)
    }

    /// No answer came in time.
    pub(super) fn silent(scheme: &'static str) -> Self {
        let message = format!("nothing came for {LIMIT:?}");
        let error = TransportError::new(TransportErrorKind::Timeout, message);
        Self::transport(scheme, &error)
    }

    /// The time of the call was over first.
    pub(crate) fn late(scheme: &'static str, error: &TransportError) -> Self {
        let kind = TokenErrorKind::Transport(error.kind());
        Self::new(kind, scheme, error.to_string())
    }

    pub(super) fn of_source(scheme: &'static str, source: Box<dyn Error + Send + Sync>) -> Self {
        let mut error = Self::new(TokenErrorKind::Source, scheme, "the token source");
        error.0.source = Some(source.into());
        error
    }

    /// Without secrets, and no longer than a reader reads.
    pub(super) fn redacted(mut self, redaction: &Redaction) -> Self {
        let shown = |text: String| -> String {
            let text = redaction.redact(text);
            let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
            plain.take(LONGEST).collect()
        };
        self.0.code = self.0.code.map(shown);
        self.0.description = self.0.description.map(shown);
        self.0.message = shown(self.0.message);
        self
    }

    pub(super) fn with_status(mut self, status: StatusCode, retry_after: Option<Duration>) -> Self {
        self.0.status = Some(status);
        self.0.retry_after = retry_after;
        self
    }

    pub(crate) fn of(
        mut self,
        operation: &'static Operation,
        attempts: u32,
        answered: Option<StatusCode>,
    ) -> Self {
        self.0.answered = answered;
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    /// Whether it may pass.
    pub(crate) fn is_passing(&self) -> bool {
        match self.0.kind {
            TokenErrorKind::Transport(kind) => matches!(
                kind,
                TransportErrorKind::Connect
                    | TransportErrorKind::Timeout
                    | TransportErrorKind::Broken
            ),
            _ => self
                .status()
                .is_some_and(|status| matches!(status.as_u16(), 408 | 429 | 500 | 502..=504)),
        }
    }

    /// Whether the endpoint refuses, and would refuse the same request again.
    pub(super) fn is_final(&self) -> bool {
        let passing = ["temporarily_unavailable", "server_error", "slow_down"];
        self.code().is_some_and(|code| !passing.contains(&code)) && !self.is_passing()
    }

    /// At which point the token request failed.
    #[must_use]
    pub fn kind(&self) -> TokenErrorKind {
        self.0.kind
    }

    /// The key of the security scheme in the document.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.0.scheme
    }

    /// The token endpoint's `error`: `invalid_client`, `invalid_grant`, `invalid_scope`. After
    /// `invalid_grant` to a refresh token a person has to log in again.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The token endpoint's `error_description`.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// The status of the token endpoint's answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// How long the token endpoint asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How often the call was tried.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The status of the API's answer to the latest attempt that had one: 401 where a token was refused
    /// and there was no other. `None`: nothing was sent, or nothing came.
    #[must_use]
    pub fn answered(&self) -> Option<StatusCode> {
        self.0.answered
    }

    /// The error of the [`TokenSource`](crate::TokenSource), to be downcast. Its message is in what
    /// this one shows.
    #[must_use]
    pub fn get_ref(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        self.0.source.as_deref()
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        write!(f, "no token for `{}`: {}", self.0.scheme, self.0.message)?;
        for text in [&self.0.code, &self.0.description].into_iter().flatten() {
            write!(f, ": {text}")?;
        }
        let mut source: Option<&dyn Error> = self.0.source.as_ref().map(|it| &**it as &dyn Error);
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        if let Some(status) = self.0.status {
            write!(f, " ({status})")?;
        }
        match (self.0.attempts, self.0.answered) {
            (0 | 1, _) => Ok(()),
            (attempts, None) => write!(f, " (after {attempts} attempts)"),
            (attempts, Some(status)) => write!(
                f,
                " (after {attempts} attempts; the latest answer was {status})"
            ),
        }
    }
}

impl Error for TokenError {}
