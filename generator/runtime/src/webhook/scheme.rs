//! What is signed, with what, and where the signature stands.

/// The header with the id of a delivery, in Standard Webhooks.
pub(super) const ID: &str = "webhook-id";
/// The header with the time of sending in seconds, in Standard Webhooks.
pub(super) const TIMESTAMP: &str = "webhook-timestamp";
/// The header with the signatures, in Standard Webhooks.
pub(super) const SIGNATURE: &str = "webhook-signature";

/// How an API signs its deliveries.
///
/// The body is always signed, as it came; so is every timestamp that is read.
///
/// ```
/// use specwright_runtime::webhook::{Encoding, Part, Scheme, Unit};
///
/// const SENT: Part = Part::Timestamp { header: "X-Time", unit: Unit::Seconds };
/// const SCHEME: Scheme = Scheme::hmac_sha256("X-Signature")
///     .prefix("v0=")
///     .encoding(Encoding::Hex)
///     .signed(&[Part::Text("v0:"), SENT, Part::Text(":")], &[]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    pub(super) kind: Kind,
    pub(super) delivery_id: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Hmac(Hmac),
    StandardWebhooks,
}

/// HMAC-SHA256 in one header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hmac {
    pub(super) header: &'static str,
    pub(super) prefix: &'static str,
    pub(super) encoding: Encoding,
    pub(super) before: &'static [Part],
    pub(super) after: &'static [Part],
}

/// How the bytes of a signature are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Two hexadecimal digits for each byte, in either case.
    Hex,
    /// Base64 in the standard alphabet (RFC 4648, section 4), with padding or without.
    Base64,
}

/// What is signed beside the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// These characters.
    Text(&'static str),
    /// A header with the time of sending, as it stands there.
    Timestamp {
        /// The header.
        header: &'static str,
        /// What it counts since 1970-01-01T00:00:00Z.
        unit: Unit,
    },
}

/// What a timestamp counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

impl Scheme {
    /// HMAC-SHA256 of the body in a header, in hexadecimal, unless more is said.
    #[must_use]
    pub const fn hmac_sha256(header: &'static str) -> Self {
        Self {
            kind: Kind::Hmac(Hmac {
                header,
                prefix: "",
                encoding: Encoding::Hex,
                before: &[],
                after: &[],
            }),
            delivery_id: &[],
        }
    }

    /// [Standard Webhooks](https://www.standardwebhooks.com) 1.0, symmetric: `v1` signatures over id,
    /// time and body, with a secret in base64 behind `whsec_`.
    #[must_use]
    pub const fn standard_webhooks() -> Self {
        Self {
            kind: Kind::StandardWebhooks,
            delivery_id: &[],
        }
    }

    /// What stands before the signature in its header: `sha256=`. Standard Webhooks say it themselves,
    /// as they do the rest.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        if let Kind::Hmac(hmac) = &mut self.kind {
            hmac.prefix = prefix;
        }
        self
    }

    /// How the signature is written.
    #[must_use]
    pub const fn encoding(mut self, encoding: Encoding) -> Self {
        if let Kind::Hmac(hmac) = &mut self.kind {
            hmac.encoding = encoding;
        }
        self
    }

    /// What is signed before and after the body.
    #[must_use]
    pub const fn signed(mut self, before: &'static [Part], after: &'static [Part]) -> Self {
        if let Kind::Hmac(hmac) = &mut self.kind {
            hmac.before = before;
            hmac.after = after;
        }
        self
    }

    /// The keys from the body to what identifies a delivery, which is then the same in a second
    /// attempt. Without it a delivery is known by its signature.
    #[must_use]
    pub const fn delivery_id(mut self, keys: &'static [&'static str]) -> Self {
        self.delivery_id = keys;
        self
    }

    /// The headers that are read.
    pub(super) fn headers(&self) -> Vec<&'static str> {
        let stamps = self.timestamps().into_iter().map(|(header, _)| header);
        let own: &[&'static str] = match &self.kind {
            Kind::StandardWebhooks => &[ID, SIGNATURE],
            Kind::Hmac(hmac) => &[hmac.header],
        };
        own.iter().copied().chain(stamps).collect()
    }

    /// The headers with the time of sending, and what they count.
    pub(super) fn timestamps(&self) -> Vec<(&'static str, Unit)> {
        let Kind::Hmac(hmac) = &self.kind else {
            return vec![(TIMESTAMP, Unit::Seconds)];
        };
        let parts = hmac.before.iter().chain(hmac.after);
        let stamps = parts.filter_map(|part| match *part {
            Part::Timestamp { header, unit } => Some((header, unit)),
            Part::Text(_) => None,
        });
        stamps.collect()
    }

    /// The header with the time of sending that counts.
    pub(super) fn timestamp(&self) -> Option<(&'static str, Unit)> {
        self.timestamps().into_iter().next()
    }
}
