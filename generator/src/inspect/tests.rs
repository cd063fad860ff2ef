use super::*;
use crate::ir::ActionId;
use crate::passes::testing::Fixture;

fn api() -> Api {
    Fixture::new()
        .components(&[
            ("Pet", "{id!: uuid, name: str, shopId: uuid, token: str}"),
            ("Shop", "{id: uuid}"),
        ])
        .actions(&[
            "GET /pets listPets #pets ?limit:int ?after:str >{data:[Pet],next_cursor:str,total:int}",
            "POST /pets createPet #pets ^Idempotency-Key <Pet >Pet !400{message:str}",
            "POST /pets/{id}/feed feedPet #pets",
            "GET /shops/{id} getShop #shops >Shop",
        ])
        .event("petCreated", "pets", "{type: one(pet.created), data: Pet}")
        .run()
}

#[test]
fn the_matrix_has_a_row_per_resource_and_a_column_per_kind() {
    insta::assert_snapshot!(matrix(&api()));
}

#[test]
fn every_action_is_listed_with_what_it_is_asked_for_by() {
    let api = api();
    let listed = actions(&api);
    let lines: Vec<Vec<&str>> = listed
        .lines()
        .map(|line| {
            line.split("  ")
                .map(str::trim)
                .filter(|it| !it.is_empty())
                .collect()
        })
        .collect();
    assert_eq!(lines.len(), 1 + api.actions.len());
    let fed = lines.iter().any(|line| {
        line.first() == Some(&"pets") && line.ends_with(&["POST /pets/{id}/feed", "feedPet"])
    });
    assert!(fed, "{listed}");
}

#[test]
fn an_action_is_shown_with_its_reasons() {
    let api = api();
    insta::assert_snapshot!(format!(
        "{}\n{}",
        action(&api, ActionId(0)),
        action(&api, ActionId(1))
    ));
    assert_eq!(action(&api, ActionId(99)), "");
}

#[test]
fn machines_read_the_same() {
    let text = serde_json::to_string_pretty(&report(&api())).unwrap();
    insta::assert_snapshot!(text);
}

/// An API that signs its events, to which one subscribes.
fn with_webhooks() -> Api {
    let fixture = Fixture::new()
        .components(&[
            ("Hook", "{id: uuid, url: uri, events: [str], secret: str}"),
            ("Pet", "{id: uuid}"),
        ])
        .actions(&[
            "POST /webhooks addWebhook #webhooks <Hook >Hook",
            "GET /webhooks/{id} getWebhook #webhooks >Hook",
            "DELETE /webhooks/{id} removeWebhook #webhooks",
            "GET /pets/{id} getPet #pets >Pet",
        ])
        .event("petCreated", "pets", "{type: one(pet.created), data: Pet}");
    let mut api = fixture.run();
    api.webhooks.signature = Some(crate::ir::Signature {
        scheme: crate::ir::SignatureScheme::StandardWebhooks,
        evidence: "a test says it".to_owned(),
    });
    api
}

#[test]
fn what_actions_share_is_shown_with_its_reasons() {
    insta::assert_snapshot!(shared(&with_webhooks()));
    assert_eq!(shared(&api()), "", "there is nothing to be said");
}

#[test]
fn an_event_is_shown_with_what_tells_it_apart() {
    let api = with_webhooks();
    insta::assert_snapshot!(event(&api, 0));
    assert_eq!(event(&api, 1), "");
}

#[test]
fn machines_read_of_webhooks_as_well() {
    let report = report(&with_webhooks());
    let both = (report.events, report.webhooks);
    insta::assert_snapshot!(serde_json::to_string_pretty(&both).unwrap());
}
