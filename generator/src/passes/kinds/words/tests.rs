use crate::ir::Kind;
use crate::passes::testing::Fixture;

/// What the custom actions among these are called.
fn called(lines: &[&str]) -> Vec<String> {
    let others = [
        "GET /items listItems #items >[{id:str}]",
        "GET /users listUsers #users >[str]",
    ];
    let api = Fixture::new().actions(&others).actions(lines).run();
    let custom = api.actions.iter().filter_map(|action| match &action.kind {
        Kind::Custom { words } => Some(words.join(" ")),
        _ => None,
    });
    custom.collect()
}

#[test]
fn numbers_and_pages_of_things_are_counted_and_listed() {
    let found = called(&[
        "GET /items/count GetNumberOfItems #items >int",
        "GET /items/allowed GetPagedListOfItemUnderUser #items >[str]",
    ]);
    assert_eq!(found, ["count", "list under user"]);
}

#[test]
fn places_whose_ids_are_spelled_are_no_part_of_a_name() {
    let found = called(&[
        "GET /2/users/{id}/items usersIdItems #items >[str]",
        "GET /2/lists/{id}/items listsIdItems #items >[str]",
        "GET /2/users/{id}/timelines/newest usersIdTimeline #items >[str]",
        "DELETE /2/users/{id}/likes/{item_id} usersIdUnlike #items",
    ]);
    let expected = ["list user items", "list list items", "timeline", "unlike"];
    assert_eq!(found, expected);
}

#[test]
fn what_dots_lead_to_is_said_behind_the_resource() {
    let found = called(&[
        "GET /a/{resource}/policy itemsStore.items.getPolicy #items",
        "GET /b/{resource}/state items.itemsState #items",
    ]);
    assert_eq!(found, ["get policy", "items state"]);
}

#[test]
fn a_path_with_a_format_at_its_end_is_left_out() {
    let found =
        called(&["GET /items/tiles/{z}/{y}.pbf get_tile_items_tiles__z___y__pbf_get #items"]);
    assert_eq!(found, ["get tile"]);
}

#[test]
fn a_method_before_a_procedure_only_tells_two_apart() {
    let found = called(&[
        "GET /{queue}/#Action=PurgeQueue GET_PurgeQueue #items",
        "POST /{queue}/#Action=PurgeQueue POST_PurgeQueue #items",
        "POST /{queue}/#Action=SealQueue POST_SealQueue #items",
    ]);
    assert_eq!(found, ["purge queue get", "purge queue post", "seal queue"]);
}

#[test]
fn a_verb_stands_before_its_noun_and_no_one_behind_the_resource() {
    let found = called(&[
        "POST /org/keys admin-keys-create #items",
        "GET /org/keys admin-keys-list #items >[str]",
        "PUT /org/rules RuleSets_CreateOrUpdate #items",
        "GET /wish wish-list #items >{n:int}",
        "DELETE /me/items remove-items-user #items",
        "GET /items/{id}/now seeItemsNow #items >{n:int}",
    ]);
    let expected = [
        "create admin key",
        "list admin keys",
        "rule sets create or update",
        "wish list",
        "remove",
        "see now",
    ];
    assert_eq!(found, expected);
}

#[test]
fn paths_that_differ_in_mixed_parts_need_no_signs_spelled() {
    let found = called(&[
        "GET /published/{project}/{place} #items",
        "GET /published/{project}/{place}/{file}?view=new #items",
    ]);
    let signs = ["slash", "open", "underscore", "hyphen"];
    let is_spelled = |name: &&String| signs.iter().any(|sign| name.contains(sign));
    assert_eq!(found.iter().find(is_spelled), None, "{found:?}");
    assert_ne!(found[0], found[1]);
}
