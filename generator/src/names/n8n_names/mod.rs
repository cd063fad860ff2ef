//! Every n8n name of an API: what saved workflows keep, and what the editor shows.
//!
//! Saved workflows keep the values of resources and operations and the names of parameters. The first
//! two come from the tag and the kind; a parameter's name is a function of its name on the wire, the
//! same everywhere in the API, so that no two members of one collection can have the same.

mod events;
mod labels;
mod operations;
mod parameters;
mod resources;
#[cfg(test)]
mod tests;

pub use events::{EventGroup, EventOption, N8nEvents};
pub use labels::{sentence, title};
pub use parameters::Mistaken;
pub use resources::ResourceLabels;

use super::Lock;
use crate::diag::Diagnostics;
use crate::ir::{ActionId, Api, ResourceId};

/// The names of an API in n8n.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct N8nNames {
    /// By `ResourceId`.
    pub resources: Vec<ResourceLabels>,
    /// By `ActionId`.
    pub operations: Vec<OperationNames>,
    parameters: parameters::ParameterNames,
}

/// The names of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationNames {
    /// What a saved workflow keeps: `findMany`.
    pub value: String,
    /// As the Operation selector shows it: `Find Many`.
    pub name: String,
    /// As the list of actions shows it: `Find many connected accounts`.
    pub action: String,
}

/// The sections of the lock.
const OPERATIONS: &str = "n8n.operations";
const PARAMETERS: &str = "n8n.parameters";
const EVENTS: &str = "n8n.events";

impl N8nNames {
    /// Gives every part of an API its names, and tells the lock.
    ///
    /// Operations are all in the lock. Parameters are where they are called otherwise than on the
    /// wire; those that are called as on the wire can always be, whatever is added to the document.
    pub fn allocate(api: &Api, lock: &mut Lock, diagnostics: &mut Diagnostics) -> Self {
        let resources = resources::allocate(api);
        let operations = operations::allocate(api, &resources, lock, diagnostics);
        let parameters = parameters::allocate(api, lock, diagnostics);
        lock.retire_unused(OPERATIONS);
        lock.retire_unused(PARAMETERS);
        Self {
            resources,
            operations,
            parameters,
        }
    }

    /// The name of the parameter for a value with this name on the wire.
    pub fn parameter<'n>(&'n self, wire_name: &'n str) -> &'n str {
        self.parameters.usual(wire_name)
    }

    /// The name of the parameter for a value with this name on the wire, of a kind that n8n's linter
    /// would take for something else: that of [`Self::parameter`] unless it would.
    pub fn instead<'n>(&'n self, wire_name: &'n str, of: Mistaken) -> &'n str {
        self.parameters.instead(wire_name, of)
    }

    /// The names of a resource.
    pub fn resource(&self, id: ResourceId) -> Option<&ResourceLabels> {
        self.resources.get(id.0)
    }

    /// The names of an action.
    pub fn operation(&self, id: ActionId) -> Option<&OperationNames> {
        self.operations.get(id.0)
    }
}
