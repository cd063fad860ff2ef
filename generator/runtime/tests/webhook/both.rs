//! Events that a header and the body tell together.

use specwright_runtime as rt;

rt::events! {
    Hook by both "X-Hub-Event"."action", header "X-Other";
    IssuesOpened(rt::Value) = "issues.opened", "An issue was opened.";
    Push(rt::Value) = "push", "Something was pushed.";
    Other(rt::Value) = "other" in 1, "Told by the other header.";
}

fn name(headers: &[(&str, &str)], body: &str) -> (Hook, Option<String>) {
    let hook = Hook::parse_unverified(headers.iter().copied(), body.as_bytes()).unwrap();
    let name = hook.name().map(str::to_owned);
    (hook, name)
}

#[test]
fn header_and_body_make_one_name() {
    let (hook, _) = name(&[("x-hub-event", "issues")], r#"{"action":"opened"}"#);
    assert!(matches!(hook, Hook::IssuesOpened(_)));
    let (hook, _) = name(&[("X-Hub-Event", "push")], "{}");
    assert!(
        matches!(hook, Hook::Push(_)),
        "without an action the header is the name"
    );
    let (hook, told) = name(&[("x-hub-event", "issues")], r#"{"action":"pinned"}"#);
    assert!(matches!(hook, Hook::Unknown(_)));
    assert_eq!(told.as_deref(), Some("issues.pinned"));
    let (hook, _) = name(&[("x-other", "other")], r#"{"action":"opened"}"#);
    assert!(matches!(hook, Hook::Other(_)));
    assert_eq!(name(&[], r#"{"action":"opened"}"#).1, None);
}
