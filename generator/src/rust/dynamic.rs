//! Calls by name: a table of the operations, each with how JSON becomes its typed call.

use super::builders::{Output, optional, output, required, stream_beside};
use super::format::SourceFile;
use super::reach::{chosen_media, is_typed};
use super::{Context, ident};
use crate::ir::{
    Action, ActionId, Api, Encoding, Media, Parameter, Place, Primitive, ResourceId, Type,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The feature that turns calls by name on, and what it turns on itself.
pub(super) fn feature() -> [(String, Vec<String>); 1] {
    let runtime = "specwright-runtime/dynamic".to_owned();
    [("dynamic".to_owned(), vec![runtime])]
}

/// What the arguments of a call by name are called: for each parameter of an action, in their order.
///
/// That is the name on the wire, with the place in front (`query.id`) where several parameters have it, or
/// where it means something else.
fn argument_names(api: &Api, action: &Action) -> Vec<String> {
    let is_stream =
        matches!(output(api, action), Output::Items(_)) || stream_beside(api, action).is_some();
    let is_taken = |name: &str| [BODY, HEADERS].contains(&name) || is_stream && name == RESUME;
    let named = |name: &str| {
        let parameters = action.parameters.iter();
        parameters.filter(|it| it.wire_name == name).count()
    };
    let name = |parameter: &Parameter| {
        let name = &parameter.wire_name;
        if named(name) > 1 || is_taken(name) {
            format!("{}.{name}", place(parameter.place))
        } else {
            name.clone()
        }
    };
    action.parameters.iter().map(name).collect()
}

/// What the body is called among the arguments of a call by name.
const BODY: &str = "body";

/// What headers are called there that are no parameters.
const HEADERS: &str = "headers";

/// How often a stream is taken up again.
const RESUME: &str = "resume";

const fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

impl Context<'_> {
    /// `dynamic.rs`; none where there are no actions.
    pub(super) fn dynamic_file(&self) -> Option<SourceFile> {
        if self.builders.list.is_empty() {
            return None;
        }
        let mut file = SourceFile::new(
            "Calls by name: JSON in, JSON out.\n\nFor command lines, agents and tests. What is sent is what \
             the typed actions send: arguments are\nread as the types that those take.",
        );
        file.code(quote! {
            use super::client::{Client, ClientBuilder};
            use super::error::ErrorBody;
            use specwright_runtime as rt;
            use rt::dynamic::Operation;
        });
        file.code(client_methods());
        let resources = (0..self.api.resources.len()).filter_map(|index| {
            let id = ResourceId(index);
            let (feature, names) = (self.feature(id), self.names.resources.get(index)?);
            Some((feature, self.constant(&names.module), id))
        });
        let resources: Vec<_> = resources.collect();
        let lists = resources
            .iter()
            .map(|(feature, list, _)| quote!(#[cfg(feature = #feature)] #list));
        file.code(quote! {
            /// The operations of the resources that are turned on, a list for each.
            pub fn operations() -> &'static [&'static [Operation<Client, ErrorBody>]] {
                &[#(#lists),*]
            }
        });
        for (feature, list, id) in resources {
            self.operations_of(id, &feature, &list, &mut file);
        }
        self.imports(None);
        Some(file)
    }

    fn operations_of(&self, id: ResourceId, feature: &str, list: &Ident, file: &mut SourceFile) {
        let names = self.names.resources.get(id.0);
        let Some((resource, names)) = self.api.resource(id).zip(names) else {
            return;
        };
        let accessor = ident(&names.accessor);
        let operations = resource.actions.iter();
        let operations = operations.filter_map(|id| self.dynamic_operation(*id));
        file.space();
        file.table(
            quote!(
                #[cfg(feature = #feature)]
                rt::operations
            ),
            quote!(#list: #accessor, Client, ErrorBody),
            operations.collect(),
        );
    }

    fn dynamic_operation(&self, id: ActionId) -> Option<TokenStream> {
        let action = self.api.action(id)?;
        let names = self.names.actions.get(id.0)?;
        let method = ident(&names.method);
        let keys = argument_names(self.api, action);
        let mut arguments: Vec<TokenStream> = required(action)
            .filter_map(|(index, parameter)| {
                let (read, key) = (read(parameter), keys.get(index)?);
                Some(quote!(#read #key))
            })
            .collect();
        let body = action.body.as_ref();
        let body = body.and_then(|body| Some((body.required, self.read_body(chosen_media(body)?))));
        if let Some((true, read)) = &body {
            arguments.push(quote!(#read #BODY));
        }
        let setters = optional(action).filter_map(|(index, parameter)| {
            let (read, key) = (read(parameter), keys.get(index)?);
            let setter = ident(names.parameters.get(index)?);
            Some(quote!(+ #setter(#read #key)))
        });
        let setters: Vec<TokenStream> = setters.collect();
        let body = body.filter(|(required, _)| !required);
        let body = body.map(|(_, read)| quote!(& body(#read)));
        let form = match output(self.api, action) {
            Output::Bytes if is_text_media(action) => quote!(text_of),
            Output::Bytes => quote!(base64),
            Output::Page(..) => quote!(page),
            Output::Items(_) => quote!(items),
            Output::Empty | Output::Json(..) | Output::Text => quote!(same),
        };
        let streamed = stream_beside(self.api, action).map(|items| {
            let media_type = &items.media.media_type;
            quote!(| #media_type stream(items))
        });
        let others = self.alternatives(id, action).map(|it| it.dynamic());
        let others: Vec<TokenStream> = streamed.into_iter().chain(others).collect();
        let route = format!("{} {}", action.method.as_str(), action.path);
        let name = action.operation_id.as_ref().unwrap_or(&route);
        Some(
            quote!(#name #route = #method(#(#arguments),*) #(#setters)* #body -> #form #(#others)*),
        )
    }

    /// How a body is read.
    fn read_body(&self, media: &Media) -> TokenStream {
        match &media.encoding {
            Encoding::Json | Encoding::Form(_) => quote!(value),
            Encoding::Multipart(_) if is_typed(self.api, media) => quote!(value),
            Encoding::Multipart(_) => quote!(form),
            Encoding::Binary => quote!(bytes),
            Encoding::JsonLines => quote!(lines),
            Encoding::Xml if media.typed_xml => quote!(value),
            Encoding::Text | Encoding::EventStream | Encoding::Xml => quote!(text),
        }
    }
}

/// What users call.
fn client_methods() -> TokenStream {
    quote! {
        impl Client {
            /// Calls an operation by its `operationId`, or by its method and path template
            /// (`GET /people/{id}`): see [`operations`].
            ///
            /// `arguments` is an object with a key for each parameter, by its name in requests, and `body`;
            /// `headers` is an object with others of this call. Where several parameters have one name, or one
            /// of those two, their place stands in front: `query.id`. Bodies of bytes are base64, those of
            /// other text formats than JSON are text; one of lines of JSON is a list. Bodies of XML that have a
            /// type are JSON, too. A multipart body is an object of its parts, in which a file is an object with
            /// `base64`, and with `fileName` and `contentType` where it has them.
            ///
            /// The answer is what the typed action gives, or what it gives of the media type that the header
            /// `Accept` names: of a list, a page with `items`, `meta` and `next`;
            /// of a stream, its items in a list, when it has ended; `resume` says how often it is taken up again.
            ///
            /// # Errors
            /// Those of the typed action. There is no such operation, or an argument is missing, unknown or
            /// not what the operation takes: an `Error::Request`, before anything is sent.
            pub fn call(&self, operation: &str, arguments: rt::Value) -> rt::dynamic::Answer<ErrorBody> {
                rt::dynamic::call(operations(), self, operation, arguments, false)
            }

            /// The same as [`call`](Self::call), and of a list all pages: their items in one.
            ///
            /// # Errors
            /// Those of [`call`](Self::call).
            pub fn call_all(&self, operation: &str, arguments: rt::Value) -> rt::dynamic::Answer<ErrorBody> {
                rt::dynamic::call(operations(), self, operation, arguments, true)
            }
        }
        impl ClientBuilder {
            /// The credential of a security scheme by its key in the document; of HTTP Basic, user and
            /// password with a colon between them.
            pub fn credential(self, scheme: &str, secret: impl Into<rt::Secret>) -> Self {
                Self { core: self.core.credential_by_key(&super::client::API, scheme, secret) }
            }
        }
    }
}

/// How an argument is read.
fn read(parameter: &Parameter) -> TokenStream {
    // The method takes anything that is text.
    match &parameter.schema.ty {
        Type::Primitive(Primitive::String { .. }) => quote!(text),
        _ => quote!(value),
    }
}

/// Whether the bytes that an action gives are a text.
fn is_text_media(action: &Action) -> bool {
    let success = action.outcome.success.as_ref();
    let media = success.and_then(|success| {
        let response = action.outcome.responses.get(success.response)?;
        response.media.get(success.media?)
    });
    media.is_some_and(|media| media.encoding == Encoding::Xml)
}
