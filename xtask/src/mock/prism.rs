//! The running mock server.
//!
//! How it answers:
//!
//! - A valid request gets the answer of its operation's case.
//! - A violation gets 422 (415 for a media type that is not declared, 401 for a missing or malformed
//!   credential) with a body of `application/problem+json`: `type`, `title`, `status`, `detail` and, for
//!   422, `validation`: an array with one `{location, severity, code, message}` each, `location` as
//!   `["body", "name"]`.
//! - An unknown path or method gets 404 or 405 as `application/problem+json`.
//! - Whether a token is right is not checked, only that there is one.
//!
//! A schema that does not compile (a pattern that is no regular expression, say) accepts everything.
//! Prism does not tell; [`Prism::unchecked`] does.

use super::cut::{Cut, cut};
use super::install::{PRELOAD, install};
use super::reference::references;
use crate::npm::NpmError;
use serde_json::Value;
use specwright::cases::Table;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How a mock is started.
#[derive(Debug, Clone)]
pub(crate) struct Options<'a> {
    /// Where Prism is installed and its files are written: `target/prism`.
    pub(crate) folder: &'a Path,
    /// The API's name: names the files of this mock, so that several can run at once.
    pub(crate) name: &'a str,
    /// How the document is cut.
    pub(crate) cut: Cut,
    /// How long it may take to start, once installed.
    pub(crate) patience: Duration,
}

/// Why there is no mock.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MockError {
    /// Its packages are not there, and cannot be installed.
    #[error(transparent)]
    Npm(#[from] NpmError),
    /// The document refers to other files, or to a place on the network.
    #[error("the document refers to `{reference}`: a mock serves documents of one file only")]
    Outside {
        /// The first such reference.
        reference: String,
    },
    /// Prism ended, or did not get ready in time.
    #[error("Prism {what}; its log ends:\n{log}")]
    Start {
        /// What happened.
        what: String,
        /// The end of its log.
        log: String,
    },
    /// A file could not be read or written.
    #[error("{path}: {message}")]
    Disk {
        /// The file.
        path: String,
        /// Why.
        message: String,
    },
}

impl MockError {
    pub(super) fn disk(path: &Path, error: impl std::fmt::Display) -> Self {
        Self::Disk {
            path: path.display().to_string(),
            message: error.to_string(),
        }
    }
}

/// A mock server of one document on loopback; it ends when this value is dropped.
#[derive(Debug)]
pub(crate) struct Prism {
    process: Child,
    base_url: String,
    log: PathBuf,
}

impl Prism {
    /// Installs Prism where necessary, cuts the document, and waits until the mock listens.
    ///
    /// # Errors
    ///
    /// Prism cannot be installed or run here, or it does not take the document.
    pub(crate) fn start(
        document: &Value,
        table: &Table,
        options: &Options<'_>,
    ) -> Result<Self, MockError> {
        let script = install(options.folder)?;
        let cut = cut(document, table, options.cut);
        // Prism would read files and URLs that a reference names.
        if let Some(outside) = references(&cut).iter().find(|name| !name.starts_with('#')) {
            return Err(MockError::Outside {
                reference: (*outside).to_owned(),
            });
        }
        let preload = options.folder.join(PRELOAD.0);
        fs::write(&preload, PRELOAD.1).map_err(|error| MockError::disk(&preload, error))?;
        let path = options.folder.join(format!("{}.json", options.name));
        fs::write(&path, cut.to_string()).map_err(|error| MockError::disk(&path, error))?;
        let log = options.folder.join(format!("{}.log", options.name));
        let file = File::create(&log).map_err(|error| MockError::disk(&log, error))?;
        let errors = file
            .try_clone()
            .map_err(|error| MockError::disk(&log, error))?;
        // Port 0 lets the system choose a free one; the log says which. It says so at level info.
        let process = Command::new("node")
            .arg("--require")
            .arg(&preload)
            .arg(&script)
            .args([
                "mock",
                "--errors",
                "--cors",
                "false",
                "--multiprocess",
                "false",
            ])
            .args([
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--verboseLevel",
                "info",
            ])
            .arg(&path)
            .env("NO_COLOR", "1")
            .env_remove("FORCE_COLOR")
            .stdin(Stdio::piped())
            .stdout(file)
            .stderr(errors)
            .spawn()
            .map_err(|_| MockError::Npm(NpmError::Missing { program: "node" }))?;
        let mut prism = Self {
            process,
            base_url: String::new(),
            log,
        };
        prism.wait(options.patience)?;
        Ok(prism)
    }

    /// Where it listens, without a slash at the end; paths are the document's.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The file that its log is written to.
    pub(crate) fn log(&self) -> &Path {
        &self.log
    }

    /// Why schemas of requests that were sent so far could not be checked; each reason once.
    pub(crate) fn unchecked(&self) -> Vec<String> {
        let log = fs::read(&self.log).unwrap_or_default();
        unchecked(&String::from_utf8_lossy(&log))
    }

    fn wait(&mut self, patience: Duration) -> Result<(), MockError> {
        let start = Instant::now();
        loop {
            let log = fs::read(&self.log).map_err(|error| MockError::disk(&self.log, error))?;
            let log = String::from_utf8_lossy(&log);
            if let Some(address) = address(&log) {
                address.clone_into(&mut self.base_url);
                return Ok(());
            }
            let ended = self.process.try_wait().ok().flatten();
            let what = match ended {
                Some(status) => format!("ended with {status}"),
                None if start.elapsed() > patience => {
                    format!("was not ready after {} s", patience.as_secs())
                }
                None => {
                    sleep(Duration::from_millis(50));
                    continue;
                }
            };
            let log = tail(&log);
            return Err(MockError::Start { what, log });
        }
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The address in the line by which Prism says that it is ready.
fn address(log: &str) -> Option<&str> {
    let (_, rest) = log.split_once("Prism is listening on ")?;
    let (line, _) = rest.split_once('\n')?;
    line.trim().starts_with("http://").then_some(line.trim())
}

/// The reasons that the script loaded before Prism has written.
fn unchecked(log: &str) -> Vec<String> {
    let reasons = log
        .lines()
        .filter_map(|line| line.strip_prefix("not checked: "));
    let reasons: BTreeSet<&str> = reasons.collect();
    reasons.into_iter().map(str::to_owned).collect()
}

/// The last lines of a log.
fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    let from = lines.len().saturating_sub(12);
    lines.get(from..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests;
