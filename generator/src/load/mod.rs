//! Text into a document: JSON and YAML, overlays, references, older vocabularies raised.
//!
//! [`load`] reads the entry and every file that its references lead to, below the entry's folder;
//! [`load_with`] applies overlays to the entry first. What comes back is a [`Document`]: plain JSON values
//! in the vocabulary of OpenAPI 3.1, walked with [`Node`] cursors that know where they are written. Lines
//! and columns are found only when a message needs them, by [`Document::place`].
//!
//! ```
//! use specwright::diag::Diagnostics;
//! use specwright::load::{MemorySources, load};
//!
//! let sources = MemorySources::new("api.yaml", "openapi: 3.1.0\ninfo: {title: Pets}\n");
//! let mut diagnostics = Diagnostics::new();
//! let document = load("api.yaml", &sources, &mut diagnostics).ok_or("not loaded")?;
//! let title = document.root().get("info").and_then(|info| info.str("title", &mut diagnostics));
//! assert_eq!(title, Some("Pets"));
//! # Ok::<(), &str>(())
//! ```

mod advice;
mod anchors;
mod applicators;
mod build;
mod document;
mod event;
mod file;
mod files;
mod indent;
mod json;
mod json_string;
mod locate;
mod moves;
mod node;
mod overlay;
mod pointer;
mod raise;
mod reader;
mod reference;
mod resources;
mod scalar;
mod sources;
mod structure;
mod swagger;
mod uri;
mod version;
mod walk;
mod yaml;

pub(crate) use applicators::{Subschemas, subschemas};
pub use document::Document;
pub(crate) use moves::Places;
pub use node::Node;
pub use reader::{load, load_with};
pub use reference::ReferenceError;
pub use sources::{MemorySources, SourceError, Sources};
pub(crate) use swagger::COLLECTION_FORMAT;
pub use version::Version;

#[cfg(test)]
mod tests;
