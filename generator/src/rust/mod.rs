//! The Rust back end: IR into an SDK.
//!
//! ```text
//! reach         which types are shown       builders      one builder per set of parameters
//! layout        which file each of them is  resources     a module per resource, a method per action
//! types         IR types as Rust types      operations    what is constant about an action
//! models        records, enums, unions      client,       the client, its builder, what the API is
//!                                             shared
//! model_docs,   what is said of them        errors        one error type per API
//!   method_docs                             every_action, the test that calls each action
//! examples,     calls and values              test_driver
//!   values                                  package,      all files of a crate
//! example_files programs for examples/        company
//! literals,     JSON values as code         manifest,     Cargo.toml, README.md
//!   functions,
//!   scalars                                   readme
//! streams       bodies that are streams of items
//! dynamic       calls by name, behind a feature
//! xml           tables of how models look in XML
//! events        events, their bodies, how deliveries are verified
//! unwritten     what is left out           manual        what things are called, for others
//! lints         what linters would say
//! docs, format, text and tokens made safe
//!   remarks
//! ```
//!
//! Everything that repeats is in the runtime crate; what is written here says only what is special
//! about an action or a type. Names come from [`crate::names`], text from the document goes through
//! `docs`, and code is always tokens.

mod builders;
mod client;
mod company;
mod docs;
mod dynamic;
mod errors;
mod events;
mod every_action;
mod example_files;
mod examples;
mod form_fields;
mod format;
mod functions;
mod layout;
mod lints;
mod literals;
mod manifest;
mod manual;
mod method_docs;
mod model_docs;
mod models;
mod module;
mod operations;
mod package;
mod reach;
mod readme;
mod remarks;
mod resources;
mod scalars;
mod shared;
mod streams;
mod test_driver;
mod tokens;
mod types;
mod union_tables;
mod unwritten;
mod values;
mod xml;

pub use manual::{Call, CrateHome, Manual, manual};
pub use package::{Crate, RustError, module, standalone, workspace};
pub use reach::{TypeSet, shown};
pub use readme::read_me;

use crate::cases::Table;
use crate::ir::{Api, TypeId};
use crate::names::{RustNames, ident};
use builders::Builders;
use errors::ErrorSets;
use events::Payloads;
use layout::Layout;
use proc_macro2::TokenStream;
use quote::quote;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use xml::XmlTables;

/// What a crate is generated from, with everything that is decided before a line is written.
struct Context<'a> {
    api: &'a Api,
    cases: Option<&'a Table>,
    names: &'a RustNames,
    payloads: Payloads,
    shown: TypeSet,
    layout: Layout,
    builders: Builders,
    errors: ErrorSets,
    xml: XmlTables,
    place: Place<'a>,
    /// The types and builders that the file being written mentions, for its imports.
    used: RefCell<Used>,
    /// The paging that has a constant of its own, as text that compares.
    shared_paging: OnceCell<Option<String>>,
}

/// What a file mentions of other files.
#[derive(Debug, Default)]
struct Used {
    types: BTreeSet<TypeId>,
    builders: BTreeSet<String>,
}

/// Where the API's module lies, which shows in its documentation and features only.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    /// The path that users import from: `twenty` alone, `specwright_generated::twenty` in company.
    import: &'a str,
    /// What stands before a resource's feature: `twenty-` in company, nothing alone.
    feature_prefix: &'a str,
    /// The version of the crate, for the user agent.
    version: &'a str,
}

impl<'a> Context<'a> {
    fn new(
        api: &'a Api,
        cases: Option<&'a Table>,
        names: &'a RustNames,
        builders: Builders,
        place: Place<'a>,
    ) -> Self {
        let payloads = Payloads::new(api);
        let shown = reach::with_payloads(api, &payloads);
        let layout = Layout::new(api, &shown);
        let xml = XmlTables::new(api, names);
        let errors = ErrorSets::new(api, &xml);
        Self {
            api,
            cases,
            names,
            payloads,
            shown,
            layout,
            builders,
            errors,
            xml,
            place,
            used: RefCell::default(),
            shared_paging: OnceCell::new(),
        }
    }

    /// The feature of a resource.
    fn feature(&self, resource: crate::ir::ResourceId) -> String {
        let name = self
            .names
            .resources
            .get(resource.0)
            .map_or("general", |names| names.feature.as_str());
        format!("{}{name}", self.place.feature_prefix)
    }

    /// The builder of an action, for a file that mentions it.
    fn use_builder(&self, action: crate::ir::ActionId) -> Option<proc_macro2::Ident> {
        let builder = self.builders.of(action)?;
        self.used.borrow_mut().builders.insert(builder.name.clone());
        Some(ident(&builder.name))
    }

    /// Imports of everything mentioned since the last call; `home` is the file they are for.
    fn imports(&self, home: Option<layout::Home>) -> TokenStream {
        let used = std::mem::take(&mut *self.used.borrow_mut());
        let root = ident(&self.api.name);
        let foreign = |id: &TypeId| {
            self.layout
                .home(*id)
                .is_some_and(|there| Some(there) != home)
        };
        let mut models = Vec::new();
        let mut told = Vec::new();
        let mut gated = TokenStream::new();
        for id in used.types.iter().filter(|id| foreign(id)) {
            let name = self.names.types.get(id.0).map(|name| ident(name));
            match self.layout.home(*id) {
                Some(layout::Home::Resource(resource)) => {
                    let module = self
                        .names
                        .resources
                        .get(resource.0)
                        .map(|names| ident(&names.module));
                    gated.extend(quote!(use crate::#root::resources::#module::#name;));
                }
                Some(layout::Home::Webhooks) => told.extend(name),
                _ => models.extend(name),
            }
        }
        models.sort();
        told.sort();
        let told = (!told.is_empty()).then(|| quote!(use crate::#root::webhooks::{#(#told),*};));
        let models =
            (!models.is_empty()).then(|| quote!(use crate::#root::models::{#(#models),*};));
        let builders: Vec<_> = used.builders.iter().map(|name| ident(name)).collect();
        let builders =
            (!builders.is_empty()).then(|| quote!(use crate::#root::actions::{#(#builders),*};));
        quote!(#builders #models #told #gated)
    }
}
