//! Which credentials are sent, and where.

use specwright_runtime as rt;

use crate::server::{Sent, Server};

static API: rt::Api = rt::Api::new("x", "x")
    .base_url("https://api.example")
    .schemes(&[
        rt::Scheme::bearer("bearer"),
        rt::Scheme::basic("basic"),
        rt::Scheme::http("token", "Token"),
        rt::Scheme::api_key_header("header", "X-Key"),
        rt::Scheme::api_key_query("query", "api key"),
        rt::Scheme::api_key_cookie("cookie", "sid"),
        rt::Scheme::mutual_tls("tls"),
    ])
    .security(&[&["bearer"]]);

type Call = rt::Call<(), rt::NoErrorBody>;

/// What an operation with this security sends, for a client with these credentials.
async fn try_send(
    operation: &'static rt::Operation,
    credentials: &[&'static str],
    change: fn(Call) -> Call,
) -> Result<Sent, rt::Error> {
    let server = Server::new([(401, r#"{"message":"bad key s3cr3t-key"}"#)]);
    let mut builder = rt::ClientBuilder::default().transport(server.transport());
    for key in credentials {
        builder = match *key {
            "basic" => builder.basic_auth(key, "ann", "pass:word"),
            key => builder.credential(key, "s3cr3t-key"),
        };
    }
    let core = builder.build(&API).unwrap();
    let sent = change(Call::new(&core, operation)).send_empty().await;
    match sent {
        Err(rt::Error::Api(_)) => Ok(server.only()),
        Err(error) => {
            assert!(server.sent().is_empty(), "nothing is sent when it fails");
            Err(error)
        }
        Ok(()) => unreachable!("the server says 401"),
    }
}

async fn send(operation: &'static rt::Operation, credentials: &[&'static str]) -> Sent {
    try_send(operation, credentials, |call| call).await.unwrap()
}

macro_rules! secured {
    ($($alternative:expr),*) => {{
        const OPERATION: rt::Operation =
            rt::Operation::get("x", "/x").security(&[$($alternative),*]);
        &OPERATION
    }};
}

#[tokio::test]
async fn each_scheme_puts_its_credential_where_it_belongs() {
    let sent = send(secured!(&["bearer"]), &["bearer"]).await;
    assert_eq!(sent.header("authorization"), Some("Bearer s3cr3t-key"));
    let sent = send(secured!(&["basic"]), &["basic"]).await;
    assert_eq!(
        sent.header("authorization"),
        Some("Basic YW5uOnBhc3M6d29yZA==")
    );
    let sent = send(secured!(&["token"]), &["token"]).await;
    assert_eq!(sent.header("authorization"), Some("Token s3cr3t-key"));
    let sent = send(secured!(&["header"]), &["header"]).await;
    assert_eq!(sent.header("x-key"), Some("s3cr3t-key"));
    let sent = send(secured!(&["query"]), &["query"]).await;
    assert_eq!(sent.url, "https://api.example/x?api%20key=s3cr3t-key");
    let sent = send(secured!(&["cookie"]), &["cookie"]).await;
    assert_eq!(sent.header("cookie"), Some("sid=s3cr3t-key"));
    let sent = send(secured!(&["tls"]), &[]).await;
    assert!(!sent.headers.contains_key("authorization"));
}

#[tokio::test]
async fn credentials_are_marked_as_sensitive() {
    let operation = secured!(&["bearer", "header", "cookie"]);
    let sent = send(operation, &["bearer", "header", "cookie"]).await;
    let shown = format!("{:?}", sent.headers);
    assert!(!shown.contains("s3cr3t"), "{shown}");
}

#[tokio::test]
async fn the_first_complete_alternative_is_sent() {
    let operation = secured!(&["bearer", "header"], &["cookie"], &["token"]);
    let sent = send(operation, &["bearer", "token", "cookie"]).await;
    assert_eq!(sent.header("cookie"), Some("sid=s3cr3t-key"));
    assert_eq!(
        (sent.header("authorization"), sent.header("x-key")),
        (None, None)
    );
    let sent = send(operation, &["bearer", "header", "cookie"]).await;
    assert_eq!(sent.header("authorization"), Some("Bearer s3cr3t-key"));
    assert_eq!(
        (sent.header("x-key"), sent.header("cookie")),
        (Some("s3cr3t-key"), None)
    );
}

#[tokio::test]
async fn what_an_operation_does_not_ask_for_is_not_sent() {
    let all = ["bearer", "basic", "header", "query", "cookie"];
    let sent = send(secured!(), &all).await;
    assert_eq!(sent.url, "https://api.example/x");
    for name in ["authorization", "x-key", "cookie"] {
        assert_eq!(sent.header(name), None);
    }
    const DEFAULT: rt::Operation = rt::Operation::get("x", "/x");
    let sent = send(&DEFAULT, &all).await;
    assert_eq!(
        sent.header("authorization"),
        Some("Bearer s3cr3t-key"),
        "the API's default"
    );
}

#[tokio::test]
async fn an_optional_credential_is_sent_when_there_is_one() {
    let operation = secured!(&[], &["bearer"]);
    assert_eq!(send(operation, &[]).await.header("authorization"), None);
    let sent = send(operation, &["bearer"]).await;
    assert_eq!(sent.header("authorization"), Some("Bearer s3cr3t-key"));
}

#[tokio::test]
async fn a_missing_credential_is_named_and_nothing_is_sent() {
    let operation = secured!(&["bearer", "header"], &["cookie"]);
    let error = try_send(operation, &["bearer"], |call| call)
        .await
        .unwrap_err();
    let rt::Error::Request(request) = &error else {
        panic!("{error}")
    };
    assert_eq!(request.kind(), rt::RequestErrorKind::Credential);
    assert_eq!(
        error.to_string(),
        "GET /x: no credential for `header` or `cookie`: give one to the client's builder"
    );
}

#[tokio::test]
async fn a_header_of_the_callers_own_stands_for_a_credential() {
    let own = |call: Call| call.header("Authorization", "Bearer mine");
    let sent = try_send(secured!(&["bearer"]), &[], own).await.unwrap();
    assert_eq!(sent.header("authorization"), Some("Bearer mine"));
}

#[tokio::test]
async fn a_header_of_the_calls_own_is_before_the_credential() {
    let own = |call: Call| call.header("Authorization", "Bearer mine");
    let sent = try_send(secured!(&["bearer"]), &["bearer"], own).await;
    assert_eq!(sent.unwrap().header("authorization"), Some("Bearer mine"));
    let own = |call: Call| call.header("x-key", "mine");
    let sent = try_send(secured!(&["header"]), &["header"], own).await;
    assert_eq!(sent.unwrap().header("x-key"), Some("mine"));
    // Cookies are many: those of other names stay.
    for (own, expected) in [
        ("theme=dark", "theme=dark; sid=s3cr3t-key"),
        ("theme=dark; sid=mine", "theme=dark; sid=mine"),
    ] {
        let server = Server::new([(401, "")]);
        let builder = rt::ClientBuilder::default().transport(server.transport());
        let core = builder
            .credential("cookie", "s3cr3t-key")
            .build(&API)
            .unwrap();
        let call = Call::new(&core, secured!(&["cookie"])).header("Cookie", own);
        call.send_empty().await.unwrap_err();
        assert_eq!(server.only().header("cookie"), Some(expected));
    }
}

#[tokio::test]
async fn a_credential_in_a_header_of_the_callers_is_not_shown() {
    const KEYED: rt::Operation = rt::Operation::post("x", "/x").idempotency_key("Idempotency-Key");
    let names = [
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "X-Key",
        "X-Other",
    ];
    let server = Server::new([(401, ""), (401, ""), (401, "")]);
    let mut builder = rt::ClientBuilder::default().transport(server.transport());
    for name in names {
        builder = builder.header(name, "hunter2");
    }
    assert!(!format!("{builder:?}").contains("hunter2"), "{builder:?}");
    let core = builder.build(&API).unwrap();
    Call::new(&core, &KEYED).send_empty().await.unwrap_err();
    let bare = rt::ClientBuilder::default().transport(server.transport());
    let bare = bare.build(&API).unwrap();
    let mut call = Call::new(&bare, &KEYED).idempotency_key("hunter2");
    for name in names {
        call = call.header(name, "hunter2");
    }
    call.send_empty().await.unwrap_err();
    for (sent, keys) in server.sent().iter().zip([0, 1]) {
        let headers = sent.headers.iter();
        let shown: Vec<_> = headers
            .filter(|(_, value)| *value == "hunter2" && !value.is_sensitive())
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(shown, ["x-other"], "what is no credential is shown");
        assert!(sent.headers["idempotency-key"].is_sensitive());
        let secret = sent.headers.values().filter(|value| *value == "hunter2");
        assert_eq!(secret.count(), 5 + keys);
    }
}

#[tokio::test]
async fn a_server_that_quotes_a_secret_in_another_form_does_not_show_it() {
    let message =
        r#"{"message":"no a%2Fb%20cdef, dXNlcjpwYXNzd29yZA==, password, k3y-k3y, t0ken0"}"#;
    let server = Server::default();
    server.add(
        401,
        &[("link", "</?key=a%2Fb%20cdef>"), ("x-a", "password")],
        message,
    );
    let builder = rt::ClientBuilder::default().transport(server.transport());
    let core = builder
        .credential("query", "a/b cdef")
        .basic_auth("basic", "user", "password")
        .secret_header("X-Mine", "k3y-k3y")
        .header("Proxy-Authorization", "Bearer t0ken0")
        .build(&API)
        .unwrap();
    let call = Call::new(&core, secured!(&["query"]));
    let error = call.send_empty().await.unwrap_err();
    let said = error.to_string();
    let five = ["[redacted]"; 5].join(", ");
    assert!(said.ends_with(&format!("no {five}")), "{said}");
    let shown = format!("{error:?}");
    assert!(
        !shown.contains("password") && !shown.contains("cdef"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_credential_that_no_header_can_carry_is_refused_without_showing_it() {
    let core = rt::ClientBuilder::default()
        .credential("bearer", "s3cr3t\n")
        .transport(Server::default().transport())
        .build(&API)
        .unwrap();
    let error = Call::new(&core, secured!(&["bearer"]))
        .send_empty()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("`bearer`"), "{error}");
    assert!(
        !format!("{error} {error:?}").contains("s3cr3t"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_server_that_quotes_a_credential_does_not_get_it_into_the_message() {
    let server = Server::new([(401, r#"{"message":"bad key s3cr3t-key"}"#)]);
    let core = rt::ClientBuilder::default()
        .credential("bearer", "s3cr3t-key")
        .transport(server.transport())
        .build(&API)
        .unwrap();
    let error = Call::new(&core, secured!(&["bearer"]))
        .send_empty()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /x: 401 Unauthorized: bad key [redacted]"
    );
    assert!(!format!("{error:?}").contains("s3cr3t"), "{error:?}");
}

#[tokio::test]
async fn a_next_page_that_repeats_the_credential_has_it_once() {
    const LIST: rt::Operation = rt::Operation::get("l", "/l")
        .security(&[&["query"]])
        .pages(rt::Paging::link());
    let server = Server::default();
    let next = "<https://api.example/l?api+key=s3cr3t-key&page=2>; rel=next";
    server.add(200, &[("link", next)], "[1]");
    server.add(200, &[], "[2]");
    let builder = rt::ClientBuilder::default().transport(server.transport());
    let core = builder
        .credential("query", "s3cr3t-key")
        .build(&API)
        .unwrap();
    let list = rt::Call::<rt::Page<i64>, rt::NoErrorBody>::new(&core, &LIST);
    let mut pages = list.pages();
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!(first.next.as_deref(), Some("https://api.example/l?page=2"));
    pages.try_next().await.unwrap();
    let expected = "https://api.example/l?page=2&api%20key=s3cr3t-key";
    assert_eq!(server.sent()[1].url, expected);
}

#[test]
fn a_page_does_not_show_what_a_server_may_have_put_into_its_next() {
    for (next, expected) in [
        ("https://h/l?token=hunter2", "https://h/l?[redacted]"),
        ("?token=hunter2", "?[redacted]"),
        ("https://me:hunter2@h/l", "[redacted]"),
        ("c=7", "c=7"),
    ] {
        let page = rt::Page::new(vec![1], 2, Some(next.to_owned()));
        let shown = format!("{page:?}");
        let expected = format!("Page {{ items: [1], meta: 2, next: Some({expected:?}) }}");
        assert_eq!(shown, expected);
    }
}

/// A request has one `Authorization`: two schemes for it are two names of one credential.
#[tokio::test]
async fn of_two_schemes_for_one_header_one_is_enough_and_the_first_is_sent() {
    let operation = secured!(&["basic", "bearer", "header"]);
    let sent = send(operation, &["bearer", "header"]).await;
    assert_eq!(sent.header("authorization"), Some("Bearer s3cr3t-key"));
    let sent = send(operation, &["bearer", "basic", "header"]).await;
    let basic = Some("Basic YW5uOnBhc3M6d29yZA==");
    assert_eq!(sent.header("authorization"), basic);
    assert_eq!(sent.header("x-key"), Some("s3cr3t-key"));
    let error = try_send(operation, &["header"], |call| call).await;
    let error = error.unwrap_err().to_string();
    let expected = "no credential for `basic` and `bearer`: give one";
    assert!(error.contains(expected), "{error}");
}

#[tokio::test]
async fn a_raw_value_that_begins_with_its_scheme_is_sent_as_it_is() {
    static RAW: rt::Api = rt::Api::new("x", "x")
        .base_url("https://api.example")
        .schemes(&[
            rt::Scheme::http("digest", "Digest"),
            rt::Scheme::bearer("bearer"),
        ]);
    for (key, credential, expected) in [
        ("digest", r#"username="ann""#, r#"Digest username="ann""#),
        (
            "digest",
            r#"digest username="ann", qop=auth"#,
            r#"digest username="ann", qop=auth"#,
        ),
        ("bearer", "Bearer abc", "Bearer abc"),
        ("bearer", "bearerabc", "Bearer bearerabc"),
    ] {
        let server = Server::new([(200, "")]);
        let builder = rt::ClientBuilder::default().transport(server.transport());
        let core = builder.credential(key, credential).build(&RAW).unwrap();
        let operation = match key {
            "digest" => secured!(&["digest"]),
            _ => secured!(&["bearer"]),
        };
        Call::new(&core, operation).send_empty().await.unwrap();
        assert_eq!(server.only().header("authorization"), Some(expected));
    }
}

#[tokio::test]
async fn a_user_and_a_password_are_utf_8_and_a_password_may_be_empty() {
    for (user, password, expected) in [
        (
            "jürgen",
            "pässwört:€",
            "Basic asO8cmdlbjpww6Rzc3fDtnJ0OuKCrA==",
        ),
        ("key", "", "Basic a2V5Og=="),
        ("", "token", "Basic OnRva2Vu"),
    ] {
        let server = Server::new([(200, "")]);
        let builder = rt::ClientBuilder::default().transport(server.transport());
        let core = builder
            .basic_auth("basic", user, password)
            .build(&API)
            .unwrap();
        let call = Call::new(&core, secured!(&["basic"]));
        call.send_empty().await.unwrap();
        assert_eq!(server.only().header("authorization"), Some(expected));
    }
    let builder = rt::ClientBuilder::default().basic_auth("basic", "a:b", "hunter2");
    let error = builder.build(&API).unwrap_err().to_string();
    assert!(
        error.contains("`basic`") && error.contains("colon"),
        "{error}"
    );
    assert!(!error.contains("hunter2"), "{error}");
}

#[tokio::test]
async fn a_cookie_goes_beside_those_of_the_call() {
    let server = Server::new([(200, ""), (200, ""), (200, "")]);
    let builder = rt::ClientBuilder::default().transport(server.transport());
    let core = builder.credential("cookie", "a;b c,d").build(&API).unwrap();
    let operation = secured!(&["cookie"]);
    let call = Call::new(&core, operation).cookie("theme", "dark mode");
    call.send_empty().await.unwrap();
    let call = Call::new(&core, operation).cookie("sid", "mine");
    call.send_empty().await.unwrap();
    let call = Call::new(&core, operation).cookie("sid2", "x");
    call.send_empty().await.unwrap();
    let sent = server.sent();
    let cookies: Vec<_> = sent.iter().map(|sent| sent.header("cookie")).collect();
    let expected = [
        "theme=dark%20mode; sid=a%3Bb%20c%2Cd",
        "sid=mine",
        "sid2=x; sid=a%3Bb%20c%2Cd",
    ];
    assert_eq!(cookies, expected.map(Some));
}

#[tokio::test]
async fn another_cookie_is_no_credential_and_one_of_its_name_is() {
    let operation = secured!(&["cookie"]);
    let other = |call: Call| call.header("Cookie", "theme=dark; sid2=x");
    let error = try_send(operation, &[], other).await.unwrap_err();
    assert!(error.to_string().contains("`cookie`"), "{error}");
    let own = |call: Call| call.header("Cookie", "theme=dark; sid=mine");
    let sent = try_send(operation, &[], own).await.unwrap();
    assert_eq!(sent.header("cookie"), Some("theme=dark; sid=mine"));
}

#[tokio::test]
async fn a_parameter_of_the_credentials_name_is_before_it() {
    let own = |call: Call| call.query("api key", "mine").query("page", &2);
    let expected = "https://api.example/x?api%20key=mine&page=2";
    for credentials in [&[][..], &["query"]] {
        let sent = try_send(secured!(&["query"]), credentials, own).await;
        assert_eq!(sent.unwrap().url, expected);
    }
    let server = Server::new([(200, "")]);
    let builder = rt::ClientBuilder::default().transport(server.transport());
    let core = builder.credential("query", "a&b=ü+").build(&API).unwrap();
    let call = Call::new(&core, secured!(&["query"])).query("page", &2);
    call.send_empty().await.unwrap();
    let expected = "https://api.example/x?page=2&api%20key=a%26b%3D%C3%BC%2B";
    assert_eq!(server.only().url, expected);
}
