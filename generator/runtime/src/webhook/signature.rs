//! Signatures: what they are over, how they are written, whether they are right.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::Mac as _;
use jiff::Timestamp;

use super::Error;
use super::received::Received;
use super::scheme::{Encoding, Hmac, ID, Kind, Part, SIGNATURE, Scheme, TIMESTAMP, Unit};
use super::secret::Mac;

/// The standard alphabet, with padding or without.
pub(super) const LENIENT_BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How long an HMAC-SHA256 is, in bytes.
const LENGTH: usize = 32;

/// Gives the signature of a delivery that is genuine.
pub(super) fn check(
    scheme: &Scheme,
    keys: &[Mac],
    received: &Received,
    body: &[u8],
) -> Result<Vec<u8>, Error> {
    let content = content(scheme, received, body)?;
    let claimed = match &scheme.kind {
        Kind::Hmac(hmac) => vec![single(hmac, received.one(hmac.header)?)?],
        Kind::StandardWebhooks => listed(received.one(SIGNATURE)?)?,
    };
    let mut genuine = None;
    for key in keys {
        let mac = over(&content, key);
        for tag in &claimed {
            if mac.clone().verify_slice(tag).is_ok() {
                genuine = Some(tag.clone());
            }
        }
    }
    genuine.ok_or(Error::BadSignature)
}

/// The signature of a delivery.
pub(super) fn sign(
    scheme: &Scheme,
    key: &Mac,
    received: &Received,
    body: &[u8],
) -> Result<Vec<u8>, Error> {
    let content = content(scheme, received, body)?;
    Ok(over(&content, key).finalize().into_bytes().to_vec())
}

fn over(content: &[&[u8]], key: &Mac) -> Mac {
    let start = key.clone();
    content
        .iter()
        .fold(start, |mac, piece| mac.chain_update(piece))
}

/// What the signature is over.
fn content<'a>(
    scheme: &Scheme,
    received: &'a Received,
    body: &'a [u8],
) -> Result<Vec<&'a [u8]>, Error> {
    let part = |part: &Part| match *part {
        Part::Text(text) => Ok(text.as_bytes()),
        Part::Timestamp { header, .. } => received.one(header),
    };
    match &scheme.kind {
        Kind::Hmac(Hmac { before, after, .. }) => {
            let before = before.iter().map(part);
            before
                .chain([Ok(body)])
                .chain(after.iter().map(part))
                .collect()
        }
        Kind::StandardWebhooks => Ok(vec![
            received.one(ID)?,
            b".",
            received.one(TIMESTAMP)?,
            b".",
            body,
        ]),
    }
}

/// A signature in a header of its own.
fn single(hmac: &Hmac, value: &[u8]) -> Result<Vec<u8>, Error> {
    let malformed = |reason| Error::MalformedHeader {
        header: hmac.header,
        reason,
    };
    let text = value
        .strip_prefix(hmac.prefix.as_bytes())
        .ok_or_else(|| malformed("does not begin as it should"))?;
    let bytes = match hmac.encoding {
        Encoding::Hex => hex(text).ok_or_else(|| malformed("is not hexadecimal"))?,
        Encoding::Base64 => LENIENT_BASE64
            .decode(text)
            .map_err(|_| malformed("is not base64"))?,
    };
    if bytes.len() == LENGTH {
        Ok(bytes)
    } else {
        Err(malformed("has not the length of an HMAC-SHA256"))
    }
}

/// The `v1` signatures of a list; those of other versions, and what cannot be read, are left out.
fn listed(value: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
    let one = |text: &[u8]| {
        let bytes = LENIENT_BASE64.decode(text.strip_prefix(b"v1,")?).ok()?;
        (bytes.len() == LENGTH).then_some(bytes)
    };
    let all: Vec<_> = value.split(|byte| *byte == b' ').filter_map(one).collect();
    if all.is_empty() {
        return Err(Error::MalformedHeader {
            header: SIGNATURE,
            reason: "has no signature of version 1",
        });
    }
    Ok(all)
}

/// The header's value for a signature.
pub(super) fn written(scheme: &Scheme, tag: &[u8]) -> String {
    match &scheme.kind {
        Kind::StandardWebhooks => format!("v1,{}", LENIENT_BASE64.encode(tag)),
        Kind::Hmac(hmac) => {
            let text = match hmac.encoding {
                Encoding::Hex => tag.iter().map(|byte| format!("{byte:02x}")).collect(),
                Encoding::Base64 => LENIENT_BASE64.encode(tag),
            };
            format!("{}{text}", hmac.prefix)
        }
    }
}

/// Bytes of hexadecimal digits in either case; `None` for anything else, an odd digit too.
fn hex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = text.chunks(2).map(|pair| match *pair {
        [high, low] => u8::try_from(digit(high)? * 16 + digit(low)?).ok(),
        _ => None,
    });
    pairs.collect()
}

/// The time of sending, which the signature covers.
pub(super) fn sent_at(scheme: &Scheme, received: &Received) -> Result<Option<Timestamp>, Error> {
    let Some((header, unit)) = scheme.timestamp() else {
        return Ok(None);
    };
    let value = received.one(header)?;
    let digits = value.iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(value).ok().filter(|_| digits);
    let number = text.and_then(|text| text.parse::<i64>().ok());
    let time = number.and_then(|number| match unit {
        Unit::Seconds => Timestamp::from_second(number).ok(),
        Unit::Milliseconds => Timestamp::from_millisecond(number).ok(),
    });
    time.map(Some).ok_or(Error::MalformedHeader {
        header,
        reason: "is no time",
    })
}

/// A time as the header has it, and nothing finer.
pub(super) fn rounded(time: Timestamp, unit: Unit) -> i64 {
    match unit {
        Unit::Seconds => time.as_second(),
        Unit::Milliseconds => time.as_millisecond(),
    }
}
