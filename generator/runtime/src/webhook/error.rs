//! Why a delivery is not an event.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::{BodyError, ReplayKey};

/// What a [`ReplayStore`](super::ReplayStore) says when it fails.
pub type StoreError = Box<dyn std::error::Error + Send + Sync>;

/// Why a delivery was not accepted. None of these shows a secret or a right signature.
///
/// ```
/// use specwright_runtime::webhook::Error;
///
/// assert_eq!(Error::BadSignature.status(), 401);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A header is not there, or is empty: the delivery is not signed.
    MissingHeader(&'static str),
    /// A header is there more than once, so that nobody knows which is meant.
    DuplicateHeader(&'static str),
    /// A header cannot be read.
    MalformedHeader {
        /// The header.
        header: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The signature is another one: the body or a header was changed, or the secret is not the
    /// sender's.
    BadSignature,
    /// It is genuine, and was sent longer ago than is accepted.
    TooOld(Duration),
    /// It is genuine, and says that it was sent later than is accepted: one of the clocks is wrong.
    TooEarly(Duration),
    /// It is genuine, and came before.
    Replay(ReplayKey),
    /// Whether it came before is not known, since the store failed.
    Store(StoreError),
    /// It is genuine, and its body is not what the document says.
    Body(Box<BodyError>),
}

impl Error {
    /// Whether the delivery came before. Nothing is wrong with it, and nothing is left to do.
    #[must_use]
    pub const fn is_replay(&self) -> bool {
        matches!(self, Self::Replay(_))
    }

    /// Whether it is not known who sent the delivery.
    #[must_use]
    pub const fn is_unauthenticated(&self) -> bool {
        matches!(
            self,
            Self::MissingHeader(_)
                | Self::DuplicateHeader(_)
                | Self::MalformedHeader { .. }
                | Self::BadSignature
                | Self::TooOld(_)
                | Self::TooEarly(_)
        )
    }

    /// What to answer: 401 for what is not known to be genuine, 200 for a replay, since the first one
    /// was taken, 503 when the store failed and 422 for a body that cannot be read, after which most
    /// senders try again.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Replay(_) => StatusCode::OK,
            Self::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Body(_) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::UNAUTHORIZED,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader(header) => write!(f, "the header {header} is missing"),
            Self::DuplicateHeader(header) => {
                write!(f, "the header {header} is there more than once")
            }
            Self::MalformedHeader { header, reason } => write!(f, "the header {header} {reason}"),
            Self::BadSignature => f.write_str("the signature is wrong"),
            Self::TooOld(age) => write!(f, "it was sent {} s ago", age.as_secs()),
            Self::TooEarly(lead) => write!(f, "it was sent {} s in the future", lead.as_secs()),
            Self::Replay(_) => f.write_str("it came before"),
            Self::Store(error) => write!(f, "it is not known whether it came before: {error}"),
            Self::Body(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => error.source(),
            _ => None,
        }
    }
}

impl From<Box<BodyError>> for Error {
    fn from(error: Box<BodyError>) -> Self {
        Self::Body(error)
    }
}
