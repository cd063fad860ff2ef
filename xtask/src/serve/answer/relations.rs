//! Records that a record points to, and those that point to it.

use super::super::check::text;
use super::super::store::{Model, plain};
use super::complete::Completer;
use serde_json::{Map, Value};
use specwright::ir::{Field, Record, Relation, ResourceId, Schema, Type};

/// Records that one list of related ones has.
const MOST_LISTED: usize = 60;

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
    let pointer = pointer(record, field, relation)?;
    let id = stored.get(&pointer.wire_name).filter(|id| !id.is_null())?;
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
    Value::Array(
        rows(completer, field, relation, own, stored)
            .map(|row| {
                let item: &Schema = item;
                completer.row(item, relation.resource, row, depth)
            })
            .collect(),
    )
}

fn rows<'c>(
    completer: &'c Completer<'_>,
    field: &Field,
    relation: &Relation,
    own: ResourceId,
    stored: &Map<String, Value>,
) -> impl Iterator<Item = &'c super::super::store::Row> {
    let id = Model::of(completer.models, own)
        .and_then(|model| model.id_field.as_ref())
        .and_then(|name| stored.get(name))
        .cloned();
    let back = back(completer, field, relation, own);
    let back = back.zip(id);
    let all = completer.store.rows(relation.resource);
    all.filter(move |row| {
        let is_here = |(name, id): &(String, Value)| row.value.get(name) == Some(id);
        !row.deleted && back.as_ref().is_some_and(is_here)
    })
    .take(MOST_LISTED)
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
