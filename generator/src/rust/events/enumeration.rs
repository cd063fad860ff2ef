//! The enum of all events, as a table with a line for each.

use super::super::docs::code;
use super::super::format::SourceFile;
use super::super::{Context, ident};
use super::{json_media, texts};
use crate::ir::{Event, EventKey};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

impl<'a> Context<'a> {
    /// The enum.
    pub(super) fn event_enum(&self, file: &mut SourceFile) {
        let keys: BTreeSet<&EventKey> = self
            .told_apart()
            .filter_map(|(_, event)| event.key.as_ref())
            .collect();
        let keys: Vec<&EventKey> = keys.into_iter().collect();
        let places = keys.iter().map(|key| match key {
            EventKey::Body(steps) => quote!(body #(#steps).*),
            EventKey::Header(name) => quote!(header #name),
            EventKey::HeaderAndBody(name, steps) => quote!(both #name #(. #steps)*),
        });
        let places: Vec<TokenStream> = places.collect();
        let by = (!places.is_empty()).then(|| quote!(by #(#places),*));
        let lines = self
            .told_apart()
            .filter_map(|(index, event)| self.event_line(index, event, &keys))
            .collect();
        file.table(quote!(rt::events), quote!(Event #by), lines);
    }

    /// The events that something tells apart and whose bodies can be read, with their index.
    pub(in crate::rust) fn told_apart(&self) -> impl Iterator<Item = (usize, &'a Event)> + use<'a> {
        let told = |event: &&Event| {
            event.key.is_some() && event.wire_name.is_some() && json_media(event).is_some()
        };
        let events = self.api.events.iter().enumerate();
        events.filter(move |(_, event)| told(event))
    }

    fn event_line(&self, index: usize, event: &Event, keys: &[&EventKey]) -> Option<TokenStream> {
        let variant = self.variant(index)?;
        let payload = self.payload(json_media(event)?);
        let name = event.wire_name.as_ref()?;
        let place = keys
            .iter()
            .position(|key| Some(*key) == event.key.as_ref())?;
        let place = (place > 0).then(|| {
            let place = Literal::usize_unsuffixed(place);
            quote!(in #place)
        });
        let gate = event.resource.map(|resource| {
            let feature = self.feature(resource);
            quote!(#[cfg(feature = #feature)])
        });
        let text = event.summary.as_ref().or(event.description.as_ref());
        let docs = match texts::one_line(text.map(String::as_str)) {
            Some(text) if text.ends_with(['.', '!', '?']) => format!("{}: {text}", code(name)),
            Some(text) => format!("{}: {text}.", code(name)),
            None => format!("{}.", code(name)),
        };
        Some(quote!(#gate #variant(#payload) = #name #place, #docs))
    }

    /// The first event, and what is in it, for an example.
    pub(super) fn first_event(&self) -> Option<(&'a Event, proc_macro2::Ident)> {
        let (index, event) = self.told_apart().next()?;
        Some((event, ident(self.names.events.get(index)?)))
    }
}
