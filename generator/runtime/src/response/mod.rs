//! What comes back, and how it is read.

mod envelope;
mod page;
mod raw;

pub(crate) use envelope::{open, open_page};
pub use page::{NoMeta, Page};
pub(crate) use page::{Position, next_of};
pub use raw::RawResponse;
