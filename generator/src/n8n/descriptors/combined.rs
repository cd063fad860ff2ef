//! The parameters of all operations of a resource.

use crate::n8n::model::{DisplayOptions, Property};
use serde_json::Value;

/// Where a parameter stands among those of its operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// What says which record is meant.
    Path,
    /// Other required values.
    Required,
    /// How a list of records is given, and the list.
    Records,
    /// Return All.
    ReturnAll,
    /// Limit.
    Limit,
    /// Simplify.
    Simplify,
    /// The optional members of a body.
    Fields,
    /// Filters of a list.
    Filters,
    /// The rest.
    Options,
}

/// A parameter of an operation; its `display_options` have the conditions beside resource and
/// operation.
pub(super) type Ranked = (Rank, Property);

/// Collects parameters, each of which appears once, whatever number of operations has it.
#[derive(Debug)]
pub(super) struct Combined<'a> {
    resource: &'a str,
    found: Vec<(Ranked, Vec<String>)>,
}

impl<'a> Combined<'a> {
    pub(super) fn new(resource: &'a str) -> Self {
        Self {
            resource,
            found: Vec::new(),
        }
    }

    /// Adds the parameters of an operation.
    pub(super) fn add(&mut self, operation: &str, properties: Vec<Ranked>) {
        for ranked in properties {
            match self.found.iter_mut().find(|(known, _)| *known == ranked) {
                Some((_, operations)) => operations.push(operation.to_owned()),
                None => self.found.push((ranked, vec![operation.to_owned()])),
            }
        }
    }

    /// All of them, as the editor shows them.
    pub(super) fn properties(mut self) -> Vec<Property> {
        self.found.sort_by_key(|((rank, _), _)| *rank);
        let resource = self.resource;
        let conditioned = |((_, mut property), operations): (Ranked, Vec<String>)| {
            let mut shown = DisplayOptions::default();
            shown
                .show
                .insert("resource".to_owned(), vec![Value::from(resource)]);
            let operations = operations.into_iter().map(Value::from).collect();
            shown.show.insert("operation".to_owned(), operations);
            shown
                .show
                .extend(property.display_options.take().unwrap_or_default().show);
            property.display_options = Some(shown);
            property
        };
        self.found.into_iter().map(conditioned).collect()
    }
}
