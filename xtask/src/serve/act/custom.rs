//! Actions of no kind: they answer what their type says, with stored records where it is one.

use super::Call;
use crate::serve::answer::{Data, answers};
use crate::serve::list;
use crate::serve::refusal::Refusal;
use specwright::ir::{Method, ResourceId};

/// An action whose effect the document does not say. On an item that does not exist it is a 404; one
/// that answers records answers stored ones, unchanged: nothing says what a body's fields do.
pub(super) fn custom(call: &Call<'_>) -> Result<Data, Refusal> {
    let item = item(call)?;
    let Some((resource, many)) = answers(call) else {
        return Ok(Data::Sample);
    };
    if many && call.action.method == Method::Get {
        let (rows, page) = list::page(call, resource)?;
        return Ok(Data::Many(resource, rows, Some(page)));
    }
    if many {
        return Ok(Data::Sample);
    }
    if let Some((of, id)) = item
        && of == resource
        && let Some(row) = call.store.get(of, &id)
    {
        return Ok(Data::One(resource, row.clone()));
    }
    // `/user`, the one that is meant by the credential.
    let first = call.store.rows(resource).find(|row| !row.deleted);
    Ok(first.map_or(Data::Sample, |row| Data::One(resource, row.clone())))
}

/// The record that the path goes through: of `/pets/{id}/walks`, the pet.
fn item(call: &Call<'_>) -> Result<Option<(ResourceId, String)>, Refusal> {
    for (index, resource) in call.api.resources.iter().enumerate() {
        let Some(source) = &resource.id else { continue };
        let path = call.action.path.as_str();
        let rest = path.strip_prefix(source.item_path.as_str());
        if !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
            continue;
        }
        let id = ResourceId(index);
        // What has no record type is not stored, so nothing can be missing.
        if call.record(id).is_none() {
            continue;
        }
        let Some(given) = call.given.path(&source.parameter) else {
            continue;
        };
        let found = call.store.get(id, &given).filter(|row| !row.deleted);
        if found.is_none() {
            return Err(Refusal::no_record(&call.noun(id), &given));
        }
        return Ok(Some((id, given)));
    }
    Ok(None)
}
