//! How a delivery shows who sent it, in words.

use super::site::Site;
use super::usage::TriggerSecret;
use super::{markdown, prose};
use crate::ir::{HmacSignature, SignatureEncoding, SignatureScheme, SignedPart, TimestampUnit};

impl Site<'_> {
    /// How a delivery shows who sent it.
    pub(super) fn signature_words(&self) -> Vec<String> {
        let Some(signature) = &self.api.webhooks.signature else {
            return vec![
                "Neither the document nor the configuration says how deliveries are signed."
                    .to_owned(),
            ];
        };
        let mut words = match &signature.scheme {
            SignatureScheme::StandardWebhooks => vec![
                "Deliveries are signed as [Standard Webhooks](https://www.standardwebhooks.com/) asks, in the \
                 headers `webhook-id`, `webhook-timestamp` and `webhook-signature`."
                    .to_owned(),
            ],
            SignatureScheme::Hmac(hmac) => hmac_words(hmac, self.is_checked()),
        };
        words.push(format!(
            "Where this is from: {}",
            prose::ended(&markdown::text(&signature.evidence))
        ));
        if let Some(rust) = self.usage.rust.as_ref().filter(|rust| rust.verifier) {
            words.push(format!(
                "In Rust, {} checks a delivery and reads it.",
                markdown::code(&format!("{}::webhooks::Verifier", rust.module))
            ));
        }
        if let Some(n8n) = &self.usage.n8n
            && let Some(trigger) = &n8n.trigger
        {
            let secret = match n8n.secret {
                TriggerSecret::Entered => "the secret that is entered in its credential",
                TriggerSecret::Chosen => {
                    "a secret of its own, which it makes and tells the API when it subscribes"
                }
                TriggerSecret::Given => "the secret that the API gives it when it subscribes",
            };
            words.push(format!(
                "In n8n, the node **{}** checks deliveries with {secret}.",
                markdown::text(trigger)
            ));
        }
        words.push(self.repeated_words(&signature.scheme));
        words
    }

    /// How a delivery that comes twice is noticed. What is not signed cannot tell: whoever repeats a
    /// delivery can change it.
    fn repeated_words(&self, scheme: &SignatureScheme) -> String {
        let id = &self.api.webhooks.delivery_id;
        match scheme {
            SignatureScheme::StandardWebhooks => {
                "Remember `webhook-id` to notice a delivery that comes twice.".to_owned()
            }
            SignatureScheme::Hmac(_) if !id.is_empty() => format!(
                "Remember {} to notice a delivery that comes twice.",
                markdown::code(&id.join("."))
            ),
            SignatureScheme::Hmac(hmac) if hmac.timestamp.is_some() => {
                "Remember the signature, for as long as its time is not too old, to notice a delivery that \
                 comes twice. Headers that are not signed do not tell: whoever repeats a delivery can \
                 change them."
                    .to_owned()
            }
            SignatureScheme::Hmac(_) => {
                "Remember the signature to notice a delivery that comes twice.".to_owned()
            }
        }
    }

    /// Whether deliveries are checked by something that is generated.
    fn is_checked(&self) -> bool {
        let by_rust = self.usage.rust.as_ref().is_some_and(|rust| rust.verifier);
        let n8n = self.usage.n8n.as_ref();
        by_rust || n8n.is_some_and(|n8n| n8n.trigger.is_some())
    }
}

fn hmac_words(hmac: &HmacSignature, is_checked: bool) -> Vec<String> {
    let signed: String = hmac
        .signed
        .iter()
        .map(|part| match part {
            SignedPart::Text(text) => text.clone(),
            SignedPart::Timestamp => "{timestamp}".to_owned(),
            SignedPart::Body => "{body}".to_owned(),
        })
        .collect();
    let encoding = match hmac.encoding {
        SignatureEncoding::Hex => "hexadecimal",
        SignatureEncoding::Base64 => "base64",
    };
    let prefix = match hmac.prefix.as_str() {
        "" => String::new(),
        prefix => format!(", behind {}", markdown::code(prefix)),
    };
    let mut words = vec![format!(
        "The header {} has an HMAC-SHA256 in {encoding}{prefix}. What is signed is {}, the body as it came, \
         byte by byte; the key is the secret of the webhook.",
        markdown::code(&hmac.header),
        markdown::code(&signed)
    )];
    words.extend(hmac.timestamp.as_ref().map(|timestamp| {
        let unit = match timestamp.unit {
            TimestampUnit::Seconds => "seconds",
            TimestampUnit::Milliseconds => "milliseconds",
        };
        let ours = if is_checked {
            " What is generated here takes deliveries within five minutes of it."
        } else {
            ""
        };
        format!(
            "The header {} has the time of sending in {unit} since 1970. Refuse what is too old.{ours}",
            markdown::code(&timestamp.header)
        )
    }));
    words.push("Compare signatures in constant time.".to_owned());
    words
}
