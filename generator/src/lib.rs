//! Specwright: compiles an OpenAPI document into a Rust SDK, an n8n node and reference documentation.
//!
//! The tree is the pipeline, and data flows one way through it:
//!
//! ```text
//! load -> normalise -> ir <- passes      text becomes a document, the document becomes the IR
//!                      ir -> names       every identifier is allocated once
//!                      ir -> rust        a back end turns the IR into files
//!                            plan        path -> text, nothing is written here
//! ```
//!
//! The crate is pure: text in, files to write out. Disk, network, clock and terminal are the command
//! line's.

pub mod config;
pub mod diag;
pub mod ir;
pub mod load;
pub mod names;
pub mod normalise;
pub mod passes;
pub mod plan;
mod runtime_copy;
pub mod rust;
