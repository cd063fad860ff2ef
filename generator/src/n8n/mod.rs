//! The n8n back end: IR into a community-node package.
//!
//! ```text
//! model         what is written as JSON
//! descriptors   a descriptor for each resource
//! package       all files of a package
//! ```

mod descriptors;
pub mod model;
mod package;

pub use descriptors::descriptors;
pub use package::{N8nError, Package, package};
