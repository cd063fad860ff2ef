use std::future::{IntoFuture, ready};
use std::task::{Context, Poll, Waker};

use serde_json::{Value, json};

use super::*;
use crate::{Bytes, NoErrorBody, Page};

struct Client;

/// What stands for a typed call.
struct Typed<T>(T);

impl<T> IntoFuture for Typed<T> {
    type Output = Result<T, Error>;
    type IntoFuture = std::future::Ready<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        ready(Ok(self.0))
    }
}

impl Client {
    fn things(&self) -> &Self {
        self
    }

    fn greet(&self, name: impl Into<String>) -> Typed<String> {
        Typed(name.into())
    }

    fn image(&self) -> Typed<Bytes> {
        Typed(Bytes::from_static(b"<a>"))
    }

    fn page(&self) -> Typed<Page<u8>> {
        let meta = crate::NoMeta::default();
        Typed(Page::new(vec![1], meta, Some("2".to_owned())))
    }
}

impl<T> Typed<T> {
    /// What a builder has: this one can be anything but a page.
    fn header(self, name: &str, value: &str) -> Self {
        assert!(matches!((name, value), ("x-trace", "7") | ("Accept", _)));
        self
    }

    fn pages(self) -> crate::PageStream<u8, crate::NoMeta> {
        panic!("one page is wanted")
    }
}

impl Typed<Bytes> {
    fn png(self) -> Self {
        Self(Bytes::from_static(b"png"))
    }
}

impl Typed<String> {
    fn title(self, title: impl AsRef<str>) -> Self {
        Self(format!("{} {}", title.as_ref(), self.0))
    }

    fn body(self, body: Option<u8>) -> Self {
        Self(body.map_or(self.0.clone() + "!", |_| self.0))
    }
}

crate::operations! {
    THINGS: things, Client, NoErrorBody;
    "greet" "GET /greeting" = greet(text "name") + title(text "title") & body(value) -> same;
    "image" "GET /image" = image() -> base64;
    "greet" "GET /page" = page() -> page;
    "image.text" "GET /image" = image() -> text_of | "image/png" png(base64);
}
const OPERATIONS: &[&[Operation<Client, NoErrorBody>]] = &[&[], THINGS];

fn answer(operation: &str, arguments: Value) -> Result<Value, Error> {
    let mut answer = call(OPERATIONS, &Client, operation, arguments, false);
    match answer
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("nothing is waited for"),
    }
}

#[track_caller]
fn refused(operation: &str, arguments: Value, kind: RequestErrorKind, message: &str) {
    match answer(operation, arguments) {
        Err(Error::Request(error)) => {
            assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn arguments_become_values_and_the_answer_json() {
    let sam = |rest: Value| {
        let mut arguments = json!({ "name": "Sam" });
        let rest = rest.as_object().unwrap().clone();
        arguments.as_object_mut().unwrap().extend(rest);
        answer("greet", arguments).unwrap()
    };
    assert_eq!(sam(json!({})), "Sam");
    assert_eq!(sam(json!({ "title": "Dr" })), "Dr Sam");
    assert_eq!(sam(json!({ "title": null })), "Sam");
    assert_eq!(sam(json!({ "headers": { "x-trace": "7" } })), "Sam");
    assert_eq!(sam(json!({ "body": 1 })), "Sam");
    assert_eq!(sam(json!({ "body": null })), "Sam!", "null is a body");
    assert_eq!(answer("image", Value::Null).unwrap(), "PGE+");
    assert_eq!(answer("image.text", Value::Null).unwrap(), "<a>");
}

#[test]
fn an_operation_is_found_by_its_id_before_its_route() {
    assert_eq!(
        answer("GET /page", json!({})).unwrap(),
        json!({ "items": [1], "meta": {}, "next": "2" })
    );
    refused(
        "Greet",
        json!({}),
        RequestErrorKind::UnknownOperation,
        "there is no operation `Greet`; there is `greet`",
    );
}

#[test]
fn what_the_operation_does_not_take_is_refused() {
    refused(
        "greet",
        json!({}),
        RequestErrorKind::MissingArgument,
        "greet: argument `name` is missing",
    );
    refused(
        "greet",
        json!({ "name": "Sam", "Title": "Dr", "z": 1 }),
        RequestErrorKind::UnknownArgument,
        "greet: there is no argument `Title`: it takes `name`, `title`, `body`",
    );
    refused(
        "image",
        json!({ "body": 1 }),
        RequestErrorKind::UnknownArgument,
        "image: there is no argument `body`: it takes none",
    );
    refused(
        "image",
        json!([]),
        RequestErrorKind::InvalidArgument,
        "image: the arguments are not a JSON object",
    );
    refused(
        "greet",
        json!({ "name": 7 }),
        RequestErrorKind::InvalidArgument,
        "greet: argument `name`: expected a string, found 7",
    );
}

#[test]
fn another_media_type_is_asked_for_by_its_name() {
    let of = |accept: &str| json!({ "headers": { "Accept": accept } });
    assert_eq!(answer("image.text", of("image/png")).unwrap(), "cG5n");
    assert_eq!(answer("image.text", of("image/svg+xml")).unwrap(), "<a>");
}

#[test]
fn a_multipart_body_is_an_object_of_parts() {
    let read = |value: Value| {
        let (_, body) = form(&value)?.encode()?;
        Ok::<_, String>(text_of(body.as_bytes().cloned().unwrap()))
    };
    let body = read(json!({
        "title": "Holiday",
        "tags": ["a", { "n": 1 }],
        "photo": { "base64": "/9g=", "fileName": "a.jpg", "contentType": "image/jpeg" },
    }));
    let body = body.unwrap();
    for part in [
        "name=\"title\"\r\n\r\nHoliday\r\n",
        "name=\"tags\"\r\n\r\na\r\n",
        "name=\"tags\"\r\nContent-Type: application/json\r\n\r\n{\"n\":1}\r\n",
        "name=\"photo\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n",
    ] {
        assert!(body.contains(part), "{part}\n{body}");
    }
    let error = read(json!({ "photo": { "base64": "?" } })).unwrap_err();
    assert_eq!(error, "photo: `base64` is not base64");
}
