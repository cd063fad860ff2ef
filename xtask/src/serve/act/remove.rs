//! Removing records and bringing them back.

use super::Call;
use crate::serve::answer::Data;
use crate::serve::list::{self, Which};
use crate::serve::refusal::Refusal;
use crate::serve::store::{Model, Row};
use specwright::ir::{Action, Api, Kind, Method, ResourceId};

/// Removes the record in the path.
pub(super) fn one(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let row = call.row(resource)?;
    let removed = remove(call, resource, &row.id);
    Ok(Data::One(resource, removed.unwrap_or(row)))
}

/// Removes all records that the request selects.
pub(super) fn many(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let ids = list::selected_ids(call, resource, Which::Present)?;
    call.check_batch(ids.len())?;
    let rows = ids
        .iter()
        .filter_map(|id| remove(call, resource, id))
        .collect();
    Ok(Data::Many(resource, rows, None))
}

/// Removes a record. It can be brought back when the request asks for that with the profile's
/// parameter, or, where there is no such parameter, when the resource has an action that does.
fn remove(call: &mut Call<'_>, resource: ResourceId, id: &str) -> Option<Row> {
    let name = call.profile.soft_delete.as_ref();
    let is_soft = call.flag(name).unwrap_or_else(|| {
        let takes = call
            .action
            .parameters
            .iter()
            .any(|it| Some(&it.wire_name) == name);
        !takes && has_restore(call, resource)
    });
    if !is_soft {
        return call.store.remove(resource, id);
    }
    mark(call, resource, id, true)
}

fn has_restore(call: &Call<'_>, resource: ResourceId) -> bool {
    let actions = call
        .api
        .resource(resource)
        .map(|it| it.actions.as_slice())
        .unwrap_or_default();
    let mut actions = actions.iter().filter_map(|id| call.api.action(*id));
    actions.any(|action| action.kind == Kind::Restore)
}

fn mark(call: &mut Call<'_>, resource: ResourceId, id: &str, deleted: bool) -> Option<Row> {
    let model = Model::of(call.models, resource)?;
    let now = deleted.then_some(call.now);
    let mut row = call.store.get_mut(resource, id)?;
    row.deleted = deleted;
    model.stamp_deleted(&mut row.value, now);
    Some(row.clone())
}

/// Whether an action brings several records back although the resource's kind for it is taken: its
/// path is that of the list with `restore` before or after the collection.
pub(crate) fn restores_many(api: &Api, action: &Action) -> bool {
    let is_restore = |part: &str| matches!(part, "restore" | "undelete");
    let parts: Vec<&str> = action.path.split('/').collect();
    let Some(at) = parts.iter().rposition(|part| is_restore(part)) else {
        return false;
    };
    let without = parts.iter().enumerate().filter(|(index, _)| *index != at);
    let list = without.map(|(_, part)| *part).collect::<Vec<_>>().join("/");
    let mut actions = api.actions.iter();
    matches!(action.method, Method::Patch | Method::Post | Method::Put)
        && actions.any(|it| {
            it.kind == Kind::FindMany && it.resource == action.resource && it.path == list
        })
}

/// Brings back the record in the path, or all removed ones that the request selects.
pub(super) fn restore(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    if let Some(id) = call.path_id(resource) {
        let row = mark(call, resource, &id, false);
        let row = row.ok_or_else(|| Refusal::no_record(&call.noun(resource), &id))?;
        return Ok(Data::One(resource, row));
    }
    let ids = list::selected_ids(call, resource, Which::Removed)?;
    call.check_batch(ids.len())?;
    let rows = ids
        .iter()
        .filter_map(|id| mark(call, resource, id, false))
        .collect();
    Ok(Data::Many(resource, rows, None))
}
