//! Actions: what can be done with an API.

use super::{Body, Event, Origin, Outcome, Pagination, Parameter, Requirement, ResourceId, Server};

/// The index of an action in [`super::Api::actions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionId(pub usize);

/// An Operation Object: one method on one path.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// `operationId`; `None` when the document has none. Not unique in every document.
    pub operation_id: Option<String>,
    /// What kind of action it is. [`Kind::Custom`] until `passes::kinds` has looked.
    pub kind: Kind,
    /// Why it is that kind.
    pub evidence: Vec<Evidence>,
    /// The resource it belongs to. Set by `passes::resources`; `None` only before.
    pub resource: Option<ResourceId>,
    /// The HTTP method.
    pub method: Method,
    /// The path as the document writes it: `/people/{id}`.
    pub path: String,
    /// The path, taken apart.
    pub segments: Vec<PathSegment>,
    /// `tags`, in order.
    pub tags: Vec<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `externalDocs`.
    pub external_docs: Option<ExternalDocs>,
    /// Path, query, header and cookie parameters, those of the path item included, in order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// What comes back.
    pub outcome: Outcome,
    /// How to get the next page. Set by `passes::pagination`.
    pub pagination: Option<Pagination>,
    /// Whether it may be sent again. Set by `passes::idempotency`.
    pub idempotency: Idempotency,
    /// `security` of the operation; `None`: the document's own.
    pub security: Option<Vec<Requirement>>,
    /// `servers` of the operation or its path item, which replace the document's.
    pub servers: Vec<Server>,
    /// `deprecated`.
    pub deprecation: Option<Deprecation>,
    /// `callbacks`, recorded as the events they are.
    pub callbacks: Vec<Event>,
    /// Where it stands: `/paths/~1people/get`.
    pub origin: Origin,
}

/// What an action does with its resource, in the words of the action lists that users see.
///
/// Only the canonical collection and item paths of a resource take a kind; everything else is
/// [`Kind::Custom`] and generated just as completely, under its own verb.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A page of records, or all of them.
    FindMany,
    /// One record by its id.
    FindOne,
    /// Makes a record.
    CreateOne,
    /// Makes several records.
    CreateMany,
    /// Changes a record by its id.
    UpdateOne,
    /// Changes the records that a filter selects.
    UpdateMany,
    /// Removes a record by its id.
    DeleteOne,
    /// Removes the records that a filter selects.
    DeleteMany,
    /// Groups of records that look like the given ones.
    FindDuplicates,
    /// Makes a record or changes the one that exists.
    Upsert,
    /// Brings back a removed record.
    Restore,
    /// Makes one record of several.
    Merge,
    /// Anything else.
    Custom {
        /// The operation's own words without the resource's: `["get", "open", "api", "schema"]`.
        words: Vec<String>,
    },
}

impl Action {
    /// The path template that is sent: [`Action::path`] without a query or a fragment, which some
    /// documents write there.
    pub fn template(&self) -> &str {
        let end = self.path.find(['?', '#']).unwrap_or(self.path.len());
        self.path.get(..end).unwrap_or(&self.path)
    }
}

impl Kind {
    /// The words that people see, such as `find many`; none for a custom action, which has its own.
    pub const fn canonical(&self) -> Option<&'static str> {
        Some(match self {
            Self::FindMany => "find many",
            Self::FindOne => "find one",
            Self::CreateOne => "create one",
            Self::CreateMany => "create many",
            Self::UpdateOne => "update one",
            Self::UpdateMany => "update many",
            Self::DeleteOne => "delete one",
            Self::DeleteMany => "delete many",
            Self::FindDuplicates => "find duplicates",
            Self::Upsert => "upsert",
            Self::Restore => "restore",
            Self::Merge => "merge",
            Self::Custom { .. } => return None,
        })
    }
}

/// One reason for an inference, shown by `inspect`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What was decided: `kind`, `resource`, `envelope`, `pagination`, `id`, `idempotency`, ..
    pub about: &'static str,
    /// Why: "GET on the collection /people", "operationId starts with findMany".
    pub because: String,
    /// Whether the configuration said so rather than the document.
    pub overridden: bool,
}

/// The HTTP methods of a Path Item Object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// GET
    Get,
    /// PUT
    Put,
    /// POST
    Post,
    /// DELETE
    Delete,
    /// OPTIONS
    Options,
    /// HEAD
    Head,
    /// PATCH
    Patch,
    /// TRACE
    Trace,
}

impl Method {
    /// Every method, in the order the specification lists them.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
    ];

    /// The method as it is sent: `GET`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// The key of a Path Item Object: `get`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
        }
    }

    /// Whether it only reads (RFC 9110, section 9.2.1).
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options | Self::Trace)
    }
}

/// A piece of a path template. `/files/{name}.{ext}` is `Text("/files/")`, `Parameter("name")`,
/// `Text(".")`, `Parameter("ext")`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PathSegment {
    /// Text, sent as it is.
    Text(String),
    /// The wire name of a path parameter.
    Parameter(String),
}

/// What may be done when it is not known whether a request arrived.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Idempotency {
    /// It only reads; it may be repeated at will.
    Safe,
    /// Sending it twice has the effect of once (PUT, DELETE).
    Idempotent,
    /// It is idempotent when this header carries a key of the caller's.
    Keyed {
        /// The header's name.
        header: String,
    },
    /// It must not be repeated unless the server says that it did nothing (429).
    #[default]
    Once,
}

/// `deprecated: true`, with whatever the document adds to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deprecation {
    /// `x-deprecated-reason`, `x-deprecation-message`.
    pub message: Option<String>,
    /// `x-sunset`: the day it goes away.
    pub sunset: Option<String>,
}

/// External Documentation Object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalDocs {
    /// Where it is.
    pub url: String,
    /// What it is.
    pub description: Option<String>,
}
