//! What a delivery tells: which event it is, and its payload.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::body::{BodyError, text_at};
use super::received::Received;
use super::scheme::Scheme;

/// Where a delivery says which event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// In the body, behind these keys.
    Body(&'static [&'static str]),
    /// In this header, which no signature covers.
    Header(&'static str),
    /// In this header and, where it is there, in the body behind these keys; with a dot between them.
    HeaderAndBody(&'static str, &'static [&'static str]),
}

/// All events of an API: an enum that [`events!`](crate::events) makes.
pub trait Events: Sized {
    /// Where deliveries say which event they are, in the order in which to look.
    const KEYS: &'static [Key];

    /// What keeps the deliveries of this API apart from those of others in a store that they share.
    const NAMESPACE: &'static str = "";

    /// Reads the event that one of the [`KEYS`](Self::KEYS) names; `None` when there is none of that
    /// name.
    ///
    /// # Errors
    /// When the body is something else than that event's.
    fn read(key: usize, name: &str, body: &[u8]) -> Result<Option<Self>, Box<BodyError>>;

    /// An event that the document does not name.
    fn unknown(event: UnknownEvent) -> Self;
}

/// Events whose deliveries are signed.
pub trait Signed: Events {
    /// How they are signed.
    const SCHEME: Scheme;
}

/// An event that the document does not name, or whose resource's feature is off, as it came.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// What it is called on the wire; `None` when the delivery does not say it where others do.
    pub name: Option<String>,
    /// Its body.
    pub body: Value,
}

/// Reads an event without asking who sent it: anybody can have sent it. For deliveries that were
/// verified before, as those that come out of a queue.
///
/// # Errors
/// When the body is no JSON, or is something else than the event's that it says it is.
pub fn parse_unverified<E, N, V>(
    headers: impl IntoIterator<Item = (N, V)>,
    body: &[u8],
) -> Result<E, Box<BodyError>>
where
    E: Events,
    N: AsRef<str>,
    V: AsRef<[u8]>,
{
    parse(&Received::pick(event_headers::<E>(), headers), body)
}

/// The headers that name events.
pub(super) fn event_headers<E: Events>() -> impl Iterator<Item = &'static str> {
    E::KEYS.iter().filter_map(|key| match *key {
        Key::Header(name) | Key::HeaderAndBody(name, _) => Some(name),
        Key::Body(_) => None,
    })
}

pub(super) fn parse<E: Events>(received: &Received, body: &[u8]) -> Result<E, Box<BodyError>> {
    let mut first = None;
    let header = |name: &'static str| {
        let text = received.text(name);
        text.map_err(|_| BodyError::duplicate(name, body))
    };
    for (index, key) in E::KEYS.iter().enumerate() {
        let name = match key {
            Key::Body(keys) => text_at(body, keys)?,
            Key::Header(name) => header(name)?.map(Cow::Borrowed),
            Key::HeaderAndBody(name, keys) => match (header(name)?, text_at(body, keys)?) {
                (Some(first), Some(then)) => Some(Cow::Owned(format!("{first}.{then}"))),
                (first, _) => first.map(Cow::Borrowed),
            },
        };
        let Some(name) = name else { continue };
        if let Some(event) = E::read(index, &name, body)? {
            return Ok(event);
        }
        first.get_or_insert(name.into_owned());
    }
    let body = payload(first.as_deref(), body)?;
    Ok(E::unknown(UnknownEvent { name: first, body }))
}

/// Reads the payload of an event. Called by [`events!`](crate::events).
///
/// # Errors
/// When the body is something else.
pub fn payload<T: DeserializeOwned>(event: Option<&str>, body: &[u8]) -> Result<T, Box<BodyError>> {
    serde_json::from_slice(body).map_err(|error| BodyError::new(event, body, &error))
}
