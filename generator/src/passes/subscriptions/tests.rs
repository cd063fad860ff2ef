use super::*;
use crate::passes::testing::Fixture;

/// A resource whose records are made with `input` and look like `record`, and removed by id.
fn api(resource: &str, input: &str, record: &str) -> Fixture {
    let lines = [
        format!("GET /{resource} list #{resource} ?limit:int >{{data:[Made]}}"),
        format!("POST /{resource} make #{resource} ?depth:int <Input >{{data:Made}}"),
        format!("GET /{resource}/{{id}} get #{resource} >Made"),
        format!("DELETE /{resource}/{{id}} remove #{resource} >{{id:uuid}}"),
        "GET /pets/{id} getPet #pets >Pet".to_owned(),
    ];
    Fixture::new()
        .components(&[
            ("Input", input),
            ("Made", record),
            ("Pet", "{id: uuid, name: str}"),
        ])
        .actions(&lines.each_ref().map(String::as_str))
}

fn with_events(fixture: Fixture) -> Fixture {
    fixture
        .event("a", "pets", "{type: one(pet.created), data: Pet}")
        .event("b", "pets", "{type: one(pet.deleted), data: Pet}")
}

/// What was found, in one line: `url targetUrl, events operations*, secret chosen secret`.
fn found(api: &Api) -> Option<String> {
    let found = api.webhooks.subscription.as_ref()?;
    let name = |id: ActionId| api.action(id).unwrap().operation_id.clone().unwrap();
    assert_eq!(
        (name(found.create), name(found.delete)),
        ("make".into(), "remove".into())
    );
    let mut text = format!("url {}", found.url.join("."));
    if let Some(events) = &found.events {
        let many = if events.many { "*" } else { "" };
        text.push_str(&format!(", events {}{many}", events.path.join(".")));
    }
    match &found.secret {
        Some(SubscriptionSecret::Chosen(path)) => {
            text.push_str(&format!(", secret chosen {}", path.join(".")));
        }
        Some(SubscriptionSecret::Given(path)) => {
            text.push_str(&format!(", secret given {}", path.join(".")));
        }
        None => {}
    }
    Some(text)
}

#[test]
fn webhooks_are_known_by_their_shape() {
    let input = "{targetUrl: str, operations: [str], description: str, secret: str}";
    let api = with_events(api(
        "webhooks",
        input,
        "{id: uuid, targetUrl: str, secret: str}",
    ))
    .run();
    let expected = "url targetUrl, events operations*, secret chosen secret";
    assert_eq!(found(&api).as_deref(), Some(expected));
    let subscription = api.webhooks.subscription.unwrap();
    assert_eq!(
        subscription.evidence,
        "`webhooks` are made with the URL `targetUrl`, the events `operations`, the secret `secret` \
         and can be removed by id"
    );
    let name = |id: Option<ActionId>| api.actions[id.unwrap().0].operation_id.clone().unwrap();
    assert_eq!(
        (name(subscription.find), name(subscription.list)),
        ("get".into(), "list".into())
    );
}

#[test]
fn every_usual_way_of_naming_the_properties_is_known() {
    let made = "{id: uuid, signingSecret: str}";
    for (resource, input, expected) in [
        (
            "webhook_endpoints",
            "{url!: uri, enabled_events!: [one(pet.created|x)]}",
            "url url, events enabled_events*, secret given signingSecret",
        ),
        (
            "hooks",
            "{config!: {url!: str, secret: str, content_type: str}, events: [str]}",
            "url config.url, events events*, secret chosen config.secret",
        ),
        (
            "webhooks",
            "{webhook!: {address!: str, topic!: str}}",
            "url webhook.address, events webhook.topic, secret given signingSecret",
        ),
        (
            "event_subscriptions",
            "{callback_url!: str}",
            "url callback_url, secret given signingSecret",
        ),
        (
            "subscriptions",
            "{callbackUrl: str, eventTypes: [str], secret: str}",
            "url callbackUrl, events eventTypes*, secret chosen secret",
        ),
    ] {
        let api = with_events(api(resource, input, made)).run();
        assert_eq!(found(&api).as_deref(), Some(expected), "{resource} {input}");
    }
}

#[test]
fn what_only_looks_like_a_subscription_is_none() {
    let made = "{id: uuid}";
    for (resource, input, why) in [
        ("bookmarks", "{url: str, secret: str}", "no webhook"),
        (
            "endpoints",
            "{target_url: str, events: [str]}",
            "an endpoint of anything",
        ),
        (
            "webhook_deliveries",
            "{url: str}",
            "a delivery is no subscription",
        ),
        (
            "subscriptions",
            "{url: str, events: [str]}",
            "may be what a customer pays for",
        ),
        (
            "subscriptions",
            "{callback_url: str}",
            "of what is not said",
        ),
        ("webhooks", "{name: str}", "there is no URL"),
        ("webhooks", "{url: int}", "a URL is text"),
        (
            "webhooks",
            "{url: str, team!: str}",
            "a receiver does not know the team",
        ),
        (
            "webhooks",
            "{url: str, kinds!: [one(a|b)]}",
            "events by other names",
        ),
    ] {
        let api = with_events(api(resource, input, made)).run();
        assert_eq!(found(&api), None, "{resource} {input}: {why}");
    }
}

#[test]
fn a_list_that_has_no_name_of_an_event_does_not_select_events() {
    let input = "{url: str, events: [one(PET_CREATED|PET_DELETED)]}";
    let api = with_events(api("webhooks", input, "{id: uuid}")).run();
    assert_eq!(found(&api).as_deref(), Some("url url"));
}

#[test]
fn without_events_only_a_webhook_is_taken_for_one() {
    let made = "{id: uuid}";
    let hooks = api("webhooks", "{url: str}", made).run();
    assert_eq!(found(&hooks).as_deref(), Some("url url"));
    let likely = api("event_subscriptions", "{callback_url: str}", made).run();
    assert_eq!(found(&likely), None);
}

#[test]
fn what_cannot_be_removed_is_no_subscription() {
    let no_id = with_events(api("webhooks", "{url: str}", "{name: str}")).run();
    assert_eq!(found(&no_id), None);
    let mut no_delete = with_events(api("webhooks", "{url: str}", "{id: uuid}"));
    no_delete
        .api
        .actions
        .retain(|action| action.method != crate::ir::Method::Delete);
    assert_eq!(found(&no_delete.run()), None);
    let mut asks_more = with_events(api("webhooks", "{url: str}", "{id: uuid}"));
    for action in &mut asks_more.api.actions {
        for parameter in &mut action.parameters {
            parameter.required |= parameter.wire_name == "depth";
        }
    }
    assert_eq!(found(&asks_more.run()), None);
}

#[test]
fn of_two_that_are_equally_good_neither_is_taken() {
    let mut fixture = api("webhooks", "{url: str}", "{id: uuid}");
    let other = api("hooks", "{url: str}", "{id: uuid}");
    let mut actions = other.api.actions;
    actions.retain(|action| action.path.starts_with("/hooks"));
    fixture.api.actions.extend(actions);
    let both = with_events(fixture).run();
    assert_eq!(both.webhooks.subscription, None);
}

#[test]
fn what_names_several_events_at_once_is_in_the_configuration() {
    let names = "webhooks.every_event = \"*.*\"\nwebhooks.every_event_of = \"{resource}.*\"";
    let input = "{targetUrl: str, operations: [str]}";
    let known = with_events(api("webhooks", input, "{id: uuid}"));
    let (api_, complaints) = known.run_configured(names);
    assert_eq!(complaints, [""; 0]);
    let events = api_.webhooks.subscription.unwrap().events.unwrap();
    assert_eq!(
        (events.every.as_deref(), events.every_of.as_deref()),
        (Some("*.*"), Some("{resource}.*"))
    );
    let unnamed = with_events(api("webhooks", "{targetUrl: str}", "{id: uuid}"));
    let (_, complaints) = unnamed.run_configured(names);
    let why = "no operation of the document subscribes to events by name";
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert!(
        complaints
            .iter()
            .all(|it| it.contains("stale") && it.contains(why)),
        "{complaints:?}"
    );
    assert!(complaints[1].contains("/every_event_of "), "{complaints:?}");
}
