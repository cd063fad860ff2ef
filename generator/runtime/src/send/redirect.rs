//! Following redirects, within the origin that was asked.
//!
//! A transport follows none: only here is it known which method the operation has, where its
//! credentials are, and whether it may be sent again.

use std::sync::atomic::{AtomicBool, Ordering};

use http::header::{
    CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE, LOCATION,
    TRANSFER_ENCODING,
};
use http::request::Parts;
use http::{HeaderName, Method, Request, Response, StatusCode};
use url::{Url, form_urlencoded};

use crate::transport::{SendOptions, Transport};
use crate::{Api, Body, Operation, SchemeKind, TransportError, TransportErrorKind};

/// As many redirects as one attempt follows.
const REDIRECTS: usize = 10;

/// The headers that are about a body.
const OF_A_BODY: [HeaderName; 6] = [
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_LOCATION,
    CONTENT_TYPE,
    TRANSFER_ENCODING,
];

/// The way of one attempt from the innermost middleware to its response.
#[derive(Clone, Copy)]
pub(crate) struct Route<'a> {
    pub(crate) transport: &'a dyn Transport,
    pub(crate) api: &'static Api,
    pub(crate) operation: &'static Operation,
    pub(crate) options: SendOptions,
    /// Set when the server has done what it was asked, and sends on to where its result is.
    pub(crate) acted: &'a AtomicBool,
}

impl Route<'_> {
    /// Sends a request, and sends it on as long as the server redirects it within its origin
    /// (scheme, host and port). A redirect elsewhere is the response: a credential can be in any
    /// header, the query or the body. So is one that asks for a body which is gone.
    ///
    /// # Errors
    /// When there is no response, and after too many redirects.
    pub(crate) async fn send(
        self,
        mut request: Request<Body>,
    ) -> Result<Response<Body>, TransportError> {
        for _ in 0..=REDIRECTS {
            let (parts, body) = request.into_parts();
            let hop = Hop {
                parts: parts.clone(),
                body: body.try_clone(),
            };
            let request_now = Request::from_parts(parts, body);
            let response = self.transport.send(request_now, self.options).await?;
            match hop.next(self, &response) {
                Some(next) => request = next,
                None => return Ok(response),
            }
        }
        let message = format!("more than {REDIRECTS}");
        Err(TransportError::new(TransportErrorKind::Redirect, message))
    }
}

/// A request that was sent.
struct Hop {
    parts: Parts,
    /// `None`: it is gone.
    body: Option<Body>,
}

impl Hop {
    /// What the response asks to send in its place; `None`: the response is for the caller.
    fn next(mut self, route: Route<'_>, response: &Response<Body>) -> Option<Request<Body>> {
        let status = response.status();
        if !matches!(status.as_u16(), 301..=303 | 307 | 308) {
            return None;
        }
        let location = std::str::from_utf8(response.headers().get(LOCATION)?.as_bytes()).ok()?;
        let url = self.target(route.api, location.trim())?;
        self.parts.uri = url.as_str().parse().ok()?;
        let body = if becomes_get(status, &self.parts.method) {
            route.acted.store(true, Ordering::Relaxed);
            self.parts.method = Method::GET;
            for name in OF_A_BODY {
                self.parts.headers.remove(name);
            }
            // The key belongs to what was done.
            if let Some(name) = route.operation.idempotency_key {
                self.parts.headers.remove(name);
            }
            Body::empty()
        } else {
            self.body?
        };
        Some(Request::from_parts(self.parts, body))
    }

    /// Where a redirect goes, when that is within the origin; with the credentials of the query.
    fn target(&self, api: &Api, location: &str) -> Option<Url> {
        let here = Url::parse(&self.parts.uri.to_string()).ok()?;
        let mut there = here.join(location).ok()?;
        if there.origin() != here.origin() {
            return None;
        }
        there.set_fragment(None);
        // They would become a header of their own, in place of the credential's.
        there.set_username("").ok()?;
        there.set_password(None).ok()?;
        for scheme in api.schemes {
            if let SchemeKind::Query(name) = scheme.kind
                && pair(&there, name).is_none()
                && let Some(credential) = pair(&here, name)
            {
                let query = match there.query() {
                    Some(query) if !query.is_empty() => format!("{query}&{credential}"),
                    _ => credential.to_owned(),
                };
                there.set_query(Some(&query));
            }
        }
        Some(there)
    }
}

/// Whether the next request is a `GET`, whatever this one was (RFC 9110, section 15.4). The other
/// methods of a 301 and a 302 are kept, as they are by browsers.
fn becomes_get(status: StatusCode, method: &Method) -> bool {
    match status {
        StatusCode::SEE_OTHER => *method != Method::GET && *method != Method::HEAD,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => *method == Method::POST,
        _ => false,
    }
}

/// The `name=value` of a query, as it is written there.
fn pair<'u>(url: &'u Url, name: &str) -> Option<&'u str> {
    let is_it = |pair: &&str| {
        let mut read = form_urlencoded::parse(pair.as_bytes());
        read.next().is_some_and(|(key, _)| key == name)
    };
    url.query()?.split('&').find(is_it)
}
