//! What the examples are about: the resource that shows most.
//!
//! Most of the five canonical kinds and a list over pages come first, then what is simplest to make, then the document's
//! order, so that a resource that is added elsewhere moves nothing unless it shows more.

use super::super::Context;
use super::super::builders::{Output, output};
use super::calls::{Given, Id, Key};
use super::inputs::cost;
use crate::ir::{ActionId, Kind, ResourceId};
use quote::quote;
use std::cmp::Reverse;

/// A resource, with those of its actions that an example can show.
pub(super) struct Subject {
    /// The resource.
    pub(super) resource: ResourceId,
    /// Lists records.
    pub(super) list: Option<ActionId>,
    /// Makes one.
    pub(super) create: Option<ActionId>,
    /// Finds one.
    pub(super) find: Option<ActionId>,
    /// Changes one that was made.
    pub(super) update: Option<ActionId>,
    /// Removes one that was made.
    pub(super) delete: Option<ActionId>,
    /// What is called where there is none of these.
    pub(super) other: Option<ActionId>,
    /// The id in a record that was made, as the other actions take it.
    pub(super) made: Option<Key>,
    /// The id in a record of a list, as `find` takes it.
    pub(super) listed: Option<Key>,
    /// The wire name of the property by which a reader recognises a record.
    pub(super) label: Option<String>,
    /// Whether the list is read page by page.
    paged: bool,
    /// What it costs to make one; see [`cost`].
    cost: u32,
}

impl Subject {
    fn kinds(&self) -> usize {
        let kinds = [self.list, self.create, self.find, self.update, self.delete];
        kinds.iter().flatten().count()
    }

    /// How much it shows.
    fn shows(&self) -> usize {
        self.kinds() + usize::from(self.paged)
    }

    /// An action that only reads, to be called more than once.
    pub(super) fn reads(&self) -> Option<ActionId> {
        self.list.or(self.find)
    }
}

impl Context<'_> {
    /// What the examples are about; `None` for an API without an action that can be called.
    pub(super) fn subject(&self) -> Option<Subject> {
        self.subjects()
            .into_iter()
            .min_by_key(|it| (Reverse(it.shows()), it.cost))
    }

    /// Every resource with an action that can be called, in the document's order.
    pub(super) fn subjects(&self) -> Vec<Subject> {
        let resources = 0..self.api.resources.len();
        resources
            .filter_map(|index| self.subject_of(ResourceId(index)))
            .collect()
    }

    fn subject_of(&self, resource: ResourceId) -> Option<Subject> {
        let text = quote!("text");
        let alone = Given {
            id: Id::MadeUp,
            text: &text,
            label: None,
        };
        let actions = &self.api.resource(resource)?.actions;
        let of_kind = |kind: Kind| {
            let mut ids = actions.iter().copied();
            ids.find(|id| self.api.action(*id).is_some_and(|it| it.kind == kind))
        };
        let callable = |id: &ActionId| self.example_call(*id, alone).is_some();
        let list = of_kind(Kind::FindMany).filter(callable);
        let create = of_kind(Kind::CreateOne).filter(callable);
        let find = of_kind(Kind::FindOne).filter(callable);
        let changed = |id: &ActionId| {
            let item = Given {
                id: Id::Lent,
                ..alone
            };
            self.example_call(*id, item)
                .is_some_and(|it| it.label.is_some())
        };
        let update = of_kind(Kind::UpdateOne).filter(changed);
        let delete = of_kind(Kind::DeleteOne).filter(callable);

        let record = create.and_then(|id| self.record_of(self.api.action(id)?));
        let key = |id: &ActionId| self.key(resource, record?, *id);
        let made = [find, update, delete].iter().flatten().find_map(key);
        // Nothing is changed or removed that the example has not made.
        let own = |id: &ActionId| key(id).is_some();
        let (update, delete) = (update.filter(own), delete.filter(own));
        let find = find.filter(|id| made.is_none() || own(id));
        let item = list.and_then(|id| self.items_of(self.api.action(id)?));
        let listed = find.and_then(|find| self.key(resource, item?, find));

        let call = create.and_then(|id| self.example_call(id, alone));
        let read = list.or(find).and_then(|id| self.example_call(id, alone));
        let cost = match (&call, &read) {
            (Some(call), _) | (None, Some(call)) => call.cost,
            (None, None) => 0,
        };
        let pages = list.and_then(|id| self.api.action(id));
        let paged = pages.is_some_and(|it| matches!(output(self.api, it), Output::Page(..)));
        let mut subject = Subject {
            resource,
            paged,
            list,
            create,
            find,
            update,
            delete,
            other: None,
            made,
            listed,
            label: call.and_then(|call| call.label),
            cost,
        };
        if subject.kinds() == 0 {
            let (id, cost) = self.simplest(actions)?;
            subject.other = Some(id);
            subject.cost = cost;
        }
        Some(subject)
    }

    /// Of several actions the one that is called most easily: one that only reads, where there is one.
    fn simplest(&self, actions: &[ActionId]) -> Option<(ActionId, u32)> {
        let text = quote!("Example");
        let given = Given {
            id: Id::MadeUp,
            text: &text,
            label: None,
        };
        let costs = actions.iter().filter_map(|id| {
            let action = self.api.action(*id)?;
            let writes = if action.method.is_safe() {
                0
            } else {
                cost::EXISTING
            };
            Some((*id, self.example_call(*id, given)?.cost + writes))
        });
        costs.min_by_key(|(_, cost)| *cost)
    }

    /// The list that shows best how pages follow each other: that of what the examples are about, else
    /// the one that is called most easily.
    pub(super) fn paged_subject(&self) -> Option<Subject> {
        self.subject().filter(|it| it.paged).or_else(|| {
            let subjects = self.subjects().into_iter().filter(|it| it.paged);
            subjects.min_by_key(|it| it.cost)
        })
    }
}
