//! What the document says and no descriptor can: each with a note, so that nothing is lost silently.

use super::body::always_has_body;
use super::response;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Action, Api, Body, Encoding, Media, Origin};
use crate::n8n::target;

/// Notes on everything of an API that its descriptors leave out.
pub(super) fn notes(api: &Api, diagnostics: &mut Diagnostics) {
    for action in &api.actions {
        body(action, diagnostics);
        answer(api, action, diagnostics);
        server(action, diagnostics);
    }
    optional_bodies(api, diagnostics);
}

fn body(action: &Action, diagnostics: &mut Diagnostics) {
    let Some(body) = &action.body else { return };
    let Some(chosen) = body.preferred() else {
        return;
    };
    // What is sent of a file is what it is.
    let is_sent =
        |it: &Media| chosen.encoding == Encoding::Binary && it.encoding == chosen.encoding;
    let others = body.media.iter().filter(|it| it.origin != chosen.origin);
    for media in others.filter(|it| !is_sent(it)) {
        let message = format!(
            "the n8n node sends the body as `{}`, never as `{}`",
            chosen.media_type, media.media_type
        );
        diagnostics.push(not_written(media.origin.clone(), message));
    }
    untyped(chosen, "sends", diagnostics);
}

/// One note on all bodies that may be left out, as far as the document says it, and have required
/// members.
fn optional_bodies(api: &Api, diagnostics: &mut Diagnostics) {
    let has_required = |action: &&Action| {
        let body = action.body.as_ref().filter(|body| !body.required);
        let media = body.and_then(Body::preferred);
        let record = media.and_then(|media| api.record(&media.schema.ty));
        always_has_body(action.method)
            && record.is_some_and(|(_, record)| {
                let mut fields = record.fields.iter();
                fields.any(|field| field.required && !field.read_only)
            })
    };
    let mut found = api.actions.iter().filter(has_required);
    let Some(body) = found.next().and_then(|action| action.body.as_ref()) else {
        return;
    };
    let others = match found.count() {
        0 => String::new(),
        count => format!(", as {count} others"),
    };
    let message = format!("the body may be left out{others}, and has required members");
    diagnostics.push(
        Diagnostic::note(Code::NotGenerated, body.origin.clone(), message)
            .action("the n8n node always asks for the required members"),
    );
}

fn answer(api: &Api, action: &Action, diagnostics: &mut Diagnostics) {
    let Some(success) = &action.outcome.success else {
        return;
    };
    let Some(response) = action.outcome.responses.get(success.response) else {
        return;
    };
    let Some(chosen) = response::media(action) else {
        return;
    };
    for media in response
        .media
        .iter()
        .filter(|it| it.origin != chosen.origin)
        .filter(|it| !response::others(api, action).any(|other| other.origin == it.origin))
    {
        let message = format!(
            "the n8n node reads the response as `{}`, never as `{}`",
            chosen.media_type, media.media_type
        );
        diagnostics.push(not_written(media.origin.clone(), message));
    }
    untyped(chosen, "reads", diagnostics);
}

/// Formats that are text to n8n.
fn untyped(media: &Media, verb: &str, diagnostics: &mut Diagnostics) {
    if matches!(
        media.encoding,
        Encoding::Xml | Encoding::EventStream | Encoding::JsonLines
    ) {
        let message = format!("the n8n node {verb} `{}` as text", media.media_type);
        diagnostics.push(not_written(media.origin.clone(), message));
    }
}

fn server(action: &Action, diagnostics: &mut Diagnostics) {
    if let Some(first) = action.servers.first()
        && target::absolute_server(first).is_none()
    {
        let message = format!("the operation's server `{}` is relative", first.url);
        diagnostics.push(
            Diagnostic::note(Code::NotGenerated, first.origin.clone(), message)
                .action("the n8n node sends it to the credential's base URL"),
        );
    }
}

fn not_written(origin: Origin, message: String) -> Diagnostic {
    Diagnostic::note(Code::NotGenerated, origin, message).action("the n8n package leaves it out")
}
