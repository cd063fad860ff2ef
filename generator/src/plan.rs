//! The write plan: every file that a generation wants to exist, as data.

use std::collections::{BTreeMap, BTreeSet};

/// What a generation wants on disk. Paths are relative to the output folder, with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WritePlan {
    files: BTreeMap<String, String>,
    owned: Vec<String>,
    /// The paths of the files in lower case: file systems that fold case know only these.
    folded: BTreeSet<String>,
    /// The folders that the files are in, in lower case.
    folders: BTreeSet<String>,
}

/// A path was planned twice, or is not one that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanError {
    /// Two writers want the same file.
    Duplicate(String),
    /// The path is absolute, empty, or leaves the output folder.
    Outside(String),
}

impl std::fmt::Display for PlanError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Duplicate(path) => write!(f, "two outputs want the file {path}"),
            Self::Outside(path) => write!(f, "{path:?} is not a path below the output folder"),
        }
    }
}

impl std::error::Error for PlanError {}

impl WritePlan {
    /// Nothing to write yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Plans a file.
    ///
    /// # Errors
    /// When the path is taken, also by one that differs only in case (file systems that fold case
    /// would keep one of the two), when it is a folder of another file or the other way round, or when
    /// it leads out of the output folder.
    pub fn add(
        &mut self,
        path: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<(), PlanError> {
        let path = path.into();
        if !is_inside(&path) {
            return Err(PlanError::Outside(path));
        }
        let folded = path.to_lowercase();
        let folders = || {
            folded
                .match_indices('/')
                .filter_map(|(at, _)| folded.get(..at))
        };
        if self.folders.contains(&folded) || folders().any(|folder| self.folded.contains(folder)) {
            return Err(PlanError::Duplicate(path));
        }
        self.folders.extend(folders().map(str::to_owned));
        if !self.folded.insert(folded) {
            return Err(PlanError::Duplicate(path));
        }
        self.files.insert(path, text.into());
        Ok(())
    }

    /// Says that everything below `folder` is machine-owned: files in it that are not planned are
    /// left-overs, and are removed.
    ///
    /// # Errors
    /// When the folder leads out of the output folder.
    pub fn own(&mut self, folder: impl Into<String>) -> Result<(), PlanError> {
        let folder = folder.into();
        if !is_inside(&folder) {
            return Err(PlanError::Outside(folder));
        }
        self.owned.push(folder);
        Ok(())
    }

    /// Takes over all files and folders of another plan.
    ///
    /// # Errors
    /// As for [`WritePlan::add`].
    pub fn merge(&mut self, other: Self) -> Result<(), PlanError> {
        for (path, text) in other.files {
            self.add(path, text)?;
        }
        self.owned.extend(other.owned);
        Ok(())
    }

    /// Path and text of every file, ordered by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text planned for a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The machine-owned folders.
    pub fn owned(&self) -> impl Iterator<Item = &str> {
        self.owned.iter().map(String::as_str)
    }
}

/// Whether a relative path stays below the folder it is relative to, on every platform.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':', '\0'])
        && path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_planned_once_whatever_its_case() {
        let mut plan = WritePlan::new();
        plan.add("src/a.rs", "").unwrap();
        assert_eq!(
            plan.add("src/A.rs", ""),
            Err(PlanError::Duplicate("src/A.rs".into()))
        );
    }

    #[test]
    fn a_path_is_not_a_file_and_a_folder() {
        for (first, second) in [("a", "A/b"), ("a/b", "A")] {
            let mut plan = WritePlan::new();
            plan.add(first, "").unwrap();
            assert_eq!(
                plan.add(second, ""),
                Err(PlanError::Duplicate(second.into()))
            );
        }
    }

    #[test]
    fn no_path_leaves_the_folder() {
        let mut plan = WritePlan::new();
        for path in [
            "",
            "/etc/passwd",
            "../a",
            "a/../../b",
            "a//b",
            "c:\\x",
            "a\\b",
        ] {
            assert_eq!(
                plan.add(path, ""),
                Err(PlanError::Outside(path.into())),
                "{path}"
            );
        }
    }
}
