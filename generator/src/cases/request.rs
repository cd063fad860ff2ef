//! What a call sends.

use super::ask::{Ask, Extent, Way};
use super::operations::{Declared, Operation};
use super::sample::Sampler;
use super::scalar::Carrier;
use super::security::credentials;
use super::table::{Inputs, LeftOut, Parameter, Place, Request};
use super::wire::{self, Encoding, Style};
use crate::load::{COLLECTION_FORMAT, Document, Node};
use serde_json::Value;

/// How often another value is tried for a path parameter that came out empty.
const TRIES: usize = 16;

/// A media type of a body.
#[derive(Debug)]
pub(super) struct Media<'d> {
    pub(super) name: &'d str,
    pub(super) node: Node<'d>,
    /// What is sent first: one of the constants.
    pub(super) sort: u8,
}

impl Media<'_> {
    pub(super) const JSON: u8 = 0;
    const FORM: u8 = 1;
    const TEXT: u8 = 2;
    const BYTES: u8 = 3;
    const MULTIPART: u8 = 4;
    const OTHER: u8 = 5;

    /// Whether it is of items that come one after the other.
    pub(super) fn is_stream(&self) -> bool {
        let essence = essence(self.name);
        essence == "text/event-stream" || is_lines(&essence)
    }

    /// What `content-type` says: a range is none that a body can have.
    pub(super) fn sent(&self) -> &str {
        match (self.name.contains('*'), self.sort) {
            (true, Self::JSON) => "application/json",
            (true, _) => "application/octet-stream",
            // The parameters of a media type have nothing to say of JSON (RFC 8259, section 11).
            (false, Self::JSON) if essence(self.name) == "application/json" => "application/json",
            (false, _) => self.name,
        }
    }
}

fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The media types of a body or a response, the one that is sent first.
pub(super) fn media_types<'d>(owner: &Node<'d>) -> Vec<Media<'d>> {
    let content = owner.get("content");
    let entries = content.iter().flat_map(Node::entries);
    let media = entries.filter(|(_, node)| node.as_object().is_some());
    let media = media.map(|(name, node)| {
        let sort = match sort(&essence(name)) {
            Media::JSON if is_file(&node) => Media::BYTES,
            sort => sort,
        };
        Media { name, node, sort }
    });
    let mut media: Vec<Media<'d>> = media.collect();
    media.sort_by_key(|media| {
        let essence = essence(media.name);
        let plain = essence == "application/json";
        (media.sort, !plain, essence.contains('*'))
    });
    media
}

fn is_lines(essence: &str) -> bool {
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    let lines = ["ndjson", "jsonl", "json-seq", "json-stream"];
    lines.contains(&subtype.trim_start_matches("x-"))
}

/// Whether what stands under a media type of JSON is a file all the same: bytes, or something that has a
/// media type and no type.
fn is_file(media: &Node<'_>) -> bool {
    let schema = media.get("schema");
    let text = |key: &str| {
        let schema = schema.as_ref()?;
        schema.value().get(key)?.as_str()
    };
    let has = |key: &str| {
        schema
            .as_ref()
            .is_some_and(|it| it.value().get(key).is_some())
    };
    let media_type = text("contentMediaType").filter(|_| !has("contentEncoding"));
    match (text("type"), media_type) {
        (None, Some(_)) => !has("type") && !has("contentSchema"),
        (Some("string"), Some(media_type)) => sort(&essence(media_type)) == Media::BYTES,
        (Some("string"), None) => text("format") == Some("binary") && !has("contentEncoding"),
        _ => false,
    }
}

fn sort(essence: &str) -> u8 {
    let (kind, subtype) = essence.split_once('/').unwrap_or((essence, ""));
    match (kind, subtype) {
        _ if is_lines(essence) => Media::OTHER,
        ("text", "event-stream") => Media::OTHER,
        ("application", "x-www-form-urlencoded") => Media::FORM,
        ("multipart", _) => Media::MULTIPART,
        (_, "json") | ("*", _) => Media::JSON,
        _ if subtype.ends_with("+json") => Media::JSON,
        (_, "xml") => Media::OTHER,
        (kind, _) if subtype.ends_with("+xml") && kind != "image" => Media::OTHER,
        ("text", _) => Media::TEXT,
        _ => Media::BYTES,
    }
}

/// What goes in, and what is sent for it.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Value>,
    pub(super) request: Request,
    pub(super) left_out: Vec<LeftOut>,
}

/// The request of a case.
///
/// # Errors
/// The operation cannot be called with what it requires.
pub(super) fn request<'d>(
    document: &'d Document,
    sampler: &mut Sampler<'d>,
    operation: &Operation<'d>,
    inputs: Inputs,
    accept: &str,
) -> Result<Sent, LeftOut> {
    let mut parts = Parts {
        target: wire::literal(operation.template),
        ..Parts::default()
    };
    let mut sent = Sent {
        parameters: Vec::new(),
        body: None,
        request: Request {
            method: operation.method.clone(),
            target: String::new(),
            headers: Vec::new(),
            body: String::new(),
        },
        left_out: Vec::new(),
    };
    let (required, optional): (Vec<_>, Vec<_>) =
        operation.declared.iter().partition(|it| it.required);
    let optional = optional.into_iter().filter(|_| inputs == Inputs::All);
    for declared in required.into_iter().chain(optional) {
        let written = parameter(sampler, declared, inputs);
        let misfit = std::mem::take(&mut sampler.misfits).into_iter().next();
        match written.filter(|_| misfit.is_none()) {
            Some((value, _)) if is_empty(&value) && !declared.required => {}
            Some((value, written)) => {
                parts.add(declared, &written);
                sent.parameters.push(Parameter {
                    place: declared.place,
                    name: declared.name.to_owned(),
                    value,
                });
            }
            None => {
                let what = format!("{} {}", declared.place.as_str(), declared.name);
                let left_out = LeftOut {
                    action: operation.action(),
                    what,
                    reason: misfit.unwrap_or_else(|| "no style writes such a value".to_owned()),
                };
                if declared.required {
                    return Err(left_out);
                }
                sent.left_out.push(left_out);
            }
        }
    }
    parts.headers.push(("accept".to_owned(), accept.to_owned()));
    if let Some((content_type, value, text)) = body(document, sampler, operation, inputs)? {
        parts
            .headers
            .push(("content-type".to_owned(), content_type));
        sent.body = Some(value);
        sent.request.body = text;
    }
    let credentials = credentials(document, operation);
    parts.headers.extend(credentials.headers);
    parts.query.extend(credentials.query);
    parts.cookies.extend(credentials.cookies);
    sent.request.headers = parts.headers();
    sent.request.target = parts.target();
    Ok(sent)
}

/// The parts of a request, as they come together.
#[derive(Debug, Default)]
struct Parts {
    target: String,
    query: Vec<String>,
    headers: Vec<(String, String)>,
    cookies: Vec<String>,
}

impl Parts {
    fn add(&mut self, declared: &Declared<'_>, written: &str) {
        match declared.place {
            Place::Path => {
                let placeholder = format!("{{{}}}", declared.name);
                let placeholder = wire::literal(&placeholder);
                self.target = self.target.replace(&placeholder, written);
            }
            Place::Query => self.query.push(written.to_owned()),
            Place::Header => {
                let name = declared.name.to_ascii_lowercase();
                self.headers.push((name, written.to_owned()));
            }
            Place::Cookie => self.cookies.push(written.to_owned()),
        }
    }

    fn target(self) -> String {
        if self.query.is_empty() {
            return self.target;
        }
        format!("{}?{}", self.target, self.query.join("&"))
    }

    /// Ordered by name; what comes later counts.
    fn headers(&mut self) -> Vec<(String, String)> {
        if !self.cookies.is_empty() {
            let cookies = self.cookies.join("; ");
            self.headers.push(("cookie".to_owned(), cookies));
        }
        let headers: std::collections::BTreeMap<_, _> = self.headers.drain(..).collect();
        headers.into_iter().collect()
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Null => true,
        Value::String(_) | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A parameter's value, and what is written for it; `None` where no style can write it.
fn parameter<'d>(
    sampler: &mut Sampler<'d>,
    declared: &Declared<'d>,
    inputs: Inputs,
) -> Option<(Value, String)> {
    let node = declared.node.as_ref();
    let at = |key: &str| node.and_then(|node| node.get(key));
    let media = node.and_then(|node| media_types(node).into_iter().next());
    let reserved = at("allowReserved").is_some_and(|it| it.value() == &Value::Bool(true));
    let (carrier, encoding) = match declared.place {
        Place::Query if reserved && media.is_none() => (Carrier::Reserved, Encoding::Reserved),
        Place::Path | Place::Query => (Carrier::Url, Encoding::Component),
        Place::Header => (Carrier::Header, Encoding::Nothing),
        Place::Cookie => (Carrier::Cookie, Encoding::Cookie),
    };
    let ask = Ask {
        way: Way::Sent,
        extent: match inputs {
            Inputs::All => Extent::All,
            Inputs::Required | Inputs::Null => Extent::Required,
        },
        carrier,
    };
    let schema = match &media {
        Some(media) => media.node.get("schema"),
        None => at("schema"),
    };
    let mut value = Value::Null;
    for attempt in 0..TRIES {
        let path = format!("{}{}", declared.name, ".".repeat(attempt));
        sampler.misfits.clear();
        value = match &schema {
            Some(schema) => sampler.sample(schema, &path, ask),
            None => super::scalar::text(&Default::default(), &path, carrier).into(),
        };
        // What has to be given is something, also where each of its properties may be left out.
        if is_empty(&value)
            && let Some(schema) = &schema
        {
            let extent = Extent::All;
            value = sampler.sample(schema, &path, Ask { extent, ..ask });
        }
        // An empty segment would be another path.
        let text = wire::scalar(&value);
        if declared.place != Place::Path
            || text.is_none_or(|text| !["", ".", ".."].contains(&text.as_str()))
        {
            break;
        }
    }
    let default = match declared.place {
        Place::Path | Place::Header => "simple",
        Place::Query | Place::Cookie => "form",
    };
    let style = at("style").and_then(|it| it.as_str()).unwrap_or(default);
    let style = match at(COLLECTION_FORMAT).and_then(|it| it.as_str()) {
        Some("ssv") => "spaceDelimited",
        Some("pipes") => "pipeDelimited",
        Some("tsv") => "tabDelimited",
        _ => style,
    };
    let explode = at("explode").and_then(|it| it.value().as_bool());
    let mut style = Style {
        name: style,
        explode: explode.unwrap_or(style == "form"),
        encoding,
    };
    let mut carried = value.clone();
    if media.is_some_and(|media| media.sort == Media::JSON) {
        style.name = default;
        carried = value.to_string().into();
    }
    let written = match declared.place {
        Place::Path | Place::Header => wire::path(declared.name, style, &carried),
        Place::Query => wire::form(declared.name, style, "&", &carried),
        Place::Cookie => wire::form(declared.name, style, "; ", &carried),
    };
    Some((value, written?))
}

fn extent(inputs: Inputs) -> Extent {
    match inputs {
        Inputs::Required => Extent::Required,
        Inputs::All => Extent::All,
        Inputs::Null => Extent::Null,
    }
}

/// A body: its content type, its value and its text.
type Body = (String, Value, String);

/// The body of a case; `None` where none is sent.
fn body<'d>(
    document: &'d Document,
    sampler: &mut Sampler<'d>,
    operation: &Operation<'d>,
    inputs: Inputs,
) -> Result<Option<Body>, LeftOut> {
    let node = operation.node.get("requestBody");
    let Some(node) = node.and_then(|node| document.follow(&node).ok()) else {
        return Ok(None);
    };
    let required = node.get("required").and_then(|it| it.value().as_bool()) == Some(true);
    let media = media_types(&node).into_iter().next();
    let Some(media) = media.filter(|_| required || inputs != Inputs::Required) else {
        return Ok(None);
    };
    let left_out = |reason: &str| LeftOut {
        action: operation.action(),
        what: "operation".to_owned(),
        reason: reason.to_owned(),
    };
    if media.sort == Media::MULTIPART {
        return Err(left_out(
            "its body is multipart, whose boundary the client chooses",
        ));
    }
    let structured = matches!(media.sort, Media::JSON | Media::FORM);
    let carrier = if media.sort == Media::FORM {
        Carrier::Url
    } else {
        Carrier::Json
    };
    let ask = Ask {
        way: Way::Sent,
        extent: extent(inputs),
        carrier,
    };
    let schema = media.node.get("schema");
    let root = name(document, operation, schema.as_ref());
    let value = match &schema {
        Some(schema) if media.sort == Media::FORM => {
            sampler.sample_form(schema, &root, ask, &super::forms::reserved(&media.node))
        }
        Some(schema) if structured => sampler.sample(schema, &root, ask),
        _ => root.as_str().into(),
    };
    if let Some(misfit) = sampler.misfits.first() {
        return Err(left_out(&format!("its body: {misfit}")));
    }
    let text = match media.sort {
        Media::JSON => value.to_string(),
        Media::FORM => super::forms::form(&media.node, &value)
            .ok_or_else(|| left_out("its form has a property that no style writes"))?,
        _ => root,
    };
    Ok(Some((media.sent().to_owned(), value, text)))
}

/// What the path of each field in a body begins with: the name of its schema, or of its items', or
/// the operation's.
fn name(document: &Document, operation: &Operation<'_>, schema: Option<&Node<'_>>) -> String {
    let component = |schema: &Node<'_>| {
        let reference = schema.get("$ref")?.as_str()?;
        let target = document.resolve(schema, reference).ok()?;
        target.key().map(str::to_owned)
    };
    let items = |schema: &Node<'_>| component(&schema.get("items")?);
    schema
        .and_then(|schema| component(schema).or_else(|| items(schema)))
        .or_else(|| operation.id().map(str::to_owned))
        .unwrap_or_else(|| operation.action())
}
