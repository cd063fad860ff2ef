//! What a document does not say of its events: `[api.<name>.webhooks]`.

use crate::diag::Position;
use crate::ir::Origin;
use serde::Deserialize;

/// How an API delivers its events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WebhookProfile {
    /// The component schema that all deliveries share, where the document has its events as variants
    /// of one property instead of under `webhooks`: `AccountEvent`.
    pub envelope: Option<String>,
    /// The keys from the body to the event's name: `["data", "type"]`. With
    /// [`envelope`](Self::envelope), all keys but the last lead to the variants.
    pub event: Vec<String>,
    /// The header that says which events a delivery is one of, where the document does not say its values:
    /// `X-GitHub-Event`. They are the words of the events' names, without those of the action that
    /// [`event_action`](Self::event_action) leads to in the body: `pull_request` of
    /// `pull-request-opened`.
    pub event_header: Option<String>,
    /// The keys from the body to what happened, beside [`event_header`](Self::event_header):
    /// `["action"]`. The document has its value as a `const` or an enum of one.
    pub event_action: Vec<String>,
    /// What stands between the words of the header's value: `_` unless it is said.
    pub event_separator: Option<String>,
    /// The keys from the body to what identifies a delivery: `["id"]`.
    pub delivery_id: Vec<String>,
    /// How deliveries are signed.
    pub signature: Option<SignatureProfile>,
    /// What a subscription names when it is about all events: `*.*`.
    pub every_event: Option<String>,
    /// What it names when it is about all events of a resource, with `{resource}` for the first part
    /// of their names: `{resource}.*`.
    pub every_event_of: Option<String>,
    /// Where it stands: the configuration's file and `/api/<name>/webhooks`.
    #[serde(skip)]
    pub origin: Origin,
    /// Its line and column in that file.
    #[serde(skip)]
    pub position: Option<Position>,
}

/// How deliveries are signed: `[api.<name>.webhooks.signature]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "scheme", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SignatureProfile {
    /// HMAC-SHA256 over parts of the delivery, in one header.
    HmacSha256 {
        /// The header with the signature.
        header: String,
        /// What stands before it in the header: `sha256=`.
        #[serde(default)]
        prefix: String,
        /// How its bytes are written.
        #[serde(default)]
        encoding: EncodingWord,
        /// What is signed, with `{timestamp}` for the timestamp and `{body}` for the body.
        #[serde(default = "body")]
        signed: String,
        /// The header with the time of sending, where that is signed.
        timestamp_header: Option<String>,
        /// What the timestamp counts.
        #[serde(default)]
        timestamp_unit: UnitWord,
    },
    /// Standard Webhooks 1.0.
    StandardWebhooks {},
}

/// How the bytes of a signature are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EncodingWord {
    /// Two hexadecimal digits for each byte.
    #[default]
    Hex,
    /// Base64 with the standard alphabet.
    Base64,
}

/// What a timestamp counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitWord {
    /// Seconds.
    #[default]
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

fn body() -> String {
    "{body}".to_owned()
}

impl WebhookProfile {
    /// What is wrong with it: the key, and why.
    pub(super) fn faults(&self) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        if self.envelope.is_some() && self.event.is_empty() {
            let message = "`envelope` needs `event`: the keys from the body to the event's name";
            faults.push(("event", message.to_owned()));
        }
        if self.envelope.is_none() && !self.event.is_empty() {
            let message = "`event` belongs to `envelope`: without it, the document has the events";
            faults.push(("event", message.to_owned()));
        }
        let standard = matches!(self.signature, Some(SignatureProfile::StandardWebhooks {}));
        if standard && !self.delivery_id.is_empty() {
            let message = "Standard Webhooks has the delivery's id in the header `webhook-id`";
            faults.push(("delivery_id", message.to_owned()));
        }
        if self.every_event.as_deref() == Some("") {
            faults.push(("every_event", "`every_event` is a name".to_owned()));
        }
        if let Some(name) = &self.every_event_of
            && name.matches("{resource}").count() != 1
        {
            let message = "`every_event_of` has `{resource}` once: what all its events begin with";
            faults.push(("every_event_of", message.to_owned()));
        }
        let Some(SignatureProfile::HmacSha256 {
            header,
            signed,
            timestamp_header,
            ..
        }) = &self.signature
        else {
            return faults;
        };
        let mut fault = |message: String| faults.push(("signature", message));
        for name in [Some(header), timestamp_header.as_ref()]
            .into_iter()
            .flatten()
        {
            if !is_header(name) {
                fault(format!("`{name}` is not a header's name"));
            }
        }
        if let Some(word) = unknown_word(signed) {
            fault(format!(
                "`signed` has `{{timestamp}}` and `{{body}}`, no `{{{word}}}`"
            ));
        }
        if signed.matches("{body}").count() != 1 {
            fault("`signed` has `{body}` once: what is not signed proves nothing".to_owned());
        }
        if signed.contains("{timestamp}") != timestamp_header.is_some() {
            fault("`timestamp_header` belongs to `{timestamp}` in `signed`".to_owned());
        }
        faults
    }
}

/// A word in braces that stands for nothing.
fn unknown_word(signed: &str) -> Option<&str> {
    let words = signed.split('{').skip(1);
    let mut words = words.filter_map(|rest| rest.split_once('}').map(|(word, _)| word));
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    words.find(|word| !word.is_empty() && is_word(word) && !["timestamp", "body"].contains(word))
}

/// Whether a text is a token as RFC 9110, section 5.6.2 has it.
fn is_header(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(&'static str, String)> {
        let profile: WebhookProfile = toml::from_str(text).unwrap();
        profile.faults()
    }

    #[test]
    fn a_signature_covers_the_body_and_the_time_it_reads() {
        let wrong = [
            r#"signature = { scheme = "hmac-sha256", header = "x", signed = "{timestamp}" }"#,
            r#"signature = { scheme = "hmac-sha256", header = "x", timestamp_header = "t" }"#,
            r#"signature = { scheme = "hmac-sha256", header = "x y" }"#,
            r#"envelope = "Event""#,
            r#"event = ["type"]"#,
            "delivery_id = [\"id\"]\nsignature = { scheme = \"standard-webhooks\" }",
            r#"signature = { scheme = "hmac-sha256", header = "x", signed = "{id}.{body}" }"#,
            r#"every_event = """#,
            r#"every_event_of = "*.*""#,
        ];
        for text in wrong {
            assert!(!faults(text).is_empty(), "{text}");
        }
        let right = [
            r#"every_event_of = "{resource}.*""#,
            r#"signature = { scheme = "hmac-sha256", header = "x", signed = "{{body}:{}" }"#,
            r#"signature = { scheme = "standard-webhooks" }"#,
            r#"signature = { scheme = "hmac-sha256", header = "x", prefix = "sha256=" }"#,
            r#"signature = { scheme = "hmac-sha256", header = "x", timestamp_header = "t", signed = "{timestamp}.{body}" }"#,
        ];
        for text in right {
            assert_eq!(faults(text), [], "{text}");
        }
    }
}
