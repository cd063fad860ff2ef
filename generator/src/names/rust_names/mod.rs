//! Every Rust name of an API, decided before anything is written.

mod actions;
mod client;
mod events;
mod keys;
mod members;
mod reserved;
mod resources;
mod types;

use super::{Case, Item, Lock, Scope, Table};
use crate::diag::Diagnostics;
use crate::ir::{Api, Origin, TypeId};
use keys::Keys;
pub(in crate::names) use members::told_apart;

/// The Rust names of an API, by the ids and indices of the IR.
#[derive(Debug, Clone)]
pub struct RustNames {
    /// The name of each type, by `TypeId`: `ConnectedAccount`.
    pub types: Vec<String>,
    /// The names of each record's fields, by `TypeId` and the field's index: `created_at`, `r#type`.
    /// Empty for other types.
    pub fields: Vec<Vec<String>>,
    /// The name of the field that keeps a record's additional properties, by `TypeId`:
    /// `additional_properties`, or what is free.
    pub additional: Vec<String>,
    /// The names of the variants of enums and unions, by `TypeId` and the variant's index: `Created`.
    /// `Unknown` is never among them. Empty for other types.
    pub variants: Vec<Vec<String>>,
    /// The names of each resource, by `ResourceId`.
    pub resources: Vec<ResourceNames>,
    /// The names of each action, by `ActionId`.
    pub actions: Vec<ActionNames>,
    /// The builder's method for each of [`Api::client_parameters`], by index: `x_account`.
    pub client_parameters: Vec<String>,
    /// The variant of each event, by its index: `CompanyCreated`. `Unknown` is never among them.
    pub events: Vec<String>,
    /// The namespace of the types, for further names such as builders'; see [`RustNames::builder`].
    pub type_scope: Scope,
}

/// The names of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResourceNames {
    /// Its module and file, ASCII, never raw: `connected_accounts`.
    pub module: String,
    /// The type with its actions, in the namespace of the types: `ConnectedAccounts`.
    pub handle: String,
    /// The client's method for it: `connected_accounts`.
    pub accessor: String,
    /// Its Cargo feature without the API's prefix: `connected-accounts`.
    pub feature: String,
}

/// The names of an action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionNames {
    /// The handle's method: `find_many`, `r#move`.
    pub method: String,
    /// Its parameters, by index: `starting_after`.
    pub parameters: Vec<String>,
}

/// A type that is written once for several of the document's: the body of an event, as an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedType {
    /// The one of them that is named.
    pub id: TypeId,
    /// All of them.
    pub of: Vec<TypeId>,
    /// What to call it, best first, as words.
    pub candidates: Vec<Vec<String>>,
}

impl RustNames {
    /// A further name beside the types, for something that generated code defines: `keys` say what it
    /// stands for, one for each action that shares it, `candidates` are the words of its names, best
    /// first. The lock keeps it in `rust.builders`.
    pub fn builder(
        &mut self,
        keys: Vec<String>,
        origin: &Origin,
        candidates: Vec<Vec<String>>,
        lock: &mut Lock,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let mut names = types::Names::default();
        for words in &candidates {
            names.add(words);
        }
        names.places(origin, candidates.first().map_or(&[], Vec::as_slice));
        let mut names = names.list.into_iter();
        let first = names.next();
        let more: Vec<String> = names.collect();
        let item = Item {
            keys,
            origin,
            text: "",
            first,
            more: Box::new(move || more.clone()),
        };
        self.type_scope
            .name(&Table::new(BUILDERS), item, lock, diagnostics)
    }
}

/// The sections of the lock.
const TYPES: &str = "rust.types";
const FIELDS: &str = "rust.fields";
const VARIANTS: &str = "rust.variants";
const HANDLES: &str = "rust.handles";
const MODULES: &str = "rust.modules";
const ACCESSORS: &str = "rust.accessors";
const METHODS: &str = "rust.methods";
const PARAMETERS: &str = "rust.parameters";
const BUILDERS: &str = "rust.builders";
const CLIENT: &str = "rust.client";
const EVENTS: &str = "rust.events";

/// Gives every part of an API its Rust name, and tells the lock.
///
/// A name depends on where the part comes from and on nothing else, unless two parts ask for one
/// name. What is in the lock keeps its name; what is in the lock and not in the document any more
/// is marked as retired. Names of builders, which are made later, are retired by
/// `lock.retire_unused("rust.builders")`.
///
/// Only types that are `shown` get a name; an envelope that is opened, for example, needs none. Those
/// that are `shared` have names of their own.
pub fn allocate(
    api: &Api,
    shown: &dyn Fn(TypeId) -> bool,
    shared: &[SharedType],
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> RustNames {
    let keys = Keys::new(api);
    let mut type_scope = Scope::new(Case::Type, reserved::TYPES);
    for section in [TYPES, HANDLES, BUILDERS] {
        type_scope.hold(&Table::new(section), lock);
    }
    let wanted = types::Wanted { shown, shared };
    let types = types::allocate(api, &wanted, &keys, &mut type_scope, lock, diagnostics);
    let fields = members::fields(api, &types, lock, diagnostics);
    let additional = members::additional(api, &fields);
    let variants = members::variants(api, &types, lock, diagnostics);
    let resources = resources::allocate(api, &mut type_scope, lock, diagnostics);
    let actions = actions::allocate(api, &keys, &resources, lock, diagnostics);
    let client_parameters = client::allocate(api, lock, diagnostics);
    let events = events::allocate(api, lock, diagnostics);
    for section in [
        TYPES, FIELDS, VARIANTS, HANDLES, MODULES, ACCESSORS, METHODS, PARAMETERS, CLIENT, EVENTS,
    ] {
        lock.retire_unused(section);
    }
    RustNames {
        types,
        fields,
        additional,
        variants,
        resources,
        actions,
        client_parameters,
        events,
        type_scope,
    }
}

#[cfg(test)]
mod tests;
