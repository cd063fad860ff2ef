use super::*;
use crate::passes::testing::Fixture;

/// The kinds of actions, in their order.
fn kinds(actions: &[&str]) -> Vec<String> {
    let api = Fixture::new()
        .components(&[("Thing", "{id: uuid, name: str}")])
        .actions(actions)
        .run();
    for action in &api.actions {
        assert!(
            action
                .evidence
                .iter()
                .any(|evidence| evidence.about == "kind")
        );
    }
    api.actions
        .iter()
        .map(|action| name(&action.kind))
        .collect()
}

#[test]
fn the_usual_paths_have_the_usual_kinds() {
    let found = kinds(&[
        "GET /rest/people findManyPeople #people >{data:{people:[Thing]}}",
        "POST /rest/people createOnePerson #people <Thing",
        "PATCH /rest/people updateManyPeople #people",
        "DELETE /rest/people deleteManyPeople #people",
        "POST /rest/batch/people createManyPeople #people <[Thing]",
        "GET /rest/people/{id} findOnePerson #people",
        "PATCH /rest/people/{id} UpdateOnePerson #people",
        "DELETE /rest/people/{id} deleteOnePerson #people",
        "POST /rest/people/duplicates findPersonDuplicates #people",
        "PATCH /rest/restore/people/{id} restoreOnePerson #people",
        "PATCH /rest/restore/people restoreManyPeople #people",
        "PATCH /rest/people/merge mergeManyPeople #people",
        "GET /rest/people/groupBy #people",
        "GET /open-api/core GetOpenApiSchema #General >{info:{title:str}}",
    ]);
    let expected = [
        "find many",
        "create one",
        "update many",
        "delete many",
        "create many",
        "find one",
        "update one",
        "delete one",
        "find duplicates",
        "restore",
        "restore many",
        "merge",
        "get group by",
        "get open api schema",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_post_on_an_item_is_an_update_where_nothing_else_is() {
    let found = kinds(&[
        "GET /v1/customers GetCustomers >{object:\"list\",data:[Thing]}",
        "POST /v1/customers PostCustomers",
        "POST /v1/customers/{customer} PostCustomersCustomer",
        "GET /v1/customers/{customer}/sources GetCustomersCustomerSources >{data:[Thing]}",
    ]);
    assert_eq!(
        found,
        ["find many", "create one", "update one", "list sources"]
    );
    let found = kinds(&[
        "PUT /pets/{id} putPet #pets",
        "POST /pets/{id} postPet #pets",
    ]);
    assert_eq!(found, ["update one", "post"]);
    let found = kinds(&[
        "PATCH /pets/{id} patchPet #pets",
        "PUT /pets/{id} replacePet #pets",
    ]);
    assert_eq!(found, ["update one", "replace"]);
}

#[test]
fn nested_resources_have_one_canonical_place() {
    let found = kinds(&[
        "GET /issues issues/list #issues >[Thing]",
        "GET /repos/{owner}/{repo}/issues issues/list-for-repo #issues >[Thing]",
        "POST /repos/{owner}/{repo}/issues issues/create #issues",
        "GET /repos/{owner}/{repo}/issues/{number} issues/get #issues >Thing",
        "GET /repos/{owner}/{repo}/issues/{number}/comments issues/list-comments #issues >[Thing]",
        "GET /user user/me #user",
    ]);
    let expected = [
        "list",
        "find many",
        "create one",
        "find one",
        "list comments",
        "me",
    ];
    assert_eq!(found, expected);
}

#[test]
fn one_thing_is_no_collection_and_names_can_say_otherwise() {
    let found = kinds(&[
        "GET /v1/account getCurrentAccount #accounts >{data:Thing}",
        "PATCH /v1/platform updatePlatform #platforms",
        "POST /messages sendMessage #messages",
        "POST /events createOrUpdateEvent #events",
        "POST /batches createBatches #batches <[Thing]",
        "POST /public/visits createPublicVisit #Public_Booking",
        "GET /public/slots listPublicSlots #Public_Booking",
    ]);
    let expected = [
        "get current",
        "update",
        "send",
        "upsert",
        "create many",
        "create public visit",
        "list public slots",
    ];
    assert_eq!(found, expected);
}

#[test]
fn lists_of_remote_procedures_are_lists_like_others() {
    let found = kinds(&[
        "GET /users.list users_list #users >{members:[Thing],ok:bool,users:[Thing]}",
        "GET /chats.list chats_list #chats ?cursor:str >{chats:[Thing],ok:bool}",
        "GET /chats.info chats_info #chats >Thing",
        "POST /chats.update chats_update #chats",
        "GET /words.json/random getRandomWord #words >[Thing]",
        "GET /words.json/randomWords getRandomWords #words >[Thing]",
    ]);
    assert_eq!(
        found,
        [
            "list",
            "find many",
            "info",
            "update",
            "get random word",
            "get random words"
        ]
    );
}

#[test]
fn two_actions_of_a_resource_never_have_the_same_kind() {
    let api = Fixture::new()
        .actions(&[
            "GET /a/{x} get #t",
            "GET /b/{x} get #t",
            "GET /c/{x} get #t",
            "GET /c/{y} get #t",
            "POST /t make #t",
            "POST /t/ make #t",
            "GET /u u #u",
        ])
        .run();
    let mut kinds: Vec<_> = api
        .actions
        .iter()
        .map(|action| (action.resource, action.kind.clone()))
        .collect();
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), api.actions.len(), "{kinds:?}");
}

#[test]
fn canonical_kinds_come_first() {
    let api = Fixture::new()
        .actions(&[
            "POST /pets/{id}/feed feedPet #pets",
            "DELETE /pets/{id} d #pets",
            "GET /pets l #pets",
        ])
        .run();
    assert_eq!(
        api.resources[0].actions,
        [ActionId(2), ActionId(1), ActionId(0)]
    );
}

#[test]
fn procedures_have_the_kinds_of_their_verbs() {
    let found = kinds(&[
        "POST /createSite CreateSite <Thing >Thing",
        "GET /getSite/{id} GetSite >Thing",
        "GET /listSites ListSites >{sites:[Thing]}",
        "POST /updateSite UpdateSite <Thing",
        "POST /deleteSite DeleteSite <{id:str}",
    ]);
    assert_eq!(
        found,
        ["create one", "find one", "find many", "update", "delete"]
    );
    let found = kinds(&[
        "POST /#Action=DeleteAlarms DeleteAlarms",
        "GET /#Action=DescribeAlarms DescribeAlarms >{alarms:[Thing]}",
    ]);
    assert_eq!(found, ["delete", "find many"]);
    // What has a path of its own is not made by another.
    let found = kinds(&[
        "POST /users createUser #users <Thing",
        "GET /users listUsers #users >[Thing]",
        "GET /users/{id} getUser #users >Thing",
        "POST /admin/create-user adminCreateUser #users <Thing",
        "DELETE /a/remove-user/{team} removeUserFromTeam #users",
        "GET /teams listTeams #teams >[Thing]",
    ]);
    assert_eq!(
        found,
        [
            "create one",
            "find many",
            "find one",
            "create admin",
            "remove from team",
            "find many"
        ]
    );
    let found = kinds(&[
        "GET /createPad",
        "POST /createPad",
        "POST /getPads",
        "GET /listPads",
    ]);
    assert_eq!(found.get(1).map(String::as_str), Some("create one"));
    assert!(
        !found.iter().skip(2).any(|kind| kind == "create one"),
        "{found:?}"
    );
}
