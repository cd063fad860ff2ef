//! The documentation: what must be on its pages, and what must never happen on them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and its helpers do too"
)]

mod book;
mod claims;
mod conservation;
mod escaping;
mod examples;
mod goldens;
mod links;
mod notes;
mod seeds;
mod twenty_names;
