//! What of an API's events a trigger cannot do: each with a note, so that nothing is lost silently.

use super::is_heard;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Event};

/// Notes on events that cannot be chosen, and on deliveries that nobody can verify.
pub(super) fn notes(api: &Api, diagnostics: &mut Diagnostics) {
    let all: Vec<&Event> = api.events.iter().collect();
    let (heard, unheard): (Vec<&Event>, Vec<&Event>) =
        all.into_iter().partition(|event| is_heard(event));
    note(&unheard, diagnostics, |count| {
        let message = format!("another method than POST sends {count}");
        (message, "the n8n trigger does not hear of them")
    });
    let untold: Vec<&Event> = heard
        .iter()
        .copied()
        .filter(|event| event.key.is_none() || event.wire_name.is_none())
        .collect();
    note(&untold, diagnostics, |count| {
        let message = format!("nothing in a delivery tells {count} apart");
        (
            message,
            "the n8n trigger passes them on with \"[All]\", as events whose name is not known",
        )
    });
    if api.webhooks.signature.is_none() {
        note(&heard, diagnostics, |count| {
            let message = format!("nothing says how deliveries of {count} are signed");
            (message, "the n8n trigger takes deliveries as they come")
        });
    }
}

/// One note for some events, at the first of them.
fn note(
    events: &[&Event],
    diagnostics: &mut Diagnostics,
    says: impl Fn(&str) -> (String, &'static str),
) {
    let Some(first) = events.first() else { return };
    let count = match events.len() {
        1 => format!("the event `{}`", first.name),
        count => format!("{count} events"),
    };
    let (message, action) = says(&count);
    diagnostics
        .push(Diagnostic::note(Code::NotGenerated, first.origin.clone(), message).action(action));
}
