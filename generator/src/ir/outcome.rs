//! What comes back.

use super::{Media, Origin, Schema, Type, TypeId};

/// All the responses of an action.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// Every declared response, ordered by key.
    pub responses: Vec<Response>,
    /// Which of them is the success, and what is in it. `None` when none is declared; then any 2xx
    /// is accepted and its body is left alone.
    pub success: Option<Success>,
}

/// A Response Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The status or range it is for.
    pub status: Status,
    /// `description`.
    pub description: Option<String>,
    /// The alternatives by media type; empty: no body.
    pub media: Vec<Media>,
    /// `headers`.
    pub headers: Vec<Header>,
    /// Where it stands; at a reference, the place of the reference.
    pub origin: Origin,
}

/// The key of a Responses Object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// `200`.
    Code(u16),
    /// `4XX`: the first digit.
    Range(u8),
    /// `default`.
    Default,
}

/// A Header Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// Whether it is always there.
    pub required: bool,
    /// Its value.
    pub schema: Schema,
    /// Where it stands.
    pub origin: Origin,
}

/// The response that means success.
#[derive(Debug, Clone, PartialEq)]
pub struct Success {
    /// Its index in [`Outcome::responses`].
    pub response: usize,
    /// The media type that is read, as an index into its `media`; `None`: there is no body.
    pub media: Option<usize>,
    /// What the caller gets.
    pub payload: Payload,
}

/// What the caller of an action gets.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "there is one for each action, which is larger by far"
)]
pub enum Payload {
    /// No body.
    Empty,
    /// The body as it is.
    Whole(Type),
    /// What is inside an envelope. Set by `passes::envelopes`.
    Opened(Envelope),
}

/// A wrapper around the data, such as `{"data": {"createPerson": ..}}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// The keys to follow from the body to the data: `["data", "createPerson"]`. Never empty.
    pub path: Vec<String>,
    /// What is there.
    pub data: Schema,
    /// The record type of the envelope itself.
    pub whole: TypeId,
    /// A record with what stands beside the data (`pageInfo`, `totalCount`); `None`: nothing does.
    /// Properties keep the place they have in the whole body.
    pub metadata: Option<TypeId>,
}
