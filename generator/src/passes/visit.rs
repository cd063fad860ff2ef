//! Walks over everything in an API that has a type.

use crate::ir::{
    Additional, Api, Body, Encoding, Event, Header, Media, OtherWay, Outcome, Payload, Record,
    Schema, Type, TypeBody, TypeId,
};

/// Calls `f` with every schema of a type's definition, those inside lists, tuples and maps included.
pub(super) fn of_body<'a>(body: &'a TypeBody, f: &mut dyn FnMut(&'a Schema)) {
    match body {
        TypeBody::Record(record) => {
            for field in &record.fields {
                deep(&field.schema, f);
            }
            if let Additional::Allowed(schema) = &record.additional {
                deep(schema, f);
            }
            for pattern in &record.patterns {
                deep(&pattern.schema, f);
            }
        }
        TypeBody::Union(union) => {
            for variant in &union.variants {
                deep(&variant.schema, f);
            }
        }
        TypeBody::Alias(schema) => deep(schema, f),
        TypeBody::Enum(_) => {}
    }
}

/// Calls `f` with a schema and every schema inside it, not following references.
pub(super) fn deep<'a>(schema: &'a Schema, f: &mut dyn FnMut(&'a Schema)) {
    f(schema);
    match &schema.ty {
        Type::List(inner) | Type::Map(inner) => deep(inner, f),
        Type::Tuple(items, rest) => {
            for item in items {
                deep(item, f);
            }
            if let Some(rest) = rest {
                deep(rest, f);
            }
        }
        Type::Any
        | Type::Never
        | Type::Null
        | Type::Primitive(_)
        | Type::Constant(_)
        | Type::Named(_) => {}
    }
}

/// The types that a schema refers to directly.
pub(super) fn ids_of(schema: &Schema) -> Vec<TypeId> {
    let mut ids = Vec::new();
    deep(schema, &mut |schema| {
        if let Type::Named(id) = schema.ty {
            ids.push(id);
        }
    });
    ids
}

/// The types that a type's definition refers to directly.
pub(super) fn ids_of_body(body: &TypeBody) -> Vec<TypeId> {
    let mut ids = Vec::new();
    of_body(body, &mut |schema| {
        if let Type::Named(id) = schema.ty {
            ids.push(id);
        }
    });
    ids
}

/// The types of the properties that a record does not name.
pub(super) fn ids_of_others(record: &Record) -> Vec<TypeId> {
    let mut ids = Vec::new();
    if let Additional::Allowed(schema) = &record.additional {
        ids.extend(ids_of(schema));
    }
    for pattern in &record.patterns {
        ids.extend(ids_of(&pattern.schema));
    }
    ids
}

/// The types that the answers to an action refer to directly, with those of an opened envelope.
pub(super) fn ids_of_outcome(outcome: &Outcome) -> Vec<TypeId> {
    let mut ids = Vec::new();
    for response in &outcome.responses {
        ids.extend(ids_of_media(&response.media));
        ids.extend(ids_of_headers(&response.headers));
    }
    if let Some(Payload::Opened(envelope)) = outcome.success.as_ref().map(|it| &it.payload) {
        ids.extend(ids_of(&envelope.data));
        ids.extend(envelope.metadata);
    }
    ids
}

/// The types that media types refer to directly, the headers of their parts included.
pub(super) fn ids_of_media(media: &[Media]) -> Vec<TypeId> {
    let mut ids = Vec::new();
    for media in media {
        ids.extend(ids_of(&media.schema));
        if let Encoding::Form(parts) | Encoding::Multipart(parts) = &media.encoding {
            for part in parts {
                ids.extend(ids_of_headers(&part.headers));
            }
        }
    }
    ids
}

/// The types that headers refer to directly.
pub(super) fn ids_of_headers(headers: &[Header]) -> Vec<TypeId> {
    headers
        .iter()
        .flat_map(|header| ids_of(&header.schema))
        .collect()
}

/// The types that an event refers to directly.
pub(super) fn ids_of_event(event: &Event) -> Vec<TypeId> {
    let mut ids = ids_of_headers(&event.headers);
    if let Some(body) = &event.body {
        ids.extend(ids_of_media(&body.media));
    }
    ids.extend(event.payload);
    ids
}

/// Everything that `roots` lead to, themselves included, as a flag per type.
pub(super) fn reachable(api: &Api, roots: impl IntoIterator<Item = TypeId>) -> Vec<bool> {
    let mut seen = vec![false; api.types.len()];
    let mut todo: Vec<TypeId> = roots.into_iter().collect();
    while let Some(id) = todo.pop() {
        let Some(flag) = seen.get_mut(id.0) else {
            continue;
        };
        if !std::mem::replace(flag, true)
            && let Some(def) = api.type_def(id)
        {
            todo.extend(ids_of_body(&def.body));
        }
    }
    seen
}

/// Calls `f` with every reference to a type that there is in the API.
pub(super) fn every_id(api: &mut Api, f: &mut dyn FnMut(&mut TypeId)) {
    for def in &mut api.types {
        in_type_body(&mut def.body, f);
        if let Some(OtherWay::SentAs(id) | OtherWay::ReceivedAs(id)) = &mut def.other_way {
            f(id);
        }
    }
    for resource in &mut api.resources {
        if let Some(id) = &mut resource.record {
            f(id);
        }
    }
    for action in &mut api.actions {
        for parameter in &mut action.parameters {
            in_schema(&mut parameter.schema, f);
        }
        in_body(&mut action.body, f);
        in_outcome(&mut action.outcome, f);
        for event in &mut action.callbacks {
            in_event(event, f);
        }
    }
    for event in &mut api.events {
        in_event(event, f);
    }
}

/// Calls `f` with every reference to a type in a type's definition.
pub(super) fn in_type_body(body: &mut TypeBody, f: &mut dyn FnMut(&mut TypeId)) {
    match body {
        TypeBody::Record(record) => {
            for field in &mut record.fields {
                in_schema(&mut field.schema, f);
            }
            if let Additional::Allowed(schema) = &mut record.additional {
                in_schema(schema, f);
            }
            for pattern in &mut record.patterns {
                in_schema(&mut pattern.schema, f);
            }
        }
        TypeBody::Union(union) => {
            for variant in &mut union.variants {
                in_schema(&mut variant.schema, f);
            }
        }
        TypeBody::Alias(schema) => in_schema(schema, f),
        TypeBody::Enum(_) => {}
    }
}

fn in_outcome(outcome: &mut Outcome, f: &mut dyn FnMut(&mut TypeId)) {
    for response in &mut outcome.responses {
        in_media(&mut response.media, f);
        in_headers(&mut response.headers, f);
    }
    match outcome.success.as_mut().map(|success| &mut success.payload) {
        Some(Payload::Whole(ty)) => in_type(ty, f),
        Some(Payload::Opened(envelope)) => {
            in_schema(&mut envelope.data, f);
            f(&mut envelope.whole);
            if let Some(id) = &mut envelope.metadata {
                f(id);
            }
        }
        Some(Payload::Empty) | None => {}
    }
}

fn in_event(event: &mut Event, f: &mut dyn FnMut(&mut TypeId)) {
    in_headers(&mut event.headers, f);
    in_body(&mut event.body, f);
    if let Some(id) = &mut event.payload {
        f(id);
    }
}

/// Calls `f` with every reference to a type in an action's body.
pub(super) fn in_body(body: &mut Option<Body>, f: &mut dyn FnMut(&mut TypeId)) {
    if let Some(body) = body {
        in_media(&mut body.media, f);
    }
}

fn in_media(media: &mut [Media], f: &mut dyn FnMut(&mut TypeId)) {
    for media in media {
        in_schema(&mut media.schema, f);
        if let Encoding::Form(parts) | Encoding::Multipart(parts) = &mut media.encoding {
            for part in parts {
                in_headers(&mut part.headers, f);
            }
        }
    }
}

fn in_headers(headers: &mut [Header], f: &mut dyn FnMut(&mut TypeId)) {
    for header in headers {
        in_schema(&mut header.schema, f);
    }
}

/// Calls `f` with every reference to a type in a schema.
pub(super) fn in_schema(schema: &mut Schema, f: &mut dyn FnMut(&mut TypeId)) {
    in_type(&mut schema.ty, f);
}

fn in_type(ty: &mut Type, f: &mut dyn FnMut(&mut TypeId)) {
    match ty {
        Type::Named(id) => f(id),
        Type::List(inner) | Type::Map(inner) => in_schema(inner, f),
        Type::Tuple(items, rest) => {
            for item in items {
                in_schema(item, f);
            }
            if let Some(rest) = rest {
                in_schema(rest, f);
            }
        }
        Type::Any | Type::Never | Type::Null | Type::Primitive(_) | Type::Constant(_) => {}
    }
}
