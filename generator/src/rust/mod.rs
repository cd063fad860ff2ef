//! The Rust back end: IR into an SDK.
