//! Names of events.

use super::super::words;
use super::members::told_apart;
use super::{Case, EVENTS, Item, Lock, Scope, Table, reserved};
use crate::diag::Diagnostics;
use crate::ir::{Api, Event};

/// The variant of each event, by index.
pub(super) fn allocate(api: &Api, lock: &mut Lock, diagnostics: &mut Diagnostics) -> Vec<String> {
    let items = api.events.iter().map(item).collect();
    let mut scope = Scope::new(Case::Type, reserved::VARIANTS);
    scope.allocate(&Table::new(EVENTS), items, lock, diagnostics)
}

/// An event is called as the document calls it; else as it is called on the wire.
fn item(event: &Event) -> Item<'_> {
    let text = event.name.as_str();
    Item {
        keys: vec![text.to_owned()],
        origin: &event.origin,
        text,
        first: Case::Type.identifier(&words(text)),
        more: Box::new(move || {
            let wire = event.wire_name.as_deref().map(words);
            let wire = wire.and_then(|words| Case::Type.identifier(&words));
            let mut names: Vec<String> = wire.into_iter().collect();
            names.extend(told_apart(Case::Type, text));
            names
        }),
    }
}
