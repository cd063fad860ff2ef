//! The test that calls every action: an API's part.
//!
//! Each case of [`crate::cases`] becomes a call as a user would write it. What APIs share is in
//! [`test_driver`](super::test_driver).

use super::builders::{Output, optional, output, required};
use super::format::SourceFile;
use super::literals::Literals;
use super::reach::{chosen_media, is_typed};
use super::scalars::Loss;
use super::{Context, ident};
use crate::cases::{Case, Inputs, Place, Table};
use crate::ir::{
    Action, ActionId, Encoding, Idempotency, Kind, Media, Parameter, Payload, Primitive, Type,
};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

impl Context<'_> {
    /// The API's part of the test that calls every action.
    pub(super) fn test_file(&self, cases: &Table) -> SourceFile {
        let mut file = SourceFile::new(
            "Every action, with what it requires and with everything, as `tests/cases` says.",
        );
        let import = ident(&self.api.name);
        let path: TokenStream = self.place.import.parse().unwrap_or_default();
        let path = self.place.import.contains("::").then(|| quote!(use #path;));
        let literals = Literals::new(self);
        let (calls, nulls, left_out) = self.calls(cases, &literals);
        let functions = literals.into_functions();
        let credentials = self.test_credentials();
        file.code(quote! {
            use super::test_driver::{self, Call, Failure, Wire};
            #path
        });
        file.code(quote! {
            /// A client that sends over `wire`, with the credentials of the cases.
            pub(crate) fn client(base_url: &str, wire: Wire) -> Result<Api, Failure> {
                Ok(#import::Client::builder().base_url(base_url).transport(wire)#credentials.build()?)
            }
        });
        file.code(quote! {
            /// The client that is called.
            pub(crate) type Api = #import::Client;
        });
        file.code(quote! {
            /// Cases without a call, each with what its values have no place for.
            pub(crate) const LEFT_OUT: &[&str] = &[#(#left_out),*];
        });
        let keys = self.idempotency_headers();
        file.code(quote! {
            /// Headers of idempotency keys, which a call makes up when it is not given one.
            pub(crate) const KEYS: &[&str] = &[#(#keys),*];
        });
        file.code(quote! {
            /// Makes a call by its name, where the crate can.
            #[cfg(feature = "dynamic")]
            pub(crate) const BY_NAME: Option<test_driver::ByName<Api>> = Some(|client, operation, arguments| {
                let answer = client.call(operation, arguments);
                Box::pin(async move { Ok(answer.await?) })
            });
            #[cfg(not(feature = "dynamic"))]
            pub(crate) const BY_NAME: Option<test_driver::ByName<Api>> = None;
        });
        file.code(quote! {
            /// Each case and its call.
            pub(crate) const CALLS: &[Call<Api>] = &[#(#calls),*];
        });
        file.code(quote! {
            /// The same with null for all of a body that may be null.
            pub(crate) const NULLS: &[Call<Api>] = &[#(#nulls),*];
        });
        for function in functions {
            file.code(function);
        }
        file
    }

    /// The calls, those with nulls, and the cases and actions that have none.
    fn calls(
        &self,
        cases: &Table,
        literals: &Literals<'_, '_>,
    ) -> (Vec<TokenStream>, Vec<TokenStream>, Vec<String>) {
        let key = |action: &Action| format!("{} {}", action.method.as_str(), action.path);
        let actions = self.api.actions.iter().enumerate();
        let mut actions: BTreeMap<String, (ActionId, bool)> = actions
            .map(|(index, action)| (key(action), (ActionId(index), false)))
            .collect();
        let (mut calls, mut nulls, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        for case in cases.all() {
            let Some((id, met)) = actions.get_mut(&case.action) else {
                left_out.push(format!("{}: there is no action", case.action));
                continue;
            };
            *met = true;
            match literals.attempt(|| self.call_of(*id, case, literals)) {
                Ok(call) if case.inputs == Inputs::Null => nulls.push(call),
                Ok(call) => calls.push(call),
                Err(loss) => {
                    left_out.push(format!("{} {}: {loss}", case.action, case.inputs.as_str()));
                }
            }
        }
        for (action, (_, met)) in &actions {
            let named = |it: &&crate::cases::LeftOut| it.action == *action;
            if !met && !cases.left_out.iter().any(|it| named(&it)) {
                left_out.push(format!("{action}: there is no case"));
            }
        }
        (calls, nulls, left_out)
    }

    /// In lower case, as they are sent.
    fn idempotency_headers(&self) -> BTreeSet<String> {
        let keyed = |action: &Action| match &action.idempotency {
            Idempotency::Keyed { header } => Some(header.to_lowercase()),
            _ => None,
        };
        self.api.actions.iter().filter_map(keyed).collect()
    }

    fn call_of(
        &self,
        id: ActionId,
        case: &Case,
        literals: &Literals<'_, '_>,
    ) -> Result<TokenStream, Loss> {
        let none = || "the action has no name".to_owned();
        let action = self.api.action(id).ok_or_else(none)?;
        let names = self.names.actions.get(id.0).ok_or_else(none)?;
        let resource = action
            .resource
            .and_then(|id| self.names.resources.get(id.0));
        let resource = resource.ok_or_else(none)?;
        let given = Given {
            literals,
            action,
            case,
            asks_for_path: Cell::new(false),
        };
        let (accessor, method) = (ident(&resource.accessor), ident(&names.method));
        let arguments = given.arguments()?;
        let setters = given.setters(&names.parameters)?;
        given.nothing_left()?;
        let call = quote!(client.#accessor().#method(#(#arguments),*)#(#setters)*.await?);
        let answer = match output(self.api, action) {
            Output::Empty => quote!(test_driver::nothing(#call)),
            Output::Json(ty, false) => match literals.reader(ty) {
                Some(reader) => quote!(test_driver::record(&#call, #reader)),
                None => quote!(test_driver::data(&#call)),
            },
            Output::Json(_, true) => quote!(test_driver::data(&#call)),
            Output::Page(..) => quote!(test_driver::page(&#call)),
            Output::Text => quote!(test_driver::text(&#call)),
            Output::Bytes => quote!(test_driver::bytes(&#call)),
            Output::Items(_) => quote!(test_driver::items(&#call.into_vec().await?)),
        };
        let (wire, all) = (&case.action, case.inputs == Inputs::All);
        let kind = kind_word(&action.kind);
        let resource = &resource.module;
        let path: &[String] = match action.outcome.success.as_ref().map(|it| &it.payload) {
            Some(Payload::Opened(envelope)) => &envelope.path,
            _ => &[],
        };
        let path_argument = if given.asks_for_path.get() {
            quote!(path)
        } else {
            quote!(_)
        };
        Ok(quote! {
            Call {
                action: #wire,
                all: #all,
                resource: #resource,
                kind: #kind,
                opens: &[#(#path),*],
                send: |client, #path_argument| Box::pin(async move { #answer }),
            }
        })
    }

    fn test_credentials(&self) -> TokenStream {
        let methods = self.credential_methods();
        let calls = methods.iter().map(|(method, basic)| {
            let method = ident(method);
            if *basic {
                quote!(.#method("user", "password"))
            } else {
                quote!(.#method("secret"))
            }
        });
        quote!(#(#calls)*)
    }
}

/// What is given to a call.
struct Given<'c, 'a> {
    literals: &'c Literals<'c, 'a>,
    action: &'c Action,
    case: &'c Case,
    /// Whether an argument is one that can be replaced at run time.
    asks_for_path: Cell<bool>,
}

impl Given<'_, '_> {
    fn value(&self, parameter: &Parameter) -> Option<&Value> {
        let place = place(parameter.place);
        let mut given = self.case.parameters.iter();
        let is_it = |name: &str| {
            name == parameter.wire_name
                || place == Place::Header && name.eq_ignore_ascii_case(&parameter.wire_name)
        };
        let found = given.find(|it| it.place == place && is_it(&it.name))?;
        Some(&found.value)
    }

    fn arguments(&self) -> Result<Vec<TokenStream>, Loss> {
        let mut arguments = Vec::new();
        for (_, parameter) in required(self.action) {
            let value = self.value(parameter);
            let value = value.ok_or_else(|| format!("{} is not given", parameter.wire_name))?;
            arguments.push(self.argument(parameter, value)?);
        }
        if let Some(media) = self.media(true) {
            let body = self.case.body.as_ref();
            arguments.push(self.body(media, body.ok_or("the body is not given")?)?);
        }
        Ok(arguments)
    }

    /// One that stands in the path can be replaced at run time, where it is text or read from text.
    fn argument(&self, parameter: &Parameter, value: &Value) -> Result<TokenStream, Loss> {
        let at = |loss: Loss| format!("{}: {loss}", parameter.wire_name);
        let name = &parameter.wire_name;
        let in_path = parameter.place == crate::ir::Place::Path;
        let replaceable = |text: &str| {
            self.asks_for_path.set(true);
            quote!(path.or(#name, #text))
        };
        Ok(match (&parameter.schema.ty, value) {
            (Type::Primitive(Primitive::String { .. }), Value::String(text)) if in_path => {
                replaceable(text)
            }
            (Type::Primitive(Primitive::String { .. }), Value::String(text)) => quote!(#text),
            (Type::Primitive(Primitive::Uuid), Value::String(text)) if in_path => {
                let text = replaceable(text);
                quote!(#text.parse()?)
            }
            (Type::Primitive(Primitive::Integer { .. }), Value::Number(number)) if in_path => {
                let text = replaceable(&number.to_string());
                quote!(#text.parse()?)
            }
            (ty, value) => self.literals.value(ty, value).map_err(at)?,
        })
    }

    /// The setters of what is optional, in the order of the case.
    fn setters(&self, names: &[String]) -> Result<Vec<TokenStream>, Loss> {
        let mut setters = Vec::new();
        for (index, parameter) in optional(self.action) {
            if let (Some(value), Some(name)) = (self.value(parameter), names.get(index)) {
                let (value, name) = (self.argument(parameter, value)?, ident(name));
                setters.push(quote!(.#name(#value)));
            }
        }
        if let (Some(media), Some(body)) = (self.media(false), &self.case.body) {
            let body = self.body(media, body)?;
            setters.push(quote!(.body(#body)));
        }
        Ok(setters)
    }

    /// The media type of a body that is required, or that is not.
    fn media(&self, is_required: bool) -> Option<&Media> {
        let body = self.action.body.as_ref();
        body.filter(|body| body.required == is_required)
            .and_then(chosen_media)
    }

    fn body(&self, media: &Media, value: &Value) -> Result<TokenStream, Loss> {
        let text = || value.as_str().unwrap_or_default().to_owned();
        Ok(match &media.encoding {
            Encoding::Json | Encoding::Form(_) => {
                let body = self.literals.schema(&media.schema, value);
                body.map_err(|loss| format!("body: {loss}"))?
            }
            Encoding::Text => {
                let text = text();
                quote!(#text)
            }
            Encoding::Multipart(_) if is_typed(self.literals.context.api, media) => {
                let body = self.literals.value(&media.schema.ty, value);
                body.map_err(|loss| format!("body: {loss}"))?
            }
            Encoding::Multipart(_) => return Err("body: a multipart has no value".to_owned()),
            Encoding::JsonLines => {
                let text = text();
                quote!(specwright_runtime::Lines::written(#text))
            }
            Encoding::Binary | Encoding::EventStream | Encoding::Xml => {
                let text = text();
                quote!(#text.as_bytes().to_vec())
            }
        })
    }

    /// Whether everything that the case has could be given.
    fn nothing_left(&self) -> Result<(), Loss> {
        let is_known = |name: &str, at: Place| {
            let mut known = self.action.parameters.iter();
            known.any(|it| place(it.place) == at && it.wire_name.eq_ignore_ascii_case(name))
        };
        for parameter in &self.case.parameters {
            if !is_known(&parameter.name, parameter.place) {
                let place = parameter.place.as_str();
                return Err(format!("{place} {}: there is no parameter", parameter.name));
            }
        }
        if self.case.body.is_some() && self.action.body.is_none() {
            return Err("body: there is none".to_owned());
        }
        Ok(())
    }
}

const fn place(place: crate::ir::Place) -> Place {
    match place {
        crate::ir::Place::Path => Place::Path,
        crate::ir::Place::Query => Place::Query,
        crate::ir::Place::Header => Place::Header,
        crate::ir::Place::Cookie => Place::Cookie,
    }
}

/// A kind as the test driver knows it.
fn kind_word(kind: &Kind) -> String {
    match kind {
        Kind::Custom { .. } => "custom".to_owned(),
        kind => super::builders::kind_words(kind).join("_"),
    }
}
