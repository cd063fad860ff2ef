//! Where a raised node is written.
//!
//! A document of Swagger 2.0 is raised into another form: `#/definitions/Pet` becomes
//! `#/components/schemas/Pet`, a body parameter becomes a request body. Everything that is said of a
//! node names it as it is written, and so do the references in the text. Each file has a table of both
//! directions, which cursors ([`super::Node::origin`]) and references ([`super::Document::resolve`])
//! look into. A file that was not raised has an empty one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// A place as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// The file, where it is another one than the raised node's.
    pub(super) file: Option<Arc<str>>,
    pub(super) pointer: String,
}

impl Written {
    /// A place in the same file.
    pub(super) fn here(pointer: impl Into<String>) -> Self {
        Self {
            file: None,
            pointer: pointer.into(),
        }
    }
}

/// The nodes of one file that moved, each with everything below it.
#[derive(Debug, Default)]
pub(super) struct Moves {
    written: Tree<Written>,
    raised: Tree<String>,
}

/// What is known by the escaped segments of a pointer.
#[derive(Debug)]
pub(super) struct Tree<T> {
    to: Option<T>,
    below: HashMap<String, Self>,
}

impl<T> Default for Tree<T> {
    fn default() -> Self {
        Self {
            to: None,
            below: HashMap::new(),
        }
    }
}

impl<T> Tree<T> {
    /// A tree that knows this of its root.
    pub(super) fn new(to: T) -> Self {
        Self {
            to: Some(to),
            below: HashMap::new(),
        }
    }

    /// Says what is known of its root.
    pub(super) fn set(&mut self, to: T) {
        self.to = Some(to);
    }

    /// The part below a pointer.
    pub(super) fn at(&mut self, pointer: &str) -> &mut Self {
        let mut at = self;
        for segment in pointer.split('/').skip(1) {
            at = at.below.entry(segment.to_owned()).or_default();
        }
        at
    }

    /// What is known of the nearest ancestor of a pointer, or of itself, with the way from there.
    pub(super) fn nearest<'p>(&self, pointer: &'p str) -> Option<(&T, &'p str)> {
        let mut at = self;
        let mut passed = 0;
        let mut found = None;
        for segment in pointer.split('/').skip(1) {
            let Some(below) = at.below.get(segment) else {
                break;
            };
            at = below;
            passed += 1 + segment.len();
            if let Some(to) = &at.to {
                found = Some((to, pointer.get(passed..).unwrap_or_default()));
            }
        }
        found
    }
}

impl Moves {
    /// Records that the node at `raised` is written at `pointer` in the same file, and is what a
    /// reference to there means.
    pub(super) fn record(&mut self, raised: &str, pointer: &str) {
        self.record_inside(raised, &Written::here(pointer));
        if self.raised(pointer) != raised {
            let known = &mut self.raised.at(pointer).to;
            known.get_or_insert_with(|| raised.to_owned());
        }
    }

    /// Records that the node at `raised` follows from what is written at a place, where a reference to
    /// that place means something else.
    pub(super) fn record_inside(&mut self, raised: &str, written: &Written) {
        let known = self.written(raised);
        if known.unwrap_or_else(|| Written::here(raised)) != *written {
            self.written.at(raised).set(written.clone());
        }
    }

    /// Where a raised node is written; none where it stands as it is written.
    pub(super) fn written(&self, raised: &str) -> Option<Written> {
        let (to, rest) = self.written.nearest(raised)?;
        Some(Written {
            file: to.file.clone(),
            pointer: format!("{}{rest}", to.pointer),
        })
    }

    /// Where what is written at a pointer stands in the raised file.
    pub(super) fn raised<'p>(&self, written: &'p str) -> Cow<'p, str> {
        match self.raised.nearest(written) {
            Some((to, rest)) => Cow::Owned(format!("{to}{rest}")),
            None => Cow::Borrowed(written),
        }
    }

    /// Whether nothing moved.
    pub(super) fn is_empty(&self) -> bool {
        self.written.below.is_empty()
    }
}

/// Where the nodes of one raised file are written, for those who edit the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places<'f>(&'f Moves);

impl<'f> Places<'f> {
    pub(super) const fn of(moves: &'f Moves) -> Self {
        Self(moves)
    }

    /// The pointer of the text that a node at a pointer stands at.
    pub(crate) fn written<'p>(&self, raised: &'p str) -> Cow<'p, str> {
        match self.0.written(raised) {
            Some(written) => Cow::Owned(written.pointer),
            None => Cow::Borrowed(raised),
        }
    }

    /// The pointer of the node that stands at a pointer of the text.
    pub(crate) fn raised<'p>(&self, written: &'p str) -> Cow<'p, str> {
        self.0.raised(written)
    }
}

#[cfg(test)]
mod tests {
    use super::{Moves, Written};

    #[test]
    fn what_is_below_moves_along_and_the_innermost_move_counts() {
        let mut moves = Moves::default();
        assert!(moves.is_empty());
        moves.record("/components/schemas", "/definitions");
        moves.record("/a/body", "/a/parameters/0");
        moves.record_inside("/a/body/content", &Written::here("/a/parameters/0"));
        moves.record("/a/parameters/0", "/a/parameters/1");
        let written = |pointer: &str| moves.written(pointer).map(|it| it.pointer);
        assert_eq!(written("/info"), None);
        assert_eq!(
            written("/components/schemas/x~1y/z").as_deref(),
            Some("/definitions/x~1y/z")
        );
        assert_eq!(
            written("/a/body/content/j").as_deref(),
            Some("/a/parameters/0/j")
        );
        assert_eq!(
            written("/a/parameters/0").as_deref(),
            Some("/a/parameters/1")
        );
        assert_eq!(moves.raised("/definitions/P"), "/components/schemas/P");
        assert_eq!(moves.raised("/a/parameters/0/x"), "/a/body/x");
        assert_eq!(moves.raised("/a/parameters/1"), "/a/parameters/0");
        assert_eq!(moves.raised("/definitionsX"), "/definitionsX");
    }
}
