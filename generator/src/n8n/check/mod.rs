//! The descriptors against themselves, before they are written.
//!
//! What is found here is a fault of the generator's and not of the document's: a form and the request
//! that reads it do not agree, or a text of the document could do something.
//!
//! ```text
//! names       unique and harmless        choices   what is shown and chosen exists
//! reading     requests and forms agree   texts     no text is an expression
//! trigger     events, options and groups agree
//! ```

mod choices;
mod names;
mod reading;
#[cfg(test)]
mod tests;
mod texts;
mod trigger;

use super::model::{Property, PropertyOptions, ResourceDescriptor, TriggerDescriptor};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::Origin;
use std::collections::BTreeSet;

/// Adds a diagnostic of code [`Code::Internal`] for everything that is wrong.
pub(super) fn check(resources: &[ResourceDescriptor], diagnostics: &mut Diagnostics) {
    let lookups: BTreeSet<&str> = resources
        .iter()
        .filter_map(|resource| Some(resource.lookup.as_ref()?.method.as_str()))
        .collect();
    for resource in resources {
        let mut faults = Faults(Vec::new());
        names::check(resource, &mut faults);
        choices::check(resource, &lookups, &mut faults);
        reading::check(resource, &mut faults);
        texts::check(resource, &mut faults);
        faults.say(&resource.resource.value, diagnostics);
    }
}

/// The same for the descriptor of the events.
pub(super) fn check_trigger(trigger: &TriggerDescriptor, diagnostics: &mut Diagnostics) {
    let mut faults = Faults(Vec::new());
    trigger::check(trigger, &mut faults);
    faults.say("events", diagnostics);
}

/// What is wrong with a descriptor.
struct Faults(Vec<String>);

impl Faults {
    fn say(self, what: &str, diagnostics: &mut Diagnostics) {
        for fault in self.0 {
            let message = format!("the n8n descriptor of `{what}`: {fault}");
            diagnostics.push(
                Diagnostic::warning(Code::Internal, Origin::default(), message)
                    .action("it was written as it is")
                    .hint("this is a fault of Specwright: please report it with the document"),
            );
        }
    }

    fn add(&mut self, fault: String) {
        self.0.push(fault);
    }
}

/// The properties of a resource that an operation has.
fn of_operation<'r>(
    resource: &'r ResourceDescriptor,
    operation: &'r str,
) -> impl Iterator<Item = &'r Property> {
    resource.properties.iter().filter(move |property| {
        let shown = property.display_options.as_ref();
        let operations = shown.and_then(|shown| shown.show.get("operation"));
        operations.is_some_and(|it| it.iter().any(|value| value == operation))
    })
}

/// The members of a property, side by side, by where they are: one group for a collection, one for each
/// section of a fixed collection.
fn groups(property: &Property) -> Vec<&[Property]> {
    match &property.options {
        PropertyOptions::Members(members) => vec![members],
        PropertyOptions::Sections(sections) => sections
            .iter()
            .map(|section| section.values.as_slice())
            .collect(),
        PropertyOptions::None | PropertyOptions::Items(_) => Vec::new(),
    }
}

/// Every property, those inside others included.
fn all(resource: &ResourceDescriptor) -> Vec<&Property> {
    let mut found: Vec<&Property> = Vec::new();
    let mut pending: Vec<&Property> = resource.properties.iter().rev().collect();
    while let Some(property) = pending.pop() {
        found.push(property);
        let inside = groups(property).into_iter().flatten();
        pending.extend(inside.collect::<Vec<_>>().into_iter().rev());
    }
    found
}
