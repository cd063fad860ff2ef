//! Bodies of requests and responses.

use std::fmt;

use bytes::Bytes;

use crate::TransportError;

/// The body of a request or a response. It is in memory today; its type leaves room for one that
/// is not.
#[derive(Clone, Default)]
pub struct Body(Bytes);

impl Body {
    /// A body of no bytes.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Bytes::new())
    }

    /// The bytes, when they are in memory.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&Bytes> {
        Some(&self.0)
    }

    /// The same body again, where it can be sent more than once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        Some(self.clone())
    }

    /// All the bytes.
    ///
    /// # Errors
    /// When the connection breaks before the last of them.
    pub async fn into_bytes(self) -> Result<Bytes, TransportError> {
        Ok(self.0)
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

/// Shows how long the body is, and not what is in it, which may be secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes)", self.0.len())
    }
}
