//! What the proof is told of an API's events, from the compiler and not from the package.

use crate::serve::sent_sample;
use serde_json::{Value, json};
use specwright::ir::{
    ActionId, Api, Event, EventKey, Method, SignatureEncoding, SignatureScheme, SignedPart,
    Subscription, SubscriptionSecret, TimestampUnit,
};

/// How deliveries are signed, how one subscribes, and a delivery of each event.
pub(super) fn webhooks(api: &Api) -> Value {
    let webhooks = &api.webhooks;
    let signature = webhooks.signature.as_ref();
    let subscription = webhooks.subscription.as_ref();
    json!({
        "signature": signature.map(|signature| scheme(&signature.scheme)),
        "deliveryId": webhooks.delivery_id,
        "subscription": subscription.map(|known| subscribing(api, known)),
        "events": heard(api).map(|it| event(api, it)).collect::<Vec<_>>(),
    })
}

/// The events that a trigger can hear of: its URL takes a `POST`.
pub(super) fn heard(api: &Api) -> impl Iterator<Item = &Event> {
    let all = api.events.iter();
    all.filter(|event| event.method == Method::Post)
}

fn scheme(scheme: &SignatureScheme) -> Value {
    let hmac = match scheme {
        SignatureScheme::StandardWebhooks => return json!({ "scheme": "standard" }),
        SignatureScheme::Hmac(hmac) => hmac,
    };
    let part = |part: &SignedPart| match part {
        SignedPart::Text(text) => json!({ "text": text }),
        SignedPart::Timestamp => json!("timestamp"),
        SignedPart::Body => json!("body"),
    };
    json!({
        "scheme": "hmac",
        "header": hmac.header,
        "prefix": hmac.prefix,
        "encoding": match hmac.encoding {
            SignatureEncoding::Hex => "hex",
            SignatureEncoding::Base64 => "base64",
        },
        "signed": hmac.signed.iter().map(part).collect::<Vec<_>>(),
        "timestamp": hmac.timestamp.as_ref().map(|it| json!({
            "header": it.header,
            "unit": match it.unit {
                TimestampUnit::Seconds => "seconds",
                TimestampUnit::Milliseconds => "milliseconds",
            },
        })),
    })
}

fn subscribing(api: &Api, known: &Subscription) -> Value {
    let request = |id: ActionId| {
        let action = api.action(id);
        action.map(|action| format!("{} {}", action.method.as_str(), action.path))
    };
    json!({
        "create": request(known.create),
        "url": known.url,
        "events": known.events.as_ref().map(|it| json!({
            "path": it.path,
            "many": it.many,
            "every": it.every,
            "everyOf": it.every_of,
        })),
        "secret": known.secret.as_ref().map(|secret| match secret {
            SubscriptionSecret::Chosen(keys) => json!({ "chosen": keys }),
            SubscriptionSecret::Given(keys) => json!({ "given": keys }),
        }),
    })
}

fn event(api: &Api, event: &Event) -> Value {
    let media = event.body.as_ref().and_then(|body| body.preferred());
    let mut body = media.map_or_else(|| json!({}), |media| sent_sample(api, &media.schema));
    if let (Some(EventKey::Body(keys)), Some(name)) = (&event.key, &event.wire_name) {
        let pointer: String = keys
            .iter()
            .map(|key| format!("/{}", key.replace('~', "~0").replace('/', "~1")))
            .collect();
        if let Some(place) = body.pointer_mut(&pointer) {
            *place = json!(name);
        }
    }
    json!({
        "name": event.name,
        "wire": event.wire_name,
        "key": event.key.as_ref().map(|key| match key {
            EventKey::Body(keys) => json!({ "body": keys }),
            EventKey::Header(name) => json!({ "header": name }),
            EventKey::HeaderAndBody(header, body) => json!({"header": header, "body": body}),
        }),
        "record": event.record_path,
        "body": body,
    })
}
