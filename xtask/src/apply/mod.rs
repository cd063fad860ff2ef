//! A write plan against a folder: compared first, then written or reported.
//!
//! Writing, checking and the dry run are one code path; they differ in what is done with the
//! [`Comparison`]. What is equal is not touched. Nothing is written outside the folder, and no
//! symbolic link below it is followed.

mod files;
mod owned;
mod state;

use owned::Owned;
use specwright::plan::WritePlan;
pub(crate) use state::State;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is done to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is missing.
    Create,
    /// It is there with another text: this one.
    Update(String),
    /// It is left over from an earlier generation.
    Remove,
}

impl Change {
    /// The word for it: `missing`, `changed`, `left over`.
    pub(crate) const fn as_str(&self) -> &'static str {
        match self {
            Self::Create => "missing",
            Self::Update(_) => "changed",
            Self::Remove => "left over",
        }
    }
}

/// Whether a plan is all that a folder is to contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// It is: folders that an earlier generation owned and this one does not are cleared.
    Whole,
    /// It is a part, such as one API of several: only its own folders are cleared.
    Part,
}

/// Why a plan cannot be applied to a folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApplyError {
    /// The disk says no.
    #[error("{path}: {error}")]
    Io {
        /// The file or folder.
        path: String,
        /// Its words.
        error: std::io::Error,
    },
    /// A symbolic link stands where a file or a folder is to be.
    #[error("{0} is a symbolic link, and generated files are not written through links")]
    Link(String),
    /// Something is in the way that no generation wrote.
    #[error("{0} was not generated; move it away, or choose another folder")]
    NotOurs(String),
    /// Two parts of the plan want the same file.
    #[error(transparent)]
    Plan(#[from] specwright::plan::PlanError),
}

/// How a folder differs from what a plan wants.
#[derive(Debug)]
pub(crate) struct Comparison {
    root: PathBuf,
    files: WritePlan,
    changes: BTreeMap<String, Change>,
}

impl Comparison {
    /// Compares a folder, which need not exist, with a plan.
    ///
    /// # Errors
    /// When the folder cannot be read, a link is in the way, or the plan would change or remove files
    /// of a folder where no generation wrote before.
    pub(crate) fn new(root: &Path, plan: WritePlan, extent: Extent) -> Result<Self, ApplyError> {
        let root = match root.canonicalize() {
            Ok(root) => root,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => root.to_owned(),
            Err(error) => return Err(files::failed(&root.display().to_string(), error)),
        };
        let before = Owned::read(&root)?;
        let mut plan = plan;
        let owns = plan.owned().next().is_some();
        let now = Owned::of(&plan);
        if owns {
            let kept = match extent {
                Extent::Whole => now.clone(),
                Extent::Part => now.with(before.as_ref()),
            };
            plan.add(owned::FILE, kept.to_text())?;
        }
        let mut changes = BTreeMap::new();
        for (path, text) in plan.files() {
            if let Some(change) = files::compare(&root, path, text)? {
                if owns && before.is_none() && matches!(change, Change::Update(_)) {
                    return Err(ApplyError::NotOurs(path.to_owned()));
                }
                changes.insert(path.to_owned(), change);
            }
        }
        let cleared = match extent {
            Extent::Whole => now.with(before.as_ref()),
            Extent::Part => now,
        };
        let planned = plan.files().map(|(path, _)| path).collect();
        for path in files::left_over(&root, &cleared, &planned)? {
            if !before.as_ref().is_some_and(|before| before.contains(&path)) {
                return Err(ApplyError::NotOurs(path));
            }
            changes.insert(path, Change::Remove);
        }
        Ok(Self {
            root,
            files: plan,
            changes,
        })
    }

    /// What is done to which file, ordered by path.
    pub(crate) fn changes(&self) -> impl Iterator<Item = (&str, &Change)> {
        self.changes
            .iter()
            .map(|(path, change)| (path.as_str(), change))
    }

    /// The path of every file that the plan wants.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.files().map(|(path, _)| path)
    }

    /// The text that a file is to have.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)
    }

    /// What the folder is like once it is written.
    pub(crate) fn state(&self) -> State {
        State::of(&self.root, &self.files)
    }

    /// Brings the folder into the state that the plan wants.
    ///
    /// # Errors
    /// When the disk says no. Each file is either as before or as planned, never half of it.
    pub(crate) fn write(&self) -> Result<(), ApplyError> {
        // What is left over goes first: a folder may stand where a file is to be.
        for (path, change) in self.changes() {
            if *change == Change::Remove {
                files::remove(&self.root, path)?;
            }
        }
        for (path, change) in self.changes() {
            if let (Change::Create | Change::Update(_), Some(text)) = (change, self.text(path)) {
                files::write(&self.root, path, text)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
