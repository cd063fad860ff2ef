//! What generated models are made of: macros for objects, enums and unions, and leaf types.
//!
//! The serde implementations are written by macros rather than by derives: a derive costs several
//! times as much to compile, and a generated SDK has hundreds of models.

pub mod base64;
pub mod de;
mod enums;
mod newtype;
mod object;
mod rest;
pub mod secret;
pub mod ser;
pub mod union;
pub mod uri;

pub use rest::Rest;

/// What a call can give back: anything that is read from JSON and owns what it holds.
pub trait Model: serde::de::DeserializeOwned + Send + 'static {}

impl<T: serde::de::DeserializeOwned + Send + 'static> Model for T {}
