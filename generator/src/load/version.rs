//! Which specification a document follows.

use serde_json::Value;

/// The version that a document was written in. Whatever it is, a loaded document has the vocabulary
/// of 3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0.
    V2_0,
    /// OpenAPI 3.0.x.
    V3_0,
    /// OpenAPI 3.1.x.
    V3_1,
    /// OpenAPI 3.2.x, read as 3.1.
    V3_2,
}

impl Version {
    /// As it is written, without the patch number: `3.1`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        }
    }
}

/// What a root says about its version.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// The keyword: `openapi` or `swagger`.
    pub(super) keyword: &'static str,
    /// Its value as written.
    pub(super) text: String,
    /// Whether it is a string, as it must be. `openapi: 3.1` in YAML is a number.
    pub(super) is_string: bool,
    /// The version, if it is one that is known.
    pub(super) version: Option<Version>,
}

/// Reads `openapi` or `swagger`, if the root has one.
pub(super) fn stated(root: &Value) -> Option<Stated> {
    let (keyword, value) = ["openapi", "swagger"]
        .into_iter()
        .find_map(|keyword| Some((keyword, root.get(keyword)?)))?;
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Some(Stated {
        keyword,
        version: version(keyword, text.trim()),
        is_string: value.is_string(),
        text,
    })
}

fn version(keyword: &str, text: &str) -> Option<Version> {
    let mut parts = text.split('.');
    match (keyword, parts.next()?, parts.next()?) {
        ("openapi", "3", "0") => Some(Version::V3_0),
        ("openapi", "3", "1") => Some(Version::V3_1),
        ("openapi", "3", "2") => Some(Version::V3_2),
        ("swagger", "2", "0") => Some(Version::V2_0),
        _ => None,
    }
}
