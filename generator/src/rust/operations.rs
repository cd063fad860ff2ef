//! Operations: everything about an action that is not an argument, as a constant.

use super::builders::{Output, output, stream_beside};
use super::{Context, ident};
use crate::ir::{
    Action, ActionId, Idempotency, Media, Method, Payload, Requirement, Slot, Source, Strategy,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The media type of a success that is read.
pub(super) fn success_media(action: &Action) -> Option<&Media> {
    let success = action.outcome.success.as_ref()?;
    let response = action.outcome.responses.get(success.response)?;
    response.media.get(success.media?)
}

impl Context<'_> {
    /// The constant that says everything about an action that is not an argument.
    pub(super) fn operation(&self, id: ActionId, action: &Action) -> TokenStream {
        let name = action
            .operation_id
            .clone()
            .unwrap_or_else(|| format!("{} {}", action.method.as_str(), action.path));
        let path = action.template();
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
            Idempotency::Keyed { header } => {
                operation.extend(quote!(.idempotency_key(#header)));
            }
            Idempotency::Safe | Idempotency::Idempotent | Idempotency::Once => {}
        }
        if let Some(media) = success_media(action).filter(|media| media.typed_xml) {
            let root = self.xml_root(media);
            operation.extend(quote!(.reads_xml(&#root)));
        }
        let items = match output(self.api, action) {
            Output::Items(items) => Some(items),
            _ => stream_beside(self.api, action),
        };
        if let Some(items) = items.map(|items| items.constant()) {
            operation.extend(quote!(.items(#items)));
        }
        if let Some(accept) = self.accept(action) {
            operation.extend(quote!(.accept(#accept)));
        }
        if let Some(server) = action.servers.first().and_then(super::client::server_url) {
            operation.extend(quote!(.server(#server)));
        }
        operation.extend(self.shares(action));
        let set = self.errors.of(id);
        if set != 0 {
            let set = Literal::usize_unsuffixed(set);
            operation.extend(quote!(.errors(#set)));
        }
        operation
    }

    /// The media type that is read, where the way it is read does not tell.
    fn accept<'m>(&self, action: &'m Action) -> Option<&'m str> {
        let told = match output(self.api, action) {
            Output::Empty | Output::Items(_) => return None,
            Output::Json(..) | Output::Page(..) => Some("application/json"),
            Output::Text | Output::Bytes => None,
        };
        let accept = success_media(action)?.accept();
        (told != Some(accept)).then_some(accept)
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
                parameter: Slot::Query(parameter),
                next: Source::Body(next),
                ..
            } => quote!(rt::Paging::cursor(#parameter, &[#(#next),*])),
            Strategy::Cursor {
                parameter, next, ..
            } => {
                let (slot, source) = (slot(parameter), source(next));
                quote!(rt::Paging::cursor_in(#slot, #source))
            }
            Strategy::Page {
                parameter,
                first: None,
                ..
            } => {
                let slot = slot(parameter);
                quote!(rt::Paging::page_from_0_or_1(#slot))
            }
            Strategy::Page {
                parameter,
                first: Some(first),
                ..
            } => {
                let first = Literal::i64_unsuffixed(*first);
                match parameter {
                    Slot::Query(parameter) => quote!(rt::Paging::page(#parameter, #first)),
                    other => {
                        let slot = slot(other);
                        quote!(rt::Paging::page_in(#slot, #first))
                    }
                }
            }
            Strategy::Offset {
                parameter: Slot::Query(parameter),
                first: 0,
            } => quote!(rt::Paging::offset(#parameter)),
            Strategy::Offset { parameter, first } => {
                let (slot, first) = (slot(parameter), Literal::i64_unsuffixed(*first));
                quote!(rt::Paging::offset_in(#slot, #first))
            }
            Strategy::LinkHeader => quote!(rt::Paging::link()),
            Strategy::NextUrl { next } => quote!(rt::Paging::url(&[#(#next),*])),
        };
        match &pagination.strategy {
            Strategy::Cursor {
                previous: Some((Slot::Query(parameter), Source::Body(keys))),
                ..
            } => paging.extend(quote!(.back(#parameter, &[#(#keys),*]))),
            Strategy::Cursor {
                previous: Some((parameter, previous)),
                ..
            } => {
                let (slot, source) = (slot(parameter), source(previous));
                paging.extend(quote!(.back_in(#slot, #source)));
            }
            Strategy::Page {
                current: Some(current),
                ..
            } => paging.extend(quote!(.current(&[#(#current),*]))),
            Strategy::Cursor { .. }
            | Strategy::Page { .. }
            | Strategy::Offset { .. }
            | Strategy::LinkHeader
            | Strategy::NextUrl { .. } => {}
        }
        if pagination.by_get {
            paging.extend(quote!(.by_get()));
        }
        if let Some(more) = &pagination.more {
            paging.extend(quote!(.more(&[#(#more),*])));
        }
        match &pagination.total {
            Some(Source::Body(total)) => paging.extend(quote!(.total(&[#(#total),*]))),
            Some(total) => {
                let total = source(total);
                paging.extend(quote!(.total_in(#total)));
            }
            None => {}
        }
        if let Some(pages) = &pagination.pages {
            let pages = source(pages);
            paging.extend(quote!(.pages_in(#pages)));
        }
        paging
    }

    /// The constant with an action's operation: `FIND_MANY`. One that a type is called already, as a type
    /// of a single letter may be, says that it is an operation.
    pub(super) fn constant(&self, method: &str) -> proc_macro2::Ident {
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

/// Where a request takes a value that pages a list.
fn slot(slot: &Slot) -> TokenStream {
    match slot {
        Slot::Query(name) => quote!(rt::Slot::Query(#name)),
        Slot::Header(name) => quote!(rt::Slot::Header(#name)),
        Slot::Body(keys) => quote!(rt::Slot::Body(&[#(#keys),*])),
    }
}

/// Where a response has a value that pages a list.
fn source(source: &Source) -> TokenStream {
    match source {
        Source::Body(keys) => quote!(rt::Source::Body(&[#(#keys),*])),
        Source::Header(name) => quote!(rt::Source::Header(#name)),
        Source::LastItem(keys) => quote!(rt::Source::LastItem(&[#(#keys),*])),
        Source::FirstItem(keys) => quote!(rt::Source::FirstItem(&[#(#keys),*])),
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
