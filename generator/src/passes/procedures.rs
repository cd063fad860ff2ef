//! Paths that name a procedure instead of a thing: `/createSite`, `/getSite/{id}`, `/#Action=ListSites`.
//!
//! The thing is what several of them have behind their verbs. One alone tells nothing: `/import-jobs`
//! may be a collection.

use std::collections::{BTreeMap, BTreeSet};

use crate::names::{singular, words};

/// Verbs that are said of a thing, and that few things begin with.
const VERBS: &[&str] = &[
    "add", "create", "delete", "describe", "edit", "fetch", "get", "insert", "list", "modify",
    "pin", "put", "remove", "retrieve", "save", "send", "set", "unpin", "update", "upsert",
];

/// The things that the procedures of a document are about.
pub(super) struct Procedures {
    /// Whether most of the document's paths name procedures.
    prevail: bool,
    things: BTreeSet<Vec<String>>,
}

impl Procedures {
    /// What the components say that name procedures: a thing that two verbs go with is one.
    pub(super) fn of<'a>(components: impl Iterator<Item = &'a str>) -> Self {
        let mut verbs: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
        let (mut all, mut procedures) = (0_usize, 0_usize);
        for component in components {
            all += 1;
            if let Some((verb, thing)) = verb_and_thing(&name(component)) {
                procedures += 1;
                verbs.entry(thing).or_default().insert(verb);
            }
        }
        let several = verbs.into_iter().filter(|(_, verbs)| verbs.len() > 1);
        Self {
            prevail: procedures * 2 > all,
            things: several.map(|(thing, _)| thing).collect(),
        }
    }

    /// Whether most paths name procedures: what then stands alone in a path, of several words, names one,
    /// too, whatever its verb.
    pub(super) fn prevail(&self) -> bool {
        self.prevail
    }

    /// The thing that a component's procedure is about, in the singular.
    pub(super) fn thing(&self, component: &str) -> Option<&[String]> {
        let (_, thing) = verb_and_thing(&name(component))?;
        self.things.get(&thing).map(Vec::as_slice)
    }
}

/// The verb of a component that names a procedure.
pub(super) fn verb(component: &str) -> Option<String> {
    verb_and_thing(&name(component)).map(|(verb, _)| verb)
}

/// The verb of a component that names a procedure of this thing, given in the singular.
pub(super) fn verb_of(component: &str, thing: &[String]) -> Option<String> {
    let (verb, own) = verb_and_thing(&name(component))?;
    (own == thing).then_some(verb)
}

/// The words of the procedure that a component names. What a fragment says comes last in it:
/// `#X-Amz-Target=Sites.CreateSite`.
fn name(component: &str) -> Vec<String> {
    match component.split_once(['#', '?']) {
        Some(("", said)) => words(said.rsplit(['=', '.']).next().unwrap_or(said)),
        Some((name, _)) => words(name),
        None => words(component),
    }
}

/// What a component is called without its fragment, or of a fragment what stands before the procedure.
pub(super) fn without_fragment(component: &str) -> &str {
    match component.split_once(['#', '?']) {
        Some(("", said)) => {
            let value = said.rsplit('=').next().unwrap_or(said);
            value.rsplit_once('.').map_or("", |(service, _)| service)
        }
        Some((name, _)) => name,
        None => component,
    }
}

fn verb_and_thing(name: &[String]) -> Option<(String, Vec<String>)> {
    let (verb, thing) = name.split_first()?;
    let is_verb = VERBS.contains(&verb.as_str()) && !thing.is_empty();
    is_verb.then(|| (verb.clone(), singular(thing)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_that_two_verbs_go_with_is_one() {
        let all = [
            "createSite",
            "listSites",
            "get-site#id",
            "getLimits",
            "add",
            "import-jobs",
        ];
        let found = Procedures::of(all.into_iter());
        assert_eq!(found.thing("deleteSite"), Some(&["site".to_owned()][..]));
        assert_eq!(found.thing("sites"), None);
        assert_eq!(
            found.thing("getLimits"),
            None,
            "one verb alone tells nothing"
        );
        assert_eq!(found.thing("import-jobs"), None);
        assert_eq!(
            verb_of("getSites", &["site".to_owned()]).as_deref(),
            Some("get")
        );
        assert_eq!(verb_of("getSites", &["limit".to_owned()]), None);
    }

    #[test]
    fn a_fragment_may_hold_the_name() {
        let all = ["#X-Amz-Target=Sites.CreateSite", "#Action=ListSites"];
        let found = Procedures::of(all.into_iter());
        assert_eq!(
            found.thing("#Action=ListSites"),
            Some(&["site".to_owned()][..])
        );
        let named = all.map(without_fragment);
        assert_eq!(named, ["Sites", ""]);
        assert_eq!(without_fragment("getSite#id"), "getSite");
    }
}
