//! Tables of how models look in XML, for the bodies that travel as XML.
//!
//! A table for each record that such a body can lead to, and one for the root of each body. What is written
//! is in the order of the record's properties.

use super::errors::{error_responses, typed_media};
use super::format::SourceFile;
use super::operations::success_media;
use super::reach::chosen_media;
use super::types::is_required;
use super::{Context, ident};
use crate::ir::{
    Action, Additional, Api, Field, Media, Primitive, Record, Role, Schema, Type, TypeBody, TypeId,
    Union, Xml,
};
use crate::names::{RustNames, words};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Lists of lists and the like are followed this far; what is deeper is any XML.
const DEEPEST: usize = 8;

/// The tables of an API.
#[derive(Debug, Default)]
pub(super) struct XmlTables {
    /// Name and value of each constant, in the order in which they are met.
    records: Vec<(String, TokenStream)>,
    roots: Vec<(String, TokenStream)>,
    /// The root of a body, by the place of its schema: in Swagger many bodies share one list of media types.
    of_schema: BTreeMap<(String, String), String>,
}

/// Whether an API has bodies of XML with a type.
pub(super) fn has_typed_xml(api: &Api) -> bool {
    api.actions.iter().flat_map(bodies).next().is_some()
}

/// Whether an action sends or reads XML with a type, errors apart.
pub(super) fn travels_as_xml(action: &Action) -> bool {
    let sent = action.body.as_ref().and_then(chosen_media);
    let both = sent.into_iter().chain(success_media(action));
    both.into_iter().any(|media| media.typed_xml)
}

/// The bodies of an action that are sent and read as XML.
fn bodies(action: &Action) -> impl Iterator<Item = &Media> {
    let sent = action.body.as_ref().and_then(chosen_media);
    let read = success_media(action);
    let errors = error_responses(action).filter_map(typed_media);
    let all = sent.into_iter().chain(read).chain(errors);
    all.filter(|media| media.typed_xml)
}

fn place(media: &Media) -> (String, String) {
    let origin = &media.schema.origin;
    (origin.file.to_string(), origin.pointer.clone())
}

impl XmlTables {
    pub(super) fn new(api: &Api, names: &RustNames) -> Self {
        let mut writer = Writer {
            api,
            names,
            tables: Self::default(),
            of_type: BTreeMap::new(),
            pending: Vec::new(),
            taken: BTreeSet::new(),
        };
        for media in api.actions.iter().flat_map(bodies) {
            writer.root(media);
        }
        writer.tables
    }

    pub(super) fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// The constant of a body's root; `None` for one that is no XML with a type.
    pub(super) fn root(&self, media: &Media) -> Option<&str> {
        let root = self
            .of_schema
            .get(&place(media))
            .filter(|_| media.typed_xml);
        root.map(String::as_str)
    }
}

impl Context<'_> {
    /// `xml.rs`; none where no body is XML.
    pub(super) fn xml_file(&self) -> Option<SourceFile> {
        if self.xml.is_empty() {
            return None;
        }
        let mut file = SourceFile::new("How models look in XML.");
        file.code(quote! {
            use specwright_runtime as rt;
            use rt::xml::{Element, Field, Record, Shape};
        });
        let tables = [
            (&self.xml.roots, quote!(Element)),
            (&self.xml.records, quote!(Record)),
        ];
        for (list, ty) in tables {
            for (name, value) in list {
                let name = ident(name);
                file.code(quote!(pub(crate) static #name: #ty = #value;));
            }
        }
        Some(file)
    }

    /// The path to the constant of a body's root.
    pub(super) fn xml_root(&self, media: &Media) -> TokenStream {
        let api = ident(&self.api.name);
        let root = ident(self.xml.root(media).unwrap_or_default());
        quote!(crate::#api::xml::#root)
    }
}

/// What the tables are made with.
struct Writer<'a> {
    api: &'a Api,
    names: &'a RustNames,
    tables: XmlTables,
    of_type: BTreeMap<TypeId, String>,
    /// Records that are mentioned and not yet written.
    pending: Vec<TypeId>,
    taken: BTreeSet<String>,
}

impl Writer<'_> {
    /// The root of a body, and every record that it leads to.
    fn root(&mut self, media: &Media) {
        let schema = &media.schema;
        let name = self.api.xml_root(schema);
        // What is received is not asked for the name of its root.
        let name = name.unwrap_or_else(|| "root".to_owned());
        let value = match self.api.resolved(&schema.ty) {
            Type::List(item) => {
                let item_name = self.api.xml_root(item);
                let item = self.element(item, item_name.as_deref().unwrap_or(&name), 0);
                element(&name, &quote!(Shape::List(&#item)), &self.api.xml(schema))
            }
            _ => self.element(schema, &name, 0),
        };
        let same = |(_, other): &&(String, TokenStream)| other.to_string() == value.to_string();
        let constant = match self.tables.roots.iter().find(same) {
            Some((constant, _)) => constant.clone(),
            None => {
                let constant = self.constant(&format!("{name} root"));
                self.tables.roots.push((constant.clone(), value));
                constant
            }
        };
        self.tables.of_schema.insert(place(media), constant);
        while let Some(id) = self.pending.pop() {
            let value = self.record(id);
            let name = self.of_type.get(&id).cloned().unwrap_or_default();
            self.tables.records.push((name, value));
        }
    }

    /// A name that no other constant has.
    fn constant(&mut self, text: &str) -> String {
        let words = words(text).join("_").to_uppercase();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let words: String = words.chars().filter(|c| is_plain(*c)).collect();
        let begins = words.starts_with(|c: char| c.is_ascii_alphabetic());
        let name = if begins {
            words
        } else {
            format!("XML_{words}")
        };
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut names = [name.clone()].into_iter().chain(numbered);
        let free = names.find(|name| !self.taken.contains(name));
        let free = free.unwrap_or_default();
        self.taken.insert(free.clone());
        free
    }

    fn element(&mut self, schema: &Schema, name: &str, depth: usize) -> TokenStream {
        let xml = self.api.xml(schema);
        let shape = self.shape(schema, depth);
        element(xml.name.as_deref().unwrap_or(name), &shape, &xml)
    }

    fn shape(&mut self, schema: &Schema, depth: usize) -> TokenStream {
        if depth > DEEPEST {
            return quote!(Shape::Any);
        }
        let api = self.api;
        match api.resolved(&schema.ty) {
            Type::Primitive(primitive) => scalar(primitive),
            Type::Constant(value) => constant(value),
            Type::List(item) => {
                let item = self.element(item, "item", depth + 1);
                quote!(Shape::List(&#item))
            }
            Type::Map(values) => {
                let values = self.shape(values, depth + 1);
                quote!(Shape::Map(&#values))
            }
            Type::Named(id) => self.named(*id),
            Type::Any | Type::Never | Type::Null | Type::Tuple(..) => quote!(Shape::Any),
        }
    }

    fn named(&mut self, id: TypeId) -> TokenStream {
        let api = self.api;
        match api.type_def(id).map(|def| &def.body) {
            Some(TypeBody::Record(_)) => self.mention(id),
            Some(TypeBody::Enum(list)) if list.integer => quote!(Shape::Integer),
            Some(TypeBody::Enum(_)) => quote!(Shape::Token),
            Some(TypeBody::Union(union)) if is_scalar(api, union) => quote!(Shape::Scalar),
            Some(TypeBody::Union(union)) if !records(api, union).is_empty() => self.mention(id),
            Some(TypeBody::Union(_) | TypeBody::Alias(_)) | None => quote!(Shape::Any),
        }
    }

    fn mention(&mut self, id: TypeId) -> TokenStream {
        let name = match self.of_type.get(&id) {
            Some(name) => name.clone(),
            None => {
                let own = self.names.types.get(id.0);
                let name = self.constant(own.map_or("", String::as_str));
                self.of_type.insert(id, name.clone());
                self.pending.push(id);
                name
            }
        };
        let name = ident(&name);
        quote!(Shape::Record(&#name))
    }

    /// A record; a union of records has the properties of all.
    fn record(&mut self, id: TypeId) -> TokenStream {
        let api = self.api;
        let Some(def) = api.type_def(id) else {
            return quote!(Record::new(&[]));
        };
        match &def.body {
            TypeBody::Union(union) => {
                let mut fields: BTreeMap<&str, TokenStream> = BTreeMap::new();
                for field in records(api, union).into_iter().flat_map(|it| &it.fields) {
                    let value = self.field(field, false);
                    fields.entry(&field.wire_name).or_insert(value);
                }
                let tag = union.tag.as_deref();
                if let Some(tag) = tag.filter(|tag| !fields.contains_key(tag)) {
                    fields.insert(tag, quote!(Field::new(#tag, Shape::Token)));
                }
                let fields = fields.values();
                quote!(Record::new(&[#(#fields),*]))
            }
            TypeBody::Record(record) => {
                let fields = record.fields.iter();
                let fields: Vec<TokenStream> = fields
                    .map(|field| self.field(field, is_there(field, def.role)))
                    .collect();
                let rest = match (&record.additional, record.patterns.as_slice()) {
                    (Additional::Allowed(schema), []) => Some(self.shape(schema, 0)),
                    (Additional::Unsaid | Additional::Forbidden, []) => None,
                    _ => Some(quote!(Shape::Any)),
                };
                let rest = rest.map(|shape| quote!(.rest(#shape)));
                quote!(Record::new(&[#(#fields),*])#rest)
            }
            TypeBody::Enum(_) | TypeBody::Alias(_) => quote!(Record::new(&[])),
        }
    }

    fn field(&mut self, field: &Field, required: bool) -> TokenStream {
        let api = self.api;
        let (key, schema) = (&field.wire_name, &field.schema);
        let xml = api.xml(schema);
        let own = xml.name.clone().unwrap_or_else(|| key.clone());
        // A list is an element for each item, called as the items are or else as itself.
        let (name, shape, place, space) = match api.resolved(&schema.ty) {
            Type::List(item) if !xml.wrapped && !xml.attribute => {
                let of_item = api.xml(item);
                let name = of_item.name.clone().unwrap_or(own);
                let space = if said(&of_item) { of_item } else { xml };
                (name, self.shape(item, 1), Some(quote!(.repeated())), space)
            }
            Type::List(item) => {
                let item = self.element(item, &own, 1);
                let place = xml.attribute.then(|| quote!(.attribute()));
                (own, quote!(Shape::List(&#item)), place, xml)
            }
            _ => {
                let place = match (xml.attribute, xml.text) {
                    (true, _) => Some(quote!(.attribute())),
                    (false, true) => Some(quote!(.content())),
                    (false, false) => None,
                };
                (own, self.shape(schema, 0), place, xml)
            }
        };
        let named = (name != *key).then(|| quote!(.named(#name)));
        let space = within(&space);
        let required = required.then(|| quote!(.required()));
        quote!(Field::new(#key, #shape)#named #space #place #required)
    }
}

/// Whether a property is always there.
fn is_there(field: &Field, role: Role) -> bool {
    is_required(field, role) && !field.schema.nullable
}

fn said(xml: &Xml) -> bool {
    xml.prefix.is_some() || xml.namespace.is_some()
}

fn within(xml: &Xml) -> Option<TokenStream> {
    let [prefix, namespace] = [&xml.prefix, &xml.namespace].map(|it| it.as_deref().unwrap_or(""));
    said(xml).then(|| quote!(.within(#prefix, #namespace)))
}

fn element(name: &str, shape: &TokenStream, xml: &Xml) -> TokenStream {
    let within = within(xml);
    quote!(Element::new(#name, #shape)#within)
}

/// The records that a union is of; none where it is of other things as well.
fn records<'a>(api: &'a Api, union: &'a Union) -> Vec<&'a Record> {
    let variants = union.variants.iter();
    let records = variants.map(|variant| api.record(&variant.schema.ty).map(|(_, it)| it));
    records.collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn is_scalar(api: &Api, union: &Union) -> bool {
    union
        .variants
        .iter()
        .all(|variant| match api.resolved(&variant.schema.ty) {
            Type::Primitive(_) | Type::Constant(_) => true,
            Type::Named(id) => {
                let body = api.type_def(*id).map(|def| &def.body);
                matches!(body, Some(TypeBody::Enum(_)))
            }
            _ => false,
        })
}

fn scalar(primitive: &Primitive) -> TokenStream {
    match primitive {
        Primitive::Boolean => quote!(Shape::Boolean),
        Primitive::Integer { .. } => quote!(Shape::Integer),
        Primitive::Number | Primitive::Decimal { quoted: false } => quote!(Shape::Number),
        Primitive::String { .. } | Primitive::Binary | Primitive::File => quote!(Shape::Text),
        Primitive::Decimal { quoted: true }
        | Primitive::DateTime
        | Primitive::Date
        | Primitive::Time
        | Primitive::Duration
        | Primitive::Uuid
        | Primitive::Uri
        | Primitive::Base64 => quote!(Shape::Token),
    }
}

fn constant(value: &Value) -> TokenStream {
    match value {
        Value::Bool(_) => quote!(Shape::Boolean),
        Value::Number(number) if number.is_f64() => quote!(Shape::Number),
        Value::Number(_) => quote!(Shape::Integer),
        Value::String(_) | Value::Null => quote!(Shape::Text),
        Value::Array(_) | Value::Object(_) => quote!(Shape::Any),
    }
}

#[cfg(test)]
mod tests;
