//! Every origin in the IR.

use specwright::ir::{
    Additional, Api, Body, Encoding, Event, Header, Media, Origin, Parameter, Response, Schema,
    Type, TypeBody,
};

/// The origins of everything an API has.
pub(crate) fn of(api: &Api) -> Vec<&Origin> {
    let mut found = Vec::new();
    found.extend(api.servers.iter().map(|server| &server.origin));
    found.extend(api.auth_schemes.iter().map(|scheme| &scheme.origin));
    for action in &api.actions {
        found.push(&action.origin);
        found.extend(action.servers.iter().map(|server| &server.origin));
        action
            .parameters
            .iter()
            .for_each(|it| parameter(it, &mut found));
        action.body.iter().for_each(|it| body(it, &mut found));
        action
            .outcome
            .responses
            .iter()
            .for_each(|it| response(it, &mut found));
        action.callbacks.iter().for_each(|it| event(it, &mut found));
    }
    api.events.iter().for_each(|it| event(it, &mut found));
    for def in &api.types {
        found.extend(&def.origins);
        type_body(&def.body, &mut found);
    }
    found
}

fn event<'a>(event: &'a Event, found: &mut Vec<&'a Origin>) {
    found.push(&event.origin);
    event.headers.iter().for_each(|it| header(it, found));
    event.body.iter().for_each(|it| body(it, found));
    event.responses.iter().for_each(|it| response(it, found));
}

fn parameter<'a>(parameter: &'a Parameter, found: &mut Vec<&'a Origin>) {
    found.push(&parameter.origin);
    schema(&parameter.schema, found);
}

fn header<'a>(header: &'a Header, found: &mut Vec<&'a Origin>) {
    found.push(&header.origin);
    schema(&header.schema, found);
}

fn body<'a>(body: &'a Body, found: &mut Vec<&'a Origin>) {
    found.push(&body.origin);
    body.media.iter().for_each(|it| media(it, found));
}

fn response<'a>(response: &'a Response, found: &mut Vec<&'a Origin>) {
    found.push(&response.origin);
    response.media.iter().for_each(|it| media(it, found));
    response.headers.iter().for_each(|it| header(it, found));
}

fn media<'a>(media: &'a Media, found: &mut Vec<&'a Origin>) {
    found.push(&media.origin);
    schema(&media.schema, found);
    if let Encoding::Form(parts) | Encoding::Multipart(parts) = &media.encoding {
        parts
            .iter()
            .flat_map(|part| &part.headers)
            .for_each(|it| header(it, found));
    }
}

fn schema<'a>(schema: &'a Schema, found: &mut Vec<&'a Origin>) {
    found.push(&schema.origin);
    match &schema.ty {
        Type::List(inner) | Type::Map(inner) => self::schema(inner, found),
        Type::Tuple(items, rest) => {
            items.iter().for_each(|it| self::schema(it, found));
            rest.iter().for_each(|it| self::schema(it, found));
        }
        Type::Any
        | Type::Never
        | Type::Null
        | Type::Primitive(_)
        | Type::Constant(_)
        | Type::Named(_) => {}
    }
}

fn type_body<'a>(body: &'a TypeBody, found: &mut Vec<&'a Origin>) {
    match body {
        TypeBody::Record(record) => {
            for field in &record.fields {
                found.push(&field.origin);
                schema(&field.schema, found);
            }
            record
                .patterns
                .iter()
                .for_each(|it| schema(&it.schema, found));
            if let Additional::Allowed(values) = &record.additional {
                schema(values, found);
            }
        }
        TypeBody::Enum(_) => {}
        TypeBody::Union(union) => {
            for variant in &union.variants {
                found.push(&variant.origin);
                schema(&variant.schema, found);
            }
        }
        TypeBody::Alias(inner) => schema(inner, found),
    }
}
