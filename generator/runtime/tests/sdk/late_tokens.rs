//! Access tokens of OAuth 2.0: requests that take long, and that nobody waits for.

#![cfg(feature = "oauth2")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use specwright_runtime as rt;

use crate::clock::ManualClock;
use crate::tokens::{ASKED, Call, POST, Setup, credentials, token};

/// The request goes on with the next call: a refresh token may be good for one use.
#[tokio::test]
async fn a_call_that_is_given_up_leaves_its_token_to_the_next() {
    let asked = Arc::new(Mutex::new(0));
    let source = {
        let asked = Arc::clone(&asked);
        move || {
            *asked.lock().unwrap() += 1;
            async {
                tokio::task::yield_now().await;
                Ok::<_, String>(rt::Token::new("t-one"))
            }
        }
    };
    let setup = Setup::with(|builder| {
        let builder = builder.clock(rt::TokioClock);
        builder.token_source("oauth", source)
    });
    {
        let mut call = Box::pin(setup.get());
        let waker = std::task::Waker::noop();
        let mut context = std::task::Context::from_waker(waker);
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
    setup.get().await.unwrap();
    assert_eq!(setup.sent(), ["Bearer t-one"]);
    assert_eq!(*asked.lock().unwrap(), 1);
}

/// Its time stands still, and its timers are real.
struct RealTimers(ManualClock);

impl rt::Clock for RealTimers {
    fn now(&self) -> std::time::Instant {
        self.0.now()
    }

    fn timestamp(&self) -> rt::Timestamp {
        self.0.timestamp()
    }

    fn sleep(&self, _: Duration) -> rt::BoxFuture<'static, ()> {
        Box::pin(async {})
    }

    fn timer(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        rt::TokioClock.timer(duration)
    }
}

#[tokio::test]
async fn a_token_endpoint_that_never_answers_costs_the_calls_time_and_no_more() {
    let clock = ManualClock::new();
    let setup = Setup::with(|builder| {
        let builder = builder.timeout(Duration::from_millis(20));
        let builder = builder.clock(RealTimers(clock.clone()));
        builder.oauth2("oauth", credentials())
    });
    setup.server.hang();
    for _ in 0..2 {
        let error = setup.get().await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert_eq!(setup.sent(), [ASKED], "it may still answer");
    }
    clock.advance(Duration::from_secs(11));
    setup.server.add(200, &[], &token("t-one"));
    setup.get().await.unwrap();
    assert_eq!(setup.sent(), [ASKED, ASKED, "Bearer t-one"]);
}

pub(crate) const REFRESHED: &str = "grant_type=refresh_token&refresh_token=refresh-one";

/// Begins a call, and gives it up.
fn give_up(setup: &Setup) {
    let mut call = Box::pin(setup.get());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
}

/// A client with a refresh token for one use.
fn refreshing(clock: &ManualClock) -> Setup {
    let grant = rt::OAuth2::refresh_token("refresh-one").client("app", "s3cr3t");
    Setup::with(|builder| {
        let builder = builder.clock(RealTimers(clock.clone()));
        builder.oauth2("oauth", grant)
    })
}

/// The server has used the refresh token up, and its answer with the next one lies in the socket.
#[tokio::test]
async fn an_answer_that_nobody_looked_for_is_not_thrown_away() {
    for polls in [1, 2, 3] {
        let clock = ManualClock::new();
        let setup = refreshing(&clock);
        setup.server.add_slow(polls, &token("t-one"));
        setup.server.add(200, &[], "");
        // It is older than its time when somebody looks, and the token itself is still good.
        give_up(&setup);
        clock.advance(Duration::from_secs(40));
        setup.get().await.unwrap();
        assert_eq!(setup.sent(), [REFRESHED, "Bearer t-one"], "{polls}");
    }
}

#[tokio::test]
async fn a_refresh_token_that_is_on_its_way_is_not_sent_again_before_its_time() {
    let clock = ManualClock::new();
    let setup = refreshing(&clock);
    setup.server.hang();
    give_up(&setup);
    for seconds in [11, 16] {
        clock.advance(Duration::from_secs(seconds));
        give_up(&setup);
        assert_eq!(setup.sent(), [REFRESHED]);
    }
    // Of the time after its time there is one.
    clock.advance(Duration::from_secs(4));
    give_up(&setup);
    assert_eq!(setup.sent(), [REFRESHED]);
    clock.advance(Duration::from_secs(3));
    setup.server.add(200, &[], &token("t-one"));
    setup.get().await.unwrap();
    assert_eq!(setup.sent(), [REFRESHED, REFRESHED, "Bearer t-one"]);
}

#[tokio::test]
async fn a_token_endpoint_that_is_silent_ends_the_wait() {
    let setup = Setup::with(|builder| {
        let builder = builder.retry(rt::RetryPolicy::none());
        builder.timeout(None).oauth2("oauth", credentials())
    });
    setup.server.hang();
    let error = setup.get().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /x: no token for `oauth`: the token endpoint: timed out: nothing came for 30s"
    );
}

#[tokio::test]
async fn a_good_token_is_used_when_the_next_one_does_not_come() {
    let clock = ManualClock::new();
    let setup = Setup::with(|builder| {
        let builder = builder.timeout(Duration::from_millis(200));
        let builder = builder.clock(RealTimers(clock.clone()));
        builder.oauth2("oauth", credentials())
    });
    let setup = setup.answers([(200, &token("t-one")), (200, "")]);
    setup.get().await.unwrap();
    clock.advance(Duration::from_secs(81));
    setup.server.hang();
    // The first one waits a little for the next token, and those after it not at all.
    setup.get().await.unwrap();
    let begun = std::time::Instant::now();
    setup.get().await.unwrap();
    assert!(begun.elapsed() < Duration::from_millis(40));
    let sent = setup.sent();
    assert_eq!(sent[..3], [ASKED, "Bearer t-one", ASKED]);
    assert_eq!(
        sent[3..],
        ["Bearer t-one"; 2],
        "no other token is asked for"
    );
    // After a pause it is tried again.
    clock.advance(Duration::from_secs(15));
    setup.server.add(200, &[], &token("t-two"));
    setup.get().await.unwrap();
    assert_eq!(setup.sent()[5..], [ASKED, "Bearer t-two"]);
}

/// Of a call that had no token nothing was sent: a `POST` can be tried again, too.
#[tokio::test]
async fn the_time_for_a_token_is_not_the_time_of_a_call() {
    let limited = |change: fn(rt::ClientBuilder) -> rt::ClientBuilder| {
        let setup = Setup::with(|builder| {
            let builder = builder.clock(RealTimers(ManualClock::new()));
            change(builder).oauth2("oauth", credentials())
        });
        setup.server.hang();
        setup
    };
    let setup = limited(|builder| builder.timeout(Duration::from_millis(20)));
    let call = Call::new(&setup.client, &POST).json(&"body");
    let error = call.send_empty().await.unwrap_err();
    assert!(error.is_timeout() && error.is_token(), "{error}");
    assert!(
        error.to_string().starts_with(
            "POST /x: no token for `oauth`: timed out: the call took longer than 20ms"
        ),
        "{error}"
    );
    let setup = limited(|builder| builder.attempt_timeout(Duration::from_millis(20)));
    let call = Call::new(&setup.client, &POST).json(&"body");
    let error = call.send_empty().await.unwrap_err();
    assert_eq!(error.attempts(), Some(3), "{error}");
    assert_eq!(setup.sent(), [ASKED]);
}
