//! What can go wrong with a call.

mod api;
mod decode;
mod json;
mod message;
mod redirect;
mod request;
mod transport;

use std::fmt;

use crate::retry::Reason;

pub use api::{ApiError, ErrorBody, NoErrorBody, decode_error};
#[cfg(feature = "xml")]
pub(crate) use decode::malformed_xml;
pub use decode::{DecodeError, DecodeErrorKind};
pub(crate) use decode::{
    incomplete, no_items, not_asked_for, too_large_item, unreadable, unreadable_item,
};
#[cfg(feature = "webhooks")]
pub(crate) use json::Found;
#[cfg(any(feature = "dynamic", feature = "webhooks"))]
pub(crate) use json::{Problem, explain};
pub(crate) use message::find as find_message;
pub(crate) use redirect::hint as redirect_hint;
pub use request::{RequestError, RequestErrorKind};
pub use transport::{TransportError, TransportErrorKind};

/// Why a call failed. `E` is what the API's error bodies are read as.
///
/// None of these shows a credential, a secret field, or a URL with its query.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = NoErrorBody> {
    /// The request could not be built; nothing was sent.
    Request(RequestError),
    /// No response came: the connection failed or timed out.
    Transport(TransportError),
    /// A successful response could not be read as what the document promises.
    Decode(Box<DecodeError>),
    /// No access token could be had; this attempt was not sent. What came of those before, where there
    /// were any: [`TokenError::answered`](crate::TokenError::answered).
    #[cfg(feature = "oauth2")]
    Token(crate::TokenError),
    /// The server answered with a status other than 2xx.
    Api(Box<ApiError<E>>),
}

impl<E> Error<E> {
    /// The status of the response, when there was one.
    #[must_use]
    pub fn status(&self) -> Option<http::StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            _ => None,
        }
    }

    /// What the server calls this request in its own logs, where there was a response and a header
    /// says so.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            _ => None,
        }
    }

    /// How long the server asks to wait before the next call, where it answered and said so.
    #[must_use]
    pub fn retry_after(&self) -> Option<std::time::Duration> {
        match self {
            Self::Api(error) => error.retry_after(),
            #[cfg(feature = "oauth2")]
            Self::Token(error) => error.retry_after(),
            Self::Request(_) | Self::Transport(_) | Self::Decode(_) => None,
        }
    }

    /// Whether the request could not be built; nothing was sent.
    #[must_use]
    pub const fn is_request(&self) -> bool {
        matches!(self, Self::Request(_))
    }

    /// Whether the time ran out: for the call, or for the token that it needs.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Transport(error) => error.kind() == TransportErrorKind::Timeout,
            #[cfg(feature = "oauth2")]
            Self::Token(error) => {
                error.kind() == crate::TokenErrorKind::Transport(TransportErrorKind::Timeout)
            }
            Self::Request(_) | Self::Decode(_) | Self::Api(_) => false,
        }
    }

    /// How often the call was tried; `None` where that does not matter: nothing was sent, or the
    /// response was a success.
    #[must_use]
    pub fn attempts(&self) -> Option<u32> {
        match self {
            Self::Api(error) => Some(error.attempts()),
            Self::Transport(error) => Some(error.attempts()),
            #[cfg(feature = "oauth2")]
            Self::Token(error) => Some(error.attempts()),
            Self::Request(_) | Self::Decode(_) => None,
        }
    }

    /// Whether there was no connection; the server saw nothing of the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.kind() == TransportErrorKind::Connect)
    }

    /// Whether a successful response could not be read.
    #[must_use]
    pub const fn is_decode(&self) -> bool {
        matches!(self, Self::Decode(_))
    }

    /// Whether no access token could be had; the last attempt was not sent.
    #[cfg(feature = "oauth2")]
    #[must_use]
    pub const fn is_token(&self) -> bool {
        matches!(self, Self::Token(_))
    }

    /// Whether the server answered with a status other than 2xx.
    #[must_use]
    pub const fn is_api(&self) -> bool {
        matches!(self, Self::Api(_))
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            #[cfg(feature = "oauth2")]
            Self::Token(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
        }
    }
}

/// It has no source: what it shows has the reason in it. See [`TransportError::get_ref`].
impl<E: fmt::Debug> std::error::Error for Error<E> {}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl<E> From<DecodeError> for Error<E> {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Box::new(error))
    }
}

impl<E> From<Box<DecodeError>> for Error<E> {
    fn from(error: Box<DecodeError>) -> Self {
        Self::Decode(error)
    }
}

/// What can go wrong before the error bodies' type matters, so that sending is not generic.
#[derive(Debug)]
pub(crate) enum Failure {
    Request(RequestError),
    Transport(TransportError),
    #[cfg(feature = "oauth2")]
    Token(crate::TokenError),
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            Failure::Transport(error) => Self::Transport(error),
            #[cfg(feature = "oauth2")]
            Failure::Token(error) => Self::Token(error),
        }
    }
}

impl Failure {
    /// How the attempt ended.
    pub(crate) fn reason(&self) -> Reason {
        match self {
            Self::Request(_) => Reason::Transport(TransportErrorKind::Request),
            Self::Transport(error) => Reason::Transport(error.kind()),
            #[cfg(feature = "oauth2")]
            Self::Token(error) => Reason::Token {
                is_passing: error.is_passing(),
            },
        }
    }

    /// How long a server asks to wait.
    pub(crate) fn retry_after(&self) -> Option<std::time::Duration> {
        match self {
            #[cfg(feature = "oauth2")]
            Self::Token(error) => error.retry_after(),
            _ => None,
        }
    }

    /// What failed, at which attempt, and what the API answered to the latest one before.
    pub(crate) fn of(
        self,
        operation: &'static crate::Operation,
        attempts: u32,
        answered: Option<http::StatusCode>,
    ) -> Self {
        #[cfg(not(feature = "oauth2"))]
        let _ = answered;
        match self {
            Self::Request(error) => Self::Request(error.of(operation)),
            Self::Transport(error) => Self::Transport(error.of(operation, attempts)),
            #[cfg(feature = "oauth2")]
            Self::Token(error) => Self::Token(error.of(operation, attempts, answered)),
        }
    }
}

/// Writes `GET /path: ` where the operation is known.
fn write_operation(
    f: &mut fmt::Formatter<'_>,
    operation: Option<&crate::Operation>,
) -> fmt::Result {
    operation.map_or(Ok(()), |operation| write!(f, "{operation}: "))
}

/// Writes ` (after 3 attempts)` where it was not one.
fn write_attempts(f: &mut fmt::Formatter<'_>, attempts: u32) -> fmt::Result {
    match attempts {
        0 | 1 => Ok(()),
        attempts => write!(f, " (after {attempts} attempts)"),
    }
}
