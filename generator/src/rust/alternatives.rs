//! Other media types that an action can be asked for, where they carry something else than what it gives:
//! a finisher for each.

use super::operations::success_media;
use super::{Context, ident};
use crate::ir::{Action, ActionId, Encoding, Media};
use crate::names::words;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// A media type that is asked for by name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alternative<'a> {
    pub(super) media: &'a Media,
    /// The words of the finisher.
    name: String,
}

/// What an action can be asked for beside what it gives: text and bytes, whose schema is another.
pub(super) fn alternatives(action: &Action) -> Vec<Alternative<'_>> {
    let success = action.outcome.success.as_ref();
    let response = success.and_then(|success| action.outcome.responses.get(success.response));
    let (Some(chosen), Some(response)) = (success_media(action), response) else {
        return Vec::new();
    };
    let mut found: Vec<Alternative<'_>> = Vec::new();
    for media in &response.media {
        let is_other = media.encoding != chosen.encoding && media.schema.ty != chosen.schema.ty;
        let is_plain = matches!(media.encoding, Encoding::Text | Encoding::Binary);
        let essence = media.media_type.split(';').next().unwrap_or_default();
        let words: Vec<String> = words(essence)
            .iter()
            .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect())
            .filter(|word: &String| !word.is_empty())
            .collect();
        let name = format!("as_{}", words.join("_").to_ascii_lowercase());
        let is_named = !words.is_empty() && !essence.contains('*');
        if is_other && is_plain && is_named && found.iter().all(|it| it.name != name) {
            found.push(Alternative { media, name });
        }
    }
    found
}

impl Alternative<'_> {
    /// The method that asks for it.
    pub(super) fn method(&self) -> Ident {
        ident(&self.name)
    }

    fn is_text(&self) -> bool {
        self.media.encoding == Encoding::Text
    }

    /// How a call by name gives it.
    pub(super) fn dynamic(&self) -> TokenStream {
        let (media_type, method) = (&self.media.media_type, self.method());
        let form = if self.is_text() {
            quote!(same)
        } else {
            quote!(base64)
        };
        quote!(| #media_type #method(#form))
    }

    fn finisher(&self) -> TokenStream {
        let (media_type, method) = (&self.media.media_type, self.method());
        let (given, ty, send) = if self.is_text() {
            ("text", quote!(String), quote!(send_text_as))
        } else {
            ("bytes", quote!(rt::Bytes), quote!(send_bytes_as))
        };
        let named = super::docs::code(media_type);
        let docs = super::docs::attributes(&format!("Sends it and asks for {named}: {given}."));
        quote! {
            #docs
            pub fn #method(self) -> rt::Sending<#ty, ErrorBody> {
                self.0.#send(#media_type)
            }
        }
    }
}

impl Context<'_> {
    /// The alternatives of an action that no setter is called like.
    pub(super) fn alternatives<'a>(
        &self,
        id: ActionId,
        action: &'a Action,
    ) -> impl Iterator<Item = Alternative<'a>> {
        let names = self.names.actions.get(id.0);
        let setters = names.map(|names| names.parameters.clone());
        let setters = setters.unwrap_or_default();
        let all = alternatives(action).into_iter();
        all.filter(move |it| !setters.contains(&it.name))
    }

    /// The methods of an action's builder that ask for its alternatives.
    pub(super) fn finishers(&self, id: ActionId) -> Vec<TokenStream> {
        let action = self.api.action(id);
        let all = action
            .into_iter()
            .flat_map(|action| self.alternatives(id, action));
        all.map(|it| it.finisher()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ApiConfig;
    use crate::load::MemorySources;

    /// JSON beside what carries the same in other words, what carries something else, and a range.
    const DOCUMENT: &str = r##"
openapi: 3.1.0
info: {title: Reports, version: "1"}
paths:
  /report:
    get:
      responses:
        "200":
          description: x
          content:
            application/json: {schema: {$ref: "#/components/schemas/Report"}}
            text/json: {schema: {$ref: "#/components/schemas/Report"}}
            text/plain: {schema: {$ref: "#/components/schemas/Report"}}
            text/csv: {schema: {type: string}}
            application/pdf: {}
            application/pdf; version=2: {}
            image/*: {}
components: {schemas: {Report: {type: object, properties: {a: {type: string}}}}}
"##;

    #[test]
    fn what_carries_something_else_can_be_asked_for() {
        let sources = MemorySources::new("r.yaml", DOCUMENT);
        let config = ApiConfig::for_name("r");
        let compiled = crate::compile("r.yaml", &sources, &config, &mut |_| {});
        let api = compiled.api.unwrap();
        let mut found: Vec<(String, bool)> = alternatives(&api.actions[0])
            .iter()
            .map(|it| (it.name.clone(), it.is_text()))
            .collect();
        found.sort();
        let expected = [("as_application_pdf", false), ("as_text_csv", true)];
        assert_eq!(
            found,
            expected.map(|(name, is_text)| (name.to_owned(), is_text))
        );
    }
}
