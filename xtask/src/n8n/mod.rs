//! n8n packages: built and checked by n8n's own tools, and proved to work.
//!
//! ```text
//! tools    n8n's tools and its engine, below target/
//! build    a package, built as its users would
//! fixtures packages of documents that make it hard
//! check    n8n's lints and the scanner, on every package
//! runtime  the tests of the runtime that all packages share
//! prove    every action in n8n's own code
//! ```

mod build;
mod check;
mod fixtures;
mod prove;
mod runtime;
mod tools;

pub(crate) use build::{build, build_from, package_name};
pub(crate) use check::{checks_every_package, is_clean};
pub(crate) use prove::{job, proves_every_fixture, proves_every_package};
pub(crate) use runtime::passes_its_tests;

use crate::output;
use crate::workspace::Workspace;
use std::path::PathBuf;

/// A package that was built, and what it is run with.
#[derive(Debug)]
pub(crate) struct Built {
    /// The folder whose `node_modules` has n8n-core.
    pub(crate) modules: PathBuf,
    /// The package's folder, with `dist`.
    pub(crate) package: PathBuf,
}

/// Whether n8n's tools are here, or could be installed. Where they could not be, it is said why.
pub(crate) fn are_there(workspace: &Workspace) -> bool {
    modules(workspace).is_some()
}

/// The folder whose `node_modules` has n8n's tools; `None`, said aloud, where they cannot be installed.
pub(crate) fn modules(workspace: &Workspace) -> Option<PathBuf> {
    match tools::install(workspace.root()) {
        Ok(folder) => Some(folder),
        Err(error) => {
            let reason = output::printable(&error.to_string());
            output::note(format_args!("skipped, {reason}"));
            None
        }
    }
}
