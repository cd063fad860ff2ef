//! Webhooks as a whole: how deliveries are signed.

mod signature;

use super::shapes::{Shape, field, shape};
use crate::config::{ApiConfig, EncodingWord, SignatureProfile, UnitWord, WebhookProfile};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Api, Event, HmacSignature, Signature, SignatureEncoding, SignatureScheme, SignatureTimestamp,
    SignedPart, TimestampUnit, Type,
};

/// Takes over what the configuration says of deliveries; how they are signed may also be plain from
/// the document.
pub(super) fn run(api: &mut Api, config: &ApiConfig, diagnostics: &mut Diagnostics) {
    let profile = &config.webhooks;
    let keys = &profile.delivery_id;
    if !keys.is_empty() && !api.events.iter().any(|event| may_have(api, event, keys)) {
        let message = format!("no event has a `{}`", keys.join("."));
        diagnostics.push(stale(profile, "delivery_id", message));
    }
    api.webhooks.delivery_id.clone_from(&profile.delivery_id);
    let said = profile.signature.as_ref().map(|signature| Signature {
        scheme: scheme(signature),
        evidence: format!("[api.{}.webhooks] of the configuration", config.name),
    });
    api.webhooks.signature = said.or_else(|| signature::detect(api));
}

/// Whether there may be a value behind some keys of an event's body.
fn may_have(api: &Api, event: &Event, keys: &[String]) -> bool {
    let Some(payload) = event.payload else {
        return event.body.is_some();
    };
    let mut ty = &Type::Named(payload);
    for key in keys {
        match shape(api, ty) {
            Shape::Record(_, record) => match field(record, key) {
                Some(field) => ty = &field.schema.ty,
                None => return false,
            },
            Shape::Map | Shape::Union | Shape::Unknown => return true,
            Shape::List(_) | Shape::Enum | Shape::Scalar(_) | Shape::Constant => return false,
        }
    }
    true
}

/// An error about a key of the configuration that is true of nothing in the document.
pub(super) fn stale(profile: &WebhookProfile, key: &str, message: String) -> Diagnostic {
    let mut complaint = Diagnostic::error(Code::StaleOverride, profile.origin.child(key), message)
        .hint("remove it, or correct what it names");
    complaint.position = profile.position;
    complaint
}

fn scheme(profile: &SignatureProfile) -> SignatureScheme {
    match profile {
        SignatureProfile::StandardWebhooks {} => SignatureScheme::StandardWebhooks,
        SignatureProfile::HmacSha256 {
            header,
            prefix,
            encoding,
            signed,
            timestamp_header,
            timestamp_unit,
        } => SignatureScheme::Hmac(HmacSignature {
            header: header.clone(),
            prefix: prefix.clone(),
            encoding: match encoding {
                EncodingWord::Hex => SignatureEncoding::Hex,
                EncodingWord::Base64 => SignatureEncoding::Base64,
            },
            signed: signed_parts(signed),
            timestamp: timestamp_header.as_ref().map(|header| SignatureTimestamp {
                header: header.clone(),
                unit: match timestamp_unit {
                    UnitWord::Seconds => TimestampUnit::Seconds,
                    UnitWord::Milliseconds => TimestampUnit::Milliseconds,
                },
            }),
        }),
    }
}

/// `{timestamp}:{body}` in its parts.
fn signed_parts(template: &str) -> Vec<SignedPart> {
    let mut parts = Vec::new();
    let mut rest = template;
    while !rest.is_empty() {
        let known = [
            ("{timestamp}", SignedPart::Timestamp),
            ("{body}", SignedPart::Body),
        ];
        let next = known
            .into_iter()
            .filter_map(|(word, part)| Some((rest.find(word)?, word, part)))
            .min_by_key(|(start, _, _)| *start);
        let Some((start, word, part)) = next else {
            parts.push(SignedPart::Text(rest.to_owned()));
            break;
        };
        if let Some(text) = rest.get(..start).filter(|text| !text.is_empty()) {
            parts.push(SignedPart::Text(text.to_owned()));
        }
        parts.push(part);
        rest = rest.get(start + word.len()..).unwrap_or_default();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::{Fixture, origin};

    #[test]
    fn the_configuration_is_believed_before_the_document() {
        let mut fixture = Fixture::new().event("a", "x", "{type: one(a)}");
        fixture.api.events[0].headers = ["webhook-id", "webhook-timestamp", "webhook-signature"]
            .map(|name| crate::ir::Header {
                name: name.to_owned(),
                description: None,
                required: true,
                schema: crate::ir::Schema::default(),
                origin: origin("/header"),
            })
            .to_vec();
        let signature = r#"webhooks.signature = { scheme = "hmac-sha256", header = "x" }"#;
        let (api, complaints) = fixture.run_configured(signature);
        assert_eq!(complaints, [""; 0]);
        let signature = api.webhooks.signature.unwrap();
        assert!(
            matches!(signature.scheme, SignatureScheme::Hmac(_)),
            "{signature:?}"
        );
        assert!(signature.evidence.contains(".webhooks]"));
    }

    #[test]
    fn what_no_event_has_identifies_no_delivery() {
        let complaints = |keys: &str| {
            let fixture = Fixture::new().event("a", "x", "{id: str, data: {type: one(a)}}");
            fixture
                .run_configured(&format!("webhooks.delivery_id = {keys}"))
                .1
        };
        assert_eq!(complaints(r#"["id"]"#), [""; 0]);
        let stale = "stale-override /api/test/webhooks/delivery_id no event has a `data.id`";
        assert_eq!(complaints(r#"["data", "id"]"#), [stale]);
    }

    #[test]
    fn what_is_signed_is_read_in_its_parts() {
        use SignedPart::{Body, Text, Timestamp};
        let colon = Text(":".to_owned());
        assert_eq!(
            signed_parts("{timestamp}:{body}"),
            [Timestamp, colon.clone(), Body]
        );
        let all = [Text("v0:".to_owned()), Timestamp, colon, Body];
        assert_eq!(signed_parts("v0:{timestamp}:{body}"), all);
        assert_eq!(signed_parts("{body}"), [Body]);
    }
}
