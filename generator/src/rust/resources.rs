//! A module per resource: its handle, a method per action, and what only its actions take.

use super::builders::{Output, output, required};
use super::docs::{attributes, code, first_of};
use super::form_fields::{is_form_data, part_encodings};
use super::format::SourceFile;
use super::layout::Home;
use super::lints::many_arguments;
use super::reach::{chosen_media, is_typed};
use super::{Context, ident};
use crate::ir::{
    Action, ActionId, Encoding, Media, Parameter, Place, Primitive, ResourceId, Schema, Style, Type,
};
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// `resources/<resource>.rs`.
    pub(super) fn resource_file(&self, id: ResourceId) -> SourceFile {
        let Some((resource, names)) = self.api.resource(id).zip(self.names.resources.get(id.0))
        else {
            return SourceFile::default();
        };
        let title = resource.plural.join(" ");
        let description = first_of(&[resource.description.as_deref()], || {
            format!("Actions on {title}.")
        });
        let handle = ident(&names.handle);
        let methods: Vec<TokenStream> = resource
            .actions
            .iter()
            .filter_map(|id| self.method(*id))
            .collect();
        let operations: Vec<TokenStream> = resource
            .actions
            .iter()
            .filter_map(|id| {
                let constant = self.constant(&self.names.actions.get(id.0)?.method);
                let operation = self.operation(*id, self.api.action(*id)?);
                Some(quote!(const #constant: rt::Operation = #operation;))
            })
            .collect();
        let mut models = SourceFile::default();
        for ty in self.layout.types(Home::Resource(id)) {
            self.model(ty, &mut models);
        }
        let imports = self.imports(Some(Home::Resource(id)));
        let mut file = SourceFile::new(format!("{}\n\n{description}", heading(&resource.plural)));
        file.code(quote! {
            #imports
            use specwright_runtime as rt;
        });
        let docs = attributes(&description);
        file.code(quote! {
            #docs
            #[derive(Debug, Clone, Copy)]
            pub struct #handle<'c> { pub(crate) core: &'c rt::Client }
        });
        file.code(quote!(impl #handle<'_> { #(#methods)* }));
        if !operations.is_empty() {
            file.space();
        }
        for operation in operations {
            file.line(operation);
        }
        file.pieces.extend(models.pieces);
        file
    }

    fn method(&self, id: ActionId) -> Option<TokenStream> {
        let action = self.api.action(id)?;
        let names = self.names.actions.get(id.0)?;
        let method = ident(&names.method);
        let builder = self.use_builder(id)?;
        let output = self.output_type(action).map(|output| quote!(<#output>));
        let docs = attributes(&self.method_docs(id, action));
        let deprecated = super::model_docs::deprecated(action.deprecation.is_some());
        let constant = self.constant(&names.method);
        let parameters = required(action).filter_map(|(index, parameter)| {
            Some((parameter, ident(names.parameters.get(index)?)))
        });
        let (mut arguments, mut calls) = (Vec::new(), Vec::new());
        for (parameter, name) in parameters {
            arguments.push(self.argument(&name, &parameter.schema));
            let value = argument_value(&name, &parameter.schema);
            let (call, rest) = placed(parameter, &value);
            calls.push(quote!(.#call(#rest)));
        }
        if let Some(media) = action
            .body
            .as_ref()
            .filter(|body| body.required)
            .and_then(chosen_media)
        {
            let body = ident("body");
            let (argument, call) = self.body(&body, media);
            arguments.push(argument);
            calls.push(quote!(.#call));
        }
        let many = many_arguments(1 + arguments.len());
        Some(quote! {
            #docs
            #deprecated
            #many
            pub fn #method(&self, #(#arguments),*) -> #builder #output {
                #builder(rt::Call::new(self.core, &#constant)#(#calls)*)
            }
        })
    }

    /// The type argument of an action's builder; `None` for one that is not generic.
    fn output_type(&self, action: &Action) -> Option<TokenStream> {
        match output(self.api, action) {
            Output::Json(ty, nullable) => {
                let ty = self.ty(ty);
                Some(if nullable { quote!(Option<#ty>) } else { ty })
            }
            Output::Page(items, _) => Some(self.schema(items)),
            Output::Items(items) => Some(self.item_type(&items)),
            Output::Empty | Output::Text | Output::Bytes => None,
        }
    }

    /// An argument of a method: text by anything that is a `str`, the rest by value.
    pub(super) fn argument(&self, name: &proc_macro2::Ident, schema: &Schema) -> TokenStream {
        if is_text(schema) {
            return quote!(#name: impl AsRef<str>);
        }
        let ty = self.ty(&schema.ty);
        quote!(#name: #ty)
    }

    /// The argument that takes a body, and the call that puts it into the request.
    pub(super) fn body(
        &self,
        name: &proc_macro2::Ident,
        media: &Media,
    ) -> (TokenStream, TokenStream) {
        // A range such as `image/*` is no type that a request can have.
        let range = media.media_type.contains('*');
        let content_type = if range {
            "application/octet-stream"
        } else {
            &media.media_type
        };
        match &media.encoding {
            Encoding::Json => {
                let ty = self.schema(&media.schema);
                let call = if is_plain_json(&media.media_type) {
                    quote!(json(&#name))
                } else {
                    quote!(json_as(#content_type, &#name))
                };
                (quote!(#name: #ty), call)
            }
            Encoding::Form(parts) => {
                let ty = self.schema(&media.schema);
                let fields = super::form_fields::form_fields(parts);
                let call = if fields.is_empty() {
                    quote!(form(&#name))
                } else {
                    quote!(form_with(&#name, &[#(#fields),*]))
                };
                (quote!(#name: #ty), call)
            }
            Encoding::Xml if media.typed_xml => {
                let (ty, root) = (self.schema(&media.schema), self.xml_root(media));
                (
                    quote!(#name: #ty),
                    quote!(xml(#content_type, &#root, &#name)),
                )
            }
            Encoding::Text => (
                quote!(#name: impl Into<String>),
                quote!(text(#content_type, #name)),
            ),
            Encoding::Multipart(parts) if is_typed(self.api, media) => {
                let ty = self.ty(&media.schema.ty);
                let encodings = part_encodings(&media.media_type, parts);
                let call = match (is_form_data(&media.media_type), encodings.is_empty()) {
                    (true, true) => quote!(parts(&#name)),
                    (true, false) => quote!(parts_with(&#name, &[#(#encodings),*])),
                    (false, _) => quote!(parts_as(#content_type, &#name, &[#(#encodings),*])),
                };
                (quote!(#name: #ty), call)
            }
            Encoding::Multipart(_) if is_form_data(&media.media_type) => {
                (quote!(#name: rt::Multipart), quote!(multipart(#name)))
            }
            Encoding::Multipart(_) => (
                quote!(#name: rt::Multipart),
                quote!(multipart(#name.media_type(#content_type))),
            ),
            Encoding::JsonLines => {
                let ty = self.line_type(media);
                (
                    quote!(#name: rt::Lines<#ty>),
                    quote!(lines(#content_type, #name)),
                )
            }
            Encoding::Binary | Encoding::EventStream | Encoding::Xml => (
                quote!(#name: impl Into<rt::Body>),
                quote!(body(#content_type, #name)),
            ),
        }
    }
}

/// Whether a body of JSON goes out as `application/json`: a range is no type that a request can have.
pub(super) fn is_plain_json(media_type: &str) -> bool {
    media_type.contains('*') || media_type.split(';').next() == Some("application/json")
}

/// The setter of an optional parameter: its docs, and the call that puts the value into the request.
pub(super) fn setter(context: &Context<'_>, name: &str, parameter: &Parameter) -> TokenStream {
    let ident = ident(name);
    let fallback = || format!("Sets {}.", code(&parameter.wire_name));
    let mut text = first_of(
        &[
            parameter.description.as_deref(),
            parameter.schema.description.as_deref(),
        ],
        fallback,
    );
    let limits = super::model_docs::limits(&parameter.schema.constraints);
    let default = parameter
        .schema
        .default
        .as_ref()
        .map(|default| format!("When not set: {}.", code(&default.to_string())));
    let facts: Vec<String> = [limits]
        .into_iter()
        .filter(|text| !text.is_empty())
        .chain(default)
        .collect();
    if !facts.is_empty() {
        text.push_str(&format!("\n\n{}", facts.join(" ")));
    }
    let docs = attributes(&text);
    let deprecated = super::model_docs::deprecated(parameter.deprecated);
    let argument = context.argument(&ident, &parameter.schema);
    let value = argument_value(&ident, &parameter.schema);
    let (call, rest) = placed(parameter, &value);
    quote! {
        #docs
        #deprecated
        pub fn #ident(self, #argument) -> Self {
            Self(self.0.#call(#rest))
        }
    }
}

/// The call that puts a parameter where it belongs.
fn placed(parameter: &Parameter, value: &TokenStream) -> (TokenStream, TokenStream) {
    let name = &parameter.wire_name;
    if parameter.content.is_some() {
        let call = match parameter.place {
            Place::Path => quote!(path_json),
            Place::Query => quote!(query_json),
            Place::Header => quote!(header_json),
            Place::Cookie => quote!(cookie_json),
        };
        return (call, quote!(#name, #value));
    }
    let explode = parameter.explode;
    let style = super::form_fields::style(parameter.style);
    match (
        parameter.place,
        parameter.style,
        explode,
        parameter.allow_reserved,
    ) {
        (Place::Path, Style::Simple, false, _) => (quote!(path), quote!(#name, #value)),
        (Place::Path, ..) => (quote!(path_with), quote!(#name, #style, #explode, #value)),
        (Place::Query, Style::Form, true, false) => (quote!(query), quote!(#name, #value)),
        (Place::Query, _, _, false) => {
            (quote!(query_with), quote!(#name, #style, #explode, #value))
        }
        (Place::Query, _, _, true) => (
            quote!(query_reserved),
            quote!(#name, #style, #explode, #value),
        ),
        (Place::Header, Style::Simple, false, _) => (quote!(header), quote!(#name, #value)),
        (Place::Header, ..) => (quote!(header_with), quote!(#name, #style, #explode, #value)),
        (Place::Cookie, _, true, _) => (quote!(cookie), quote!(#name, #value)),
        (Place::Cookie, _, false, _) => (quote!(cookie_with), quote!(#name, #explode, #value)),
    }
}

/// Whether a value is plain text, which callers may give as `&str`.
fn is_text(schema: &Schema) -> bool {
    matches!(&schema.ty, Type::Primitive(Primitive::String { .. }))
}

pub(super) fn argument_value(name: &proc_macro2::Ident, schema: &Schema) -> TokenStream {
    if is_text(schema) {
        quote!(#name.as_ref())
    } else {
        quote!(&#name)
    }
}

fn heading(words: &[String]) -> String {
    format!("{}.", super::method_docs::capitalised(&words.join(" ")))
}
