//! All files of a package.

use super::model::ResourceDescriptor;
use crate::ir::Api;
use crate::plan::{PlanError, WritePlan};

/// What a package is made from.
#[derive(Debug, Clone, Copy)]
pub struct Package<'a> {
    /// The API.
    pub api: &'a Api,
    /// Its resources.
    pub resources: &'a [ResourceDescriptor],
    /// The package's version.
    pub version: &'a str,
}

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum N8nError {
    /// Two files have one path.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// Plans the files of a package, below `n8n/n8n-nodes-<api>`.
///
/// # Errors
/// When two of them have one path.
pub fn package(_package: Package<'_>) -> Result<WritePlan, N8nError> {
    Ok(WritePlan::new())
}
