//! Records that look alike.

use super::Call;
use crate::serve::answer::Data;
use crate::serve::check::text;
use crate::serve::refusal::{Fault, Refusal};
use crate::serve::store::{Model, Row};
use serde_json::{Map, Value};
use specwright::ir::ResourceId;

/// Words that end the names of fields by which people tell records apart.
const TELLING: [&str; 12] = [
    "name", "title", "email", "emails", "mail", "domain", "url", "link", "phone", "phones",
    "handle", "username",
];

/// For each id or value of the body, the stored records that look like it: those with the same name,
/// title, address, link or number.
pub(super) fn find(call: &Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let given: Vec<Value> = call.lists().into_iter().flatten().cloned().collect();
    call.check_batch(given.len())?;
    if given.is_empty() {
        let message = "must have the ids of stored records, or the data of new ones";
        return Err(Refusal::invalid(vec![Fault::at(&["body"], message)]));
    }
    let mut groups = Vec::with_capacity(given.len());
    for value in &given {
        let (own, fields) = match value {
            Value::Object(fields) => (None, fields.clone()),
            id => {
                let id = text(id);
                let row = call.store.get(resource, &id).filter(|row| !row.deleted);
                let row = row.ok_or_else(|| Refusal::no_record(&call.noun(resource), &id))?;
                (Some(id), row.value.clone())
            }
        };
        let is_like = |row: &&Row| {
            !row.deleted && Some(&row.id) != own.as_ref() && looks_like(&row.value, &fields)
        };
        groups.push(call.store.rows(resource).filter(is_like).cloned().collect());
    }
    Ok(Data::Groups(resource, groups))
}

fn looks_like(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    one.iter().any(|(key, value)| {
        is_telling(key) && other.get(key).is_some_and(|other| same(value, other))
    })
}

fn is_telling(field: &str) -> bool {
    let words = specwright::names::words(field);
    words
        .last()
        .is_some_and(|last| TELLING.contains(&last.to_lowercase().as_str()))
}

/// Whether two values are the same and not empty. Of composite ones what is empty does not count.
fn same(one: &Value, other: &Value) -> bool {
    match (filled(one), filled(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

fn filled(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(items) if items.is_empty() => None,
        Value::Object(object) => {
            let parts = object
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), filled(value)?)));
            let parts: Map<String, Value> = parts.collect();
            (!parts.is_empty()).then_some(Value::Object(parts))
        }
        value => Some(value.clone()),
    }
}

/// Makes one record of several: the one with priority keeps what it has, the others give what it
/// lacks and go away. A dry run changes nothing.
pub(super) fn merge(call: &mut Call<'_>, resource: ResourceId) -> Result<Data, Refusal> {
    let ids: Vec<String> = call.lists().into_iter().flatten().map(text).collect();
    call.check_batch(ids.len())?;
    let field = |name: &Option<String>| call.body.as_ref()?.get(name.as_ref()?);
    let first = field(&call.profile.merge_priority)
        .and_then(Value::as_u64)
        .unwrap_or(0);
    let is_dry = field(&call.profile.merge_dry_run)
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let Some(kept) = usize::try_from(first)
        .ok()
        .and_then(|index| ids.get(index))
        .cloned()
    else {
        let message = format!("must have at least {} ids", first.saturating_add(1));
        return Err(Refusal::invalid(vec![Fault::at(&["body"], message)]));
    };
    let mut rows = Vec::with_capacity(ids.len());
    for id in &ids {
        let row = call.store.get(resource, id).filter(|row| !row.deleted);
        rows.push(
            row.cloned()
                .ok_or_else(|| Refusal::no_record(&call.noun(resource), id))?,
        );
    }
    let Some(mut merged) = rows.iter().find(|row| row.id == kept).cloned() else {
        return Err(Refusal::no_record(&call.noun(resource), &kept));
    };
    for (key, value) in rows
        .iter()
        .filter(|row| row.id != kept)
        .flat_map(|row| &row.value)
    {
        let own = merged.value.entry(key).or_insert(Value::Null);
        if filled(own).is_none() {
            *own = value.clone();
        }
    }
    if let Some(model) = Model::of(call.models, resource) {
        model.stamp_updated(&mut merged.value, &Map::new(), call.now);
    }
    if !is_dry {
        for id in ids.iter().filter(|id| **id != kept) {
            call.store.remove(resource, id);
        }
        if let Some(mut row) = call.store.get_mut(resource, &kept) {
            *row = merged.clone();
        }
    }
    Ok(Data::One(resource, merged))
}
