//! The fixed fields of OpenAPI's objects: what is missing, unknown or of a wrong type is said, wherever
//! it stands.
//!
//! The reader speaks of what it stumbles over on its way into the IR. This walk comes after it and
//! looks at the rest: objects that nobody uses, fields that reach no output, and rules that change
//! nothing of what is generated but that other tools insist on. What a [table](table) can say of an
//! object stands there.

mod contradictions;
mod expressions;
mod findings;
mod form;
mod rules;
mod schema;
mod table;
mod texts;
mod unused;
mod walk;

#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod tests;

use crate::diag::Diagnostics;
use crate::ir::Api;
use crate::load::Document;
use findings::Findings;
use walk::Walk;

/// Compares a document's objects with what OpenAPI says of them, and says what differs, unless it has
/// been said. What is left out for it is added to the losses.
///
/// Documents of Swagger 2.0 are looked at in the vocabulary of 3.0, to which they were raised.
pub fn check_fields(document: &Document, api: &mut Api, diagnostics: &mut Diagnostics) {
    let findings = Walk::new(document, Findings::new(diagnostics)).run();
    let losses = findings.say(document.root().origin(), diagnostics);
    let known: std::collections::HashSet<_> =
        api.losses.iter().map(|loss| loss.origin.clone()).collect();
    let new = losses
        .into_iter()
        .filter(|loss| !known.contains(&loss.origin));
    api.losses.extend(new);
}
