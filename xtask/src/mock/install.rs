//! Prism's packages, below the build folder.

use super::prism::MockError;
use crate::npm::Packages;
use std::path::{Path, PathBuf};

/// What npm reads: the packages with exact versions and hashes, and the settings. The settings forbid
/// install scripts; one of Prism's dependencies would report home in one, and none needs it.
const PACKAGES: Packages = Packages {
    files: &[
        ("package.json", include_str!("../../prism/package.json")),
        (
            "package-lock.json",
            include_str!("../../prism/package-lock.json"),
        ),
        (".npmrc", include_str!("../../prism/.npmrc")),
    ],
    proof: SCRIPT,
};

/// The script that ends Prism with its parent, and tells of schemas which it cannot check.
pub(super) const PRELOAD: (&str, &str) = ("preload.js", include_str!("../../prism/preload.js"));

/// What runs Prism.
const SCRIPT: &str = "node_modules/@stoplight/prism-cli/dist/index.js";

/// Installs Prism below `folder` unless it is there already, and returns the script that runs it.
///
/// The first time it downloads 185 packages (90 MB unpacked), in about 20 seconds.
///
/// # Errors
///
/// Node or npm is missing, npm failed, or the folder cannot be written.
pub(super) fn install(folder: &Path) -> Result<PathBuf, MockError> {
    PACKAGES.install(folder)?;
    Ok(folder.join(SCRIPT))
}

/// Whether Prism is installed as the lock file says.
#[cfg(test)]
pub(super) fn is_installed(folder: &Path) -> bool {
    PACKAGES.are_installed(folder)
}
