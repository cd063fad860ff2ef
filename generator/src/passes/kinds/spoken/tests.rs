use crate::ir::Kind;
use crate::passes::testing::Fixture;

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
fn what_a_program_has_named_after_its_path_is_called_as_people_would() {
    let found = called(&[
        "GET /v1/charges GetCharges #charges >[{id:str}]",
        "POST /v1/charges PostCharges #charges",
        "GET /v1/charges/search GetChargesSearch #charges",
        "POST /v1/charges/{charge}/capture PostChargesChargeCapture #charges",
        "POST /v1/charges/{charge}/dispute/close PostChargesChargeDisputeClose #charges",
        "GET /v1/charges/{charge}/refunds GetChargesChargeRefunds #charges",
        "GET /v1/charges/{charge}/refunds/{refund} GetChargesChargeRefundsRefund #charges",
        "POST /v1/charges/{charge}/refunds PostChargesChargeRefunds #charges",
        "POST /v1/charges/{charge}/refunds/{refund} PostChargesChargeRefundsRefund #charges",
        "DELETE /v1/charges/{charge}/discount DeleteChargesChargeDiscount #charges",
    ]);
    assert_eq!(
        found,
        [
            "search",
            "capture",
            "close dispute",
            "list refunds",
            "get refund",
            "create refund",
            "update refund",
            "delete discount",
        ]
    );
}

#[test]
fn ids_and_versions_of_the_path_are_no_words_of_a_name() {
    let found = called(&[
        "GET /v3/items/{item_id}/comments getV3ItemsIdComments #items >[str]",
        "PUT /v3/items/{item_id}/comments/{comment_id} put_items_id_comments_id #items",
        "POST /v3/items/{item_id}/copy post_items_id_copy #items",
        "GET /v3/items/{item_id}/history getV3ItemsItemIdHistory #items >[{id:str}]",
        "GET /v3/items/{item_id}/history/{id} getV3ItemsItemIdHistoryId #items >{id:str}",
    ]);
    assert_eq!(
        found,
        [
            "list comments",
            "update comment",
            "copy",
            "list history",
            "get history"
        ]
    );
}

#[test]
fn a_version_stays_where_it_tells_two_apart() {
    let found = called(&[
        "POST /items/{item}/reboot item_reboot #items",
        "POST /v1/items/{item}/reboot item_reboot_v1 #items",
        "POST /v1/items/{item}/stop item_stop_v1 #items",
    ]);
    assert_eq!(found, ["reboot", "reboot v1", "stop"]);
}

#[test]
fn what_is_read_at_its_path_is_a_thing_and_what_is_not_is_done() {
    let found = called(&[
        "GET /items/test_clocks GetItemsTestClocks #items >[str]",
        "POST /items/test_clocks PostItemsTestClocks #items",
        "POST /items/{item}/lines/{line}/close_early PostItemsItemLinesLineCloseEarly #items",
        "POST /items/{item}/lines/{line}/jiggle PostItemsItemLinesLineJiggle #items",
        "GET /items/{item}/balance GetItemsItemBalance #items >{n:int}",
        "POST /items/{item}/balance PostItemsItemBalance #items",
        "PUT /items/{item}/star PutItemsItemStar #items",
        "DELETE /items/{item}/star DeleteItemsItemStar #items",
    ]);
    assert_eq!(
        found,
        [
            "list test clocks",
            "create test clock",
            "close line early",
            "jiggle line",
            "get balance",
            "update balance",
            "star",
            "delete star",
        ]
    );
}

#[test]
fn two_places_of_one_word_keep_the_words_of_their_paths() {
    let found = called(&[
        "POST /items/{item}/people PostItemsItemPeople #items",
        "POST /items/{item}/persons PostItemsItemPersons #items",
        "DELETE /items/{item}/people/{person} DeleteItemsItemPeoplePerson #items",
        "DELETE /items/{item}/persons/{person} DeleteItemsItemPersonsPerson #items",
    ]);
    let expected = [
        "create people",
        "create persons",
        "delete people",
        "delete persons",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_sentences_leave_is_no_name() {
    let found = called(&[
        "GET /items/{id}/tracks get-an-items-tracks #items >[str]",
        "GET /me/items get-a-list-of-current-users-items #items >[str]",
        "POST /items/{id}/lines add-lines-to-item #items",
        "POST /items/keys createanItemkeyforaserviceaccountofmine #items",
        "DELETE /items/{id}/fork DeleteItemsIdFork #items",
        "DELETE /items/{id}/lines/{line}/disable DeleteItemsIdLinesLineDisable #items",
        "GET /authorize get_authorize #items",
        "POST /items/{id}/readers/{r}/set_reader_text PostItemsIdReadersRSetReaderText #items",
        "POST /items/{id}/authenticate authenticateItem #items",
        "DELETE /sites/{site}/item deleteSiteItem #items",
        "POST /welcome/{name} sendWelcomeItem #items",
        "GET /a/{resource}/policy networkmanagementinternals.items.getIamPolicy #items",
        "POST /item_services.get_qid #items",
        "GET /items/found getListOfFoundItems #items >[str]",
        "POST /items/several post_create_items_in_bulk #items",
    ]);
    let expected = [
        "get tracks",
        "list current users items",
        "add lines",
        "create key",
        "delete fork",
        "disable line",
        "authorize",
        "set reader text",
        "authenticate",
        "delete site item",
        "send welcome item",
        "get iam policy",
        "get qid",
        "list found",
        "create in bulk",
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_path_behind_a_function_s_name_is_left_out() {
    let found = called(&[
        "POST /api/items/{item_id}/tags tag_item_api_items__item_id__tags_post #items",
        "GET /api/items/stats read_stats_api_items_stats_get #items >{n:int}",
    ]);
    assert_eq!(found, ["tag", "read stats"]);
}

#[test]
fn a_name_of_the_document_s_own_stays() {
    let found = called(&[
        "POST /items/{id}/publish publishItemNow #items",
        "GET /items/stats getItemStats #items >{n:int}",
    ]);
    assert_eq!(found, ["publish now", "get stats"]);
}

#[test]
fn only_lists_are_listed() {
    let found = called(&[
        "GET /items/verify_credentials #items >{id:str}",
        "GET /items/{item}/related_objects #items >{a:int,b:int}",
        "GET /items/{item}/labels #items >[str]",
    ]);
    assert_eq!(
        found,
        ["verify credentials", "get related objects", "list labels"]
    );
}

#[test]
fn a_post_makes_what_is_listed_or_removed_at_its_path() {
    let found = called(&[
        "DELETE /items/{item}/subscription DeleteItemsItemSubscription #items",
        "POST /items/{item}/subscription PostItemsItemSubscription #items",
        "GET /items/{item}/award_emoji GetItemsItemAwardEmoji #items >[{id:str}]",
        "POST /items/{item}/award_emoji PostItemsItemAwardEmoji #items",
        "GET /items/{item}/limit GetItemsItemLimit #items >{n:int}",
        "POST /items/{item}/limit PostItemsItemLimit #items",
        "PATCH /items/{item}/lines/{line} PatchItemsItemLinesLine #items",
        "PUT /items/{item}/lines/{line} PutItemsItemLinesLine #items",
        "POST /items/fork/{item} PostItemsForkItem #items",
    ]);
    let expected = [
        "delete subscription",
        "create subscription",
        "list award emoji",
        "create award emoji",
        "get limit",
        "update limit",
        "update line",
        "replace line",
        "fork",
    ];
    assert_eq!(found, expected);
}

#[test]
fn procedures_are_called_as_their_paths_without_the_format() {
    let found = called(&[
        "POST /items/add.json #items",
        "POST /items/info.json #items",
        "POST /items/list.json #items",
        "POST /items/pool-info.json #items",
        "POST /items/senders.json #items >[{id:str}]",
    ]);
    assert_eq!(found, ["add", "info", "list", "pool info", "list senders"]);
}

#[test]
fn what_ends_with_the_resource_keeps_its_verb_and_its_noun() {
    let found = called(&[
        "GET /users/{user-id}/relationship #relationships >{is:bool}",
        "POST /users/{user-id}/relationship #relationships",
        "GET /groups/{id}/relationship #relationships >{is:bool}",
        "POST /versions/{version}/publish POST_versions-version-publish #publish",
    ]);
    let expected = [
        "get user relationship",
        "update",
        "get group relationship",
        "publish",
    ];
    assert_eq!(found, expected);
}
