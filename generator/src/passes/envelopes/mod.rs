//! Envelopes: the wrapper around the data of a response is opened, and what stands beside the data
//! becomes a record of its own.
//!
//! An envelope is opened only when exactly one key carries data beside the usual metadata, and
//! something besides says that it is one: the key's name, or the wrapper's. `{"data": {"person":
//! {..}}}` is opened twice. Where the request takes pages, the list that they are of is enough. Anything
//! else stays closed, with evidence that says so.

mod find;
mod keys;
mod pages;
mod things;

pub(super) use find::{Finder, Found};

use super::overrides::{Decided, Said};
use super::shapes::{at_path, success_schema};
use crate::diag::Diagnostics;
use crate::ir::{
    Action, ActionId, Api, Envelope, Evidence, Field, Kind, Payload, Record, Role, Schema, Type,
    TypeBody, TypeDef, TypeId,
};
use crate::names::words;

/// Opens the envelopes of successful responses.
pub(super) fn run(api: &mut Api, decided: &Decided, diagnostics: &mut Diagnostics) {
    let finder = Finder::new(api);
    let mut results = Vec::new();
    for (index, action) in api.actions.iter().enumerate() {
        let said = decided
            .actions
            .get(&ActionId(index))
            .and_then(|d| d.envelope.as_ref());
        let (found, evidence) = match said {
            Some(said) => match overridden(api, action, said) {
                Some(found) => (found, Some(said.evidence("envelope"))),
                None => {
                    let path = said.value.join(".");
                    diagnostics.push(said.stale(&format!("the response has no `{path}`")));
                    continue;
                }
            },
            None => inferred(finder.find(action, action.resource.and_then(|id| api.resource(id)))),
        };
        results.push((index, found, evidence));
    }
    for (index, found, evidence) in results {
        open(api, index, found);
        if let Some(action) = api.actions.get_mut(index) {
            action.evidence.extend(evidence);
        }
    }
}

fn inferred(found: Found) -> (Found, Option<Evidence>) {
    let because = match &found {
        Found::Open { because, .. } => Some(because.clone()),
        Found::Closed(because) => because
            .as_ref()
            .map(|because| format!("left closed: {because}")),
    };
    let evidence = because.map(|because| Evidence {
        about: "envelope",
        because,
        overridden: false,
    });
    (found, evidence)
}

fn overridden(api: &Api, action: &Action, said: &Said<Vec<String>>) -> Option<Found> {
    if said.value.is_empty() {
        return Some(Found::Closed(None));
    }
    let whole = success_schema(action)?;
    let data = Box::new(at_path(api, &whole.ty, &said.value)?.clone());
    Some(Found::Open {
        path: said.value.clone(),
        data,
        because: String::new(),
    })
}

fn open(api: &mut Api, index: usize, found: Found) {
    let Found::Open { path, data, .. } = found else {
        return;
    };
    let Some(action) = api.actions.get(index) else {
        return;
    };
    let Some((whole, _)) = success_schema(action).and_then(|schema| api.record(&schema.ty)) else {
        return;
    };
    let hints = metadata_hints(action);
    let metadata = metadata(api, whole, &path, &hints);
    if let Some(success) = api
        .actions
        .get_mut(index)
        .and_then(|a| a.outcome.success.as_mut())
    {
        success.payload = Payload::Opened(Envelope {
            path,
            data: *data,
            whole,
            metadata,
        });
    }
}

fn metadata_hints(action: &Action) -> Vec<Vec<String>> {
    let mut own = words(action.operation_id.as_deref().unwrap_or(&action.path));
    own.push("meta".to_owned());
    match action.kind {
        Kind::FindMany => vec![vec!["page".to_owned(), "meta".to_owned()], own],
        _ => vec![own],
    }
}

/// Makes a record of what stands beside the data. Properties keep their place, so that it is read
/// from the same body; `None` when nothing does.
fn metadata(
    api: &mut Api,
    whole: TypeId,
    path: &[String],
    hints: &[Vec<String>],
) -> Option<TypeId> {
    let (key, deeper) = path.split_first()?;
    let def = api.type_def(whole)?;
    let TypeBody::Record(record) = &def.body else {
        return None;
    };
    let (mut record, description) = (record.clone(), def.description.clone());
    let place = def.origins.first()?.child("$metadata");
    let position = record
        .fields
        .iter()
        .position(|field| field.wire_name == *key)?;
    let field = record.fields.remove(position);
    if let Some(inner) = beside_deeper(api, &field, deeper, hints) {
        record.fields.insert(position, inner);
    }
    if record.fields.is_empty() {
        return None;
    }
    // The last page has no way on, and so nothing to say in it, whatever the document demands.
    for field in &mut record.fields {
        field.required &= !keys::is_way_on(api, field);
    }
    api.types.push(TypeDef {
        xml: None,
        component: None,
        hints: hints.to_vec(),
        role: Role::Output,
        title: None,
        description,
        body: TypeBody::Record(Record {
            fields: record.fields,
            ..Record::default()
        }),
        default: None,
        examples: Vec::new(),
        deprecated: false,
        origins: vec![place],
        rules: Vec::new(),
        other_way: None,
    });
    Some(TypeId(api.types.len() - 1))
}

/// The property on the way to the data, with what stands beside it further down.
fn beside_deeper(
    api: &mut Api,
    field: &Field,
    deeper: &[String],
    hints: &[Vec<String>],
) -> Option<Field> {
    let (inner, _) = api.record(&field.schema.ty)?;
    let mut own: Vec<String> = hints.first().cloned().unwrap_or_default();
    own.push(field.wire_name.clone());
    let rest = metadata(api, inner, deeper, &[own])?;
    let schema = Schema {
        ty: Type::Named(rest),
        ..field.schema.clone()
    };
    Some(Field {
        schema,
        ..field.clone()
    })
}

#[cfg(test)]
mod tests;
