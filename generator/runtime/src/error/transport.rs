//! Responses that did not come.

use std::error::Error;
use std::fmt;

use super::{write_attempts, write_operation};
use crate::Operation;

/// A request that got no complete response.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    operation: Option<&'static Operation>,
    attempts: u32,
    received: Option<(usize, Option<u64>)>,
    source: Box<dyn Error + Send + Sync>,
}

/// At which point a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: name resolution, TCP or TLS failed. The server saw nothing of the request.
    Connect,
    /// The time ran out. The server may have acted on the request.
    Timeout,
    /// The connection broke. The server may have acted on the request.
    Broken,
    /// A [`Middleware`](crate::Middleware) failed, before the request was sent or after.
    Middleware,
    /// The stream that is the request's body failed, or was not as long as it said. The server may
    /// have seen the beginning.
    Body,
    /// The server redirects it on and on.
    Redirect,
    /// The transport takes no such request; nothing was sent.
    Request,
}

impl TransportError {
    /// For an implementation of [`Transport`](crate::Transport). The source's message must not
    /// show credentials, which a URL's query may have in it.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            kind,
            operation: None,
            attempts: 1,
            received: None,
            source: source.into(),
        }
    }

    /// What failed, and at which attempt.
    pub(crate) fn of(self, operation: &'static Operation, attempts: u32) -> Self {
        Self {
            operation: Some(operation),
            attempts,
            ..self
        }
    }

    /// It happened in the body of the response, after so many bytes, of so many if that is known.
    pub(crate) fn after(self, bytes: usize, of: Option<u64>) -> Self {
        Self {
            received: Some((bytes, of)),
            ..self
        }
    }

    /// It happened in the body of the response, so it was not the request's that failed.
    pub(crate) fn of_the_response(self) -> Self {
        let kind = match self.kind {
            TransportErrorKind::Body => TransportErrorKind::Broken,
            kind => kind,
        };
        Self { kind, ..self }
    }

    /// At which point the request failed.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// What it was made from, to be downcast: an error of the transport's or of a middleware's. Its
    /// message, and those of its sources, are in what this one shows, so it is no
    /// [`source`](Error::source), which would show them twice.
    #[must_use]
    pub fn get_ref(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.source
    }

    /// How often the call was tried.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_operation(f, self.operation)?;
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "cannot connect",
            TransportErrorKind::Timeout => "timed out",
            TransportErrorKind::Broken => "the connection broke",
            TransportErrorKind::Middleware => "a middleware failed",
            TransportErrorKind::Body => "the body to send could not be read",
            TransportErrorKind::Redirect => "too many redirects",
            TransportErrorKind::Request => "cannot be sent",
        })?;
        match self.received {
            Some((bytes, Some(of))) => write!(f, " after {bytes} of the body's {of} bytes")?,
            Some((bytes, None)) => write!(f, " after {bytes} bytes of the body")?,
            None => {}
        }
        // A source's own source is where the reason is: "error sending request" says nothing.
        let mut source: Option<&dyn Error> = Some(&*self.source);
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        write_attempts(f, self.attempts)
    }
}

impl Error for TransportError {}
