//! Whether an action may be sent again when it is not known whether it arrived.

use super::kinds::{only_reads, own_words};
use super::paths::{Component, components};
use super::procedures::verb;
use crate::ir::{Action, Api, Evidence, Idempotency, Kind, Method, Place, Resource};
use crate::names::words;

/// Last components of paths that are read by a POST.
const SEARCHES: &[&str] = &[
    "search",
    "_search",
    "query",
    "lookup",
    "filter",
    "count",
    "duplicates",
];

/// Sets the idempotency of every action: that of its method (RFC 9110, section 9.2.2), except where
/// a POST only reads or a header makes it safe.
pub(super) fn run(api: &mut Api) {
    let resources = &api.resources;
    for action in &mut api.actions {
        let resource = action.resource.and_then(|id| resources.get(id.0));
        let (idempotency, because) = decide(action, resource);
        action.idempotency = idempotency;
        action.evidence.push(Evidence {
            about: "idempotency",
            because,
            overridden: false,
        });
    }
}

fn decide(action: &Action, resource: Option<&Resource>) -> (Idempotency, String) {
    let method = action.method.as_str();
    let says_write = procedure(action).is_some_and(|verb| !only_reads(&[verb]));
    match action.method {
        Method::Get if says_write => (
            Idempotency::Once,
            "a GET whose path says that it changes something".to_owned(),
        ),
        method_ if method_.is_safe() => (Idempotency::Safe, format!("{method} only reads")),
        Method::Put | Method::Delete => (
            Idempotency::Idempotent,
            format!("{method} twice has the effect of once"),
        ),
        _ if action.kind == Kind::FindDuplicates => (
            Idempotency::Safe,
            "finding duplicates only reads".to_owned(),
        ),
        Method::Post if searches(action, resource) => (
            Idempotency::Safe,
            "a POST that only reads, by its name".to_owned(),
        ),
        _ => match key_header(action) {
            Some(header) => {
                let because = format!("the header `{header}` takes an idempotency key");
                (Idempotency::Keyed { header }, because)
            }
            None => (
                Idempotency::Once,
                format!("{method} twice may have an effect twice"),
            ),
        },
    }
}

/// The verb of the procedure that a path names.
fn procedure(action: &Action) -> Option<String> {
    let path = components(action);
    let last = path.iter().rev().find_map(Component::literal)?;
    verb(last).filter(|verb| verb != "describe")
}

fn searches(action: &Action, resource: Option<&Resource>) -> bool {
    let by_path = components(action)
        .last()
        .and_then(Component::literal)
        .is_some_and(|last| SEARCHES.contains(&last.to_lowercase().as_str()));
    let named = action.operation_id.is_some();
    let by_name = resource.is_some_and(|resource| only_reads(&own_words(action, resource)));
    by_name || (by_path && !named) || (by_path && matches!(action.kind, Kind::Custom { .. }))
}

fn key_header(action: &Action) -> Option<String> {
    action
        .parameters
        .iter()
        .filter(|parameter| parameter.place == Place::Header)
        .find(|parameter| {
            words(&parameter.wire_name)
                .join(" ")
                .ends_with("idempotency key")
        })
        .map(|parameter| parameter.wire_name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    #[test]
    fn what_may_be_repeated() {
        let keyed = Idempotency::Keyed {
            header: "Idempotency-Key".into(),
        };
        for (action, expected) in [
            ("GET /pets list #pets", Idempotency::Safe),
            ("PUT /pets/{id} put #pets", Idempotency::Idempotent),
            ("DELETE /pets/{id} delete #pets", Idempotency::Idempotent),
            ("POST /pets create #pets", Idempotency::Once),
            ("PATCH /pets/{id} update #pets", Idempotency::Once),
            ("POST /pets create #pets ^Idempotency-Key", keyed),
            ("POST /pets/duplicates find #pets", Idempotency::Safe),
            ("POST /pets/search searchPets #pets", Idempotency::Safe),
            ("POST /pets/query #pets", Idempotency::Safe),
            (
                "POST /pets/{id}/find getOrCreatePet #pets",
                Idempotency::Once,
            ),
        ] {
            let api = Fixture::new()
                .actions(&["GET /pets l #pets", "POST /x x #x", action])
                .run();
            assert_eq!(api.actions[2].idempotency, expected, "{action}");
        }
    }
}
