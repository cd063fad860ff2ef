//! A token endpoint and an API on loopback, and many calls at once.

#![cfg(feature = "oauth2")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use specwright_runtime as rt;

use crate::loopback::answer;
use crate::traces::Collector;

static API: rt::Api = rt::Api::new("x", "x")
    .schemes(&[rt::Scheme::bearer("oauth")
        .flows(&[rt::Flow::client_credentials("/oauth/token", &["all"])])])
    .security(&[&["oauth"]]);

const GET: rt::Operation = rt::Operation::get("x", "/x");

/// Gives tokens `token-1`, `token-2` and so on; the API takes the latest.
#[derive(Default)]
struct State {
    given: u32,
    /// The grants that were asked for.
    grants: Vec<String>,
    /// Whether each refresh token is good for one use, and the one that is.
    rotates: bool,
    /// How long tokens are good for, in seconds.
    life: Option<u32>,
    /// The calls that were answered with 200, by their tokens.
    calls: Vec<String>,
    refused: u32,
    revoked: BTreeSet<u32>,
}

struct TokenServer {
    url: String,
    state: Arc<Mutex<State>>,
}

impl TokenServer {
    fn new(state: State) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                thread::spawn(move || serve(&stream, &state));
            }
        });
        Self { url, state }
    }

    fn client(&self, grant: rt::OAuth2) -> rt::Client {
        let builder = rt::ClientBuilder::default().base_url(&self.url);
        builder.oauth2("oauth", grant).build(&API).unwrap()
    }

    fn revoke(&self) {
        let mut state = self.state.lock().unwrap();
        let given = state.given;
        state.revoked.insert(given);
    }
}

fn serve(mut stream: &TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let header = |name: &str| {
        let mut lines = head.iter().filter_map(|line| line.split_once(": "));
        lines.find_map(|(key, value)| key.eq_ignore_ascii_case(name).then(|| value.to_owned()))
    };
    let length = header("content-length").and_then(|n| n.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    let body = String::from_utf8(body).unwrap();
    let authorization = header("authorization").unwrap_or_default();
    let answer = if head[0].starts_with("POST /oauth/token ") {
        // So long that others come to need it too.
        thread::sleep(Duration::from_millis(50));
        token(&mut state.lock().unwrap(), &authorization, body)
    } else {
        call(&mut state.lock().unwrap(), &authorization)
    };
    stream.write_all(answer.as_bytes()).unwrap();
}

fn token(state: &mut State, authorization: &str, body: String) -> String {
    let expected = format!("refresh_token=refresh-{}", state.given);
    let bad = state.rotates && body.contains("refresh_token=") && !body.ends_with(&expected);
    state.grants.push(body);
    // `app:s3cr3t-value`
    if authorization != "Basic YXBwOnMzY3IzdC12YWx1ZQ==" {
        return answer(401, &[], r#"{"error":"invalid_client"}"#);
    }
    if bad {
        return answer(400, &[], r#"{"error":"invalid_grant"}"#);
    }
    state.given += 1;
    let n = state.given;
    let life = state.life.map(|life| format!(r#","expires_in":{life}"#));
    let refresh = state
        .rotates
        .then(|| format!(r#","refresh_token":"refresh-{n}""#));
    let (life, refresh) = (life.unwrap_or_default(), refresh.unwrap_or_default());
    let body = format!(r#"{{"access_token":"token-{n}","token_type":"Bearer"{life}{refresh}}}"#);
    answer(200, &[("content-type", "application/json")], &body)
}

fn call(state: &mut State, authorization: &str) -> String {
    let is_good = authorization == format!("Bearer token-{}", state.given)
        && !state.revoked.contains(&state.given);
    if is_good {
        state.calls.push(authorization.to_owned());
        return answer(200, &[], "");
    }
    state.refused += 1;
    answer(
        401,
        &[("www-authenticate", "Bearer error=\"invalid_token\"")],
        "",
    )
}

fn credentials() -> rt::OAuth2 {
    rt::OAuth2::client_credentials("app", "s3cr3t-value")
}

async fn get(client: rt::Client) -> Result<(), rt::Error> {
    rt::Call::new(&client, &GET).send_empty().await
}

async fn many(client: &rt::Client) {
    let calls: Vec<_> = (0..20).map(|_| tokio::spawn(get(client.clone()))).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_at_the_same_time_share_one_token_request() {
    let server = TokenServer::new(State::default());
    let client = server.client(credentials());
    many(&client).await;
    {
        let state = server.state.lock().unwrap();
        assert_eq!(state.grants, ["grant_type=client_credentials&scope=all"]);
        assert_eq!((state.calls.len(), state.refused), (20, 0));
    }
    // Each of them is refused, and one token is enough for all.
    server.revoke();
    many(&client).await;
    let state = server.state.lock().unwrap();
    assert_eq!(state.grants.len(), 2);
    assert_eq!(state.calls.len(), 40);
    assert!(
        state.calls[20..]
            .iter()
            .all(|call| call == "Bearer token-2")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_for_one_use_is_used_once() {
    let server = TokenServer::new(State {
        rotates: true,
        ..State::default()
    });
    let client = server.client(
        rt::OAuth2::refresh_token("refresh-0")
            .client("app", "s3cr3t-value")
            .token_url("/oauth/token"),
    );
    many(&client).await;
    server.revoke();
    many(&client).await;
    let state = server.state.lock().unwrap();
    let expected = [0, 1].map(|n| format!("grant_type=refresh_token&refresh_token=refresh-{n}"));
    assert_eq!(state.grants, expected);
    assert_eq!(state.calls.len(), 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_ends_is_renewed() {
    let server = TokenServer::new(State {
        life: Some(1),
        ..State::default()
    });
    let client = server.client(credentials());
    get(client.clone()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    get(client.clone()).await.unwrap();
    let state = server.state.lock().unwrap();
    assert_eq!(state.calls, ["Bearer token-1", "Bearer token-2"]);
    assert_eq!(state.refused, 0);
}

#[tokio::test]
async fn traces_have_no_secret() {
    let collector = Collector::default();
    let _default = tracing::subscriber::set_default(collector.clone());
    let server = TokenServer::new(State {
        rotates: true,
        ..State::default()
    });
    let client = server.client(credentials());
    get(client.clone()).await.unwrap();
    server.revoke();
    get(client).await.unwrap();
    let wrong = server.client(rt::OAuth2::client_credentials("app", "s3cr3t-wrong"));
    let error = get(wrong).await.unwrap_err();
    assert!(error.is_token(), "{error}");
    let lines = collector.lines();
    let ours: Vec<_> = lines
        .iter()
        .filter(|it| it.contains("asking for a token"))
        .collect();
    assert_eq!(ours.len(), 3, "{ours:?}");
    assert!(
        lines
            .iter()
            .any(|line| line.contains("error.type=\"token\"")),
        "{lines:?}"
    );
    for secret in [
        "s3cr3t",
        "YXBwOnMzY3IzdC",
        "token-1",
        "token-2",
        "refresh-1",
    ] {
        let shown: Vec<_> = lines.iter().filter(|line| line.contains(secret)).collect();
        assert!(shown.is_empty(), "{shown:?}");
    }
}
