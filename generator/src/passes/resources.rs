//! Resources: which thing each action is about.
//!
//! An action belongs to the resource of its first tag, where the document groups its actions by tags,
//! and otherwise to that of the first meaningful component of its path, or of the thing whose procedures
//! the paths name.

use std::collections::BTreeMap;

use super::overrides::Decided;
use super::paths::{Component, components, noun, says_nothing};
use super::procedures::{Procedures, without_fragment};
use crate::ir::{Action, ActionId, Api, Evidence, Origin, Resource, ResourceId};
use crate::names::{plural, singular, spelled, words};

/// Components of paths that say what is done, before the thing that it is done to.
const NOT_A_THING: &[&str] = &["batch", "bulk", "restore"];

/// Fills [`Api::resources`] and the resource of every action. The order is that of the tags'
/// declarations, then that of first appearance.
pub(super) fn run(api: &mut Api, decided: &Decided) {
    let by_tag = tags_group(api);
    let paths = Paths::of(&api.actions);
    let mut table = Table::declared(api);
    for (index, action) in api.actions.iter_mut().enumerate() {
        let said = decided
            .actions
            .get(&ActionId(index))
            .and_then(|d| d.resource.as_ref());
        let (name, evidence) = match said {
            Some(said) => (said.value.clone(), said.evidence("resource")),
            None => belongs_to(action, by_tag, &paths, &table),
        };
        let place = table.place(&name, &action.origin);
        table.add(place, ActionId(index));
        action.evidence.push(evidence);
    }
    api.resources = table.used();
    for (index, resource) in api.resources.iter().enumerate() {
        for action in &resource.actions {
            if let Some(action) = api.actions.get_mut(action.0) {
                action.resource = Some(ResourceId(index));
            }
        }
    }
}

/// The name of the thing that an action is about, and why.
fn belongs_to(action: &Action, by_tag: bool, paths: &Paths, table: &Table) -> (String, Evidence) {
    let because = |because: String| Evidence {
        about: "resource",
        because,
        overridden: false,
    };
    if by_tag && let Some(tag) = action.tags.first() {
        return (tag.clone(), because(format!("its first tag is `{tag}`")));
    }
    if let Some(text) = paths.thing(action) {
        let name = table.named_like(&text).unwrap_or_else(|| text.clone());
        return (name, because(format!("its path is about `{text}`")));
    }
    match action.tags.first() {
        Some(tag) => (tag.clone(), because(format!("its first tag is `{tag}`"))),
        None => {
            let name = "general".to_owned();
            (
                name,
                because("neither a tag nor its path says what it is about".to_owned()),
            )
        }
    }
}

/// Whether the document groups its actions by tags: most have one, and there are several, or one
/// that is all there is to tell.
fn tags_group(api: &Api) -> bool {
    let tags: Vec<_> = api
        .actions
        .iter()
        .filter_map(|action| action.tags.first())
        .collect();
    let several = tags.iter().any(|tag| Some(tag) != tags.first());
    let things = || {
        let paths = Paths::of(&api.actions);
        let mut all = api.actions.iter().map(|action| paths.thing(action));
        let first = all.next();
        all.any(|other| Some(other) != first)
    };
    !tags.is_empty() && tags.len() * 2 >= api.actions.len() && (several || !things())
}

/// How many components all paths start with. A path that has no more than that keeps its last.
fn common_prefix(actions: &[Action]) -> usize {
    let mut all = actions.iter().map(components);
    let Some(first) = all.next() else {
        return 0;
    };
    let first: Vec<_> = first
        .into_iter()
        .take_while(|part| part.literal().is_some())
        .collect();
    let (mut shared, mut paths) = (first.len(), 1);
    for other in all {
        let same = first.iter().zip(&other).take_while(|(a, b)| a == b).count();
        shared = shared.min(same).min(other.len().saturating_sub(1));
        paths += 1;
    }
    if paths > 1 { shared } else { 0 }
}

/// What the paths of a document are about.
struct Paths {
    /// How many components all have in common.
    prefix: usize,
    procedures: Procedures,
}

impl Paths {
    fn of(actions: &[Action]) -> Self {
        let prefix = common_prefix(actions);
        let paths: Vec<_> = actions.iter().map(components).collect();
        let said = paths.iter().filter_map(|path| component(path, prefix));
        Self {
            prefix,
            procedures: Procedures::of(said),
        }
    }

    /// What an action's path is about. Of `chat.postMessage` it is `chat`.
    fn thing(&self, action: &Action) -> Option<String> {
        let path = components(action);
        let said = component(&path, self.prefix)?;
        if let Some(thing) = self.procedures.thing(said) {
            return Some(plural(thing).join("-"));
        }
        let is_alone = path.len() == self.prefix + 1;
        if self.procedures.prevail() && is_alone && words(said).len() > 1 && !has_service(said) {
            return None;
        }
        let mut parts = without_fragment(said).split(['.', ':']);
        parts.find(|part| !part.is_empty()).map(str::to_owned)
    }
}

/// Whether a component says whose procedure it names: `chat.postMessage`, `#X-Amz-Target=Sites.List`.
fn has_service(component: &str) -> bool {
    without_fragment(component).contains(['.', ':'])
        || (component.contains('#') && component.contains('.'))
}

/// The first component that says what a path is about.
fn component(path: &[Component], prefix: usize) -> Option<&str> {
    let literals = || path.iter().skip(prefix).filter_map(Component::literal);
    literals()
        .find(|text| !says_nothing(text) && !NOT_A_THING.contains(&text.to_lowercase().as_str()))
        .or_else(|| literals().next_back())
}

/// The resources that are being found.
struct Table {
    resources: Vec<Resource>,
    by_words: BTreeMap<Vec<String>, usize>,
}

impl Table {
    fn declared(api: &Api) -> Self {
        let mut table = Self {
            resources: Vec::new(),
            by_words: BTreeMap::new(),
        };
        for tag in &api.tags {
            let place = table.place(&tag.name, &tag.origin);
            if let Some(resource) = table.resources.get_mut(place)
                && resource.description.is_none()
            {
                resource.description.clone_from(&tag.description);
            }
        }
        table
    }

    /// The resource of this name; names that differ only in case and spacing are one.
    fn place(&mut self, name: &str, origin: &Origin) -> usize {
        let mut own = words(name);
        if own.is_empty() {
            own = spelled(name);
        }
        let next = self.resources.len();
        let place = *self.by_words.entry(own.clone()).or_insert(next);
        if place == next {
            self.resources.push(Resource {
                tag: name.to_owned(),
                singular: singular(&own),
                plural: plural(&own),
                description: None,
                actions: Vec::new(),
                record: None,
                id: None,
                origin: origin.clone(),
            });
        }
        place
    }

    fn add(&mut self, place: usize, action: ActionId) {
        if let Some(resource) = self.resources.get_mut(place) {
            resource.actions.push(action);
        }
    }

    /// The tag that means the same as a component of a path: `pet` and `/pets`.
    fn named_like(&self, text: &str) -> Option<String> {
        let noun = noun(text);
        self.resources
            .iter()
            .find(|resource| resource.singular == noun)
            .map(|resource| resource.tag.clone())
    }

    /// The resources that have actions.
    fn used(self) -> Vec<Resource> {
        self.resources
            .into_iter()
            .filter(|resource| !resource.actions.is_empty())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    fn resources(tags: &[&str], actions: &[&str]) -> Vec<String> {
        let mut fixture = Fixture::new().tags(tags).actions(actions);
        run(&mut fixture.api, &Decided::default());
        let api = &fixture.api;
        let show = |resource: &Resource| {
            let one = resource.singular.join(" ");
            format!("{} ({one}) {}", resource.tag, resource.actions.len())
        };
        api.resources.iter().map(show).collect()
    }

    #[test]
    fn tags_group_in_the_order_of_their_declaration() {
        let found = resources(
            &["people", "unused", "Account Users"],
            &[
                "GET /users a #account_users",
                "GET /people b #people",
                "GET /x c #extra",
            ],
        );
        assert_eq!(
            found,
            [
                "people (person) 1",
                "Account Users (account user) 1",
                "extra (extra) 1"
            ]
        );
    }

    #[test]
    fn tags_that_differ_in_spelling_only_are_one() {
        let found = resources(
            &[],
            &["GET /a a #apiKeys", "GET /b b #API_Keys", "GET /c c #c"],
        );
        assert_eq!(found, ["apiKeys (api key) 2", "c (c) 1"]);
    }

    #[test]
    fn without_tags_paths_group() {
        let found = resources(
            &[],
            &[
                "GET /api/v1/pets",
                "GET /api/v1/pets/{id}/toys",
                "GET /api/v1/users",
                "GET /api/v1/{x}",
            ],
        );
        assert_eq!(
            found,
            ["pets (pet) 2", "users (user) 1", "general (general) 1"]
        );
        assert_eq!(
            resources(&[], &["POST /chat.post", "POST /chat.delete"]),
            ["chat (chat) 2"]
        );
    }

    #[test]
    fn procedures_of_a_thing_are_together() {
        let found = resources(
            &[],
            &[
                "POST /createWorkerFleet",
                "GET /listWorkerFleets",
                "GET /getWorkerFleet/{id}",
                "POST /pingService",
            ],
        );
        assert_eq!(
            found,
            ["worker-fleets (worker fleet) 3", "general (general) 1"]
        );
        let target = |name: &str| format!("POST /#X-Amz-Target=Fleet.{name}");
        let lines = ["CreateSite", "ListSites", "Ping"].map(target);
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        assert_eq!(
            resources(&[], &lines),
            ["sites (site) 2", "Fleet (fleet) 1"]
        );
    }

    #[test]
    fn one_tag_for_everything_does_not_group() {
        let found = resources(&[], &["GET /pets a #default", "GET /users b #default"]);
        assert_eq!(found, ["pets (pet) 1", "users (user) 1"]);
    }

    #[test]
    fn an_action_without_a_tag_joins_the_resource_of_its_path() {
        let found = resources(
            &[],
            &["GET /pets a #Pet", "GET /users b #User", "POST /pets c"],
        );
        assert_eq!(found, ["Pet (pet) 2", "User (user) 1"]);
    }

    #[test]
    fn every_action_has_a_resource_and_a_reason() {
        let mut fixture = Fixture::new().actions(&["GET /", "GET /v1", "GET /{id}"]);
        run(&mut fixture.api, &Decided::default());
        for action in &fixture.api.actions {
            assert!(action.resource.is_some());
            assert_eq!(action.evidence[0].about, "resource");
        }
    }
}
