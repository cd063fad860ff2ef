//! The SDK runtime.
