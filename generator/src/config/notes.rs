//! What the documentation says beside the document: `[[api.<name>.note]]`.

use serde::Deserialize;

use super::PointerPattern;
use crate::diag::Position;
use crate::ir::Origin;

/// Something that people who use an API know, and its document does not say.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// What it is about.
    pub target: NoteTarget,
    /// What kind of thing it says.
    pub kind: NoteKind,
    /// What it says: CommonMark, never empty.
    pub text: String,
    /// Where it stands: the configuration's file and `/api/<name>/note/<index>`.
    pub origin: Origin,
    /// Its line and column in that file.
    pub position: Option<Position>,
}

/// What a note is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteTarget {
    /// An operation, by `operationId` or by pointer: `operation = "createOnePerson"`.
    Operation(String),
    /// All actions of a resource, by its tag: `resource = "people"`.
    Resource(String),
    /// Properties and parameters: `at = "/components/schemas/Person/properties/name"`.
    At(PointerPattern),
}

/// What kind of thing a note says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoteKind {
    /// What an action is used for.
    UseCase,
    /// A value that is optional in the document, and needed in practice.
    Essential,
    /// Advice.
    Tip,
    /// What goes wrong, and what to do about it.
    Troubleshooting,
}

impl NoteKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::UseCase,
        Self::Essential,
        Self::Tip,
        Self::Troubleshooting,
    ];

    /// The word of the configuration: `use_case`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UseCase => "use_case",
            Self::Essential => "essential",
            Self::Tip => "tip",
            Self::Troubleshooting => "troubleshooting",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A note as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNote {
    operation: Option<String>,
    resource: Option<String>,
    at: Option<String>,
    kind: String,
    text: String,
}

impl RawNote {
    /// What it is about, what kind of thing it says, and what; or what is wrong with it.
    pub(super) fn read(self) -> Result<(NoteTarget, NoteKind, String), String> {
        let target = match (self.operation, self.resource, self.at) {
            (Some(operation), None, None) => NoteTarget::Operation(operation),
            (None, Some(resource), None) => NoteTarget::Resource(resource),
            (None, None, Some(at)) => PointerPattern::read(&at).map(NoteTarget::At)?,
            _ => return Err("a note needs one of `operation`, `resource` and `at`".to_owned()),
        };
        let kind = NoteKind::from_word(&self.kind).ok_or_else(|| {
            let known: Vec<_> = NoteKind::ALL.into_iter().map(NoteKind::as_str).collect();
            format!(
                "`{}` is not a kind of note: there are {}",
                self.kind,
                known.join(", ")
            )
        })?;
        if self.text.trim().is_empty() {
            return Err("a note needs a `text`".to_owned());
        }
        Ok((target, kind, self.text))
    }
}
