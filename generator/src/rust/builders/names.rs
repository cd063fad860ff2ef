//! Names of builders.

use super::{Builder, OutputShape, optional};
use crate::diag::Diagnostics;
use crate::ir::{Api, Kind};
use crate::names::{Lock, RustNames, words};

/// Names the builders: `FindMany` for the one that most actions of the kind use, `FindManyPeople` for
/// one that differs.
pub(super) fn allocate(
    api: &Api,
    groups: &mut [Builder],
    names: &mut RustNames,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|index| {
        std::cmp::Reverse(groups.get(*index).map_or(0, |group| group.actions.len()))
    });
    for index in order {
        let Some(group) = groups.get_mut(index) else {
            continue;
        };
        let Some(action) = group.actions.first().and_then(|id| api.action(*id)) else {
            continue;
        };
        let operation = action
            .operation_id
            .as_deref()
            .map(words)
            .unwrap_or_default();
        let resource = action
            .resource
            .and_then(|id| api.resource(id))
            .map(|resource| resource.plural.clone());
        let resource = resource.unwrap_or_default();
        let kind = kind_words(&action.kind);
        let with_resource = [kind.clone(), resource].concat();
        let plain = group.is_plain(api);
        let candidates = match &action.kind {
            Kind::Custom { .. } if plain => plain_names(group.output),
            Kind::Custom { .. } if group.actions.len() > 1 => common_names(api, group, operation),
            Kind::Custom { .. } => vec![operation, with_resource],
            _ => vec![kind, with_resource, operation],
        };
        let keys = group
            .actions
            .iter()
            .filter_map(|id| Some(api.action(*id)?.origin.pointer.clone()))
            .collect();
        group.name = names.builder(keys, &action.origin, candidates, lock, diagnostics);
    }
}

/// Names for a builder without setters, which all custom actions with this output share.
fn plain_names(output: OutputShape) -> Vec<Vec<String>> {
    let words: &[&str] = match output {
        OutputShape::Json | OutputShape::Page(_) => &["action"],
        OutputShape::Empty => &["empty", "action"],
        OutputShape::Text => &["text", "action"],
        OutputShape::Bytes => &["bytes", "action"],
        OutputShape::Items => &["stream", "action"],
    };
    let named = |extra: &[&str]| {
        [extra, words]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect()
    };
    vec![named(&[]), named(&["plain"])]
}

/// Names for a builder that many custom actions share: the words that all their names have, in their
/// order (`ListNamespaced` of `listNamespacedPod` and `listNamespacedSecret`), then with the first
/// parameter that they share.
fn common_names(api: &Api, group: &Builder, first: Vec<String>) -> Vec<Vec<String>> {
    let actions = || group.actions.iter().filter_map(|id| api.action(*id));
    let mut names = actions().map(|action| match &action.operation_id {
        Some(id) => words(id),
        None => kind_words(&action.kind),
    });
    let start = names.next().unwrap_or_default();
    let mut common = names.fold(start, |common, name| common_words(&common, &name));
    if common.is_empty() {
        let shape = if group.is_generic() {
            "action"
        } else {
            "empty action"
        };
        common = words(shape);
    }
    let parameter = actions().next().and_then(|action| {
        let (_, parameter) = optional(action).next()?;
        Some(words(&parameter.wire_name))
    });
    let with = ["with".to_owned()];
    let told = parameter.map(|parameter| [&common, &with[..], &parameter].concat());
    [Some(common), told, Some(first)]
        .into_iter()
        .flatten()
        .collect()
}

/// The words of one name that stand in the other as well, in the order of both.
fn common_words(one: &[String], other: &[String]) -> Vec<String> {
    let mut rest = other.iter();
    one.iter()
        .filter(|word| {
            let mut ahead = rest.clone();
            let found = ahead.any(|it| it == *word);
            if found {
                rest = ahead;
            }
            found
        })
        .cloned()
        .collect()
}

/// A kind in words.
pub(in crate::rust) fn kind_words(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::Custom { words } => words.clone(),
        kind => words(kind.canonical().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_names_share_stand_in_the_order_of_both() {
        let common = |one: &str, other: &str| common_words(&words(one), &words(other)).join(" ");
        let (pod, secret) = ("listCoreV1NamespacedPod", "listAppsV1NamespacedSecret");
        assert_eq!(common(pod, secret), "list v1 namespaced");
        assert_eq!(common("a b", "b a"), "a");
        assert_eq!(common("get", "put"), "");
    }
}
