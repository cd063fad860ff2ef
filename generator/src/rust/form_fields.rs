//! How the properties of a form are written, where `encoding` says it.

use super::docs::code;
use super::reach::chosen_media;
use super::types::Presence;
use super::{Context, ident};
use crate::ir::{Api, Encoding, Field, Media, Part, Primitive, Schema, Style, Type, TypeId};
use proc_macro2::TokenStream;
use quote::quote;

/// Lists of lists are followed this far.
const DEEPEST: usize = 16;

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

/// Whether a property of a multipart body is JSON with bytes in it, which stand there as text.
pub(super) fn has_bytes(api: &Api, schema: &Schema) -> bool {
    let mut ty = &schema.ty;
    for depth in 0..DEEPEST {
        ty = match api.resolved(ty) {
            Type::List(items) | Type::Map(items) => &items.ty,
            Type::Primitive(Primitive::Binary) => return depth > 0,
            _ => return false,
        };
    }
    false
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

/// A content type of a range; another one as it is.
fn in_range(content_type: &str) -> &str {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    match essence.split_once('/') {
        Some(("audio", "*")) => "audio/mpeg",
        Some(("image", "*")) => "image/png",
        Some(("text", "*")) => "text/plain",
        Some(("video", "*")) => "video/mp4",
        Some(("font", "*")) => "font/woff2",
        Some(_) if !essence.contains('*') => content_type,
        _ => "application/octet-stream",
    }
}

impl Context<'_> {
    /// What has to be known of a property in a form: that null is not sent, and what a file is.
    pub(super) fn form_docs(&self, record: TypeId, field: &Field, presence: Presence) -> String {
        let null = match presence {
            Presence::Nullable if self.forms(record).next().is_some() => {
                "\n\nA form has no null: `Some(None)` sends as little as `None`."
            }
            _ => "",
        };
        null.to_owned() + &self.file_docs(record, field)
    }

    /// What a form of a record says of its properties, for each body that is one.
    fn forms(&self, record: TypeId) -> impl Iterator<Item = &Encoding> {
        let actions = self.api.actions.iter();
        let bodies = actions.filter_map(|it| chosen_media(it.body.as_ref()?));
        let is_of = move |media: &&Media| {
            let found = self.api.record(&media.schema.ty);
            found.is_some_and(|(id, _)| id == record)
        };
        let forms = bodies.filter(is_of).map(|media| &media.encoding);
        forms.filter(|it| matches!(it, Encoding::Form(_) | Encoding::Multipart(_)))
    }

    /// The content types of a property that is a file, where a document says them.
    fn file_types(&self, record: TypeId, field: &Field) -> Vec<&str> {
        let mut said: Vec<&str> = Vec::new();
        for form in self.forms(record) {
            let Encoding::Multipart(parts) = form else {
                continue;
            };
            let part = parts.iter().find(|part| part.name == field.wire_name);
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
        said
    }

    /// A file for an example, and of several its list, where the caller has to say its content type.
    pub(super) fn file_example(&self, record: TypeId, field: &Field) -> Option<TokenStream> {
        if !is_file(&field.schema) {
            return None;
        }
        let content_type = match self.file_types(record, field).as_slice() {
            [] => return None,
            [only] if !only.contains('*') => return None,
            [first, ..] => in_range(first),
        };
        let path = ident(&self.api.name);
        let mut value = quote! {
            #path::runtime::Part::bytes(b"bytes".to_vec()).content_type(#content_type)
        };
        let mut schema = &field.schema;
        while let Type::List(items) = &schema.ty {
            value = match items.nullable {
                true => quote!(vec![Some(#value)]),
                false => quote!(vec![#value]),
            };
            schema = items;
        }
        Some(value)
    }

    fn file_docs(&self, record: TypeId, field: &Field) -> String {
        if !is_file(&field.schema) {
            return String::new();
        }
        let said = self.file_types(record, field);
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
            is_encoded: false,
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

    /// What is sent without saying which is refused, so that an example has to say it.
    #[test]
    fn an_example_file_has_one_of_several_content_types() {
        use crate::config::ApiConfig;
        let example = |content_type: &str, schema: &str| {
            let document = format!(
                r##"
openapi: 3.1.0
info: {{title: Files, version: "1"}}
paths:
  /files:
    post:
      operationId: upload
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {{type: object, required: [file], properties: {{file: {schema}}}}}
            encoding: {{file: {{contentType: "{content_type}"}}}}
      responses: {{"204": {{description: x}}}}
"##
            );
            let sources = crate::load::MemorySources::new("f.yaml", &document);
            let config = ApiConfig::for_name("f");
            let mut compiled = crate::compile("f.yaml", &sources, &config, &mut |_| {});
            let api = compiled.api.take().unwrap();
            let mut lock = crate::names::Lock::default();
            let names = crate::allocate_names(&api, &mut lock, &mut compiled.diagnostics);
            let input = crate::rust::package::Crate {
                api: &api,
                version: "1.0.0",
            };
            let manual = crate::rust::manual(input, crate::rust::CrateHome::Own, &names);
            manual.calls[0].as_ref().unwrap().code.clone()
        };
        let file = "{type: string, format: binary}";
        let says = "Part::bytes(b\"bytes\".to_vec()).content_type(\"image/png\")";
        let flat = |code: String| code.split_whitespace().collect::<String>();
        for several in ["image/png, text/csv", "image/*"] {
            let code = flat(example(several, file));
            assert!(code.contains(says), "{several}: {code}");
        }
        let list = flat(example(
            "image/*",
            "{type: array, items: {type: string, format: binary}}",
        ));
        assert!(list.contains(&format!("vec![f::runtime::{says}")), "{list}");
        let code = example("image/png", file);
        assert!(!code.contains("content_type"), "{code}");
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
