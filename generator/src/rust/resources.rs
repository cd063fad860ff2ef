//! A module per resource: its handle, a method per action, and what only its actions take.

use super::builders::{Output, kind_words, output, required};
use super::docs::{attributes, code, first_of, sanitize};
use super::errors::status_text;
use super::format::SourceFile;
use super::layout::Home;
use super::reach::chosen_media;
use super::{Context, ident};
use crate::ir::{
    Action, ActionId, Encoding, Idempotency, Kind, Media, Method, Parameter, Payload, Place,
    Primitive, Requirement, ResourceId, Schema, Strategy, Style, Type,
};
use proc_macro2::{Literal, TokenStream};
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
        let deprecated = super::models::deprecated(action.deprecation.is_some());
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
        Some(quote! {
            #docs
            #deprecated
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
                let plain = range || content_type.split(';').next() == Some("application/json");
                let call = if plain {
                    quote!(json(&#name))
                } else {
                    quote!(json_as(#content_type, &#name))
                };
                (quote!(#name: #ty), call)
            }
            Encoding::Form(_) => {
                let ty = self.schema(&media.schema);
                (quote!(#name: #ty), quote!(form(&#name)))
            }
            Encoding::Text => (
                quote!(#name: impl Into<String>),
                quote!(text(#content_type, #name)),
            ),
            Encoding::Multipart(_) => (quote!(#name: rt::Multipart), quote!(multipart(#name))),
            Encoding::Binary | Encoding::JsonLines | Encoding::EventStream | Encoding::Xml => (
                quote!(#name: impl Into<rt::Bytes>),
                quote!(bytes(#content_type, #name)),
            ),
        }
    }

    /// The constant that says everything about an action that is not an argument.
    fn operation(&self, id: ActionId, action: &Action) -> TokenStream {
        let name = action
            .operation_id
            .clone()
            .unwrap_or_else(|| format!("{} {}", action.method.as_str(), action.path));
        let path = &action.path;
        let mut operation = match action.method {
            Method::Get => quote!(rt::Operation::get(#name, #path)),
            Method::Put => quote!(rt::Operation::put(#name, #path)),
            Method::Post => quote!(rt::Operation::post(#name, #path)),
            Method::Delete => quote!(rt::Operation::delete(#name, #path)),
            Method::Head => quote!(rt::Operation::head(#name, #path)),
            Method::Patch => quote!(rt::Operation::patch(#name, #path)),
            Method::Options => {
                quote!(rt::Operation::new("OPTIONS", #name, #path, rt::Repeat::Safe))
            }
            Method::Trace => quote!(rt::Operation::new("TRACE", #name, #path, rt::Repeat::Safe)),
        };
        let envelope = match action
            .outcome
            .success
            .as_ref()
            .map(|success| &success.payload)
        {
            Some(Payload::Opened(envelope)) => envelope.path.as_slice(),
            Some(Payload::Whole(_) | Payload::Empty) | None => &[],
        };
        if !envelope.is_empty() {
            operation.extend(quote!(.opens(&[#(#envelope),*])));
        }
        if matches!(output(self.api, action), Output::Page(..)) {
            let paging = self.paging(action);
            let shared = self
                .shared_paging
                .get_or_init(|| self.shared_paging().map(|paging| paging.to_string()));
            let shared = shared
                .as_ref()
                .is_some_and(|shared| *shared == paging.to_string());
            let paging = if shared {
                self.used.borrow_mut().builders.insert("PAGING".to_owned());
                quote!(PAGING)
            } else {
                paging
            };
            operation.extend(quote!(.pages(#paging)));
        }
        if let Some(security) = &action.security {
            operation.extend(security_tokens(security));
        }
        match &action.idempotency {
            Idempotency::Safe if !action.method.is_safe() => {
                operation.extend(quote!(.repeat(rt::Repeat::Safe)));
            }
            Idempotency::Idempotent if !matches!(action.method, Method::Put | Method::Delete) => {
                operation.extend(quote!(.repeat(rt::Repeat::Idempotent)));
            }
            Idempotency::Safe
            | Idempotency::Idempotent
            | Idempotency::Keyed { .. }
            | Idempotency::Once => {}
        }
        if let Some(server) = action.servers.first().and_then(super::client::server_url) {
            operation.extend(quote!(.server(#server)));
        }
        let set = self.errors.of(id);
        if set != 0 {
            let set = Literal::usize_unsuffixed(set);
            operation.extend(quote!(.errors(#set)));
        }
        operation
    }

    /// The paging of most lists, where several have the same; a constant beside the builders.
    pub(super) fn shared_paging(&self) -> Option<TokenStream> {
        let lists = self
            .api
            .actions
            .iter()
            .filter(|action| matches!(output(self.api, action), Output::Page(..)));
        let mut counts: Vec<(String, usize, TokenStream)> = Vec::new();
        for paging in lists.map(|action| self.paging(action)) {
            let text = paging.to_string();
            match counts.iter_mut().find(|(other, ..)| *other == text) {
                Some((_, count, _)) => *count += 1,
                None => counts.push((text, 1, paging)),
            }
        }
        let most = counts
            .iter()
            .map(|(_, count, _)| *count)
            .max()
            .filter(|most| *most > 1)?;
        counts
            .into_iter()
            .find(|(_, count, _)| *count == most)
            .map(|(.., paging)| paging)
    }

    fn paging(&self, action: &Action) -> TokenStream {
        let Some(pagination) = &action.pagination else {
            return TokenStream::new();
        };
        let mut paging = match &pagination.strategy {
            Strategy::Cursor {
                parameter, next, ..
            } => quote!(rt::Paging::cursor(#parameter, &[#(#next),*])),
            Strategy::Page { parameter, first } => {
                let first = Literal::i64_unsuffixed(*first);
                quote!(rt::Paging::page(#parameter, #first))
            }
            Strategy::Offset { parameter } => quote!(rt::Paging::offset(#parameter)),
            Strategy::LinkHeader => quote!(rt::Paging::link()),
            Strategy::NextUrl { next } => quote!(rt::Paging::url(&[#(#next),*])),
        };
        if let Some(more) = &pagination.more {
            paging.extend(quote!(.more(&[#(#more),*])));
        }
        if let Some(total) = &pagination.total {
            paging.extend(quote!(.total(&[#(#total),*])));
        }
        paging
    }

    /// What an action's error statuses mean. Those that mean the same in many actions are described once,
    /// at the error type.
    fn error_list(&self, action: &Action) -> String {
        let (common, own): (Vec<_>, Vec<_>) = super::errors::error_responses(action)
            .partition(|response| self.errors.is_common(response));
        let mut text = Vec::new();
        if !common.is_empty() {
            let statuses: Vec<String> = common
                .iter()
                .map(|response| status_text(response.status))
                .collect();
            text.push(format!(
                "- {}: see [`ErrorBody`](crate::{}::ErrorBody).",
                statuses.join(", "),
                self.api.name
            ));
        }
        text.extend(own.into_iter().map(|response| {
            let description = response
                .description
                .as_deref()
                .map(sanitize)
                .unwrap_or_default();
            format!(
                "- {}: {}",
                status_text(response.status),
                description.replace('\n', "\n  ")
            )
        }));
        text.join("\n")
    }

    fn method_docs(&self, id: ActionId, action: &Action) -> String {
        let what = || {
            let words = kind_words(&action.kind);
            let resource = action.resource.and_then(|id| self.api.resource(id));
            match (&action.kind, resource) {
                (Kind::Custom { .. }, _) | (_, None) => {
                    capitalised(&format!("{}.", words.join(" ")))
                }
                (
                    Kind::FindMany | Kind::CreateMany | Kind::UpdateMany | Kind::DeleteMany,
                    Some(resource),
                ) => capitalised(&format!(
                    "{} {}.",
                    words.join(" "),
                    resource.plural.join(" ")
                )),
                (_, Some(resource)) => capitalised(&format!(
                    "{} {}.",
                    words.join(" "),
                    resource.singular.join(" ")
                )),
            }
        };
        let mut text = first_of(&[action.summary.as_deref()], || {
            first_of(&[action.description.as_deref()], what)
        });
        if !text.ends_with(['.', '!', '?', ':']) && !text.contains('\n') {
            text.push('.');
        }
        if let (Some(_), Some(description)) = (&action.summary, &action.description) {
            let description = sanitize(description);
            if !description.is_empty() && description != text {
                text.push_str(&format!("\n\n{description}"));
            }
        }
        text.push_str(&format!(
            "\n\n`{} {}`",
            action.method.as_str(),
            action.path.replace('`', "'")
        ));
        if action.deprecation.is_some() {
            text.push_str("\n\n**Deprecated.**");
            let message = action
                .deprecation
                .as_ref()
                .and_then(|deprecation| deprecation.message.as_deref());
            if let Some(message) = message {
                text.push_str(&format!(" {}", sanitize(message)));
            }
        }
        let arguments: Vec<String> = required(action)
            .filter_map(|(index, parameter)| {
                let name = self.names.actions.get(id.0)?.parameters.get(index)?;
                let description = parameter
                    .description
                    .as_deref()
                    .map(sanitize)
                    .filter(|text| !text.is_empty())?;
                Some(format!("- `{name}`: {}", description.replace('\n', "\n  ")))
            })
            .collect();
        if !arguments.is_empty() {
            text.push_str(&format!("\n\n# Arguments\n\n{}", arguments.join("\n")));
        }
        if let Some(docs) = &action.external_docs {
            text.push_str(&format!(
                "\n\nSee <{}>.",
                docs.url.replace(['<', '>', ' ', '\n'], "")
            ));
        }
        let errors = self.error_list(action);
        if !errors.is_empty() {
            text.push_str(&format!("\n\n# Errors\n\n{errors}"));
        }
        if let Some(example) = self.doc_example(id) {
            text.push_str(&format!("\n\n# Example\n\n{example}"));
        }
        text
    }
}

impl Context<'_> {
    /// The constant with an action's operation: `FIND_MANY`. One that a type is called already, as a type
    /// of a single letter may be, says that it is an operation.
    fn constant(&self, method: &str) -> proc_macro2::Ident {
        let name = crate::names::bare(method).to_uppercase();
        let taken = self.names.types.contains(&name)
            || self
                .names
                .resources
                .iter()
                .any(|other| other.handle == name)
            || self.builders.list.iter().any(|other| other.name == name);
        ident(&if taken {
            format!("{name}_OPERATION")
        } else {
            name
        })
    }
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
    let limits = super::models::limits(&parameter.schema.constraints);
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
    let deprecated = super::models::deprecated(parameter.deprecated);
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
    let style = match parameter.style {
        Style::Matrix => quote!(rt::Style::Matrix),
        Style::Label => quote!(rt::Style::Label),
        Style::Simple => quote!(rt::Style::Simple),
        Style::Form => quote!(rt::Style::Form),
        Style::SpaceDelimited => quote!(rt::Style::SpaceDelimited),
        Style::PipeDelimited => quote!(rt::Style::PipeDelimited),
        Style::DeepObject => quote!(rt::Style::DeepObject),
    };
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
        (Place::Header, _, false, _) => (quote!(header), quote!(#name, #value)),
        (Place::Header, _, true, _) => (quote!(header_with), quote!(#name, #explode, #value)),
        (Place::Cookie, _, true, _) => (quote!(cookie), quote!(#name, #value)),
        (Place::Cookie, _, false, _) => (quote!(cookie_with), quote!(#name, #explode, #value)),
    }
}

/// Whether a value is plain text, which callers may give as `&str`.
fn is_text(schema: &Schema) -> bool {
    matches!(&schema.ty, Type::Primitive(Primitive::String { .. }))
}

fn argument_value(name: &proc_macro2::Ident, schema: &Schema) -> TokenStream {
    if is_text(schema) {
        quote!(#name.as_ref())
    } else {
        quote!(&#name)
    }
}

/// The alternatives of an operation that has its own `security`.
fn security_tokens(security: &[Requirement]) -> TokenStream {
    let alternatives = security.iter().map(|requirement| {
        let keys = requirement.schemes.iter().map(|(key, _)| key);
        quote!(&[#(#keys),*])
    });
    quote!(.security(&[#(#alternatives),*]))
}

fn heading(words: &[String]) -> String {
    format!("{}.", capitalised(&words.join(" ")))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
