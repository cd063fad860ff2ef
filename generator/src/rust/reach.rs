//! Which types the SDK shows: what actions take and give, and every named schema of the document.
//!
//! An envelope that is opened has a type in the IR which no caller sees, and is not written as a model.
//! Bodies of events that differ only in what they are about are written once for all.

use super::builders::{Output, output, stream_beside};
use super::events::Payloads;
use super::events::is_label;
use super::streams::Items;
use crate::ir::{
    Action, Additional, Api, Body, Encoding, Field, Media, Payload, Role, Schema, Type, TypeBody,
    TypeId,
};
use crate::names::SharedType;

/// A set of types, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeSet(Vec<bool>);

impl TypeSet {
    pub(super) fn empty(api: &Api) -> Self {
        Self(vec![false; api.types.len()])
    }

    /// Whether a type is in it.
    pub fn contains(&self, id: TypeId) -> bool {
        self.0.get(id.0).copied().unwrap_or(false)
    }

    /// Adds a type; `false` when it was there, or is no type.
    pub(super) fn insert(&mut self, id: TypeId) -> bool {
        match self.0.get_mut(id.0) {
            Some(there) => !std::mem::replace(there, true),
            None => false,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = TypeId> + '_ {
        self.0
            .iter()
            .enumerate()
            .filter(|(_, there)| **there)
            .map(|(index, _)| TypeId(index))
    }

    /// Adds everything that the types in `roots` can lead to.
    pub(super) fn close_over(&mut self, api: &Api, roots: Vec<TypeId>) {
        let mut pending = roots;
        while let Some(id) = pending.pop() {
            if self.insert(id) {
                referenced_by_def(api, id, &mut |id| pending.push(id));
            }
        }
    }
}

/// Every type that the SDK shows, and those of them that are written once for several.
pub fn shown(api: &Api) -> (TypeSet, Vec<SharedType>) {
    let payloads = Payloads::new(api);
    (with_payloads(api, &payloads), payloads.named())
}

/// Every type that the SDK shows.
pub(super) fn with_payloads(api: &Api, payloads: &Payloads) -> TypeSet {
    let mut roots = Vec::new();
    for action in &api.actions {
        referenced_by_input(api, action, &mut |id| roots.push(id));
        referenced_by_output(api, action, &mut |id| roots.push(id));
    }
    for (index, def) in api.types.iter().enumerate() {
        if def.component.is_some() && payloads.written(TypeId(index)).is_none() {
            roots.push(TypeId(index));
        }
    }
    let mut set = TypeSet::empty(api);
    for shared in payloads.named() {
        set.insert(shared.id);
        payloads.referenced(api, shared.id, &mut |id| roots.push(id));
    }
    for event in &api.events {
        if let Some(media) = super::events::json_media(event) {
            referenced_by(&media.schema, &mut |id| {
                roots.extend(payloads.written(id).is_none().then_some(id));
            });
        }
    }
    set.close_over(api, roots);
    set
}

/// Visits the types that an action's parameters and body mention.
pub(super) fn referenced_by_input(api: &Api, action: &Action, visit: &mut impl FnMut(TypeId)) {
    for parameter in &action.parameters {
        referenced_by(&parameter.schema, visit);
    }
    if let Some(media) = action.body.as_ref().and_then(|body| typed_media(api, body)) {
        referenced_by(&media.schema, visit);
    }
}

/// The media type of a body that is written, where a method takes it by its type. Text and bytes are
/// made by the caller, so that a type of theirs would be one that nothing takes.
pub(super) fn typed_media<'b>(api: &Api, body: &'b Body) -> Option<&'b Media> {
    chosen_media(body).filter(|media| is_typed(api, media))
}

/// Whether a method takes a body by its type. A multipart body has one where its properties are known;
/// else its parts are made by the caller.
pub(super) fn is_typed(api: &Api, media: &Media) -> bool {
    match media.encoding {
        Encoding::Json | Encoding::Form(_) | Encoding::JsonLines => true,
        Encoding::Multipart(_) => api.record(&media.schema.ty).is_some(),
        Encoding::Xml => media.typed_xml,
        Encoding::Text | Encoding::Binary | Encoding::EventStream => false,
    }
}

/// Whether what a method takes is one value of the schema. Lines are taken as items that come one after
/// the other.
pub(super) fn is_one_value(api: &Api, media: &Media) -> bool {
    is_typed(api, media) && media.encoding != Encoding::JsonLines
}

/// Visits the types that an action's success and errors mention.
pub(super) fn referenced_by_output(api: &Api, action: &Action, visit: &mut impl FnMut(TypeId)) {
    match action
        .outcome
        .success
        .as_ref()
        .map(|success| &success.payload)
    {
        Some(_) if chosen_items(api, action).is_some() => {}
        Some(Payload::Whole(ty)) if has_type(action) => referenced_by_type(ty, visit),
        // Text, bytes, or items.
        Some(Payload::Whole(_)) => {}
        Some(Payload::Opened(envelope)) => {
            referenced_by(&envelope.data, visit);
            envelope.metadata.iter().for_each(|id| visit(*id));
        }
        Some(Payload::Empty) | None => {}
    }
    let streams = chosen_items(api, action).into_iter();
    for items in streams.chain(stream_beside(api, action)) {
        items
            .schema()
            .into_iter()
            .for_each(|it| referenced_by(it, visit));
    }
    for response in super::errors::error_responses(action) {
        if let Some(media) = super::errors::typed_media(response) {
            referenced_by(&media.schema, visit);
        }
    }
}

/// The stream that the success is.
fn chosen_items<'a>(api: &'a Api, action: &'a Action) -> Option<Items<'a>> {
    match output(api, action) {
        Output::Items(items) => Some(items),
        _ => None,
    }
}

/// Whether the success is read as its type: from JSON, or from XML that has one.
fn has_type(action: &Action) -> bool {
    let media = action.outcome.success.as_ref().and_then(|success| {
        let response = action.outcome.responses.get(success.response)?;
        response.media.get(success.media?)
    });
    media.is_some_and(|media| media.encoding == Encoding::Json || media.typed_xml)
}

/// The media type of a body that is written.
pub(super) fn chosen_media(body: &Body) -> Option<&Media> {
    body.preferred()
}

/// Visits the types that a definition mentions.
pub(super) fn referenced_by_def(api: &Api, id: TypeId, visit: &mut impl FnMut(TypeId)) {
    let Some(def) = api.type_def(id) else { return };
    match &def.body {
        TypeBody::Record(record) => {
            let is_text = |field: &&Field| {
                // Written as plain text, see `Context::field`.
                def.role == Role::Event && is_label(api, &field.schema.ty)
            };
            for field in record.fields.iter().filter(|field| !is_text(field)) {
                referenced_by(&field.schema, visit);
            }
            for pattern in &record.patterns {
                referenced_by(&pattern.schema, visit);
            }
            if let Additional::Allowed(schema) = &record.additional {
                referenced_by(schema, visit);
            }
        }
        TypeBody::Enum(_) => {}
        TypeBody::Union(union) => {
            for variant in &union.variants {
                referenced_by(&variant.schema, visit);
            }
        }
        TypeBody::Alias(schema) => referenced_by(schema, visit),
    }
}

/// Visits the types that a schema mentions.
pub(super) fn referenced_by(schema: &Schema, visit: &mut impl FnMut(TypeId)) {
    referenced_by_type(&schema.ty, visit);
}

fn referenced_by_type(ty: &Type, visit: &mut impl FnMut(TypeId)) {
    match ty {
        Type::Any | Type::Never | Type::Null | Type::Primitive(_) | Type::Constant(_) => {}
        Type::List(items) | Type::Map(items) => referenced_by(items, visit),
        Type::Tuple(items, rest) => {
            for item in items.iter().chain(rest.as_deref()) {
                referenced_by(item, visit);
            }
        }
        Type::Named(id) => visit(*id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ApiConfig;
    use crate::diag::Diagnostics;
    use crate::load::MemorySources;

    /// A form with files and another, a multipart body of which nothing is known, and answers.
    const FILES: &str = r##"
openapi: 3.1.0
info: {title: Files, version: "1"}
paths:
  /files:
    post:
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}, about: {$ref: "#/components/schemas/About"}, more: {type: object, properties: {a: {type: string}}}}}}}}
      responses: {"200": {description: x, content: {application/xml: {schema: {type: object, properties: {b: {type: string}}}}}}}
  /texts:
    get: {responses: {"200": {description: x, content: {application/xml: {schema: {type: string}}}}}}
  /raw:
    post:
      requestBody: {content: {multipart/mixed: {schema: {type: array, items: {type: object, properties: {r: {type: string}}}}}}}
      responses: {"204": {description: x}}
  /forms:
    post:
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {c: {type: string}}}}}}
      responses: {"200": {description: x, content: {application/json: {schema: {type: object, properties: {d: {type: string}}}}}}}
components: {schemas: {About: {type: object, properties: {e: {type: string}}}}}
"##;

    fn files() -> Api {
        let sources = MemorySources::new("f.yaml", FILES);
        let config = ApiConfig::for_name("f");
        let compiled = crate::compile("f.yaml", &sources, &config, &mut |_| {});
        compiled.api.unwrap()
    }

    /// A public type that no method takes or gives only looks as if one had to fill it.
    #[test]
    fn what_the_caller_writes_or_reads_as_bytes_has_no_type() {
        let api = files();
        let (set, _) = shown(&api);
        let fields = set.iter().filter_map(|id| api.record(&Type::Named(id)));
        let mut names: Vec<&str> = fields
            .flat_map(|(_, record)| &record.fields)
            .map(|field| field.wire_name.as_str())
            .collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["a", "about", "b", "c", "d", "e", "file", "more"],
            "two forms and what is in them, answers in XML and JSON, and the component"
        );
    }

    #[test]
    fn notes_on_parts_and_bytes_say_who_writes_and_reads_them() {
        let mut diagnostics = Diagnostics::new();
        super::super::unwritten::notes(&files(), &mut diagnostics);
        let notes: Vec<(String, Option<String>)> = diagnostics
            .iter()
            .map(|it| (it.message.clone(), it.action.clone()))
            .collect();
        let note = |media: &str, action: &str| {
            let message = format!("the schema of `{media}` gives no type in Rust");
            (message, Some(action.to_owned()))
        };
        let parts = "it is sent as parts, which the caller makes";
        let bytes = "it is read as bytes";
        let expected = [
            note("multipart/mixed", parts),
            note("application/xml", bytes),
        ];
        assert_eq!(notes, expected);
    }
}
