//! Pages of a list.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// One page of a list.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T, M = NoMeta> {
    /// The items.
    pub items: Vec<T>,
    /// What stands beside the items in the body.
    pub meta: M,
    /// Where the next page is: a cursor, a page's number, a number of items to skip, or a URL.
    /// `None` on the last page.
    pub next: Option<String>,
}

impl<T, M> Page<T, M> {
    /// A page, as a test of code that takes one may want to make.
    pub const fn new(items: Vec<T>, meta: M, next: Option<String>) -> Self {
        Self { items, meta, next }
    }
}

/// An object with `items`, `meta` and `next`: not what the server sent, but what was made of it.
impl<T: Serialize, M: Serialize> Serialize for Page<T, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut page = serializer.serialize_struct("Page", 3)?;
        page.serialize_field("items", &self.items)?;
        page.serialize_field("meta", &self.meta)?;
        page.serialize_field("next", &self.next)?;
        page.end()
    }
}

/// Shows `next` without its query, where a server may have put a credential.
impl<T: fmt::Debug, M: fmt::Debug> fmt::Debug for Page<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let next = self.next.as_deref().map(|next| match next.split_once('?') {
            // A user and password would be in it.
            _ if next.contains("://") && next.contains('@') => "[redacted]".to_owned(),
            Some((path, _)) => format!("{path}?[redacted]"),
            None => next.to_owned(),
        });
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("meta", &self.meta)
            .field("next", &next)
            .finish()
    }
}

impl<T, M> IntoIterator for Page<T, M> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T, M> IntoIterator for &'a Page<T, M> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// The metadata of a page that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct NoMeta {}
crate::object! { NoMeta; }
