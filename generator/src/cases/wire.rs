//! Values as a URL, a header or a form carries them: RFC 3986, RFC 6570 and OpenAPI's styles.

use serde_json::Value;

/// How a parameter is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style<'d> {
    pub(super) name: &'d str,
    pub(super) explode: bool,
    pub(super) encoding: Encoding,
}

/// What is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Everything but unreserved characters (RFC 3986, section 2.3).
    Component,
    /// The same, without the reserved characters that a query can carry as themselves.
    Reserved,
    /// What a cookie's value cannot carry (RFC 6265, section 4.1.1), and the percent sign.
    Cookie,
    /// Nothing.
    Nothing,
}

impl Encoding {
    pub(super) fn encode(self, text: &str) -> String {
        let mut written = String::new();
        for (at, character) in text.char_indices() {
            let kept = match self {
                Self::Nothing => true,
                Self::Component => is_unreserved(character),
                Self::Reserved => {
                    is_unreserved(character)
                        || ":/?@!$()*,;=".contains(character)
                        || is_escape(text.get(at..).unwrap_or_default())
                }
                Self::Cookie => character.is_ascii_graphic() && !"\",;\\%".contains(character),
            };
            if kept {
                written.push(character);
            } else {
                let mut bytes = [0; 4];
                for byte in character.encode_utf8(&mut bytes).bytes() {
                    written.push_str(&format!("%{byte:02X}"));
                }
            }
        }
        written
    }
}

fn is_unreserved(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~".contains(character)
}

/// Whether a text begins with an escape, which is not escaped again.
fn is_escape(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next() == Some(b'%') && bytes.take(2).filter(u8::is_ascii_hexdigit).count() == 2
}

/// A path template's text between its parameters: what a path segment can carry stays (RFC 3986,
/// section 3.3).
pub(super) fn literal(text: &str) -> String {
    let mut written = String::new();
    for (at, character) in text.char_indices() {
        let escape = is_escape(text.get(at..).unwrap_or_default());
        if escape || "!$&'()*+,;=:@/".contains(character) {
            written.push(character);
        } else {
            written.push_str(&Encoding::Component.encode(&character.to_string()));
        }
    }
    written
}

/// A scalar as text; `None` for what is none.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What styles tell apart.
enum Shape {
    Scalar(String),
    List(Vec<String>),
    Pairs(Vec<(String, String)>),
}

fn shape(value: &Value, encoding: Encoding) -> Option<Shape> {
    let item = |value: &Value| scalar(value).map(|text| encoding.encode(&text));
    Some(match value {
        Value::Array(items) => Shape::List(items.iter().map(item).collect::<Option<_>>()?),
        Value::Object(fields) => {
            let pair = |(key, value): (&String, &Value)| Some((encoding.encode(key), item(value)?));
            Shape::Pairs(fields.iter().map(pair).collect::<Option<_>>()?)
        }
        value => Shape::Scalar(item(value)?),
    })
}

fn joined(pairs: &[(String, String)], inner: &str, outer: &str) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{key}{inner}{value}"))
        .collect();
    pairs.join(outer)
}

/// A parameter of a path, or a header, which has one style; `None` where no style writes the value.
pub(super) fn path(name: &str, style: Style<'_>, value: &Value) -> Option<String> {
    let shape = shape(value, style.encoding)?;
    let escaped = |separator: &str| style.encoding.encode(separator);
    let (lead, separator) = match style.name {
        "simple" => ("", ",".to_owned()),
        "spaceDelimited" => ("", escaped(" ")),
        "pipeDelimited" => ("", escaped("|")),
        "tabDelimited" => ("", escaped("\t")),
        "label" => (".", if style.explode { "." } else { "," }.to_owned()),
        "matrix" => return Some(matrix(&Encoding::Component.encode(name), style, shape)),
        _ => return None,
    };
    let text = match shape {
        Shape::Scalar(text) => text,
        Shape::List(items) => items.join(&separator),
        Shape::Pairs(pairs) if style.explode => joined(&pairs, "=", &separator),
        Shape::Pairs(pairs) => joined(&pairs, ",", ","),
    };
    Some(format!("{lead}{text}"))
}

fn matrix(name: &str, style: Style<'_>, shape: Shape) -> String {
    match shape {
        Shape::Scalar(text) if text.is_empty() => format!(";{name}"),
        Shape::Scalar(text) => format!(";{name}={text}"),
        Shape::List(items) if style.explode => {
            items.iter().map(|item| format!(";{name}={item}")).collect()
        }
        Shape::List(items) => format!(";{name}={}", items.join(",")),
        Shape::Pairs(pairs) if style.explode => format!(";{}", joined(&pairs, "=", ";")),
        Shape::Pairs(pairs) => format!(";{name}={}", joined(&pairs, ",", ",")),
    }
}

/// A parameter of a query or a cookie, `between` its parts; `None` where no style writes the value.
pub(super) fn form(name: &str, style: Style<'_>, between: &str, value: &Value) -> Option<String> {
    let name = match style.encoding {
        Encoding::Cookie => name.to_owned(),
        _ => Encoding::Component.encode(name),
    };
    let separator = match style.name {
        "form" => ",",
        "spaceDelimited" => "%20",
        "pipeDelimited" => "%7C",
        "tabDelimited" => "%09",
        "deepObject" => {
            let mut pairs = Vec::new();
            deep(&name, value, style.encoding, &mut pairs);
            return Some(pairs.join(between));
        }
        _ => return None,
    };
    Some(match shape(value, style.encoding)? {
        Shape::Scalar(text) => format!("{name}={text}"),
        Shape::List(items) if style.explode => {
            let items: Vec<String> = items.iter().map(|item| format!("{name}={item}")).collect();
            items.join(between)
        }
        Shape::List(items) => format!("{name}={}", items.join(separator)),
        Shape::Pairs(pairs) if style.explode => joined(&pairs, "=", between),
        Shape::Pairs(pairs) => format!("{name}={}", joined(&pairs, separator, separator)),
    })
}

/// `name[key]=value`, brackets escaped. OpenAPI describes one level; below it keys are added in the
/// same way, each scalar of a list is `name[]=value`, and its objects are numbered.
fn deep(name: &str, value: &Value, encoding: Encoding, pairs: &mut Vec<String>) {
    let key = |key: &str| format!("{name}%5B{}%5D", Encoding::Component.encode(key));
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                deep(&key(field), value, encoding, pairs);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if scalar(item).is_some() {
                    deep(&key(""), item, encoding, pairs);
                } else {
                    deep(&key(&index.to_string()), item, encoding, pairs);
                }
            }
        }
        value => {
            pairs.extend(scalar(value).map(|text| format!("{name}={}", encoding.encode(&text))))
        }
    }
}
