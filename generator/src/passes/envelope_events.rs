//! Events that the document has only as variants of one property of a component, as the configuration
//! says: each becomes an event with a body of its own.

use super::events::{constant, literals};
use super::shapes::{Shape, field, shape};
use crate::config::ApiConfig;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Api, Body, Encoding, Event, EventKey, EventVerb, Media, Method, Origin, Role, Schema, Type,
    TypeBody, TypeDef, TypeId, Union, Variant, VariantTest,
};
use crate::names::words;
use serde_json::Value;

/// Adds an event for each variant. A rule that leads to none is an error: the document has changed
/// under it. Events that the document has under `webhooks` stay as they are, and are told apart as the
/// rule says.
pub(super) fn run(api: &mut Api, config: &ApiConfig, diagnostics: &mut Diagnostics) {
    let profile = &config.webhooks;
    let Some(envelope) = &profile.envelope else {
        return;
    };
    let found = match find(api, envelope, &profile.event) {
        Ok(found) => found,
        Err(message) => {
            let mut complaint =
                Diagnostic::error(Code::StaleOverride, profile.origin.clone(), message)
                    .hint("remove the rule, or correct what it names");
            complaint.position = profile.position;
            diagnostics.push(complaint);
            return;
        }
    };
    for told in found {
        let known = api
            .events
            .iter()
            .position(|event| is(api, event, &told.name));
        if known.is_none() {
            let event = event(api, told);
            api.events.push(event);
        } else if let Some(event) = known.and_then(|index| api.events.get_mut(index)) {
            event.key.get_or_insert(EventKey::Body(told.keys));
            event.wire_name.get_or_insert(told.name);
        }
    }
}

/// An event, as the envelope's variants tell it.
struct Told {
    /// The value at the end of the keys.
    name: String,
    /// The keys from the body to it.
    keys: Vec<String>,
    /// What stands where the variants do.
    schema: Schema,
    /// The type of the whole body's component.
    envelope: TypeId,
    /// Where the variant stands.
    origin: Origin,
}

impl Told {
    /// Whether a body is one of this event.
    fn stands_in(&self, body: &Value) -> bool {
        let mut keys = self.keys.iter();
        let value = keys.try_fold(body, |value, key| value.get(key));
        value.and_then(Value::as_str) == Some(&self.name)
    }
}

/// The variants and their values, or why there are none.
fn find(api: &Api, envelope: &str, keys: &[String]) -> Result<Vec<Told>, String> {
    let is_named = |def: &TypeDef| def.component.as_deref() == Some(envelope);
    let id = api.types.iter().position(is_named).map(TypeId);
    let id = id.ok_or_else(|| format!("no component is named `{envelope}`"))?;
    let (key, before) = keys.split_last().ok_or("`event` names no key")?;
    let mut ty = &Type::Named(id);
    for key in before {
        ty = match shape(api, ty) {
            Shape::Record(_, record) => field(record, key).map(|field| &field.schema.ty),
            _ => None,
        }
        .ok_or_else(|| format!("`{envelope}` has no property `{}`", before.join(".")))?;
    }
    let union = union(api, ty).ok_or_else(|| match before {
        [] => format!("`{envelope}` has no variants"),
        keys => format!("`{}` of `{envelope}` has no variants", keys.join(".")),
    })?;
    let mut told: Vec<Told> = Vec::new();
    for variant in &union.variants {
        for name in names(api, union, variant, key) {
            if !told.iter().any(|known| known.name == name) {
                told.push(Told {
                    name,
                    keys: keys.to_vec(),
                    schema: variant.schema.clone(),
                    envelope: id,
                    origin: variant.origin.clone(),
                });
            }
        }
    }
    match told.as_slice() {
        [] => Err(format!(
            "no variant says what stands in `{}`",
            keys.join(".")
        )),
        _ => Ok(told),
    }
}

fn union<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a Union> {
    let Type::Named(id) = api.resolved(ty) else {
        return None;
    };
    match api.type_def(*id).map(|def| &def.body) {
        Some(TypeBody::Union(union)) => Some(union),
        _ => None,
    }
}

/// The values that stand for a variant: those of the discriminator's mapping, else the one that its
/// own property has.
fn names(api: &Api, union: &Union, variant: &Variant, key: &str) -> Vec<String> {
    let own = api
        .record(&variant.schema.ty)
        .and_then(|(_, record)| constant(api, &field(record, key)?.schema));
    let tags = match &variant.test {
        VariantTest::Tag(tags) if union.tag.as_deref() == Some(key) => tags.as_slice(),
        _ => &[],
    };
    match (own, tags) {
        // Without a mapping a variant's tag is its component's name; a constant says it better.
        (Some(own), [tag]) if *tag == variant.name => vec![own],
        (own, []) => own.into_iter().collect(),
        (_, tags) => tags.to_vec(),
    }
}

/// Whether an event of the document is the one with this value. `passes::events` has not looked yet.
fn is(api: &Api, event: &Event, name: &str) -> bool {
    event.name == name || literals(api, event).iter().any(|(_, value)| value == name)
}

fn event(api: &mut Api, told: Told) -> Event {
    let description = api
        .record(&told.schema.ty)
        .and_then(|(id, _)| api.type_def(id)?.description.clone());
    let before = told.keys.split_last().map_or(&[][..], |(_, before)| before);
    let schema = body(api, &Type::Named(told.envelope), before, "event", &told);
    let payload = match schema.ty {
        Type::Named(id) => Some(id),
        _ => None,
    };
    let media = Media {
        per_item: false,
        media_type: "application/json".to_owned(),
        encoding: Encoding::Json,
        typed_xml: false,
        schema,
        examples: Vec::new(),
        origin: told.origin.clone(),
    };
    Event {
        wire_name: Some(told.name.clone()),
        key: Some(EventKey::Body(told.keys)),
        header_value: None,
        tags: Vec::new(),
        resource: None,
        verb: EventVerb::Other(told.name.clone()),
        description,
        method: Method::Post,
        headers: Vec::new(),
        body: Some(Body {
            description: None,
            required: true,
            media: vec![media],
            origin: told.origin.clone(),
        }),
        responses: Vec::new(),
        payload,
        summary: None,
        record_path: Vec::new(),
        origin: told.origin,
        name: told.name,
    }
}

/// A record like `ty` whose property behind `keys` is the variant; without keys it is the variant.
/// `called` is the last word of its name.
fn body(api: &mut Api, ty: &Type, keys: &[String], called: &str, told: &Told) -> Schema {
    let found = keys.split_first().and_then(|(key, rest)| {
        let (id, record) = api.record(ty)?;
        Some((key, rest, record.clone(), api.type_def(id)?.clone()))
    });
    let Some((key, rest, mut record, def)) = found else {
        return told.schema.clone();
    };
    for field in record.fields.iter_mut().filter(|f| f.wire_name == *key) {
        field.schema.ty = body(api, &field.schema.ty, rest, key, told).ty;
    }
    let hint = words(&told.name).into_iter().chain(words(called));
    // Of the component's examples, which are bodies, those of this event.
    let of_event = |example: &Value| told.stands_in(example);
    api.types.push(TypeDef {
        component: None,
        hints: vec![hint.collect()],
        role: Role::Event,
        body: TypeBody::Record(record),
        default: None,
        examples: def
            .examples
            .iter()
            .filter(|it| of_event(it))
            .cloned()
            .collect(),
        origins: vec![told.origin.child(&format!("${called}"))],
        rules: Vec::new(),
        other_way: None,
        ..def
    });
    Schema {
        ty: Type::Named(TypeId(api.types.len() - 1)),
        origin: told.origin.clone(),
        ..Schema::default()
    }
}

#[cfg(test)]
mod tests;
