//! Errors that the server answers with, and errors without an answer.

use specwright_runtime as rt;
use specwright_runtime::http;

use crate::people::{BadRequest, Client, Error, ErrorBody, Person, client};
use crate::server::Server;

async fn api_error(status: u16, body: &str) -> rt::ApiError<ErrorBody> {
    let server = Server::default();
    server.add(status, &[("x-request-id", "r1")], body);
    match client(&server)
        .people()
        .create_one(&Person::default())
        .await
    {
        Err(Error::Api(error)) => *error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_error_has_the_servers_message_and_its_typed_body() {
    let error = api_error(400, r#"{"messages":["name must be set","id is bad"]}"#).await;
    assert_eq!(
        error.to_string(),
        "POST /people: 400 Bad Request: name must be set; id is bad"
    );
    assert_eq!(error.message(), Some("name must be set; id is bad"));
    assert_eq!(error.headers()["x-request-id"], "r1");
    assert_eq!(error.operation().id, "createOnePerson");
    let messages = vec!["name must be set".to_owned(), "id is bad".to_owned()];
    assert_eq!(
        error.into_body(),
        Some(ErrorBody::BadRequest(BadRequest { messages }))
    );
}

#[tokio::test]
async fn a_body_that_is_not_as_declared_costs_its_type_alone() {
    for (status, body, expected) in [
        (
            400,
            r#"{"message":"other shape"}"#,
            "POST /people: 400 Bad Request: other shape",
        ),
        (
            404,
            r#"{"messages":["not declared"]}"#,
            "POST /people: 404 Not Found: not declared",
        ),
        (
            502,
            "<html>Bad gateway</html>",
            "POST /people: 502 Bad Gateway",
        ),
        (599, "", "POST /people: 599 <unknown status code>"),
    ] {
        let error = api_error(status, body).await;
        assert_eq!(
            (error.body(), error.raw().as_ref()),
            (None, body.as_bytes())
        );
        assert_eq!(error.to_string(), expected);
        assert!(error.status() == status, "a status compares with a number");
    }
}

#[tokio::test]
async fn an_error_can_be_matched_by_status_and_given_on() {
    fn into_boxed(error: Error) -> Box<dyn std::error::Error + Send + Sync> {
        error.into()
    }
    let server = Server::new([(404, "")]);
    match client(&server).people().find_one("7").await {
        Err(Error::Api(e)) if e.status() == 404 => {
            assert_eq!(
                into_boxed(Error::Api(e)).to_string(),
                "GET /people/{id}: 404 Not Found"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_failed_connection_says_why() {
    for (kind, expected) in [
        (
            rt::TransportErrorKind::Connect,
            "GET /people/{id}: cannot connect: refused",
        ),
        (
            rt::TransportErrorKind::Timeout,
            "GET /people/{id}: timed out: refused",
        ),
        (
            rt::TransportErrorKind::Broken,
            "GET /people/{id}: the connection broke: refused",
        ),
    ] {
        let fail = move |_: http::Request<rt::Body>| {
            Err::<http::Response<rt::Body>, _>(rt::TransportError::new(kind, "refused"))
        };
        let builder = Client::builder()
            .base_url("https://h")
            .bearer_token("t")
            .retry(rt::RetryPolicy::none())
            .transport(fail);
        let error = builder
            .build()
            .unwrap()
            .people()
            .find_one("7")
            .await
            .unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.is_timeout(), kind == rt::TransportErrorKind::Timeout);
        assert_eq!(error.status(), None);
        // A report that writes the sources too says each thing once.
        assert!(std::error::Error::source(&error).is_none());
        let rt::Error::Transport(error) = error else {
            panic!("{error}");
        };
        assert!(std::error::Error::source(&error).is_none());
        assert_eq!(error.get_ref().to_string(), "refused");
    }
}

#[tokio::test]
async fn errors_are_told_apart_by_asking() {
    let server = Server::default();
    server.add(400, &[("request-id", "r2")], "");
    server.add(200, &[("x-amzn-requestid", "r3")], "{");
    let api = client(&server).people().find_one("7").await.unwrap_err();
    assert_eq!(
        (api.is_api(), api.is_decode(), api.request_id()),
        (true, false, Some("r2"))
    );
    let decode = client(&server).people().find_one("7").await.unwrap_err();
    assert_eq!(
        (decode.is_api(), decode.is_decode(), decode.request_id()),
        (false, true, Some("r3"))
    );
    let transport = |kind| Error::Transport(rt::TransportError::new(kind, "x"));
    let connect = transport(rt::TransportErrorKind::Connect);
    assert!(connect.is_connect() && !connect.is_timeout() && connect.request_id().is_none());
    let timeout = transport(rt::TransportErrorKind::Timeout);
    assert!(timeout.is_timeout() && !timeout.is_connect());
    let unsent = client(&server).people().find_one("").await.unwrap_err();
    assert!(unsent.is_request() && !unsent.is_api());
}

#[tokio::test]
async fn an_error_says_how_long_the_server_asks_to_wait() {
    let server = Server::default();
    server.add(429, &[("retry-after", "7")], "");
    server.add(404, &[], "");
    for expected in [Some(7), None] {
        let error = client(&server).people().find_one("7").await.unwrap_err();
        let expected = expected.map(std::time::Duration::from_secs);
        assert_eq!(error.retry_after(), expected);
    }
}

#[tokio::test]
async fn the_first_id_that_is_there_is_the_requests() {
    let server = Server::default();
    let headers = [
        ("cf-ray", "edge"),
        ("x-request-id", " "),
        ("x-github-request-id", "r4"),
    ];
    server.add(500, &headers, "");
    let error = client(&server).people().find_one("7").await.unwrap_err();
    assert_eq!(error.request_id(), Some("r4"));
}

#[tokio::test]
async fn an_error_of_the_real_transport_does_not_show_the_url() {
    static API: rt::Api = rt::Api::new("x", "x")
        .base_url("http://127.0.0.1:1")
        .schemes(&[rt::Scheme::api_key_query("key", "key")])
        .security(&[&["key"]]);
    const OPERATION: rt::Operation = rt::Operation::get("x", "/x");
    let core = rt::ClientBuilder::default()
        .credential("key", "hunter2")
        .retry(rt::RetryPolicy::none())
        .build(&API)
        .unwrap();
    let call = rt::Call::<(), rt::NoErrorBody>::new(&core, &OPERATION);
    let error = call.send_empty().await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(matches!(error, rt::Error::Transport(_)), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}
