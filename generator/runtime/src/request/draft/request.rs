//! From what a call has been given to a request.

use std::borrow::Cow;

use ::url::Url;
#[cfg(feature = "oauth2")]
use http::header::AUTHORIZATION;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, USER_AGENT};

use super::super::{Parts, url};
use super::Draft;
use crate::response::Wanted;
use crate::{Body, RequestError, RequestErrorKind};

impl Draft {
    /// The URL without credentials.
    pub(super) fn url(&self) -> Result<Url, RequestError> {
        if let Some(url) = &self.url {
            return Ok(url.clone());
        }
        url::join(
            &self.client.base_url(self.operation)?,
            self.operation.path,
            &self.path,
        )
    }

    fn method(&self) -> &'static str {
        let by_get = self.operation.paging.is_some_and(|paging| paging.by_get);
        if by_get && self.url.is_some() {
            "GET"
        } else {
            self.operation.method
        }
    }

    /// The request, with credentials.
    ///
    /// # Errors
    /// The first problem that was met.
    pub(crate) fn request(&self) -> Result<http::Request<Body>, RequestError> {
        self.parts().map_err(|error| error.of(self.operation))
    }

    fn parts(&self) -> Result<http::Request<Body>, RequestError> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        let mut parts = Parts {
            url: self.url()?,
            headers: self.all_headers(),
            cookies: Vec::new(),
            #[cfg(feature = "oauth2")]
            tokens: None,
        };
        if self.url.is_none() {
            self.query.iter().for_each(|(_, pairs)| parts.query(pairs));
        }
        let set = self.cookies.iter().map(|(_, pairs)| pairs.clone());
        parts.cookies.extend(set.filter(|pairs| !pairs.is_empty()));
        self.client.authenticate(self.operation, &mut parts)?;
        // What the call says is before what the client knows.
        for (name, value) in &self.headers {
            parts.headers.insert(name.clone(), value.clone());
        }
        if !parts.cookies.is_empty() {
            let cookies = cookies(parts.headers.get(COOKIE), &parts.cookies);
            parts
                .secret_header(COOKIE.as_str(), &cookies)
                .map_err(|reason| RequestError::parameter("Cookie", reason))?;
        }
        let mut request = http::Request::builder().method(self.method());
        if let Some(headers) = request.headers_mut() {
            *headers = parts.headers;
        }
        // Where the call says nothing itself, each attempt asks for it.
        #[cfg(feature = "oauth2")]
        if let Some(tokens) = parts.tokens
            && !self.headers.contains_key(AUTHORIZATION)
        {
            request = request.extension(tokens);
        }
        let body = match &self.body {
            Some((_, payload)) => payload.take()?,
            None => Body::empty(),
        };
        request.uri(parts.url.as_str()).body(body).map_err(|error| {
            RequestError::new(RequestErrorKind::Url, format!("no request: {error}"))
        })
    }

    /// The headers, the call's own over the client's.
    fn all_headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, self.client.user_agent().clone());
        let items = self
            .operation
            .items
            .filter(|_| self.wanted == Wanted::Items);
        let asked = items.map(|items| items.media_type);
        let accept = asked.or(self.operation.accept).unwrap_or(self.accept);
        headers.extend(
            HeaderValue::from_str(accept)
                .ok()
                .map(|accept| (ACCEPT, accept)),
        );
        headers.extend(
            self.body
                .as_ref()
                .map(|(kind, _)| (CONTENT_TYPE, kind.clone())),
        );
        for (name, value) in self.client.headers().iter().chain(&self.headers) {
            headers.insert(name.clone(), value.clone());
        }
        headers
    }
}

/// The cookies that were set as a header, and after them those that have other names.
fn cookies(header: Option<&HeaderValue>, others: &[String]) -> String {
    let name = |cookie: &str| cookie.split('=').next().unwrap_or("").trim().to_owned();
    let header = header.map_or(Cow::Borrowed(""), |header| {
        String::from_utf8_lossy(header.as_bytes())
    });
    let set = header.split(';').map(str::trim).filter(|c| !c.is_empty());
    let mut cookies: Vec<&str> = set.collect();
    let names: Vec<String> = cookies.iter().map(|cookie| name(cookie)).collect();
    let others = others.iter().map(String::as_str);
    cookies.extend(others.filter(|cookie| !names.contains(&name(cookie))));
    cookies.join("; ")
}
