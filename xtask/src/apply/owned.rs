//! Which folders of an output folder are machine-owned, as a file in it says.
//!
//! Left-overs are removed from these folders only. Without the file nothing is removed or overwritten:
//! somebody may have named the wrong folder.

use super::{ApplyError, files};
use serde::{Deserialize, Serialize};
use specwright::plan::WritePlan;
use std::collections::BTreeSet;
use std::path::Path;

/// The file that lists the folders.
pub(super) const FILE: &str = ".specwright";

const HEADER: &str = "\
# Everything in these folders is written by Specwright; other files in them are removed.
";

/// Machine-owned folders, relative to the output folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Owned {
    folders: BTreeSet<String>,
}

impl Owned {
    /// The folders that a plan owns.
    pub(super) fn of(plan: &WritePlan) -> Self {
        Self {
            folders: plan.owned().map(str::to_owned).collect(),
        }
    }

    /// The folders that were owned before; `None` where nothing was ever generated.
    pub(super) fn read(root: &Path) -> Result<Option<Self>, ApplyError> {
        let Some(text) = files::read(root, FILE)? else {
            return Ok(None);
        };
        // A line that was tampered with must not make a folder elsewhere ours.
        let mut checked = WritePlan::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let _ = checked.own(line);
        }
        Ok(Some(Self::of(&checked)))
    }

    /// These folders and those.
    pub(super) fn with(&self, other: Option<&Self>) -> Self {
        let other = other.into_iter().flat_map(|other| &other.folders);
        Self {
            folders: self.folders.iter().chain(other).cloned().collect(),
        }
    }

    pub(super) fn folders(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().map(String::as_str)
    }

    /// Whether a file is in one of the folders.
    pub(super) fn contains(&self, path: &str) -> bool {
        path.match_indices('/')
            .filter_map(|(at, _)| path.get(..at))
            .any(|folder| self.folders.contains(folder))
    }

    pub(super) fn to_text(&self) -> String {
        let lines: String = self.folders().map(|folder| format!("{folder}\n")).collect();
        format!("{HEADER}{lines}")
    }
}
