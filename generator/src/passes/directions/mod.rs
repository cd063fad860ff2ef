//! Directions: what is sent has no `readOnly` properties, what is received no `writeOnly` ones.
//!
//! A type that travels both ways becomes two where these differ, in itself or in what it holds. The
//! one that is received keeps the name; the one that is sent is called an input. All others stay one
//! type: nobody wants to convert between equal things.

mod variants;
mod ways;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Field, Loss, OtherWay, TypeBody, TypeDef, TypeId, VariantTest};
use serde_json::Value;
use ways::{Way, Ways};

/// Splits types that differ by direction, and drops what never travels (OpenAPI 3.0.3, section
/// 4.7.24.2; 3.1, JSON Schema Validation, section 9.4). What is dropped for good has a note.
pub(super) fn run(api: &mut Api, diagnostics: &mut Diagnostics) {
    forget_contradictions(api);
    keep_tags(api);
    let ways = Ways::of(api);
    let split = ways.split(api);
    let first_new = api.types.len();
    let mut twins: Vec<Option<TypeId>> = vec![None; first_new];
    for (index, twin) in twins.iter_mut().enumerate() {
        if split.get(index) == Some(&true) {
            *twin = sent_half(api, TypeId(index));
        }
    }
    let twin = |id: TypeId| twins.get(id.0).copied().flatten();
    for index in 0..first_new {
        let id = TypeId(index);
        let [sent, received] = ways.of_type(id);
        let gone = match (sent, received) {
            (_, true) => drop_fields(api, id, Way::Received, twin(id).is_none()),
            (true, false) => drop_fields(api, id, Way::Sent, true),
            (false, false) => Vec::new(), // nothing uses it: its page says both
        };
        say(api, received, gone, diagnostics);
    }
    for index in first_new..api.types.len() {
        drop_fields(api, TypeId(index), Way::Sent, false);
    }
    let is_sent = |id: TypeId| id.0 >= first_new || ways.of_type(id) == [true, false];
    ways::redirect(api, &is_sent, &|id| twin(id).unwrap_or(id));
    for index in 0..api.types.len() {
        variants::tell_apart_again(api, TypeId(index), diagnostics);
    }
}

/// What is said to be read only and write only at once would travel no way at all: it is neither.
fn forget_contradictions(api: &mut Api) {
    for def in &mut api.types {
        let TypeBody::Record(record) = &mut def.body else {
            continue;
        };
        for field in &mut record.fields {
            if field.read_only && field.write_only {
                (field.read_only, field.write_only) = (false, false);
            }
        }
    }
}

/// A copy of a type for what is sent, under its own id.
fn sent_half(api: &mut Api, id: TypeId) -> Option<TypeId> {
    let new = TypeId(api.types.len());
    let received = api.types.get_mut(id.0)?;
    received.other_way = Some(OtherWay::SentAs(new));
    let sent = TypeDef {
        component: None,
        hints: received.hints.iter().map(|hint| input(hint)).collect(),
        other_way: Some(OtherWay::ReceivedAs(id)),
        ..received.clone()
    };
    api.types.push(sent);
    Some(new)
}

fn input(hint: &[String]) -> Vec<String> {
    hint.iter().cloned().chain(["input".to_owned()]).collect()
}

/// Takes the fields out of a record that do not travel this way; gives those that travel no way at
/// all any more, where `only` says that there is no other type with them.
fn drop_fields(api: &mut Api, id: TypeId, way: Way, only: bool) -> Vec<Field> {
    let Some(def) = api.types.get_mut(id.0) else {
        return Vec::new();
    };
    let TypeBody::Record(record) = &mut def.body else {
        return Vec::new();
    };
    let (kept, gone): (Vec<Field>, Vec<Field>) = std::mem::take(&mut record.fields)
        .into_iter()
        .partition(|field| way.carries(field));
    record.fields = kept;
    for example in &mut def.examples {
        if let Value::Object(example) = example {
            example.retain(|key, _| gone.iter().all(|field| field.wire_name != *key));
        }
    }
    if only { gone } else { Vec::new() }
}

/// A note on the fields of a type that nothing can send or receive.
fn say(api: &mut Api, received: bool, gone: Vec<Field>, diagnostics: &mut Diagnostics) {
    let Some(first) = gone.first() else { return };
    let names: Vec<String> = gone
        .iter()
        .map(|field| format!("{:?}", field.wire_name))
        .collect();
    let (word, other) = if received {
        ("writeOnly", "received")
    } else {
        ("readOnly", "sent")
    };
    let message = format!(
        "`{word}` in a type that is only {other}: {}",
        names.join(", ")
    );
    let diagnostic = Diagnostic::note(Code::NotGenerated, first.origin.clone(), message);
    diagnostics.push(diagnostic.action("the fields were left out"));
    let reason = format!("{word}, and only {other}");
    api.losses.extend(gone.into_iter().map(|field| Loss {
        origin: field.origin,
        reason: reason.clone(),
    }));
}

/// What tells the variants of a union apart has to travel both ways, whatever is said of it.
fn keep_tags(api: &mut Api) {
    let mut tags: Vec<(TypeId, String)> = Vec::new();
    for def in &api.types {
        let TypeBody::Union(union) = &def.body else {
            continue;
        };
        let Some(tag) = &union.tag else { continue };
        for variant in &union.variants {
            let tagged = matches!(variant.test, VariantTest::Tag(_));
            if let Some((id, _)) = api.record(&variant.schema.ty).filter(|_| tagged) {
                tags.push((id, tag.clone()));
            }
        }
    }
    for (id, tag) in tags {
        if let Some(TypeBody::Record(record)) = api.types.get_mut(id.0).map(|def| &mut def.body) {
            for field in record
                .fields
                .iter_mut()
                .filter(|field| field.wire_name == tag)
            {
                (field.read_only, field.write_only) = (false, false);
            }
        }
    }
}

#[cfg(test)]
mod tests;
