//! What both readers, JSON and YAML, say about a text, piece by piece.

use crate::diag::Position;
use std::borrow::Cow;

/// One piece of a text. A mapping is a start, then key and value in turn, then an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event<'t> {
    /// `{` or its block form.
    MappingStart { anchor: Anchor },
    /// `[` or its block form.
    SequenceStart { anchor: Anchor },
    /// The end of the innermost mapping or sequence.
    End,
    /// A string, number, boolean or null.
    Scalar {
        text: Cow<'t, str>,
        /// Whether it stands without quotes, so that its text decides its type.
        plain: bool,
        anchor: Anchor,
    },
    /// `*name` in YAML.
    Alias(usize),
}

/// The number of a YAML anchor, if the node has one.
pub(super) type Anchor = Option<usize>;

/// A text that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) position: Position,
    pub(super) message: String,
    /// What usually causes it.
    pub(super) hint: Option<&'static str>,
}

impl SyntaxError {
    pub(super) fn new(position: Position, message: impl Into<String>) -> Self {
        Self {
            position,
            message: message.into(),
            hint: None,
        }
    }

    /// With what usually causes it.
    pub(super) fn hint(self, hint: &'static str) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }
}

/// Reads a text as events: those of exactly one node, from the root down.
pub(super) trait Reader<'t> {
    /// The next event; none when the root is complete and nothing follows that matters.
    fn next(&mut self) -> Result<Option<Event<'t>>, SyntaxError>;

    /// Where the last event begins.
    fn position(&mut self) -> Position;

    /// Where a second document begins that is not read, once the first is complete.
    fn rest(&self) -> Option<Position> {
        None
    }
}
