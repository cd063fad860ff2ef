//! Access tokens of OAuth 2.0: how long they are kept, and when others are asked for.

#![cfg(feature = "oauth2")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use specwright_runtime as rt;

use crate::late_tokens::REFRESHED;
use crate::tokens::{ASKED, Call, GET, POST, Setup, credentials, token};

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let setup = Setup::new(credentials()).answers([
        (200, &token("t-one")),
        (200, ""),
        (200, ""),
        (200, &token("t-two")),
    ]);
    setup.get().await.unwrap();
    setup.clock.advance(Duration::from_secs(79));
    setup.get().await.unwrap();
    setup.clock.advance(Duration::from_secs(2));
    setup.get().await.unwrap();
    let expected = [ASKED, "Bearer t-one", "Bearer t-one", ASKED, "Bearer t-two"];
    assert_eq!(setup.sent(), expected);
}

#[tokio::test]
async fn an_old_token_is_good_until_its_end_when_there_is_no_new_one() {
    let setup = Setup::new(credentials()).answers([
        (200, &token("t-one")),
        (200, ""),
        (503, ""),
        (200, ""),
        (400, r#"{"error":"invalid_client"}"#),
    ]);
    setup.get().await.unwrap();
    setup.clock.advance(Duration::from_secs(90));
    setup.get().await.unwrap();
    setup.clock.advance(Duration::from_secs(10));
    assert!(setup.get().await.unwrap_err().is_token());
    let expected = [ASKED, "Bearer t-one", ASKED, "Bearer t-one", ASKED];
    assert_eq!(setup.sent(), expected);
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_call_sent_again_once() {
    let setup = Setup::new(credentials()).answers([
        (200, &token("t-one")),
        (401, ""),
        (200, &token("t-two")),
        (200, ""),
    ]);
    let call = Call::new(&setup.client, &POST).json(&"body");
    call.send_empty().await.unwrap();
    let expected = [ASKED, "Bearer t-one", ASKED, "Bearer t-two"];
    assert_eq!(setup.sent(), expected);
    assert_eq!(setup.server.sent()[3].text(), "\"body\"");

    let setup = Setup::new(credentials()).answers([
        (200, &token("t-one")),
        (401, ""),
        (200, &token("t-two")),
        (401, r#"{"message":"t-two is not welcome"}"#),
    ]);
    let error = setup.get().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(setup.sent(), expected);
}

#[tokio::test]
async fn a_body_that_is_gone_is_not_sent_again_but_the_token_is_not_used_again() {
    let setup = Setup::new(credentials()).answers([
        (200, &token("t-one")),
        (401, ""),
        (200, &token("t-two")),
        (200, ""),
    ]);
    let body = rt::Body::from_stream(Once(Some("body")));
    let call = Call::new(&setup.client, &POST).body("text/plain", body);
    let error = call.send_empty().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    setup.get().await.unwrap();
    let expected = [ASKED, "Bearer t-one", ASKED, "Bearer t-two"];
    assert_eq!(setup.sent(), expected);
}

struct Once(Option<&'static str>);

impl futures_core::Stream for Once {
    type Item = std::io::Result<rt::Bytes>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(|text| Ok(text.into())))
    }
}

#[tokio::test]
async fn a_post_that_is_done_is_not_sent_again_for_a_token() {
    let setup = Setup::new(credentials()).answers([(200, &token("t-one"))]);
    setup.server.add(303, &[("location", "/v1/made")], "");
    setup.server.add(401, &[], "");
    let call = Call::new(&setup.client, &POST).json(&"body");
    assert_eq!(call.send_empty().await.unwrap_err().status().unwrap(), 401);
    assert_eq!(setup.sent(), [ASKED, "Bearer t-one", "Bearer t-one"]);
}

#[tokio::test]
async fn a_token_that_is_there_already_is_used_first() {
    let first = rt::Token::new("t-zero").expires_in(Duration::from_secs(50));
    let grant = rt::OAuth2::refresh_token("refresh-one").token(first);
    let setup = Setup::new(grant).answers([(200, ""), (200, &token("t-one"))]);
    setup.get().await.unwrap();
    setup.clock.advance(Duration::from_secs(60));
    setup.get().await.unwrap();
    let refresh = "grant_type=refresh_token&refresh_token=refresh-one";
    assert_eq!(setup.sent(), ["Bearer t-zero", refresh, "Bearer t-one"]);
}

#[tokio::test]
async fn a_source_that_panics_is_asked_again() {
    let asked = Arc::new(Mutex::new(0));
    let source = {
        let asked = Arc::clone(&asked);
        move || {
            let n = {
                let mut asked = asked.lock().unwrap();
                *asked += 1;
                *asked
            };
            async move {
                assert!(n > 1, "on purpose");
                Ok::<_, String>(rt::Token::new("t-one"))
            }
        }
    };
    let setup = Setup::with(|builder| builder.token_source("oauth", source));
    let client = setup.client.clone();
    let call = tokio::spawn(async move { Call::new(&client, &GET).send_empty().await });
    assert!(call.await.unwrap_err().is_panic());
    setup.get().await.unwrap();
    assert_eq!(setup.sent(), ["Bearer t-one"]);
}

#[tokio::test]
async fn calls_that_wait_for_one_request_share_its_failure() {
    let setup = Setup::with(|builder| {
        builder
            .clock(rt::TokioClock)
            .token_source("oauth", || async {
                tokio::task::yield_now().await;
                Err::<String, _>("no")
            })
    });
    let tried = Arc::new(Mutex::new(Vec::new()));
    let call = || {
        let (client, tried) = (setup.client.clone(), Arc::clone(&tried));
        async move {
            let error = Call::new(&client, &GET).send_empty().await.unwrap_err();
            tried.lock().unwrap().push(error.to_string());
        }
    };
    tokio::join!(call(), call(), call());
    let tried = tried.lock().unwrap();
    assert_eq!(tried.len(), 3);
    assert!(tried.iter().all(|error| error.ends_with("no")), "{tried:?}");
}

#[tokio::test]
async fn a_renewal_that_fails_is_not_tried_with_each_call() {
    let setup = Setup::new(credentials()).answers([(200, &token("t-one")), (200, ""), (503, "")]);
    setup.get().await.unwrap();
    setup.clock.advance(Duration::from_secs(81));
    setup.get().await.unwrap();
    setup.get().await.unwrap();
    let expected = [ASKED, "Bearer t-one", ASKED, "Bearer t-one", "Bearer t-one"];
    assert_eq!(setup.sent(), expected);
}

/// An operation that this client may not call answers 401 to every token.
#[tokio::test]
async fn an_answer_that_is_not_about_the_token_costs_no_token_per_call() {
    let setup = Setup::new(credentials()).answers([
        (200, r#"{"access_token":"t-one"}"#),
        (401, ""),
        (200, r#"{"access_token":"t-two"}"#),
        (401, ""),
        (401, ""),
        (200, ""),
        (401, ""),
    ]);
    let expected = [ASKED, "Bearer t-one", ASKED, "Bearer t-two"];
    assert_eq!(setup.get().await.unwrap_err().status().unwrap(), 401);
    assert_eq!(setup.sent(), expected);
    assert_eq!(setup.get().await.unwrap_err().status().unwrap(), 401);
    setup.get().await.unwrap();
    assert_eq!(setup.get().await.unwrap_err().status().unwrap(), 401);
    assert_eq!(setup.sent()[4..], ["Bearer t-two"; 3]);
    // It may end nevertheless.
    setup.clock.advance(Duration::from_secs(61));
    let setup = setup.answers([(401, ""), (200, &token("t-three")), (200, "")]);
    setup.get().await.unwrap();
    assert_eq!(setup.sent()[7..], ["Bearer t-two", ASKED, "Bearer t-three"]);
}

#[tokio::test]
async fn a_refresh_token_that_is_refused_for_any_reason_is_not_the_end_of_client_credentials() {
    let first = r#"{"access_token":"t-one","expires_in":100,"refresh_token":"refresh-one"}"#;
    let answers = |said: &str| {
        let setup = Setup::new(credentials()).answers([(200, first), (200, ""), (400, said)]);
        setup.answers([(200, &token("t-two"))])
    };
    for code in [
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_request",
        "expired_token",
    ] {
        let setup = answers(&format!(r#"{{"error":"{code}"}}"#));
        setup.get().await.unwrap();
        setup.clock.advance(Duration::from_secs(100));
        setup.get().await.unwrap();
        let expected = [ASKED, "Bearer t-one", REFRESHED, ASKED, "Bearer t-two"];
        assert_eq!(setup.sent(), expected, "{code}");
    }
    // It may be good later.
    for said in [r#"{"error":"temporarily_unavailable"}"#, "no"] {
        let setup = answers(said);
        setup.get().await.unwrap();
        setup.clock.advance(Duration::from_secs(100));
        assert!(setup.get().await.unwrap_err().is_token());
        setup.get().await.unwrap();
        let expected = [ASKED, "Bearer t-one", REFRESHED, REFRESHED, "Bearer t-two"];
        assert_eq!(setup.sent(), expected, "{said}");
    }
}
