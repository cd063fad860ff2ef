//! The descriptor of a resource: one JSON file of the package.

use super::{Property, Request, Shape};
use indexmap::IndexMap;
use serde::Serialize;

/// The version of the format, of which the runtime and the descriptors of one package always are.
pub const SCHEMA_VERSION: u32 = 1;

/// A resource with its operations.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceDescriptor {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// As the Resource selector shows it.
    pub resource: ResourceOption,
    /// In the order of the Operation selector.
    pub operations: Vec<OperationDescriptor>,
    /// Shapes that several requests share, by their names.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub shapes: IndexMap<String, Shape>,
    /// How a record is chosen from a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lookup: Option<Lookup>,
    /// The parameters of all its operations, without the selectors.
    pub properties: Vec<Property>,
}

/// The resource as the Resource selector shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResourceOption {
    /// The document's tag: `connectedAccounts`.
    pub value: String,
    /// In the singular: `Connected Account`.
    pub name: String,
    /// The tag's description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// An operation as the Operation selector shows it, and what it sends.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OperationDescriptor {
    /// `findMany`.
    pub value: String,
    /// `Find Many`.
    pub name: String,
    /// `Find many connected accounts`.
    pub action: String,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it sends.
    pub request: Request,
}

/// How a record is chosen from a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lookup {
    /// The name of the list search method: `searchPeople`.
    pub method: String,
    /// The operation that lists records: `findMany`.
    pub operation: String,
    /// The keys of a record to its id.
    pub value: Vec<String>,
    /// The keys to the texts that a record is called by.
    pub label: Vec<Vec<String>>,
    /// How the server searches, where it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<Search>,
}

/// How the server searches a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Search {
    /// The query parameter.
    pub parameter: String,
    /// What it takes, with `{text}` for the longest word of the text; `None`: the text itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}
