//! Pagination: how a list continues.
//!
//! What the server says of the next page (a cursor, a URL, a `Link` header) is trusted more than
//! what the client counts (pages, items to skip), since servers give shorter pages than asked for.
//! Where the document leaves open what a wrong guess would lose, nothing is guessed: the action stays a
//! plain call, and the evidence says what was missing.

mod counted;
mod cursor;
mod first;
mod keys;
mod links;
mod list;

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
        let evidence = because("nothing says how the list continues".to_owned());
        return (None, (action.kind == Kind::FindMany).then_some(evidence));
    };
    match list.strategy(firsts) {
        Ok((strategy, evidence)) => {
            let pagination = list.pagination(strategy, evidence.clone());
            (Some(pagination), Some(because(evidence)))
        }
        Err(Some(why)) => (None, Some(because(why))),
        Err(None) if action.kind == Kind::FindMany => {
            let evidence = because("nothing says how the list continues".to_owned());
            (None, Some(evidence))
        }
        Err(None) => (None, None),
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
