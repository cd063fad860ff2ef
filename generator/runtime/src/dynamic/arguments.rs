//! The arguments of a call by name.

use std::collections::BTreeMap;
use std::future::IntoFuture;

use serde::Serialize;
use serde_json::{Map, Value};

use super::Answer;
use super::forms::Read;
use crate::{
    Error, ErrorBody, EventStream, Model, Page, PageStream, RequestError, RequestErrorKind,
};

/// An answer as JSON.
fn json<T: Serialize, E>(answer: &T) -> Result<Value, Error<E>> {
    serde_json::to_value(answer).map_err(|error| {
        let message = format!("the answer cannot be written as JSON: {error}");
        RequestError::new(RequestErrorKind::InvalidArgument, message).into()
    })
}

/// What the body is called among the arguments.
const BODY: &str = "body";

/// What the headers of one call are called, those that are no parameters.
const HEADERS: &str = "headers";

/// How often a stream is taken up again.
const RESUME: &str = "resume";

/// The arguments of a call: a JSON object with a key for each parameter, `body` and `headers`.
#[derive(Debug)]
pub struct Arguments {
    operation: &'static str,
    given: Map<String, Value>,
    /// What was asked for: what the operation takes.
    known: Vec<&'static str>,
    /// The media type that is asked for, where it was given.
    accept: Option<String>,
    /// Whether a list is read to its end.
    all: bool,
}

impl Arguments {
    /// Null is as if it were an object with nothing in it.
    pub(super) fn new(
        operation: &'static str,
        given: Value,
        all: bool,
    ) -> Result<Self, RequestError> {
        let given = match given {
            Value::Object(given) => given,
            Value::Null => Map::new(),
            _ => {
                let message = format!("{operation}: the arguments are not a JSON object");
                return Err(RequestError::new(
                    RequestErrorKind::InvalidArgument,
                    message,
                ));
            }
        };
        Ok(Self {
            operation,
            given,
            known: Vec::new(),
            accept: None,
            all,
        })
    }

    /// An argument that the operation cannot do without. `read` is one of this module's functions.
    ///
    /// # Errors
    /// It is missing, or not what the operation takes.
    pub fn take<T>(&mut self, name: &'static str, read: Read<T>) -> Result<T, RequestError> {
        match self.remove(name) {
            Some(value) => self.read(name, &value, read),
            None => Err(self.error(
                RequestErrorKind::MissingArgument,
                format!("argument `{name}` is missing"),
            )),
        }
    }

    /// Gives an argument that may be left out to its setter. Null is as if it were left out.
    ///
    /// # Errors
    /// It is not what the operation takes.
    pub fn set<T, B>(
        &mut self,
        name: &'static str,
        read: Read<T>,
        call: B,
        setter: impl FnOnce(B, T) -> B,
    ) -> Result<B, RequestError> {
        match self.remove(name) {
            Some(Value::Null) | None => Ok(call),
            Some(value) => Ok(setter(call, self.read(name, &value, read)?)),
        }
    }

    /// The same for the body, in which null is a value.
    ///
    /// # Errors
    /// It is not what the operation takes.
    pub fn set_body<T, B>(
        &mut self,
        read: Read<T>,
        call: B,
        setter: impl FnOnce(B, T) -> B,
    ) -> Result<B, RequestError> {
        match self.remove(BODY) {
            Some(value) => Ok(setter(call, self.read(BODY, &value, read)?)),
            None => Ok(call),
        }
    }

    /// Gives the headers of this call alone to their setter: an object with a text for each.
    ///
    /// # Errors
    /// It is something else.
    pub fn headers<B>(
        &mut self,
        mut call: B,
        setter: fn(B, &str, &str) -> B,
    ) -> Result<B, RequestError> {
        if let Some(value) = self.given.remove(HEADERS) {
            let headers: BTreeMap<String, String> = self.read(HEADERS, &value, super::value)?;
            for (name, value) in headers {
                call = setter(call, &name, &value);
                self.note(&name, &value);
            }
        }
        Ok(call)
    }

    /// Whether a media type is what the header `Accept` names.
    #[must_use]
    pub fn asks_for(&self, media_type: &str) -> bool {
        self.accept.as_deref() == Some(media_type)
    }

    /// Sends a call. `form` says how its answer is written as JSON: one of this module's functions.
    ///
    /// # Errors
    /// There are arguments that the operation does not take.
    pub fn send<C, T, U, E>(self, call: C, form: fn(T) -> U) -> Result<Answer<E>, RequestError>
    where
        C: IntoFuture<Output = Result<T, Error<E>>>,
        C::IntoFuture: Send + 'static,
        T: Send + 'static,
        U: Serialize + 'static,
        E: Send,
    {
        self.end()?;
        let sending = call.into_future();
        Ok(Box::pin(async move { json(&form(sending.await?)) }))
    }

    /// The same for a list, of which one page is read or all, as the caller wants.
    ///
    /// # Errors
    /// There are arguments that the operation does not take.
    pub fn send_page<C, T, M, E>(
        self,
        call: C,
        pages: fn(C) -> PageStream<T, M, E>,
    ) -> Result<Answer<E>, RequestError>
    where
        C: IntoFuture<Output = Result<Page<T, M>, Error<E>>>,
        C::IntoFuture: Send + 'static,
        T: Model + Serialize,
        M: Model + Serialize,
        E: ErrorBody,
    {
        if !self.all {
            return self.send(call, super::same);
        }
        self.end()?;
        let mut pages = pages(call);
        Ok(Box::pin(async move {
            let mut whole: Option<Page<T, M>> = None;
            while let Some(page) = pages.try_next().await? {
                match &mut whole {
                    Some(whole) => {
                        whole.items.extend(page.items);
                        (whole.meta, whole.next) = (page.meta, page.next);
                    }
                    None => whole = Some(page),
                }
            }
            json(&whole)
        }))
    }

    /// The same for a stream of items, which is read to its end: as a list.
    ///
    /// # Errors
    /// There are arguments that the operation does not take.
    pub fn send_items<C, T, E>(mut self, call: C) -> Result<Answer<E>, RequestError>
    where
        C: IntoFuture<Output = Result<EventStream<T, E>, Error<E>>>,
        C::IntoFuture: Send + 'static,
        T: Model + Serialize,
        E: ErrorBody,
    {
        let resumes = match self.remove(RESUME) {
            Some(value) => self.read(RESUME, &value, super::value::<usize>)?,
            None => 0,
        };
        self.end()?;
        let sending = call.into_future();
        Ok(Box::pin(async move {
            let items = sending.await?.resume(resumes);
            json(&items.into_vec().await?)
        }))
    }

    fn remove(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        let value = self.given.remove(name);
        if let Some(Value::String(text)) = &value {
            self.note(name.trim_start_matches("header."), text);
        }
        value
    }

    fn note(&mut self, name: &str, value: &str) {
        if name.eq_ignore_ascii_case("accept") {
            self.accept = Some(value.to_owned());
        }
    }

    fn read<T>(&self, name: &str, value: &Value, read: Read<T>) -> Result<T, RequestError> {
        read(value).map_err(|reason| {
            let message = format!("argument `{name}`: {reason}");
            self.error(RequestErrorKind::InvalidArgument, message)
        })
    }

    /// What is left was not asked for.
    fn end(&self) -> Result<(), RequestError> {
        let Some(unknown) = self.given.keys().min() else {
            return Ok(());
        };
        let known: Vec<String> = self.known.iter().map(|name| format!("`{name}`")).collect();
        let takes = match known.as_slice() {
            [] => "it takes none".to_owned(),
            known => format!("it takes {}", known.join(", ")),
        };
        let message = format!("there is no argument `{}`: {takes}", unknown.escape_debug());
        Err(self.error(RequestErrorKind::UnknownArgument, message))
    }

    fn error(&self, kind: RequestErrorKind, message: String) -> RequestError {
        RequestError::new(kind, format!("{}: {message}", self.operation))
    }
}
