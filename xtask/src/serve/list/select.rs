//! The records that a request selects.

use super::super::act::Call;
use super::super::check::{Checker, Direction, text};
use super::super::refusal::{Fault, Refusal};
use super::super::store::{Model, Row, plain};
use super::filter::Filter;
use super::onward::Onward;
use serde_json::Value;
use specwright::ir::{Api, Place, ResourceId, Schema, Type, TypeBody};

/// Which records can be selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that are there; removed ones only where the filter asks for the field that says when
    /// they were removed.
    Present,
    /// Those that were removed and can be brought back.
    Removed,
}

/// The ids of all records that a request selects, for changing them.
pub(crate) fn selected_ids(
    call: &Call<'_>,
    resource: ResourceId,
    which: Which,
) -> Result<Vec<String>, Refusal> {
    let rows = selected(call, resource, which)?;
    Ok(rows.into_iter().map(|row| row.id.clone()).collect())
}

/// All records that a request selects, in the order of creation.
pub(crate) fn selected<'r>(
    call: &'r Call<'_>,
    resource: ResourceId,
    which: Which,
) -> Result<Vec<&'r Row>, Refusal> {
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
        let can_be = match which {
            Which::Present => with_removed || !row.deleted,
            Which::Removed => row.deleted,
        };
        can_be
            && call.is_in_scope(row)
            && equal
                .iter()
                .all(|(field, value)| is_equal(&row.value, field, value))
            && filter
                .as_ref()
                .is_none_or(|filter| filter.test(&row.value) == Some(true))
    };
    Ok(call.store.rows(resource).filter(is_selected).collect())
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

/// Query parameters that are named as fields of the record, and have values that the field can have:
/// `state=all` is a switch, and so is every other value of a parameter with a set of values where
/// the field's own are not known.
fn equalities<'c>(call: &'c Call<'_>, resource: ResourceId) -> Vec<(&'c str, &'c Value)> {
    let Some(record) = call.record(resource) else {
        return Vec::new();
    };
    let size = super::page::size_slot(call);
    let onward = Onward::of(call.api, call.action);
    let pages = |name: &str| {
        size.as_ref().is_some_and(|it| it.is(Place::Query, name))
            || onward.as_ref().is_some_and(|it| it.is_in(name))
    };
    let selects = |(name, value): (&'c str, &'c Value)| {
        let parameter = call
            .action
            .parameters
            .iter()
            .find(|it| it.place == Place::Query && it.wire_name == name)?;
        let name = plain(name);
        let field = record
            .fields
            .iter()
            .find(|field| plain(&field.wire_name) == name)?;
        let is_switch =
            is_one_of(call.api, &parameter.schema) && !is_one_of(call.api, &field.schema);
        (!is_switch && can_be(call.api, &field.schema, value))
            .then_some((field.wire_name.as_str(), value))
    };
    let given = call.given.sent_queries().filter(|(name, _)| !pages(name));
    given.filter_map(selects).collect()
}

/// What the items of a list are, else the schema itself.
fn single<'a>(api: &'a Api, schema: &'a Schema) -> &'a Schema {
    match api.resolved(&schema.ty) {
        Type::List(item) => item,
        _ => schema,
    }
}

fn is_one_of(api: &Api, schema: &Schema) -> bool {
    let Type::Named(id) = api.resolved(&single(api, schema).ty) else {
        return false;
    };
    matches!(
        api.type_def(*id).map(|def| &def.body),
        Some(TypeBody::Enum(_))
    )
}

/// Whether each of the values is one of a field's type, however the parameter's type reads it.
fn can_be(api: &Api, schema: &Schema, value: &Value) -> bool {
    let schema = single(api, schema);
    let is_right = |value: &Value| {
        let text = Value::from(text(value));
        let literal = text.as_str().and_then(|it| serde_json::from_str(it).ok());
        let readings = [Some(value.clone()), literal, Some(text)];
        readings.into_iter().flatten().any(|value| {
            let checker = Checker::new(api, Direction::Response, &[]);
            checker.faults(schema, &value).is_empty()
        })
    };
    match value {
        Value::Array(items) => items.iter().all(is_right),
        value => is_right(value),
    }
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
