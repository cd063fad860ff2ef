//! How deliveries are signed, as the runtime reads it.

use crate::ir::{SignatureEncoding, SignatureScheme, SignedPart, TimestampUnit};
use crate::n8n::model::{SignatureDescriptor, SignedPiece, TimestampDescriptor};

pub(super) fn signature(scheme: &SignatureScheme) -> SignatureDescriptor {
    let hmac = match scheme {
        SignatureScheme::StandardWebhooks => return SignatureDescriptor::StandardWebhooks,
        SignatureScheme::Hmac(hmac) => hmac,
    };
    SignatureDescriptor::HmacSha256 {
        header: hmac.header.clone(),
        prefix: hmac.prefix.clone(),
        encoding: match hmac.encoding {
            SignatureEncoding::Hex => "hex",
            SignatureEncoding::Base64 => "base64",
        },
        signed: hmac.signed.iter().map(piece).collect(),
        timestamp: hmac.timestamp.as_ref().map(|it| TimestampDescriptor {
            header: it.header.clone(),
            unit: match it.unit {
                TimestampUnit::Seconds => "seconds",
                TimestampUnit::Milliseconds => "milliseconds",
            },
        }),
    }
}

fn piece(part: &SignedPart) -> SignedPiece {
    match part {
        SignedPart::Text(text) => SignedPiece::Text { text: text.clone() },
        SignedPart::Timestamp => SignedPiece::Timestamp,
        SignedPart::Body => SignedPiece::Body,
    }
}
