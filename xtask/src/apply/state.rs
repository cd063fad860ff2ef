//! What a folder is like after a plan was applied to it, without the texts.

use super::owned::Owned;
use super::{ApplyError, files};
use crate::disk::digest;
use serde::{Deserialize, Serialize};
use specwright::plan::WritePlan;
use std::path::{Path, PathBuf};

/// The files of a folder by their digests, and the folders with nothing beside them.
#[derive(Debug, Serialize, Deserialize, PartialEq)]
pub(crate) struct State {
    root: PathBuf,
    owned: Owned,
    files: Vec<(String, u64)>,
}

impl State {
    pub(super) fn of(root: &Path, plan: &WritePlan) -> Self {
        let digested = |(path, text): (&str, &str)| (path.to_owned(), digest(text.as_bytes()));
        Self {
            root: root.to_owned(),
            owned: Owned::of(plan),
            files: plan.files().map(digested).collect(),
        }
    }

    /// Whether the folder is still like this: every file has its text, and nothing is left over.
    pub(crate) fn holds(&self) -> bool {
        self.compare().unwrap_or(false)
    }

    fn compare(&self) -> Result<bool, ApplyError> {
        for (path, digest) in &self.files {
            if !files::is_as(&self.root, path, *digest)? {
                return Ok(false);
            }
        }
        let planned = self.files.iter().map(|(path, _)| path.as_str()).collect();
        Ok(files::left_over(&self.root, &self.owned, &planned)?.is_empty())
    }
}
