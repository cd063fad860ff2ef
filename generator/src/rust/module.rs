//! The files of one API's module, and of its test.

use super::docs::{code, sanitize};
use super::format::{Piece, SourceFile};
use super::layout::Home;
use super::package::{RustError, add, title};
use super::{Context, ident};
use crate::cases::{LeftOut, Table};
use crate::ir::ResourceId;
use crate::plan::WritePlan;
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// The module of the API.
    pub(super) fn module(&self) -> Result<WritePlan, RustError> {
        let mut plan = WritePlan::new();
        let root = format!("src/{}", self.api.name);
        add(&mut plan, &format!("{root}/mod.rs"), self.root_file())?;
        add(&mut plan, &format!("{root}/client.rs"), self.client_file())?;
        add(&mut plan, &format!("{root}/error.rs"), self.error_file())?;
        if !self.builders.list.is_empty() {
            add(
                &mut plan,
                &format!("{root}/actions.rs"),
                self.actions_file(),
            )?;
        }
        if let Some(dynamic) = self.dynamic_file() {
            add(&mut plan, &format!("{root}/dynamic.rs"), dynamic)?;
        }
        if let Some(tables) = self.xml_file() {
            add(&mut plan, &format!("{root}/xml.rs"), tables)?;
        }
        let mut models = SourceFile::new("Models: what the API sends and takes.");
        for (home, module) in self.model_modules() {
            let mut file = SourceFile::default();
            for id in self.layout.types(home) {
                self.model(id, &mut file);
            }
            let imports = self.imports(Some(home));
            file.pieces.insert(
                0,
                Piece::Code(quote!(#imports use specwright_runtime as rt;)),
            );
            file.docs = self.model_docs(home);
            add(&mut plan, &format!("{root}/models/{module}.rs"), file)?;
            let module = ident(&module);
            models.code(quote!(mod #module; pub use #module::*;));
        }
        add(&mut plan, &format!("{root}/models/mod.rs"), grouped(models))?;
        let mut resources = SourceFile::new("Resources: a module each, behind a feature each.");
        for (index, names) in self.names.resources.iter().enumerate() {
            let id = ResourceId(index);
            let (feature, module) = (self.feature(id), ident(&names.module));
            resources.code(quote!(#[cfg(feature = #feature)] pub mod #module;));
            add(
                &mut plan,
                &format!("{root}/resources/{}.rs", names.module),
                self.resource_file(id),
            )?;
        }
        add(
            &mut plan,
            &format!("{root}/resources/mod.rs"),
            grouped(resources),
        )?;
        if let Some(webhooks) = self.webhooks_file() {
            add(&mut plan, &format!("{root}/webhooks.rs"), webhooks)?;
        }
        if let Some(cases) = self.cases {
            self.tests(cases, &mut plan)?;
        }
        self.add_examples(&mut plan)?;
        Ok(plan)
    }

    /// The test that calls each action, and the cases it is made from.
    fn tests(&self, cases: &Table, plan: &mut WritePlan) -> Result<(), RustError> {
        let name = &self.api.name;
        let cases = &self.without_xml(cases);
        let test = self.test_file(cases);
        add(plan, &format!("tests/every_action/{name}.rs"), test)?;
        Ok(plan.add(format!("tests/cases/{name}.json"), cases.to_text(name))?)
    }

    /// The cases but for those of actions whose bodies are XML that has a type, which cases do not write.
    fn without_xml(&self, cases: &Table) -> Table {
        let mut table = cases.clone();
        for action in self
            .api
            .actions
            .iter()
            .filter(|it| super::xml::travels_as_xml(it))
        {
            let name = format!("{} {}", action.method.as_str(), action.path);
            table.cases.retain(|case| case.action != name);
            table.nulls.retain(|case| case.action != name);
            table.left_out.push(LeftOut {
                action: name,
                what: "operation".to_owned(),
                reason: "its body is XML".to_owned(),
            });
        }
        table
    }

    /// `mod.rs`: what users import.
    fn root_file(&self) -> SourceFile {
        let title = title(self.api);
        let description = self
            .api
            .description
            .as_deref()
            .map(sanitize)
            .filter(|text| !text.is_empty());
        let version = format!("The document's version: {}.", code(&self.api.version));
        let parts: Vec<String> = [Some(title), description, Some(version)]
            .into_iter()
            .flatten()
            .collect();
        let mut file = SourceFile::new(parts.join("\n\n"));
        file.pieces.extend(self.lints().map(Piece::Code));
        let webhooks = self.has_webhooks().then(|| {
            quote!(
                pub mod webhooks;
            )
        });
        let events = self.has_event_type().then(|| {
            quote!(
                pub use webhooks::Event;
            )
        });
        let dynamic = (!self.builders.list.is_empty()).then(|| {
            quote!(
                #[cfg(feature = "dynamic")]
                pub mod dynamic;
            )
        });
        let xml = (!self.xml.is_empty()).then(|| {
            quote!(
                #[allow(
                    dead_code,
                    unused_imports,
                    reason = "features take away what needs a table"
                )]
                mod xml;
            )
        });
        // A document with types alone has no actions.
        let actions = (!self.builders.list.is_empty()).then(|| {
            quote!(
                pub mod actions;
            )
        });
        file.code(quote! {
            #actions
            mod client;
            #dynamic
            mod error;
            pub mod models;
            pub mod resources;
            #webhooks
            #xml
        });
        let gated = self
            .names
            .resources
            .iter()
            .enumerate()
            .filter_map(|(index, names)| {
                let id = ResourceId(index);
                // Only inputs: handles stay in their modules, since users get them from the client.
                self.layout.types(Home::Resource(id)).next()?;
                let (feature, module) = (self.feature(id), ident(&names.module));
                let types = self
                    .layout
                    .types(Home::Resource(id))
                    .map(|id| self.type_name(id));
                Some(quote!(#[cfg(feature = #feature)] pub use resources::#module::{#(#types),*};))
            });
        let gated: Vec<TokenStream> = gated.collect();
        self.imports(None);
        let models = (!self.model_modules().is_empty()).then(|| {
            quote!(
                pub use models::*;
            )
        });
        file.code(quote! {
            pub use client::{Client, ClientBuilder};
            pub use error::{Error, ErrorBody};
            #models
            #(#gated)*
            #events
            pub use specwright_runtime as runtime;
            pub use specwright_runtime::{Base64, Date, Page, Secret, Time, Timestamp, Uri, Uuid, Value};
        });
        file
    }

    fn model_docs(&self, home: Home) -> String {
        match home {
            Home::Record(id) => format!(
                "{} and what only it has.",
                code(self.names.types.get(id.0).map_or("", String::as_str))
            ),
            Home::Shared | Home::Resource(_) | Home::Webhooks => {
                "Types that several others have.".to_owned()
            }
        }
    }
}

/// Declarations of one kind without empty lines between them.
fn grouped(file: SourceFile) -> SourceFile {
    let tokens: TokenStream = file
        .pieces
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Code(tokens) => Some(tokens),
            Piece::Remarked(..) | Piece::Space | Piece::Line(_) | Piece::Table { .. } => None,
        })
        .collect();
    let mut grouped = SourceFile::new(file.docs);
    if !tokens.is_empty() {
        grouped.code(tokens);
    }
    grouped
}
