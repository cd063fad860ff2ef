//! The tests of the runtime that all packages share: `generator/n8n/tests`.

use super::tools;
use crate::workspace::{Failure, Workspace};
use std::process::{Command, Stdio};

/// Compiles the runtime with its tests and runs them. Returns whether they passed.
///
/// # Errors
/// The tools cannot be installed, or node cannot be run.
pub(crate) fn passes_its_tests(workspace: &Workspace) -> Result<bool, Failure> {
    let failed = |program: &str, error: &dyn std::fmt::Display| Failure::Run {
        program: program.to_owned(),
        message: error.to_string(),
    };
    let tools = tools::install(workspace.root()).map_err(|error| failed("npm", &error))?;
    let status = Command::new("node")
        .arg(workspace.root().join("generator/n8n/tests/run.mjs"))
        .arg(tools)
        .arg(workspace.root().join("target/n8n/runtime"))
        .stdin(Stdio::null())
        .status()
        .map_err(|error| failed("node", &error))?;
    Ok(status.success())
}
