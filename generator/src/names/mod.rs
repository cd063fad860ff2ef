//! The one place where a name becomes an identifier.

mod words;

pub use words::{spelled, words};
