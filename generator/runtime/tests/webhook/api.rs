//! Two APIs: one signs time and body, the other the body alone; and a clock that stands still.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use specwright_runtime as rt;
use specwright_runtime::webhook::{Part, Scheme, Signed, Unit, Verifier};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Company {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
}
rt::object! { Company; required id = "id"; optional name = "name"; }

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Delivery<T> {
    pub(crate) record: T,
}
rt::object! { Delivery<T>; required record = "record"; }

rt::events! {
    Timed by body "eventName", header "X-Event";
    CompanyCreated(Delivery<Company>) = "company.created", "A company was made.";
    #[cfg(any())] CompanyGone(Delivery<Gone>) = "company.gone", "Its feature is off.";
    Ping(rt::Value) = "ping" in 1, "Sent when the webhook is made.";
}

impl Signed for Timed {
    const SCHEME: Scheme = Scheme::hmac_sha256("X-Twenty-Webhook-Signature").signed(
        &[
            Part::Timestamp {
                header: "X-Twenty-Webhook-Timestamp",
                unit: Unit::Milliseconds,
            },
            Part::Text(":"),
        ],
        &[],
    );
}

rt::events! {
    Plain by body "data"."type";
    AccountCreated(rt::Value) = "connected_account.created", "An account was connected.";
}

impl Signed for Plain {
    const SCHEME: Scheme = Scheme::hmac_sha256("x-savvycal-signature")
        .prefix("sha256=")
        .delivery_id(&["id"]);
}

pub(crate) const SECRET: &str = "tw-secret";
pub(crate) const SENT: &str = "1735066639761";
pub(crate) const BODY: &[u8] =
    "{\"eventName\":\"company.created\",\"record\":{\"id\":\"c1\",\"name\":\"Café\"}}".as_bytes();
pub(crate) const SIGNATURE: &str =
    "5e811ff7c913b95399b048a056ca5a9cb87e9de60fcc2bff4fba5817e9b6bbc1";

/// The headers of the delivery above.
pub(crate) fn headers() -> [(&'static str, &'static str); 3] {
    [
        ("X-Twenty-Webhook-Signature", SIGNATURE),
        ("X-Twenty-Webhook-Timestamp", SENT),
        ("X-Twenty-Webhook-Nonce", "b41c"),
    ]
}

/// A verifier whose clock shows the time at which the delivery was sent.
pub(crate) fn timed() -> Verifier<Timed> {
    Verifier::new(SECRET)
        .unwrap()
        .clock(At::millisecond(SENT.parse().unwrap()))
}

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub(crate) struct At(Arc<Mutex<rt::Timestamp>>);

impl At {
    pub(crate) fn millisecond(at: i64) -> Self {
        Self(Arc::new(Mutex::new(
            rt::Timestamp::from_millisecond(at).unwrap(),
        )))
    }

    pub(crate) fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

impl rt::Clock for At {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn timestamp(&self) -> rt::Timestamp {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, _: Duration) -> rt::BoxFuture<'static, ()> {
        Box::pin(async {})
    }

    fn timer(&self, _: Duration) -> rt::BoxFuture<'static, ()> {
        Box::pin(async {})
    }
}
