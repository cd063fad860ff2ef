//! Responses, and which of them is the success.

use super::reader::Reader;
use super::schemas::Place as At;
use super::shell::Shape;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Encoding, Media, Method, Outcome, Payload, Response, Status, Success};
use crate::load::Node;

const RESPONSE: Shape<'_> = Shape {
    // 3.2 adds `summary`.
    aside: &["headers", "content", "links", "summary"],
    required: &[],
    expected: &["description"],
    tag: None,
    stand_in: None,
};

impl<'d> Reader<'d, '_> {
    /// `responses` of an operation.
    pub(super) fn outcome(
        &mut self,
        operation: &Node<'d>,
        method: Method,
        place: &At<'_>,
    ) -> Outcome {
        let mut responses = self.responses(operation, place);
        if method == Method::Head {
            // What is said of content is what GET would give (RFC 9110, section 9.3.2).
            responses.iter_mut().for_each(|it| it.media.clear());
        }
        let success = success(&responses);
        Outcome { responses, success }
    }

    /// Every response, ordered by key.
    pub(super) fn responses(&mut self, operation: &Node<'d>, place: &At<'_>) -> Vec<Response> {
        let Some(map) = self.object(operation, "responses") else {
            return Vec::new();
        };
        let mut responses = Vec::new();
        for (key, node) in map.entries() {
            if key.starts_with("x-") {
                continue;
            }
            let Some(status) = status(key) else {
                self.unknown_status(key, &node);
                continue;
            };
            responses.extend(self.response(&node, status, key, place));
        }
        responses
    }

    fn unknown_status(&mut self, key: &str, node: &Node<'d>) {
        let message = format!("{key:?} is not a status code");
        self.diagnostics.push(
            Diagnostic::warning(Code::BadValue, node.origin(), message)
                .action("the response was left out")
                .hint(
                    "a key of `responses` is a status such as 404, a range such as 4XX, or default",
                ),
        );
        self.lose(node.origin(), "not a status code");
    }

    fn response(
        &mut self,
        node: &Node<'d>,
        status: Status,
        key: &str,
        place: &At<'_>,
    ) -> Option<Response> {
        let target = self.follow(node)?;
        let read = self.shell::<openapiv3::Response>(&target, &RESPONSE)?;
        // A shared response is called after its component, one of an operation after that.
        let shared = At::root(target.key().unwrap_or_default());
        let is_shared = node.get("$ref").is_some();
        let place = match is_shared {
            true => shared.part("response"),
            false if is_success(status) => place.part("response"),
            false => place.part(key),
        };
        self.links(&target);
        let mut media = self.media(&target, &place);
        if !media.is_empty() && has_no_content(status) {
            self.content_of_none(&target);
            media.clear();
        }
        let own = node
            .get("$ref")
            .and_then(|_| node.get("description"))
            .and_then(|it| it.as_str());
        Some(Response {
            status,
            description: own
                .map_or(Some(read.description), |text| Some(text.to_owned()))
                .filter(|text| !text.is_empty()),
            media,
            headers: self.headers(&target, &place),
            origin: node.origin(),
        })
    }

    /// A response has `content` whose status says that it has none.
    fn content_of_none(&mut self, response: &Node<'d>) {
        let content = response.get("content").unwrap_or_else(|| response.clone());
        let message = "a response with this status has no content";
        self.diagnostics.push(
            Diagnostic::note(Code::BadValue, content.origin(), message)
                .action("the media types were left out")
                .hint("remove `content`, or correct the status"),
        );
    }

    /// `links` are described and not generated.
    fn links(&mut self, response: &Node<'d>) {
        let Some(links) = self.object(response, "links") else {
            return;
        };
        if links.entries().next().is_none() {
            return;
        }
        let origin = links.origin();
        self.diagnostics.push(
            Diagnostic::note(
                Code::NotGenerated,
                origin.clone(),
                "links are not generated",
            )
            .action("they were left out"),
        );
        self.lose(origin, "links are not generated");
    }
}

/// The key of a Responses Object: `200`, `2XX`, `default`.
fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    if let [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] = key.as_bytes() {
        return Some(Status::Range(digit - b'0'));
    }
    let code: u16 = key.parse().ok()?;
    (100..=599).contains(&code).then_some(Status::Code(code))
}

/// Whether no response with this status has content (RFC 9110, sections 15.3.5 and 15.3.6).
const fn has_no_content(status: Status) -> bool {
    matches!(status, Status::Code(204 | 205))
}

const fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

/// The lowest 2xx with a body, else the lowest 2xx, else `2XX`, else `default`.
fn success(responses: &[Response]) -> Option<Success> {
    let lowest = |needs_body: bool| {
        let fits = |response: &Response| !needs_body || !response.media.is_empty();
        responses
            .iter()
            .enumerate()
            .filter_map(|(index, response)| match response.status {
                Status::Code(code @ 200..=299) if fits(response) => Some((code, index)),
                _ => None,
            })
            .min()
            .map(|(_, index)| index)
    };
    let with = |status: Status| {
        responses
            .iter()
            .position(|response| response.status == status)
    };
    let index = lowest(true)
        .or_else(|| lowest(false))
        .or_else(|| with(Status::Range(2)))
        .or_else(|| with(Status::Default))?;
    let media = responses
        .get(index)
        .and_then(|response| preferred(&response.media));
    let payload = responses
        .get(index)
        .zip(media)
        .and_then(|(response, media)| response.media.get(media))
        .map_or(Payload::Empty, |media| {
            Payload::Whole(media.schema.ty.clone())
        });
    Some(Success {
        response: index,
        media,
        payload,
    })
}

/// The media type that is read: JSON before others.
fn preferred(media: &[Media]) -> Option<usize> {
    let json = media
        .iter()
        .position(|media| media.encoding == Encoding::Json);
    json.or_else(|| (!media.is_empty()).then_some(0))
}
