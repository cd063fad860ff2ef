//! The one place where a name becomes an identifier.
//!
//! ```text
//! words, signs      the document's text -> words
//! inflect           words -> their singular and plural
//! rust              words -> an identifier: casing, keywords, leading digits
//! scope             the identifiers of one namespace, given out as a set; the lock wins
//! lock              every name that was ever given, as text
//! rust_names        all of it for one API
//! n8n_names         the same for what n8n shows and saves
//! docs_names        the files and headings of the documentation
//! ```

mod client_words;
mod docs_names;
mod inflect;
mod lock;
mod n8n_names;
mod rust;
mod rust_names;
mod scope;
mod signs;
mod words;

pub(crate) use client_words::client_words;
pub use docs_names::{ActionTitle, DocsNames, ResourcePage};
pub use inflect::{plural, singular};
pub use lock::{Lock, LockError, Table};
pub use n8n_names::{
    EventGroup, EventOption, Mistaken, N8nEvents, N8nNames, OperationNames, ResourceLabels,
    sentence, title,
};
pub use rust::{Case, bare, ident, is_identifier};
pub use rust_names::{ActionNames, ResourceNames, RustNames, SharedType, allocate};
pub use scope::{Item, Scope};
pub use words::{spelled, words};
