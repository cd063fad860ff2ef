//! Everything a call has been given, kept until it is sent.

mod paging;
mod request;

use std::fmt;
use std::time::Duration;

use ::url::Url;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::body::form;
use super::payload::Payload;
use super::style::{self, Reason, Style};
use super::{FormField, Multipart, PartEncoding, header, is_credential, json, multipart};
use crate::response::{Position, Wanted};
use crate::{Body, Client, Operation, RequestError, RequestErrorKind, RetryPolicy, Slot};

/// Where a parameter goes, and how it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    Path {
        style: Style,
        explode: bool,
    },
    Query {
        style: Style,
        explode: bool,
        reserved: bool,
    },
    Header {
        explode: bool,
    },
    Cookie {
        explode: bool,
    },
}

/// A request that is being put together. The first problem is kept until it is sent, so that
/// setters need not return a `Result`.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    path: Vec<(&'static str, String)>,
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    cookies: Vec<(&'static str, String)>,
    body: Option<(HeaderValue, Payload)>,
    accept: &'static str,
    pub(crate) wanted: Wanted,
    /// `None`: as the client says.
    timeout: Option<Option<Duration>>,
    attempt_timeout: Option<Option<Duration>>,
    retry: Option<RetryPolicy>,
    /// The next page's URL, in place of path and query.
    url: Option<Url>,
    position: Position,
    problem: Option<RequestError>,
}

impl Draft {
    pub(crate) fn new(client: &Client, operation: &'static Operation) -> Self {
        let mut draft = Self {
            client: client.clone(),
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: None,
            accept: "*/*",
            wanted: Wanted::Whole,
            timeout: None,
            attempt_timeout: None,
            retry: None,
            url: None,
            position: Position::default(),
            problem: None,
        };
        // What the call says later replaces it.
        for (parameter, value) in client.shared(operation) {
            draft.store(parameter.place(), parameter.name, Ok(value.clone()));
        }
        draft
    }

    pub(crate) const fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.timeout = Some(timeout);
    }

    /// How long the call may take in all.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.timeout.unwrap_or(self.client.timeout())
    }

    /// Whether the body of the response may take as long as it does: that of a stream of items, where
    /// no time was said for this call.
    pub(crate) fn has_no_end(&self) -> bool {
        self.wanted == Wanted::Items && self.timeout.is_none()
    }

    pub(crate) const fn set_attempt_timeout(&mut self, timeout: Option<Duration>) {
        self.attempt_timeout = Some(timeout);
    }

    /// How long each of its attempts may take.
    pub(crate) fn attempt_timeout(&self) -> Option<Duration> {
        let client = self.client.delivery().attempt_timeout;
        self.attempt_timeout.unwrap_or(client)
    }

    pub(crate) const fn set_retry(&mut self, retry: RetryPolicy) {
        self.retry = Some(retry);
    }

    pub(crate) fn retry(&self) -> RetryPolicy {
        self.retry.unwrap_or(self.client.delivery().retry)
    }

    pub(crate) fn set_idempotency_key(&mut self, key: &str) {
        match self.operation.idempotency_key {
            Some(header) => self.set_header(header, Style::Simple, false, key),
            None => self.fail(RequestError::new(
                RequestErrorKind::Parameter,
                "the operation takes no idempotency key",
            )),
        }
    }

    /// What the `Accept` header says where the operation does not.
    /// The media type that is asked for.
    pub(crate) const fn accept(&self) -> &'static str {
        self.accept
    }

    pub(crate) const fn set_accept(&mut self, accept: &'static str) {
        self.accept = accept;
    }

    pub(crate) fn set_body(
        &mut self,
        content_type: &str,
        body: Result<impl Into<Body>, impl fmt::Display>,
    ) {
        let content_type = HeaderValue::from_str(content_type)
            .map_err(|_| "the content type has characters that no header can carry".to_owned());
        let body = body.map_err(|error| error.to_string());
        match content_type.and_then(|kind| Ok((kind, Payload::new(body?.into())))) {
            Ok(body) => self.body = Some(body),
            Err(reason) => self.fail(RequestError::new(
                RequestErrorKind::Body,
                format!("the body cannot be written: {reason}"),
            )),
        }
    }

    pub(crate) fn set_form<T: Serialize + ?Sized>(&mut self, body: &T, fields: &[FormField]) {
        let form = style::value_of(body).and_then(|value| form(&value, fields));
        self.set_body("application/x-www-form-urlencoded", form);
    }

    pub(crate) fn set_multipart(&mut self, body: Multipart) {
        match body.encode() {
            Ok((content_type, body)) => self.set_body(&content_type, Ok::<_, &str>(body)),
            Err(reason) => self.set_body("multipart/form-data", Err::<Body, _>(reason)),
        }
    }

    pub(crate) fn set_parts<T: Serialize + ?Sized>(
        &mut self,
        media_type: &'static str,
        body: &T,
        encodings: &[PartEncoding],
    ) {
        match multipart(media_type, body, encodings) {
            Ok(body) => self.set_multipart(body),
            Err(reason) => self.set_body(media_type, Err::<Body, _>(reason)),
        }
    }

    pub(crate) fn set<T: Serialize + ?Sized>(
        &mut self,
        place: Place,
        name: &'static str,
        value: &T,
    ) {
        self.store(place, name, style::value_of(value));
    }

    /// Sets a parameter whose value is a JSON document (`content: application/json`).
    pub(crate) fn set_json<T: Serialize + ?Sized>(
        &mut self,
        place: Place,
        name: &'static str,
        value: &T,
    ) {
        let json = json::to_string(value).map_err(|error| error.to_string());
        self.store(place, name, json.map(Value::String));
    }

    pub(crate) fn set_header<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &T,
    ) {
        let value = style::value_of(value);
        let done = value.and_then(|value| self.store_header(name, style, explode, &value));
        self.settle(name, done);
    }

    fn store(&mut self, place: Place, name: &'static str, value: Result<Value, Reason>) {
        let done = value.and_then(|value| match place {
            Place::Path { style, explode } => self.store_path(name, style, explode, &value),
            Place::Query {
                style,
                explode,
                reserved,
            } => {
                let pairs = style::query(name, style, explode, reserved, &value)?;
                let (slot, paging) = (Some(Slot::Query(name)), self.operation.paging);
                if paging.is_some_and(|paging| paging.slot() == slot) {
                    self.position.parameter = style::scalar(&value);
                }
                if paging.is_some_and(|paging| paging.back.map(|(back, _)| back) == slot) {
                    self.position.backwards = style::scalar(&value).is_some();
                }
                replace(&mut self.query, name, pairs);
                Ok(())
            }
            Place::Header { explode } => self.store_header(name, Style::Simple, explode, &value),
            Place::Cookie { explode } => {
                replace(
                    &mut self.cookies,
                    name,
                    style::cookie(name, explode, &value)?,
                );
                Ok(())
            }
        });
        self.settle(name, done);
    }

    fn store_path(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &Value,
    ) -> Result<(), Reason> {
        let text = style::path(name, style, explode, value)?;
        if text.is_empty() || text == "." && style == Style::Label {
            return Err("an empty value would reach another resource".to_owned());
        }
        replace(&mut self.path, name, text);
        Ok(())
    }

    fn store_header(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &Value,
    ) -> Result<(), Reason> {
        if let Some(text) = style::header(style, explode, value)? {
            let (name, mut value) = header(name, &text)?;
            value.set_sensitive(self.is_secret(&name));
            self.headers.insert(name, value);
        } else if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            self.headers.remove(name);
        }
        Ok(())
    }

    /// Whether a header must not be shown: a credential, or a key with which somebody else could
    /// ask what became of the call.
    fn is_secret(&self, name: &HeaderName) -> bool {
        let key = self.operation.idempotency_key;
        is_credential(name)
            || self.client.api().has_credential(name)
            || key.is_some_and(|key| name.as_str().eq_ignore_ascii_case(key))
    }

    fn settle(&mut self, name: &str, done: Result<(), Reason>) {
        if let Err(reason) = done {
            self.fail(RequestError::parameter(name, reason));
        }
    }

    fn fail(&mut self, error: RequestError) {
        self.problem.get_or_insert(error);
    }
}

/// Shows the names of parameters and not their values, which may be secret.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |list: &[(&'static str, String)]| -> Vec<&'static str> {
            list.iter().map(|(name, _)| *name).collect()
        };
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("path", &names(&self.path))
            .field("query", &names(&self.query))
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("cookies", &names(&self.cookies))
            .field("body", &self.body)
            .field("timeout", &self.timeout)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

/// Sets a value in place of an earlier one of the same name.
fn replace(list: &mut Vec<(&'static str, String)>, name: &'static str, text: String) {
    match list.iter_mut().find(|(known, _)| *known == name) {
        Some((_, before)) => *before = text,
        None => list.push((name, text)),
    }
}
