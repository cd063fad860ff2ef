//! The body of a call until it is sent.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use crate::{Body, RequestError, RequestErrorKind};

/// A body that is kept until it is sent. One that is a stream can be taken once.
pub(crate) struct Payload(Mutex<Option<Body>>);

impl Payload {
    pub(crate) const fn new(body: Body) -> Self {
        Self(Mutex::new(Some(body)))
    }

    /// The body for one attempt.
    ///
    /// # Errors
    /// When it is a stream that was taken before.
    pub(crate) fn take(&self) -> Result<Body, RequestError> {
        let mut kept = self.kept();
        let copy = kept.as_ref().and_then(Body::try_clone);
        copy.or_else(|| kept.take()).ok_or_else(|| {
            RequestError::new(
                RequestErrorKind::Body,
                "the body is a stream that can be sent once, and not by a clone of the call: \
                 make it with `Body::from_stream_fn`, or call anew",
            )
        })
    }

    /// The bytes, where they are in memory.
    pub(crate) fn bytes(&self) -> Option<Bytes> {
        self.kept().as_ref()?.as_bytes().cloned()
    }

    fn kept(&self) -> MutexGuard<'_, Option<Body>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream that can be sent once stays with the original.
impl Clone for Payload {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.kept().as_ref().and_then(Body::try_clone)))
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kept() {
            Some(body) => body.fmt(f),
            None => f.write_str("Body(sent)"),
        }
    }
}
