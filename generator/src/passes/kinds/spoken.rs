//! What is said of an action whose `operationId` a program has made of its method and path.

use super::super::paths::{Component, components, says_nothing};
use super::verbs::is_verb;
use crate::ir::{Action, Method, Resource};
use crate::names::{plural, singular, words};

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
/// `PostInvoicesInvoiceFinalize`.
pub(super) fn is_mechanical(own: &[String], action: &Action) -> bool {
    let Some((method, rest)) = own.split_first() else {
        return false;
    };
    let literals = || {
        let all = components(action);
        let texts = all.iter().filter_map(Component::literal);
        let texts: Vec<_> = texts.filter(|text| !says_nothing(text)).collect();
        texts.into_iter().flat_map(words).collect::<Vec<_>>()
    };
    method == action.method.key()
        && (rest == all_words(action, says_nothing)
            || rest == all_words(action, |_| false)
            || rest == literals())
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

/// What a person would call it: "finalize", "close dispute", "list sources", "update source". `None`
/// where the path ends with the resource itself, or nothing tells a verb from a thing.
pub(super) fn spoken(action: &Action, resource: &Resource) -> Option<Vec<String>> {
    let path = components(action);
    let is_item = matches!(path.last(), Some(Component::Parameter(_)));
    let literals = path.iter().filter_map(Component::literal);
    let mut nouns: Vec<Vec<String>> = literals
        .filter(|text| !says_nothing(text))
        .map(words)
        .filter(|noun| !noun.is_empty())
        .collect();
    let own = nouns
        .iter()
        .position(|noun| singular(noun) == resource.singular);
    nouns.drain(..own.map_or(0, |own| own + 1));
    let last = nouns.pop()?;
    let before: Vec<String> = nouns.iter().flat_map(|noun| singular(noun)).collect();
    if !is_item && last.first().is_some_and(|word| is_verb(word)) {
        return Some([last, before].concat());
    }
    let is_plural = plural(&last) == last && singular(&last) != last;
    let one = [before.clone(), singular(&last)].concat();
    let all = [before, last].concat();
    let (verb, noun) = match action.method {
        Method::Get if is_item || !is_plural => ("get", if is_item { one } else { all }),
        Method::Get => ("list", all),
        Method::Post if is_item => ("update", one),
        Method::Post if is_plural => ("create", one),
        Method::Put | Method::Patch => ("update", if is_item { one } else { all }),
        Method::Delete => ("delete", if is_item { one } else { all }),
        Method::Post | Method::Options | Method::Head | Method::Trace => return None,
    };
    Some([vec![verb.to_owned()], noun].concat())
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
