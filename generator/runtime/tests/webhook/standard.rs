//! Standard Webhooks 1.0.

use specwright_runtime::webhook::{Accepted, Error, Scheme, SecretError, Verifier};

use crate::api::{At, Plain};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const TIME: &str = "1614265330";
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
/// The same with the secret `whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX`.
const OTHER: &str = "v1,/485aUtxlie+TIScVpHggMfqOB4so2KWb7+Gf727B44=";

fn verifier(secret: &str) -> Verifier<Plain> {
    let verifier = Verifier::with_scheme(Scheme::standard_webhooks(), secret).unwrap();
    verifier.clock(At::millisecond(1_614_265_330_000))
}

fn verify(signatures: &str) -> Result<Accepted<Plain>, Error> {
    let headers = [
        ("webhook-id", ID),
        ("webhook-timestamp", TIME),
        ("webhook-signature", signatures),
    ];
    verifier(SECRET).verify(headers, BODY)
}

#[test]
fn one_signature_of_several_is_enough() {
    for signatures in [
        SIGNATURE.to_owned(),
        format!("{OTHER} {SIGNATURE}"),
        format!("{SIGNATURE} {OTHER}"),
        format!("v1a,{} v2,x {SIGNATURE}", "A".repeat(44)),
        format!("v1,### {SIGNATURE}"),
        SIGNATURE.trim_end_matches('=').to_owned(),
    ] {
        assert!(verify(&signatures).is_ok(), "{signatures}");
    }
}

#[test]
fn without_a_right_signature_of_version_1_it_is_refused() {
    assert!(matches!(verify(OTHER), Err(Error::BadSignature)));
    for none in [
        &SIGNATURE[3..],
        &SIGNATURE.replace("v1", "v2"),
        "v1,",
        "v1,AAAA",
        " ",
        "v1",
    ] {
        let refused = verify(none).unwrap_err();
        let expected = "the header webhook-signature has no signature of version 1";
        assert_eq!(refused.to_string(), expected, "{none:?}");
    }
}

#[test]
fn id_and_time_are_signed() {
    let headers = |id, time| {
        [
            ("webhook-id", id),
            ("webhook-timestamp", time),
            ("webhook-signature", SIGNATURE),
        ]
    };
    let verify = |id, time| verifier(SECRET).verify(headers(id, time), BODY);
    assert!(verify(ID, TIME).is_ok());
    assert!(matches!(
        verify("msg_other", TIME),
        Err(Error::BadSignature)
    ));
    assert!(matches!(verify(ID, "1614265331"), Err(Error::BadSignature)));
    assert!(matches!(
        verify("", TIME),
        Err(Error::MissingHeader("webhook-id"))
    ));
}

#[test]
fn secrets_are_base64_with_and_without_their_prefix() {
    for secret in [SECRET, &SECRET["whsec_".len()..]] {
        let signed = verifier(secret).sign(BODY);
        assert!(verifier(SECRET).verify(&signed, BODY).is_ok(), "{secret}");
    }
    let refused = |secret: &str| {
        Verifier::<Plain>::with_scheme(Scheme::standard_webhooks(), secret).unwrap_err()
    };
    assert_eq!(refused("whsec_no base64!"), SecretError::Encoding);
    assert_eq!(refused("whsec_"), SecretError::Empty);
    assert_eq!(refused("whsec_AA=="), SecretError::Short);
    assert_eq!(refused(""), SecretError::Empty);
}

#[test]
fn a_second_attempt_is_a_replay_by_its_id() {
    let verifier = verifier(SECRET)
        .also("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX")
        .unwrap();
    let headers = |signature| {
        [
            ("webhook-id", ID),
            ("webhook-timestamp", TIME),
            ("webhook-signature", signature),
        ]
    };
    assert!(verifier.verify(headers(SIGNATURE), BODY).is_ok());
    // Signed with another secret, and so with another signature.
    assert!(
        verifier
            .verify(headers(OTHER), BODY)
            .unwrap_err()
            .is_replay()
    );
}
