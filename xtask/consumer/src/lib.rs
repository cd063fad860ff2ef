//! A crate that depends on the generated SDKs as a user's does: `benches/calls` measures what a call
//! costs, beside the same written by hand.
