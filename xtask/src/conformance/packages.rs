//! The n8n packages that are made of all documents of a version, and the program that runs their nodes.

use super::documents::Document;
use super::project::{Generated, generate, keep};
use crate::workspace::{Failure, Workspace, unreadable};
use specwright::config::Output;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package for each document, on disk.
pub(super) struct Packages {
    folder: PathBuf,
    /// The APIs by their names.
    pub(super) apis: BTreeMap<String, Generated>,
    /// Documents of which nothing came, each with why.
    pub(super) failed: BTreeMap<String, String>,
}

impl Packages {
    /// Generates the packages into an empty folder.
    pub(super) fn write<'d>(
        folder: PathBuf,
        documents: impl Iterator<Item = &'d Document>,
    ) -> Result<Self, Failure> {
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(|error| unreadable(&folder, &error))?;
        }
        let mut packages = Self {
            folder,
            apis: BTreeMap::new(),
            failed: BTreeMap::new(),
        };
        for document in documents {
            let name = document.api.clone();
            match generate(document, Output::N8n)? {
                Ok(generated) => {
                    packages.files(&name, &generated)?;
                    packages.apis.insert(name, generated);
                }
                Err(why) => {
                    packages.failed.insert(name, why);
                }
            }
        }
        Ok(packages)
    }

    /// Writes what is in a package's folder below one that is called after the API.
    fn files(&self, name: &str, generated: &Generated) -> Result<(), Failure> {
        for (path, text) in generated.plan.files() {
            let inside = path.strip_prefix("n8n/").and_then(|it| it.split_once('/'));
            let Some((_, inside)) = inside else {
                continue;
            };
            let path = self.folder.join(name).join(inside);
            keep(&path, text).map_err(|error| unreadable(&path, &error))?;
        }
        Ok(())
    }

    /// The program that runs them in n8n's own code, which is in a folder with `node_modules`.
    pub(super) fn program(&self, workspace: &Workspace, modules: &Path) -> Command {
        let mut program = Command::new("node");
        program
            .arg(workspace.root().join("xtask/n8n/conform/main.cjs"))
            .args([modules, &self.folder]);
        program
    }
}
