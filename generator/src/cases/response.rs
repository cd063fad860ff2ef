//! What an operation answers with.

use super::ask::{Ask, Extent, Way};
use super::operations::Operation;
use super::request::{Media, media_types};
use super::sample::Sampler;
use super::scalar::Carrier;
use super::table::{Inputs, Response};
use crate::load::{Document, Node};
use serde_json::Value;

/// The answer to a call, and what the call says that it accepts.
pub(super) fn response<'d>(
    document: &'d Document,
    sampler: &mut Sampler<'d>,
    operation: &Operation<'d>,
    inputs: Inputs,
) -> (Response, String) {
    let chosen = success(document, operation);
    let status = chosen.as_ref().map_or(204, |(status, _)| *status);
    let media = chosen.and_then(|(status, node)| bodies(status, &node).into_iter().next());
    let Some(media) = media else {
        let empty = Response {
            status,
            headers: Vec::new(),
            body: None,
            unset: None,
        };
        return (empty, "*/*".to_owned());
    };
    let ask = Ask {
        way: Way::Received,
        extent: match inputs {
            Inputs::Required => Extent::Shallow,
            Inputs::All | Inputs::Null => Extent::All,
        },
        carrier: Carrier::Json,
    };
    let item = media.node.get("itemSchema").filter(|_| media.is_stream());
    let schema = item.or_else(|| media.node.get("schema"));
    let mut sample = |extent| {
        let schema = schema.as_ref();
        schema.map_or(Value::Null, |it| {
            sampler.sample(it, "", Ask { extent, ..ask })
        })
    };
    let unset =
        (inputs == Inputs::Required && media.sort == Media::JSON).then(|| sample(Extent::Unset));
    let sample = sample(ask.extent);
    let unset = unset.filter(|it| *it != sample && !it.is_null());
    let body = match (media.sort, sample) {
        (Media::JSON, sample) => sample,
        (_, sample) if media.is_stream() => super::streams::written(&media, &sample).into(),
        (_, Value::String(text)) if !text.is_empty() => Value::String(text),
        (_, Value::Null | Value::String(_)) => "text".into(),
        (_, sample) => sample.to_string().into(),
    };
    let accept = match media.sort {
        Media::JSON if is_plain_json(media.name) => "application/json",
        _ => media.name,
    };
    let response = Response {
        status,
        headers: vec![("content-type".to_owned(), media.sent().to_owned())],
        body: Some(body),
        unset,
    };
    (response, accept.to_owned())
}

/// Whether a media type of JSON is JSON and nothing more, or a range, which nothing can be of.
fn is_plain_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.contains('*') || essence.eq_ignore_ascii_case("application/json")
}

/// The media types of an answer. One with this status has no content, whatever the document says
/// (RFC 9110, sections 15.3.5 and 15.3.6).
fn bodies<'d>(status: u16, node: &Node<'d>) -> Vec<Media<'d>> {
    match status {
        204 | 205 => Vec::new(),
        _ => media_types(node),
    }
}

/// The lowest 2xx with a body, else the lowest 2xx, else `2XX`, else `default`, with its status.
fn success<'d>(document: &'d Document, operation: &Operation<'d>) -> Option<(u16, Node<'d>)> {
    let mut found: Vec<(bool, u16, Node<'d>)> = Vec::new();
    for (key, node) in operation
        .node
        .get("responses")
        .iter()
        .flat_map(Node::entries)
    {
        let Ok(node) = document.follow(&node) else {
            continue;
        };
        let status = key.parse::<u16>();
        let empty = bodies(*status.as_ref().unwrap_or(&200), &node).is_empty();
        match (key, status) {
            (_, Ok(status @ 200..=299)) => found.push((empty, status, node)),
            ("2XX" | "2xx", _) => found.push((true, 1_000, node)),
            ("default", _) => found.push((true, 1_001, node)),
            _ => {}
        }
    }
    let key = |(empty, status, _): &(bool, u16, Node<'d>)| (*empty, *status);
    let (_, status, node) = found.into_iter().min_by_key(key)?;
    Some((if status < 300 { status } else { 200 }, node))
}
