//! The arguments of a call, from the request that the suite expects and the document's own operation.

use super::paths::in_path;
use super::scenarios::{Content, Expected};
use super::schema::{Schemas, Shape};
use serde_json::{Map, Value, json};

/// What is given to a call.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) arguments: Map<String, Value>,
    /// The credential of each security scheme, by its key.
    pub(super) credentials: Map<String, Value>,
    /// The path of the server in front of the operation's own.
    pub(super) server_path: String,
}

/// An operation in its document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'d> {
    pub(super) document: &'d Value,
    pub(super) path: &'d str,
    pub(super) method: &'d str,
}

impl<'d> Site<'d> {
    /// How much of a path is the template's own; `None` where the path is another.
    pub(super) fn literal(self, uri: &str) -> Option<usize> {
        let (_, found) = in_path(self.document, self.path, uri)?;
        let free: usize = found.iter().map(|(_, text)| text.len()).sum();
        Some(uri.len().saturating_sub(free))
    }

    fn item(self) -> Option<&'d Value> {
        self.document.get("paths")?.get(self.path)
    }

    pub(super) fn operation(self) -> Option<&'d Value> {
        self.item()?.get(self.method)
    }

    fn parameters(self) -> Vec<&'d Value> {
        let schemas = Schemas(self.document);
        let of = |node: Option<&'d Value>| node.and_then(|it| it.get("parameters")?.as_array());
        let all = [of(self.item()), of(self.operation())];
        let all = all.into_iter().flatten().flatten();
        all.map(|it| schemas.resolve(it)).collect()
    }

    /// The media types of a body, or of a response.
    fn offered(self, at: &str) -> Vec<&'d str> {
        let node = self
            .operation()
            .and_then(|it| it.pointer(&format!("/{at}")));
        let node = node.map(|it| Schemas(self.document).resolve(it));
        let content = node.and_then(|it| it.get("content")?.as_object());
        let kinds = content.into_iter().flatten();
        kinds.map(|(kind, _)| kind.as_str()).collect()
    }

    fn body(self) -> Option<(&'d str, &'d Value)> {
        let body = Schemas(self.document).resolve(self.operation()?.get("requestBody")?);
        let media = body.get("content")?.as_object()?;
        let json = media.iter().find(|(kind, _)| kind.contains("json"));
        let (kind, media) = json.or_else(|| media.iter().next())?;
        Some((kind, media.get("schema").unwrap_or(&Value::Null)))
    }
}

/// What an expected request gives to the operation.
pub(super) fn given(site: Site<'_>, expected: &Expected) -> Given {
    let schemas = Schemas(site.document);
    let parameters = site.parameters();
    let (server_path, path) = in_path(site.document, site.path, &expected.uri).unwrap_or_default();
    let mut arguments = Map::new();
    for parameter in &parameters {
        let text = |key: &str| {
            parameter
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let (name, place) = (text("name"), text("in"));
        let is_ignored = ["accept", "content-type", "authorization"];
        if place == "header" && is_ignored.contains(&name.to_lowercase().as_str()) {
            continue;
        }
        let key = key_of(parameter, &parameters);
        let value = match place {
            "path" => {
                let found = path.iter().find(|(own, _)| own == name);
                found.map(|(_, raw)| on_wire(schemas, parameter, &Value::from(raw.as_str())))
            }
            "query" => in_query(schemas, parameter, &parameters, &expected.request.query),
            "header" => {
                let headers = &expected.request.headers;
                let mut headers = headers.iter();
                let found = headers.find(|(own, _)| own.eq_ignore_ascii_case(name));
                found.map(|(_, raw)| on_wire(schemas, parameter, raw))
            }
            _ => None,
        };
        let required = parameter.get("required") == Some(&Value::Bool(true));
        let only = || {
            schemas
                .constant(parameter.get("schema")?)
                .filter(|_| required)
        };
        if let Some(value) = value.or_else(only) {
            arguments.insert(key, value);
        }
    }
    let body = expected.request.body.as_ref().zip(site.body());
    if let Some((content, (kind, schema))) = body {
        let is_file = schema.get("contentMediaType").is_some()
            || schema.get("format").and_then(Value::as_str) == Some("binary");
        let body = match &content.text {
            _ if kind.starts_with("multipart/") => Some(form(schemas, schema, content)),
            Some(text) if content.is_xml() => super::xml::value(schemas, schema, text),
            _ => None,
        };
        let body = body.unwrap_or_else(|| of_body(content, kind, is_file));
        arguments.insert("body".to_owned(), body);
    }
    let headers = headers(site, expected);
    if !headers.is_empty() {
        arguments.insert("headers".to_owned(), Value::Object(headers));
    }
    Given {
        arguments,
        credentials: super::credentials::given(
            site.document,
            &expected.request.headers,
            &expected.request.query,
        ),
        server_path,
    }
}

/// What an argument is called: the parameter's name, with its place in front where it is not the only one.
fn key_of(parameter: &Value, all: &[&Value]) -> String {
    let text = |of: &Value, key: &str| {
        let text = of.get(key).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let (name, place) = (text(parameter, "name"), text(parameter, "in"));
    let rivals = all.iter().filter(|other| text(other, "name") == name);
    if rivals.count() > 1 || ["body", "headers"].contains(&name.as_str()) {
        format!("{place}.{name}")
    } else {
        name
    }
}

/// The arguments of a call that are of parameters: by their places and names.
pub(super) fn by_place(site: Site<'_>, arguments: &Map<String, Value>) -> Value {
    let parameters = site.parameters();
    let mut places: Map<String, Value> = Map::new();
    for parameter in &parameters {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        let (Some(name), Some(place)) = (text("name"), text("in")) else {
            continue;
        };
        let Some(value) = arguments.get(&key_of(parameter, &parameters)) else {
            continue;
        };
        let own = places.entry(place).or_insert_with(|| json!({}));
        if let Some(own) = own.as_object_mut() {
            own.insert(name.to_owned(), value.clone());
        }
    }
    Value::Object(places)
}

fn in_query(
    schemas: Schemas<'_>,
    parameter: &Value,
    all: &[&Value],
    query: &Map<String, Value>,
) -> Option<Value> {
    let name = parameter.get("name")?.as_str()?;
    if let Some(raw) = query.get(name) {
        return Some(on_wire(schemas, parameter, raw));
    }
    let schema = parameter.get("schema")?;
    if schemas.shape(schema) != Shape::Object {
        return None;
    }
    // An object is spread over several: `a=1&b=2`, or `name[a]=1` in the style `deepObject`.
    let known = |key: &str| {
        let mut all = all.iter();
        all.any(|it| it.get("name").and_then(Value::as_str) == Some(key))
    };
    let deep = parameter.get("style").and_then(Value::as_str) == Some("deepObject");
    let texts: Vec<(String, String)> = query
        .iter()
        .filter_map(|(key, value)| {
            let key = if deep {
                key.strip_prefix(name)?
                    .strip_prefix('[')?
                    .strip_suffix(']')?
            } else {
                Some(key.as_str()).filter(|key| !known(key))?
            };
            Some((key.to_owned(), text_of(value)))
        })
        .collect();
    if texts.is_empty() {
        return None;
    }
    let pairs: Vec<(&str, &str)> = texts
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    Some(schemas.object(schema, &pairs))
}

/// A value as the parameter's style writes it.
fn on_wire(schemas: Schemas<'_>, parameter: &Value, raw: &Value) -> Value {
    let schema = parameter.get("schema").unwrap_or(&Value::Null);
    let shape = schemas.shape(schema);
    if let Value::Array(items) = raw {
        let texts: Vec<String> = items.iter().map(text_of).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        return schemas.array(schema, &texts);
    }
    let text = text_of(raw);
    let style = parameter
        .get("style")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let explode = parameter.get("explode") == Some(&Value::Bool(true));
    let name = parameter
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let decoded = decoded(&text);
    let (bare, delimiter) = match style {
        "label" => (
            decoded.trim_start_matches('.'),
            if explode { "." } else { "," },
        ),
        "matrix" => {
            let bare = decoded.trim_start_matches(';');
            let named = bare.strip_prefix(name).and_then(|it| it.strip_prefix('='));
            match (shape, explode) {
                (Shape::Scalar, _) | (_, false) => (named.unwrap_or(bare), ","),
                _ => (bare, ";"),
            }
        }
        "spaceDelimited" => (decoded.as_str(), " "),
        "pipeDelimited" => (decoded.as_str(), "|"),
        _ => (decoded.as_str(), ","),
    };
    let pieces: Vec<&str> = bare.split(delimiter).collect();
    match shape {
        Shape::Scalar => schemas.scalar(schema, bare),
        Shape::Array => {
            let own = |piece: &&str| {
                let bare = piece.strip_prefix(name).and_then(|it| it.strip_prefix('='));
                style == "matrix" && explode && bare.is_some()
            };
            let prefix = name.len() + 1;
            let items: Vec<&str> = pieces
                .iter()
                .map(|piece| {
                    if own(piece) {
                        piece.get(prefix..).unwrap_or(piece)
                    } else {
                        piece
                    }
                })
                .collect();
            schemas.array(schema, &items)
        }
        Shape::Object if explode => {
            let pairs: Vec<_> = pieces.iter().filter_map(|it| it.split_once('=')).collect();
            schemas.object(schema, &pairs)
        }
        Shape::Object => {
            let pairs = pieces.chunks(2).filter_map(|pair| match pair {
                [name, value] => Some((*name, *value)),
                _ => None,
            });
            schemas.object(schema, &pairs.collect::<Vec<_>>())
        }
    }
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The headers that choose among the media types of a body and of the response.
fn headers(site: Site<'_>, expected: &Expected) -> Map<String, Value> {
    let mut headers = Map::new();
    let is_open = |offered: &[&str]| offered.len() > 1 || offered.iter().any(|it| it.contains('*'));
    let body = expected.request.body.as_ref();
    if let Some(content) = body.filter(|it| !it.is_json() && !it.is_untyped())
        && is_open(&site.offered("requestBody"))
    {
        headers.insert(
            "content-type".to_owned(),
            content.content_type.clone().into(),
        );
    }
    if let Some(accept) = expected.request.headers.get("accept")
        && is_open(&site.offered("responses/200"))
    {
        headers.insert("accept".to_owned(), accept.clone());
    }
    headers
}

/// A body, as the document's media type has it among the arguments of a call by name.
fn of_body(content: &Content, kind: &str, is_file: bool) -> Value {
    let parsed = || serde_json::from_str(content.text.as_deref()?).ok();
    if is_file && content.base64.is_none() {
        return base64_of(content.text.as_deref().unwrap_or_default()).into();
    }
    if let Some(encoded) = &content.base64 {
        let is_text = kind.starts_with("text/") || kind.contains("jsonl");
        return match is_text.then(|| text_from(encoded)).flatten() {
            Some(text) => Value::String(text),
            None => Value::String(encoded.clone()),
        };
    }
    if kind.contains("json") && !kind.contains("jsonl") {
        return parsed().unwrap_or(Value::Null);
    }
    // The suite writes some texts as JSON.
    match parsed() {
        Some(Value::String(text)) if content.is_json() => Value::String(text),
        _ => Value::from(content.text.clone().unwrap_or_default()),
    }
}

/// A text in base64.
pub(super) fn base64_of(text: &str) -> String {
    use base64::Engine;
    base64::prelude::BASE64_STANDARD.encode(text)
}

/// The text that is in base64.
pub(super) fn text_from(encoded: &str) -> Option<String> {
    use base64::Engine;
    let bytes = base64::prelude::BASE64_STANDARD.decode(encoded).ok()?;
    String::from_utf8(bytes).ok()
}

/// The parts of a form by their names; what the suite writes as a number may be a text.
fn form(schemas: Schemas<'_>, schema: &Value, content: &Content) -> Value {
    let property = |name: &str| {
        let properties = schemas.resolve(schema).get("properties");
        properties
            .and_then(|it| it.get(name))
            .unwrap_or(&Value::Null)
    };
    let mut form = content.parts.clone().unwrap_or_default();
    for (name, value) in &mut form {
        if value.is_number() {
            *value = schemas.scalar(property(name), &value.to_string());
        }
    }
    for file in content.files.iter().flatten() {
        let part = json!({
            "base64": file.base64,
            "fileName": file.originalname,
            "contentType": file.mimetype,
        });
        let is_list = schemas.shape(property(&file.fieldname)) == Shape::Array;
        match form.get_mut(&file.fieldname) {
            Some(Value::Array(several)) => several.push(part),
            Some(_) | None => {
                let part = if is_list { json!([part]) } else { part };
                form.insert(file.fieldname.clone(), part);
            }
        }
    }
    Value::Object(form)
}
