//! Answers in the shape that the document declares.
//!
//! ```text
//! success    status, envelope, and what stands beside the data
//! meta       page information by the names of its fields
//! complete   a record as the answer's type has it
//! convert    what was sent in another form than records have it
//! relations  records that belong to a record
//! errors     refusals
//! sample     values made from a schema alone
//! ```

mod complete;
mod convert;
mod errors;
mod meta;
mod relations;
mod sample;
mod stream;
mod success;

pub(crate) use errors::refused;
pub(crate) use sample::Sampler;
pub(crate) use success::{answers, success};

use super::list::Page;
use super::store::Row;
use specwright::ir::ResourceId;

/// What an action found or did, before it is dressed as the document wants it.
#[derive(Debug)]
pub(crate) enum Data {
    /// One record.
    One(ResourceId, Row),
    /// Several records, with where they stand in the whole list where that is known.
    Many(ResourceId, Vec<Row>, Option<Page>),
    /// Several records for each of several questions.
    Groups(ResourceId, Vec<Vec<Row>>),
    /// Nothing is known: a value of the answer's type.
    Sample,
}
