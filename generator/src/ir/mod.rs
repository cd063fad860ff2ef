//! The intermediate representation: everything a back end may want to know, decided once.
//!
//! Plain data and closed enums. Names in here are the document's own words; each back end asks
//! [`crate::names`] for its identifiers. References are ids into the tables of [`Api`]; every node
//! carries the [`Origin`] it came from, for diagnostics, the lock file and spec diffs.
//!
//! [`crate::normalise`] fills in what the document says; [`crate::passes`] add what follows from it
//! (kinds, resources, envelopes, pagination, relations, shared shapes, recursion).

mod action;
mod auth;
mod body;
mod event;
mod info;
mod origin;
mod outcome;
mod pagination;
mod parameter;
mod resource;
mod schema;
mod server;
mod types;
mod webhook;
mod xml;

pub use action::{
    Action, ActionId, Deprecation, Evidence, ExternalDocs, Idempotency, Kind, Method, PathSegment,
};
pub use auth::{ApiKeyPlace, AuthScheme, AuthSchemeKind, OAuthFlow, OAuthFlowKind, Requirement};
pub use body::{Body, Encoding, Media, Part};
pub use event::{Event, EventKey, EventVerb, HeaderValue};
pub use info::{Contact, Info, License};
pub use origin::{Loss, Origin};
pub use outcome::{Envelope, Header, Outcome, Payload, Response, Status, Success};
pub use pagination::{Pagination, Slot, Source, Strategy};
pub use parameter::{ClientParameter, Parameter, Place, Style};
pub use resource::{IdSource, Resource, ResourceId, Tag};
pub use schema::{Bound, Constraints, Primitive, Rule, Schema, Type};
pub use server::{Server, ServerVariable};
pub use types::{
    AddedTag, Additional, Enum, EnumValue, Field, JsonType, OtherWay, PatternFields, Record,
    Relation, Role, TypeBody, TypeDef, TypeId, Union, Variant, VariantTest,
};
pub use webhook::{
    HmacSignature, Signature, SignatureEncoding, SignatureScheme, SignatureTimestamp, SignedPart,
    SubscribedEvents, Subscription, SubscriptionSecret, TimestampUnit, Webhooks,
};
pub use xml::Xml;

/// One API, as every back end sees it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Api {
    /// The name the user gave it (`twenty`): a lower-case word, used for modules and packages.
    pub name: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`; information only, it need not be a version ("v0.1").
    pub version: String,
    /// `info.description`, CommonMark.
    pub description: Option<String>,
    /// Who is to be asked, and what one agrees to.
    pub info: Info,
    /// Where the API is served, in the list's order; the first is the default.
    pub servers: Vec<Server>,
    /// `components.securitySchemes`, ordered by key.
    pub auth_schemes: Vec<AuthScheme>,
    /// The document's `security`: alternatives, any one of which is enough. Empty: nothing is asked.
    pub security: Vec<Requirement>,
    /// `externalDocs` of the document.
    pub external_docs: Option<ExternalDocs>,
    /// `tags`, in the list's order; operations may use others, too.
    pub tags: Vec<Tag>,
    /// The things the API is about: in the order of [`tags`](Self::tags), then those without a tag's
    /// declaration as actions mention them. Filled by `passes::resources`.
    pub resources: Vec<Resource>,
    /// Every operation of the document, ordered by path and then by method, as keys are; [`ActionId`]
    /// is an index into this.
    pub actions: Vec<Action>,
    /// Every type that has a name of its own; [`TypeId`] is an index into this.
    pub types: Vec<TypeDef>,
    /// What the API tells its subscribers: webhooks.
    pub events: Vec<Event>,
    /// What is true of all of [`events`](Self::events).
    pub webhooks: Webhooks,
    /// Parameters that so many operations share that a client is told them once, ordered by name.
    /// Filled by `passes::client_parameters`.
    pub client_parameters: Vec<ClientParameter>,
    /// What the document says and nothing here can hold. Each has a diagnostic as well.
    pub losses: Vec<Loss>,
}

impl Api {
    /// The action with this id. Ids are only made for actions that exist, so `None` is a stale id.
    pub fn action(&self, id: ActionId) -> Option<&Action> {
        self.actions.get(id.0)
    }

    /// The type with this id.
    pub fn type_def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }

    /// The resource with this id.
    pub fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.resources.get(id.0)
    }

    /// Follows aliases from a schema to the type that decides its shape: an alias of an alias of a
    /// record is that record. Stops at a cycle of aliases, which has no shape.
    pub fn resolved<'a>(&'a self, ty: &'a Type) -> &'a Type {
        let mut current = ty;
        for _ in 0..=self.types.len() {
            match current {
                Type::Named(id) => match self.type_def(*id).map(|def| &def.body) {
                    Some(TypeBody::Alias(schema)) => current = &schema.ty,
                    _ => return current,
                },
                _ => return current,
            }
        }
        current
    }

    /// The only value that a schema allows, where it is a text.
    pub fn constant_text<'a>(&'a self, schema: &'a Schema) -> Option<&'a str> {
        match self.resolved(&schema.ty) {
            Type::Constant(value) => value.as_str(),
            Type::Named(id) => match self.type_def(*id).map(|def| &def.body) {
                Some(TypeBody::Enum(list)) => match list.values.as_slice() {
                    [EnumValue { value, .. }] => value.as_str(),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// The record a type stands for, through aliases; `None` when it is something else.
    pub fn record(&self, ty: &Type) -> Option<(TypeId, &Record)> {
        match self.resolved(ty) {
            Type::Named(id) => match self.type_def(*id).map(|def| &def.body) {
                Some(TypeBody::Record(record)) => Some((*id, record)),
                _ => None,
            },
            _ => None,
        }
    }
}
