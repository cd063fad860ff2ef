//! Making records.

use super::{Call, change};
use crate::serve::answer::{Data, Sampler};
use crate::serve::check::{Direction, text, version_fault};
use crate::serve::refusal::{Fault, Refusal};
use crate::serve::store::{Model, Row};
use serde_json::{Map, Value};
use specwright::ir::ResourceId;
use std::collections::BTreeSet;

/// Makes a record. With the profile's parameter for it, it may be there already.
pub(super) fn one(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let sent = call.sent(resource);
    make(call, resource, sent).map(|row| Data::One(resource, row))
}

/// Makes several records, or none when one of them cannot be made.
pub(super) fn many(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let items = call.items(resource);
    call.check_batch(items.len())?;
    let sent: Vec<Map<String, Value>> = items
        .into_iter()
        .filter_map(|item| match item {
            Value::Object(object) => Some(object),
            _ => None,
        })
        .collect();
    let mut ids = BTreeSet::new();
    for id in sent.iter().filter_map(|sent| sent_id(call, resource, sent)) {
        let is_taken = call.store.get(resource, &id).is_some() && !call.is_upsert();
        if is_taken || !ids.insert(id.clone()) {
            return Err(taken(call, resource, &id));
        }
    }
    let mut rows = Vec::with_capacity(sent.len());
    for sent in sent {
        rows.push(make(call, resource, sent)?);
    }
    Ok(Data::Many(resource, rows, None))
}

/// Makes a record, or changes the one that has the id of the path or the body.
pub(super) fn upsert(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let sent = call.sent(resource);
    let id = call
        .path_id(resource)
        .or_else(|| sent_id(call, resource, &sent));
    let row = match id.filter(|id| call.store.get(resource, id).is_some()) {
        Some(id) => change::apply(call, resource, &id, &sent)?,
        None => make(call, resource, sent)?,
    };
    Ok(Data::One(resource, row))
}

fn sent_id(call: &Call<'_>, resource: ResourceId, sent: &Map<String, Value>) -> Option<String> {
    let field = Model::of(call.models, resource)?.id_field.as_ref()?;
    sent.get(field).filter(|id| !id.is_null()).map(text)
}

fn taken(call: &Call<'_>, resource: ResourceId, id: &str) -> Refusal {
    let message = format!(
        "there is a {} with the id {id} already",
        call.noun(resource)
    );
    Refusal::new(409, Fault::whole(message))
}

fn make(
    call: &mut Call<'_>,
    resource: ResourceId,
    sent: Map<String, Value>,
) -> Result<Row, Refusal> {
    let models = call.models;
    let Some(model) = Model::of(models, resource) else {
        return Err(Refusal::new(404, Fault::whole("there is no such resource")));
    };
    let given = sent_id(call, resource, &sent);
    if let Some(id) = given.as_ref().filter(|_| model.has_uuids(call.api))
        && let Some(message) = version_fault(id, &call.profile.uuid_versions)
    {
        let field = model.id_field.as_deref().unwrap_or("id");
        return Err(Refusal::invalid(vec![Fault::at(&["body", field], message)]));
    }
    if let Some(id) = given.filter(|id| call.store.get(resource, id).is_some()) {
        if call.is_upsert() {
            return change::apply(call, resource, &id, &sent);
        }
        return Err(taken(call, resource, &id));
    }
    let mut value = sent;
    let id = new_id(call, resource, model, &value);
    if let Some(field) = &model.id_field {
        value.insert(field.clone(), id.clone());
    }
    model.stamp_created(&mut value, call.now);
    fill(call, resource, &mut value);
    let scope = call.scope(resource);
    Ok(call.store.add(resource, text(&id), value, scope))
}

/// The id of a new record: what was sent, what the path says, or a new one.
fn new_id(
    call: &mut Call<'_>,
    resource: ResourceId,
    model: &Model,
    value: &Map<String, Value>,
) -> Value {
    let sent = model.id_field.as_ref().and_then(|field| value.get(field));
    if let Some(sent) = sent.filter(|id| !id.is_null()) {
        return sent.clone();
    }
    if let Some(id) = call.path_id(resource) {
        return id.into();
    }
    let mut number = call.store.next_number();
    loop {
        let id = model.new_id(call.api, &mut call.store.random, number);
        // A client may have taken it.
        if call.store.get(resource, &text(&id)).is_none() {
            return id;
        }
        number += 1;
    }
}

/// Gives what a record must have and was not sent: once, so that it stays the same.
fn fill(call: &Call<'_>, resource: ResourceId, value: &mut Map<String, Value>) {
    let Some(record) = call.record(resource) else {
        return;
    };
    for field in &record.fields {
        let is_relation = field.relation.is_some();
        if field.required
            && !is_relation
            && !field.write_only
            && !value.contains_key(&field.wire_name)
        {
            let sampled = if field.schema.nullable {
                Value::Null
            } else {
                Sampler::new(call.api, Direction::Response, 0)
                    .bare()
                    .field(field)
            };
            value.insert(field.wire_name.clone(), sampled);
        }
    }
    // Path parameters that are fields as well: `/owners/{owner_id}/pets`.
    for (name, text) in call.scope(resource) {
        if record.fields.iter().any(|field| field.wire_name == name) {
            value.entry(name).or_insert_with(|| text.into());
        }
    }
}
