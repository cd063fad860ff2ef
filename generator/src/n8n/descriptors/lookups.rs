//! How a record is chosen from a list.

use super::response;
use crate::config::SearchProfile;
use crate::ir::{Action, ActionId, Api, Kind, Place, Primitive, Record, Resource, Type};
use crate::n8n::model::{Lookup, Search};
use crate::names::{Case, N8nNames, words};
use std::collections::BTreeSet;

/// Fields that a record is called by, best first, as their words.
const LABELS: &[&str] = &[
    "name",
    "full name",
    "display name",
    "title",
    "label",
    "subject",
    "handle",
    "email",
    "username",
    "slug",
    "key",
    "code",
    "url",
    "target url",
    "number",
];

/// Parts of a name.
const PARTS: &[&[&str]] = &[&["first name", "last name"], &["given name", "family name"]];

/// Query parameters that search a text.
const SEARCHES: &[&str] = &[
    "search",
    "q",
    "query",
    "searchTerm",
    "search_term",
    "searchQuery",
];

/// The lookup of each resource, by id, where it has one.
pub(super) fn find(
    api: &Api,
    names: &N8nNames,
    profile: Option<&SearchProfile>,
) -> Vec<Option<Lookup>> {
    let mut methods = BTreeSet::new();
    let all = api.resources.iter().enumerate().map(|(index, resource)| {
        let labels = names.resource(crate::ir::ResourceId(index))?;
        let (id, action) = listing(api, resource)?;
        let (_, record) = response::record(api, action)?;
        let value = id_field(resource, record)?;
        let mut method = method(&labels.many);
        while !methods.insert(method.clone()) {
            method.push('X');
        }
        let operation = names.operation(id)?.value.clone();
        let label = label(api, record);
        let configured = profile.and_then(|profile| configured(action, profile, &label));
        Some(Lookup {
            method,
            operation,
            value: vec![value],
            label,
            search: configured.or_else(|| search(action)),
        })
    });
    all.collect()
}

/// The action that lists records and asks for nothing.
fn listing<'a>(api: &'a Api, resource: &Resource) -> Option<(ActionId, &'a Action)> {
    let actions = resource.actions.iter();
    let mut actions = actions.filter_map(|id| Some((*id, api.action(*id)?)));
    actions.find(|(_, action)| {
        action.kind == Kind::FindMany
            && response::is_list(api, action)
            && action.parameters.iter().all(|it| !it.required)
            && action.body.as_ref().is_none_or(|body| !body.required)
    })
}

fn method(many: &[String]) -> String {
    let words: Vec<String> = words("search").into_iter().chain(many.to_vec()).collect();
    let is_plain = |c: char| c.is_ascii_alphanumeric();
    Case::Parameter
        .identifier(&words)
        .filter(|name| name.chars().all(is_plain))
        .unwrap_or_else(|| "searchRecords".to_owned())
}

/// The record's field with its id, where its value can be shown in a list.
fn id_field(resource: &Resource, record: &Record) -> Option<String> {
    let source = resource.id.as_ref()?;
    let name = source.field.as_deref().unwrap_or("id");
    let field = record.fields.iter().find(|field| field.wire_name == name)?;
    (!field.write_only).then(|| field.wire_name.clone())
}

/// The keys to the texts that a record is called by; none where nothing is known to be.
fn label(api: &Api, record: &Record) -> Vec<Vec<String>> {
    for name in LABELS {
        let field = record
            .fields
            .iter()
            .find(|field| !field.secret && words(&field.wire_name).join(" ") == *name);
        let Some(field) = field else { continue };
        if is_text(api, &field.schema.ty) {
            return vec![vec![field.wire_name.clone()]];
        }
        let inside = api.record(&field.schema.ty);
        let inside = inside
            .map(|(_, inner)| parts(api, inner))
            .unwrap_or_default();
        if !inside.is_empty() {
            let below = |mut keys: Vec<String>| {
                keys.insert(0, field.wire_name.clone());
                keys
            };
            return inside.into_iter().map(below).collect();
        }
        // `first name` and `last name` beside each other come before a title.
        if *name == "name" {
            continue;
        }
    }
    let both = parts(api, record);
    if !both.is_empty() {
        return both;
    }
    // Anything that reads as a name: `companyName`.
    let named = record.fields.iter().find(|field| {
        let found = words(&field.wire_name);
        let last = found.last().map(String::as_str);
        !field.secret
            && matches!(last, Some("name" | "title" | "label"))
            && is_text(api, &field.schema.ty)
    });
    named
        .map(|field| vec![vec![field.wire_name.clone()]])
        .unwrap_or_default()
}

/// The parts of a name that a record has.
fn parts(api: &Api, record: &Record) -> Vec<Vec<String>> {
    for part in PARTS {
        let keys: Vec<Vec<String>> = part
            .iter()
            .filter_map(|name| {
                let mut fields = record.fields.iter();
                let field = fields.find(|field| {
                    words(&field.wire_name).join(" ") == *name && is_text(api, &field.schema.ty)
                })?;
                Some(vec![field.wire_name.clone()])
            })
            .collect();
        if !keys.is_empty() {
            return keys;
        }
    }
    Vec::new()
}

fn is_text(api: &Api, ty: &Type) -> bool {
    matches!(
        api.resolved(ty),
        Type::Primitive(Primitive::String { .. } | Primitive::Uri)
    )
}

/// The search that the configuration knows of, where the list has its parameter.
fn configured(action: &Action, profile: &SearchProfile, label: &[Vec<String>]) -> Option<Search> {
    let has = query_text(action, &profile.parameter);
    let value = has.then(|| profile.value(label))?;
    Some(Search {
        parameter: profile.parameter.clone(),
        value: Some(value?),
    })
}

/// The parameter that plainly searches for a text.
fn search(action: &Action) -> Option<Search> {
    let parameter = SEARCHES.iter().find(|name| query_text(action, name))?;
    Some(Search {
        parameter: (*parameter).to_owned(),
        value: None,
    })
}

/// Whether an action has a query parameter of this name that takes a text.
fn query_text(action: &Action, name: &str) -> bool {
    action.parameters.iter().any(|it| {
        it.place == Place::Query
            && it.wire_name == name
            && matches!(it.schema.ty, Type::Primitive(Primitive::String { .. }))
    })
}
