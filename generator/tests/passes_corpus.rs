//! What the passes find in real documents, where the optional corpus folder `../shared` is there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and its helpers do too"
)]

mod support;

use specwright::ir::{
    Action, Api, EventKey, Kind, Payload, Record, Resource, Role, Slot, Strategy, TypeBody,
};

fn document(path: &str) -> Option<Api> {
    let text = std::fs::read_to_string(support::corpus(path)?).unwrap();
    Some(support::api("api", &text).0)
}

fn actions<'a>(api: &'a Api, resource: &'a Resource) -> impl Iterator<Item = &'a Action> {
    resource.actions.iter().map(|id| api.action(*id).unwrap())
}

fn operation<'a>(api: &'a Api, id: &str) -> &'a Action {
    let found = api
        .actions
        .iter()
        .find(|action| action.operation_id.as_deref() == Some(id));
    found.unwrap_or_else(|| panic!("{id}"))
}

fn component<'a>(api: &'a Api, name: &str) -> &'a Record {
    let found = api
        .types
        .iter()
        .find(|def| def.component.as_deref() == Some(name));
    match &found.unwrap_or_else(|| panic!("{name}")).body {
        TypeBody::Record(record) => record,
        other => panic!("{other:?}"),
    }
}

/// `name -> resource` of every relation by id of a record.
fn relations(api: &Api, name: &str) -> Vec<String> {
    let fields = component(api, name).fields.iter();
    let by_id = fields.filter_map(|field| Some((field, field.relation.as_ref()?)));
    by_id
        .filter(|(_, relation)| relation.by_id)
        .map(|(field, relation)| {
            format!(
                "{} -> {}",
                field.wire_name,
                api.resource(relation.resource).unwrap().tag
            )
        })
        .collect()
}

#[test]
fn twenty_has_36_resources_with_seven_kinds_each() {
    let Some(api) = document("specs/twenty.json") else {
        return;
    };
    let kinds = [
        Kind::FindMany,
        Kind::FindOne,
        Kind::CreateOne,
        Kind::CreateMany,
        Kind::UpdateOne,
        Kind::DeleteOne,
        Kind::FindDuplicates,
    ];
    let full: Vec<_> = api
        .resources
        .iter()
        .filter(|resource| {
            actions(&api, resource)
                .map(|action| action.kind.clone())
                .eq(kinds.clone())
        })
        .collect();
    assert_eq!(full.len(), 36);
    assert_eq!(api.actions.len(), 253);
    let words = ["get", "open", "api", "schema"].map(str::to_owned).to_vec();
    assert_eq!(
        operation(&api, "GetOpenApiSchema").kind,
        Kind::Custom { words }
    );
    for resource in full {
        let id = resource.id.as_ref().unwrap();
        assert_eq!(
            (id.parameter.as_str(), id.field.as_deref()),
            ("id", Some("id"))
        );
        assert!(resource.record.is_some(), "{}", resource.tag);
    }
}

#[test]
fn twenty_s_envelopes_are_all_opened_and_its_lists_have_cursors() {
    let Some(api) = document("specs/twenty.json") else {
        return;
    };
    let mut lists = 0;
    for action in api
        .actions
        .iter()
        .filter(|action| !matches!(action.kind, Kind::Custom { .. }))
    {
        let Payload::Opened(envelope) = &action.outcome.success.as_ref().unwrap().payload else {
            panic!("{} is closed", action.path);
        };
        let levels = if action.kind == Kind::FindDuplicates {
            1
        } else {
            2
        };
        assert_eq!(envelope.path.len(), levels, "{:?}", envelope.path);
        assert_eq!(envelope.path[0], "data");
        assert_eq!(envelope.metadata.is_some(), action.kind == Kind::FindMany);
        if action.kind == Kind::FindMany {
            lists += 1;
            let pagination = action.pagination.as_ref().unwrap();
            assert_eq!(pagination.items, envelope.path);
            let Strategy::Cursor {
                parameter,
                next,
                previous,
            } = &pagination.strategy
            else {
                panic!("{pagination:?}");
            };
            assert_eq!(
                (parameter.to_string(), next.to_string()),
                ("starting_after".into(), "pageInfo.endCursor".into())
            );
            assert_eq!(previous.as_ref().unwrap().0.to_string(), "ending_before");
        }
    }
    assert_eq!(lists, 36);
}

#[test]
fn twenty_s_records_relations_secrets_and_events() {
    let Some(api) = document("specs/twenty.json") else {
        return;
    };
    for name in ["PersonForResponse", "Person", "PersonForUpdate"] {
        assert_eq!(relations(&api, name), ["companyId -> companies"], "{name}");
    }
    let account = component(&api, "ConnectedAccountForResponse");
    let secrets = account.fields.iter().filter(|field| field.secret);
    let secrets: Vec<_> = secrets.map(|field| field.wire_name.as_str()).collect();
    assert_eq!(secrets, ["accessToken", "refreshToken"]);
    assert_eq!(
        relations(&api, "ConnectedAccountForResponse"),
        ["accountOwnerId -> workspaceMembers"]
    );
    assert_eq!(
        relations(&api, "ConnectedAccount"),
        ["accountOwnerId -> workspaceMembers"]
    );
    let role = |name: &str| {
        let def = api
            .types
            .iter()
            .find(|def| def.component.as_deref() == Some(name))
            .unwrap();
        (def.role, def.hints[0].join(" "))
    };
    assert_eq!(role("Person"), (Role::Input, "person input".into()));
    assert_eq!(
        role("PersonForUpdate"),
        (Role::Update, "person update".into())
    );
    assert_eq!(role("PersonForResponse"), (Role::Output, "person".into()));
    assert_eq!(api.events.len(), 108);
    for event in &api.events {
        assert!(
            event.resource.is_some() && event.wire_name.is_some(),
            "{}",
            event.name
        );
        assert_eq!(event.record_path, ["record"], "{}", event.name);
    }
    let subscription = api.webhooks.subscription.as_ref().unwrap();
    let called = |id| api.action(id).unwrap().operation_id.as_deref();
    assert_eq!(called(subscription.create), Some("createOneWebhook"));
    assert_eq!(called(subscription.delete), Some("deleteOneWebhook"));
    assert_eq!(subscription.url, ["targetUrl"]);
    let events = subscription.events.as_ref().unwrap();
    assert_eq!(
        (events.path.as_slice(), events.many),
        (&["operations".to_owned()][..], true)
    );
    // How Twenty signs is not said without doubt: a timestamp is signed as well.
    assert_eq!(api.webhooks.signature, None);
}

/// The published document has its events only as component schemas behind an envelope.
#[test]
fn savvycal_s_events_stand_behind_an_envelope() {
    let Some(path) = support::corpus("specs/savvycal.json") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let config = r#"
        [api.savvycal]
        spec = "savvycal.json"
        [api.savvycal.webhooks]
        envelope = "AccountEvent"
        event = ["data", "type"]
    "#;
    let mut diagnostics = specwright::diag::Diagnostics::new();
    let config = specwright::config::Config::parse("c.toml", config, &mut diagnostics);
    let sources = specwright::load::MemorySources::new("savvycal.json", text);
    let compiled = specwright::compile("savvycal.json", &sources, &config.apis[0], &mut |_| {});
    assert!(!compiled.diagnostics.has_errors());
    let api = compiled.api.unwrap();
    let shown: Vec<_> = api
        .events
        .iter()
        .map(|event| {
            assert_eq!(event.wire_name.as_ref(), Some(&event.name));
            let key = EventKey::Body(vec!["data".into(), "type".into()]);
            assert_eq!(event.key, Some(key));
            assert_eq!(event.record_path, ["data", "object"]);
            let record = api.type_def(event.record(&api).unwrap()).unwrap();
            let resource = event.resource.and_then(|id| api.resource(id));
            let resource = resource.map_or("-", |resource| resource.tag.as_str());
            format!(
                "{} {resource} {}",
                event.name,
                record.component.as_ref().unwrap()
            )
        })
        .collect();
    let expected = [
        "appointment.created Appointments Appointment",
        "appointment.rescheduled Appointments Appointment",
        "appointment.canceled Appointments Appointment",
        "appointment.confirmed Appointments Appointment",
        "appointment.deleted Appointments Appointment",
        "block.created Blocks Block",
        "block.updated Blocks Block",
        "block.deleted Blocks Block",
        "connected_account.created - ConnectedAccount",
        "connected_account.deleted - ConnectedAccount",
        "connected_account.refresh_failed - ConnectedAccount",
        "connected_account.reconnected - ConnectedAccount",
    ];
    assert_eq!(shown, expected);
    let created = &api.events[8];
    let payload = api.type_def(created.payload.unwrap()).unwrap();
    assert_eq!(
        payload.hints[0].join(" "),
        "connected account created event"
    );
}

#[test]
fn savvycal_s_kinds_are_sensible() {
    let Some(api) = document("specs/savvycal.json") else {
        return;
    };
    let custom = |words: &[&str]| Kind::Custom {
        words: words.iter().map(|w| (*w).into()).collect(),
    };
    for (id, kind) in [
        ("listAppointments", Kind::FindMany),
        ("getAppointment", Kind::FindOne),
        ("createAppointment", Kind::CreateOne),
        ("cancelAppointment", custom(&["cancel"])),
        ("getCurrentAccount", custom(&["get", "current"])),
        ("getAccountById", Kind::FindOne),
        ("deactivateProvider", Kind::DeleteOne),
        ("updateProviderSchedule", Kind::UpdateOne),
        ("createProviderSchedule", custom(&["create"])),
        ("createServiceProvider", custom(&["create", "provider"])),
        (
            "createPublicAppointment",
            custom(&["create", "public", "appointment"]),
        ),
    ] {
        assert_eq!(operation(&api, id).kind, kind, "{id}");
    }
    let list = operation(&api, "listAppointments");
    let pagination = list.pagination.as_ref().unwrap();
    assert_eq!(
        pagination.strategy,
        Strategy::Page {
            parameter: Slot::Query("page".into()),
            first: Some(1),
            current: None
        }
    );
    assert_eq!(pagination.items, ["data"]);
}

#[test]
fn github_and_stripe_go_through() {
    if let Some(api) = document("specs/open/stripe.json") {
        assert_eq!(operation(&api, "GetCustomers").kind, Kind::FindMany);
        assert_eq!(
            operation(&api, "PostCustomersCustomer").kind,
            Kind::UpdateOne
        );
    }
    if let Some(api) = document("specs/open/github.json") {
        assert_eq!(operation(&api, "issues/list-for-repo").kind, Kind::FindMany);
        assert_eq!(operation(&api, "issues/create").kind, Kind::CreateOne);
        let merge = operation(&api, "pulls/merge");
        assert_eq!(
            merge.kind,
            Kind::Custom {
                words: vec!["merge".into()]
            }
        );
        for resource in &api.resources {
            let mut kinds: Vec<_> = actions(&api, resource).map(|action| &action.kind).collect();
            kinds.sort();
            let count = kinds.len();
            kinds.dedup();
            assert_eq!(kinds.len(), count, "{}", resource.tag);
        }
    }
}
