//! What the calls of all APIs share: how they are made, and what their answers are compared with.

mod by_name;
pub(crate) mod mock;
pub(crate) mod recorded;
pub(crate) mod stand_in;
mod streamed;
mod table;

use specwright_runtime as rt;

use rt::serde::{Serialize, de::DeserializeOwned};
use rt::serde_json::{self, Value};
use rt::{Body, BoxFuture, Bytes, Page, SendOptions, Transport, TransportError, http};
use std::pin::Pin;
use std::sync::Arc;

/// Any failure.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A call on its way.
pub(crate) type Sending = Pin<Box<dyn Future<Output = Result<Answer, Failure>>>>;

/// The calls of an API.
pub(crate) struct Suite<C: 'static> {
    /// Its name, and that of its cases.
    pub(crate) api: &'static str,
    /// Makes a client of the server at a URL.
    pub(crate) client: fn(&str, Wire) -> Result<C, Failure>,
    /// A call for each case.
    pub(crate) calls: &'static [Call<C>],
    /// A call for each case with null for all that may be null.
    pub(crate) nulls: &'static [Call<C>],
    /// Whether a case without a call is a failure, and not only said.
    pub(crate) strict: bool,
    /// Cases without a call, and why.
    pub(crate) left_out: &'static [&'static str],
    /// Headers of idempotency keys, which a call makes up when it is not given one.
    pub(crate) keys: &'static [&'static str],
    /// Makes a call by the action's method and path template, where the crate can.
    pub(crate) by_name: Option<ByName<C>>,
}

/// Makes a call by name: JSON in, JSON out.
pub(crate) type ByName<C> = fn(&C, &str, Value) -> BoxFuture<'static, Result<Value, Failure>>;

/// A case as a call.
pub(crate) struct Call<C> {
    /// Method and path template.
    pub(crate) action: &'static str,
    /// Whether everything is given, and not only what is required.
    pub(crate) all: bool,
    /// The module of its resource.
    pub(crate) resource: &'static str,
    /// What it does: `find_many`, `create_one`, .., or `custom`.
    pub(crate) kind: &'static str,
    /// The keys from the answer's body to its data.
    pub(crate) opens: &'static [&'static str],
    /// Makes the call.
    pub(crate) send: fn(C, Path) -> Sending,
}

/// What stands in the path, where it is not what the case says: parameters and their values.
#[derive(Default)]
pub(crate) struct Path(Vec<(String, String)>);

impl Path {
    /// A value for the last parameter of a path template.
    fn ending(action: &str, value: &str) -> Self {
        let last = Self::parameters(action).next_back();
        Self(
            last.map(|name| (name.to_owned(), value.to_owned()))
                .into_iter()
                .collect(),
        )
    }

    /// The names of a path template's parameters.
    fn parameters(action: &str) -> impl DoubleEndedIterator<Item = &str> {
        let parts = action.split('{').skip(1).collect::<Vec<_>>();
        parts
            .into_iter()
            .filter_map(|part| Some(part.split_once('}')?.0))
    }

    /// The value of a parameter.
    pub(crate) fn or(&self, name: &str, case: &str) -> String {
        let known = self.0.iter().find(|(known, _)| known == name);
        known.map_or(case, |(_, value)| value).to_owned()
    }
}

/// What a call came to.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// What was decoded, as JSON again; `None` where nothing was.
    data: Option<Value>,
    /// The same of what stands beside the items of a page.
    beside: Option<Value>,
    /// What each field of a record has, by its name on the wire.
    fields: Vec<Field>,
}

/// A field's name on the wire and its value, null for one that is not there.
pub(crate) type Field = (&'static str, Value);

/// An answer without a body.
pub(crate) fn nothing((): ()) -> Result<Answer, Failure> {
    Ok(Answer::default())
}

/// What was decoded.
pub(crate) fn data<T: Serialize>(data: &T) -> Result<Answer, Failure> {
    Ok(Answer {
        data: Some(serde_json::to_value(data)?),
        ..Answer::default()
    })
}

/// A record that was decoded, field by field.
pub(crate) fn record<T: Serialize>(
    record: &T,
    fields: fn(&T) -> Result<Vec<Field>, Failure>,
) -> Result<Answer, Failure> {
    Ok(Answer {
        fields: fields(record)?,
        ..data(record)?
    })
}

/// A field of a record.
pub(crate) fn field<T: Serialize>(name: &'static str, value: &T) -> Result<Field, Failure> {
    Ok((name, serde_json::to_value(value)?))
}

/// A page that was decoded.
pub(crate) fn page<T: Serialize, M: Serialize>(page: &Page<T, M>) -> Result<Answer, Failure> {
    let beside = Some(serde_json::to_value(&page.meta)?);
    Ok(Answer {
        beside,
        ..data(&page.items)?
    })
}

/// The items of a stream that were decoded.
pub(crate) fn items<T: Serialize>(items: &[T]) -> Result<Answer, Failure> {
    data(&items)
}

/// A text.
pub(crate) fn text(text: &str) -> Result<Answer, Failure> {
    data(&text)
}

/// Bytes, which are text here.
pub(crate) fn bytes(bytes: &Bytes) -> Result<Answer, Failure> {
    data(&std::str::from_utf8(bytes)?)
}

/// A value that is best written as JSON.
#[allow(dead_code, reason = "few values are")]
pub(crate) fn json<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    Ok(serde_json::from_str(text)?)
}

/// A transport, whichever it is.
#[derive(Clone)]
pub(crate) struct Wire(Arc<dyn Transport>);

impl Wire {
    fn new(transport: impl Transport) -> Self {
        Self(Arc::new(transport))
    }
}

impl Transport for Wire {
    fn send(
        &self,
        request: http::Request<Body>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.send(request, options)
    }
}

#[allow(clippy::print_stdout, reason = "a test says what it did")]
fn say(text: std::fmt::Arguments<'_>) {
    println!("{text}");
}

/// The test fails with everything that went wrong.
fn settle(failures: &[String]) -> Result<(), Failure> {
    if failures.is_empty() {
        return Ok(());
    }
    Err(format!("{} failed:\n{}", failures.len(), failures.join("\n")).into())
}
