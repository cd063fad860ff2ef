//! Where an API is served.

use super::Origin;

/// A Server Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The URL template: `https://{region}.example.com/v1`.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// Its variables.
    pub variables: Vec<ServerVariable>,
    /// Where it stands.
    pub origin: Origin,
}

/// A Server Variable Object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name in the template.
    pub name: String,
    /// The value when nothing else is given.
    pub default: String,
    /// The values it can take; empty: any.
    pub values: Vec<String>,
    /// `description`.
    pub description: Option<String>,
}
