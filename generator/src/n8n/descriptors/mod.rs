//! A descriptor for each resource.
//!
//! ```text
//! operation   an action's request and its parameters
//! sections    where an optional parameter goes: Filters or Options
//! body        the inputs of a body, and in body_options what it has among the options
//! response    what becomes of an answer: envelope and pages
//! simplify    what Simplify leaves of a record
//! lookups     how a record is chosen from a list
//! combined    parameters that several operations share
//! unwritten   what is left out
//! ```

mod body;
mod body_options;
mod combined;
mod lookups;
mod operation;
mod response;
mod sections;
mod simplify;
#[cfg(test)]
mod tests;
mod unwritten;

pub(super) use operation::sent;
pub(super) use response::{pagination, reading, record};

use super::check;
use super::forms::{Forms, Target};
use super::model::{OperationDescriptor, ResourceDescriptor, ResourceOption, SCHEMA_VERSION};
use super::text;
use crate::config::N8nProfile;
use crate::diag::Diagnostics;
use crate::ir::{Api, ResourceId};
use crate::names::{Lock, N8nNames, ResourceLabels};
use combined::Combined;

/// What is known of the whole API when an operation is described.
struct Context<'a> {
    api: &'a Api,
    names: &'a N8nNames,
    targets: &'a [Option<Target>],
}

/// Describes every resource that has an operation, ordered by what it is called, as n8n's linter wants
/// it.
///
/// Names are taken from the lock, and new ones are added to it. What the document says and no
/// descriptor can is a [`Code::NotGenerated`](crate::diag::Code::NotGenerated) diagnostic; what is
/// wrong with a descriptor a [`Code::Internal`](crate::diag::Code::Internal) one.
pub fn descriptors(
    api: &Api,
    profile: &N8nProfile,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Vec<ResourceDescriptor> {
    let names = N8nNames::allocate(api, lock, diagnostics);
    let found = lookups::find(api, &names, profile.search.as_ref());
    let targets: Vec<Option<Target>> = found
        .iter()
        .map(|lookup| {
            let method = lookup.as_ref()?.method.clone();
            Some(Target { method })
        })
        .collect();
    let context = Context {
        api,
        names: &names,
        targets: &targets,
    };
    unwritten::notes(api, diagnostics);
    let mut resources: Vec<ResourceDescriptor> = Vec::new();
    for (index, lookup) in found.into_iter().enumerate() {
        let made = context.resource(ResourceId(index), diagnostics);
        resources.extend(made.map(|resource| ResourceDescriptor { lookup, ..resource }));
    }
    resources
        .sort_by_cached_key(|it| (text::sort_key(&it.resource.name), it.resource.value.clone()));
    check::check(&resources, diagnostics);
    resources
}

impl<'a> Context<'a> {
    /// A resource's operations, ordered by name, with all their parameters.
    fn resource(
        &self,
        id: ResourceId,
        diagnostics: &mut Diagnostics,
    ) -> Option<ResourceDescriptor> {
        let resource = self.api.resource(id)?;
        let labels = self.names.resource(id)?;
        let mut forms = Forms::new(self.api, self.names, self.targets, diagnostics);
        let mut combined = Combined::new(&labels.value);
        let mut operations: Vec<OperationDescriptor> = Vec::new();
        for action in &resource.actions {
            let made = self.operation(*action, labels, &mut forms);
            let Some((operation, properties)) = made else {
                continue;
            };
            combined.add(&operation.value, properties);
            operations.push(operation);
        }
        if operations.is_empty() {
            return None;
        }
        operations.sort_by_cached_key(|operation| text::sort_key(&operation.name));
        let requests = operations
            .iter_mut()
            .map(|operation| &mut operation.request);
        let shapes = forms.shared.settle(requests);
        Some(ResourceDescriptor {
            schema_version: SCHEMA_VERSION,
            resource: option(resource.description.as_deref(), labels),
            operations,
            shapes,
            lookup: None,
            properties: combined.properties(),
        })
    }
}

fn option(description: Option<&str>, labels: &ResourceLabels) -> ResourceOption {
    ResourceOption {
        value: labels.value.clone(),
        name: labels.name.clone(),
        description: description
            .and_then(|said| text::description(said, &labels.name, text::Kind::Other)),
    }
}
