//! Events that an API sends: whether a delivery is genuine, and what it tells.
//!
//! ```text
//! headers, body -> authenticate -> Verified -> event -> claim -> the event, typed
//!                  signature, time             JSON     not seen before
//! ```
//!
//! [`Verifier::verify`] does all of it in one call; [`Accepted`] shows how a delivery is given back when
//! what it asks for fails. A receiver whose memory of past deliveries is asynchronous takes the steps
//! one by one:
//!
//! ```
//! use specwright_runtime::webhook::{Error, Events, Verifier};
//!
//! fn receive<E: Events>(
//!     verifier: &Verifier<E>,
//!     headers: &http::HeaderMap,
//!     body: &[u8],
//!     handle: impl Fn(E) -> Result<(), Error>,
//! ) -> Result<(), Error> {
//!     let verified = verifier.authenticate(headers, body)?;
//!     let event = verified.event()?;
//!     // Or a store of your own: `store.insert(verified.replay_key(), verified.remember_until()).await`.
//!     verifier.claim(&verified)?;
//!     handle(event).inspect_err(|_| verifier.release(verified.replay_key()))
//! }
//! ```
//!
//! Signatures are compared in constant time, on bytes. Nothing here shows a secret.

mod body;
mod error;
mod event;
mod macros;
mod received;
mod replay;
mod scheme;
mod secret;
mod signature;
mod verified;
mod verifier;

pub use body::BodyError;
pub use error::{Error, StoreError};
pub use event::{Events, Key, Signed, UnknownEvent, parse_unverified, payload};
pub use replay::{MemoryReplayStore, ReplayKey, ReplayStore};
pub use scheme::{Encoding, Part, Scheme, Unit};
pub use secret::SecretError;
pub use verified::{Accepted, Verified};
pub use verifier::Verifier;
