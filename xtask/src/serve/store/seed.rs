//! Records to begin with.

use super::super::answer::Sampler;
use super::super::check::Direction;
use super::super::time::Millis;
use super::{Model, Store};
use serde_json::{Map, Value};
use specwright::ir::{Api, Field, ResourceId};

/// Gives each resource `count` records that point to each other.
pub(crate) fn seed(api: &Api, models: &[Model], store: &mut Store, count: u32, now: Millis) {
    for (index, model) in models.iter().enumerate() {
        for number in 0..count {
            let Some(value) = sampled(api, model, u64::from(number)) else {
                break;
            };
            add(api, model, ResourceId(index), store, value, now);
        }
    }
    for index in 0..models.len() {
        relate(api, models, store, ResourceId(index));
    }
}

fn add(
    api: &Api,
    model: &Model,
    resource: ResourceId,
    store: &mut Store,
    mut value: Map<String, Value>,
    now: Millis,
) {
    let next = store.next_number();
    let id = model.new_id(api, &mut store.random, next);
    if let Some(field) = &model.id_field {
        value.insert(field.clone(), id.clone());
    }
    model.stamp_created(&mut value, now);
    store.add(resource, super::super::check::text(&id), value, Vec::new());
}

/// A record without relations, ids and timestamps.
fn sampled(api: &Api, model: &Model, number: u64) -> Option<Map<String, Value>> {
    let (_, record) = api.record(model.ty.as_ref()?)?;
    let mut sampler = Sampler::new(api, Direction::Response, number);
    let is_plain = |field: &&Field| {
        let name = Some(field.wire_name.as_str());
        field.relation.is_none()
            && !field.write_only
            && name != model.id_field.as_deref()
            && !model.is_own(&field.wire_name)
    };
    let fields = record.fields.iter().filter(is_plain);
    Some(
        fields
            .map(|field| (field.wire_name.clone(), sampler.field(field)))
            .filter(|(_, value)| !value.is_null())
            .collect(),
    )
}

/// Points the id fields of a resource's records to records of others.
fn relate(api: &Api, models: &[Model], store: &mut Store, resource: ResourceId) {
    let record = Model::of(models, resource).and_then(|model| api.record(model.ty.as_ref()?));
    let Some((_, record)) = record else { return };
    for field in &record.fields {
        let Some(relation) = field.relation.as_ref().filter(|it| it.by_id) else {
            continue;
        };
        let ids: Vec<Value> = store
            .rows(relation.resource)
            .map(|row| {
                let model = Model::of(models, relation.resource);
                let field = model.and_then(|model| model.id_field.as_ref());
                let own = field.and_then(|field| row.value.get(field));
                own.cloned().unwrap_or_else(|| row.id.clone().into())
            })
            .collect();
        let rows: Vec<String> = store.rows(resource).map(|row| row.id.clone()).collect();
        for (id, target) in rows.iter().zip(ids.iter().cycle()) {
            let target = if relation.many {
                Value::Array(vec![target.clone()])
            } else {
                target.clone()
            };
            if let Some(mut row) = store.get_mut(resource, id) {
                row.value.insert(field.wire_name.clone(), target);
            }
        }
    }
}
