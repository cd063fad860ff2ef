//! Names of what a client is told once.

use super::super::{client_words, words};
use super::actions::parameter_item;
use super::{CLIENT, Case, Item, Lock, Scope, Table, reserved};
use crate::diag::Diagnostics;
use crate::ir::{Api, ClientParameter};

/// The builder's method for each client parameter, by index: `account` of `X-SavvyCal-Account`.
pub(super) fn allocate(api: &Api, lock: &mut Lock, diagnostics: &mut Diagnostics) -> Vec<String> {
    let all = api.client_parameters.iter();
    let items = all.map(|it| item(api, it)).collect();
    let mut scope = Scope::new(Case::Value, reserved::CLIENT_BUILDER_METHODS);
    scope.allocate(&Table::new(CLIENT), items, lock, diagnostics)
}

/// Its own words, and where they are taken all words of its name on the wire.
fn item<'a>(api: &Api, parameter: &'a ClientParameter) -> Item<'a> {
    let origin = &parameter.schema.origin;
    let whole = parameter_item(parameter.place, &parameter.wire_name, origin);
    let all = Case::Value.identifier(&words(&parameter.wire_name));
    let more = whole.more;
    Item {
        first: Case::Value.identifier(&client_words(api, &parameter.wire_name)),
        more: Box::new(move || all.iter().cloned().chain(more()).collect()),
        ..whole
    }
}
