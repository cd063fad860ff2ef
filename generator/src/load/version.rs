//! Which specification a document follows.

use super::file::File;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::Origin;
use serde_json::Value;
use std::sync::Arc;

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

/// The version, if the document is of one that is read.
pub(super) fn check(file: &File, diagnostics: &mut Diagnostics) -> Option<Version> {
    let origin = Origin::new(Arc::clone(&file.path), "");
    let refuse = |origin: Origin, message: String| {
        let position = file.position(&origin.pointer);
        Diagnostic::error(Code::Version, origin, message).position(position)
    };
    if !file.root.is_object() {
        let message = match &file.root {
            Value::Null => "the file is empty".to_owned(),
            _ => "the document must be a mapping".to_owned(),
        };
        diagnostics.push(refuse(origin, message));
        return None;
    }
    let Some(stated) = stated(&file.root) else {
        let message =
            "this is not an OpenAPI document: it has neither `openapi` nor `swagger`".to_owned();
        let hint = "an OpenAPI document says which version it follows: `openapi: 3.1.0`";
        diagnostics.push(refuse(origin, message).hint(hint));
        return None;
    };
    let origin = origin.child(stated.keyword);
    if !stated.is_string && stated.version.is_some() {
        let message = format!("`{}` must be a string, but is a number", stated.keyword);
        let diagnostic = Diagnostic::note(Code::WrongType, origin.clone(), message)
            .action(format!("it was read as \"{}\"", stated.text));
        diagnostics.push(diagnostic);
    }
    if stated.version == Some(Version::V3_0) && !stated.text.contains('.') {
        let message = "the version has no second number";
        let note = Diagnostic::note(Code::Version, origin.clone(), message);
        diagnostics.push(note.action("the document was read as OpenAPI 3.0"));
    }
    match stated.version {
        Some(version @ (Version::V2_0 | Version::V3_0 | Version::V3_1)) => Some(version),
        Some(Version::V3_2) => {
            let message = "OpenAPI 3.2 is read as 3.1";
            let note = Diagnostic::note(Code::Version, origin, message);
            diagnostics.push(
                note.action("what 3.2 adds is not generated, but for `itemSchema` of streams"),
            );
            Some(Version::V3_2)
        }
        None => {
            let shown: String = stated.text.chars().take(40).collect();
            let message = format!("the version `{shown}` is not one that is read");
            let hint = "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are read";
            diagnostics.push(refuse(origin, message).hint(hint));
            None
        }
    }
}

/// What a root says about its version.
#[derive(Debug, PartialEq, Eq)]
struct Stated {
    /// The keyword: `openapi` or `swagger`.
    keyword: &'static str,
    /// Its value as written.
    text: String,
    /// Whether it is a string, as it must be. `openapi: 3.1` in YAML is a number.
    is_string: bool,
    /// The version, if it is one that is known.
    version: Option<Version>,
}

/// Reads `openapi` or `swagger`, if the root has one.
fn stated(root: &Value) -> Option<Stated> {
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
    match (keyword, parts.next()?, parts.next().unwrap_or_default()) {
        ("openapi", "3", "" | "0") => Some(Version::V3_0),
        ("openapi", "3", "1") => Some(Version::V3_1),
        ("openapi", "3", "2") => Some(Version::V3_2),
        ("swagger", "2", "" | "0") => Some(Version::V2_0),
        _ => None,
    }
}
