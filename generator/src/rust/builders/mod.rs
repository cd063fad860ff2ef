//! Builders: one type per set of optional parameters, shared by all actions that have the same.
//!
//! Thirty-six `FindMany` builders that differ only in what they return are one, generic in it: there is
//! less to learn and less to compile.

mod names;
mod sharing;

pub(in crate::rust) use names::kind_words;

use super::alternatives::alternatives;
use super::streams::{Items, items, other_items};
use crate::diag::Diagnostics;
use crate::ir::{
    Action, ActionId, Api, Encoding, Pagination, Parameter, Payload, Schema, Type, TypeId,
};
use crate::names::{Lock, RustNames};
use sharing::Key;
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
    /// A value, in JSON or XML.
    Json,
    /// No body.
    Empty,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A stream of items.
    Items,
}

/// What an action gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Output<'a> {
    /// No body.
    Empty,
    /// A value, in JSON or XML.
    Json(&'a Type, bool),
    /// A page of items.
    Page(&'a Schema, Option<TypeId>),
    /// Text.
    Text,
    /// Bytes, also of formats that have no type here.
    Bytes,
    /// A stream of items.
    Items(Items<'a>),
}

impl Builders {
    /// Groups the actions and names the groups.
    pub(super) fn new(
        api: &Api,
        names: &mut RustNames,
        lock: &mut Lock,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let keys = sharing::keys(api, names, lock);
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
        names::allocate(api, &mut groups, names, lock, diagnostics);
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
        let streams = action.is_some_and(|action| stream_beside(api, action).is_some());
        let others = action.is_some_and(|action| !alternatives(action).is_empty());
        !setters && !streams && !others && !matches!(self.output, OutputShape::Page(_))
    }

    /// Whether it is generic in what it gives.
    pub(super) fn is_generic(&self) -> bool {
        matches!(
            self.output,
            OutputShape::Page(_) | OutputShape::Json | OutputShape::Items
        )
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
            Self::Items(_) => OutputShape::Items,
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
    if let Some(items) = media.and_then(|media| items(api, media)) {
        return Output::Items(items);
    }
    let (ty, nullable, metadata) = match (&success.payload, media) {
        (Payload::Empty, _) | (_, None) => return Output::Empty,
        (Payload::Whole(ty), Some(media)) => match media.encoding {
            Encoding::Json => (ty, media.schema.nullable, None),
            Encoding::Xml if media.typed_xml => (ty, media.schema.nullable, None),
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

/// The stream that an action can be asked for in place of its output. A page has streams of its own.
pub(super) fn stream_beside<'a>(api: &'a Api, action: &'a Action) -> Option<Items<'a>> {
    match output(api, action) {
        Output::Json(..) | Output::Text | Output::Bytes => other_items(api, action),
        Output::Empty | Output::Page(..) | Output::Items(_) => None,
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
