//! Triggers of small APIs.

use super::*;
use crate::config::N8nProfile;
use crate::diag::Code;
use crate::ir::{
    EventKey, HmacSignature, Place, Signature, SignatureEncoding, SignatureScheme,
    SignatureTimestamp, SignedPart, Style, TimestampUnit,
};
use crate::passes::testing::Fixture;
use serde_json::{Value, json};

/// Pets with two events, and a resource of webhooks that is made with what `input` says.
fn hooks(input: &str, made: &str) -> Api {
    let mut api = Fixture::new()
        .components(&[
            ("Pet", "{id!: uuid, name: str}"),
            ("Hook", made),
            ("NewHook", input),
        ])
        .actions(&[
            "GET /pets/{id} getPet #pets >Pet",
            "POST /hooks createHook #hooks <NewHook >Hook",
            "GET /hooks/{id} getHook #hooks ?id:str >Hook",
            "DELETE /hooks/{id} deleteHook #hooks ?id:str",
        ])
        .event("petCreated", "pets", "{type: one(pet.created), pet: Pet}")
        .event("petDeleted", "pets", "{type: one(pet.deleted), pet: Pet}")
        .run();
    // Fixtures are written with query parameters.
    for parameter in api.actions.iter_mut().flat_map(|it| &mut it.parameters) {
        parameter.place = Place::Path;
        parameter.style = Style::Simple;
        parameter.explode = false;
    }
    api
}

fn signed(mut api: Api) -> Api {
    let scheme = SignatureScheme::Hmac(HmacSignature {
        header: "X-Signature".to_owned(),
        prefix: String::new(),
        encoding: SignatureEncoding::Base64,
        signed: vec![
            SignedPart::Timestamp,
            SignedPart::Text(".".to_owned()),
            SignedPart::Body,
        ],
        timestamp: Some(SignatureTimestamp {
            header: "X-Time".to_owned(),
            unit: TimestampUnit::Seconds,
        }),
    });
    api.webhooks.signature = Some(Signature {
        scheme,
        evidence: String::new(),
    });
    api
}

fn made(api: &Api) -> (Value, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let found = trigger(
        api,
        &N8nProfile::default(),
        &mut Lock::new(),
        &mut diagnostics,
    );
    (serde_json::to_value(found).unwrap(), diagnostics)
}

fn notice(trigger: &Value) -> &str {
    let mut all = trigger["properties"].as_array().unwrap().iter();
    let found = all.find(|it| it["type"] == "notice");
    found.map_or("", |it| it["displayName"].as_str().unwrap())
}

#[test]
fn a_subscription_is_made_with_what_a_trigger_knows() {
    let api = hooks(
        "{targetUrl!: str, config: {events: [str], secret: str}}",
        "{id!: uuid, targetUrl: str}",
    );
    let (found, _) = made(&signed(api));
    let subscription = &found["subscription"];
    assert_eq!(subscription["create"]["path"], json!(["/hooks"]));
    let config = json!({"events": {"name": "events", "shape": {"list": "text"}},
        "secret": {"name": "secret", "shape": "text"}});
    assert_eq!(
        subscription["create"]["body"]["shape"]["object"],
        json!({"config": {"name": "all", "shape": {"object": config}},
            "targetUrl": {"name": "url", "shape": "text"}})
    );
    let id = json!([{"in": "path", "name": "id", "required": true, "shape": {"at": ["id"], "shape": "text"}}]);
    for request in ["find", "delete"] {
        let path = json!(["/hooks/", {"parameter": "id"}]);
        assert_eq!(subscription[request]["path"], path);
        assert_eq!(subscription[request]["parameters"], id);
    }
    // What is found says the URL, and nothing of events.
    assert_eq!(subscription["url"], json!(["targetUrl"]));
    assert_eq!(subscription["events"], Value::Null);
    assert_eq!(subscription["secret"], "chosen");
    assert_eq!(notice(&found), "");
}

/// What the options of several events say, by value.
fn several(trigger: &Value) -> Vec<(&str, &str)> {
    let mut properties = trigger["properties"].as_array().unwrap().iter();
    let events = properties.find(|it| it["name"] == "events").unwrap();
    let options = events["options"].as_array().unwrap().iter();
    let texts = options.map(|it| {
        (
            it["value"].as_str().unwrap(),
            it["description"].as_str().unwrap_or_default(),
        )
    });
    texts.filter(|(value, _)| value.ends_with('*')).collect()
}

#[test]
fn several_events_have_one_name_where_the_configuration_knows_it() {
    let mut api = hooks(
        "{targetUrl!: str, events: [str], secret: str}",
        "{id!: uuid, targetUrl: str}",
    );
    // A group of all events would say nothing.
    let mut other = api.events[0].clone();
    other.wire_name = Some("toy.created".to_owned());
    other.name = "toyCreated".to_owned();
    api.events.push(other);
    let (unnamed, _) = made(&api);
    assert_eq!(unnamed["subscription"]["wildcards"], Value::Null);
    assert_eq!(
        several(&unnamed),
        [
            ("*", "Every event in this list"),
            ("pet.*", "Every event of this kind in this list")
        ]
    );
    let known = api.webhooks.subscription.as_mut().unwrap();
    let events = known.events.as_mut().unwrap();
    events.every = Some("all".to_owned());
    events.every_of = Some("{resource}.any".to_owned());
    let (named, diagnostics) = made(&api);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    assert_eq!(
        named["subscription"]["wildcards"],
        json!({"*": "all", "pet.*": "pet.any"})
    );
    let every = "Every event, also those that were not known when this node was made";
    assert_eq!(
        several(&named),
        [("*", every), ("pet.*", "Every event of this kind")]
    );
    api.webhooks.subscription = None;
    let (by_hand, _) = made(&api);
    assert_eq!(
        several(&by_hand),
        several(&named),
        "nothing is registered by name"
    );
}

#[test]
fn one_event_each_and_a_secret_of_the_api_s_are_told() {
    let api = hooks(
        "{url!: uri, event!: one(pet.created|pet.deleted)}",
        "{id!: uuid, url: uri, event: str, signingSecret: str}",
    );
    let (found, _) = made(&signed(api));
    let subscription = &found["subscription"];
    assert_eq!(subscription["single"], true);
    assert_eq!(
        subscription["offered"],
        json!(["pet.created", "pet.deleted"])
    );
    assert_eq!(subscription["secret"], json!({"given": ["signingSecret"]}));
}

#[test]
fn what_people_have_to_do_is_in_a_notice() {
    let with = "{url!: uri, events: [str], secret: str}";
    let without = "{url!: uri, events: [str]}";
    let record = "{id!: uuid, url: uri}";
    let by_hand = |mut api: Api| {
        api.webhooks.subscription = None;
        api
    };
    let (url, secret, open) = ("production URL", "signing secret", "not verified");
    for (api, expected) in [
        (signed(hooks(with, record)), vec![]),
        (signed(hooks(without, record)), vec![secret]),
        (hooks(with, record), vec![open]),
        (by_hand(signed(hooks(with, record))), vec![url, secret]),
        (by_hand(hooks(with, record)), vec![url, open]),
    ] {
        let (found, _) = made(&api);
        let text = notice(&found);
        let said: Vec<&str> = [url, secret, open]
            .into_iter()
            .filter(|part| text.contains(part))
            .collect();
        assert_eq!(said, expected, "{text}");
    }
}

#[test]
fn events_that_nothing_tells_apart_are_passed_on_with_a_note() {
    let mut api = hooks("{url!: uri}", "{id!: uuid}");
    api.events[1].key = None;
    let (found, diagnostics) = made(&api);
    assert_eq!(
        found["kinds"][0]["events"],
        json!({"pet.created": "pet.created"})
    );
    let mut notes = diagnostics.iter();
    let note = notes
        .find(|it| it.message.contains("tells the event `petDeleted` apart"))
        .unwrap();
    assert_eq!(note.code, Code::NotGenerated);
    assert_eq!(note.origin, api.events[1].origin);
    api.events[0].key = None;
    let (found, _) = made(&api);
    assert_eq!(found["kinds"], json!([]));
    let properties = found["properties"].as_array().unwrap();
    assert!(properties.iter().all(|it| it["name"] != "events"));
    assert!(notice(&found).contains("Every delivery starts the workflow"));
}

#[test]
fn another_method_is_not_heard() {
    let mut api = hooks("{url!: uri}", "{id!: uuid}");
    api.events[1].method = Method::Put;
    let (found, diagnostics) = made(&api);
    assert_eq!(
        found["kinds"][0]["events"],
        json!({"pet.created": "pet.created"})
    );
    let mut notes = diagnostics.iter();
    assert!(notes.any(|it| it.message == "another method than POST sends the event `petDeleted`"));
    api.events[0].method = Method::Put;
    assert_eq!(made(&api).0, Value::Null);
}

#[test]
fn the_signature_is_told_and_the_delivery_s_name_only_where_it_is_signed() {
    let mut api = hooks("{url!: uri}", "{id!: uuid}");
    api.webhooks.delivery_id = vec!["id".to_owned()];
    assert_eq!(made(&api).0["deliveryId"], Value::Null);
    let (found, _) = made(&signed(api));
    assert_eq!(found["deliveryId"], json!(["id"]));
    assert_eq!(
        found["signature"],
        json!({"scheme": "hmacSha256", "header": "X-Signature", "encoding": "base64",
            "signed": ["timestamp", {"text": "."}, "body"],
            "timestamp": {"header": "X-Time", "unit": "seconds"}})
    );
}

#[test]
fn events_of_a_kind_have_their_names_and_records_in_one_place() {
    let mut api = hooks("{url!: uri}", "{id!: uuid}");
    api.events[1].key = Some(EventKey::Header("X-Event".to_owned()));
    api.events[1].record_path = Vec::new();
    let (found, _) = made(&api);
    assert_eq!(
        found["kinds"],
        json!([
            {"key": {"body": ["type"]}, "record": ["pet"], "events": {"pet.created": "pet.created"}},
            {"key": {"header": "X-Event"}, "events": {"pet.deleted": "pet.deleted"}},
        ])
    );
}
