//! The n8n back end: IR into a community-node package.
//!
//! ```text
//! model         what is written as JSON
//! target        where a request goes, and whether it says who asks
//! client_fields parameters that operations share, in the credential
//! text          the document's texts as n8n shows them
//! forms         a schema as an input and as the shape of what is read from it
//! descriptors   a descriptor for each resource
//! trigger       a descriptor of the events
//! check         descriptors against themselves
//! package       all files of a package
//! ```

mod check;
mod client_fields;
mod descriptors;
mod forms;
pub mod model;
mod package;
mod target;
mod text;
mod trigger;

pub use descriptors::descriptors;
pub use package::{Manual, ManualInput, ManualOperation, N8nError, Package, manual, package};
pub use trigger::trigger;
