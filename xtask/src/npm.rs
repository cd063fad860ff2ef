//! npm packages that tests need: installed once below the build folder, again only when the lock file
//! changes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Says which lock file the installed packages are of.
const INSTALLED: &str = "installed.lock";

/// The program.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// A set of packages, pinned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packages {
    /// What npm reads, by file name: `package.json`, `package-lock.json`, `.npmrc`.
    pub(crate) files: &'static [(&'static str, &'static str)],
    /// A file that is there when they are installed.
    pub(crate) proof: &'static str,
}

/// Why packages are not there.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NpmError {
    /// A program is not on this machine.
    #[error("`{program}` is missing: install Node.js 20 or newer, which comes with npm")]
    Missing {
        /// The program.
        program: &'static str,
    },
    /// npm could not install them.
    #[error("npm could not install what is needed:\n{log}")]
    Install {
        /// What npm said.
        log: String,
    },
    /// A file could not be written.
    #[error("{path}: {message}")]
    Disk {
        /// The file.
        path: String,
        /// Why.
        message: String,
    },
}

impl Packages {
    /// Installs the packages below `folder` unless they are there already. Nothing of theirs is run.
    ///
    /// # Errors
    /// Node or npm is missing, npm failed, or the folder cannot be written.
    pub(crate) fn install(&self, folder: &Path) -> Result<(), NpmError> {
        check("node")?;
        if self.are_installed(folder) {
            return Ok(());
        }
        check(NPM)?;
        fs::create_dir_all(folder).map_err(|error| disk(folder, &error))?;
        for (name, text) in self.files {
            let path = folder.join(name);
            fs::write(&path, text).map_err(|error| disk(&path, &error))?;
        }
        let output = Command::new(NPM)
            .args([
                "ci",
                "--ignore-scripts",
                "--prefer-offline",
                "--no-audit",
                "--no-fund",
            ])
            .current_dir(folder)
            .stdin(Stdio::null())
            .output()
            .map_err(|_| NpmError::Missing { program: NPM })?;
        if !output.status.success() {
            let log = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(NpmError::Install { log });
        }
        let stamp = folder.join(INSTALLED);
        fs::write(&stamp, self.wanted()).map_err(|error| disk(&stamp, &error))
    }

    /// Whether they are installed as the lock file says.
    pub(crate) fn are_installed(&self, folder: &Path) -> bool {
        let installed = fs::read_to_string(folder.join(INSTALLED));
        installed.is_ok_and(|installed| installed == self.wanted())
            && folder.join(self.proof).is_file()
    }

    fn wanted(&self) -> String {
        self.files.iter().map(|(_, text)| *text).collect()
    }
}

fn disk(path: &Path, error: &std::io::Error) -> NpmError {
    NpmError::Disk {
        path: path.display().to_string(),
        message: error.to_string(),
    }
}

/// Whether a program can be run at all.
fn check(program: &'static str) -> Result<(), NpmError> {
    let run = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match run {
        Ok(status) if status.success() => Ok(()),
        _ => Err(NpmError::Missing { program }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_another_lock_are_installed_again() {
        const PACKAGES: Packages = Packages {
            files: &[("package-lock.json", "{}")],
            proof: "package-lock.json",
        };
        let dir = tempfile::tempdir().unwrap();
        assert!(!PACKAGES.are_installed(dir.path()));
        fs::write(dir.path().join("package-lock.json"), "{}").unwrap();
        fs::write(dir.path().join(INSTALLED), "{ }").unwrap();
        assert!(!PACKAGES.are_installed(dir.path()));
        fs::write(dir.path().join(INSTALLED), "{}").unwrap();
        assert!(PACKAGES.are_installed(dir.path()));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = check("no-such-program-at-all").unwrap_err().to_string();
        assert!(
            error.contains("`no-such-program-at-all` is missing"),
            "{error}"
        );
    }
}
