//! What the walk finds, with many of one kind folded into one.

use super::form::Kind;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::ir::{Loss, Origin};
use indexmap::IndexMap;
use std::collections::HashMap;

/// How many places of one kind of fault are listed; of more only the first is, with their number.
const LISTED: usize = 4;

/// How many kinds of faults are told apart. Documents do not come near it.
const MOST_GROUPS: usize = 200;

/// What is said of a place that is not as it must be. Other messages are about what became of it.
const FAULTS: [Code; 9] = [
    Code::Syntax,
    Code::DuplicateKey,
    Code::WrongType,
    Code::Missing,
    Code::UnknownKeyword,
    Code::BadValue,
    Code::UnresolvedReference,
    Code::ReferenceCycle,
    Code::ForbiddenReference,
];

/// A fault, without its place.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) severity: Severity,
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) action: &'static str,
    pub(super) hint: Option<&'static str>,
    /// Whether what the place holds reaches no output.
    pub(super) lost: bool,
}

impl Fault {
    /// A fault that costs nothing.
    pub(super) fn note(code: Code, message: impl Into<String>, action: &'static str) -> Self {
        Self {
            severity: Severity::Note,
            code,
            message: message.into(),
            action,
            hint: None,
            lost: false,
        }
    }

    /// A fault that costs what stands there.
    pub(super) fn loss(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            lost: true,
            ..Self::note(code, message, "it was left out")
        }
    }

    pub(super) const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }
}

/// Faults of one kind.
#[derive(Default)]
struct Group {
    /// The first, with their places.
    faults: Vec<(Origin, Fault)>,
    count: usize,
}

/// Everything found so far.
pub(super) struct Findings {
    groups: IndexMap<(Code, Kind, String), Group>,
    /// What others have said, by place.
    said: HashMap<Origin, Vec<String>>,
    losses: Vec<Loss>,
    more: usize,
}

impl Findings {
    pub(super) fn new(diagnostics: &Diagnostics) -> Self {
        let mut said: HashMap<Origin, Vec<String>> = HashMap::new();
        for diagnostic in diagnostics.iter().filter(|it| FAULTS.contains(&it.code)) {
            let messages = said.entry(diagnostic.origin.clone()).or_default();
            messages.push(diagnostic.message.clone());
        }
        Self {
            groups: IndexMap::new(),
            said,
            losses: Vec::new(),
            more: 0,
        }
    }

    /// Adds a fault of a thing: a field, or the name of a rule. A place of which others have spoken is
    /// passed over; where something is missing, they must have spoken of that.
    pub(super) fn add(&mut self, kind: Kind, thing: &str, origin: Origin, fault: Fault) {
        if self.is_said(&origin, fault.code, thing) {
            return;
        }
        if fault.lost {
            self.losses.push(Loss {
                origin: origin.clone(),
                reason: fault.message.clone(),
            });
        }
        let key = (fault.code, kind, thing.to_owned());
        if self.groups.len() >= MOST_GROUPS && !self.groups.contains_key(&key) {
            self.more += 1;
            return;
        }
        let group = self.groups.entry(key).or_default();
        group.count += 1;
        if group.faults.len() < LISTED {
            group.faults.push((origin, fault));
        }
    }

    /// Whether others have spoken of a place, or of the thing at the object that has it.
    fn is_said(&self, origin: &Origin, code: Code, thing: &str) -> bool {
        let names = |at: &Origin| {
            let messages = self.said.get(at).into_iter().flatten();
            let name = format!("`{thing}`");
            messages.into_iter().any(|message| message.contains(&name))
        };
        if code == Code::Missing {
            return names(origin);
        }
        let parent = origin.pointer.rsplit_once('/').map(|(parent, _)| Origin {
            file: origin.file.clone(),
            pointer: parent.to_owned(),
        });
        self.said.contains_key(origin) || parent.is_some_and(|parent| names(&parent))
    }

    /// Says everything; gives what was lost.
    pub(super) fn say(self, root: Origin, diagnostics: &mut Diagnostics) -> Vec<Loss> {
        for Group { faults, count } in self.groups.into_values() {
            let listed = if count > LISTED { 1 } else { count };
            for (origin, fault) in faults.into_iter().take(listed) {
                let message = match count - listed {
                    0 => fault.message.clone(),
                    others => format!("{}; {others} other places have the like", fault.message),
                };
                diagnostics.push(fault.diagnostic(origin, message));
            }
        }
        if self.more > 0 {
            let message = format!("{} more places are not as they must be", self.more);
            let action = "they are not listed";
            diagnostics.push(Diagnostic::note(Code::BadValue, root, message).action(action));
        }
        self.losses
    }
}

impl Fault {
    fn diagnostic(self, origin: Origin, message: String) -> Diagnostic {
        let new = match self.severity {
            Severity::Note => Diagnostic::note,
            Severity::Warning => Diagnostic::warning,
            Severity::Error => Diagnostic::error,
        };
        let diagnostic = new(self.code, origin, message).action(self.action);
        match self.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }
}
