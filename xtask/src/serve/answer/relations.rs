//! Records that a record points to, and those that point to it.

use super::super::check::text;
use super::super::store::{Model, Row, Store, plain};
use super::complete::Completer;
use serde_json::{Map, Value};
use specwright::ir::{Field, Record, Relation, ResourceId, Type};
use std::collections::BTreeMap;

/// Records that one list of related ones has.
const MOST_LISTED: usize = 60;

/// Which records of a resource point where, by the field that points: each table is gone through
/// once for an answer, not once for every record in it.
#[derive(Debug, Default)]
pub(super) struct Pointing<'a> {
    by_field: BTreeMap<(ResourceId, String), BTreeMap<String, Vec<&'a Row>>>,
}

impl<'a> Pointing<'a> {
    /// The first records whose field has this value, removed ones not counted.
    fn to(
        &mut self,
        store: &'a Store,
        resource: ResourceId,
        field: String,
        value: &Value,
    ) -> Vec<&'a Row> {
        let key = (resource, field);
        let by_value = self.by_field.entry(key).or_insert_with_key(|(_, field)| {
            let mut index: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
            for row in store.rows(resource).filter(|row| !row.deleted) {
                let Some(value) = row.value.get(field).filter(|value| !value.is_null()) else {
                    continue;
                };
                let rows = index.entry(value.to_string()).or_default();
                if rows.len() < MOST_LISTED {
                    rows.push(row);
                }
            }
            index
        });
        by_value
            .get(&value.to_string())
            .cloned()
            .unwrap_or_default()
    }
}

/// The value of a field that holds related records. `None`: there are none, or it is not known how
/// they are related.
pub(super) fn related(
    completer: &Completer<'_>,
    record: &Record,
    field: &Field,
    relation: &Relation,
    own: ResourceId,
    stored: &Map<String, Value>,
    depth: u64,
) -> Option<Value> {
    let depth = depth.saturating_sub(1);
    if relation.many {
        return Some(pointing(completer, field, relation, own, stored, depth));
    }
    let id = match pointer(record, field, relation) {
        Some(pointer) => stored.get(&pointer.wire_name),
        None => sent_id(field, stored),
    };
    let id = id.filter(|id| !id.is_null())?;
    let row = completer.store.get(relation.resource, &text(id))?;
    (!row.deleted).then(|| completer.row(&field.schema, relation.resource, row, depth))
}

/// The field with the id of what another field holds: `companyId` for `company`.
fn pointer<'r>(record: &'r Record, field: &Field, relation: &Relation) -> Option<&'r Field> {
    let ids = || {
        record.fields.iter().filter(|it| {
            let points = it.relation.as_ref();
            points.is_some_and(|it| it.by_id && !it.many && it.resource == relation.resource)
        })
    };
    let name = format!("{}id", plain(&field.wire_name));
    let named = record.fields.iter().find(|it| plain(&it.wire_name) == name);
    named.or_else(|| only(ids()))
}

/// The id that was sent for what a field holds, where records have no field for it: `service_id` for
/// `service`.
fn sent_id<'s>(field: &Field, stored: &'s Map<String, Value>) -> Option<&'s Value> {
    let name = format!("{}id", plain(&field.wire_name));
    let mut named = stored.iter().filter(|(key, _)| plain(key) == name);
    named.next().map(|(_, id)| id)
}

fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// The records of another resource that point here.
fn pointing(
    completer: &Completer<'_>,
    field: &Field,
    relation: &Relation,
    own: ResourceId,
    stored: &Map<String, Value>,
    depth: u64,
) -> Value {
    let Type::List(item) = completer.api.resolved(&field.schema.ty) else {
        return Value::Array(Vec::new());
    };
    let id = Model::of(completer.models, own)
        .and_then(|model| model.id_field.as_ref())
        .and_then(|name| stored.get(name));
    let back = back(completer, field, relation, own);
    let Some((id, back)) = id.zip(back) else {
        return Value::Array(Vec::new());
    };
    let mut pointing = completer.pointing.borrow_mut();
    let rows = pointing.to(completer.store, relation.resource, back, id);
    // Records below these look into it as well.
    drop(pointing);
    rows.into_iter()
        .take_while(|_| !completer.is_full())
        .map(|row| completer.row(item, relation.resource, row, depth))
        .collect()
}

/// The field of the other resource that points here. Of several, the one that the list is named
/// after (`pointOfContactForOpportunities`: `pointOfContactId`), else the one named as this resource.
fn back(
    completer: &Completer<'_>,
    field: &Field,
    relation: &Relation,
    own: ResourceId,
) -> Option<String> {
    let model = Model::of(completer.models, relation.resource)?;
    let (_, record) = completer.api.record(model.ty.as_ref()?)?;
    let ids = || {
        record.fields.iter().filter(|it| {
            let points = it.relation.as_ref();
            points.is_some_and(|it| it.by_id && !it.many && it.resource == own)
        })
    };
    let stem = |name: &str| {
        let name = plain(name);
        name.strip_suffix("id").map(str::to_owned).unwrap_or(name)
    };
    let list = plain(&field.wire_name);
    let singular = completer.api.resource(own)?.singular.concat();
    let found = only(ids())
        .or_else(|| only(ids().filter(|it| list.contains(&stem(&it.wire_name)))))
        .or_else(|| only(ids().filter(|it| stem(&it.wire_name) == singular)));
    found.map(|it| it.wire_name.clone())
}
