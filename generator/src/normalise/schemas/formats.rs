//! `format` (OAI Format Registry), `contentEncoding` and `contentMediaType` into scalars.

use crate::ir::{JsonType, Primitive};

/// What the keywords of a scalar say beside its type.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Formats<'d> {
    pub(super) format: Option<&'d str>,
    pub(super) encoding: Option<&'d str>,
    pub(super) media_type: Option<&'d str>,
}

/// The scalar with this type and these formats; `None` for arrays and objects.
pub(super) fn primitive(ty: JsonType, formats: Formats<'_>) -> Option<Primitive> {
    Some(match ty {
        JsonType::Boolean => Primitive::Boolean,
        JsonType::Integer => {
            integer(formats.format.unwrap_or_default()).unwrap_or(Primitive::Integer {
                bits: None,
                signed: true,
            })
        }
        JsonType::Number => number(formats.format.unwrap_or_default()),
        JsonType::String => string(formats),
        JsonType::Array | JsonType::Object => return None,
    })
}

/// The type that a format implies where `type` is not said.
pub(super) fn implied_type(formats: Formats<'_>) -> Option<JsonType> {
    if formats.encoding.is_some() || formats.media_type.is_some() {
        return Some(JsonType::String);
    }
    let format = formats.format?;
    match format {
        "float" | "double" => Some(JsonType::Number),
        _ if integer(format).is_some() => Some(JsonType::Integer),
        "email" | "hostname" | "ipv4" | "ipv6" | "password" | "regex" => Some(JsonType::String),
        _ => match string(Formats {
            format: Some(format),
            ..Formats::default()
        }) {
            Primitive::String { .. } | Primitive::Decimal { .. } => None,
            _ => Some(JsonType::String),
        },
    }
}

fn integer(format: &str) -> Option<Primitive> {
    let (bits, signed) = match format {
        "int8" => (8, true),
        "int16" => (16, true),
        "int32" => (32, true),
        "int64" => (64, true),
        "uint8" => (8, false),
        "uint16" => (16, false),
        "uint32" => (32, false),
        "uint64" => (64, false),
        "uint" => {
            return Some(Primitive::Integer {
                bits: None,
                signed: false,
            });
        }
        _ => return None,
    };
    Some(Primitive::Integer {
        bits: Some(bits),
        signed,
    })
}

fn number(format: &str) -> Primitive {
    match format {
        "decimal" | "decimal128" => Primitive::Decimal { quoted: false },
        _ => integer(format).unwrap_or(Primitive::Number),
    }
}

fn string(formats: Formats<'_>) -> Primitive {
    match formats.encoding.map(str::to_ascii_lowercase).as_deref() {
        Some("base64") => return Primitive::Base64,
        // Other encodings (base64url, quoted-printable) travel as the text they are.
        Some(_) => return Primitive::String { format: None },
        None => {}
    }
    match formats.format {
        Some("date-time") => Primitive::DateTime,
        Some("date") => Primitive::Date,
        Some("time") => Primitive::Time,
        Some("duration") => Primitive::Duration,
        Some("uuid") => Primitive::Uuid,
        Some("uri" | "url" | "uri-reference" | "iri" | "iri-reference") => Primitive::Uri,
        Some("byte" | "base64") => Primitive::Base64,
        Some("binary") => Primitive::Binary,
        Some("decimal" | "decimal128") => Primitive::Decimal { quoted: true },
        Some(other) => Primitive::String {
            format: Some(other.to_owned()),
        },
        None if formats.media_type.is_some_and(is_binary) => Primitive::Binary,
        None => Primitive::String { format: None },
    }
}

/// Whether a media type carries bytes rather than text.
fn is_binary(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    !(essence.starts_with("text/")
        || essence.ends_with("/json")
        || essence.ends_with("+json")
        || essence.ends_with("/xml")
        || essence.ends_with("+xml"))
}
