//! What the proof is told of an API: its actions, from the compiler and not from the package.

use crate::serve::refusal_body;
use serde_json::{Value, json};
use specwright::ir::{
    Action, Api, Encoding, Kind, Pagination, Payload, Resource, Slot, Source, Strategy, Type,
};

/// What the server says when it refuses; the proof puts the token in its place.
const REFUSAL: &str = "refused on purpose, with {token} in it";

/// How much of it must be told.
const TOLD: &str = "refused on purpose";

/// Each action with all that decides what a node must send and give.
pub(super) fn actions(api: &Api) -> Vec<Value> {
    api.actions.iter().map(|it| action(api, it)).collect()
}

fn action(api: &Api, action: &Action) -> Value {
    let resource = action.resource.and_then(|id| api.resource(id));
    let (data, list) = data(api, action);
    let refusal = refusal_body(api, action, 400, REFUSAL);
    let told = refusal.to_string().contains(TOLD);
    json!({
        "action": format!("{} {}", action.method.as_str(), action.path),
        "resource": resource.map(|resource| &resource.tag),
        "kind": kind(&action.kind),
        "beside": resource.is_none_or(|resource| !has_records(api, resource)),
        "envelope": data,
        "list": list,
        "pagination": pages(action).map(pagination),
        "refusal": { "status": 400, "body": refusal, "message": if told { TOLD } else { "" } },
    })
}

/// Whether any action of a resource is one that records have.
pub(super) fn has_records(api: &Api, resource: &Resource) -> bool {
    let mut actions = resource.actions.iter().filter_map(|id| api.action(*id));
    actions.any(|action| !matches!(action.kind, Kind::Custom { .. }))
}

/// The keys from the body to the data, and whether that is a list.
fn data<'a>(api: &'a Api, action: &'a Action) -> (&'a [String], bool) {
    if !is_json(action) {
        return (&[], false);
    }
    if let Some(pagination) = &action.pagination {
        return (&pagination.items, true);
    }
    let is_list = |ty: &'a Type| matches!(api.resolved(ty), Type::List(_));
    match action.outcome.success.as_ref().map(|it| &it.payload) {
        None | Some(Payload::Empty) => (&[], false),
        Some(Payload::Whole(ty)) => (&[], is_list(ty)),
        Some(Payload::Opened(envelope)) => (&envelope.path, is_list(&envelope.data.ty)),
    }
}

/// How a list goes on, where a node can go on with it: it reads JSON, and sends each request as the first.
pub(super) fn pages(action: &Action) -> Option<&Pagination> {
    let pagination = action.pagination.as_ref()?;
    (is_json(action) && !pagination.by_get).then_some(pagination)
}

/// Whether a node reads the answer as JSON; other text is one value.
fn is_json(action: &Action) -> bool {
    let success = action.outcome.success.as_ref();
    let media = success.and_then(|success| {
        let response = action.outcome.responses.get(success.response)?;
        response.media.get(success.media?)
    });
    media.is_none_or(|media| media.encoding == Encoding::Json)
}

fn pagination(pagination: &Pagination) -> Value {
    let (strategy, next, back, first) = match &pagination.strategy {
        Strategy::Cursor { next, previous, .. } => {
            ("cursor", Some(source(next)), previous.as_ref(), None)
        }
        Strategy::Page { first, .. } => ("page", None, None, *first),
        Strategy::Offset { first, .. } => ("offset", None, None, Some(*first)),
        Strategy::LinkHeader => ("link", None, None, None),
        Strategy::NextUrl { next } => ("url", Some(json!(next)), None, None),
    };
    json!({
        "strategy": strategy,
        "parameter": pagination.strategy.parameter().map(slot),
        "next": next,
        "back": back.map(|(parameter, it)| json!({
            "parameter": slot(parameter),
            "cursor": source(it),
        })),
        "first": first,
        "items": pagination.items,
        "size": pagination.size.as_ref().map(slot),
        "more": pagination.more,
    })
}

/// Where a request has a value: a query parameter's name, a header, or keys of the body.
fn slot(slot: &Slot) -> Value {
    match slot {
        Slot::Query(name) => json!(name),
        Slot::Header(name) => json!({ "header": name }),
        Slot::Body(keys) => json!({ "body": keys }),
    }
}

/// Where an answer has a value: keys of the body, a header, or keys of an item.
fn source(source: &Source) -> Value {
    match source {
        Source::Body(keys) => json!(keys),
        Source::Header(name) => json!({ "header": name }),
        Source::LastItem(keys) => json!({ "last": keys }),
        Source::FirstItem(keys) => json!({ "first": keys }),
    }
}

const fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::FindMany => "find_many",
        Kind::FindOne => "find_one",
        Kind::CreateOne => "create_one",
        Kind::CreateMany => "create_many",
        Kind::UpdateOne => "update_one",
        Kind::UpdateMany => "update_many",
        Kind::DeleteOne => "delete_one",
        Kind::DeleteMany => "delete_many",
        Kind::FindDuplicates => "find_duplicates",
        Kind::Upsert => "upsert",
        Kind::Restore => "restore",
        Kind::Merge => "merge",
        Kind::Custom { .. } => "custom",
    }
}
