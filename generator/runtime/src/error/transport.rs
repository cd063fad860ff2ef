//! Responses that did not come.

use std::error::Error;
use std::fmt;

use super::write_operation;
use crate::Operation;

/// A request that got no complete response.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    operation: Option<&'static Operation>,
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
}

impl TransportError {
    /// For an implementation of [`Transport`](crate::Transport). The source's message must not
    /// show credentials, which a URL's query may have in it.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            kind,
            operation: None,
            source: source.into(),
        }
    }

    pub(crate) fn of(self, operation: &'static Operation) -> Self {
        Self {
            operation: Some(operation),
            ..self
        }
    }

    /// At which point the request failed.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_operation(f, self.operation)?;
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "cannot connect",
            TransportErrorKind::Timeout => "timed out",
            TransportErrorKind::Broken => "the connection broke",
        })?;
        // A source's own source is where the reason is: "error sending request" says nothing.
        let mut source: Option<&dyn Error> = Some(&*self.source);
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
