//! The request of a call, which each attempt sends again.

#[cfg(feature = "oauth2")]
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
#[cfg(feature = "oauth2")]
use std::sync::atomic::Ordering;

use http::Request;
#[cfg(feature = "oauth2")]
use http::StatusCode;
#[cfg(feature = "oauth2")]
use http::header::AUTHORIZATION;
use http::header::Entry;
use http::request::Parts;

#[cfg(feature = "oauth2")]
use super::Deadline;
#[cfg(feature = "oauth2")]
use crate::error::Failure;
#[cfg(feature = "oauth2")]
use crate::oauth2::{Bearer, Cache};
use crate::random::{self, Random};
use crate::request::{Draft, header};
use crate::retry::Reason;
use crate::{Body, RequestError};

/// A request that can be sent more than once, if its body can.
pub(super) struct Message {
    parts: Parts,
    /// `None`: it was sent, and is gone.
    body: Option<Body>,
    /// Where its token comes from.
    #[cfg(feature = "oauth2")]
    tokens: Option<Tokens>,
}

/// The tokens of one call.
#[cfg(feature = "oauth2")]
struct Tokens {
    cache: Arc<Cache>,
    /// What the last attempt had.
    sent: Option<Bearer>,
    /// Whether a token of this call was refused.
    was_refused: bool,
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
        #[cfg(feature = "oauth2")]
        let tokens = parts.extensions.remove().map(|cache| Tokens {
            cache,
            sent: None,
            was_refused: false,
        });
        Ok(Self {
            parts,
            body: Some(body),
            #[cfg(feature = "oauth2")]
            tokens,
        })
    }

    /// The request of the next attempt.
    pub(super) fn take(&mut self) -> Request<Body> {
        let copy = self.body.as_ref().and_then(Body::try_clone);
        let body = copy.or_else(|| self.body.take()).unwrap_or_default();
        Request::from_parts(self.parts.clone(), body)
    }

    /// Gets a token that is good, in time.
    ///
    /// # Errors
    /// When there is none, and when the time is over.
    #[cfg(feature = "oauth2")]
    pub(super) async fn authorize(&mut self, deadline: &Deadline<'_>) -> Result<(), Failure> {
        let Some(tokens) = &mut self.tokens else {
            return Ok(());
        };
        let limit = deadline.limit();
        let token = async { Ok(tokens.cache.bearer(limit.time).await) };
        let token = limit.watch(&**deadline.clock, token).await;
        // Nothing was sent, which a timeout of the call's own would leave open.
        let token = token.unwrap_or_else(|error| Err(tokens.cache.late(&error)));
        let bearer = token.map_err(Failure::Token)?;
        self.parts
            .headers
            .insert(AUTHORIZATION, bearer.header.clone());
        tokens.sent = Some(bearer);
        Ok(())
    }

    /// Whether the request is to be sent again with another token: the server did not take this one,
    /// for the first time, and has done nothing.
    #[cfg(feature = "oauth2")]
    pub(super) fn has_another_token(&mut self, reason: Reason, acted: &AtomicBool) -> bool {
        let is_replayable = self.is_replayable() && !acted.load(Ordering::Relaxed);
        let Some(tokens) = &mut self.tokens else {
            return false;
        };
        let sent = tokens.sent.take();
        let Some(bearer) = sent.filter(|_| reason == Reason::Status(StatusCode::UNAUTHORIZED))
        else {
            return false;
        };
        if std::mem::replace(&mut tokens.was_refused, true) {
            tokens.cache.stand_by(&bearer);
            return false;
        }
        // It is good for no other call either.
        tokens.cache.reject(&bearer) && is_replayable
    }

    #[cfg(not(feature = "oauth2"))]
    #[allow(
        clippy::unused_self,
        clippy::needless_pass_by_ref_mut,
        reason = "tokens are those of a feature"
    )]
    pub(super) const fn has_another_token(&mut self, _: Reason, _: &AtomicBool) -> bool {
        false
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
