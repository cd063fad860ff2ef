//! Deliveries that came before.

use std::sync::Arc;
use std::time::Duration;

use specwright_runtime::Timestamp;
use specwright_runtime::webhook::{
    Error, MemoryReplayStore, ReplayKey, ReplayStore, Scheme, StoreError, Verifier,
};

use crate::api::{At, BODY, Plain, SECRET, SENT, Timed, headers, timed};

const HEADER: &str = "x-savvycal-signature";
const CREATED: &[u8] = br#"{"data":{"object":{"id":"cact_d025a96ac0c6"},"type":"connected_account.created"},"id":"evt_1"}"#;
const CREATED_BY: &str = "sha256=8EB9DB8C13878A914F389507059689A21A27A98151BE1496D7973BA876EC94A7";
/// Another body with the same id.
const DELETED: &[u8] = br#"{"data":{"object":{"id":"cact_d025a96ac0c6"},"type":"connected_account.deleted"},"id":"evt_1"}"#;
const DELETED_BY: &str = "sha256=64F77EBE867165BD2916DAD9B9E6E81F9F2809F3F282030BF0754A2F9C1E863F";
const NAMELESS: &[u8] = br#"{"data":{"type":"connected_account.deleted"}}"#;
const NAMELESS_BY: &str = "sha256=95455CAF98CEC86D091871A1F20EA34A21E8E927F1FAC04AD8DA218421829621";

fn plain() -> Verifier<Plain> {
    Verifier::new("sv-secret").unwrap()
}

#[test]
fn a_delivery_is_accepted_once() {
    let verifier = timed();
    assert!(verifier.verify(headers(), BODY).is_ok());
    let replay = verifier.verify(headers(), BODY).unwrap_err();
    assert!(replay.is_replay() && !replay.is_unauthenticated());
    assert_eq!(replay.status(), 200);
    assert!(
        verifier
            .clone()
            .verify(headers(), BODY)
            .unwrap_err()
            .is_replay(),
        "clones share it"
    );
}

#[test]
fn what_is_not_signed_does_not_make_it_another_delivery() {
    let verifier = timed();
    assert!(verifier.verify(headers(), BODY).is_ok());
    let nonce = headers().map(|(name, value)| match name {
        "X-Twenty-Webhook-Nonce" => (name, "new"),
        _ => (name, value),
    });
    assert!(verifier.verify(nonce, BODY).unwrap_err().is_replay());
    let upper = headers().map(|(name, value)| (name, value.to_uppercase()));
    assert!(verifier.verify(upper, BODY).unwrap_err().is_replay());
}

#[test]
fn a_delivery_is_known_by_its_id_where_one_is_signed() {
    let verifier = plain();
    assert!(verifier.verify([(HEADER, CREATED_BY)], CREATED).is_ok());
    assert!(
        verifier
            .verify([(HEADER, DELETED_BY)], DELETED)
            .unwrap_err()
            .is_replay()
    );
    assert!(
        verifier.verify([(HEADER, NAMELESS_BY)], NAMELESS).is_ok(),
        "by its signature"
    );
    assert!(
        verifier
            .verify([(HEADER, NAMELESS_BY)], NAMELESS)
            .unwrap_err()
            .is_replay()
    );
}

#[test]
fn only_what_is_genuine_and_could_be_read_is_remembered() {
    let verifier = timed();
    assert!(verifier.verify(headers(), b"changed").is_err());
    assert!(verifier.verify(headers(), BODY).is_ok());

    let broken = br#"{"eventName":"company.created","record":{}}"#;
    let signed = verifier.sign(broken);
    for _ in 0..2 {
        let refused = verifier.verify(&signed, broken).unwrap_err();
        assert!(matches!(refused, Error::Body(_)), "{refused}");
    }
}

#[test]
fn a_delivery_that_could_not_be_dealt_with_is_accepted_again() {
    let verifier = timed();
    let verified = verifier.authenticate(headers(), BODY).unwrap();
    verifier.claim(&verified).unwrap();
    assert!(verifier.verify(headers(), BODY).unwrap_err().is_replay());
    verifier.release(verified.replay_key());
    let accepted = verifier.verify(headers(), BODY).unwrap();
    assert_eq!(accepted.key, *verified.replay_key());
    verifier.release(&accepted.key);
    assert!(verifier.verify(headers(), BODY).is_ok());
}

/// Remembers for all who have it.
#[derive(Clone, Default)]
struct Common(Arc<MemoryReplayStore>);

impl ReplayStore for Common {
    fn claim(&self, key: &ReplayKey, until: Timestamp, now: Timestamp) -> Result<bool, StoreError> {
        self.0.claim(key, until, now)
    }

    fn release(&self, key: &ReplayKey) {
        self.0.release(key);
    }
}

#[test]
fn one_store_keeps_apis_and_webhooks_apart() {
    const ID: &[&str] = &["record", "id"];
    let store = Common::default();
    let body = br#"{"record":{"id":"c1"}}"#;
    let accepted = |verifier: &Verifier<_>| verifier.verify(&verifier.sign(body), body).is_ok();
    let scheme = Scheme::hmac_sha256("X-Sig").delivery_id(ID);
    let of = |secret: &str| {
        let verifier = Verifier::<Plain>::with_scheme(scheme, secret).unwrap();
        verifier.replay_store(store.clone())
    };
    assert!(accepted(&of("one")));
    assert!(!accepted(&of("one")));
    assert!(accepted(&of("two").namespace("the second webhook")));

    let other = Verifier::<Other>::with_scheme(scheme, "one").unwrap();
    let other = other.replay_store(store.clone());
    assert!(other.verify(&other.sign(body), body).is_ok());
}

mod other {
    specwright_runtime::events! { Other; }
}
use other::Other;

#[test]
fn a_delivery_is_remembered_as_long_as_it_would_be_accepted() {
    let clock = At::millisecond(SENT.parse().unwrap());
    let verifier = Verifier::<Timed>::new(SECRET).unwrap().clock(clock.clone());
    assert!(verifier.verify(headers(), BODY).is_ok());
    clock.advance(Duration::from_secs(300));
    assert!(verifier.verify(headers(), BODY).unwrap_err().is_replay());
    clock.advance(Duration::from_millis(1));
    assert!(matches!(
        verifier.verify(headers(), BODY),
        Err(Error::TooOld(_))
    ));

    let clock = At::millisecond(0);
    let verifier = plain()
        .clock(clock.clone())
        .remember_for(Duration::from_secs(60));
    assert!(verifier.verify([(HEADER, CREATED_BY)], CREATED).is_ok());
    clock.advance(Duration::from_secs(60));
    assert!(
        verifier
            .verify([(HEADER, CREATED_BY)], CREATED)
            .unwrap_err()
            .is_replay()
    );
    clock.advance(Duration::from_secs(1));
    assert!(verifier.verify([(HEADER, CREATED_BY)], CREATED).is_ok());
}

#[test]
fn the_receiver_may_remember_by_itself() {
    let verifier = timed().without_replay_protection();
    let verified = verifier.authenticate(headers(), BODY).unwrap();
    assert_eq!(
        verified.sent_at().unwrap().to_string(),
        "2024-12-24T18:57:19.761Z"
    );
    assert_eq!(
        verified.remember_until().to_string(),
        "2024-12-24T19:02:20.761Z"
    );
    let key = *verified.replay_key();
    assert_eq!(
        verifier.authenticate(headers(), BODY).unwrap().replay_key(),
        &key
    );
    for _ in 0..2 {
        assert!(verifier.verify(headers(), BODY).is_ok());
    }
}

struct Broken;

impl ReplayStore for Broken {
    fn claim(&self, _: &ReplayKey, _: Timestamp, _: Timestamp) -> Result<bool, StoreError> {
        Err("no connection".into())
    }

    fn release(&self, _: &ReplayKey) {}
}

#[test]
fn when_the_store_fails_the_sender_is_to_try_again() {
    let refused = timed()
        .replay_store(Broken)
        .verify(headers(), BODY)
        .unwrap_err();
    assert!(matches!(refused, Error::Store(_)) && !refused.is_replay());
    assert_eq!(refused.status(), 503);
    assert_eq!(
        refused.to_string(),
        "it is not known whether it came before: no connection"
    );
}

#[test]
fn of_many_copies_at_once_one_is_accepted() {
    let verifier = timed().replay_store(MemoryReplayStore::default());
    let accepted = std::thread::scope(|scope| {
        let all: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| verifier.verify(headers(), BODY).is_ok()))
            .collect();
        all.into_iter()
            .map(|one| one.join().unwrap())
            .filter(|ok| *ok)
            .count()
    });
    assert_eq!(accepted, 1);
}
