//! How the variants of a union without a tag are told apart, a line for each.

use super::Context;
use crate::ir::{JsonType, Type, Union, VariantTest};
use crate::names::{Case, words};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use std::collections::HashSet;

impl Context<'_> {
    /// The lines of a union, in the order of its variants.
    ///
    /// Where nothing tells a variant apart, it is never read as one, and neither is any other whose
    /// property it could have as well: each gets a method that tries to.
    pub(super) fn untagged_entries(&self, union: &Union, idents: &[Ident]) -> Vec<TokenStream> {
        let ambiguous = union
            .variants
            .iter()
            .any(|variant| variant.test == VariantTest::None);
        let mut methods = HashSet::new();
        let tests = union.variants.iter().zip(idents);
        let entry = |(variant, ident): (&crate::ir::Variant, &Ident)| {
            if !ambiguous {
                return untagged_entry(ident, &variant.test);
            }
            if let VariantTest::JsonType(_) = variant.test {
                return untagged_entry(ident, &variant.test);
            }
            let name = Case::Value.identifier(&words(&ident.to_string()));
            let name = name.filter(|_| variant.schema.ty != Type::Any);
            let name = name.map(|name| format!("as_{}", name.trim_start_matches("r#")));
            match name.filter(|name| methods.insert(name.clone())) {
                Some(name) => {
                    let method = format_ident!("{name}");
                    let ty = self.ty(&variant.schema.ty);
                    quote!(#ident: never => #method(#ty))
                }
                None => quote!(#ident: never),
            }
        };
        tests.map(entry).collect()
    }
}

/// The tag that a union adds to its variants, and the lines of its variants.
pub(super) fn added_tag_entries<'u>(
    union: &'u Union,
    idents: &[Ident],
) -> Option<(&'u str, Vec<TokenStream>)> {
    let entry = |(variant, ident): (&crate::ir::Variant, &Ident)| {
        let values = &variant.added_tag.as_ref()?.values;
        let test = untagged_entry(ident, &variant.test);
        let test = test.into_iter().skip(1).collect::<TokenStream>();
        Some(quote!(#ident = #(#values)|* #test))
    };
    let entries = union.variants.iter().zip(idents).map(entry);
    let entries: Option<Vec<TokenStream>> = entries.collect();
    let tag = union.variants.first()?.added_tag.as_ref()?;
    Some((tag.property.as_str(), entries?))
}

fn untagged_entry(ident: &Ident, test: &VariantTest) -> TokenStream {
    match test {
        VariantTest::JsonType(JsonType::Boolean) => quote!(#ident: boolean),
        VariantTest::JsonType(JsonType::Integer) => quote!(#ident: integer),
        VariantTest::JsonType(JsonType::Number) => quote!(#ident: number),
        VariantTest::JsonType(JsonType::String) => quote!(#ident: string),
        VariantTest::JsonType(JsonType::Array) => quote!(#ident: array),
        VariantTest::JsonType(JsonType::Object) => quote!(#ident: object),
        VariantTest::Property(name) => quote!(#ident: property #name),
        VariantTest::Tag(_) | VariantTest::None => quote!(#ident: never),
    }
}
