//! Idempotency keys: one per call, the same in all its attempts.

use specwright_runtime as rt;

use crate::clock::ManualClock;
use crate::people::{PageMeta, patient};
use crate::server::Server;

const PAY: rt::Operation = rt::Operation::post("pay", "/pay").idempotency_key("Idempotency-Key");
const NOTE: rt::Operation = rt::Operation::post("note", "/note");
const SEARCH: rt::Operation = rt::Operation::post("search", "/search")
    .opens(&["items"])
    .pages(rt::Paging::cursor("after", &["next"]))
    .idempotency_key("Idempotency-Key");

/// The keys of what a call sends, of which as many attempts as given fail.
async fn keys(
    operation: &'static rt::Operation,
    failures: usize,
    change: fn(rt::Call<(), rt::NoErrorBody>) -> rt::Call<(), rt::NoErrorBody>,
) -> Vec<Option<String>> {
    let (server, clock) = (Server::default(), ManualClock::new());
    (0..failures).for_each(|_| server.add(503, &[], ""));
    let client = patient(&server, &clock).random(rand()).build().unwrap();
    for _ in 0..2 {
        let call = change(rt::Call::new(client.core(), operation));
        call.send_empty().await.unwrap();
    }
    let sent = server.sent();
    let key = |sent: &crate::server::Sent| sent.header("idempotency-key").map(str::to_owned);
    sent.iter().map(key).collect()
}

/// Numbers that are never the same twice.
fn rand() -> impl rt::Random {
    let count = std::sync::atomic::AtomicU64::new(0);
    move || count.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}

#[tokio::test]
async fn each_call_has_a_key_and_each_attempt_the_same() {
    let keys = keys(&PAY, 2, |call| call).await;
    let [first, second, third, next] = keys.as_slice() else {
        panic!("{keys:?}");
    };
    assert!(first == second && second == third && first != next);
    for key in [first, next] {
        let key: rt::Uuid = key.as_deref().unwrap().parse().unwrap();
        assert_eq!(key.get_version_num(), 4);
    }
}

#[tokio::test]
async fn an_attempt_that_meets_an_earlier_one_waits_for_it() {
    for (operation, answers, sent) in [
        (&PAY, [503, 409, 200], 3),
        (&PAY, [409, 409, 409], 1),
        (&NOTE, [429, 409, 200], 2),
        (&PAY, [503, 422, 200], 2),
    ] {
        let (server, clock) = (Server::default(), ManualClock::new());
        answers
            .into_iter()
            .for_each(|status| server.add(status, &[], ""));
        let client = patient(&server, &clock).build().unwrap();
        let call = rt::Call::<(), rt::NoErrorBody>::new(client.core(), operation);
        let ended = call.send_empty().await;
        assert_eq!(server.sent().len(), sent, "{operation} {answers:?}");
        assert_eq!(ended.is_ok(), sent == 3, "{operation} {answers:?}");
    }
}

#[tokio::test]
async fn the_callers_key_is_sent_instead() {
    let own = Some("mine".to_owned());
    let expected = [own.clone(), own.clone(), own];
    assert_eq!(
        keys(&PAY, 1, |call| call.idempotency_key("mine")).await,
        expected
    );
    let by_header = keys(&PAY, 1, |call| call.header("Idempotency-Key", "mine")).await;
    assert_eq!(by_header, expected);
}

#[tokio::test]
async fn an_operation_without_keys_sends_none_and_takes_none() {
    assert_eq!(keys(&NOTE, 0, |call| call).await, [None, None]);
    let server = Server::default();
    let client = patient(&server, &ManualClock::new()).build().unwrap();
    let call = rt::Call::<(), rt::NoErrorBody>::new(client.core(), &NOTE);
    let error = call.idempotency_key("mine").send_empty().await.unwrap_err();
    let expected = "POST /note: the operation takes no idempotency key";
    assert_eq!(error.to_string(), expected);
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn the_callers_key_is_of_the_first_page() {
    let server = Server::new([
        (200, r#"{"items":[1],"next":"c"}"#),
        (200, r#"{"items":[2]}"#),
    ]);
    let client = patient(&server, &ManualClock::new()).build().unwrap();
    type Pages = rt::Page<i64, PageMeta>;
    let call = rt::Call::<Pages, rt::NoErrorBody>::new(client.core(), &SEARCH);
    let call = call.idempotency_key("mine").header("x-kept", "yes");
    call.stream().into_vec().await.unwrap();
    let [first, next] = server.sent().try_into().unwrap();
    assert_eq!(first.header("idempotency-key"), Some("mine"));
    let key: rt::Uuid = next.header("idempotency-key").unwrap().parse().unwrap();
    assert_eq!(key.get_version_num(), 4);
    assert_eq!(next.header("x-kept"), Some("yes"));
}

#[tokio::test]
async fn the_next_page_is_another_call() {
    let server = Server::new([
        (200, r#"{"items":[1],"next":"c"}"#),
        (200, r#"{"items":[2]}"#),
    ]);
    let client = patient(&server, &ManualClock::new()).random(rand());
    let client = client.build().unwrap();
    type Pages = rt::Page<i64, PageMeta>;
    let call = rt::Call::<Pages, rt::NoErrorBody>::new(client.core(), &SEARCH);
    let mut items = call.stream();
    while items.try_next().await.unwrap().is_some() {}
    let sent = server.sent();
    assert_eq!(sent.len(), 2);
    assert_ne!(
        sent[0].header("idempotency-key"),
        sent[1].header("idempotency-key")
    );
}

#[tokio::test]
async fn a_key_that_no_header_can_carry_is_an_error() {
    const ODD: rt::Operation = rt::Operation::post("odd", "/odd").idempotency_key("a key");
    let server = Server::default();
    let client = patient(&server, &ManualClock::new()).build().unwrap();
    let call = rt::Call::<(), rt::NoErrorBody>::new(client.core(), &ODD);
    let error = call.send_empty().await.unwrap_err();
    assert!(matches!(error, rt::Error::Request(_)), "{error}");
    assert!(server.sent().is_empty());
}
