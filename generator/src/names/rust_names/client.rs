//! Names of what a client is told once.

use super::actions::parameter_item;
use super::{CLIENT, Case, Lock, Scope, Table, reserved};
use crate::diag::Diagnostics;
use crate::ir::Api;

/// The builder's method for each client parameter, by index.
pub(super) fn allocate(api: &Api, lock: &mut Lock, diagnostics: &mut Diagnostics) -> Vec<String> {
    let all = api.client_parameters.iter();
    let items = all
        .map(|it| parameter_item(it.place, &it.wire_name, &it.schema.origin))
        .collect();
    let mut scope = Scope::new(Case::Value, reserved::CLIENT_BUILDER_METHODS);
    scope.allocate(&Table::new(CLIENT), items, lock, diagnostics)
}
