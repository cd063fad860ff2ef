//! What is said of events and of what they tell.

use super::super::docs::{attributes, code, first_of, sanitize};
use super::super::examples::fenced;
use super::super::model_docs::{field_docs, type_docs};
use super::super::{Context, ident};
use super::{Shared, json_media};
use crate::ir::{Event, EventKey, Field, Media, SignatureScheme, SignedPart, Type, TypeBody};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

impl Context<'_> {
    /// The documentation of the module.
    pub(super) fn webhooks_docs(&self) -> String {
        let title = first_of(&[Some(&self.api.title)], || self.api.name.clone());
        let title = title.trim_end_matches('.');
        let how = match (self.has_event_type(), &self.api.webhooks.signature) {
            (true, Some(_)) => format!(
                "A [`Verifier`] makes an [`Event`] of a delivery that is genuine{}. {}",
                if self.time_is_signed() { " and recent" } else { "" },
                self.memory()
            ),
            (true, None) => "The document does not say how deliveries are signed. Where they are,\n\
                 `runtime::webhook::Verifier::with_scheme` verifies them, and gives an [`Event`] too."
                .to_owned(),
            (false, _) => "Nothing in a delivery says which event it is: read it as the type that you expect, with\n\
                 `serde_json::from_slice`."
                .to_owned(),
        };
        let mut parts = vec![format!("Webhooks: what {title} sends on its own."), how];
        parts.extend(self.unsigned_names());
        parts.extend(self.unnamed_events());
        parts.join("\n\n")
    }

    /// That what tells the events apart is not signed, where it is not.
    fn unsigned_names(&self) -> Option<String> {
        self.api.webhooks.signature.as_ref()?;
        let header = |(_, event): (usize, &Event)| match &event.key {
            Some(EventKey::Header(name) | EventKey::HeaderAndBody(name, _)) => Some(code(name)),
            _ => None,
        };
        let headers: BTreeSet<String> = self.told_apart().filter_map(header).collect();
        let headers: Vec<String> = headers.into_iter().collect();
        (!headers.is_empty()).then(|| {
            format!(
                "Which event a delivery is stands in the header {}, which no signature covers: who can\n\
                 change it on the way makes another event of a genuine body.",
                headers.join(" or ")
            )
        })
    }

    /// Events that nothing tells from others, with what they tell.
    fn unnamed_events(&self) -> Option<String> {
        let named: BTreeSet<usize> = self.told_apart().map(|(index, _)| index).collect();
        let events = self.api.events.iter().enumerate();
        let lines = events.filter(|(index, _)| !named.contains(index));
        let lines = lines.map(|(_, event)| {
            let ty = json_media(event).and_then(|media| self.named_payload(media));
            match ty {
                Some(ty) => format!("- {}: `{ty}`", code(&event.name)),
                None => format!("- {}", code(&event.name)),
            }
        });
        let lines: Vec<String> = lines.collect();
        (!lines.is_empty()).then(|| {
            let text = match (named.is_empty(), self.has_event_type()) {
                (true, false) => "The events, with the types of their bodies:",
                (true, true) => {
                    "Nothing tells the events apart, so that they come as unknown ones; `authenticate` gives\n\
                     what `payload` reads as one of their types:"
                }
                (false, _) => "Nothing tells these events apart, so that they come as unknown ones:",
            };
            format!("{text}\n\n{}", lines.join("\n"))
        })
    }

    /// The name of the type of a body, where it has one.
    pub(super) fn named_payload(&self, media: &Media) -> Option<&str> {
        let Type::Named(id) = media.schema.ty else {
            return None;
        };
        let id = self.payloads.written(id).unwrap_or(id);
        let name = self.names.types.get(id.0)?;
        (!name.is_empty() && self.shown.contains(id)).then_some(name.as_str())
    }

    /// Whether deliveries say, signed, when they were sent.
    fn time_is_signed(&self) -> bool {
        let signature = self.api.webhooks.signature.as_ref();
        signature.is_some_and(|signature| match &signature.scheme {
            SignatureScheme::StandardWebhooks => true,
            SignatureScheme::Hmac(hmac) => {
                hmac.timestamp.is_some() && hmac.signed.contains(&SignedPart::Timestamp)
            }
        })
    }

    /// What is remembered of deliveries, and for how long.
    pub(in crate::rust) fn memory(&self) -> &'static str {
        if self.time_is_signed() {
            "It remembers deliveries\nin this process, so that none is accepted twice; `replay_store` takes a \
             memory that several share."
        } else {
            "It remembers deliveries\nfor a week, in this process: when they were sent is not signed, so that \
             older ones would be\naccepted again. `replay_store` takes a memory that lasts."
        }
    }

    /// The documentation of the verifier, with an example that compiles.
    pub(super) fn verifier_docs(&self) -> String {
        let text = format!(
            "Tells genuine deliveries from others, and reads them.\n\nMake one and keep it. {}",
            self.memory()
        );
        match self.verifier_example() {
            Some(example) => format!("{text}\n\n{example}"),
            None => text,
        }
    }

    fn verifier_example(&self) -> Option<String> {
        let root = ident(&self.api.name);
        let told = match self.first_event() {
            Some((_, variant)) => quote! {
                match delivery.event {
                    #root::Event::#variant(told) => println!("{told:?}"),
                    other => println!("{:?}", other.name()),
                }
            },
            None => quote!(println!("{:?}", delivery.event.name())),
        };
        let function = quote! {
            fn example(headers: &#root::runtime::HeaderMap, body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
                let verifier = #root::webhooks::Verifier::new("the secret of the webhook")?;
                match verifier.verify(headers, body) {
                    Ok(delivery) => #told,
                    Err(error) => println!("{error}: answer with {}", error.status()),
                }
                Ok(())
            }
        };
        let text = prettyplease::unparse(&syn::parse2(function).ok()?);
        let import = self.place.import;
        Some(fenced(&text, import.contains("::").then_some(import)))
    }

    /// What is said of a body that is written for several: what the document says of all of them.
    pub(in crate::rust) fn shared_docs(&self, shared: &Shared) -> TokenStream {
        let mut all = shared.of.iter().filter_map(|id| self.api.type_def(*id));
        let first = all.next();
        let told = |def: &crate::ir::TypeDef| def.description.clone().or_else(|| def.title.clone());
        let same = first
            .and_then(told)
            .filter(|text| all.all(|def| told(def).as_ref() == Some(text)));
        match (first, same) {
            (Some(def), Some(_)) => type_docs(def),
            _ if shared.parameter.is_some() => {
                attributes("What several events tell. `T` is what each of them is about.")
            }
            _ => attributes("A part of what several events tell."),
        }
    }

    /// What is said of a field of such a body.
    pub(in crate::rust) fn shared_field_docs(&self, shared: &Shared, field: &Field) -> String {
        let own = shared
            .of
            .iter()
            .filter_map(|id| match &self.api.type_def(*id)?.body {
                TypeBody::Record(record) => {
                    let mut fields = record.fields.iter();
                    fields.find(|other| other.wire_name == field.wire_name)
                }
                _ => None,
            });
        let mut texts = own.map(field_docs);
        let first = texts.next().unwrap_or_default();
        if texts.all(|text| text == first) {
            first
        } else if shared.parameter.as_deref() == Some(field.wire_name.as_str()) {
            "What the event is about.".to_owned()
        } else {
            code(&field.wire_name)
        }
    }
}

/// The first paragraph of a description on one line; `None` where there is none that is plain text.
pub(super) fn one_line(description: Option<&str>) -> Option<String> {
    let text = sanitize(description?);
    let lines: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    let line = lines.join(" ");
    let structured = line.is_empty() || line.starts_with(['|', '#', '>', '`', '~', '-', '*', '+']);
    let fenced = line.contains("```") || line.contains("~~~");
    (!structured && !fenced).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_description_is_said_on_one_line() {
        let text = "It was made.\nBy whom is `unknown`.\n\nMore of it.";
        let expected = "It was made. By whom is `unknown`.";
        assert_eq!(one_line(Some(text)).as_deref(), Some(expected));
        for none in [
            None,
            Some(""),
            Some("| a | b |"),
            Some("```\nlet x;\n```"),
            Some("- a\n- b"),
        ] {
            assert_eq!(one_line(none), None, "{none:?}");
        }
    }
}
