//! Resources: the things an API is about.

use super::{ActionId, ExternalDocs, Origin, TypeId};

/// The index of a resource in [`super::Api::resources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(pub usize);

/// A group of actions on one kind of thing, usually a tag of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Its value as the document writes it: the tag, `connectedAccounts`.
    pub tag: String,
    /// One of them, as words: `["connected", "account"]`.
    pub singular: Vec<String>,
    /// Several of them: `["connected", "accounts"]`.
    pub plural: Vec<String>,
    /// The tag's description.
    pub description: Option<String>,
    /// Its actions, in the order users see them: canonical kinds first, then as in
    /// [`Api::actions`](super::Api::actions).
    pub actions: Vec<ActionId>,
    /// The record type it is about, where its actions agree on one.
    pub record: Option<TypeId>,
    /// What identifies one of them.
    pub id: Option<IdSource>,
    /// The tag's declaration, else the first path.
    pub origin: Origin,
}

/// What identifies a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdSource {
    /// The path parameter of its item path: `id`.
    pub parameter: String,
    /// The record's property with the same value; `None` when it has no such property.
    pub field: Option<String>,
    /// The collection's path: `/people`.
    pub collection_path: Option<String>,
    /// The item's path: `/people/{id}`.
    pub item_path: String,
}

/// A Tag Object: a group that the document declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// `name`, as operations refer to it.
    pub name: String,
    /// `description`, CommonMark.
    pub description: Option<String>,
    /// `externalDocs`.
    pub external_docs: Option<ExternalDocs>,
    /// Where it is declared.
    pub origin: Origin,
}
