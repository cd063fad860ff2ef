//! The repository's own folders, and the APIs that it is configured for.

use crate::Exit;
use crate::apply::ApplyError;
use crate::disk::DiskSources;
use specwright::config::{ApiConfig, Config};
use specwright::diag::Diagnostics;
use specwright::names::Lock;
use std::path::{Path, PathBuf};

/// The configuration's file in the folder of the documents.
pub(crate) const CONFIG: &str = "specwright.toml";

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// It was called in a way that makes no sense.
    #[error("{0}")]
    Usage(String),
    /// A file could not be read.
    #[error("{path}: {message}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        message: String,
    },
    /// A program that does a part of the work did not do it.
    #[error("{program}: {message}")]
    Run {
        /// The program.
        program: String,
        /// Why.
        message: String,
    },
    /// The output folder cannot take the files.
    #[error("{folder}: {error}")]
    Apply {
        /// The folder.
        folder: String,
        /// Why.
        error: ApplyError,
    },
    /// Two outputs want one file.
    #[error(transparent)]
    Plan(#[from] specwright::plan::PlanError),
}

impl Failure {
    pub(crate) const fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Read { .. } | Self::Run { .. } | Self::Apply { .. } | Self::Plan(_) => {
                Exit::Failed
            }
        }
    }
}

/// The repository.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The repository that this program was built in.
    pub(crate) fn here() -> Self {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            root: own.parent().unwrap_or(own).to_owned(),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the documents, their locks and the configuration.
    pub(crate) fn specs(&self) -> PathBuf {
        self.root.join("specs")
    }

    /// The folder of everything that is generated.
    pub(crate) fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    /// The configuration of the repository's APIs, and its text.
    pub(crate) fn config(
        &self,
        diagnostics: &mut Diagnostics,
    ) -> Result<(Config, String), Failure> {
        let text = read(&self.specs().join(CONFIG))?;
        Ok((Config::parse(CONFIG, &text, diagnostics), text))
    }

    /// Where an API's document is read from, and the API with its paths there.
    pub(crate) fn read_from(&self, api: &ApiConfig) -> Result<(ReadFrom, ApiConfig), Failure> {
        let specs = self.specs();
        let (root, folder) = match api.root.as_deref() {
            Some(root) => (specs.join(root), format!("specs/{root}")),
            None => (specs.clone(), "specs".to_owned()),
        };
        let overlays: Vec<PathBuf> = api.overlays.iter().map(|it| specs.join(it)).collect();
        let mut read = read_from(&specs.join(&api.spec), Some(&root), &overlays)?;
        read.folder = folder;
        let mut api = api.clone();
        api.spec.clone_from(&read.entry);
        api.overlays.clone_from(&read.overlays);
        Ok((read, api))
    }

    /// The files that the repository's documents may read.
    pub(crate) fn sources(&self) -> Result<DiskSources, Failure> {
        let specs = self.specs();
        DiskSources::new(&specs).map_err(|error| unreadable(&specs, &error))
    }
}

/// Where a document and what belongs to it is read from.
#[derive(Debug)]
pub(crate) struct ReadFrom {
    pub(crate) sources: DiskSources,
    /// The document's path in the sources.
    pub(crate) entry: String,
    /// The overlays' paths in the sources.
    pub(crate) overlays: Vec<String>,
    /// The folder of the sources, as the user knows it.
    pub(crate) folder: String,
}

/// Finds a document, its overlays, and the folder below which its references may lead: its own where
/// there is none.
pub(crate) fn read_from(
    document: &Path,
    root: Option<&Path>,
    overlays: &[PathBuf],
) -> Result<ReadFrom, Failure> {
    let found = match root {
        Some(root) => DiskSources::around(root, document),
        None => DiskSources::beside(document),
    };
    let (mut sources, entry) = found.map_err(|error| unreadable(document, &error))?;
    let folder = root.or_else(|| document.parent());
    let mut named = Vec::new();
    for overlay in overlays {
        let name = sources.name(overlay);
        named.push(name.map_err(|error| unreadable(overlay, &error))?);
    }
    Ok(ReadFrom {
        sources,
        entry,
        overlays: named,
        folder: folder.map_or_else(String::new, |folder| folder.display().to_string()),
    })
}

/// Reads a file that the user named.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Read {
        path: path.display().to_string(),
        message: error.to_string(),
    }
}

/// The lock of an API; empty where there is none yet.
pub(crate) fn lock(path: &Path) -> Result<Lock, Failure> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(unreadable(path, &error)),
    };
    Lock::parse(&text).map_err(|error| {
        let before = error.offset.and_then(|offset| text.get(..offset));
        let line = before.map(|before| before.matches('\n').count() + 1);
        let place = line.map_or_else(String::new, |line| format!(":{line}"));
        Failure::Read {
            path: format!("{}{place}", path.display()),
            message: error.message,
        }
    })
}

/// The configuration of one API by its name, in a file that the user knows as `label`.
pub(crate) fn configured<'c>(
    config: &'c Config,
    name: &str,
    label: &str,
) -> Result<&'c ApiConfig, Failure> {
    config.api(name).ok_or_else(|| {
        let known: Vec<&str> = config.apis.iter().map(|api| api.name.as_str()).collect();
        let known = if known.is_empty() {
            "none".to_owned()
        } else {
            known.join(", ")
        };
        Failure::Usage(format!(
            "there is no API `{name}` in {label}; it has: {known}"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_cannot_be_read_is_refused_with_its_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("api.lock");
        assert_eq!(lock(&path).unwrap(), Lock::new());
        std::fs::write(&path, "version = 1\n<<<<<<< ours\n").unwrap();
        let message = lock(&path).unwrap_err().to_string();
        assert!(message.contains("api.lock:2: "), "{message}");
    }
}
