//! Parameters that many operations share: the client knows them, the call may say another.

use specwright_runtime as rt;

use crate::server::{Sent, Server};

static API: rt::Api = rt::Api::new("Shops", "shops-rust/0.1.0").shared(&[
    rt::SharedParameter::header("X-Account"),
    rt::SharedParameter::query("region"),
    rt::SharedParameter::cookie("tenant"),
    rt::SharedParameter::header("X-Key").secret(),
]);
const BOTH: rt::Operation =
    rt::Operation::get("both", "/both").shares(&["X-Account", "region", "tenant", "X-Key"]);
const NEITHER: rt::Operation = rt::Operation::get("neither", "/neither");

type Call = rt::Call<(), rt::NoErrorBody>;

fn builder(server: &Server) -> rt::ClientBuilder {
    rt::ClientBuilder::default()
        .base_url("https://shop.example")
        .transport(server.transport())
}

async fn sent(
    build: impl FnOnce(rt::ClientBuilder) -> rt::ClientBuilder,
    operation: &'static rt::Operation,
    call: impl FnOnce(Call) -> Call,
) -> Sent {
    let server = Server::default();
    let client = build(builder(&server)).build(&API).unwrap();
    call(rt::Call::new(&client, operation))
        .send_empty()
        .await
        .unwrap();
    server.only()
}

fn told(builder: rt::ClientBuilder) -> rt::ClientBuilder {
    builder
        .shared("X-Account", "acct_1")
        .shared("region", &7)
        .shared("tenant", "t 1")
}

#[tokio::test]
async fn operations_that_have_it_send_what_the_client_was_told() {
    let sent = sent(told, &BOTH, |call| call).await;
    assert_eq!(sent.url, "https://shop.example/both?region=7");
    assert_eq!(sent.headers["x-account"], "acct_1");
    assert_eq!(sent.headers["cookie"], "tenant=t%201");
}

#[tokio::test]
async fn no_other_operation_sends_it() {
    let sent = sent(told, &NEITHER, |call| call).await;
    assert_eq!(sent.url, "https://shop.example/neither");
    assert!(!sent.headers.contains_key("x-account"));
    assert!(!sent.headers.contains_key("cookie"));
}

#[tokio::test]
async fn a_call_says_another_or_none() {
    let other = |call: Call| call.header("X-Account", "acct_2").query("region", &8);
    let found = sent(told, &BOTH, other).await;
    assert_eq!(found.url, "https://shop.example/both?region=8");
    assert_eq!(found.headers["x-account"], "acct_2");
    assert_eq!(found.headers.get_all("x-account").iter().count(), 1);
    let none = |call: Call| {
        call.header("X-Account", &None::<&str>)
            .query("region", &None::<i64>)
    };
    let found = sent(told, &BOTH, none).await;
    assert_eq!(found.url, "https://shop.example/both");
    assert!(!found.headers.contains_key("x-account"));
}

#[tokio::test]
async fn a_client_that_was_told_nothing_sends_nothing() {
    let again = |builder| told(builder).shared("X-Account", &None::<&str>);
    assert!(
        !sent(again, &BOTH, |call| call)
            .await
            .headers
            .contains_key("x-account")
    );
    let found = sent(|builder| builder, &BOTH, |call| call).await;
    assert_eq!(found.url, "https://shop.example/both");
}

#[test]
fn what_no_header_can_carry_is_refused_before_there_is_a_client() {
    let server = Server::default();
    let error = builder(&server).shared("X-Account", "a\nb").build(&API);
    let message = error.unwrap_err().to_string();
    assert!(message.contains("parameter `X-Account`"), "{message}");
    assert!(!message.contains("a\nb"), "the value is not shown");
}

#[tokio::test]
async fn values_are_never_shown() {
    let server = Server::default();
    let told = |builder: rt::ClientBuilder| builder.shared("X-Key", "k3y-k3y-k3y");
    let builder = told(builder(&server));
    let client = builder.clone().build(&API).unwrap();
    let call: Call = rt::Call::new(&client, &BOTH);
    let shown = format!("{builder:?} {client:?} {call:?}");
    assert!(
        shown.contains("X-Key") && !shown.contains("k3y-k3y-k3y"),
        "{shown}"
    );
    call.send_empty().await.unwrap();
    assert!(server.only().headers["x-key"].is_sensitive());
}
