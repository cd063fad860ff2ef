//! Builders: one type per set of optional parameters, shared by all actions that have the same.
//!
//! Thirty-six `FindMany` builders that differ only in what they return are one, generic in it: there is
//! less to learn and less to compile.

use super::reach::chosen_media;
use crate::diag::Diagnostics;
use crate::ir::{
    Action, ActionId, Api, Encoding, Kind, Pagination, Parameter, Payload, Schema, Type, TypeId,
};
use crate::names::{Lock, RustNames, words};
use std::collections::HashMap;

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
        let mut groups: Vec<Builder> = Vec::new();
        let mut by_key: HashMap<Key, usize> = HashMap::new();
        let mut of_action = Vec::with_capacity(api.actions.len());
        for (index, action) in api.actions.iter().enumerate() {
            let key = Key::new(api, action, ActionId(index));
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
#[derive(PartialEq, Eq, Hash)]
struct Key {
    kind: Kind,
    /// The action itself, where nothing is shared.
    alone: Option<ActionId>,
    parameters: Vec<String>,
    body: Option<String>,
    output: OutputShape,
}

impl Key {
    fn new(api: &Api, action: &Action, id: ActionId) -> Self {
        let parameters: Vec<String> = optional(action)
            .map(|(_, parameter)| signature(parameter))
            .collect();
        let body = action
            .body
            .as_ref()
            .filter(|body| !body.required)
            .and_then(chosen_media)
            .map(|media| format!("{:?}", media.schema.ty));
        let output = output(api, action).shape();
        let plain =
            parameters.is_empty() && body.is_none() && !matches!(output, OutputShape::Page(_));
        let (kind, alone) = match &action.kind {
            // Words are for names; without setters all custom actions are alike.
            Kind::Custom { .. } if plain => (Kind::Custom { words: Vec::new() }, None),
            Kind::Custom { words } => (
                Kind::Custom {
                    words: words.clone(),
                },
                Some(id),
            ),
            kind => (kind.clone(), None),
        };
        Self {
            kind,
            alone,
            parameters,
            body,
            output,
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
