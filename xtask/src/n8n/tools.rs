//! What n8n itself builds, checks and runs community nodes with, below the build folder.

use crate::npm::{NpmError, Packages};
use std::path::{Path, PathBuf};

/// What npm reads: the packages with exact versions and hashes.
const PACKAGES: Packages = Packages {
    files: &[
        ("package.json", include_str!("../../n8n/package.json")),
        (
            "package-lock.json",
            include_str!("../../n8n/package-lock.json"),
        ),
        (".npmrc", include_str!("../../n8n/.npmrc")),
    ],
    proof: "node_modules/@n8n/node-cli/bin/n8n-node.mjs",
};

/// Installs the tools unless they are there already, and returns their folder: the one with
/// `node_modules`.
///
/// The first time it downloads 800 packages (900 MB unpacked), in one to two minutes.
///
/// # Errors
/// Node or npm is missing, npm failed, or the folder cannot be written.
pub(crate) fn install(root: &Path) -> Result<PathBuf, NpmError> {
    let folder = root.join("target/n8n/tools");
    if !PACKAGES.are_installed(&folder) {
        crate::output::note("installing n8n's own tools (once, 900 MB)");
    }
    PACKAGES.install(&folder)?;
    Ok(folder)
}

/// The text of the lock file: what a build depends on beside its sources.
pub(crate) fn lock() -> &'static str {
    PACKAGES.files.get(1).map_or("", |(_, text)| text)
}
