//! What a call through a generated SDK costs, beside the same written by hand with `reqwest` and
//! derived serde.
//!
//! `cargo bench -p specwright-consumer` prints one line of JSON per measurement, times in
//! nanoseconds: `{"name": .., "codec": .., "ours": .., "by_hand": .., "bytes": ..}`. Both sides are timed in
//! turns, and the median of the rounds counts, so that a busy machine slows both.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints what it found, and stops when it cannot"
)]

mod by_hand;
mod people;
mod server;

use specwright_generated::twenty;
use specwright_runtime::{Body, Transport, http};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds of each side.
const ROUNDS: usize = 41;
/// How long one round takes, more or less.
const ROUND: Duration = Duration::from_millis(20);

fn main() {
    // `cargo test --benches` only wants to know that it compiles.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    decode("decode a page of 60 people", &people::page(60));
    decode("decode a page of one person", &people::page(1));
    encode();
    call_in_memory();
    call_over_loopback("call over loopback, one person", 1);
    call_over_loopback("call over loopback, 60 people", 60);
}

fn decode(name: &str, page: &str) {
    let ours = || {
        let page: people::Page<twenty::Person> = serde_json::from_str(page).unwrap();
        page
    };
    let theirs = || {
        let page: people::Page<by_hand::Person> = serde_json::from_str(page).unwrap();
        page
    };
    // Both have read the same.
    assert_eq!(
        serde_json::to_value(ours().data.people).unwrap(),
        serde_json::to_value(theirs().data.people).unwrap()
    );
    compare(name, page.len(), ours, theirs);
}

fn encode() {
    let ours = people::ours();
    let theirs: by_hand::Person =
        serde_json::from_str(&serde_json::to_string(&ours).unwrap()).unwrap();
    let bytes = serde_json::to_vec(&ours).unwrap().len();
    compare(
        "encode a person",
        bytes,
        || serde_json::to_vec(&ours),
        || serde_json::to_vec(&theirs),
    );
}

/// Everything but the network: the request is built, and an answer that is there already is read.
fn call_in_memory() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let page = people::page(1);
    let (size, answer) = (page.len(), page.clone());
    let transport = move |_: http::Request<Body>| {
        let response = http::Response::builder().header("content-type", "application/json");
        Ok(response.body(Body::from(answer.clone())).unwrap())
    };
    let client = client("http://127.0.0.1:1", Some(transport));
    let plain = reqwest::Client::new();
    compare(
        "call without network",
        size,
        || runtime.block_on(ours(&client)),
        || {
            let request = by_hand::find_many(&plain, "http://127.0.0.1:1")
                .build()
                .unwrap();
            black_box(request);
            let answer = page.clone();
            let page: people::Page<by_hand::Person> = serde_json::from_str(&answer).unwrap();
            page
        },
    );
}

fn call_over_loopback(name: &str, people: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let page = people::page(people);
    let url = server::start(&page);
    let client = client(&url, None::<fn(http::Request<Body>) -> _>);
    let plain = reqwest::Client::new();
    compare(
        name,
        page.len(),
        || assert_eq!(runtime.block_on(ours(&client)), people),
        || {
            let read = async {
                let answer = by_hand::find_many(&plain, &url).send().await.unwrap();
                let bytes = answer.error_for_status().unwrap().bytes().await.unwrap();
                let page: people::Page<by_hand::Person> = serde_json::from_slice(&bytes).unwrap();
                page.data.people.len()
            };
            assert_eq!(runtime.block_on(read), people);
        },
    );
}

/// One call, and how many people it gave.
async fn ours(client: &twenty::Client) -> usize {
    let page = client
        .people()
        .find_many()
        .filter(by_hand::FILTER)
        .limit(60)
        .await
        .unwrap();
    page.items.len()
}

fn client(url: &str, transport: Option<impl Transport>) -> twenty::Client {
    let builder = twenty::Client::builder()
        .base_url(url)
        .bearer_token("token");
    match transport {
        Some(transport) => builder.transport(transport).build().unwrap(),
        None => builder.build().unwrap(),
    }
}

/// Times both sides in turns, and prints the median of each.
fn compare<O, H>(
    name: &str,
    bytes: usize,
    mut ours: impl FnMut() -> O,
    mut by_hand: impl FnMut() -> H,
) {
    let (mut our_times, mut their_times) = (Vec::new(), Vec::new());
    let calls = repetitions(&mut ours).max(repetitions(&mut by_hand));
    for _ in 0..ROUNDS {
        our_times.push(time(calls, &mut ours));
        their_times.push(time(calls, &mut by_hand));
    }
    let line = serde_json::json!({
        "name": name,
        "codec": !name.starts_with("call"),
        "ours": median(our_times),
        "by_hand": median(their_times),
        "bytes": bytes,
    });
    println!("{line}");
}

/// How often something is called in a round, after it was called to warm up.
fn repetitions<T>(call: &mut impl FnMut() -> T) -> u32 {
    let (start, mut calls) = (Instant::now(), 0);
    while start.elapsed() < ROUND {
        black_box(call());
        calls += 1;
    }
    calls
}

/// Nanoseconds per call.
fn time<T>(calls: u32, call: &mut impl FnMut() -> T) -> u64 {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(call());
    }
    u64::try_from((start.elapsed() / calls).as_nanos()).unwrap_or(u64::MAX)
}

fn median(mut times: Vec<u64>) -> u64 {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
