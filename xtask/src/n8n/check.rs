//! n8n's lints and the scanner, on every package: `xtask/n8n/check`.

use super::build::{build, build_from, package_name};
use super::{Built, fixtures};
use crate::output;
use crate::workspace::{Failure, Workspace};
use specwright::config::{ApiConfig, Output};
use specwright::diag::Diagnostics;
use std::process::{Command, Stdio};

/// Builds and checks the n8n package of every configured API, and those of documents that make it hard.
/// Returns whether there was nothing to find.
///
/// # Errors
/// The configuration cannot be read, a package does not build, or node cannot be run.
pub(crate) fn checks_every_package(workspace: &Workspace) -> Result<bool, Failure> {
    let (config, _) = workspace.config(&mut Diagnostics::new())?;
    let mut clean = true;
    let has_package = |api: &&ApiConfig| api.outputs.contains(&Output::N8n);
    for api in config.apis.iter().filter(has_package) {
        output::note(format_args!("{}: building and checking", api.name));
        clean &= is_clean(workspace, &api.name, &build(workspace, &api.name)?)?;
    }
    for name in fixtures::NAMES {
        output::note(format_args!("{name}: building and checking"));
        let folder = fixtures::write(workspace, name)?;
        let built = build_from(workspace, &folder, &package_name(name))?;
        clean &= is_clean(workspace, name, &built)?;
    }
    Ok(clean)
}

/// Whether n8n's tools and our own checks find nothing in a built package; what they find is printed.
///
/// # Errors
/// Node cannot be run.
pub(crate) fn is_clean(workspace: &Workspace, name: &str, built: &Built) -> Result<bool, Failure> {
    let root = workspace.root();
    let run = Command::new("node")
        .arg(root.join("xtask/n8n/check/main.mjs"))
        .args([&built.modules, &built.package])
        .arg(root.join("target/n8n/check").join(name))
        .arg(root.join("generator/n8n/runtime/descriptor.schema.json"))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::Run {
            program: "node".to_owned(),
            message: error.to_string(),
        })?;
    for line in String::from_utf8_lossy(&run.stdout).lines() {
        output::line(format_args!("{name}: {}", output::printable(line)));
    }
    Ok(run.status.success())
}
