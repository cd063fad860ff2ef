//! Events in Rust: what is written once, what it is called and stays called, and what is left out.

#![allow(clippy::unwrap_used, reason = "only tests use this")]

mod support;

use specwright::Shape;
use specwright::config::{ApiConfig, Output};
use specwright::diag::{Code, Diagnostics};
use specwright::ir::{
    HmacSignature, Signature, SignatureEncoding, SignatureScheme, SignatureTimestamp, SignedPart,
    TimestampUnit,
};
use specwright::names::Lock;
use specwright::plan::WritePlan;
use specwright::{Rendering, render};
use support::api;

const KINDS: [&str; 3] = ["Ant", "Bee", "Cat"];

/// Events that tell of a record of each kind, and some more.
fn document(kinds: &[&str], more: &str) -> String {
    let mut paths = String::new();
    let mut hooks = String::new();
    let mut types = String::new();
    for kind in kinds {
        let (word, content) = (
            kind.to_lowercase(),
            "content: {application/json: {schema: {$ref:",
        );
        let answer =
            format!("'200': {{description: d, {content} '#/components/schemas/{kind}'}}}}}}}}");
        paths += &format!(
            "  /{word}s/{{id}}: {{get: {{tags: [{word}s], parameters: [{{in: path, name: id, required: true, schema: {{type: string}}}}], responses: {{{answer}}}}}}}\n"
        );
        hooks += &format!(
            "  {word} made: {{post: {{requestBody: {{{content} '#/components/schemas/{kind}Told'}}}}}}}}, responses: {{}}}}}}\n"
        );
        types += &format!(
            "    {kind}: {{type: object, properties: {{{word}: {{type: string}}}}}}\n    {kind}Told: {{type: object, properties: {{type: {{const: {word}.made}}, record: {{$ref: '#/components/schemas/{kind}'}}}}}}\n"
        );
    }
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}webhooks:\n{hooks}{more}components:\n  schemas:\n{types}"
    )
}

fn rendered(text: &str, lock: &mut Lock) -> (WritePlan, Diagnostics) {
    let (api, config, mut diagnostics): (_, ApiConfig, _) = api("zoo", text);
    let rendering = Rendering {
        api: &api,
        config: &config,
        outputs: &[Output::Rust],
        shape: Shape::Standalone,
        cases: None,
    };
    let rendered = render(rendering, lock, &mut |_| {});
    for diagnostic in &rendered.diagnostics {
        diagnostics.push(diagnostic.clone());
    }
    (rendered.plan, diagnostics)
}

fn webhooks(text: &str, lock: &mut Lock) -> String {
    let (plan, _) = rendered(text, lock);
    plan.get("src/zoo/webhooks.rs").unwrap().to_owned()
}

/// The lines of a text that have a word in them.
fn lines<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    text.lines()
        .map(str::trim)
        .filter(|line| line.contains(word))
        .collect()
}

#[test]
fn bodies_that_differ_in_one_type_are_written_once() {
    let text = webhooks(&document(&KINDS, ""), &mut Lock::new());
    assert_eq!(lines(&text, "pub struct"), ["pub struct Told<T> {"]);
    assert_eq!(lines(&text, ": Option<T>"), ["pub record: Option<T>,"]);
    let bees = r##"#[cfg(feature = "bees")] BeeMade(Told<Bee>) = "bee.made", "`bee.made`.";"##;
    assert_eq!(lines(&text, "BeeMade"), [bees]);
}

#[test]
fn a_body_alone_is_what_the_document_calls_it() {
    let text = webhooks(&document(&["Ant"], ""), &mut Lock::new());
    assert_eq!(lines(&text, "pub struct"), ["pub struct AntTold {"]);
}

#[test]
fn a_body_that_comes_back_to_itself_is_written_as_it_is() {
    // What `Ant` told of is what was told, which no parameter can be.
    let text = document(&KINDS, "").replace(
        "record: {$ref: '#/components/schemas/Ant'}",
        "record: {type: array, items: {$ref: '#/components/schemas/AntTold'}}",
    );
    let text = webhooks(&text, &mut Lock::new());
    assert_eq!(
        lines(&text, "pub struct"),
        ["pub struct AntTold {", "pub struct Told<T> {"]
    );
}

#[test]
fn an_enum_of_the_name_alone_is_text() {
    let text =
        document(&["Ant"], "").replace("{const: ant.made}", "{type: string, enum: [ant.made]}");
    let text = webhooks(&text, &mut Lock::new());
    assert_eq!(lines(&text, "r#type: "), ["pub r#type: Option<String>,"]);
    assert_eq!(lines(&text, "pub enum"), [""; 0]);
}

#[test]
fn an_event_that_nothing_tells_is_named_with_its_type() {
    let text = document(&["Ant"], "").replace("type: {const: ant.made}, ", "");
    let text = webhooks(&text, &mut Lock::new());
    assert_eq!(lines(&text, "- `"), ["//! - `ant made`: `AntTold`"]);

    // Its body is a type of the resource's, so that there is nothing to write but this.
    let text = document(&["Ant"], "").replace("AntTold'}}}}", "Ant'}}}}");
    let text = webhooks(&text, &mut Lock::new());
    assert_eq!(lines(&text, "- `"), ["//! - `ant made`: `Ant`"]);
    assert_eq!(lines(&text, "use "), [""; 0]);
}

/// Where no time is signed, nothing is said of what is recent, nor that nothing comes twice.
#[test]
fn of_time_and_replays_it_says_what_is_true() {
    let hmac = |timestamp: Option<SignatureTimestamp>| {
        let mut signed = vec![SignedPart::Body];
        if timestamp.is_some() {
            signed.insert(0, SignedPart::Timestamp);
        }
        SignatureScheme::Hmac(HmacSignature {
            header: "X-Sig".to_owned(),
            prefix: String::new(),
            encoding: SignatureEncoding::Hex,
            signed,
            timestamp,
        })
    };
    let timed = hmac(Some(SignatureTimestamp {
        header: "X-Time".to_owned(),
        unit: TimestampUnit::Seconds,
    }));
    for (scheme, is_timed) in [
        (SignatureScheme::StandardWebhooks, true),
        (timed, true),
        (hmac(None), false),
    ] {
        let (mut api, config, _) = api("zoo", &document(&["Ant"], ""));
        api.webhooks.signature = Some(Signature {
            scheme,
            evidence: String::new(),
        });
        let rendering = Rendering {
            api: &api,
            config: &config,
            outputs: &[Output::Rust],
            shape: Shape::Standalone,
            cases: None,
        };
        let plan = render(rendering, &mut Lock::new(), &mut |_| {}).plan;
        for path in ["src/zoo/webhooks.rs", "examples/webhook_receiver.rs"] {
            let text = plan.get(path).unwrap();
            assert_eq!(text.contains("none is accepted twice"), is_timed, "{path}");
            assert_eq!(
                text.contains("for a week, in this process"),
                !is_timed,
                "{path}"
            );
        }
        let text = plan.get("src/zoo/webhooks.rs").unwrap();
        assert_eq!(text.contains("genuine and recent"), is_timed);
    }
}

#[test]
fn names_stay_when_an_event_is_added_before_others() {
    let mut lock = Lock::new();
    webhooks(&document(&KINDS[1..], ""), &mut lock);
    let mut again = Lock::parse(&lock.to_text()).unwrap();
    let text = webhooks(&document(&KINDS, ""), &mut again);
    assert_eq!(lines(&text, "pub struct"), ["pub struct Told<T> {"]);
    for line in lock.to_text().lines() {
        assert!(again.to_text().contains(line), "{line}");
    }
}

#[test]
fn what_is_not_written_is_noted() {
    let note = |more: &str, kinds: &[&str]| {
        let (_, diagnostics) = rendered(&document(kinds, more), &mut Lock::new());
        let mut found = diagnostics
            .iter()
            .filter(|it| it.code == Code::NotGenerated);
        found
            .next()
            .map(|it| (it.origin.pointer.clone(), it.message.clone()))
    };
    assert_eq!(note("", &KINDS), None);
    let form = "  form: {post: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {type: {const: f}}}}}}, responses: {}}}\n";
    let expected = (
        "/webhooks/form/post".to_owned(),
        "an event has no body in JSON".to_owned(),
    );
    assert_eq!(note(form, &KINDS), Some(expected));
    let alone = "  lone: {post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {}}}\n";
    let expected = (
        "/webhooks/lone/post".to_owned(),
        "nothing in a delivery says that it is \"lone\"".to_owned(),
    );
    assert_eq!(note(alone, &[]), Some(expected));
}
