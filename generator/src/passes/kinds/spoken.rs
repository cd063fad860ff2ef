//! What is said of an action whose `operationId` a program has made of its method and path.

use super::super::paths::{Component, components, says_nothing};
use super::verbs::{is_also_noun, is_ending, is_reading, is_verb};
use super::words::PREPOSITIONS;
use crate::ir::{Action, Method, Resource};
use crate::names::{plural, singular, words};
use std::collections::BTreeSet;

/// The words of an `operationId` without the path and the method that some frameworks put after the
/// name of a function: `read_item_items__item_id__get` is "read item".
pub(super) fn without_path(own: Vec<String>, action: &Action) -> Vec<String> {
    let mut end = all_words(action, |_| false);
    end.push(action.method.key().to_owned());
    let name = own.strip_suffix(end.as_slice());
    name.filter(|name| !name.is_empty())
        .map_or_else(|| own.clone(), <[String]>::to_vec)
}

/// Whether the words of an `operationId` are those of method and path and no more:
/// `PostInvoicesInvoiceFinalize`, `get_files_id_comments`.
pub(super) fn is_mechanical(own: &[String], action: &Action) -> bool {
    let Some((method, rest)) = own.split_first() else {
        return false;
    };
    if method != action.method.key() {
        return false;
    }
    // The places in `rest` up to which the path may have been spelled.
    let mut places = BTreeSet::from([0]);
    for part in components(action) {
        let before = std::mem::take(&mut places);
        for place in before {
            places.extend(ends_of(&part, rest, place));
        }
    }
    places.contains(&rest.len())
}

/// Where the words of a component may end that begin at a place.
fn ends_of(part: &Component, own: &[String], place: usize) -> Vec<usize> {
    let rest = own.get(place..).unwrap_or(&[]);
    let spelled = |text: &str| {
        let words = words(text);
        rest.starts_with(&words).then_some(place + words.len())
    };
    let or_nothing = |end: Option<usize>| end.into_iter().chain([place]).collect();
    match part {
        Component::Literal(text) if says_nothing(text) => or_nothing(spelled(text)),
        Component::Literal(text) => spelled(text).into_iter().collect(),
        Component::Parameter(name) => {
            let id = rest.first().filter(|word| *word == "id");
            let mut ends: Vec<usize> = or_nothing(spelled(name));
            ends.extend(id.map(|_| place + 1));
            ends
        }
        Component::Mixed => vec![place],
    }
}

fn all_words(action: &Action, skip: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for part in components(action) {
        match part {
            Component::Literal(text) if skip(&text) => {}
            Component::Literal(text) | Component::Parameter(text) => found.extend(words(&text)),
            Component::Mixed => {}
        }
    }
    found
}

/// What is known of an action beside what it says itself.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::passes) struct Around {
    /// Whether a list comes back, or its path has items.
    pub(super) is_list: bool,
    /// Whether another method of its path says that there is a thing.
    pub(super) is_thing: bool,
}

/// What a person would call it, best first: "finalize", "close dispute", "list sources", "update source".
/// Nothing where the path ends with the resource itself, or nothing tells a verb from a thing.
pub(super) fn spoken(action: &Action, resource: &Resource, around: Around) -> Vec<Vec<String>> {
    let path = components(action);
    let is_parameter = |part: Option<&Component>| matches!(part, Some(Component::Parameter(_)));
    let mut nouns: Vec<Vec<String>> = Vec::new();
    let mut has_parent = false;
    for (at, part) in path.iter().enumerate() {
        let literal = part.literal().filter(|text| !says_nothing(text));
        let noun = literal.map(|text| procedure(text).unwrap_or_else(|| words(text)));
        let Some(noun) = noun.filter(|noun| !noun.is_empty()) else {
            continue;
        };
        nouns.push(noun);
        has_parent = at
            .checked_sub(1)
            .is_some_and(|at| is_parameter(path.get(at)));
    }
    let own = nouns
        .iter()
        .position(|noun| singular(noun) == resource.singular);
    nouns.drain(..own.map_or(0, |own| own + 1));
    let Some(last) = nouns.pop() else {
        return Vec::new();
    };
    let end = End {
        before: nouns.iter().flat_map(|noun| singular(noun)).collect(),
        before_as_is: nouns.concat(),
        is_item: is_parameter(path.last()),
        has_parent,
        last,
    };
    end.names(action.method, around)
}

/// The words of a remote procedure behind what it belongs to: `users.set_photo`, `tasks:cancel`.
fn procedure(text: &str) -> Option<Vec<String>> {
    let (_, name) = text.rsplit_once(['.', ':'])?;
    let name = words(name);
    let first = name.first()?;
    (is_verb(first) || is_reading(first)).then_some(name)
}

/// The end of a path behind the resource.
struct End {
    /// The nouns before the last, each in its singular.
    before: Vec<String>,
    /// The same as the path has them, where `people` and `persons` are two places.
    before_as_is: Vec<String>,
    last: Vec<String>,
    /// Whether one of the last is meant.
    is_item: bool,
    /// Whether the last belongs to one of those before.
    has_parent: bool,
}

impl End {
    fn names(self, method: Method, around: Around) -> Vec<Vec<String>> {
        let is_plural = is_plural(&self.last);
        // `/charges/{charge}/redact`: what is no thing is done.
        let is_single = !self.is_item && !is_plural && self.last.len() == 1;
        let is_unknown = method == Method::Post && is_single && self.has_parent;
        if self.is_done(method, around) || (is_unknown && !around.is_thing) {
            return self.done();
        }
        let lists = is_plural || around.is_list;
        let (verb, is_one) = match method {
            Method::Get if lists && !self.is_item => ("list", false),
            Method::Get => ("get", true),
            Method::Post if !self.is_item && !around.is_thing => ("create", true),
            Method::Post if !self.is_item && is_plural => ("create", true),
            Method::Put | Method::Patch | Method::Post => ("update", self.is_item),
            Method::Delete => ("delete", self.is_item),
            Method::Options | Method::Head | Method::Trace => return Vec::new(),
        };
        let noun = match is_one {
            true => singular(&self.last),
            false => self.last.clone(),
        };
        let with = |noun: Vec<String>| [vec![verb.to_owned()], noun].concat();
        let short = with([self.before.clone(), noun.clone()].concat());
        let as_is = with([self.before_as_is, self.last].concat());
        let of = match self.has_parent && !self.before.is_empty() {
            true => with([noun, vec!["of".to_owned()], self.before].concat()),
            false => short.clone(),
        };
        vec![short, as_is, of]
    }

    /// The last is a verb, with what it does: `reset reader display`.
    fn done(self) -> Vec<Vec<String>> {
        let (verb, rest) = self.last.split_at(self.last.len().min(1));
        let leads = |word: &String| PREPOSITIONS.contains(&word.as_str());
        let is_between = self.has_parent || rest.first().is_some_and(leads);
        let with = |before: &[String]| match (rest.starts_with(before), is_between) {
            (true, _) => self.last.clone(),
            (false, true) => [verb, before, rest].concat(),
            (false, false) => [verb, rest, before].concat(),
        };
        vec![with(&self.before), with(&self.before_as_is)]
    }

    /// Whether the end of the path says what is done: `close`, `verify_microdeposits`, and not
    /// `test_clocks`.
    fn is_done(&self, method: Method, around: Around) -> bool {
        let Some((first, rest)) = self.last.split_first().filter(|_| !self.is_item) else {
            return false;
        };
        let is_plural = is_plural(&self.last);
        match method {
            Method::Get => {
                let is_alone = self.before.is_empty() && !self.has_parent && rest.is_empty();
                let is_other = is_verb(first) && is_alone && !around.is_thing && !around.is_list;
                is_other || (is_reading(first) && (rest.is_empty() || !is_plural))
            }
            Method::Delete => is_ending(first) && !around.is_thing,
            _ if around.is_thing && !rest.is_empty() => is_reading(first) && !is_plural,
            _ => is_verb(first) && !(is_plural && is_also_noun(first)),
        }
    }
}

fn is_plural(noun: &[String]) -> bool {
    plural(noun) == noun && singular(noun) != noun
}

#[cfg(test)]
mod tests {
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
            "networkmanagementinternals get iam policy",
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
}
