//! HMAC-SHA256 in a header.

use specwright_runtime::HeaderMap;
use specwright_runtime::webhook::{
    Accepted, Encoding, Error, Part, Scheme, SecretError, Unit, Verifier,
};

use crate::api::{At, BODY, Plain, SECRET, SENT, SIGNATURE, Timed, headers, timed};

const SIGNED: &str = "X-Twenty-Webhook-Signature";
const TIME: &str = "X-Twenty-Webhook-Timestamp";

/// What is said of the delivery with one header replaced.
fn with(header: &str, value: &[u8]) -> Result<Accepted<Timed>, Error> {
    let replaced = headers().map(|(name, other)| {
        (
            name,
            if name == header {
                value
            } else {
                other.as_bytes()
            },
        )
    });
    timed().verify(replaced, BODY)
}

#[test]
fn a_delivery_of_each_scheme_is_recognised() {
    let event = timed().verify(headers(), BODY).unwrap().event;
    assert!(
        matches!(event, Timed::CompanyCreated(told) if told.record.name.as_deref() == Some("Café"))
    );

    let body = br#"{"data":{"object":{"id":"cact_d025a96ac0c6"},"type":"connected_account.created"},"id":"evt_1"}"#;
    let upper = "sha256=8EB9DB8C13878A914F389507059689A21A27A98151BE1496D7973BA876EC94A7";
    let plain = Verifier::<Plain>::new("sv-secret").unwrap();
    assert!(
        plain
            .verify([("x-savvycal-signature", upper)], body)
            .is_ok()
    );

    let scheme = Scheme::hmac_sha256("X-Sig")
        .prefix("v0=")
        .encoding(Encoding::Base64)
        .signed(
            &[
                Part::Text("v0:"),
                Part::Timestamp {
                    header: "X-Time",
                    unit: Unit::Seconds,
                },
                Part::Text(":"),
            ],
            &[],
        );
    let verifier = Verifier::<Plain>::with_scheme(scheme, "k").unwrap();
    let verifier = verifier.clock(At::millisecond(1_531_420_618_000));
    for padding in ["=", ""] {
        let signature = format!("v0=NKyRtj8iKNOciLTE7jE0sruBfSlVHcVGEOs12aOE+fg{padding}");
        let headers = [("X-Sig", signature.as_str()), ("X-Time", "1531420618")];
        assert!(verifier.authenticate(headers, b"a=b").is_ok());
    }
}

#[test]
fn headers_come_as_a_map_or_as_pairs_and_their_case_does_not_matter() {
    let mut map = HeaderMap::new();
    for (name, value) in headers() {
        map.insert(
            name.parse::<http::HeaderName>().unwrap(),
            value.parse().unwrap(),
        );
    }
    assert!(timed().verify(&map, BODY).is_ok());
    let upper = headers().map(|(name, value)| (name.to_uppercase(), value.to_owned()));
    assert!(
        timed()
            .verify(upper.iter().map(|(name, value)| (name, value)), BODY)
            .is_ok()
    );
}

#[test]
fn either_case_of_a_signature_is_accepted() {
    assert!(with(SIGNED, SIGNATURE.to_uppercase().as_bytes()).is_ok());
}

#[test]
fn whatever_is_changed_makes_the_signature_wrong() {
    let flipped = |text: &[u8], at: usize| {
        let mut text = text.to_vec();
        text[at] ^= 1;
        text
    };
    for at in 0..BODY.len() {
        let refused = timed().verify(headers(), &flipped(BODY, at));
        assert!(
            matches!(refused, Err(Error::BadSignature)),
            "byte {at} of the body"
        );
    }
    for at in 0..SIGNATURE.len() {
        // 0 becomes 1, and f becomes g, which is no digit.
        let refused = with(SIGNED, &flipped(SIGNATURE.as_bytes(), at)).unwrap_err();
        assert!(
            refused.is_unauthenticated(),
            "digit {at} of the signature: {refused}"
        );
    }
    for at in 0..SENT.len() {
        let refused = with(TIME, &flipped(SENT.as_bytes(), at));
        assert!(
            matches!(refused, Err(Error::BadSignature)),
            "digit {at} of the time"
        );
    }
    let written_again =
        serde_json::to_vec_pretty(&serde_json::from_slice::<serde_json::Value>(BODY).unwrap());
    let refused = timed().verify(headers(), &written_again.unwrap());
    assert!(matches!(refused, Err(Error::BadSignature)));
    assert!(matches!(
        timed().verify(headers(), b""),
        Err(Error::BadSignature)
    ));
}

#[test]
fn a_header_that_is_not_signed_may_change() {
    assert!(with("X-Twenty-Webhook-Nonce", b"another").is_ok());
}

#[test]
fn missing_and_duplicate_headers_are_told() {
    for (at, name) in [SIGNED, TIME].into_iter().enumerate() {
        let others = headers()
            .into_iter()
            .enumerate()
            .filter(|(index, _)| *index != at);
        let refused = timed().verify(others.map(|(_, header)| header), BODY);
        assert!(matches!(refused, Err(Error::MissingHeader(header)) if header == name));
        assert!(matches!(with(name, b""), Err(Error::MissingHeader(header)) if header == name));
        // Also when both say the same.
        let twice = headers().into_iter().chain([headers()[at]]);
        let refused = timed().verify(twice, BODY);
        assert!(matches!(refused, Err(Error::DuplicateHeader(header)) if header == name));
    }
}

#[test]
fn a_malformed_signature_is_an_error_of_its_own() {
    for (value, said) in [
        (
            &b"5e81"[..],
            "the header X-Twenty-Webhook-Signature has not the length of an HMAC-SHA256",
        ),
        (
            &SIGNATURE.as_bytes()[1..],
            "the header X-Twenty-Webhook-Signature is not hexadecimal",
        ),
        (
            b"zz",
            "the header X-Twenty-Webhook-Signature is not hexadecimal",
        ),
        (
            b"\xff\xfe",
            "the header X-Twenty-Webhook-Signature is not hexadecimal",
        ),
        (
            &"é".repeat(32).into_bytes(),
            "the header X-Twenty-Webhook-Signature is not hexadecimal",
        ),
    ] {
        let refused = with(SIGNED, value).unwrap_err();
        assert_eq!(refused.to_string(), said);
        assert_eq!(refused.status(), 401);
    }
    let plain = Verifier::<Plain>::new("sv-secret").unwrap();
    for value in ["8EB9", "sha1=8EB9", "SHA256=8EB9", "sha256"] {
        let refused = plain
            .verify([("x-savvycal-signature", value)], b"{}")
            .unwrap_err();
        assert!(
            matches!(refused, Error::MalformedHeader { .. }),
            "{value}: {refused}"
        );
    }
}

#[test]
fn a_body_that_is_no_text_is_verified_all_the_same() {
    let signature = "2ba75128e9653d1cc8991c689f1b29f2b8cb3bca935fedb767d7d785fb3e7b01";
    let verifier = timed();
    let verified = verifier
        .authenticate([(SIGNED, signature), (TIME, SENT)], b"\xff\xfe")
        .unwrap();
    let error = verified.event().unwrap_err();
    assert_eq!(error.kind(), specwright_runtime::DecodeErrorKind::Text);
}

#[test]
fn the_old_secret_and_the_new_one_are_accepted_while_they_change() {
    let old = "2a2fcf1f80fec2440c3ad1eb82186c8f874fe9823e3b8480e260b575dcc6c6f2";
    assert!(matches!(
        with(SIGNED, old.as_bytes()),
        Err(Error::BadSignature)
    ));
    let both = timed().also("old-secret").unwrap();
    for signature in [old, SIGNATURE] {
        let event = both.verify([(SIGNED, signature), (TIME, SENT)], BODY);
        assert!(event.is_ok(), "{signature}");
    }
    let refused = both.also("").unwrap_err();
    assert_eq!(refused, SecretError::Empty);
}

#[test]
fn a_secret_that_is_empty_or_has_whitespace_around_it_is_refused() {
    let refused = Verifier::<Timed>::new("").unwrap_err();
    assert_eq!(refused, SecretError::Empty);
    assert_eq!(refused.to_string(), "the webhook's secret is empty");
    for spaced in ["secret\n", " secret", "\r\n"] {
        let refused = Verifier::<Timed>::new(spaced).unwrap_err();
        assert_eq!(refused, SecretError::Whitespace, "{spaced:?}");
    }
}

#[test]
fn nothing_shows_a_secret_or_a_right_signature() {
    let verifier = timed();
    let verified = verifier.authenticate(headers(), BODY).unwrap();
    let refused = with(SIGNED, &[b'0'; 64]).unwrap_err();
    let shown = format!("{verifier:?} {verified:?} {refused:?} {refused}");
    for secret in [SECRET, SIGNATURE, "5e811ff7"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn what_is_signed_for_a_test_is_genuine() {
    let verifier = timed();
    let headers = verifier.sign(BODY);
    assert_eq!(headers[SIGNED], SIGNATURE);
    assert_eq!(headers[TIME], SENT);
    assert!(verifier.verify(&headers, BODY).is_ok());
    assert!(matches!(
        verifier.verify(&headers, b"{}"),
        Err(Error::BadSignature)
    ));
}
