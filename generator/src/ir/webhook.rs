//! Webhooks as a whole: how a delivery is recognised as the API's own, and how one subscribes.

use super::ActionId;

/// What is true of all events of an API. Set by `passes::webhooks`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Webhooks {
    /// How deliveries are signed; `None`: neither the document nor the configuration says it.
    pub signature: Option<Signature>,
    /// The keys from the body to what identifies a delivery: `["id"]`. Only of use where the body is
    /// signed. Empty: a delivery that comes twice is recognised by its signature.
    pub delivery_id: Vec<String>,
    /// How one subscribes through the API itself; `None`: people do it elsewhere.
    pub subscription: Option<Subscription>,
}

/// How a delivery shows who sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// What is computed.
    pub scheme: SignatureScheme,
    /// Why this is thought to be so.
    pub evidence: String,
}

/// What a receiver computes from a secret that both sides know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureScheme {
    /// HMAC-SHA256 over parts of the delivery, in one header.
    Hmac(HmacSignature),
    /// Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
    StandardWebhooks,
}

/// HMAC-SHA256 over parts of the delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HmacSignature {
    /// The header with the signature: `X-Twenty-Webhook-Signature`.
    pub header: String,
    /// What stands before it in the header: `sha256=`, or nothing.
    pub prefix: String,
    /// How its bytes are written.
    pub encoding: SignatureEncoding,
    /// What is signed, in order; the body is among it.
    pub signed: Vec<SignedPart>,
    /// Where the time of sending stands; it is always signed.
    pub timestamp: Option<SignatureTimestamp>,
}

/// How the bytes of a signature are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureEncoding {
    /// Two hexadecimal digits for each byte; receivers take either case.
    Hex,
    /// Base64 with the standard alphabet and padding (RFC 4648, section 4).
    Base64,
}

/// A piece of what is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedPart {
    /// These characters.
    Text(String),
    /// The timestamp, as the header has it.
    Timestamp,
    /// The body's bytes, as they came.
    Body,
}

/// Where the time of sending stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureTimestamp {
    /// The header: `X-Twenty-Webhook-Timestamp`.
    pub header: String,
    /// What it counts since 1970-01-01T00:00:00Z.
    pub unit: TimestampUnit,
}

/// What a timestamp counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

/// The operations by which a receiver subscribes to events and goes away again.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscription {
    /// Makes a subscription.
    pub create: ActionId,
    /// Removes one, by its id.
    pub delete: ActionId,
    /// Finds one by its id.
    pub find: Option<ActionId>,
    /// Lists them.
    pub list: Option<ActionId>,
    /// The keys from the body of `create` to the receiver's URL: `["targetUrl"]`.
    pub url: Vec<String>,
    /// The keys from the body of `create` to the wire names of the events it is about, and whether
    /// several fit: `["operations"]`. `None`: all events come.
    pub events: Option<SubscribedEvents>,
    /// Who decides on the secret, where there is one.
    pub secret: Option<SubscriptionSecret>,
    /// Why this is thought to be so.
    pub evidence: String,
}

/// Where a subscription names its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscribedEvents {
    /// The keys from the body to them.
    pub path: Vec<String>,
    /// Whether it is a list of names, or one name.
    pub many: bool,
    /// What names all events, also those that the document does not have: `*.*`. `None`: nobody
    /// says that there is such a name.
    pub every: Option<String>,
    /// What names all events of one resource, with `{resource}` for the first part of their wire
    /// names: `{resource}.*`.
    pub every_of: Option<String>,
}

/// Who decides on the secret of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubscriptionSecret {
    /// The subscriber, at these keys of the body of `create`.
    Chosen(Vec<String>),
    /// The API, at these keys of what `create` gives (behind its envelope).
    Given(Vec<String>),
}
