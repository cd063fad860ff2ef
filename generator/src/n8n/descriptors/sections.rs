//! Where an optional parameter goes.

use super::response;
use crate::ir::{Action, Api, Parameter, Place, Strategy};
use crate::names::words;
use std::collections::BTreeSet;

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

/// Sorts parameters into sections.
#[derive(Debug)]
pub(super) struct Sections<'a> {
    /// The query parameters of actions that do not list.
    elsewhere: BTreeSet<&'a str>,
}

impl<'a> Sections<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let others = api
            .actions
            .iter()
            .filter(|action| !response::lists(api, action));
        let queries = others
            .flat_map(|action| &action.parameters)
            .filter(|parameter| parameter.place == Place::Query);
        Self {
            elsewhere: queries.map(|it| it.wire_name.as_str()).collect(),
        }
    }

    /// The section of an action's parameter.
    pub(super) fn of(&self, api: &Api, action: &Action, parameter: &Parameter) -> Section {
        let name = parameter.wire_name.as_str();
        let selects = parameter.place == Place::Query
            && response::lists(api, action)
            && !self.elsewhere.contains(name)
            && !drives_paging(action, name)
            && !sorts(name);
        if selects {
            Section::Filters
        } else {
            Section::Options
        }
    }
}

fn drives_paging(action: &Action, name: &str) -> bool {
    let Some(pagination) = &action.pagination else {
        return false;
    };
    let driver = match &pagination.strategy {
        Strategy::Cursor {
            parameter,
            previous,
            ..
        } => {
            let previous = previous.as_ref().map(|(parameter, _)| parameter.as_str());
            parameter == name || previous == Some(name)
        }
        Strategy::Page { parameter, .. } | Strategy::Offset { parameter } => parameter == name,
        Strategy::LinkHeader | Strategy::NextUrl { .. } => false,
    };
    driver || pagination.size_parameter.as_deref() == Some(name)
}

fn sorts(name: &str) -> bool {
    const SORTING: &[&str] = &[
        "sort",
        "sorting",
        "sortby",
        "order",
        "orderby",
        "ordering",
        "direction",
    ];
    let found = words(name);
    let is_id = found
        .last()
        .is_some_and(|word| word == "id" || word == "ids");
    !is_id && found.iter().any(|word| SORTING.contains(&word.as_str()))
}
