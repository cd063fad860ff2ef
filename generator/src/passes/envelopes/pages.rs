//! The list in the response of a request that takes pages.
//!
//! That the request takes pages says that a list comes back. What is left to find out is which one: what
//! stands beside it may be anything that is no second list of the kind.

use super::super::shapes::{Shape, shape};
use super::find::{Expected, has_id};
use super::keys;
use crate::ir::{Api, Field, Record, Schema};
use crate::names::words;
use crate::vocabulary::{self, is_one_of};

/// How deep a list may be: `response.data.people` has three levels.
const LEVELS: usize = 3;

/// As many properties of its own as the object around a list may have: one with more is a thing that
/// also has a list.
const MOST_OWN: usize = 5;

/// A list, and the keys that lead to it.
pub(super) struct Found<'a> {
    pub(super) path: Vec<String>,
    pub(super) list: &'a Schema,
}

/// Finds the list of a response.
pub(super) struct Pages<'a> {
    pub(super) api: &'a Api,
    pub(super) expected: &'a Expected,
    /// Whether the path is that of one thing, which may have a list among its properties.
    pub(super) is_item: bool,
}

/// What speaks for a list, most first.
#[derive(Clone, Copy, PartialEq)]
enum Rank {
    /// Its key carries data in any API.
    Data,
    /// Its key has the words of the action.
    Named,
    /// There is no other.
    Only,
}

impl<'a> Pages<'a> {
    /// The list of a record, and none where several may be meant.
    pub(super) fn list(&self, record: &'a Record) -> Option<Found<'a>> {
        self.below(record, false, LEVELS)
    }

    /// `told`: whether an object around this one tells of pages.
    fn below(&self, record: &'a Record, told: bool, levels: usize) -> Option<Found<'a>> {
        let mut fields = record.fields.iter();
        let told = told || fields.any(|field| keys::tells_of_pages(self.api, field));
        if let Some(field) = self.own(record, told) {
            return Some(Found {
                path: vec![field.wire_name.clone()],
                list: &field.schema,
            });
        }
        let levels = levels.checked_sub(1).filter(|levels| *levels > 0)?;
        let inner = |field: &'a Field| {
            let Shape::Record(_, inner) = shape(self.api, &field.schema.ty) else {
                return None;
            };
            let leads = self.leads(record, field);
            let found = leads.then(|| self.below(inner, told, levels))??;
            Some((field, found))
        };
        let mut all = record.fields.iter().filter_map(inner);
        let (field, mut found) = all.next().filter(|_| all.next().is_none())?;
        let mut others = record
            .fields
            .iter()
            .filter(|it| it.wire_name != field.wire_name);
        let fits = !has_id(record) && others.all(|it| self.is_flat(it, true));
        found.path.insert(0, field.wire_name.clone());
        fits.then_some(found)
    }

    /// Whether a list may be looked for below a property.
    fn leads(&self, record: &Record, field: &Field) -> bool {
        let key = &field.wire_name;
        let mut others = record.fields.iter().filter(|it| it.wire_name != *key);
        is_one_of(&words(key).concat(), vocabulary::WAYS)
            || (!keys::is_named_beside(key) && self.expected.names(key))
            || (!keys::is_named_beside(key) && others.all(|it| keys::is_beside(self.api, it)))
    }

    /// The list among a record's properties.
    fn own(&self, record: &'a Record, told: bool) -> Option<&'a Field> {
        let is_list = |field: &&'a Field| {
            matches!(shape(self.api, &field.schema.ty), Shape::List(_))
                && !self.is_list_beside(&field.wire_name)
        };
        let lists: Vec<&Field> = record.fields.iter().filter(is_list).collect();
        let is_data = |field: &&Field| keys::is_data(&field.wire_name);
        let is_named = |field: &&Field| self.expected.names(&field.wire_name);
        let only = |fits: &dyn Fn(&&Field) -> bool| {
            let mut fitting = lists.iter().copied().filter(|field| fits(field));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let (field, rank) = match (only(&is_data), only(&is_named)) {
            (Some(data), Some(named)) if data.wire_name != named.wire_name => return None,
            (Some(field), _) => (field, Rank::Data),
            (None, Some(field)) => (field, Rank::Named),
            (None, None) => (only(&|_| true)?, Rank::Only),
        };
        let others = || {
            record
                .fields
                .iter()
                .filter(|it| it.wire_name != field.wire_name)
        };
        // Rows of a table are nothing without their columns, nor ids without what they are of.
        if lists.len() > 1 && !self.has_objects(field) {
            return None;
        }
        let is_known = || others().all(|it| keys::is_beside(self.api, it));
        let own = others().filter(|it| !keys::is_beside(self.api, it));
        let is_thing = own.count() > MOST_OWN;
        let is_flat = |maps: bool| others().all(|it| self.is_flat(it, maps));
        let fits = match rank {
            _ if has_id(record) => told && rank == Rank::Data && is_flat(true),
            Rank::Data => told || is_known() || (is_flat(true) && !self.is_item),
            Rank::Named | Rank::Only if is_thing => false,
            Rank::Named => is_flat(true) && (told || !self.is_item),
            Rank::Only => (told && is_flat(false)) || (is_known() && !self.is_item),
        };
        fits.then_some(field)
    }

    fn is_list_beside(&self, key: &str) -> bool {
        let named = is_one_of(&words(key).concat(), vocabulary::LISTS_BESIDE);
        (named && !self.expected.is_resource(key)) || key.starts_with('@')
    }

    fn has_objects(&self, field: &Field) -> bool {
        let Shape::List(item) = shape(self.api, &field.schema.ty) else {
            return false;
        };
        matches!(
            shape(self.api, &item.ty),
            Shape::Record(..) | Shape::Union | Shape::Map
        )
    }

    /// Whether a property holds nothing that could be what was asked for. With `maps`, where the list is
    /// named for what it is, neither objects with any keys nor lists of scalars count.
    fn is_flat(&self, field: &Field, maps: bool) -> bool {
        keys::is_named_beside(&field.wire_name)
            || match shape(self.api, &field.schema.ty) {
                Shape::Record(_, record) => self.has_scalars_only(record, LEVELS),
                Shape::List(_) => {
                    self.is_list_beside(&field.wire_name) || (maps && !self.has_objects(field))
                }
                Shape::Map => maps,
                Shape::Union | Shape::Enum | Shape::Constant => true,
                Shape::Scalar(_) | Shape::Unknown => true,
            }
    }

    fn has_scalars_only(&self, record: &Record, levels: usize) -> bool {
        let Some(levels) = levels.checked_sub(1) else {
            return false;
        };
        let mut fields = record.fields.iter();
        !has_id(record)
            && fields.all(|field| match shape(self.api, &field.schema.ty) {
                Shape::Record(_, inner) => self.has_scalars_only(inner, levels),
                Shape::List(_) => keys::is_named_beside(&field.wire_name),
                Shape::Map | Shape::Union => false,
                Shape::Scalar(_) | Shape::Unknown | Shape::Enum | Shape::Constant => true,
            })
    }
}
