//! Keywords that narrow values in ways that no type can express: kept as text, with a note.

use crate::diag::{Code, Diagnostic};
use crate::ir::Rule;
use crate::load::Node;
use crate::normalise::reader::Reader;

/// The longest rule that is kept in full, in characters.
const LONGEST: usize = 200;

impl<'d> Reader<'d, '_> {
    /// A keyword that no type can express: it is documented, and its meaning is not checked.
    pub(super) fn unsupported(&mut self, key: &str, child: &Node<'d>) {
        // `then` and `else` belong to the `if` beside them, which has the note for all.
        if !matches!(key, "then" | "else") {
            let message = format!("`{key}` cannot be expressed as a type");
            self.diagnostics.push(
                Diagnostic::note(Code::UnsupportedSchema, child.origin(), message)
                    .action("it is documented, and values are not checked against it"),
            );
        }
        self.lose(child.origin(), format!("`{key}` is not expressed"));
    }
}

/// A keyword as it is documented.
pub(super) fn rule(keyword: &str, child: &Node<'_>) -> Rule {
    let text = child.value().to_string();
    let text = if text.chars().count() <= LONGEST {
        text
    } else {
        text.chars().take(LONGEST).chain(['…']).collect()
    };
    Rule {
        keyword: keyword.to_owned(),
        text,
    }
}
