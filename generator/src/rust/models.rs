//! Models: records, enums, unions and aliases, each with its table for the runtime's macros.

use super::docs::{attributes, code, first_of};
use super::format::SourceFile;
use super::lints::many_arguments;
use super::model_docs::{deprecated, field_docs, type_docs};
use super::types::{Presence, constant_value, is_sent};
use super::union_tables::added_tag_entries;
use super::{Context, ident};
use crate::ir::{
    Additional, Enum, Field, Primitive, Record, Schema, Type, TypeBody, TypeDef, TypeId, Union,
    VariantTest,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

impl Context<'_> {
    /// Adds a type to a file.
    pub(super) fn model(&self, id: TypeId, file: &mut SourceFile) {
        let Some(def) = self.api.type_def(id) else {
            return;
        };
        match &def.body {
            TypeBody::Record(record) => self.record(id, def, record, file),
            TypeBody::Enum(list) => self.enumeration(id, def, list, file),
            TypeBody::Union(union) => self.union(id, def, union, file),
            TypeBody::Alias(schema) => self.alias(id, def, schema, file),
        }
    }

    fn record(&self, id: TypeId, def: &TypeDef, record: &Record, file: &mut SourceFile) {
        let name = self.bare_name(id);
        let shared = self.payloads.shared(id);
        let generic = shared.and_then(|shared| shared.parameter.as_ref());
        let generic = generic.map(|_| quote!(<T>));
        let docs = shared.map_or_else(|| type_docs(def), |shared| self.shared_docs(shared));
        let old = deprecated(def.deprecated);
        let rest = self.rest(id, record);
        let members: Vec<Member<'_>> = record
            .fields
            .iter()
            .zip(self.names.fields.get(id.0).into_iter().flatten())
            .map(|(field, name)| {
                let (presence, ty) = match shared {
                    Some(shared) => self.shared_field(shared, field),
                    None => self.field(field, def.role),
                };
                Member {
                    field,
                    ident: ident(name),
                    presence,
                    ty,
                }
            })
            .collect();
        let fields = members.iter().map(|member| {
            let docs = match shared {
                Some(shared) => self.shared_field_docs(shared, member.field),
                None => {
                    let form = self.form_docs(id, member.field, member.presence);
                    field_docs(member.field) + &form
                }
            };
            let docs = attributes(&docs);
            let old = deprecated(member.field.schema.deprecated);
            let (ident, ty) = (&member.ident, &member.ty);
            quote!(#docs #old pub #ident: #ty,)
        });
        let rest_field = rest.as_ref().map(|(ident, ty)| {
            let docs = attributes("Properties that the document does not name.");
            quote!(#docs pub #ident: #ty,)
        });
        let blank = members
            .iter()
            .all(|member| member.presence != Presence::Required);
        let default = blank.then(|| quote!(, Default));
        let open = (!is_sent(def.role)).then(|| quote!(#[non_exhaustive]));
        file.code(quote! {
            #docs
            #old
            #[derive(Debug, Clone, PartialEq #default)]
            #open
            pub struct #name #generic { #(#fields)* #rest_field }
        });
        // Objects are written in the order of this table: by name, which follows from the document alone.
        let mut by_name: Vec<&Member<'_>> = members.iter().collect();
        by_name.sort_by_key(|member| &member.field.wire_name);
        let mut entries: Vec<TokenStream> = by_name
            .into_iter()
            .map(|member| {
                let (ident, key) = (&member.ident, &member.field.wire_name);
                let word = match member.presence {
                    Presence::Required => quote!(required),
                    Presence::Optional => quote!(optional),
                    Presence::Nullable => quote!(nullable),
                };
                quote!(#word #ident = #key)
            })
            .collect();
        entries.extend(rest.as_ref().map(|(ident, _)| quote!(..#ident)));
        file.table(quote!(rt::object), quote!(#name #generic), entries);
        if !blank && is_sent(def.role) {
            file.code(constructor(
                &name,
                &members,
                rest.as_ref().map(|(ident, _)| ident),
            ));
        }
    }

    /// The field for properties without a name, where the document allows them.
    pub(super) fn rest(
        &self,
        id: TypeId,
        record: &Record,
    ) -> Option<(proc_macro2::Ident, TokenStream)> {
        let ty = match (&record.additional, record.patterns.as_slice()) {
            (Additional::Allowed(schema), []) if schema.ty != Type::Any => {
                let value = self.schema(schema);
                quote!(std::collections::BTreeMap<String, #value>)
            }
            (Additional::Unsaid | Additional::Forbidden, []) => return None,
            _ => quote!(rt::Map<String, rt::Value>),
        };
        let name = self
            .names
            .additional
            .get(id.0)
            .filter(|name| !name.is_empty())?;
        Some((ident(name), ty))
    }

    fn enumeration(&self, id: TypeId, def: &TypeDef, list: &Enum, file: &mut SourceFile) {
        let name = self.type_name(id);
        let docs = type_docs(def);
        let old = deprecated(def.deprecated);
        let idents: Vec<_> = self
            .names
            .variants
            .get(id.0)
            .into_iter()
            .flatten()
            .map(|name| ident(name))
            .collect();
        let variants = list.values.iter().zip(&idents).map(|(value, ident)| {
            let wire = code(&literal_text(&value.value));
            let text = first_of(&[value.description.as_deref()], String::new);
            let docs = attributes(&if text.is_empty() {
                wire
            } else {
                format!("{wire}: {text}")
            });
            quote!(#docs #ident,)
        });
        let (unknown, macro_name) = if list.integer {
            (quote!(i64), quote!(rt::integer_enum))
        } else {
            (quote!(String), quote!(rt::string_enum))
        };
        file.code(quote! {
            #docs
            #old
            #[derive(Debug, Clone, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
                /// A value that the document does not list.
                Unknown(#unknown),
            }
        });
        let entries = list
            .values
            .iter()
            .zip(&idents)
            .map(|(value, ident)| {
                let literal = value_literal(&value.value);
                quote!(#ident = #literal)
            })
            .collect();
        file.table(macro_name, quote!(#name), entries);
    }

    fn union(&self, id: TypeId, def: &TypeDef, union: &Union, file: &mut SourceFile) {
        let name = self.type_name(id);
        let docs = type_docs(def);
        let old = deprecated(def.deprecated);
        let idents: Vec<_> = self
            .names
            .variants
            .get(id.0)
            .into_iter()
            .flatten()
            .map(|name| ident(name))
            .collect();
        let ambiguous = union
            .variants
            .iter()
            .any(|variant| variant.test == VariantTest::None);
        let variants = union.variants.iter().zip(&idents).map(|(variant, ident)| {
            let ty = self.ty(&variant.schema.ty);
            let ty = if variant.indirect {
                quote!(Box<#ty>)
            } else {
                ty
            };
            let text = first_of(
                &[
                    variant.schema.description.as_deref(),
                    variant.schema.title.as_deref(),
                ],
                || code(&variant.name),
            );
            let docs = attributes(&text);
            quote!(#docs #ident(#ty),)
        });
        let unknown = if ambiguous {
            "The value as it came, where the document does not say how to tell its shapes apart: read it as \
             the one you expect with `as_..`."
        } else {
            "A shape that the document does not describe, as it came."
        };
        let unknown = attributes(&super::docs::sanitize(unknown));
        file.code(quote! {
            #docs
            #old
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
                #unknown
                Unknown(rt::Value),
            }
        });
        if let Some((tag, entries)) = added_tag_entries(union, &idents) {
            return file.table(quote!(rt::tagging_union), quote!(#name adds #tag), entries);
        }
        let tests = union.variants.iter().zip(&idents);
        match &union.tag {
            Some(tag)
                if union
                    .variants
                    .iter()
                    .all(|variant| matches!(variant.test, VariantTest::Tag(_))) =>
            {
                let entries = tests
                    .map(|(variant, ident)| match &variant.test {
                        VariantTest::Tag(values) => quote!(#ident = #(#values)|*),
                        _ => TokenStream::new(),
                    })
                    .collect();
                file.table(quote!(rt::tagged_union), quote!(#name by #tag), entries);
            }
            _ => {
                let entries = self.untagged_entries(union, &idents);
                file.table(quote!(rt::untagged_union), quote!(#name), entries);
            }
        }
    }

    fn alias(&self, id: TypeId, def: &TypeDef, schema: &Schema, file: &mut SourceFile) {
        let name = self.type_name(id);
        let docs = type_docs(def);
        let ty = self.schema(schema);
        if self.is_recursive_alias(id) {
            // A type alias cannot mention itself.
            file.code(quote! {
                #docs
                #[derive(Debug, Clone, PartialEq)]
                pub struct #name(pub Box<#ty>);
            });
            file.table(quote!(rt::newtype), quote!(#name), Vec::new());
        } else {
            file.code(quote!(#docs pub type #name = #ty;));
        }
    }

    /// Whether an alias leads back to itself through aliases, lists and maps alone.
    pub(super) fn is_recursive_alias(&self, id: TypeId) -> bool {
        let mut seen = super::reach::TypeSet::empty(self.api);
        let mut pending = vec![id];
        while let Some(current) = pending.pop() {
            let Some(TypeBody::Alias(schema)) = self.api.type_def(current).map(|def| &def.body)
            else {
                continue;
            };
            let mut back = false;
            super::reach::referenced_by(schema, &mut |next| {
                back |= next == id;
                pending.push(next);
            });
            if back {
                return true;
            }
            pending.retain(|next| !seen.contains(*next));
            pending.iter().for_each(|next| {
                seen.insert(*next);
            });
        }
        false
    }
}

/// A field of a struct, with everything that is written of it.
struct Member<'a> {
    field: &'a Field,
    ident: proc_macro2::Ident,
    presence: Presence,
    ty: TokenStream,
}

/// `new` with an argument for each required field, for types that callers make. What can have one value
/// only is filled in.
fn constructor(
    name: &TokenStream,
    members: &[Member<'_>],
    rest: Option<&proc_macro2::Ident>,
) -> TokenStream {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for member in members {
        let (ident, ty) = (&member.ident, &member.ty);
        let text = matches!(
            member.field.schema.ty,
            Type::Primitive(Primitive::String { .. })
        );
        let plain = !member.field.secret && !member.field.indirect && !member.field.schema.nullable;
        match (member.presence, constant_value(member.field)) {
            (Presence::Optional | Presence::Nullable, _) => values.push(quote!(#ident: None)),
            (Presence::Required, Some(value)) => values.push(quote!(#ident: #value)),
            (Presence::Required, None) if text && plain => {
                arguments.push(quote!(#ident: impl Into<String>));
                values.push(quote!(#ident: #ident.into()));
            }
            (Presence::Required, None) => {
                arguments.push(quote!(#ident: #ty));
                values.push(quote!(#ident));
            }
        }
    }
    let rest = rest.map(|ident| quote!(#ident: Default::default(),));
    let many = many_arguments(arguments.len());
    let new_without_default = arguments
        .is_empty()
        .then(|| quote!(#[allow(clippy::new_without_default)]));
    quote! {
        impl #name {
            /// With what is required; the rest is left out.
            #many
            #new_without_default
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* #rest }
            }
        }
    }
}

/// A number as an expression.
pub(super) fn number_literal(number: &serde_json::Number) -> Option<TokenStream> {
    let literal = match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(value), ..) => Literal::u64_unsuffixed(value.unsigned_abs()),
        (None, Some(value), _) => Literal::u64_unsuffixed(value),
        (None, None, Some(value)) if value.is_finite() => Literal::f64_unsuffixed(value.abs()),
        _ => return None,
    };
    let negative = number.as_f64().is_some_and(|value| value < 0.0);
    Some(if negative {
        quote!(-#literal)
    } else {
        quote!(#literal)
    })
}

fn literal_text(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A string or integer of the document as a Rust literal.
fn value_literal(value: &serde_json::Value) -> TokenStream {
    let literal = match value.as_i64() {
        Some(number) => Literal::u64_unsuffixed(number.unsigned_abs()),
        None => Literal::string(&literal_text(value)),
    };
    let negative = value.as_i64().is_some_and(|number| number < 0);
    if negative {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}
