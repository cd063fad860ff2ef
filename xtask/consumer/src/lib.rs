//! A crate that depends on the generated SDKs as a user's does.
//!
//! ```text
//! examples/quickstart   what the README shows; the tests run it against the stand-in
//! benches/calls         what a call costs, beside the same written by hand
//! tests/readme          the README shows these examples and no others
//! ```
