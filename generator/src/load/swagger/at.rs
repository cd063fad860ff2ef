//! Where a node stands, before and after.

use crate::load::moves::Written;
use crate::load::pointer;
use std::sync::Arc;

/// A node's place in a file as it is written, and in the raised one.
#[derive(Debug, Clone)]
pub(super) struct At {
    pub(super) file: Arc<str>,
    pub(super) raised: String,
    pub(super) written: String,
}

impl At {
    /// The root of a file.
    pub(super) fn root(file: &Arc<str>) -> Self {
        Self {
            file: Arc::clone(file),
            raised: String::new(),
            written: String::new(),
        }
    }

    /// A member that stays where it is.
    pub(super) fn child(&self, key: &str) -> Self {
        self.moved(&[key], &[key])
    }

    /// A node below, by the keys that lead to it in the raised file and in the written one.
    pub(super) fn moved(&self, raised: &[&str], written: &[&str]) -> Self {
        Self {
            file: Arc::clone(&self.file),
            raised: below(&self.raised, raised),
            written: below(&self.written, written),
        }
    }

    /// The place of a raised member.
    pub(super) fn raised(&self, keys: &[&str]) -> String {
        below(&self.raised, keys)
    }

    /// The place of a written member.
    pub(super) fn written(&self, keys: &[&str]) -> Written {
        Written::here(below(&self.written, keys))
    }
}

/// A pointer with keys behind it.
pub(super) fn below(base: &str, keys: &[&str]) -> String {
    let mut written = base.to_owned();
    for key in keys {
        pointer::push(&mut written, key);
    }
    written
}
