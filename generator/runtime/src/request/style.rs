//! How parameters are written (OpenAPI 3.1, sections 4.8.12.2 and 4.8.12.6).

use serde::Serialize;
use serde_json::Value;

use super::{encode, json};

/// `style`: how arrays and objects are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `;color=blue`, in paths.
    Matrix,
    /// `.blue`, in paths.
    Label,
    /// `blue,black`, in paths and headers.
    Simple,
    /// `color=blue`, in queries and cookies.
    Form,
    /// `blue%20black`, in queries.
    SpaceDelimited,
    /// `blue%7Cblack`, in queries.
    PipeDelimited,
    /// `blue%09black`, in queries. In paths and headers, too, the delimited styles can stand: what
    /// Swagger 2.0 calls `ssv`, `pipes` and `tsv`.
    TabDelimited,
    /// `color%5BR%5D=100`, in queries.
    DeepObject,
}

impl Style {
    /// What stands between two items of an array in the delimited styles, not escaped.
    const fn delimiter(self) -> Option<&'static str> {
        match self {
            Self::SpaceDelimited => Some(" "),
            Self::PipeDelimited => Some("|"),
            Self::TabDelimited => Some("\t"),
            Self::Matrix | Self::Label | Self::Simple | Self::Form | Self::DeepObject => None,
        }
    }
}

/// Why a value cannot be written, in words that follow the parameter's name.
pub(crate) type Reason = String;

/// A value as styles see it. Nulls are left out.
enum Shape {
    Absent,
    Scalar(String),
    Array(Vec<String>),
    Object(Vec<(String, String)>),
}

/// How a scalar is encoded.
type Encode = fn(&str) -> String;

fn component(text: &str) -> String {
    encode::component(text).into_owned()
}

/// A value as JSON data, which is what the document describes.
///
/// # Errors
/// When its `Serialize` fails, which a map with keys other than strings does.
pub(crate) fn value_of<T: Serialize + ?Sized>(value: &T) -> Result<Value, Reason> {
    serde_json::to_value(value).map_err(|error| error.to_string())
}

/// A scalar as text; `None` for null, arrays and objects.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => json::to_string(value).ok(),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn shape(value: &Value, encode: Encode) -> Result<Shape, Reason> {
    let item = |value: &Value| {
        scalar(value).map(|text| encode(&text)).ok_or_else(|| {
            "an array or object inside another one cannot be written in this style".to_owned()
        })
    };
    Ok(match value {
        Value::Null => Shape::Absent,
        Value::Array(items) => {
            let items: Vec<String> = items
                .iter()
                .filter(|value| !value.is_null())
                .map(item)
                .collect::<Result<_, _>>()?;
            if items.is_empty() {
                Shape::Absent
            } else {
                Shape::Array(items)
            }
        }
        Value::Object(fields) => {
            let fields: Vec<(String, String)> = fields
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| Ok((encode(key), item(value)?)))
                .collect::<Result<_, Reason>>()?;
            if fields.is_empty() {
                Shape::Absent
            } else {
                Shape::Object(fields)
            }
        }
        value => Shape::Scalar(item(value)?),
    })
}

/// Writes a path parameter: `name` is needed by `matrix`. An absent value is an empty string.
///
/// # Errors
/// When the style is no path style or cannot write the value.
pub(crate) fn path(
    name: &str,
    style: Style,
    explode: bool,
    value: &Value,
) -> Result<String, Reason> {
    let shape = shape(value, component)?;
    let name = component(name);
    match style {
        Style::Simple => Ok(simple(shape, explode, ",")),
        Style::Label => Ok(match shape {
            Shape::Absent => String::new(),
            Shape::Scalar(text) => format!(".{text}"),
            Shape::Array(items) => format!(".{}", items.join(if explode { "." } else { "," })),
            Shape::Object(fields) if explode => format!(".{}", pairs(fields, "=", ".")),
            Shape::Object(fields) => format!(".{}", pairs(fields, ",", ",")),
        }),
        Style::Matrix => Ok(match shape {
            Shape::Absent => String::new(),
            Shape::Scalar(text) if text.is_empty() => format!(";{name}"),
            Shape::Scalar(text) => format!(";{name}={text}"),
            Shape::Array(items) if explode => {
                items.iter().map(|item| format!(";{name}={item}")).collect()
            }
            Shape::Array(items) => format!(";{name}={}", items.join(",")),
            Shape::Object(fields) if explode => format!(";{}", pairs(fields, "=", ";")),
            Shape::Object(fields) => format!(";{name}={}", pairs(fields, ",", ",")),
        }),
        _ => match style.delimiter() {
            Some(delimiter) => Ok(simple(shape, explode, &component(delimiter))),
            None => Err(format!("{style:?} is no style of a path")),
        },
    }
}

/// Writes a header parameter; nothing is escaped. `None` when the value is absent.
///
/// # Errors
/// When the style is none of a header or cannot write the value.
pub(crate) fn header(style: Style, explode: bool, value: &Value) -> Result<Option<String>, Reason> {
    let delimiter = match style {
        Style::Simple => ",",
        style => style
            .delimiter()
            .ok_or_else(|| format!("{style:?} is no style of a header"))?,
    };
    Ok(match shape(value, str::to_owned)? {
        Shape::Absent => None,
        shape => Some(simple(shape, explode, delimiter)),
    })
}

/// Writes a query parameter as `name=value&..`; empty when the value is absent.
///
/// # Errors
/// When the style is no query style or cannot write the value.
pub(crate) fn query(
    name: &str,
    style: Style,
    explode: bool,
    allow_reserved: bool,
    value: &Value,
) -> Result<String, Reason> {
    let encode: Encode = if allow_reserved {
        encode::reserved
    } else {
        component
    };
    if style == Style::DeepObject {
        let mut pairs = Vec::new();
        deep(&component(name), value, encode, &mut pairs);
        return Ok(pairs.join("&"));
    }
    let separator = match (style, style.delimiter()) {
        (Style::Form, _) => ",".to_owned(),
        (_, Some(delimiter)) => component(delimiter),
        _ => return Err(format!("{style:?} is no style of a query")),
    };
    Ok(form(
        &component(name),
        shape(value, encode)?,
        explode,
        &separator,
        "&",
    ))
}

/// Writes a cookie parameter as `name=value; ..`; empty when the value is absent.
///
/// # Errors
/// When the value cannot be written in the `form` style, the only one of cookies.
pub(crate) fn cookie(name: &str, explode: bool, value: &Value) -> Result<String, Reason> {
    let encode: Encode = |text| encode::cookie(text).into_owned();
    Ok(form(name, shape(value, encode)?, explode, ",", "; "))
}

fn simple(shape: Shape, explode: bool, delimiter: &str) -> String {
    match shape {
        Shape::Absent => String::new(),
        Shape::Scalar(text) => text,
        Shape::Array(items) => items.join(delimiter),
        Shape::Object(fields) => pairs(fields, if explode { "=" } else { delimiter }, delimiter),
    }
}

fn form(name: &str, shape: Shape, explode: bool, separator: &str, between: &str) -> String {
    match shape {
        Shape::Absent => String::new(),
        Shape::Scalar(text) => format!("{name}={text}"),
        Shape::Array(items) if explode => {
            let items: Vec<String> = items.iter().map(|item| format!("{name}={item}")).collect();
            items.join(between)
        }
        Shape::Array(items) => format!("{name}={}", items.join(separator)),
        Shape::Object(fields) if explode => pairs(fields, "=", between),
        Shape::Object(fields) => format!("{name}={}", pairs(fields, separator, separator)),
    }
}

fn pairs(fields: Vec<(String, String)>, inner: &str, outer: &str) -> String {
    let pairs: Vec<String> = fields
        .into_iter()
        .map(|(key, value)| format!("{key}{inner}{value}"))
        .collect();
    pairs.join(outer)
}

/// `name[key]=value`, nested as deep as the value is. The specification leaves arrays and nesting
/// open; this is what most servers that read brackets take: `name[]=value` for each scalar of an
/// array, and numbers for its objects.
fn deep(name: &str, value: &Value, encode: Encode, pairs: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                deep(
                    &format!("{name}%5B{}%5D", component(key)),
                    value,
                    encode,
                    pairs,
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if scalar(item).is_some() {
                    deep(&format!("{name}%5B%5D"), item, encode, pairs);
                } else {
                    deep(&format!("{name}%5B{index}%5D"), item, encode, pairs);
                }
            }
        }
        value => pairs.extend(scalar(value).map(|text| format!("{name}={}", encode(&text)))),
    }
}

#[cfg(test)]
mod tests;
