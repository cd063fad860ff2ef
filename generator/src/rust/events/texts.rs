//! What is said of events and of what they tell.

use super::super::docs::{attributes, code, first_of, sanitize};
use super::super::examples::fenced;
use super::super::model_docs::{field_docs, type_docs};
use super::super::{Context, ident};
use super::Shared;
use crate::ir::{Field, TypeBody};
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// The documentation of the module.
    pub(super) fn webhooks_docs(&self) -> String {
        let title = first_of(&[Some(&self.api.title)], || self.api.name.clone());
        let title = title.trim_end_matches('.');
        let how = match (self.has_event_type(), &self.api.webhooks.signature) {
            (true, Some(_)) => {
                "A [`Verifier`] makes an [`Event`] of a delivery that is genuine, recent and new."
            }
            (true, None) => {
                "The document does not say how deliveries are signed. Where they are,\n\
                 `runtime::webhook::Verifier::with_scheme` verifies them, and gives an [`Event`] too."
            }
            (false, _) => {
                "Nothing in a delivery says which event it is: read it as the type that you expect, with\n\
                 `serde_json::from_slice`."
            }
        };
        format!("Webhooks: what {title} sends on its own.\n\n{how}")
    }

    /// The documentation of the verifier, with an example that compiles.
    pub(super) fn verifier_docs(&self) -> String {
        let text = "Tells genuine deliveries from others, and reads them.\n\n\
                    Make one and keep it: it remembers deliveries, so that none is accepted twice.";
        match self.verifier_example() {
            Some(example) => format!("{text}\n\n{example}"),
            None => text.to_owned(),
        }
    }

    fn verifier_example(&self) -> Option<String> {
        let root = ident(&self.api.name);
        let (known, variant) = match self.first_event() {
            Some((_, variant)) => (
                quote!(#root::Event::#variant(told) => println!("{told:?}"),),
                quote!(other),
            ),
            None => (TokenStream::new(), quote!(other)),
        };
        let function = quote! {
            fn example(headers: &#root::runtime::HeaderMap, body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
                let verifier = #root::webhooks::Verifier::new("the secret of the webhook")?;
                match verifier.verify(headers, body) {
                    Ok(event) => match event {
                        #known
                        #variant => println!("{:?}", other.name()),
                    },
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
