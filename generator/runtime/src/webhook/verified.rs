//! What a delivery is once it is known to be genuine.

use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::event::{parse, payload};
use super::received::Received;
use super::{BodyError, Events, ReplayKey};

/// A delivery that is genuine and new, read.
///
/// ```
/// use specwright_runtime::webhook::{Error, Events, Verifier};
///
/// fn receive<E: Events>(verifier: &Verifier<E>, headers: &http::HeaderMap, body: &[u8]) -> Result<u16, Error> {
///     let delivery = verifier.verify(headers, body)?;
///     if deal_with(delivery.event).is_err() {
///         // Without this the sender's next attempt would be a replay, and the event lost.
///         verifier.release(&delivery.key);
///         return Ok(500);
///     }
///     Ok(204)
/// }
/// # fn deal_with<E>(_: E) -> Result<(), ()> { Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Accepted<E> {
    /// What happened.
    pub event: E,
    /// What the delivery is known by.
    pub key: ReplayKey,
}

/// A delivery that is genuine and in time. Whether it came before was not asked.
pub struct Verified<'b, E> {
    pub(super) body: &'b [u8],
    pub(super) received: Received,
    pub(super) replay_key: ReplayKey,
    pub(super) sent_at: Option<Timestamp>,
    pub(super) now: Timestamp,
    pub(super) remember_until: Timestamp,
    pub(super) events: PhantomData<fn() -> E>,
}

impl<E: Events> Verified<'_, E> {
    /// Reads the event.
    ///
    /// # Errors
    /// When the body is no JSON, or is something else than the event's that it says it is.
    pub fn event(&self) -> Result<E, Box<BodyError>> {
        parse(&self.received, self.body)
    }
}

impl<'b, E> Verified<'b, E> {
    /// The body, as it came.
    #[must_use]
    pub const fn body(&self) -> &'b [u8] {
        self.body
    }

    /// Reads the body as any type: where nothing says which event it is, or where it is not what the
    /// document says.
    ///
    /// # Errors
    /// When the body is no JSON, or is something else.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, Box<BodyError>> {
        payload(None, self.body)
    }

    /// What the delivery is known by.
    #[must_use]
    pub const fn replay_key(&self) -> &ReplayKey {
        &self.replay_key
    }

    /// How long the delivery has to be remembered: where its time is signed, it is too old afterwards.
    #[must_use]
    pub const fn remember_until(&self) -> Timestamp {
        self.remember_until
    }

    /// When it was sent, where that is signed.
    #[must_use]
    pub const fn sent_at(&self) -> Option<Timestamp> {
        self.sent_at
    }
}

impl<E> fmt::Debug for Verified<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("replay_key", &self.replay_key)
            .field("sent_at", &self.sent_at)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
