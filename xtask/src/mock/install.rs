//! Prism's packages: installed once below the build folder, again only when the lock file changes.

use super::prism::MockError;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What npm reads: the packages with exact versions and hashes, and the settings. The settings forbid
/// install scripts; one of Prism's dependencies would report home in one, and none needs it.
const FILES: [(&str, &str); 3] = [
    ("package.json", include_str!("../../prism/package.json")),
    (
        "package-lock.json",
        include_str!("../../prism/package-lock.json"),
    ),
    (".npmrc", include_str!("../../prism/.npmrc")),
];

/// The script that ends Prism with its parent, and tells of schemas which it cannot check.
pub(super) const PRELOAD: (&str, &str) = ("preload.js", include_str!("../../prism/preload.js"));

/// What runs Prism.
const SCRIPT: &str = "node_modules/@stoplight/prism-cli/dist/index.js";

/// Says which lock file the installed packages are of.
const INSTALLED: &str = "installed.lock";

/// Installs Prism below `folder` unless it is there already, and returns the script that runs it.
///
/// The first time it downloads 185 packages (90 MB unpacked), in about 20 seconds.
///
/// # Errors
///
/// Node or npm is missing, npm failed, or the folder cannot be written.
pub(super) fn install(folder: &Path) -> Result<PathBuf, MockError> {
    check("node")?;
    let script = folder.join(SCRIPT);
    if is_installed(folder) {
        return Ok(script);
    }
    check(NPM)?;
    fs::create_dir_all(folder).map_err(|error| MockError::disk(folder, error))?;
    for (name, text) in FILES {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| MockError::disk(&path, error))?;
    }
    let output = Command::new(NPM)
        .args(["ci", "--prefer-offline", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|_| MockError::Missing { program: NPM })?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(MockError::Install { log: text });
    }
    let stamp = folder.join(INSTALLED);
    fs::write(&stamp, wanted()).map_err(|error| MockError::disk(&stamp, error))?;
    Ok(script)
}

/// Whether Prism is installed as the lock file says.
pub(super) fn is_installed(folder: &Path) -> bool {
    let installed = fs::read_to_string(folder.join(INSTALLED));
    installed.is_ok_and(|installed| installed == wanted()) && folder.join(SCRIPT).is_file()
}

/// What the packages depend on.
fn wanted() -> String {
    FILES.iter().map(|(_, text)| *text).collect()
}

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Whether a program can be run at all.
fn check(program: &'static str) -> Result<(), MockError> {
    let run = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match run {
        Ok(status) if status.success() => Ok(()),
        _ => Err(MockError::Missing { program }),
    }
}
