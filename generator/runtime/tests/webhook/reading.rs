//! What a delivery tells.

use specwright_runtime::webhook::{BodyError, Error};
use specwright_runtime::{DecodeErrorKind, HeaderMap};

use crate::api::{Delivery, Plain, Timed, timed};

fn read(headers: &[(&str, &str)], body: &str) -> Result<Timed, Box<BodyError>> {
    Timed::parse_unverified(headers.iter().copied(), body.as_bytes())
}

#[test]
fn an_event_is_told_by_its_body_or_by_a_header() {
    let event = read(
        &[],
        r#"{"record":{"id":"c1"},"eventName":"company.created"}"#,
    )
    .unwrap();
    assert_eq!(event.name(), Some("company.created"));
    assert!(matches!(event, Timed::CompanyCreated(told) if told.record.id == "c1"));

    let event = read(&[("x-event", "ping")], r#"{"zen":1}"#).unwrap();
    assert!(
        matches!(&event, Timed::Ping(body) if body["zen"] == 1),
        "{event:?}"
    );
    // `ping` is an event of the header alone.
    let event = read(&[], r#"{"eventName":"ping"}"#).unwrap();
    assert!(matches!(event, Timed::Unknown(_)));
}

#[test]
fn an_event_that_is_named_twice_is_none() {
    let twice = [("X-Event", "ping"), ("x-event", "pong")];
    let error = read(&twice, "{}").unwrap_err();
    let said = "cannot read the delivery: the header X-Event is there more than once";
    assert_eq!(error.to_string(), said);
    let signed = timed().sign(b"{}");
    let signed = signed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()));
    let twice = twice.iter().map(|(name, value)| (*name, value.as_bytes()));
    let refused = timed().verify(signed.chain(twice), b"{}").unwrap_err();
    assert!(
        matches!(refused, Error::DuplicateHeader("X-Event")),
        "{refused}"
    );
}

#[test]
fn a_genuine_body_can_be_read_as_anything() {
    let body = br#"{"eventName":"company.created","record":7}"#;
    let verifier = timed();
    let signed = verifier.sign(body);
    let verified = verifier.authenticate(&signed, body).unwrap();
    assert!(verified.event().is_err());
    assert_eq!(verified.body(), body);
    let read: Delivery<i64> = verified.payload().unwrap();
    assert_eq!(read.record, 7);
}

#[test]
fn an_event_that_nobody_knows_is_kept() {
    let event = read(&[], r#"{"eventName":"company.merged","n":[1]}"#).unwrap();
    assert_eq!(event.name(), Some("company.merged"));
    let Timed::Unknown(event) = event else {
        panic!("{event:?}");
    };
    assert_eq!(event.body["n"][0], 1);
    // Its feature is off: what its type would be does not matter.
    let event = read(&[], r#"{"eventName":"company.gone","record":7}"#).unwrap();
    assert_eq!(event.name(), Some("company.gone"));
    let event = read(&[], r#"{"eventName":7.5}"#).unwrap();
    assert_eq!(event.name(), None);
}

#[test]
fn a_payload_that_does_not_fit_says_where_and_keeps_the_body() {
    let body = "{\"eventName\":\"company.created\",\n\"record\":{\"id\":\"hunter2\",\"name\":7}}";
    let error = read(&[], body).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot read the event company.created: record.name: expected a string, found 7 (line 2, column 33)"
    );
    assert_eq!(
        (error.event(), error.kind()),
        (Some("company.created"), DecodeErrorKind::Data)
    );
    assert_eq!(
        (error.path(), error.position()),
        (Some("record.name"), Some((2, 33)))
    );
    assert_eq!(error.raw(), body.as_bytes());
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn a_body_that_is_no_json_is_an_error() {
    for (body, kind) in [
        ("", DecodeErrorKind::Empty),
        ("a=b", DecodeErrorKind::Syntax),
        (r#"{"eventName":"company.created""#, DecodeErrorKind::Cut),
    ] {
        let error = Plain::parse_unverified(&HeaderMap::new(), body.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), kind, "{body}");
        assert_eq!(error.event(), None);
    }
}
