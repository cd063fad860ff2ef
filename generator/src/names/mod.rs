//! The one place where a name becomes an identifier.

mod inflect;
mod words;

pub use inflect::{plural, singular};
pub use words::{spelled, words};
