//! Removing records and bringing them back.

use super::Call;
use crate::serve::answer::Data;
use crate::serve::list;
use crate::serve::refusal::Refusal;
use crate::serve::store::{Model, Row};
use specwright::ir::{Kind, ResourceId};

/// Removes the record in the path.
pub(super) fn one(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let row = call.row(resource)?;
    Ok(Data::One(resource, remove(call, resource, row)))
}

/// Removes all records that the request selects.
pub(super) fn many(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let selected = list::selected(call, resource)?;
    call.check_batch(selected.len())?;
    let rows = selected
        .into_iter()
        .map(|row| remove(call, resource, row))
        .collect();
    Ok(Data::Many(resource, rows, None))
}

/// Removes a record. It can be brought back when the request asks for that with `soft_delete`, or,
/// where there is no such parameter, when the resource has an action that does.
fn remove(call: &mut Call<'_>, resource: ResourceId, row: Row) -> Row {
    let is_soft = call.flag("soft_delete").unwrap_or_else(|| {
        let takes = call
            .action
            .parameters
            .iter()
            .any(|it| it.wire_name == "soft_delete");
        !takes && has_restore(call, resource)
    });
    if !is_soft {
        return call.store.remove(resource, &row.id).unwrap_or(row);
    }
    mark(call, resource, &row.id, true).unwrap_or(row)
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
    let row = call.store.get_mut(resource, id)?;
    row.deleted = deleted;
    model.stamp_deleted(&mut row.value, now);
    Some(row.clone())
}

/// Brings back the record in the path, or all removed ones that the request selects.
pub(super) fn restore(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    if let Some(id) = call.path_id(resource) {
        let row = mark(call, resource, &id, false);
        let row = row.ok_or_else(|| Refusal::no_record(&call.noun(resource), &id))?;
        return Ok(Data::One(resource, row));
    }
    let ids: Vec<String> = call
        .store
        .rows(resource)
        .filter(|row| row.deleted)
        .map(|row| row.id.clone())
        .collect();
    for id in &ids {
        mark(call, resource, id, false);
    }
    let selected = list::selected(call, resource)?;
    let (back, other): (Vec<Row>, Vec<Row>) =
        selected.into_iter().partition(|row| ids.contains(&row.id));
    drop(other);
    for id in ids
        .iter()
        .filter(|id| !back.iter().any(|row| row.id == **id))
    {
        mark(call, resource, id, true);
    }
    Ok(Data::Many(resource, back, None))
}
