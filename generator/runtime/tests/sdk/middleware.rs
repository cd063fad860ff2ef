//! Code of the user's around each attempt.

use std::sync::{Arc, Mutex};

use specwright_runtime as rt;
use specwright_runtime::http;

use crate::clock::ManualClock;
use crate::people::patient;
use crate::server::Server;

type Answer<'a> = rt::BoxFuture<'a, Result<http::Response<rt::Body>, rt::TransportError>>;

/// Writes down what goes past it, and adds a header each way.
#[derive(Clone, Default)]
struct Tag(&'static str, Arc<Mutex<Vec<String>>>);

impl rt::Middleware for Tag {
    fn handle<'a>(
        &'a self,
        mut request: http::Request<rt::Body>,
        next: rt::Next<'a>,
    ) -> Answer<'a> {
        let note = move |what: String| self.1.lock().unwrap().push(format!("{} {what}", self.0));
        Box::pin(async move {
            let value = http::HeaderValue::from_static(self.0);
            request.headers_mut().append("x-way", value.clone());
            note(format!("{} {}", next.operation().id, next.attempt()));
            let mut response = next.run(request).await?;
            note(response.status().to_string());
            response.headers_mut().append("x-back", value);
            Ok(response)
        })
    }
}

#[tokio::test]
async fn it_sees_and_changes_each_attempt_in_order() {
    let (server, clock) = (Server::new([(503, ""), (200, "")]), ManualClock::new());
    let log: Arc<Mutex<Vec<String>>> = Arc::default();
    let client = patient(&server, &clock)
        .middleware(Tag("outer", Arc::clone(&log)))
        .middleware(Tag("inner", Arc::clone(&log)))
        .build()
        .unwrap();
    let response = client.people().delete_one("7").send_raw().await.unwrap();
    assert_eq!(
        *log.lock().unwrap(),
        [
            "outer deleteOnePerson 1",
            "inner deleteOnePerson 1",
            "inner 503 Service Unavailable",
            "outer 503 Service Unavailable",
            "outer deleteOnePerson 2",
            "inner deleteOnePerson 2",
            "inner 200 OK",
            "outer 200 OK",
        ]
    );
    let all = |headers: &rt::HeaderMap, name| -> Vec<String> {
        let values = headers.get_all(name).into_iter();
        values.map(|v| v.to_str().unwrap().to_owned()).collect()
    };
    assert_eq!(all(&server.sent()[1].headers, "x-way"), ["outer", "inner"]);
    assert_eq!(all(response.headers(), "x-back"), ["inner", "outer"]);
}

/// Does what its function says.
struct Does(for<'a> fn(http::Request<rt::Body>, rt::Next<'a>) -> Answer<'a>);

impl rt::Middleware for Does {
    fn handle<'a>(&'a self, request: http::Request<rt::Body>, next: rt::Next<'a>) -> Answer<'a> {
        (self.0)(request, next)
    }
}

#[tokio::test]
async fn it_can_answer_itself() {
    let server = Server::default();
    let cached = Does(|_, _| {
        let body = r#"{"data":{"person":{"id":7}}}"#;
        Box::pin(async move { Ok(http::Response::new(rt::Body::from(body))) })
    });
    let client = patient(&server, &ManualClock::new()).middleware(cached);
    let person = client
        .build()
        .unwrap()
        .people()
        .find_one("7")
        .await
        .unwrap();
    assert_eq!(person.id, Some(7));
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn it_can_send_again_with_a_new_token() {
    let server = Server::new([(401, ""), (200, "")]);
    let refresh = Does(|request, next| {
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let again = body.try_clone();
            let first = http::Request::from_parts(parts.clone(), body);
            let response = next.run(first).await?;
            let (401, Some(body)) = (response.status().as_u16(), again) else {
                return Ok(response);
            };
            let token = http::HeaderValue::from_static("Bearer new");
            parts.headers.insert("authorization", token);
            next.run(http::Request::from_parts(parts, body)).await
        })
    });
    let client = patient(&server, &ManualClock::new()).middleware(refresh);
    let client = client.build().unwrap();
    client.people().delete_one("7").await.unwrap();
    let sent = server.sent();
    assert_eq!(sent[0].header("authorization"), Some("Bearer t0ken-t0ken"));
    assert_eq!(sent[1].header("authorization"), Some("Bearer new"));
}

#[tokio::test]
async fn it_can_refuse() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let refuse = Does(|_, _| {
        let kind = rt::TransportErrorKind::Middleware;
        Box::pin(async move { Err(rt::TransportError::new(kind, "the circuit is open")) })
    });
    let client = patient(&server, &clock).middleware(refuse).build().unwrap();
    let error = client.people().delete_one("7").await.unwrap_err();
    let expected = "DELETE /people/{id}: a middleware failed: the circuit is open";
    assert_eq!(error.to_string(), expected);
    assert!(server.sent().is_empty() && clock.slept().is_empty());
}

#[tokio::test]
async fn its_time_is_that_of_the_attempt() {
    let (server, clock) = (Server::default(), ManualClock::new());
    let stuck = Does(|_, _| Box::pin(std::future::pending()));
    let client = patient(&server, &clock).middleware(stuck).build().unwrap();
    let error = client.people().delete_one("7").await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

/// What `Debug` of a request and a response shows inside a middleware that logs them.
#[tokio::test]
async fn headers_with_secrets_are_marked() {
    static SHOWN: Mutex<String> = Mutex::new(String::new());
    let server = Server::default();
    server.add(200, &[("set-cookie", "session=hunter2")], "");
    let log = Does(|request, next| {
        Box::pin(async move {
            let shown = format!("{:?} {next:?}", request.headers());
            let response = next.run(request).await?;
            *SHOWN.lock().unwrap() = format!("{shown} {:?}", response.headers());
            Ok(response)
        })
    });
    let client = patient(&server, &ManualClock::new()).middleware(log);
    let client = client.bearer_token("hunter2").build().unwrap();
    client.people().delete_one("7").await.unwrap();
    let shown = SHOWN.lock().unwrap();
    assert!(shown.contains("authorization") && shown.contains("set-cookie"));
    assert!(!shown.contains("hunter2"), "{shown}");
}
