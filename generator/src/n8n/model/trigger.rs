//! The descriptor of an API's events: `trigger.json` of the package.

use super::{Property, Request};
use crate::ir::EventKey;
use indexmap::IndexMap;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// The events of an API, and how a trigger hears of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TriggerDescriptor {
    /// [`SCHEMA_VERSION`](super::SCHEMA_VERSION).
    pub schema_version: u32,
    /// What tells events apart; nothing, where nothing does.
    pub kinds: Vec<EventKind>,
    /// Options that stand for others.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub groups: IndexMap<String, Vec<String>>,
    /// How deliveries are signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<SignatureDescriptor>,
    /// The keys from a signed body to what identifies a delivery.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delivery_id: Vec<String>,
    /// How one subscribes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription: Option<SubscriptionDescriptor>,
    /// The node's parameters.
    pub properties: Vec<Property>,
}

impl TriggerDescriptor {
    /// Whether people enter the secret that deliveries are signed with, in a credential.
    pub fn asks_for_secret(&self) -> bool {
        let registered = self.subscription.as_ref().and_then(|it| it.secret.as_ref());
        self.signature.is_some() && registered.is_none()
    }

    /// Whether an option that stands for several events also brings those that are not known: where
    /// events are registered by their names, only a name of the API's own for all of them does that.
    pub fn brings_unknown(&self, option: &str) -> bool {
        let known = self.subscription.as_ref();
        known.is_none_or(|it| !it.named || it.wildcards.contains_key(option))
    }

    /// Whether an event can be chosen.
    pub fn has_choice(&self) -> bool {
        !self.kinds.is_empty()
    }
}

/// Events that say in one place which they are, and have their record in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventKind {
    /// Where a delivery says which event it is.
    #[serde(serialize_with = "key")]
    pub key: EventKey,
    /// The keys from the body to the record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub record: Vec<String>,
    /// By name on the wire, the option of each event.
    pub events: IndexMap<String, String>,
}

/// How deliveries are signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "scheme", rename_all = "camelCase")]
pub enum SignatureDescriptor {
    /// HMAC with SHA-256 over parts of the delivery.
    HmacSha256 {
        /// The header with the signature.
        header: String,
        /// What stands before it in the header.
        #[serde(skip_serializing_if = "String::is_empty")]
        prefix: String,
        /// How its bytes are written: `hex` or `base64`.
        encoding: &'static str,
        /// What is signed, in order.
        signed: Vec<SignedPiece>,
        /// Where the time of sending stands.
        #[serde(skip_serializing_if = "Option::is_none")]
        timestamp: Option<TimestampDescriptor>,
    },
    /// Standard Webhooks 1.0.
    StandardWebhooks,
}

/// A piece of what is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SignedPiece {
    /// The timestamp, as its header has it.
    Timestamp,
    /// The body's bytes.
    Body,
    /// These characters.
    #[serde(untagged)]
    Text {
        /// The characters.
        text: String,
    },
}

/// Where the time of sending stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimestampDescriptor {
    /// Its header.
    pub header: String,
    /// What it counts: `seconds` or `milliseconds`.
    pub unit: &'static str,
}

/// How one subscribes to events.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubscriptionDescriptor {
    /// Makes a subscription.
    pub create: Request,
    /// Removes one.
    pub delete: Request,
    /// Finds one, or lists them all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub find: Option<Request>,
    /// The keys from a record to its id.
    pub id: Vec<String>,
    /// Whether it is told of which events it is.
    #[serde(skip)]
    pub named: bool,
    /// Whether each is about one event.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub single: bool,
    /// The names of events that it takes, where the document lists them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<String>,
    /// By option, the API's own name for all events that the option stands for.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub wildcards: IndexMap<String, String>,
    /// The keys from what is found to the URL.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub url: Vec<String>,
    /// The keys from what is found to the events.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Who decides on the secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretDescriptor>,
}

/// Who decides on the secret of a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SecretDescriptor {
    /// The trigger.
    Chosen,
    /// The API, at these keys of what it made.
    Given(Vec<String>),
}

fn key<S: Serializer>(key: &EventKey, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    match key {
        EventKey::Body(keys) => map.serialize_entry("body", keys)?,
        EventKey::Header(name) => map.serialize_entry("header", name)?,
        EventKey::HeaderAndBody(name, keys) => {
            map.serialize_entry("header", name)?;
            map.serialize_entry("body", keys)?;
        }
    }
    map.end()
}
