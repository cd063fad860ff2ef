//! Where an optional parameter goes.

use super::response;
use crate::ir::{Action, Api, Parameter, Place};
use crate::names::words;

/// The collections of optional parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    /// What selects the records of a list.
    Filters,
    /// What drives paging and sorting, and what actions of other kinds have as well.
    Options,
}

impl Section {
    /// Its parameter.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Filters => "filters",
            Self::Options => "options",
        }
    }

    /// Its label.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Filters => "Filters",
            Self::Options => "Options",
        }
    }

    /// The label of its button.
    pub(super) const fn button(self) -> &'static str {
        match self {
            Self::Filters => "Add Filter",
            Self::Options => "Add Option",
        }
    }
}

/// The section of an action's parameter. It follows from the action alone: what the document adds
/// elsewhere must not move a parameter that workflows have saved.
pub(super) fn section(api: &Api, action: &Action, parameter: &Parameter) -> Section {
    let name = parameter.wire_name.as_str();
    let selects = parameter.place == Place::Query
        && response::lists(api, action)
        && !drives_paging(action, name)
        && !drives(name);
    if selects {
        Section::Filters
    } else {
        Section::Options
    }
}

fn drives_paging(action: &Action, name: &str) -> bool {
    let pagination = action.pagination.as_ref();
    pagination.is_some_and(|it| it.drives(Place::Query, name))
}

/// Words of which one is enough.
const SORTING: &[&str] = &[
    "sort",
    "sorting",
    "sortby",
    "order",
    "orderby",
    "ordering",
    "direction",
];

/// Words of paging and of how much of a record is answered, where a name has no others.
const SHAPING: &[&str] = &[
    "limit",
    "offset",
    "page",
    "pages",
    "per",
    "perpage",
    "size",
    "count",
    "cursor",
    "skip",
    "take",
    "starting",
    "ending",
    "before",
    "after",
    "token",
    "fields",
    "field",
    "include",
    "includes",
    "exclude",
    "excludes",
    "omit",
    "only",
    "with",
    "expand",
    "expands",
    "embed",
    "embeds",
    "depth",
    "max",
    "select",
    "selects",
    "populate",
    "relations",
    "properties",
    "response",
    "return",
    "format",
    "view",
    "pretty",
    "data",
];

/// Words of paging that select records where they stand alone: commits `before` a day.
const SELECTING: &[&str] = &[
    "before", "after", "size", "count", "token", "field", "max", "data",
];

/// Whether a parameter is named for paging, for sorting, or for how much of a record is answered.
fn drives(name: &str) -> bool {
    let found = words(name);
    let is_id = found
        .last()
        .is_some_and(|word| word == "id" || word == "ids");
    let is_one_of = |known: &[&str], word: &String| known.contains(&word.as_str());
    let sorts = !is_id && found.iter().any(|word| is_one_of(SORTING, word));
    let shapes = !found.is_empty() && found.iter().all(|word| is_one_of(SHAPING, word));
    let selects = matches!(found.as_slice(), [word] if is_one_of(SELECTING, word));
    sorts || shapes && !selects
}
