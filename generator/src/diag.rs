//! Diagnostics: what was wrong with a document, where, what was done about it, what to do.
//!
//! They accumulate: nothing that a document says stops the compiler, a bad node costs that node.

use crate::ir::Origin;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is lost and nothing was guessed.
    Note,
    /// Something was left out, repaired or guessed.
    Warning,
    /// Nothing can be generated.
    Error,
}

impl Severity {
    /// The word shown to the user.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Every kind of diagnostic there is. The code is stable: users match on it in CI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// The text is not JSON or YAML.
    Syntax,
    /// A mapping has one key twice; the last one counts.
    DuplicateKey,
    /// The document is not an OpenAPI document, or of a version that is not read.
    Version,
    /// A keyword has a value of the wrong type; the keyword was left out.
    WrongType,
    /// A node that must be there is missing.
    Missing,
    /// A keyword is not known; it was left out.
    UnknownKeyword,
    /// A value is not one that the specification allows.
    BadValue,
    /// A `$ref` leads nowhere.
    UnresolvedReference,
    /// A chain of references comes back to where it began.
    ReferenceCycle,
    /// A `$ref` points to something that is not read: a URL, a file outside the folder.
    ForbiddenReference,
    /// Two operations have the same `operationId`.
    DuplicateOperationId,
    /// Two parameters have the same name and place.
    DuplicateParameter,
    /// A path template names a parameter that no one declares; it was taken to be a string.
    UndeclaredPathParameter,
    /// A path parameter is declared that its template does not have.
    UnusedPathParameter,
    /// Two path templates differ only in the names of their parameters.
    CollidingPaths,
    /// `allOf` parts contradict each other.
    ConflictingAllOf,
    /// The variants of a union cannot be told apart.
    AmbiguousUnion,
    /// A schema keyword that no type can express (`not`, `if`); it is kept as documentation.
    UnsupportedSchema,
    /// Something that is read and kept but not generated (links).
    NotGenerated,
    /// A security requirement names a scheme that is not declared.
    UnknownSecurityScheme,
    /// An inference was not certain; the hint says how to settle it.
    Ambiguous,
    /// The configuration says something that does not apply.
    StaleOverride,
    /// The configuration cannot be read.
    Config,
    /// Two things would get the same name in an output; the hint names both.
    NameCollision,
    /// Something inside the generator went wrong for this node: please report it.
    Internal,
}

impl Code {
    /// The code as it is shown and matched: `wrong-type`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::Version => "version",
            Self::WrongType => "wrong-type",
            Self::Missing => "missing",
            Self::UnknownKeyword => "unknown-keyword",
            Self::BadValue => "bad-value",
            Self::UnresolvedReference => "unresolved-reference",
            Self::ReferenceCycle => "reference-cycle",
            Self::ForbiddenReference => "forbidden-reference",
            Self::DuplicateOperationId => "duplicate-operation-id",
            Self::DuplicateParameter => "duplicate-parameter",
            Self::UndeclaredPathParameter => "undeclared-path-parameter",
            Self::UnusedPathParameter => "unused-path-parameter",
            Self::CollidingPaths => "colliding-paths",
            Self::ConflictingAllOf => "conflicting-all-of",
            Self::AmbiguousUnion => "ambiguous-union",
            Self::UnsupportedSchema => "unsupported-schema",
            Self::NotGenerated => "not-generated",
            Self::UnknownSecurityScheme => "unknown-security-scheme",
            Self::Ambiguous => "ambiguous",
            Self::StaleOverride => "stale-override",
            Self::Config => "config",
            Self::NameCollision => "name-collision",
            Self::Internal => "internal",
        }
    }
}

/// One thing to tell the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of thing it is.
    pub code: Code,
    /// Where: the node that is wrong.
    pub origin: Origin,
    /// Line and column, both from 1, where they are already known (syntax errors); otherwise they are
    /// found from the origin when the message is shown.
    pub position: Option<Position>,
    /// What is wrong: "`description` must be a string, here it is an object".
    pub message: String,
    /// What was done about it: "the keyword was left out".
    pub action: Option<String>,
    /// What the user can do.
    pub hint: Option<String>,
}

/// A place in a text. Both count from 1; columns are in Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Diagnostic {
    /// A warning at a node, the usual case.
    pub fn warning(code: Code, origin: Origin, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, origin, message)
    }

    /// An error at a node: nothing can be generated.
    pub fn error(code: Code, origin: Origin, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, origin, message)
    }

    /// A note at a node: nothing was lost.
    pub fn note(code: Code, origin: Origin, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, origin, message)
    }

    fn new(severity: Severity, code: Code, origin: Origin, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            origin,
            position: None,
            message: message.into(),
            action: None,
            hint: None,
        }
    }

    /// Adds what was done about it.
    #[must_use]
    pub fn action(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// Adds what the user can do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the position, where it is known without looking for it.
    #[must_use]
    pub fn position(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }
}

/// The diagnostics of one compilation, in the order they were found; the same one is kept once.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    seen: std::collections::HashSet<(Code, Origin, String)>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one, unless the same thing was said of the same place before.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let key = (
            diagnostic.code,
            diagnostic.origin.clone(),
            diagnostic.message.clone(),
        );
        if self.seen.insert(key) {
            self.list.push(diagnostic);
        }
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many there are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_is_said_once() {
        let mut diagnostics = Diagnostics::new();
        let origin = Origin::new("a.yaml", "/info");
        for _ in 0..2 {
            diagnostics.push(Diagnostic::warning(
                Code::WrongType,
                origin.clone(),
                "not a string",
            ));
        }
        diagnostics.push(Diagnostic::warning(
            Code::WrongType,
            origin.child("title"),
            "not a string",
        ));
        assert_eq!(diagnostics.iter().count(), 2);
        assert!(!diagnostics.has_errors());
    }
}
