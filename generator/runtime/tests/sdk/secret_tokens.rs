//! Access tokens of OAuth 2.0: what is shown of them, and where they go.

#![cfg(feature = "oauth2")]

use std::time::Duration;

use specwright_runtime as rt;

use crate::tokens::{Setup, credentials, token};

#[tokio::test]
async fn nothing_shows_a_secret() {
    let grant = credentials()
        .secret_parameter("resource", "hunter2")
        .token(rt::Token::new("t-zero-0").refresh_token("refresh-0"));
    assert_no_secret(&format!("{grant:?}"));
    let builder = rt::ClientBuilder::default().oauth2("oauth", grant.clone());
    assert_no_secret(&format!("{builder:?}"));
    let setup = Setup::new(grant).answers([
        (401, "t-zero-0"),
        (
            200,
            r#"{"access_token":"t-one-1","refresh_token":"refresh-1"}"#,
        ),
        (
            401,
            r#"{"message":"t-one-1, t-zero-0, refresh-1, s3cr3t value, hunter2, bXklM0FhcHA6czNjcjN0K3ZhbHVl"}"#,
        ),
        (
            400,
            r#"{"error":"invalid_request t-one-1","error_description":"refresh-1 hunter2"}"#,
        ),
        (
            400,
            r#"{"error":"invalid_grant","error_description":"s3cr3t value"}"#,
        ),
    ]);
    let error = setup.get().await.unwrap_err();
    assert!(
        error.to_string().contains("[redacted], [redacted]"),
        "{error}"
    );
    assert_no_secret(&format!("{error} {error:?} {:?}", setup.client));
    // The last token is kept for a while.
    setup.clock.advance(Duration::from_secs(61));
    setup.server.add_first(401, "");
    let error = setup.get().await.unwrap_err();
    assert!(error.is_token(), "{error}");
    assert_no_secret(&format!("{error} {error:?}"));
    for sent in setup.server.sent() {
        assert_no_secret(&format!("{:?}", sent.headers));
    }
}

/// A server that gives one refresh token may quote it after any number of access tokens.
#[tokio::test]
async fn the_refresh_token_that_is_good_is_always_taken_out() {
    let setup = Setup::new(credentials());
    let first = r#"{"access_token":"t-000000","expires_in":1,"refresh_token":"refresh-one"}"#;
    setup.server.add(200, &[], first);
    for n in 1..20 {
        let body = r#"{"message":"refresh-one is good"}"#;
        setup.server.add(400, &[], body);
        let error = setup.get().await.unwrap_err().to_string();
        assert!(error.contains("[redacted] is good"), "{n}: {error}");
        setup.clock.advance(Duration::from_secs(1));
        let next = format!(r#"{{"access_token":"t-00000{n}","expires_in":1}}"#);
        setup.server.add(200, &[], &next);
    }
}

/// What is no secret is not taken out of errors, which may be about it.
#[tokio::test]
async fn a_plain_parameter_is_shown() {
    let grant = credentials().parameter("audience", "https://api.example");
    assert!(format!("{grant:?}").contains("https://api.example"));
    let setup = Setup::new(grant).answers([
        (200, &token("t-one")),
        (400, r#"{"message":"see https://api.example/help"}"#),
    ]);
    let error = setup.get().await.unwrap_err().to_string();
    assert!(error.contains("see https://api.example/help"), "{error}");
    let sent = setup.server.sent();
    assert!(
        sent[0]
            .text()
            .ends_with("&audience=https%3A%2F%2Fapi.example")
    );
}

fn assert_no_secret(shown: &str) {
    for secret in [
        "s3cr3t",
        "hunter2",
        "t-zero",
        "t-one",
        "refresh-",
        "bXklM0FhcHA6",
    ] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[tokio::test]
async fn no_token_goes_to_another_host() {
    let setup = Setup::new(credentials()).answers([(200, &token("t-one"))]);
    let away = [("location", "https://evil.example/v1/x")];
    setup.server.add(307, &away, "");
    let error = setup.get().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    // Nor what tokens are asked for with.
    let other = Setup::new(credentials());
    other.server.add(307, &away, "");
    assert!(other.get().await.unwrap_err().is_token());
    let urls = [setup.server.sent(), other.server.sent()].concat();
    assert_eq!(urls.len(), 3);
    assert!(urls.iter().all(|sent| !sent.url.contains("evil")));
}
