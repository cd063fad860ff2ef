//! Packages of documents that make it hard: hostile words, every kind of credential, every kind of value,
//! every kind of event.

use crate::apply::{Comparison, Extent};
use crate::disk::DiskSources;
use crate::workspace::{Failure, Workspace, unreadable};
use specwright::config::{ApiConfig, Output};
use specwright::diag::Severity;
use specwright::names::Lock;
use specwright::{Rendering, Shape, compile, render};
use std::path::PathBuf;

/// The documents, in `generator/tests/fixtures`.
pub(super) const NAMES: [&str; 4] = ["credentials", "hooks", "obstacles", "parameters"];

/// Writes the package of a document below the build folder, and returns where it is.
///
/// # Errors
/// The document cannot be read, or the folder cannot be written.
pub(super) fn write(workspace: &Workspace, name: &str) -> Result<PathBuf, Failure> {
    let documents = workspace.root().join("generator/tests/fixtures");
    let sources = DiskSources::new(&documents).map_err(|error| unreadable(&documents, &error))?;
    let config = ApiConfig::for_name(name);
    let file = format!("{name}.yaml");
    let compiled = compile(&file, &sources, &config, &mut |_| {});
    let failed = |message: String| Failure::Read {
        path: file.clone(),
        message,
    };
    let api = compiled
        .api
        .ok_or_else(|| failed("it has no API".to_owned()))?;
    let rendering = Rendering {
        api: &api,
        config: &config,
        outputs: &[Output::N8n],
        shape: Shape::Standalone,
        cases: None,
    };
    let rendered = render(rendering, &mut Lock::new(), &mut |_| {});
    if let Some(error) = rendered
        .diagnostics
        .iter()
        .find(|it| it.severity == Severity::Error)
    {
        return Err(failed(error.message.clone()));
    }
    let root = workspace.root().join("target/n8n/fixtures").join(name);
    let applied = Comparison::new(&root, rendered.plan, Extent::Whole)
        .and_then(|comparison| comparison.write());
    applied.map_err(|error| Failure::Apply {
        folder: root.display().to_string(),
        error,
    })?;
    Ok(root.join("n8n").join(super::build::package_name(name)))
}
