//! Pagination: how a list continues.
//!
//! What the server says of the next page (a cursor, a URL, a `Link` header) is trusted more than
//! what the client counts (pages, items to skip), since servers give shorter pages than asked for.
//! Where the document leaves open what a wrong guess would lose, nothing is guessed: the action stays a
//! plain call, and the evidence says what was missing.

mod counted;
mod cursor;
mod first;
mod links;
mod list;
mod pager;

pub(super) use pager::pager;

use super::overrides::Decided;
use crate::ir::{Action, ActionId, Api, Evidence, Kind, Pagination};
use list::List;

/// Finds out how the lists of an API continue.
pub(super) fn run(api: &mut Api, decided: &Decided) {
    let firsts = counted::Firsts::of(api);
    let mut results = Vec::new();
    for (index, action) in api.actions.iter().enumerate() {
        let said = decided
            .actions
            .get(&ActionId(index))
            .and_then(|d| d.pagination.as_ref());
        let result = match said {
            Some(said) => (said.value.clone(), Some(said.evidence("pagination"))),
            None => inferred(api, action, &firsts),
        };
        results.push(result);
    }
    for (action, (pagination, evidence)) in api.actions.iter_mut().zip(results) {
        action.pagination = pagination;
        action.evidence.extend(evidence);
    }
}

fn inferred(
    api: &Api,
    action: &Action,
    firsts: &counted::Firsts,
) -> (Option<Pagination>, Option<Evidence>) {
    let Some(list) = List::of(api, action) else {
        return (None, not_found(api, action).map(because));
    };
    if action.kind == Kind::FindOne {
        let why = |pager| format!("`{pager}` may page a list, but the action finds one thing");
        return (None, pager(api, action).map(why).map(because));
    }
    match list.strategy(firsts) {
        Ok((strategy, evidence)) => {
            let pagination = list.pagination(strategy, evidence.clone());
            (Some(pagination), Some(because(evidence)))
        }
        Err(Some(why)) => (None, Some(because(why))),
        Err(None) => {
            let said = action.kind == Kind::FindMany || pager(api, action).is_some();
            let why = "nothing says how the list continues";
            (None, said.then(|| because(why.to_owned())))
        }
    }
}

/// Why there is no list to page, where the action looks as if it had one.
fn not_found(api: &Api, action: &Action) -> Option<String> {
    let pager = pager(api, action);
    let closed = action.evidence.iter().find_map(|it| {
        let why = it.because.strip_prefix("left closed: ")?;
        (it.about == "envelope").then_some(why)
    });
    match (pager, closed) {
        (Some(pager), Some(why)) => Some(format!(
            "`{pager}` may page a list, but none was found in the response ({why}); `envelope` in the \
             configuration says where it is"
        )),
        (Some(pager), None) => Some(format!(
            "`{pager}` may page a list, but none was found in the response"
        )),
        (None, Some(why)) if action.kind == Kind::FindMany => Some(format!(
            "the list was not found in the response ({why}); `envelope` in the configuration says \
             where it is"
        )),
        (None, _) => (action.kind == Kind::FindMany)
            .then(|| "nothing says how the list continues".to_owned()),
    }
}

fn because(because: String) -> Evidence {
    Evidence {
        about: "pagination",
        because,
        overridden: false,
    }
}

#[cfg(test)]
mod tests;
