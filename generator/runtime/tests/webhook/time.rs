//! How old a delivery may be.

use std::time::Duration;

use specwright_runtime::webhook::{Accepted, Error, Part, Scheme, Unit, Verifier};

use crate::api::{At, BODY, Plain, SECRET, SENT, Timed, headers};

const TOLERANCE: i64 = 5 * 60 * 1_000;

/// What is said when the clock shows so many milliseconds after the delivery was sent.
fn after(milliseconds: i64) -> Result<Accepted<Timed>, Error> {
    let sent: i64 = SENT.parse().unwrap();
    let verifier = Verifier::<Timed>::new(SECRET).unwrap();
    verifier
        .clock(At::millisecond(sent + milliseconds))
        .verify(headers(), BODY)
}

#[test]
fn a_delivery_is_accepted_to_the_end_of_the_tolerance_on_either_side() {
    for accepted in [0, TOLERANCE, -TOLERANCE] {
        assert!(after(accepted).is_ok(), "{accepted}");
    }
    let old = after(TOLERANCE + 1).unwrap_err();
    assert!(matches!(old, Error::TooOld(age) if age == Duration::from_millis(300_001)));
    assert_eq!(old.to_string(), "it was sent 300 s ago");
    let early = after(-TOLERANCE - 1).unwrap_err();
    assert!(matches!(early, Error::TooEarly(lead) if lead == Duration::from_millis(300_001)));
    assert_eq!(
        (old.status(), early.status()),
        (
            http::StatusCode::UNAUTHORIZED,
            http::StatusCode::UNAUTHORIZED
        )
    );
}

#[test]
fn the_tolerance_can_be_another_or_none() {
    let sent: i64 = SENT.parse().unwrap();
    let at = |milliseconds| {
        let verifier = Verifier::<Timed>::new(SECRET).unwrap();
        verifier.clock(At::millisecond(sent + milliseconds))
    };
    let short = |after| {
        at(after)
            .tolerance(Duration::from_secs(1))
            .verify(headers(), BODY)
    };
    assert!(short(1_000).is_ok());
    assert!(short(1_001).is_err());
    assert!(
        at(TOLERANCE * 1_000)
            .tolerance(None)
            .verify(headers(), BODY)
            .is_ok()
    );
}

const SECONDS: Scheme = Scheme::hmac_sha256("s").signed(
    &[Part::Timestamp {
        header: "t",
        unit: Unit::Seconds,
    }],
    &[],
);

#[test]
fn seconds_are_compared_as_seconds() {
    let clock = At::millisecond(1_000_000_000_999);
    let verifier = Verifier::<Plain>::with_scheme(SECONDS, "k")
        .unwrap()
        .clock(clock.clone());
    let signed = verifier.sign(BODY);
    assert_eq!(signed["t"], "1000000000");
    clock.advance(Duration::from_secs(300));
    assert!(
        verifier.authenticate(&signed, BODY).is_ok(),
        "300.999 s later"
    );
    clock.advance(Duration::from_millis(1));
    assert!(verifier.authenticate(&signed, BODY).is_err(), "301 s later");
}

#[test]
fn a_time_that_is_none_is_told() {
    for time in [
        "",
        " 1",
        "1.5",
        "-1",
        "+1",
        "0x1",
        "1e3",
        "²",
        "99999999999999999999",
        "9223372036854775807",
    ] {
        let verifier = Verifier::<Plain>::with_scheme(SECONDS, "k").unwrap();
        // Genuine but for what it says: the sender itself wrote such a time.
        let signature = {
            let mut mac =
                <hmac::Hmac<sha2::Sha256> as hmac::KeyInit>::new_from_slice(b"k").unwrap();
            hmac::Mac::update(&mut mac, time.as_bytes());
            hmac::Mac::update(&mut mac, BODY);
            let bytes = hmac::Mac::finalize(mac).into_bytes();
            bytes
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
        };
        let refused = verifier.authenticate([("s", signature.as_str()), ("t", time)], BODY);
        let said = refused.unwrap_err().to_string();
        let expected = if time.is_empty() {
            "the header t is missing"
        } else {
            "the header t is no time"
        };
        assert_eq!(said, expected, "{time:?}");
    }
}
