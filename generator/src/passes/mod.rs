//! From IR to IR: what follows from what the document says.
//!
//! Each pass is one file with one public function. [`run`] lists them in their order, which matters:
//! each reads what those before it have decided.

mod client_parameters;
mod cursors;
mod directions;
mod envelope_events;
mod envelopes;
mod events;
mod files;
mod idempotency;
mod ids;
pub(crate) mod kinds;
mod merge_patch;
mod merge_shapes;
mod order;
mod overrides;
mod pagination;
mod paths;
mod procedures;
mod recursion;
mod relations;
mod resources;
mod roles;
mod secrets;
mod shapes;
mod subscriptions;
mod tags;
mod type_hints;
mod visit;
mod webhooks;
mod xml;

#[cfg(test)]
pub(crate) mod testing;

use crate::config::ApiConfig;
use crate::diag::Diagnostics;
use crate::ir::Api;

/// Infers everything that can be inferred, and lets the configuration correct it.
///
/// Nothing that the document says is dropped; every inference about an action leaves its
/// [evidence](crate::ir::Evidence). Overrides that apply to nothing are errors of code
/// [`StaleOverride`](crate::diag::Code::StaleOverride).
pub fn run(api: &mut Api, config: &ApiConfig, diagnostics: &mut Diagnostics) {
    tags::run(api); // what a union says of its variants
    secrets::run(api); // before the overrides, which may take it back
    let decided = overrides::run(api, config, diagnostics);
    xml::run(api);
    resources::run(api, &decided);
    kinds::run(api, &decided); // needs resources, whose paths are the canonical ones
    envelopes::run(api, &decided, diagnostics); // adds metadata types, named by kind; needs to know which XML has a type
    pagination::run(api, &decided); // needs to know where the items are
    cursors::run(api); // needs to know which parameters take cursors
    idempotency::run(api);
    ids::run(api); // needs the payloads, to find each resource's record
    relations::run(api); // needs the records
    envelope_events::run(api, config, diagnostics); // as the configuration says
    events::run(api, &config.webhooks, diagnostics); // needs the records
    files::run(api); // before types are told apart by direction
    directions::run(api, diagnostics); // needs relations and envelopes, whose types it copies
    merge_patch::run(api); // after directions, which has told what is sent from what is received
    roles::run(api); // needs kinds and events
    type_hints::run(api); // needs roles and resources
    merge_shapes::run(api, &decided); // renumbers types: nothing after it may keep an id of before
    recursion::run(api); // needs the relations
    order::run(api);
    webhooks::run(api, config, diagnostics);
    client_parameters::run(api); // needs pagination and idempotency
    subscriptions::run(api, &config.webhooks, diagnostics); // needs kinds, ids, client parameters and the names of events
}
