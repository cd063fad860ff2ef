//! Events: an enum of all of them, their bodies, and how deliveries are verified.
//!
//! ```text
//! shapes      when two bodies are the same but for what they are about
//! payloads    bodies that are written once for several
//! enumeration a line for each event
//! sample      a body, for the receiver among the examples
//! verifier    the scheme that deliveries are signed by
//! texts       what is said of all that
//! ```

mod enumeration;
mod payloads;
mod sample;
mod shapes;
mod texts;
mod verifier;

pub(super) use payloads::{Payloads, Shared};
pub(super) use sample::{named_body, sample};
pub(super) use shapes::is_label;

use super::format::SourceFile;
use super::layout::Home;
use super::types::Presence;
use super::{Context, ident};
use crate::ir::{Encoding, Event, Field, Media, Role, Schema, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The body of an event, where it is JSON.
pub(super) fn json_media(event: &Event) -> Option<&Media> {
    let media = event.body.as_ref()?.preferred()?;
    (media.encoding == Encoding::Json).then_some(media)
}

impl Context<'_> {
    /// `webhooks.rs`; `None` where there is nothing to write.
    pub(super) fn webhooks_file(&self) -> Option<SourceFile> {
        if !self.has_webhooks() {
            return None;
        }
        let mut types = SourceFile::default();
        for id in self.layout.types(Home::Webhooks) {
            self.model(id, &mut types);
        }
        let mut file = SourceFile::new(self.webhooks_docs());
        let mut all = SourceFile::default();
        if self.has_event_type() {
            self.event_enum(&mut all);
            self.verifier(&mut all);
        }
        all.pieces.append(&mut types.pieces);
        let used = std::mem::take(&mut *self.used.borrow_mut()).types;
        let foreign = |id| self.layout.home(id) != Some(Home::Webhooks);
        let models = used.into_iter().any(foreign).then(|| {
            // With a glob, a file whose resources are all turned off needs no other imports.
            quote! {
                #[allow(unused_imports, reason = "no resource may be turned on")]
                use super::models::*;
            }
        });
        let errors = self.has_event_type().then(|| {
            quote!(
                pub use specwright_runtime::webhook::Error;
            )
        });
        if !all.pieces.is_empty() {
            file.code(quote! {
                #models
                use specwright_runtime as rt;
                #errors
            });
        }
        if self.has_event_type() {
            file.space();
        }
        file.pieces.append(&mut all.pieces);
        Some(file)
    }

    /// Whether there is anything to write of events.
    pub(super) fn has_webhooks(&self) -> bool {
        let mut types = self.layout.types(Home::Webhooks);
        let mut bodies = self.api.events.iter().filter_map(json_media);
        self.has_event_type()
            || types.next().is_some()
            || bodies.any(|media| self.named_payload(media).is_some())
    }

    /// Whether there is an enum of the events: something tells them apart, or proves who sent them.
    pub(super) fn has_event_type(&self) -> bool {
        has_event_type(self.api)
    }

    /// The type of an event's body.
    fn payload(&self, media: &Media) -> TokenStream {
        let Type::Named(id) = media.schema.ty else {
            return self.schema(&media.schema);
        };
        let written = self.payloads.written(id);
        match written.zip(self.payloads.argument(self.api, id)) {
            Some((written, argument)) => {
                let (name, argument) = (self.bare_name(written), self.ty(&argument.ty));
                let body = quote!(#name<#argument>);
                if media.schema.nullable {
                    quote!(Option<#body>)
                } else {
                    body
                }
            }
            None => self.schema(&media.schema),
        }
    }

    /// A field of a body that is written for several.
    pub(super) fn shared_field(&self, shared: &Shared, field: &Field) -> (Presence, TokenStream) {
        if shared.parameter.as_deref() == Some(field.wire_name.as_str()) {
            // It does not lead back here, so that there is nothing to box.
            let field = Field {
                indirect: false,
                ..field.clone()
            };
            return self.field_of(&field, Role::Event, quote!(T));
        }
        let ty = self.shared_type(&field.schema.ty);
        self.field_of(field, Role::Event, ty)
    }

    /// A type inside such a body: what is one text in each of them is any text.
    fn shared_type(&self, ty: &Type) -> TokenStream {
        let inner = |schema: &Schema| {
            let ty = self.shared_type(&schema.ty);
            if schema.nullable {
                quote!(Option<#ty>)
            } else {
                ty
            }
        };
        match ty {
            _ if shapes::is_label(self.api, ty) => quote!(String),
            Type::Named(id) => self.type_name(self.payloads.written(*id).unwrap_or(*id)),
            Type::List(items) => {
                let item = inner(items);
                quote!(Vec<#item>)
            }
            Type::Map(values) if values.ty != Type::Any => {
                let value = inner(values);
                quote!(std::collections::BTreeMap<String, #value>)
            }
            _ => self.ty(ty),
        }
    }

    /// The variant of an event.
    pub(super) fn variant(&self, index: usize) -> Option<proc_macro2::Ident> {
        let name = self.names.events.get(index)?;
        Some(ident(name))
    }
}

/// Whether an API has an enum of its events.
pub(super) fn has_event_type(api: &crate::ir::Api) -> bool {
    let told_apart = api.events.iter().any(|event| event.key.is_some());
    told_apart || (!api.events.is_empty() && api.webhooks.signature.is_some())
}
