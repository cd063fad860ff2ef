//! A descriptor of the events, for the trigger node.
//!
//! ```text
//! kinds         what tells events apart, and which options they are
//! signature     how deliveries are signed
//! subscription  the requests by which one subscribes
//! properties    the node's parameters
//! unwritten     what is left out, and what cannot be done
//! ```

mod kinds;
mod properties;
mod signature;
mod subscription;
#[cfg(test)]
mod tests;
mod unwritten;

use super::check;
use super::model::{SCHEMA_VERSION, TriggerDescriptor};
use super::package::title;
use crate::config::N8nProfile;
use crate::diag::Diagnostics;
use crate::ir::{Api, Event, Method};
use crate::names::{Lock, N8nEvents};

/// The option that stands for every event.
const EVERY: &str = "*";

/// Describes the events of an API, where it has any that come as a `POST`.
///
/// Names are taken from the lock, and new ones are added to it. What cannot be chosen or verified is a
/// [`Code::NotGenerated`](crate::diag::Code::NotGenerated) diagnostic.
pub fn trigger(
    api: &Api,
    profile: &N8nProfile,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Option<TriggerDescriptor> {
    let names = N8nEvents::allocate(api, lock);
    unwritten::notes(api, diagnostics);
    if !api.events.iter().any(is_heard) {
        return None;
    }
    let signature = api.webhooks.signature.as_ref();
    let signature = signature.map(|it| signature::signature(&it.scheme));
    let mut trigger = TriggerDescriptor {
        schema_version: SCHEMA_VERSION,
        kinds: kinds::kinds(api, &names),
        groups: kinds::groups(&names),
        delivery_id: match signature {
            Some(_) => api.webhooks.delivery_id.clone(),
            None => Vec::new(),
        },
        signature,
        subscription: subscription::subscription(api, &names),
        properties: Vec::new(),
    };
    trigger.properties = properties::properties(api, &title(api, profile), &names, &trigger);
    check::check_trigger(&trigger, diagnostics);
    Some(trigger)
}

/// Whether a trigger hears of an event: its URL takes requests of one method.
fn is_heard(event: &Event) -> bool {
    event.method == Method::Post
}
