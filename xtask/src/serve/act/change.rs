//! Changing records.

use super::Call;
use crate::serve::answer::Data;
use crate::serve::list::{self, Which};
use crate::serve::refusal::{Fault, Refusal};
use crate::serve::store::{Model, Row};
use serde_json::{Map, Value};
use specwright::ir::{Method, ResourceId};

/// Changes the record in the path.
pub(super) fn one(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let id = call.row(resource)?.id;
    let sent = call.sent(resource);
    apply(call, resource, &id, &sent).map(|row| Data::One(resource, row))
}

/// Changes all records that the request selects.
pub(super) fn many(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let ids = list::selected_ids(call, resource, Which::Present)?;
    call.check_batch(ids.len())?;
    let size = call.request.body.len();
    call.store.check_room(size.saturating_mul(ids.len()))?;
    let sent = call.sent(resource);
    let mut rows = Vec::with_capacity(ids.len());
    for id in &ids {
        rows.push(apply(call, resource, id, &sent)?);
    }
    Ok(Data::Many(resource, rows, None))
}

/// Writes fields into a record: PUT replaces it, everything else merges (RFC 7396 without removing,
/// so that null is kept and reads as a value that was cleared).
pub(super) fn apply(
    call: &mut Call<'_>,
    resource: ResourceId,
    id: &str,
    sent: &Map<String, Value>,
) -> Result<Row, Refusal> {
    let model = Model::of(call.models, resource);
    let id_field = model.and_then(|model| model.id_field.as_deref());
    let record = call.record(resource);
    let noun = call.noun(resource);
    let Some(mut row) = call.store.get_mut(resource, id) else {
        return Err(Refusal::no_record(&noun, id));
    };
    let own_id = id_field.and_then(|field| row.value.get(field)).cloned();
    let new_id = id_field.and_then(|field| sent.get(field));
    if new_id.is_some() && new_id != own_id.as_ref() {
        let message = format!("a {noun} cannot change its id");
        return Err(Refusal::new(
            409,
            Fault::at(&["body", id_field.unwrap_or("id")], message),
        ));
    }
    if call.action.method == Method::Put {
        // What the server sets stays: nobody could have sent it.
        row.value.retain(|key, _| {
            let field =
                record.and_then(|it| it.fields.iter().find(|field| field.wire_name == *key));
            let is_own = model.is_some_and(|model| model.is_own(key));
            Some(key.as_str()) == id_field || is_own || field.is_some_and(|it| it.read_only)
        });
    }
    merge(&mut row.value, sent);
    if let Some(model) = model {
        model.stamp_updated(&mut row.value, sent, call.now);
    }
    Ok(row.clone())
}

/// Objects are merged with each other; everything else is replaced.
fn merge(own: &mut Map<String, Value>, sent: &Map<String, Value>) {
    for (key, value) in sent {
        match (own.get_mut(key), value) {
            (Some(Value::Object(own)), Value::Object(sent)) => merge(own, sent),
            _ => {
                own.insert(key.clone(), value.clone());
            }
        }
    }
}
