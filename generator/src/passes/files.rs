//! Files: which properties of a multipart body are sent as they are, and not as text or JSON.
//!
//! A record that is also used where it is JSON becomes two: bytes cannot stand in JSON, and the text that
//! stands there for them is no file.

use super::visit;
use crate::ir::{
    Additional, Api, Encoding, Field, Media, Part, Primitive, Schema, Type, TypeBody, TypeDef,
    TypeId,
};
use std::collections::{BTreeMap, BTreeSet};

/// Aliases that lead to aliases end here.
const DEEPEST: usize = 16;

/// Makes the files in the records of multipart bodies [`Primitive::File`], which no other type has.
pub(super) fn run(api: &mut Api) {
    let forms = forms(api);
    if forms.is_empty() {
        return;
    }
    let elsewhere = elsewhere(api);
    let mut twins: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for (id, files) in &forms {
        let target = if elsewhere.contains(id) {
            twin(api, *id, &mut twins)
        } else {
            Some(*id)
        };
        let record = target.and_then(|id| api.types.get_mut(id.0));
        if let Some(TypeBody::Record(record)) = record.map(|def| &mut def.body) {
            for field in &mut record.fields {
                if let Some(ty) = files.get(&field.wire_name) {
                    field.schema.ty = ty.clone();
                    // What it holds is not shown anyway.
                    field.secret = false;
                }
            }
            if let (Additional::Allowed(schema), Some(ty)) =
                (&mut record.additional, files.get(OTHERS))
            {
                schema.ty = ty.clone();
            }
        }
    }
    for media in chosen(api) {
        if let Type::Named(id) = &mut media.schema.ty
            && let Some(twin) = twins.get(id)
        {
            *id = *twin;
        }
    }
}

/// What stands for the properties without a name; no document has a control character in one.
const OTHERS: &str = "\0";

/// The types of the files in a record, by the names of its properties.
type Files = BTreeMap<String, Type>;

/// The media types of multipart bodies that are sent.
fn chosen(api: &mut Api) -> impl Iterator<Item = &mut Media> {
    let bodies = api.actions.iter_mut().filter_map(|it| it.body.as_mut());
    bodies.filter_map(|body| {
        let origin = body
            .preferred()
            .filter(|it| is_multipart(it))?
            .origin
            .clone();
        body.media.iter_mut().find(|media| media.origin == origin)
    })
}

const fn is_multipart(media: &Media) -> bool {
    matches!(media.encoding, Encoding::Multipart(_))
}

/// The records that are multipart bodies, each with its files.
fn forms(api: &Api) -> BTreeMap<TypeId, Files> {
    let mut forms: BTreeMap<TypeId, Files> = BTreeMap::new();
    let bodies = api
        .actions
        .iter()
        .filter_map(|it| it.body.as_ref()?.preferred());
    for media in bodies {
        let Encoding::Multipart(parts) = &media.encoding else {
            continue;
        };
        let Some((id, record)) = api.record(&media.schema.ty) else {
            continue;
        };
        let files = record.fields.iter().filter_map(|field| {
            let ty = file(api, &field.schema, content_type(parts, field), DEEPEST)?;
            Some((field.wire_name.clone(), ty))
        });
        let others = match &record.additional {
            Additional::Allowed(schema) if schema.ty != Type::Any => {
                file(api, schema, None, DEEPEST)
            }
            Additional::Allowed(_) | Additional::Unsaid | Additional::Forbidden => None,
        };
        let files = files.chain(others.map(|ty| (OTHERS.to_owned(), ty)));
        let files: Files = files.collect();
        if !files.is_empty() {
            forms.entry(id).or_default().extend(files);
        }
    }
    forms
}

/// `contentType` of a property, where no style makes it count for nothing. What follows from
/// `contentEncoding` says how a text is labelled, which stays one.
fn content_type<'p>(parts: &'p [Part], field: &Field) -> Option<&'p str> {
    let part = parts.iter().find(|part| part.name == field.wire_name)?;
    part.content_type.as_deref().filter(|_| !part.is_encoded)
}

/// The type of a property that is a file, or several (OpenAPI 3.1.1, section 4.8.15: the default of
/// `contentType`).
fn file(api: &Api, schema: &Schema, content_type: Option<&str>, depth: usize) -> Option<Type> {
    let one = || Some(Type::Primitive(Primitive::File));
    let depth = depth.checked_sub(1)?;
    match &schema.ty {
        Type::Primitive(Primitive::Binary | Primitive::File) => one(),
        Type::Primitive(Primitive::String { .. }) if content_type.is_some_and(is_bytes) => one(),
        // What has no type is bytes.
        Type::Any if content_type.is_none_or(|it| !is_text(it)) => one(),
        Type::List(items) => {
            let ty = file(api, items, content_type, depth)?;
            // Each item is a part; a list there is JSON, in which no file can stand.
            if matches!(ty, Type::List(_)) {
                return None;
            }
            let items = Schema {
                ty,
                ..items.as_ref().clone()
            };
            Some(Type::List(Box::new(items)))
        }
        Type::Named(id) => match &api.type_def(*id)?.body {
            TypeBody::Alias(schema) => file(api, schema, content_type, depth),
            TypeBody::Union(union) => {
                let variants = union.variants.iter();
                let mut files = variants.filter_map(|it| file(api, &it.schema, None, depth));
                // One file and a list of them are sent alike.
                let list = |ty: &Type| matches!(ty, Type::List(_));
                let all: Vec<Type> = files.by_ref().collect();
                match all.iter().find(|ty| list(ty)) {
                    Some(list) if all.len() == union.variants.len() => Some(list.clone()),
                    Some(_) | None => all.into_iter().find(|ty| !list(ty)),
                }
            }
            // The caller writes what is neither text nor JSON.
            TypeBody::Record(_) if content_type.is_some_and(|it| !is_json(it)) => one(),
            TypeBody::Record(_) | TypeBody::Enum(_) => None,
        },
        _ => None,
    }
}

fn essences(content_type: &str) -> impl Iterator<Item = String> {
    content_type.split(',').map(|one| {
        let essence = one.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    })
}

/// Whether one of the content types can be JSON.
fn is_json(content_type: &str) -> bool {
    essences(content_type).any(|it| {
        it.ends_with("/json") || it.ends_with("+json") || it == "*/*" || it == "application/*"
    })
}

/// Whether all content types are texts, among them JSON and XML.
fn is_text(content_type: &str) -> bool {
    let is_text = |it: &str| {
        let ends = ["/json", "+json", "/xml", "+xml", "/yaml", "+yaml"];
        it.starts_with("text/") || it != "image/svg+xml" && ends.iter().any(|end| it.ends_with(end))
    };
    essences(content_type).all(|it| is_text(&it))
}

/// Whether no content type is a text, nor a range with texts in it.
fn is_bytes(content_type: &str) -> bool {
    essences(content_type).all(|it| !is_text(&it) && it != "*/*" && it != "application/*")
}

/// The types that something else mentions than a multipart body that is sent.
fn elsewhere(api: &Api) -> BTreeSet<TypeId> {
    let mut ids = BTreeSet::new();
    for def in &api.types {
        ids.extend(visit::ids_of_body(&def.body));
    }
    for action in &api.actions {
        for parameter in &action.parameters {
            ids.extend(visit::ids_of(&parameter.schema));
        }
        if let Some(body) = &action.body {
            let sent = body
                .preferred()
                .filter(|it| is_multipart(it))
                .map(|it| &it.origin);
            let others = body.media.iter().filter(|it| Some(&it.origin) != sent);
            ids.extend(others.flat_map(|it| visit::ids_of_media(std::slice::from_ref(it))));
        }
        ids.extend(visit::ids_of_outcome(&action.outcome));
        ids.extend(action.callbacks.iter().flat_map(visit::ids_of_event));
    }
    ids.extend(api.events.iter().flat_map(visit::ids_of_event));
    ids
}

/// The copy of a type for multipart bodies, under its own id.
fn twin(api: &mut Api, id: TypeId, twins: &mut BTreeMap<TypeId, TypeId>) -> Option<TypeId> {
    let def = api.type_def(id)?;
    let form = |hint: &Vec<String>| hint.iter().cloned().chain(["form".to_owned()]).collect();
    let twin = TypeDef {
        component: None,
        hints: def.hints.iter().map(form).collect(),
        ..def.clone()
    };
    let new = TypeId(api.types.len());
    api.types.push(twin);
    twins.insert(id, new);
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ApiConfig;
    use crate::load::MemorySources;

    /// The types of the properties of an action's body, in the order of their names.
    fn sent(api: &Api, operation: &str) -> Vec<(String, String)> {
        let mut actions = api.actions.iter();
        let action = actions.find(|it| it.operation_id.as_deref() == Some(operation));
        let body = action.unwrap().body.as_ref().unwrap();
        let (_, record) = api.record(&body.preferred().unwrap().schema.ty).unwrap();
        let types = record.fields.iter().map(|field| {
            let ty = match &field.schema.ty {
                Type::Primitive(Primitive::File) => "file",
                Type::List(items) if items.ty == Type::Primitive(Primitive::File) => "files",
                Type::Primitive(Primitive::Binary) => "binary",
                _ => "else",
            };
            (field.wire_name.clone(), ty.to_owned())
        });
        let mut types: Vec<_> = types.collect();
        types.sort();
        types
    }

    fn compiled(body: &str, more: &str) -> Api {
        let text = format!(
            r##"
openapi: 3.1.0
info: {{title: F, version: "1"}}
paths:
  /a: {{post: {{operationId: a, requestBody: {{content: {{multipart/form-data: {body}}}}}, responses: {{"204": {{description: x}}}}}}}}
{more}
components: {{schemas: {{Raw: {{type: string, format: binary}}, Both: {{type: object, properties: {{raw: {{$ref: "#/components/schemas/Raw"}}}}}}}}}}
"##
        );
        let sources = MemorySources::new("f.yaml", &text);
        let config = ApiConfig::for_name("f");
        let compiled = crate::compile("f.yaml", &sources, &config, &mut |_| {});
        compiled.api.unwrap()
    }

    #[track_caller]
    fn property(schema: &str, encoding: &str, expected: &str) {
        let body = format!(
            "{{schema: {{type: object, properties: {{p: {schema}}}}}, encoding: {{p: {{{encoding}}}}}}}"
        );
        let expected = [("p".to_owned(), expected.to_owned())];
        assert_eq!(
            sent(&compiled(&body, ""), "a"),
            expected,
            "{schema} {encoding}"
        );
    }

    #[test]
    fn bytes_and_what_has_no_type_are_files() {
        property("{type: string, format: binary}", "", "file");
        property(
            "{type: array, items: {type: string, format: binary}}",
            "",
            "files",
        );
        property(r##"{$ref: "#/components/schemas/Raw"}"##, "", "file");
        property("{}", "", "file");
        property("{type: array, items: {}}", "", "files");
        property("{contentMediaType: image/png}", "", "file");
        property("{type: string}", "", "else");
        property(
            "{type: object, properties: {b: {type: string, format: binary}}}",
            "",
            "else",
        );
        property("{type: string, contentEncoding: base64}", "", "else");
        property("{type: string, contentEncoding: base64url}", "", "else");
    }

    /// Only an array of files has a part for each: what is deeper is JSON.
    #[test]
    fn no_file_is_inside_json() {
        let files = "{type: array, items: {type: string, format: binary}}";
        property(&format!("{{type: array, items: {files}}}"), "", "else");
        property(
            &format!("{{type: array, items: {{anyOf: [{files}]}}}}"),
            "",
            "else",
        );
        property("{type: array, items: {type: array, items: {}}}", "", "else");
        let json = "contentType: application/json";
        property(files, json, "files");
        property("{type: string, format: binary}", json, "file");
    }

    #[test]
    fn the_content_type_says_what_a_text_or_nothing_is() {
        property(
            "{type: string}",
            "contentType: 'image/png, image/*'",
            "file",
        );
        property("{type: string}", "contentType: '*/*'", "else");
        property("{type: string}", "contentType: application/xml", "else");
        property("{}", "contentType: '*/*'", "file");
        property("{}", "contentType: application/json", "else");
        property("{}", "contentType: text/csv", "else");
        let object = "{type: object, properties: {x: {type: string}}}";
        property(object, "contentType: application/xml", "file");
        property(object, "contentType: application/json", "else");
        property(object, "contentType: '*/*'", "else");
    }

    #[test]
    fn one_file_or_a_list_of_them_is_a_list() {
        let one = "{type: string, format: binary}";
        let list = format!("{{anyOf: [{one}, {{type: array, items: {one}}}]}}");
        property(&list, "", "files");
        property(
            &format!("{{oneOf: [{one}, {{type: integer}}]}}"),
            "",
            "file",
        );
    }

    /// The same schema in an answer is JSON, where no file can stand.
    #[test]
    fn a_record_that_is_json_elsewhere_becomes_two() {
        let both = r##"{$ref: "#/components/schemas/Both"}"##;
        let form = format!("{{schema: {both}}}");
        let alone = compiled(&form, "");
        assert_eq!(
            alone
                .types
                .iter()
                .filter(|it| it.component.as_deref() == Some("Both"))
                .count(),
            1
        );
        let count = alone.types.len();
        let more = format!(
            r#"  /b: {{post: {{operationId: b, requestBody: {{content: {{application/json: {{schema: {both}}}}}}}, responses: {{"204": {{description: x}}}}}}}}"#
        );
        let api = compiled(&form, &more);
        let is = |ty: &str| [("raw".to_owned(), ty.to_owned())];
        assert_eq!(sent(&api, "a"), is("file"));
        assert_eq!(sent(&api, "b"), is("else"), "the alias of bytes");
        assert_eq!(api.types.len(), count + 1);
    }
}
