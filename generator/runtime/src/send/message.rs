//! The request of a call, which each attempt sends again.

use http::Request;
use http::header::Entry;
use http::request::Parts;

use crate::random::{self, Random};
use crate::request::{Draft, header};
use crate::{Body, RequestError};

/// A request that can be sent more than once, if its body can.
pub(super) struct Message {
    parts: Parts,
    /// `None`: it was sent, and is gone.
    body: Option<Body>,
}

impl Message {
    /// Builds the request, with credentials and an idempotency key.
    ///
    /// # Errors
    /// When the request cannot be built.
    pub(super) fn new(draft: &Draft, random: &dyn Random) -> Result<Self, RequestError> {
        let (mut parts, body) = draft.request()?.into_parts();
        if let Some(name) = draft.operation.idempotency_key {
            add_key(&mut parts, name, random).map_err(|error| error.of(draft.operation))?;
        }
        Ok(Self {
            parts,
            body: Some(body),
        })
    }

    /// The request of the next attempt.
    pub(super) fn take(&mut self) -> Request<Body> {
        let copy = self.body.as_ref().and_then(Body::try_clone);
        let body = copy.or_else(|| self.body.take()).unwrap_or_default();
        Request::from_parts(self.parts.clone(), body)
    }

    /// Whether there can be another attempt.
    pub(super) const fn is_replayable(&self) -> bool {
        self.body.is_some()
    }
}

/// Adds a random key, unless the caller has set one.
fn add_key(parts: &mut Parts, name: &str, random: &dyn Random) -> Result<(), RequestError> {
    let key = random::uuid(random).to_string();
    let (name, mut key) =
        header(name, &key).map_err(|reason| RequestError::parameter(name, reason))?;
    key.set_sensitive(true);
    if let Entry::Vacant(vacant) = parts.headers.entry(name) {
        vacant.insert(key);
    }
    Ok(())
}
