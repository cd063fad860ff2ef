//! Access tokens of OAuth 2.0: how they are asked for, kept and renewed.

#![cfg(feature = "oauth2")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use specwright_runtime as rt;

use crate::clock::ManualClock;
use crate::server::{Sent, Server};

static API: rt::Api = rt::Api::new("x", "x-rust/1")
    .base_url("https://api.example/v1/")
    .schemes(&[
        rt::Scheme::bearer("oauth").flows(&[
            rt::Flow::client_credentials("https://id.example/token", &["read", "write"]),
            rt::Flow::authorization_code("../oauth/token", &["read"])
                .refresh_url("https://id.example/renew"),
        ]),
        rt::Scheme::bearer("oidc"),
        rt::Scheme::api_key_query("key", "key"),
    ])
    .security(&[&["oauth"]]);

pub(crate) const GET: rt::Operation = rt::Operation::get("x", "/x");
pub(crate) const POST: rt::Operation = rt::Operation::post("x", "/x");

pub(crate) type Call = rt::Call<(), rt::NoErrorBody>;

pub(crate) fn token(answer: &str) -> String {
    format!(r#"{{"access_token":"{answer}","token_type":"bearer","expires_in":100}}"#)
}

pub(crate) fn credentials() -> rt::OAuth2 {
    rt::OAuth2::client_credentials("my:app", "s3cr3t value")
}

pub(crate) struct Setup {
    pub(crate) server: Server,
    pub(crate) clock: ManualClock,
    pub(crate) client: rt::Client,
}

impl Setup {
    pub(crate) fn new(grant: rt::OAuth2) -> Self {
        Self::with(|builder| builder.oauth2("oauth", grant))
    }

    pub(crate) fn with(change: impl FnOnce(rt::ClientBuilder) -> rt::ClientBuilder) -> Self {
        let (server, clock) = (Server::default(), ManualClock::new());
        let builder = rt::ClientBuilder::default()
            .transport(server.transport())
            .clock(clock.clone())
            .random(|| u64::MAX);
        let client = change(builder).build(&API).unwrap();
        Self {
            server,
            clock,
            client,
        }
    }

    /// Answers to token requests and calls, in this order.
    pub(crate) fn answers<const N: usize>(self, answers: [(u16, &str); N]) -> Self {
        for (status, body) in answers {
            self.server.add(status, &[], body);
        }
        self
    }

    pub(crate) async fn get(&self) -> Result<(), rt::Error> {
        Call::new(&self.client, &GET).send_empty().await
    }

    /// What was sent: the grant of each token request, and the header of each call.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.server.sent().iter().map(line).collect()
    }
}

fn line(sent: &Sent) -> String {
    if sent.url.starts_with("https://api.example/v1/") {
        sent.header("authorization").unwrap_or("nothing").to_owned()
    } else {
        sent.text().to_owned()
    }
}

pub(crate) const ASKED: &str = "grant_type=client_credentials&scope=read+write";

#[tokio::test]
async fn a_token_is_asked_for_once_and_sent_with_each_call() {
    let setup = Setup::new(credentials()).answers([(200, &token("t-one")), (200, ""), (200, "")]);
    setup.get().await.unwrap();
    setup.get().await.unwrap();
    assert_eq!(setup.sent(), [ASKED, "Bearer t-one", "Bearer t-one"]);
    let asked = &setup.server.sent()[0];
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.url, "https://id.example/token");
    assert_eq!(
        asked.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert_eq!(asked.header("user-agent"), Some("x-rust/1"));
    // `my%3Aapp:s3cr3t+value`
    assert_eq!(
        asked.header("authorization"),
        Some("Basic bXklM0FhcHA6czNjcjN0K3ZhbHVl")
    );
}

#[tokio::test]
async fn the_request_says_what_the_user_says() {
    let grant = credentials()
        .client_in_body()
        .scopes(["a b", "c"])
        .token_url("id/token#x")
        .parameter("audience", "https://api.example");
    let setup = Setup::new(grant).answers([(200, &token("t-one"))]);
    setup.get().await.unwrap();
    let asked = &setup.server.sent()[0];
    assert_eq!(asked.url, "https://api.example/v1/id/token");
    assert_eq!(asked.header("authorization"), None);
    assert_eq!(
        asked.text(),
        "grant_type=client_credentials&scope=a+b+c&client_id=my%3Aapp\
         &client_secret=s3cr3t+value&audience=https%3A%2F%2Fapi.example"
    );
    let none: [&str; 0] = [];
    let setup = Setup::new(credentials().scopes(none)).answers([(200, &token("t-one"))]);
    setup.get().await.unwrap();
    assert_eq!(setup.sent()[0], "grant_type=client_credentials");
}

#[tokio::test]
async fn a_password_is_a_grant_and_a_public_client_has_no_secret() {
    let grant = rt::OAuth2::password("ann", "p&w")
        .public_client("app")
        .token_url("/token");
    let setup = Setup::new(grant).answers([(200, &token("t-one"))]);
    setup.get().await.unwrap();
    let asked = &setup.server.sent()[0];
    assert_eq!(asked.url, "https://api.example/token");
    let expected = "grant_type=password&username=ann&password=p%26w&client_id=app";
    assert_eq!(asked.text(), expected);
    assert_eq!(asked.header("authorization"), None);
}

#[test]
fn a_client_without_a_place_to_ask_cannot_be_built() {
    let error = |grant: rt::OAuth2, scheme: &'static str| {
        let builder = rt::ClientBuilder::default().oauth2(scheme, grant);
        builder.build(&API).unwrap_err().to_string()
    };
    for (grant, scheme, expected) in [
        (
            credentials(),
            "oidc",
            "`oidc`: the document has no token URL",
        ),
        (rt::OAuth2::password("u", "p"), "oauth", "no token URL"),
        (credentials(), "key", "`key`: the scheme takes no token"),
        (credentials().token_url("https://"), "oauth", "is not one"),
        (credentials().token_url("ftp://h/"), "oauth", "neither http"),
        (
            credentials().token(rt::Token::new("a\n")),
            "oauth",
            "no header",
        ),
    ] {
        let said = error(grant, scheme);
        assert!(said.contains(expected), "{said}");
    }
}

#[tokio::test]
async fn a_header_of_the_calls_own_needs_no_token() {
    let setup = Setup::new(credentials()).answers([(401, "")]);
    let call = Call::new(&setup.client, &GET).header("Authorization", "Bearer mine");
    assert_eq!(call.send_empty().await.unwrap_err().status().unwrap(), 401);
    assert_eq!(setup.sent(), ["Bearer mine"]);
}

#[tokio::test]
async fn what_the_token_endpoint_says_is_an_error_of_its_own() {
    let said = r#"{"error":"invalid_client","error_description":"no client my:app with s3cr3t+value\u0007"}"#;
    let setup = Setup::new(credentials()).answers([(401, said)]);
    let error = setup.get().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /x: no token for `oauth`: the token endpoint refused: invalid_client: no client my:app \
         with [redacted]  (401 Unauthorized)"
    );
    assert!(error.status().is_none(), "it is not the API's");
    let rt::Error::Token(error) = &error else {
        panic!("{error}")
    };
    assert_eq!(error.kind(), rt::TokenErrorKind::Refused);
    assert_eq!(
        (error.code(), error.scheme()),
        (Some("invalid_client"), "oauth")
    );
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(setup.sent(), [ASKED], "the call is not sent");
    for (status, body, kind) in [
        (
            200,
            r#"{"error":"bad_verification_code"}"#,
            rt::TokenErrorKind::Refused,
        ),
        (200, "<html>", rt::TokenErrorKind::Response),
        (200, r#"{"access_token":""}"#, rt::TokenErrorKind::Response),
        (
            200,
            r#"{"access_token":"t","token_type":"MAC"}"#,
            rt::TokenErrorKind::Response,
        ),
        (
            200,
            r#"{"access_token":"a\nb"}"#,
            rt::TokenErrorKind::Response,
        ),
        (302, "", rt::TokenErrorKind::Status),
        (403, "<html>", rt::TokenErrorKind::Status),
    ] {
        let setup = Setup::new(credentials()).answers([(status, body)]);
        let rt::Error::Token(error) = setup.get().await.unwrap_err() else {
            panic!("{body}")
        };
        assert_eq!(error.kind(), kind, "{body}");
        assert_eq!(setup.sent().len(), 1);
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_busy_is_asked_again_as_the_policy_says() {
    let setup = Setup::new(credentials());
    setup.server.add(503, &[("retry-after", "7")], "");
    setup.server.fail(rt::TransportErrorKind::Connect);
    setup.server.add(200, &[], &token("t-one"));
    setup.get().await.unwrap();
    assert_eq!(setup.sent(), [ASKED, ASKED, ASKED, "Bearer t-one"]);
    assert_eq!(setup.clock.slept(), [7_000, 1_000]);

    let patience = rt::RetryPolicy::none();
    let setup = Setup::with(|builder| builder.retry(patience).oauth2("oauth", credentials()));
    setup.server.fail(rt::TransportErrorKind::Connect);
    let error = setup.get().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /x: no token for `oauth`: the token endpoint: cannot connect: on purpose"
    );
}

#[tokio::test]
async fn refresh_tokens_are_used_and_replaced() {
    let seen: Arc<Mutex<Vec<rt::Token>>> = Arc::default();
    let store = Arc::clone(&seen);
    let grant = rt::OAuth2::refresh_token("refresh-one")
        .client("app", "s3cr3t")
        .on_token(move |token| store.lock().unwrap().push(token.clone()));
    let rotated = r#"{"access_token":"t-one","expires_in":"100","refresh_token":"refresh-two"}"#;
    let setup = Setup::new(grant).answers([
        (200, rotated),
        (200, ""),
        (200, r#"{"access_token":"t-two","expires_in":100}"#),
        (200, ""),
        (400, r#"{"error":"invalid_grant"}"#),
    ]);
    for _ in 0..2 {
        setup.get().await.unwrap();
        setup.clock.advance(Duration::from_secs(100));
    }
    let rt::Error::Token(error) = setup.get().await.unwrap_err() else {
        panic!("a person has to log in again")
    };
    assert_eq!(error.code(), Some("invalid_grant"));
    assert_eq!(
        setup.sent(),
        [
            "grant_type=refresh_token&refresh_token=refresh-one",
            "Bearer t-one",
            "grant_type=refresh_token&refresh_token=refresh-two",
            "Bearer t-two",
            "grant_type=refresh_token&refresh_token=refresh-two",
        ]
    );
    assert_eq!(setup.server.sent()[0].url, "https://id.example/renew");
    let seen = seen.lock().unwrap();
    let refresh = seen
        .iter()
        .map(|token| token.refresh_token.clone().unwrap());
    assert!(refresh.eq([rt::Secret::from("refresh-two"), "refresh-two".into()]));
}

#[tokio::test]
async fn a_source_gives_tokens_and_its_errors_are_the_calls() {
    let asked = Arc::new(Mutex::new(0));
    let source = {
        let asked = Arc::clone(&asked);
        move || {
            let mut asked = asked.lock().unwrap();
            *asked += 1;
            let answer = match *asked {
                3 => Err("nobody is logged in"),
                n => Ok(format!("t-{n}")),
            };
            async move { answer }
        }
    };
    let setup = Setup::with(|builder| builder.token_source("oauth", source)).answers([
        (200, ""),
        (401, ""),
        (200, ""),
        (401, ""),
    ]);
    setup.get().await.unwrap();
    setup.get().await.unwrap();
    let error = setup.get().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /x: no token for `oauth`: the token source: nobody is logged in (after 2 attempts; \
         the latest answer was 401 Unauthorized)"
    );
    let rt::Error::Token(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.answered().unwrap(), 401, "the call was sent");
    let expected = ["Bearer t-1", "Bearer t-1", "Bearer t-2", "Bearer t-2"];
    assert_eq!(setup.sent(), expected);
}

#[tokio::test]
async fn a_token_is_one_of_several_credentials() {
    const EITHER: rt::Operation = rt::Operation::get("x", "/x").security(&[&["oauth"], &["key"]]);
    const BOTH: rt::Operation = rt::Operation::get("x", "/x").security(&[&["key", "oauth"]]);
    const OPEN: rt::Operation = rt::Operation::get("x", "/x").security(&[]);
    let setup = Setup::with(|builder| {
        builder
            .oauth2("oauth", credentials())
            .credential("key", "k-1")
    });
    setup.server.add(200, &[], "");
    let call = Call::new(&setup.client, &OPEN);
    call.send_empty().await.unwrap();
    assert_eq!(setup.sent(), ["nothing"], "nor is a token asked for");
    setup.server.add(200, &[], &token("t-one"));
    for operation in [&EITHER, &BOTH] {
        let call = Call::new(&setup.client, operation);
        call.send_empty().await.unwrap();
    }
    assert_eq!(setup.sent()[1..], [ASKED, "Bearer t-one", "Bearer t-one"]);
    assert!(setup.server.sent()[3].url.ends_with("/x?key=k-1"));
    // A credential that is given later takes the place of a grant.
    let setup = Setup::with(|builder| {
        let builder = builder.oauth2("oauth", credentials());
        builder.credential("oauth", "t-own")
    });
    setup.get().await.unwrap();
    assert_eq!(setup.sent(), ["Bearer t-own"]);
}
