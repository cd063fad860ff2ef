//! What is true of the whole API beside its actions: its events, and what its client is told.

use super::table::aligned;
use super::text::{Row, indented, place, row, type_text};
use crate::ir::{
    ActionId, Api, ClientParameter, Event, EventKey, EventVerb, Schema, Signature,
    SignatureEncoding, SignatureScheme, SignedPart, Subscription, SubscriptionSecret,
    TimestampUnit, Type,
};

/// How deliveries are signed, how one subscribes, and which parameters a client has, each with the
/// reason. Empty where there is nothing of that.
pub fn shared(api: &Api) -> String {
    let mut rows = Vec::new();
    rows.extend(signature_rows(api.webhooks.signature.as_ref()));
    if !api.webhooks.delivery_id.is_empty() {
        rows.push(row("delivery", &api.webhooks.delivery_id.join(".")));
    }
    if let Some(subscription) = &api.webhooks.subscription {
        rows.push(row("subscription", &subscription_text(api, subscription)));
        rows.push(row("because", &subscription.evidence));
    }
    for parameter in &api.client_parameters {
        rows.push(row("client", &client_parameter(api, parameter)));
        rows.push(row("because", &parameter.evidence));
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(key, value)| vec![key.to_owned(), value])
        .collect();
    aligned(&rows)
}

/// Everything about one event, by its index in [`Api::events`]: how it is recognised, what it is
/// about and what it carries. Of an event that does not exist, nothing.
pub fn event(api: &Api, index: usize) -> String {
    let Some(event) = api.events.get(index) else {
        return String::new();
    };
    let resource = event.resource.and_then(|id| api.resource(id));
    let mut rows = vec![
        row("at", &event.origin.to_string()),
        row("method", event.method.as_str()),
        row("resource", resource.map_or("(none)", |found| &found.tag)),
        row("verb", verb(&event.verb)),
        row("told by", &told_by(event)),
    ];
    rows.extend(composed_rows(event));
    for header in &event.headers {
        let ty = type_text(api, &header.schema);
        let required = if header.required { " (required)" } else { "" };
        rows.push(row("header", &format!("{}: {ty}{required}", header.name)));
    }
    for media in event.body.iter().flat_map(|body| &body.media) {
        let ty = type_text(api, &media.schema);
        rows.push(row("body", &format!("{}: {ty}", media.media_type)));
    }
    if let Some(id) = event.record(api) {
        let schema = Schema {
            ty: Type::Named(id),
            ..Schema::default()
        };
        let place = match event.record_path.as_slice() {
            [] => "the body".to_owned(),
            path => path.join("."),
        };
        rows.push(row(
            "record",
            &format!("{place}: {}", type_text(api, &schema)),
        ));
    }
    rows.extend(signature_rows(api.webhooks.signature.as_ref()));
    let name = row("", &event.name).1;
    format!("{name}\n{}", aligned(&indented(rows)))
}

/// What header and body hold each, where both tell the event, and where the header's value is from.
fn composed_rows(event: &Event) -> Vec<Row> {
    let (Some(EventKey::HeaderAndBody(header, path)), Some(found)) =
        (&event.key, &event.header_value)
    else {
        return Vec::new();
    };
    let from = if found.guessed {
        "taken from the event's name: the document does not say it"
    } else {
        "as the document says"
    };
    let mut rows = vec![row(
        "in header",
        &format!("{header}: {}, {from}", found.value),
    )];
    rows.extend(
        event
            .body_value()
            .map(|value| row("in body", &format!("{value} in {}", path.join(".")))),
    );
    rows
}

fn signature_rows(signature: Option<&Signature>) -> Vec<Row> {
    let Some(signature) = signature else {
        return Vec::new();
    };
    vec![
        row("signature", &scheme(&signature.scheme)),
        row("because", &signature.evidence),
    ]
}

/// A scheme in a line: `HMAC-SHA256 of {timestamp}:{body} as hex in X-Signature, the time in X-Time
/// in seconds`.
pub(super) fn scheme(scheme: &SignatureScheme) -> String {
    let hmac = match scheme {
        SignatureScheme::StandardWebhooks => return "Standard Webhooks".to_owned(),
        SignatureScheme::Hmac(hmac) => hmac,
    };
    let part = |part: &SignedPart| match part {
        SignedPart::Text(text) => text.clone(),
        SignedPart::Timestamp => "{timestamp}".to_owned(),
        SignedPart::Body => "{body}".to_owned(),
    };
    let signed: String = hmac.signed.iter().map(part).collect();
    let encoding = match hmac.encoding {
        SignatureEncoding::Hex => "hex",
        SignatureEncoding::Base64 => "base64",
    };
    let mut text = format!("HMAC-SHA256 of {signed} as {encoding}");
    if !hmac.prefix.is_empty() {
        text.push_str(&format!(" after {}", hmac.prefix));
    }
    text.push_str(&format!(" in {}", hmac.header));
    if let Some(timestamp) = &hmac.timestamp {
        let unit = match timestamp.unit {
            TimestampUnit::Seconds => "seconds",
            TimestampUnit::Milliseconds => "milliseconds",
        };
        text.push_str(&format!(", the time in {} in {unit}", timestamp.header));
    }
    text
}

fn subscription_text(api: &Api, subscription: &Subscription) -> String {
    let mut text = format!(
        "{} and {}, URL in {}",
        operation(api, subscription.create),
        operation(api, subscription.delete),
        subscription.url.join(".")
    );
    if let Some(events) = &subscription.events {
        text.push_str(&format!(", events in {}", events.path.join(".")));
        let names = [("all", &events.every), ("of one", &events.every_of)];
        for (about, name) in names {
            if let Some(name) = name {
                text.push_str(&format!(" ({name}: {about})"));
            }
        }
    }
    match &subscription.secret {
        Some(SubscriptionSecret::Chosen(path)) => {
            text.push_str(&format!(", secret chosen in {}", path.join(".")));
        }
        Some(SubscriptionSecret::Given(path)) => {
            text.push_str(&format!(", secret given in {}", path.join(".")));
        }
        None => {}
    }
    text
}

/// An action by its operationId, else by method and path.
pub(super) fn operation(api: &Api, id: ActionId) -> String {
    api.action(id).map_or_else(String::new, |action| {
        let place = || format!("{} {}", action.method.as_str(), action.path);
        action.operation_id.clone().unwrap_or_else(place)
    })
}

fn client_parameter(api: &Api, parameter: &ClientParameter) -> String {
    let place = place(parameter.place);
    let ty = type_text(api, &parameter.schema);
    format!("{place} {}: {ty}", parameter.wire_name)
}

/// What happened, in words.
pub(super) fn verb(verb: &EventVerb) -> &str {
    match verb {
        EventVerb::Created => "created",
        EventVerb::Updated => "updated",
        EventVerb::Deleted => "deleted",
        EventVerb::Other(words) => words,
    }
}

fn told_by(event: &Event) -> String {
    match (&event.key, &event.wire_name) {
        (Some(EventKey::Body(path)), Some(name)) => format!("{name} in {}", path.join(".")),
        (Some(EventKey::Header(header)), Some(name)) => format!("{name} in the header {header}"),
        (Some(EventKey::HeaderAndBody(header, path)), Some(name)) => {
            format!("{name} in the header {header} and {}", path.join("."))
        }
        _ => "nothing".to_owned(),
    }
}
