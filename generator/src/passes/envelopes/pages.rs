//! The list in the response of a request that takes pages.
//!
//! That the request takes pages says that a list comes back. What is left to find out is which one: what
//! stands beside it is no second list of the kind, and no thing that has the list as a property.

use super::super::shapes::{Shape, shape};
use super::find::{Expected, has_id};
use super::keys;
use super::things::{Things, is_list_beside};
use crate::ir::{Api, Field, Record, Schema};
use crate::names::words;
use crate::vocabulary::{self, is_one_of};

/// How deep a list may be: `response.data.people` has three levels.
const LEVELS: usize = 3;

/// As many properties as a list may be looked for below, so that no document takes long.
const MOST_WAYS: usize = 5;

/// A list, and the keys that lead to it.
pub(super) struct Found<'a> {
    pub(super) path: Vec<String>,
    pub(super) list: &'a Schema,
}

/// Finds the list of a response.
pub(super) struct Pages<'a> {
    pub(super) api: &'a Api,
    pub(super) expected: &'a Expected,
    pub(super) things: Things<'a>,
}

/// What speaks for a list.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
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
        let told = told || keys::tell_of_pages(self.api, record);
        if let Some(field) = self.own(record, told) {
            return Some(Found {
                path: vec![field.wire_name.clone()],
                list: &field.schema,
            });
        }
        let levels = levels.checked_sub(1).filter(|levels| *levels > 0)?;
        let mut all = self.ways(record).into_iter().filter_map(|field| {
            let (_, inner) = self.api.record(&field.schema.ty)?;
            Some((field, self.below(inner, told, levels)?))
        });
        let (field, mut found) = all.next().filter(|_| all.next().is_none())?;
        found.path.insert(0, field.wire_name.clone());
        Some(found)
    }

    /// The properties below which the list may be.
    fn ways(&self, record: &'a Record) -> Vec<&'a Field> {
        let own = record.fields.iter().filter(|it| self.things.is_own(it));
        let is_only = own.count() <= 1;
        let leads = |field: &&'a Field| {
            let key = &field.wire_name;
            let is_named = is_one_of(&words(key).concat(), vocabulary::WAYS);
            matches!(shape(self.api, &field.schema.ty), Shape::Record(..))
                && (is_named
                    || (!keys::is_named_beside(key) && (is_only || self.expected.names(key))))
        };
        let ways: Vec<&Field> = record
            .fields
            .iter()
            .filter(leads)
            .take(MOST_WAYS + 1)
            .collect();
        if has_id(record) || ways.len() > MOST_WAYS {
            return Vec::new();
        }
        let is_clear = |field: &&Field| !self.things.is_thing(record, field);
        ways.into_iter().filter(is_clear).collect()
    }

    /// The list among a record's properties.
    fn own(&self, record: &'a Record, told: bool) -> Option<&'a Field> {
        let (field, sign) = self.candidate(record)?;
        if self.things.is_thing(record, field) {
            return None;
        }
        let is_known = || {
            let others = record.fields.iter();
            let mut others = others.filter(|it| it.wire_name != field.wire_name);
            others.all(|it| keys::is_beside(self.api, it))
        };
        let fits = match sign {
            _ if has_id(record) => told && sign == Sign::Data,
            Sign::Data | Sign::Named => true,
            Sign::Only => told || is_known(),
        };
        fits.then_some(field)
    }

    /// The list that may be meant, and what speaks for it.
    fn candidate(&self, record: &'a Record) -> Option<(&'a Field, Sign)> {
        let is_list = |field: &&'a Field| {
            matches!(shape(self.api, &field.schema.ty), Shape::List(_))
                && !self.is_list_beside(&field.wire_name)
        };
        let lists: Vec<&Field> = record.fields.iter().filter(is_list).collect();
        let only = |fits: &dyn Fn(&&Field) -> bool| {
            let mut fitting = lists.iter().copied().filter(|field| fits(field));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let data = only(&|field| keys::is_data(&field.wire_name));
        let named = only(&|field| self.expected.names(&field.wire_name));
        let (field, sign) = match (data, named) {
            (Some(data), Some(named)) if data.wire_name != named.wire_name => return None,
            (Some(field), _) => (field, Sign::Data),
            (None, Some(field)) => (field, Sign::Named),
            (None, None) => (only(&|_| true)?, Sign::Only),
        };
        // Rows of a table are nothing without their columns, nor ids without what they are of.
        (lists.len() == 1 || self.has_objects(field)).then_some((field, sign))
    }

    fn is_list_beside(&self, key: &str) -> bool {
        is_list_beside(key) && !self.expected.is_resource(key)
    }

    /// Whether the items of a list have properties.
    fn has_objects(&self, field: &Field) -> bool {
        let Shape::List(item) = shape(self.api, &field.schema.ty) else {
            return false;
        };
        matches!(
            shape(self.api, &item.ty),
            Shape::Record(..) | Shape::Union | Shape::Map
        )
    }
}
