//! Builders: one type per set of optional parameters, shared by all actions that have the same.
//!
//! Thirty-six `FindMany` builders that differ only in what they return are one, generic in it: there is
//! less to learn and less to compile.

use super::reach::chosen_media;
use crate::diag::Diagnostics;
use crate::ir::{
    Action, ActionId, Api, Encoding, Kind, Pagination, Parameter, Payload, Schema, Type, TypeId,
};
use crate::names::{Lock, RustNames, Table, words};
use std::collections::HashMap;

/// How many custom actions must take the same parameters to share a builder: fewer say more with a
/// builder of their own, which is called as they are.
const ENOUGH: usize = 4;

/// The builders of an API, and which action uses which.
#[derive(Debug, Default)]
pub(super) struct Builders {
    /// In the order in which actions first need them.
    pub(super) list: Vec<Builder>,
    of_action: Vec<usize>,
}

/// A builder.
#[derive(Debug)]
pub(super) struct Builder {
    /// The name of its type.
    pub(super) name: String,
    /// The actions that use it; the first one's parameters document its setters. Never empty.
    pub(super) actions: Vec<ActionId>,
    /// What awaiting it gives.
    pub(super) output: OutputShape,
}

/// The shape of what an action gives, its type apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum OutputShape {
    /// A page of a list, with the type of what stands beside the items.
    Page(Option<TypeId>),
    /// A JSON value.
    Json,
    /// No body.
    Empty,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// What an action gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Output<'a> {
    /// No body.
    Empty,
    /// JSON.
    Json(&'a Type, bool),
    /// A page of items.
    Page(&'a Schema, Option<TypeId>),
    /// Text.
    Text,
    /// Bytes, also of formats that have no type here.
    Bytes,
}

impl Builders {
    /// Groups the actions and names the groups.
    pub(super) fn new(
        api: &Api,
        names: &mut RustNames,
        lock: &mut Lock,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut keys: Vec<Key> = api
            .actions
            .iter()
            .enumerate()
            .map(|(index, action)| Key::new(api, action, ActionId(index), names))
            .collect();
        let table = Table::new("rust.builders");
        let published = api.actions.iter().map(|action| {
            let name = lock.name(&table, &action.origin.pointer);
            name.map(str::to_owned)
        });
        set_apart(&mut keys, &published.collect::<Vec<_>>());
        let mut groups: Vec<Builder> = Vec::new();
        let mut by_key: HashMap<Key, usize> = HashMap::new();
        let mut of_action = Vec::with_capacity(api.actions.len());
        for ((index, action), key) in api.actions.iter().enumerate().zip(keys) {
            let group = *by_key.entry(key).or_insert_with(|| {
                groups.push(Builder {
                    name: String::new(),
                    actions: Vec::new(),
                    output: output(api, action).shape(),
                });
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(group) {
                group.actions.push(ActionId(index));
            }
            of_action.push(group);
        }
        name(api, &mut groups, names, lock, diagnostics);
        lock.retire_unused("rust.builders");
        Self {
            list: groups,
            of_action,
        }
    }

    /// The builder of an action.
    pub(super) fn of(&self, action: ActionId) -> Option<&Builder> {
        self.list.get(*self.of_action.get(action.0)?)
    }
}

impl Builder {
    /// Whether it has no setters of its own.
    pub(super) fn is_plain(&self, api: &Api) -> bool {
        let action = self.actions.first().and_then(|id| api.action(*id));
        let setters = action.is_some_and(|action| {
            optional(action).next().is_some()
                || action.body.as_ref().is_some_and(|body| !body.required)
        });
        !setters && !matches!(self.output, OutputShape::Page(_))
    }

    /// Whether it is generic in what it gives.
    pub(super) fn is_generic(&self) -> bool {
        matches!(self.output, OutputShape::Page(_) | OutputShape::Json)
    }
}

impl Output<'_> {
    fn shape(&self) -> OutputShape {
        match self {
            Self::Page(_, metadata) => OutputShape::Page(*metadata),
            Self::Json(..) => OutputShape::Json,
            Self::Empty => OutputShape::Empty,
            Self::Text => OutputShape::Text,
            Self::Bytes => OutputShape::Bytes,
        }
    }
}

/// What an action gives to its caller.
pub(super) fn output<'a>(api: &'a Api, action: &'a Action) -> Output<'a> {
    let Some(success) = &action.outcome.success else {
        return Output::Empty;
    };
    let media = success.media.and_then(|media| {
        action
            .outcome
            .responses
            .get(success.response)?
            .media
            .get(media)
    });
    let (ty, nullable, metadata) = match (&success.payload, media) {
        (Payload::Empty, _) | (_, None) => return Output::Empty,
        (Payload::Whole(ty), Some(media)) => match media.encoding {
            Encoding::Json => (ty, media.schema.nullable, None),
            Encoding::Text => return Output::Text,
            _ => return Output::Bytes,
        },
        (Payload::Opened(envelope), Some(_)) => {
            (&envelope.data.ty, envelope.data.nullable, envelope.metadata)
        }
    };
    // `204 No Content` beside `200`: nothing is one of the answers.
    let nothing = action.outcome.responses.iter().any(|response| {
        matches!(response.status, crate::ir::Status::Code(200..=299)) && response.media.is_empty()
    });
    let nullable = nullable || nothing;
    match (&action.pagination, api.resolved(ty)) {
        (Some(pagination), Type::List(items)) if pages(action, pagination) => {
            Output::Page(items, metadata)
        }
        _ => Output::Json(ty, nullable),
    }
}

/// Whether the items of a page are what the action's payload is.
fn pages(action: &Action, pagination: &Pagination) -> bool {
    let path: &[String] = match action
        .outcome
        .success
        .as_ref()
        .map(|success| &success.payload)
    {
        Some(Payload::Opened(envelope)) => &envelope.path,
        _ => &[],
    };
    pagination.items == path
}

/// Parameters that a call cannot do without: arguments of the method, those of the path first.
pub(super) fn required(action: &Action) -> impl Iterator<Item = (usize, &Parameter)> {
    use crate::ir::Place;
    let of = |path: bool| {
        let parameters = action.parameters.iter().enumerate();
        parameters.filter(move |(_, parameter)| {
            parameter.required && (parameter.place == Place::Path) == path
        })
    };
    of(true).chain(of(false))
}

/// Parameters that a call can do without: setters of the builder.
pub(super) fn optional(action: &Action) -> impl Iterator<Item = (usize, &Parameter)> {
    action
        .parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| !parameter.required)
}

/// What makes two actions share a builder.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    kind: Kind,
    /// The first of the custom actions that share it.
    of: Option<ActionId>,
    /// The setters: what each is called, and what it sends.
    parameters: Vec<(String, String)>,
    body: Option<String>,
    output: OutputShape,
}

impl Key {
    fn new(api: &Api, action: &Action, id: ActionId, names: &RustNames) -> Self {
        let named = names.actions.get(id.0);
        let setter = |index: usize| named.and_then(|named| named.parameters.get(index).cloned());
        let parameters = optional(action)
            .map(|(index, parameter)| (setter(index).unwrap_or_default(), signature(parameter)))
            .collect();
        let body = action
            .body
            .as_ref()
            .filter(|body| !body.required)
            .and_then(chosen_media)
            .map(|media| format!("{:?}", media.schema.ty));
        let kind = match &action.kind {
            // Words are for names.
            Kind::Custom { .. } => Kind::Custom { words: Vec::new() },
            kind => kind.clone(),
        };
        Self {
            kind,
            of: None,
            parameters,
            body,
            output: output(api, action).shape(),
        }
    }

    fn is_plain(&self) -> bool {
        let page = matches!(self.output, OutputShape::Page(_));
        self.parameters.is_empty() && self.body.is_none() && !page
    }
}

/// Says which custom actions share a builder: those that did when their names were published, and
/// otherwise those of which many take the same parameters.
fn set_apart(keys: &mut [Key], published: &[Option<String>]) {
    let mut groups: HashMap<Key, Vec<usize>> = HashMap::new();
    for (index, key) in keys.iter().enumerate() {
        if matches!(key.kind, Kind::Custom { .. }) && !key.is_plain() {
            groups.entry(key.clone()).or_default().push(index);
        }
    }
    for group in groups.into_values() {
        let published = |index: usize| published.get(index).and_then(Option::as_deref);
        let (old, new): (Vec<usize>, Vec<usize>) = group
            .into_iter()
            .partition(|index| published(*index).is_some());
        let same = |one: usize, other: usize| published(one) == published(other);
        let members = |one: usize| old.iter().filter(|other| same(one, **other)).count();
        let most = |index: &&usize| (members(**index), std::cmp::Reverse(**index));
        let shared = old.iter().max_by_key(most);
        let shared = shared.filter(|index| members(**index) > 1);
        let enough = new.len() >= ENOUGH;
        let joined = |index: usize| match published(index) {
            Some(_) => old.iter().find(|other| same(index, **other)).copied(),
            None => shared.or_else(|| new.first().filter(|_| enough)).copied(),
        };
        for index in old.iter().chain(&new) {
            if let Some(key) = keys.get_mut(*index) {
                key.of = Some(ActionId(joined(*index).unwrap_or(*index)));
            }
        }
    }
}

/// Everything of a parameter that its setter shows, in a form that compares.
fn signature(parameter: &Parameter) -> String {
    let Parameter {
        wire_name,
        place,
        description,
        schema,
        style,
        explode,
        allow_reserved,
        content,
        ..
    } = parameter;
    let (ty, nullable, limits) = (&schema.ty, schema.nullable, &schema.constraints);
    format!(
        "{wire_name:?} {place:?} {description:?} {} {nullable} {limits:?} {style:?} {explode} {allow_reserved} {content:?}",
        shape(ty)
    )
}

/// A type without where it stands, so that equal types in different places compare equal.
fn shape(ty: &Type) -> String {
    match ty {
        Type::List(items) => format!("[{}]", shape(&items.ty)),
        Type::Map(values) => format!("{{{}}}", shape(&values.ty)),
        Type::Tuple(items, _) => items
            .iter()
            .map(|item| shape(&item.ty))
            .collect::<Vec<_>>()
            .join(","),
        Type::Any
        | Type::Never
        | Type::Null
        | Type::Primitive(_)
        | Type::Constant(_)
        | Type::Named(_) => {
            format!("{ty:?}")
        }
    }
}

/// Names the builders: `FindMany` for the one that most actions of the kind use, `FindManyPeople` for
/// one that differs.
fn name(
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
pub(super) fn kind_words(kind: &Kind) -> Vec<String> {
    let text = match kind {
        Kind::FindMany => "find many",
        Kind::FindOne => "find one",
        Kind::CreateOne => "create one",
        Kind::CreateMany => "create many",
        Kind::UpdateOne => "update one",
        Kind::UpdateMany => "update many",
        Kind::DeleteOne => "delete one",
        Kind::DeleteMany => "delete many",
        Kind::FindDuplicates => "find duplicates",
        Kind::Upsert => "upsert",
        Kind::Restore => "restore",
        Kind::Merge => "merge",
        Kind::Custom { words } => return words.clone(),
    };
    text.split(' ').map(str::to_owned).collect()
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

    /// Which action's builder each of some custom actions has, all of which take the same parameter.
    fn shared(published: &[Option<&str>]) -> Vec<usize> {
        let key = Key {
            kind: Kind::Custom { words: Vec::new() },
            of: None,
            parameters: vec![("limit".to_owned(), "limit".to_owned())],
            body: None,
            output: OutputShape::Json,
        };
        let mut keys = vec![key; published.len()];
        let published: Vec<_> = published
            .iter()
            .map(|name| name.map(str::to_owned))
            .collect();
        set_apart(&mut keys, &published);
        keys.iter().filter_map(|key| Some(key.of?.0)).collect()
    }

    #[test]
    fn many_that_take_the_same_share_a_builder_and_few_do_not() {
        assert_eq!(shared(&[None, None, None]), [0, 1, 2]);
        assert_eq!(shared(&[None, None, None, None]), [0, 0, 0, 0]);
    }

    #[test]
    fn a_published_builder_stays_with_its_actions() {
        let (a, b) = (Some("A"), Some("B"));
        assert_eq!(shared(&[a, b, Some("C"), Some("D"), None]), [0, 1, 2, 3, 4]);
        assert_eq!(shared(&[b, a, a, None]), [0, 1, 1, 1], "a new one joins");
        assert_eq!(shared(&[a, a]), [0, 0], "there were more of them");
    }
}
