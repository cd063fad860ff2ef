//! What the document says and the Rust SDK does not: each with a note, so that nothing is lost silently.

use super::alternatives::alternatives;
use super::builders::stream_beside;
use super::reach::{chosen_media, is_typed};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Action, Api, Encoding, Event, Media, Origin, Status};

/// Notes on everything of an API that this back end leaves out.
pub(super) fn notes(api: &Api, diagnostics: &mut Diagnostics) {
    for action in &api.actions {
        bodies(api, action, diagnostics);
        responses(api, action, diagnostics);
    }
    servers(api, diagnostics);
    events(api, diagnostics);
}

fn bodies(api: &Api, action: &Action, diagnostics: &mut Diagnostics) {
    let Some(body) = &action.body else { return };
    let Some(chosen) = chosen_media(body) else {
        return;
    };
    for media in body
        .media
        .iter()
        .filter(|media| media.origin != chosen.origin)
    {
        let message = format!(
            "the body is sent as `{}`, never as `{}`",
            chosen.media_type, media.media_type
        );
        diagnostics.push(not_written(media.origin.clone(), message));
    }
    if !is_typed(api, chosen) {
        untyped(chosen, "sent", diagnostics);
    }
    headers_of_parts(api, chosen, diagnostics);
    bytes_in_json(api, chosen, diagnostics);
}

/// Only an array of files has a part for each: what is deeper is JSON, in which bytes are text.
fn bytes_in_json(api: &Api, media: &Media, diagnostics: &mut Diagnostics) {
    let (Encoding::Multipart(_), Some((_, record))) =
        (&media.encoding, api.record(&media.schema.ty))
    else {
        return;
    };
    for field in &record.fields {
        if super::form_fields::has_bytes(api, &field.schema) {
            let message = format!(
                "the bytes in `{}` are no parts of their own",
                field.wire_name
            );
            let origin = field.schema.origin.clone();
            let diagnostic = Diagnostic::note(Code::NotGenerated, origin, message);
            diagnostics.push(diagnostic.action("they are sent as text inside JSON"));
        }
    }
}

/// A file has its headers from the caller; what is written as text or JSON has none.
fn headers_of_parts(api: &Api, media: &Media, diagnostics: &mut Diagnostics) {
    let (Encoding::Multipart(parts), Some((_, record))) =
        (&media.encoding, api.record(&media.schema.ty))
    else {
        return;
    };
    for part in parts {
        let mut fields = record.fields.iter();
        let field = fields.find(|field| field.wire_name == part.name);
        if let (Some(field), [first, ..]) = (field, part.headers.as_slice())
            && !super::form_fields::is_file(&field.schema)
        {
            let message = format!("the part `{}` is sent without headers", part.name);
            diagnostics.push(not_written(first.origin.clone(), message));
        }
    }
}

fn responses(api: &Api, action: &Action, diagnostics: &mut Diagnostics) {
    let outcome = &action.outcome;
    let Some(success) = &outcome.success else {
        return;
    };
    let Some(response) = outcome.responses.get(success.response) else {
        return;
    };
    let Some(chosen) = success.media.and_then(|media| response.media.get(media)) else {
        return;
    };
    let stream = stream_beside(api, action).map(|items| items.media);
    let others = alternatives(action).into_iter().map(|it| it.media);
    let asked: Vec<&Media> = others.chain(stream).collect();
    for media in response
        .media
        .iter()
        .filter(|media| media.origin != chosen.origin && !asked.contains(media))
    {
        let message = format!(
            "the response is read as `{}`, never as `{}`",
            chosen.media_type, media.media_type
        );
        diagnostics.push(not_written(media.origin.clone(), message));
    }
    for (index, other) in outcome.responses.iter().enumerate() {
        let differs = other
            .media
            .first()
            .is_some_and(|media| media.schema.ty != chosen.schema.ty);
        if index != success.response && matches!(other.status, Status::Code(200..=299)) && differs {
            let message = "a success with another type than the first is not read".to_owned();
            diagnostics.push(not_written(other.origin.clone(), message));
        }
    }
    untyped(chosen, "read", diagnostics);
}

/// Formats that have a schema in the document and no type in the SDK.
fn untyped(media: &Media, verb: &str, diagnostics: &mut Diagnostics) {
    if media.is_value() {
        return;
    }
    let how = match (&media.encoding, verb) {
        (Encoding::Json | Encoding::Form(_) | Encoding::Text | Encoding::Binary, _) => return,
        (Encoding::JsonLines, _) | (Encoding::EventStream, "read") => return,
        (Encoding::Multipart(_), "sent") => "parts, which the caller makes",
        // A part of an answer is read as little as the whole.
        (Encoding::Multipart(_) | Encoding::Xml | Encoding::EventStream, _) => "bytes",
    };
    let message = format!("the schema of `{}` gives no type in Rust", media.media_type);
    let diagnostic = Diagnostic::note(Code::NotGenerated, media.origin.clone(), message);
    diagnostics.push(diagnostic.action(format!("it is {verb} as {how}")));
}

/// One note for all of a kind: there may be hundreds, and the reason is the same.
fn events(api: &Api, diagnostics: &mut Diagnostics) {
    let unread: Vec<&Event> = api
        .events
        .iter()
        .filter(|event| super::events::json_media(event).is_none())
        .collect();
    if let Some(first) = unread.first() {
        let message = match unread.len() {
            1 => "an event has no body in JSON".to_owned(),
            count => format!("{count} events have no body in JSON"),
        };
        diagnostics.push(
            Diagnostic::note(Code::NotGenerated, first.origin.clone(), message)
                .action("they come as `Event::Unknown`, or not at all"),
        );
    }
    if let [only] = api.events.as_slice()
        && only.key.is_none()
    {
        let message = format!("nothing in a delivery says that it is {:?}", only.name);
        diagnostics.push(
            Diagnostic::note(Code::NotGenerated, only.origin.clone(), message)
                .action("there is a type for what it tells, and no event")
                .hint("give a property that names the event a `const`"),
        );
    }
    let callbacks = || api.actions.iter().flat_map(|action| &action.callbacks);
    if let Some(first) = callbacks().next() {
        let message = format!(
            "{} callbacks come to a URL that a request gave, and are no events of the API",
            callbacks().count()
        );
        diagnostics.push(not_written(first.origin.clone(), message));
    }
}

fn servers(api: &Api, diagnostics: &mut Diagnostics) {
    let Some(first) = api.servers.first() else {
        return;
    };
    if super::client::server_url(first).is_none() {
        let message = format!("the server `{}` is relative", first.url);
        diagnostics.push(
            Diagnostic::note(Code::NotGenerated, first.origin.clone(), message)
                .action("the SDK has no default base URL")
                .hint("give `base_url` the whole URL, this path included"),
        );
    }
    if let Some(other) = api.servers.get(1) {
        let message = format!("{} further servers are not written", api.servers.len() - 1);
        diagnostics
            .push(not_written(other.origin.clone(), message).hint("`base_url` takes any of them"));
    }
}

fn not_written(origin: Origin, message: String) -> Diagnostic {
    Diagnostic::note(Code::NotGenerated, origin, message).action("the Rust SDK leaves it out")
}
