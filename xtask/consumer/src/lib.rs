//! A crate that depends on the generated SDKs as a user's does.
//!
//! ```text
//! examples/quickstart     a record, a list and an error; the tests run it against the stand-in
//! examples/in_production  timeouts, retries, middleware; likewise, against a rate limit
//! benches/calls           what a call costs, beside the same written by hand
//! tests/readme            the README shows these examples and no others
//! ```
