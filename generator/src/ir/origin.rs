//! Where a node of the IR comes from.

use std::sync::Arc;

/// A place in the document: a file and a JSON pointer (RFC 6901) into it.
///
/// Lines and columns are found from it only when a message needs them, see
/// [`crate::load::Document::locate`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The file's path as the user named it, or relative to the entry document.
    pub file: Arc<str>,
    /// The JSON pointer, without the `#`: `/components/schemas/Pet`. Empty is the whole document.
    pub pointer: String,
}

impl Origin {
    /// An origin in `file` at `pointer`.
    pub fn new(file: impl Into<Arc<str>>, pointer: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            pointer: pointer.into(),
        }
    }

    /// The place one step further down, with `segment` escaped as RFC 6901 asks.
    pub fn child(&self, segment: &str) -> Self {
        let escaped = segment.replace('~', "~0").replace('/', "~1");
        Self {
            file: Arc::clone(&self.file),
            pointer: format!("{}/{escaped}", self.pointer),
        }
    }
}

impl Default for Origin {
    fn default() -> Self {
        Self::new("", "")
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}#{}", self.file, self.pointer)
    }
}

/// Something the document says that no back end can honour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The node that was left out, with everything below it.
    pub origin: Origin,
    /// Why, in a few words: "links are recorded but not generated".
    pub reason: String,
}
