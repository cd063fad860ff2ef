//! Events: what an API tells its subscribers.

use super::{Api, Body, Header, Method, Origin, ResourceId, Response, Type, TypeId};

/// A webhook: a request that the API sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its key in `webhooks` (or `x-webhooks`): `Company Created`.
    pub name: String,
    /// The value that tells it apart on the wire, where the document says it: `company.created`.
    pub wire_name: Option<String>,
    /// Where [`wire_name`](Self::wire_name) stands; `None` where there is none. Set by
    /// `passes::events`.
    pub key: Option<EventKey>,
    /// What the header of [`EventKey::HeaderAndBody`] holds. Set by `passes::events`.
    pub header_value: Option<HeaderValue>,
    /// `tags`.
    pub tags: Vec<String>,
    /// The resource it is about. Set by `passes::events`.
    pub resource: Option<ResourceId>,
    /// What happened to the record.
    pub verb: EventVerb,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`, or else `summary`.
    pub description: Option<String>,
    /// The method, POST as a rule.
    pub method: Method,
    /// The headers it comes with.
    pub headers: Vec<Header>,
    /// Its body.
    pub body: Option<Body>,
    /// What the subscriber is to answer.
    pub responses: Vec<Response>,
    /// The type of the body, where it is a record.
    pub payload: Option<TypeId>,
    /// The keys from the body to the record it is about: `["record"]`.
    pub record_path: Vec<String>,
    /// Where it stands: `/webhooks/Company Created/post`.
    pub origin: Origin,
}

impl Event {
    /// The type of the record it is about, at the end of [`record_path`](Self::record_path).
    pub fn record(&self, api: &Api) -> Option<TypeId> {
        let (mut id, mut record) = api.record(&Type::Named(self.payload?))?;
        for key in &self.record_path {
            let mut fields = record.fields.iter();
            let field = fields.find(|field| field.wire_name == *key)?;
            (id, record) = api.record(&field.schema.ty)?;
        }
        Some(id)
    }

    /// What the body holds of a name that header and body tell together: `opened` of
    /// `pull_request.opened`. `None` where the header tells the event alone.
    pub fn body_value(&self) -> Option<&str> {
        let header = &self.header_value.as_ref()?.value;
        let rest = self.wire_name.as_deref()?.strip_prefix(header.as_str())?;
        rest.strip_prefix('.')
    }
}

/// Where a delivery says which event it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKey {
    /// In the body, behind these keys: `["data", "type"]`.
    Body(Vec<String>),
    /// In this header: `X-Event`.
    Header(String),
    /// In this header and, where it stands there, in the body behind these keys: `issues` and `opened`
    /// are `issues.opened`.
    HeaderAndBody(String, Vec<String>),
}

/// What a header holds that tells an event together with the body.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HeaderValue {
    /// The value: `pull_request`.
    pub value: String,
    /// Whether the document does not say it, so that it was taken from the event's name.
    pub guessed: bool,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EventVerb {
    /// A record was made.
    Created,
    /// A record was changed.
    Updated,
    /// A record was removed.
    Deleted,
    /// Something else, in the document's words.
    Other(String),
}
