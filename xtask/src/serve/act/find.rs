//! Finding records.

use super::Call;
use crate::serve::answer::Data;
use crate::serve::list;
use crate::serve::refusal::Refusal;
use specwright::ir::ResourceId;

/// One record by its id.
pub(super) fn one(call: &Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    Ok(Data::One(resource, call.row(resource)?))
}

/// A page of records.
pub(super) fn many(call: &Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let (rows, page) = list::page(call, resource)?;
    Ok(Data::Many(resource, rows, Some(page)))
}
