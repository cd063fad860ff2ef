//! How deliveries are signed, where the document itself says enough.
//!
//! A wrong guess would refuse every delivery, or look like a check and be none. So only two ways are
//! recognised, each by what cannot be anything else, and only when every event has it.

use crate::ir::{
    Api, Event, Header, HmacSignature, Schema, Signature, SignatureEncoding, SignatureScheme,
    SignedPart,
};
use crate::names::words;

/// The headers of Standard Webhooks 1.0.
const STANDARD: [&str; 3] = ["webhook-id", "webhook-timestamp", "webhook-signature"];

/// What stands before the digits, as WebSub's `X-Hub-Signature` has it.
const PREFIX: &str = "sha256=";

/// Words of a header that say when a delivery was sent, which is then signed as well.
const TIMES: &[&str] = &["date", "time", "timestamp"];

/// Finds out how the deliveries of an API are signed.
pub(super) fn detect(api: &Api) -> Option<Signature> {
    standard(&api.events).or_else(|| hmac(&api.events))
}

fn standard(events: &[Event]) -> Option<Signature> {
    let has_all = |event: &Event| STANDARD.iter().all(|name| header(event, name).is_some());
    (!events.is_empty() && events.iter().all(has_all)).then(|| Signature {
        scheme: SignatureScheme::StandardWebhooks,
        evidence: format!("every event has the headers {}", STANDARD.join(", ")),
    })
}

fn hmac(events: &[Event]) -> Option<Signature> {
    let (first, others) = events.split_first()?;
    let mut candidates = first.headers.iter().filter(|header| is_hmac(header));
    let found = candidates.next().filter(|_| candidates.next().is_none())?;
    let same = |event: &Event| header(event, &found.name).is_some_and(is_hmac);
    let timed = events.iter().any(|event| event.headers.iter().any(is_time));
    if timed || !others.iter().all(same) {
        return None;
    }
    Some(Signature {
        scheme: SignatureScheme::Hmac(HmacSignature {
            header: found.name.clone(),
            prefix: PREFIX.to_owned(),
            encoding: SignatureEncoding::Hex,
            signed: vec![SignedPart::Body],
            timestamp: None,
        }),
        evidence: format!(
            "every event has the header {} with {PREFIX} and hexadecimal digits, and none with a time",
            found.name
        ),
    })
}

fn header<'a>(event: &'a Event, name: &str) -> Option<&'a Header> {
    let is = |header: &&Header| header.name.eq_ignore_ascii_case(name);
    event.headers.iter().find(is)
}

/// Whether a header is an HMAC-SHA256 in hexadecimal digits.
fn is_hmac(header: &Header) -> bool {
    let name = words(&header.name);
    let has = |word: &str| name.iter().any(|own| own == word);
    let said = || {
        let text = header.description.as_deref().unwrap_or_default();
        text.to_ascii_lowercase().contains("hmac")
    };
    // The header that WebSub made usual means one thing; of others their description must say it.
    let known = has("hub") && has("256");
    has("signature") && (known || said()) && has_digits(&header.schema)
}

/// Whether values are `sha256=` and hexadecimal digits, by the pattern or by an example.
fn has_digits(schema: &Schema) -> bool {
    let by_pattern = |pattern: &str| {
        let rest = pattern.strip_prefix('^')?.strip_prefix(PREFIX)?;
        let digits = rest.to_ascii_lowercase();
        let known = [
            "[0-9a-f]",
            "[a-f0-9]",
            "[0-9a-fa-f]",
            "[a-fa-f0-9]",
            "[\\da-f]",
        ];
        known
            .iter()
            .any(|class| digits.starts_with(class))
            .then_some(())
    };
    let pattern = schema.constraints.pattern.as_deref();
    let by_example = |example: &str| {
        let digits = example.strip_prefix(PREFIX)?;
        let hex = digits.len() >= 32 && digits.chars().all(|c| c.is_ascii_hexdigit());
        hex.then_some(())
    };
    let mut examples = schema.examples.iter().filter_map(|value| value.as_str());
    match pattern {
        Some(pattern) => by_pattern(pattern).is_some(),
        None => examples.any(|example| by_example(example).is_some()),
    }
}

fn is_time(header: &Header) -> bool {
    let name = words(&header.name);
    name.iter().any(|word| TIMES.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Api, Constraints};
    use crate::passes::testing::{Fixture, origin};
    use serde_json::json;

    /// A header: `name`, `name ^pattern` or `name =example`, then ` ; description`.
    fn read(text: &str) -> Header {
        let (text, description) = text.split_once(" ; ").unwrap_or((text, ""));
        let (name, value) = text.split_once(' ').unwrap_or((text, ""));
        let mut schema = Schema::default();
        if let Some(example) = value.strip_prefix('=') {
            schema.examples.push(json!(example));
        } else if !value.is_empty() {
            schema.constraints = Constraints {
                pattern: Some(value.to_owned()),
                ..Constraints::default()
            };
        }
        Header {
            name: name.to_owned(),
            description: (!description.is_empty()).then(|| description.to_owned()),
            required: true,
            schema,
            origin: origin("/header"),
        }
    }

    /// Two events with these headers each.
    fn api(of_a: &[&str], of_b: &[&str]) -> Api {
        let mut fixture =
            Fixture::new()
                .event("a", "x", "{type: one(a)}")
                .event("b", "x", "{type: one(b)}");
        for (event, headers) in fixture.api.events.iter_mut().zip([of_a, of_b]) {
            event.headers = headers.iter().map(|text| read(text)).collect();
        }
        fixture.run()
    }

    fn found(headers: &[&str]) -> Option<SignatureScheme> {
        api(headers, headers).webhooks.signature.map(|it| it.scheme)
    }

    const ALL: [&str; 3] = ["Webhook-Id", "webhook-timestamp", "webhook-signature"];

    #[test]
    fn standard_webhooks_are_known_by_their_headers() {
        assert_eq!(found(&ALL), Some(SignatureScheme::StandardWebhooks));
        assert_eq!(found(&ALL[..2]), None);
        assert_eq!(
            api(&ALL, &ALL[..2]).webhooks.signature,
            None,
            "one event has them not"
        );
    }

    #[test]
    fn a_prefix_and_digits_are_an_hmac_of_the_body() {
        let digits = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
        for header in [
            format!("X-Hub-Signature-256 =sha256={digits}"),
            "x-savvycal-signature ^sha256=[0-9A-F]{64}$ ; The HMAC of the body.".to_owned(),
        ] {
            let Some(SignatureScheme::Hmac(hmac)) = found(&["X-Delivery", &header]) else {
                panic!("{header}")
            };
            assert!(header.starts_with(&hmac.header));
            assert_eq!(
                (hmac.prefix.as_str(), hmac.encoding),
                ("sha256=", SignatureEncoding::Hex)
            );
            assert_eq!(
                (hmac.signed, hmac.timestamp),
                (vec![SignedPart::Body], None)
            );
        }
    }

    #[test]
    fn what_is_not_certain_is_left_to_the_configuration() {
        let known = "X-Hub-Signature-256 ^sha256=[0-9a-f]+$";
        assert!(found(&[known]).is_some());
        for (headers, why) in [
            (
                vec![known, "X-Sent-Timestamp"],
                "the time may be signed, too",
            ),
            (
                vec![known, "X-Other-Hub-Signature-256 ^sha256=[0-9a-f]+$"],
                "there are two",
            ),
            (vec!["X-Hub-Signature-256"], "nothing is said of its value"),
            (
                vec!["X-Hub-Signature-256 =sha256=abc"],
                "an example that is no digest",
            ),
            (
                vec!["X-Hub-Signature-256 ^sha256=.+$"],
                "the encoding is not said",
            ),
            (
                vec!["X-Signature ^sha256=[0-9a-f]+$ ; Sign of it."],
                "an HMAC is not spoken of",
            ),
            (
                vec!["X-Hub-Digest-256 ^sha256=[0-9a-f]+$"],
                "not called a signature",
            ),
        ] {
            assert_eq!(found(&headers), None, "{headers:?}: {why}");
        }
        assert_eq!(
            api(&[known], &[]).webhooks.signature,
            None,
            "one event has it not"
        );
    }
}
