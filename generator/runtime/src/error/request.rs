//! Requests that cannot be built.

use std::fmt;

use super::write_operation;
use crate::Operation;

/// A request that could not be built. Nothing was sent.
#[derive(Debug, Clone)]
pub struct RequestError {
    kind: RequestErrorKind,
    operation: Option<&'static Operation>,
    message: String,
}

/// Which part of a request could not be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestErrorKind {
    /// A path, query, header or cookie parameter.
    Parameter,
    /// The body.
    Body,
    /// A credential that the operation needs was not given.
    Credential,
    /// The URL.
    Url,
    /// A call by name of an operation that there is not.
    UnknownOperation,
    /// A call by name with an argument that the operation does not take.
    UnknownArgument,
    /// A call by name without an argument that the operation cannot do without.
    MissingArgument,
    /// A call by name with an argument that is not what the operation takes.
    InvalidArgument,
}

impl RequestError {
    pub(crate) fn new(kind: RequestErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            operation: None,
            message: message.into(),
        }
    }

    pub(crate) fn parameter(name: &str, message: impl fmt::Display) -> Self {
        Self::new(
            RequestErrorKind::Parameter,
            format!("parameter `{name}`: {message}"),
        )
    }

    pub(crate) fn of(self, operation: &'static Operation) -> Self {
        Self {
            operation: Some(operation),
            ..self
        }
    }

    /// Which part could not be built.
    #[must_use]
    pub const fn kind(&self) -> RequestErrorKind {
        self.kind
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_operation(f, self.operation)?;
        f.write_str(&self.message)
    }
}

impl std::error::Error for RequestError {}
