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
