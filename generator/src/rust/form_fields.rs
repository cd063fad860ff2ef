//! How the properties of a form are written, where `encoding` says it.

use super::Context;
use super::docs::code;
use super::reach::chosen_media;
use crate::ir::{Encoding, Field, Part, Primitive, Schema, Style, Type, TypeId};
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

/// How the parts of a typed multipart body are sent where `encoding` says it. A style makes
/// `contentType` count for nothing, and is for `multipart/form-data` alone (OpenAPI 3.1.1, section
/// 4.8.15.1.1).
pub(super) fn part_encodings(media_type: &str, parts: &[Part]) -> Vec<TokenStream> {
    let is_form = is_form_data(media_type);
    let encoding = |part: &Part| {
        let name = &part.name;
        if is_form && (part.style.is_some() || part.explode.is_some()) {
            let style_of_part = part.style.unwrap_or(Style::Form);
            let explode = part.explode.unwrap_or(style_of_part == Style::Form);
            let style = style(style_of_part);
            return Some(quote!(rt::PartEncoding::styled(#name, #style, #explode)));
        }
        let content_type = part.content_type.as_ref()?;
        Some(quote!(rt::PartEncoding::new(#name, #content_type)))
    };
    parts.iter().filter_map(encoding).collect()
}

/// Whether a media type is a form; a range of multipart bodies can be one.
pub(super) fn is_form_data(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.contains('*') || essence.eq_ignore_ascii_case("multipart/form-data")
}

/// Whether a property of a multipart body is a file, or several.
pub(super) fn is_file(schema: &Schema) -> bool {
    match &schema.ty {
        Type::Primitive(Primitive::File) => true,
        Type::List(items) => is_file(items),
        _ => false,
    }
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
        Style::TabDelimited => quote!(rt::Style::TabDelimited),
        Style::DeepObject => quote!(rt::Style::DeepObject),
    }
}

impl Context<'_> {
    /// What has to be known of a property that is a file: its content types, where a document says them.
    pub(super) fn file_docs(&self, record: TypeId, field: &Field) -> String {
        if !is_file(&field.schema) {
            return String::new();
        }
        let mut said: Vec<&str> = Vec::new();
        for media in self
            .api
            .actions
            .iter()
            .filter_map(|it| chosen_media(it.body.as_ref()?))
        {
            let Encoding::Multipart(parts) = &media.encoding else {
                continue;
            };
            let is_record = self
                .api
                .record(&media.schema.ty)
                .is_some_and(|(id, _)| id == record);
            let part = parts
                .iter()
                .find(|part| is_record && part.name == field.wire_name);
            let types = part
                .and_then(|part| part.content_type.as_deref())
                .unwrap_or_default();
            for one in types
                .split(',')
                .map(str::trim)
                .filter(|one| !one.is_empty())
            {
                if !said.contains(&one) {
                    said.push(one);
                }
            }
        }
        let types: Vec<String> = said.iter().map(|one| code(one)).collect();
        match said.as_slice() {
            [] => "\n\nA file.".to_owned(),
            [only] if !only.contains('*') => format!("\n\nA file, sent as {}.", types.concat()),
            _ => format!(
                "\n\nA file: {}. Say which with `content_type`.",
                types.join(", ")
            ),
        }
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
