//! The action or event that a user means, and what was probably meant where there is none.

use crate::workspace::Failure;
use specwright::ir::{Action, ActionId, Api, Event};

/// How many names are offered for one that does not exist.
const OFFERED: usize = 3;

/// The longest texts that are compared letter by letter: it takes time with the product of both.
const LONGEST: usize = 200;

/// The action with this operationId, or with this method and path, however their letters are written and
/// its parameters are called.
///
/// # Errors
///
/// There is none, or several are called alike: the nearest names.
pub(super) fn action(api: &Api, wanted: &str) -> Result<ActionId, Failure> {
    let is_exact = |action: &Action| {
        action.operation_id.as_deref() == Some(wanted) || call(action).eq_ignore_ascii_case(wanted)
    };
    let is_like = |action: &Action| {
        let by_id = action.operation_id.as_deref().map(plain);
        by_id.is_some_and(|id| !id.is_empty() && id == plain(wanted))
            || shape(&call(action)) == shape(wanted)
    };
    let exact = api.actions.iter().position(is_exact);
    let mut alike = (0..api.actions.len()).filter(|at| api.actions.get(*at).is_some_and(is_like));
    let found = exact.or_else(|| alike.next().filter(|_| alike.next().is_none()));
    found.map(ActionId).ok_or_else(|| {
        let ids = api.actions.iter().filter_map(|it| it.operation_id.clone());
        let names: Vec<String> = match wanted.contains('/') {
            true => api.actions.iter().map(call).collect(),
            false => ids.collect(),
        };
        missing("action", wanted, &names, "`inspect --wide` lists them")
    })
}

/// The event with this name on the wire or this key under `webhooks`, as an index.
///
/// # Errors
///
/// There is none: the nearest names.
pub(super) fn event(api: &Api, wanted: &str) -> Result<usize, Failure> {
    let called_so =
        |event: &Event| event.wire_name.as_deref() == Some(wanted) || event.name == wanted;
    let index = api.events.iter().position(called_so);
    index.ok_or_else(|| {
        let name = |event: &Event| {
            event
                .wire_name
                .clone()
                .unwrap_or_else(|| event.name.clone())
        };
        let names: Vec<String> = api.events.iter().map(name).collect();
        missing(
            "event",
            wanted,
            &names,
            "`inspect --format json` lists them",
        )
    })
}

/// `GET /people/{id}`.
fn call(action: &Action) -> String {
    format!("{} {}", action.method.as_str(), action.path)
}

/// A name's letters and digits, in lower case.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A call without the names of its parameters: `get /people/{}`.
fn shape(call: &str) -> String {
    let mut shape = String::new();
    let mut inside = false;
    for letter in call.trim().chars() {
        inside &= letter != '}';
        if !inside {
            shape.extend(letter.to_lowercase());
        }
        inside |= letter == '{';
    }
    shape
}

fn missing(what: &str, wanted: &str, names: &[String], otherwise: &str) -> Failure {
    let near = nearest(wanted, names);
    let hint = match near.split_last() {
        None => otherwise.to_owned(),
        Some((only, [])) => format!("did you mean `{only}`?"),
        Some((last, others)) => format!("did you mean `{}` or `{last}`?", others.join("`, `")),
    };
    Failure::Usage(format!("there is no {what} `{wanted}`; {hint}"))
}

/// The names that are like the wanted one, the likest first: a part of it or it a part of them, or a
/// third of the letters changed at most.
fn nearest<'n>(wanted: &str, names: &'n [String]) -> Vec<&'n str> {
    let wanted = plain(wanted);
    if wanted.is_empty() || wanted.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut near: Vec<(usize, &str)> = Vec::new();
    for name in names {
        let own = plain(name);
        let length = own.chars().count().max(wanted.chars().count());
        if own.is_empty() || length > LONGEST {
            continue;
        }
        let changes = changes(&wanted, &own);
        let has_part = own.contains(&wanted) || wanted.contains(&own);
        if has_part || changes * 3 <= length {
            near.push((changes, name));
        }
    }
    near.sort_unstable();
    near.dedup();
    near.into_iter()
        .map(|(_, name)| name)
        .take(OFFERED)
        .collect()
}

/// How many letters must be added, taken away or changed to make one text of the other (Levenshtein).
fn changes(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = above + 1;
        next.push(left);
        for (cells, own) in row.windows(2).zip(&other) {
            if let [corner, up] = cells {
                left = (corner + usize::from(*own != letter))
                    .min(left + 1)
                    .min(up + 1);
                next.push(left);
            }
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_counted_in_letters() {
        for (one, other, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("listpets", "listpet", 1),
        ] {
            assert_eq!(changes(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn the_likest_names_are_offered_first_and_unlike_ones_not_at_all() {
        let names = ["createPets", "listPets", "listPetsByOwner", "removeOwner"].map(str::to_owned);
        assert_eq!(nearest("listPet", &names), ["listPets", "listPetsByOwner"]);
        assert_eq!(
            nearest("list_pets", &names),
            ["listPets", "listPetsByOwner"]
        );
        assert!(nearest("zebra", &names).is_empty());
        assert!(
            nearest(&"x".repeat(10_000), &names).is_empty(),
            "it takes no time"
        );
    }

    #[test]
    fn paths_are_the_same_whatever_their_parameters_are_called() {
        assert_eq!(shape("GET /pets/{id}/{x}"), shape("get /pets/{petId}/{y}"));
        assert_ne!(shape("GET /pets/{id}"), shape("GET /pets/id"));
    }
}
