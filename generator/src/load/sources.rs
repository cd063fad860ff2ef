//! Where texts come from. The generator itself touches no disk.

use std::collections::BTreeMap;

/// Gives the text of files.
///
/// Paths use `/`, are relative to the one folder that a document may read from, and never contain
/// `.` or `..`. An implementation on a file system must still refuse what leads out of the folder by
/// other means, such as symbolic links.
pub trait Sources {
    /// The text of the file at `path`.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read as UTF-8.
    fn read(&self, path: &str) -> Result<String, SourceError>;
}

/// A file could not be read. The message completes the sentence "the file cannot be read: ..".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// Why, in a few words: "there is no such file".
    pub message: String,
}

impl SourceError {
    /// An error with this reason.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

impl std::fmt::Display for SourceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SourceError {}

/// Files in memory, for tests and for programs that already have the texts.
#[derive(Debug, Clone, Default)]
pub struct MemorySources {
    files: BTreeMap<String, String>,
}

impl MemorySources {
    /// One file, usually the entry.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self::default().with(path, text)
    }

    /// One file more.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.files.insert(path.into(), text.into());
        self
    }
}

impl Sources for MemorySources {
    fn read(&self, path: &str) -> Result<String, SourceError> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| SourceError::new("there is no such file"))
    }
}
