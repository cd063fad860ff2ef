//! A descriptor for each resource.

use super::model::ResourceDescriptor;
use crate::diag::Diagnostics;
use crate::ir::Api;
use crate::names::Lock;

/// Describes every resource that has an operation, in the order of the IR.
pub fn descriptors(
    _api: &Api,
    _lock: &mut Lock,
    _diagnostics: &mut Diagnostics,
) -> Vec<ResourceDescriptor> {
    Vec::new()
}
