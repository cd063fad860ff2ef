//! What makes a record a thing that has a list, rather than the object around a list.

use super::super::shapes::{Shape, shape};
use super::find::is_id;
use super::keys;
use crate::ir::{Action, Api, Field, Place, Record};
use crate::names::words;
use crate::vocabulary::{self, is_one_of};

/// Tells things from the objects around lists, in the responses of one action.
pub(super) struct Things<'a> {
    api: &'a Api,
    /// The names of what the request takes, which an answer may repeat.
    asked: Vec<String>,
}

impl<'a> Things<'a> {
    pub(super) fn of(api: &'a Api, action: &Action) -> Self {
        let mut asked: Vec<String> = action
            .parameters
            .iter()
            .filter(|it| it.place == Place::Query)
            .map(|it| plain(&it.wire_name))
            .collect();
        asked.sort_unstable();
        Self { api, asked }
    }

    /// Whether a record is a thing of which a list is a property: beside the list it has data, which
    /// who gets the list alone would not get.
    pub(super) fn is_thing(&self, record: &Record, list: &Field) -> bool {
        let mut others = record.fields.iter();
        others.any(|it| it.wire_name != list.wire_name && self.is_own(it))
    }

    /// Whether a property is data, and tells neither of pages nor of the answer.
    pub(super) fn is_own(&self, field: &Field) -> bool {
        let key = &field.wire_name;
        let is_beside = is_id(key) || is_list_beside(key) || keys::is_beside(self.api, field);
        !is_beside && !self.is_told(field)
    }

    /// Whether a property tells of the pages that come, or repeats what was asked for.
    fn is_told(&self, field: &Field) -> bool {
        let words = words(&field.wire_name);
        let name = words.concat();
        if is_one_of(&name, vocabulary::BESIDE_PAGES) || is_one_of(&name, vocabulary::PAGERS) {
            return true;
        }
        let groups = [
            vocabulary::MORE,
            vocabulary::LAST,
            vocabulary::PAGES,
            vocabulary::CURRENT,
            vocabulary::SIZE,
            vocabulary::PREVIOUS,
            vocabulary::NEXT_URL,
        ];
        let is_scalar = matches!(
            shape(self.api, &field.schema.ty),
            Shape::Scalar(_) | Shape::Unknown | Shape::Union
        );
        is_scalar
            && (words.first().is_some_and(|word| word == "query")
                || self.asked.binary_search(&name).is_ok()
                || groups.iter().any(|group| is_one_of(&name, group)))
    }
}

/// Whether a list of this name tells about an answer.
pub(super) fn is_list_beside(key: &str) -> bool {
    key.starts_with('@') || is_one_of(&plain(key), vocabulary::LISTS_BESIDE)
}

fn plain(name: &str) -> String {
    words(name).concat()
}
