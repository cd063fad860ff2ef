//! What types are called, where their role in an action says more than the document.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::only_reads;
use super::shapes::{main_media, record_or_item};
use crate::ir::{Action, Api, Event, Kind, Payload, Resource, Role, Status, TypeId};
use crate::names::{singular, words};

/// Last words of components that say what a record is used for.
const SUFFIXES: &[&[&str]] = &[
    &["for", "response"],
    &["for", "update"],
    &["for", "create"],
    &["with", "relations"],
    &["response"],
    &["request"],
    &["input"],
    &["output"],
    &["create"],
    &["update"],
    &["read"],
    &["write"],
    &["in"],
    &["out"],
    &["base"],
];

/// Puts better names before those that the document suggests.
pub(super) fn run(api: &mut Api) {
    let mut better = colliding_stems(api);
    let components = api.types.iter().filter_map(|def| def.component.as_deref());
    let taken: BTreeSet<Vec<String>> = components.map(words).collect();
    for action in &api.actions {
        for (id, hints) in of_action(api, action, &taken) {
            // The first action decides; the others are still the document's own suggestions.
            better.entry(id).or_insert(hints);
        }
    }
    for event in &api.events {
        if let Some((id, hint)) = of_event(api, event) {
            better.entry(id).or_insert_with(|| vec![hint]);
        }
    }
    for (id, mut hints) in better {
        if let Some(def) = api.types.get_mut(id.0) {
            hints.append(&mut def.hints);
            let mut seen = BTreeSet::new();
            hints.retain(|hint| seen.insert(hint.clone()));
            def.hints = hints;
        }
    }
}

type Hints = Vec<Vec<String>>;

/// Where a document has `X`, `XForUpdate` and `XForResponse`, and its actions use each for one thing
/// only, the one that is received is `X`, what makes it `XInput`, and what changes it `XUpdate`.
fn colliding_stems(api: &Api) -> BTreeMap<TypeId, Hints> {
    let mut stems: BTreeMap<Vec<String>, Vec<(TypeId, Role)>> = BTreeMap::new();
    let mut names: BTreeMap<Vec<String>, TypeId> = BTreeMap::new();
    for (index, def) in api.types.iter().enumerate() {
        if let Some(component) = &def.component {
            let name = words(component);
            names.insert(name.clone(), TypeId(index));
            stems
                .entry(stem(&name).to_vec())
                .or_default()
                .push((TypeId(index), def.role));
        }
    }
    let mut found = BTreeMap::new();
    for (stem, members) in &stems {
        let bare = names
            .get(stem)
            .is_some_and(|id| members.iter().any(|(other, _)| other == id));
        let Some(hints) = bare.then(|| by_role(stem, members)).flatten() else {
            continue;
        };
        let free = |(_, hint): &(TypeId, Vec<String>)| {
            let taken = names.get(hint);
            taken.is_none_or(|id| members.iter().any(|(other, _)| other == id))
        };
        if hints.iter().all(free) {
            found.extend(hints.into_iter().map(|(id, hint)| (id, vec![hint])));
        }
    }
    found
}

/// The names of types that share a stem, where each has a role of its own.
fn by_role(stem: &[String], members: &[(TypeId, Role)]) -> Option<Vec<(TypeId, Vec<String>)>> {
    let mut roles: Vec<Role> = members.iter().map(|(_, role)| *role).collect();
    roles.sort();
    roles.dedup();
    if members.len() < 2 || roles.len() != members.len() || !roles.contains(&Role::Output) {
        return None;
    }
    members
        .iter()
        .map(|(id, role)| {
            let suffix = match role {
                Role::Output => None,
                Role::Input => Some("input"),
                Role::Update => Some("update"),
                Role::Event => Some("event"),
                Role::Error | Role::Shared => return None,
            };
            let hint = stem
                .iter()
                .cloned()
                .chain(suffix.map(str::to_owned))
                .collect();
            Some((*id, hint))
        })
        .collect()
}

/// The words of a component without those that say what it is used for.
fn stem(name: &[String]) -> &[String] {
    let found = SUFFIXES.iter().find_map(|suffix| {
        let start = name
            .len()
            .checked_sub(suffix.len())
            .filter(|start| *start > 0)?;
        let (stem, end) = name.split_at_checked(start)?;
        (end == *suffix).then_some(stem)
    });
    found.unwrap_or(name)
}

/// The names of the inline types of an action's bodies.
fn of_action(api: &Api, action: &Action, taken: &BTreeSet<Vec<String>>) -> Vec<(TypeId, Hints)> {
    let Some(resource) = action.resource.and_then(|id| api.resource(id)) else {
        return Vec::new();
    };
    let own = action
        .operation_id
        .as_deref()
        .map_or_else(|| fallback(action, resource), words);
    let mut found = Vec::new();
    let body = action
        .body
        .as_ref()
        .and_then(main_media)
        .map(|media| &media.schema.ty);
    if let Some((id, _)) = body.and_then(|ty| record_or_item(api, ty)) {
        found.push((id, input_hints(action, resource, &own)));
    }
    let payload = action
        .outcome
        .success
        .as_ref()
        .map(|success| &success.payload);
    let data = match payload {
        Some(Payload::Whole(ty)) => Some(ty),
        Some(Payload::Opened(envelope)) => Some(&envelope.data.ty),
        Some(Payload::Empty) | None => None,
    };
    if let Some((id, many)) = data.and_then(|ty| record_or_item(api, ty)) {
        found.push((id, output_hints(taken, action, resource, &own, many)));
    }
    for response in &action.outcome.responses {
        for media in &response.media {
            if let Some((id, false)) = record_or_item(api, &media.schema.ty)
                && api.type_def(id).is_some_and(|def| def.role == Role::Error)
            {
                found.push((id, vec![reason(response.status)]));
            }
        }
    }
    found.retain(|(id, _)| {
        let def = api.type_def(*id);
        def.is_some_and(|def| def.component.is_none() && def.other_way.is_none())
    });
    found
}

/// The name of the inline type of an event's body: `PetCreatedEvent`.
fn of_event(api: &Api, event: &Event) -> Option<(TypeId, Vec<String>)> {
    let inline = |id: &TypeId| api.type_def(*id).is_some_and(|def| def.component.is_none());
    let id = event.payload.filter(inline)?;
    let mut name = words(&event.name);
    if name.last().is_none_or(|last| last != "event") {
        name.push("event".to_owned());
    }
    Some((id, name))
}

/// The words of an action without a name.
fn fallback(action: &Action, resource: &Resource) -> Vec<String> {
    let kind = super::kinds::name(&action.kind);
    let noun = match action.kind {
        Kind::FindMany | Kind::CreateMany | Kind::UpdateMany | Kind::DeleteMany => &resource.plural,
        _ => &resource.singular,
    };
    words(&kind)
        .into_iter()
        .chain(noun.iter().cloned())
        .collect()
}

fn and(words: &[String], last: &[&str]) -> Vec<String> {
    words
        .iter()
        .cloned()
        .chain(last.iter().map(|word| (*word).to_owned()))
        .collect()
}

fn input_hints(action: &Action, resource: &Resource, own: &[String]) -> Hints {
    match action.kind {
        Kind::CreateOne => vec![and(&resource.singular, &["input"]), and(own, &["input"])],
        Kind::UpdateOne => vec![and(&resource.singular, &["update"]), and(own, &["input"])],
        Kind::FindDuplicates => vec![and(&resource.singular, &["duplicates", "input"])],
        _ => vec![and(own, &["input"])],
    }
}

fn output_hints(
    taken: &BTreeSet<Vec<String>>,
    action: &Action,
    resource: &Resource,
    own: &[String],
    many: bool,
) -> Hints {
    match action.kind {
        Kind::FindOne
        | Kind::FindMany
        | Kind::CreateOne
        | Kind::CreateMany
        | Kind::UpdateOne
        | Kind::Upsert
        | Kind::Restore => vec![resource.singular.clone(), and(own, &["output"])],
        Kind::DeleteOne | Kind::DeleteMany => {
            vec![vec!["deleted".to_owned()], and(own, &["output"])]
        }
        Kind::FindDuplicates => vec![and(&resource.singular, &["duplicates"])],
        Kind::UpdateMany | Kind::Merge | Kind::Custom { .. } => {
            let mut hints = vec![and(own, &["output"])];
            // `getUsageReport` gives a `UsageReport`, unless the document means something else by it.
            if let Some((_, thing)) = own.split_first().filter(|_| only_reads(own)) {
                let thing = if many {
                    singular(thing)
                } else {
                    thing.to_vec()
                };
                if !thing.is_empty() && !taken.contains(&thing) {
                    hints.insert(0, thing);
                }
            }
            hints
        }
    }
}

/// The reason phrase of a status (RFC 9110, section 15).
fn reason(status: Status) -> Vec<String> {
    let text = match status {
        Status::Code(400) => "bad request",
        Status::Code(401) => "unauthorized",
        Status::Code(402) => "payment required",
        Status::Code(403) => "forbidden",
        Status::Code(404) => "not found",
        Status::Code(405) => "method not allowed",
        Status::Code(406) => "not acceptable",
        Status::Code(408) => "request timeout",
        Status::Code(409) => "conflict",
        Status::Code(410) => "gone",
        Status::Code(412) => "precondition failed",
        Status::Code(413) => "content too large",
        Status::Code(415) => "unsupported media type",
        Status::Code(422) => "unprocessable content",
        Status::Code(429) => "too many requests",
        Status::Code(500) => "internal server error",
        Status::Code(501) => "not implemented",
        Status::Code(502) => "bad gateway",
        Status::Code(503) => "service unavailable",
        Status::Code(504) => "gateway timeout",
        Status::Code(code) => return vec!["status".to_owned(), code.to_string()],
        Status::Range(4) => "client error",
        Status::Range(5) => "server error",
        Status::Range(_) | Status::Default => "api error",
    };
    words(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    /// The first name of the types that have one of these origins' last words, in order.
    fn names(api: &Api) -> Vec<String> {
        api.types.iter().map(|def| def.hints[0].join(" ")).collect()
    }

    #[test]
    fn colliding_stems_are_named_by_role() {
        let api = Fixture::new()
            .components(&[
                ("Pet", "{name: str}"),
                ("PetForUpdate", "{name: str}"),
                ("PetForResponse", "{name: str}"),
                ("Toy", "{name: str}"),
                ("ToyResponse", "{data: Toy}"),
                ("CreateToyRequest", "{name: str}"),
            ])
            .actions(&[
                "POST /pets createPet #pets <Pet >{data:PetForResponse}",
                "PATCH /pets/{id} updatePet #pets <PetForUpdate >{data:PetForResponse}",
                "POST /toys createToy #toys <CreateToyRequest >ToyResponse",
            ])
            .run();
        let expected = [
            "pet input",
            "pet update",
            "pet",
            "Toy",
            "ToyResponse",
            "CreateToyRequest",
        ];
        assert_eq!(names(&api)[..6], expected);
    }

    #[test]
    fn a_name_that_the_document_gives_to_something_else_is_not_taken() {
        let api = Fixture::new()
            .components(&[
                ("Pet", "{name: str}"),
                ("PetForResponse", "{name: str}"),
                ("PetInput", "{file: str}"),
                ("PetUpdate", "{file: str}"),
            ])
            .actions(&["POST /pets createPet #pets <Pet >PetForResponse"])
            .run();
        assert_eq!(names(&api)[..2], ["Pet", "PetForResponse"]);
    }

    #[test]
    fn inline_types_are_named_by_what_the_action_does() {
        let api = Fixture::new()
            .actions(&[
                "GET /pets/{id} getPet #pets >{data:{id:uuid,name:str}}",
                "DELETE /pets/{id} deletePet #pets >{data:{deletePet:{id:uuid}}}",
                "POST /pets/duplicates findPetDuplicates #pets <{ids:[uuid]} >{data:[{totalCount:int,pets:[str]}]}",
                "POST /pets/{id}/feed feedPet #pets <{food:str} >{eaten:bool,x:str} !404{message:str}",
                "GET /usage getUsageReport #pets >{used:int,left:int}",
            ])
            .event("pet.found", "pets", "{type: one(pet.found), where: str}")
            .run();
        let names = names(&api);
        for expected in [
            "pet",
            "deleted",
            "pet duplicates",
            "pet duplicates input",
            "feed pet input",
            "feed pet output",
            "not found",
            "usage report",
            "pet found event",
        ] {
            assert!(
                names.iter().any(|name| name == expected),
                "{expected}: {names:?}"
            );
        }
    }
}
