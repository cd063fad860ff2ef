//! The records that a request selects.

use super::super::act::Call;
use super::super::check::text;
use super::super::refusal::{Fault, Refusal};
use super::super::store::{Model, Row, plain};
use super::filter::Filter;
use serde_json::Value;
use specwright::ir::ResourceId;

/// All records that a request selects, in the order of creation. Removed ones are among them only
/// where its filter asks for the field that says when they were removed.
pub(crate) fn selected(call: &Call<'_>, resource: ResourceId) -> Result<Vec<Row>, Refusal> {
    let filter = filter(call, resource)?;
    let equal = if call.profile.filter.is_none() {
        equalities(call, resource)
    } else {
        Vec::new()
    };
    let removed = Model::of(call.models, resource).and_then(Model::deleted_field);
    let with_removed = filter
        .as_ref()
        .zip(removed)
        .is_some_and(|(it, field)| it.names(field));
    let is_selected = |row: &&Row| {
        (with_removed || !row.deleted)
            && call.is_in_scope(row)
            && equal
                .iter()
                .all(|(field, value)| is_equal(&row.value, field, value))
            && filter
                .as_ref()
                .is_none_or(|filter| filter.test(&row.value) == Some(true))
    };
    Ok(call
        .store
        .rows(resource)
        .filter(is_selected)
        .cloned()
        .collect())
}

fn filter(call: &Call<'_>, resource: ResourceId) -> Result<Option<Filter>, Refusal> {
    let name = call.profile.filter.as_ref();
    let Some((name, text)) = name.and_then(|name| Some((name, call.given.query(name)?.as_str()?)))
    else {
        return Ok(None);
    };
    let Some(record) = call.record(resource).filter(|_| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let parsed = Filter::parse(call.api, record, text);
    parsed.map(Some).map_err(|message| {
        Refusal::invalid(vec![Fault::whole(format!(
            "'{name}' invalid for '{text}'. {message}"
        ))])
    })
}

/// Query parameters that are named as fields of the record.
fn equalities<'c>(call: &'c Call<'_>, resource: ResourceId) -> Vec<(&'c str, &'c Value)> {
    let Some(record) = call.record(resource) else {
        return Vec::new();
    };
    let pages = call
        .action
        .pagination
        .as_ref()
        .and_then(|it| it.size_parameter.as_deref());
    let field = |name: &str| {
        let name = plain(name);
        let found = record
            .fields
            .iter()
            .find(|field| plain(&field.wire_name) == name);
        found.map(|field| field.wire_name.as_str())
    };
    let given = call
        .given
        .queries()
        .filter(|(name, _)| Some(*name) != pages);
    given
        .filter_map(|(name, value)| Some((field(name)?, value)))
        .collect()
}

/// One of several values is enough, on either side.
fn is_equal(record: &serde_json::Map<String, Value>, field: &str, wanted: &Value) -> bool {
    let own = record.get(field).unwrap_or(&Value::Null);
    let list = |value: &Value| match value {
        Value::Array(items) => items.iter().map(text).collect(),
        Value::Null => Vec::new(),
        value => vec![text(value)],
    };
    let (own, wanted): (Vec<String>, Vec<String>) = (list(own), list(wanted));
    own.iter().any(|own| wanted.contains(own))
}
