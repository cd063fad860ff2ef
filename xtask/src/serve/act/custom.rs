//! Actions of no kind: they answer what their type says, with stored records where it is one.

use super::Call;
use crate::serve::answer::{Data, answers};
use crate::serve::list;
use crate::serve::refusal::Refusal;
use crate::serve::store::Row;
use specwright::ir::{Method, ResourceId};

/// An action whose effect the document does not say. On an item that does not exist it is a 404; one
/// that answers records answers stored ones, unchanged: nothing says what a body's fields do.
pub(super) fn custom(call: &Call<'_>) -> Result<Data, Refusal> {
    let answered = answers(call);
    let item = item(call, answered)?;
    let Some((resource, many)) = answered else {
        return Ok(Data::Sample);
    };
    if many && call.action.method == Method::Get {
        let (rows, page) = list::page(call, resource)?;
        return Ok(Data::Many(resource, rows, Some(page)));
    }
    if many {
        return Ok(Data::Sample);
    }
    if let Some((of, row)) = item
        && of == resource
    {
        return Ok(Data::One(resource, row));
    }
    // `/user`, the one that is meant by the credential.
    let first = call.store.rows(resource).find(|row| !row.deleted);
    Ok(first.map_or(Data::Sample, |row| Data::One(resource, row.clone())))
}

/// The record that the path goes through: of `/owners/{id}/pets/{petId}/walks`, the pet. What it goes
/// through on its way has to be there as well.
fn item(
    call: &Call<'_>,
    answered: Option<(ResourceId, bool)>,
) -> Result<Option<(ResourceId, Row)>, Refusal> {
    let mut parents: Vec<(usize, ResourceId, String)> = Vec::new();
    for (index, resource) in call.api.resources.iter().enumerate() {
        let Some(source) = &resource.id else { continue };
        let id = ResourceId(index);
        // What has no record type is not stored, so nothing can be missing.
        if call.record(id).is_none() {
            continue;
        }
        let through = parameter_of(&call.action.path, &source.item_path);
        if let Some((depth, name)) = through
            && let Some(given) = call.given.path(name)
        {
            parents.push((depth, id, given));
        }
    }
    // `/public/appointments/{appointment_id}/cancel` beside `/appointments/{appointment_id}`.
    if parents.is_empty()
        && let Some((resource, false)) = answered
        && let Some(given) = call.path_id_named(resource)
    {
        parents.push((0, resource, given));
    }
    parents.sort_by_key(|(depth, ..)| *depth);
    let mut item = None;
    for (_, resource, given) in parents {
        let found = call.store.get(resource, &given).filter(|row| !row.deleted);
        let Some(row) = found else {
            return Err(Refusal::no_record(&call.noun(resource), &given));
        };
        item = Some((resource, row.clone()));
    }
    Ok(item)
}

/// How deep an item's path lies in a path, and what the parameter at its end is called there:
/// `/pets/{id}` in `/pets/{petId}/walks` is 2 deep and ends with `petId`.
pub(crate) fn parameter_of<'p>(path: &'p str, item_path: &str) -> Option<(usize, &'p str)> {
    let name = |segment: &'p str| segment.strip_prefix('{')?.strip_suffix('}');
    let is_parameter = |segment: &str| segment.starts_with('{') && segment.ends_with('}');
    let mut segments = path.trim_matches('/').split('/');
    let (mut depth, mut last) = (0, None);
    for wanted in item_path.trim_matches('/').split('/') {
        let own = segments.next()?;
        if own != wanted && !(is_parameter(own) && is_parameter(wanted)) {
            return None;
        }
        depth += 1;
        last = Some(own);
    }
    Some((depth, name(last?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_items_path_is_found_in_a_longer_one_whatever_its_parameters_are_called() {
        for (path, item, expected) in [
            ("/pets/{id}/walks", "/pets/{id}", Some((2, "id"))),
            ("/pets/{petId}", "/pets/{id}", Some((2, "petId"))),
            ("/o/{o}/pets/{p}/feed", "/o/{id}/pets/{id}", Some((4, "p"))),
            ("/pets/feed", "/pets/{id}", None),
            ("/pets", "/pets/{id}", None),
            ("/cats/{id}", "/pets/{id}", None),
        ] {
            assert_eq!(parameter_of(path, item), expected, "{path}");
        }
    }
}
