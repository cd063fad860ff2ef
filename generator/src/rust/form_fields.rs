//! How the properties of a form are written, where `encoding` says it.

use crate::ir::{Part, Style};
use proc_macro2::TokenStream;
use quote::quote;

/// The fields whose way of being written is not the default (OpenAPI 3.1, section 4.8.15): a style
/// makes `contentType` count for nothing.
pub(super) fn form_fields(parts: &[Part]) -> Vec<TokenStream> {
    parts.iter().filter_map(form_field).collect()
}

fn form_field(part: &Part) -> Option<TokenStream> {
    let name = &part.name;
    if part.style.is_some() || part.explode.is_some() || part.allow_reserved {
        let style_of_part = part.style.unwrap_or(Style::Form);
        let explode = part.explode.unwrap_or(style_of_part == Style::Form);
        let style = style(style_of_part);
        let reserved = part.allow_reserved.then(|| quote!(.reserved()));
        return Some(quote!(rt::FormField::new(#name, #style, #explode)#reserved));
    }
    let content_type = part.content_type.as_deref()?;
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let is_json = essence.ends_with("/json") || essence.ends_with("+json");
    is_json.then(|| quote!(rt::FormField::json(#name)))
}

/// A style as the runtime calls it.
pub(super) fn style(style: Style) -> TokenStream {
    match style {
        Style::Matrix => quote!(rt::Style::Matrix),
        Style::Label => quote!(rt::Style::Label),
        Style::Simple => quote!(rt::Style::Simple),
        Style::Form => quote!(rt::Style::Form),
        Style::SpaceDelimited => quote!(rt::Style::SpaceDelimited),
        Style::PipeDelimited => quote!(rt::Style::PipeDelimited),
        Style::DeepObject => quote!(rt::Style::DeepObject),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(said: fn(&mut Part)) -> String {
        let mut part = Part {
            name: "k".to_owned(),
            content_type: None,
            style: None,
            explode: None,
            allow_reserved: false,
            headers: Vec::new(),
        };
        said(&mut part);
        let fields = form_fields(&[part]);
        fields
            .iter()
            .map(ToString::to_string)
            .collect::<String>()
            .replace(' ', "")
    }

    #[test]
    fn what_encoding_leaves_out_has_its_default() {
        assert_eq!(part(|_| ()), "");
        assert_eq!(
            part(|part| part.explode = Some(false)),
            "rt::FormField::new(\"k\",rt::Style::Form,false)"
        );
        assert_eq!(
            part(|part| part.style = Some(Style::PipeDelimited)),
            "rt::FormField::new(\"k\",rt::Style::PipeDelimited,false)"
        );
        assert_eq!(
            part(|part| part.allow_reserved = true),
            "rt::FormField::new(\"k\",rt::Style::Form,true).reserved()"
        );
    }

    #[test]
    fn a_style_takes_the_place_of_a_content_type() {
        let json = |part: &mut Part| part.content_type = Some("application/json".to_owned());
        assert_eq!(part(json), "rt::FormField::json(\"k\")");
        assert_eq!(
            part(|part| {
                part.content_type = Some("application/json".to_owned());
                part.style = Some(Style::DeepObject);
            }),
            "rt::FormField::new(\"k\",rt::Style::DeepObject,false)"
        );
    }
}
