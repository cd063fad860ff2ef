//! Values for examples: the document's own where they fit, else made up within its limits.

use super::types::{constant_value, is_required, is_sent};
use super::{Context, ident};
use crate::ir::{Constraints, Field, Primitive, Record, Schema, Type, TypeBody, TypeId};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// How deep an example goes before it gives up: required records inside required records.
const DEEPEST: usize = 6;

impl Context<'_> {
    pub(super) fn argument_example(
        &self,
        schema: &Schema,
        example: Option<&Value>,
    ) -> Option<TokenStream> {
        if matches!(schema.ty, Type::Primitive(Primitive::String { .. })) {
            let text = text_example(schema, example);
            return Some(quote!(#text));
        }
        let required = Schema {
            nullable: false,
            ..schema.clone()
        };
        self.value(&required, example, 0)
    }

    /// A value for a schema: the document's example where it fits, else one made up.
    pub(super) fn value(
        &self,
        schema: &Schema,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<TokenStream> {
        let example = example
            .or(schema.examples.first())
            .or(schema.default.as_ref());
        let value = self.value_of(&schema.ty, example, &schema.constraints, depth)?;
        let nullable = schema.nullable && !matches!(schema.ty, Type::Any | Type::Null);
        Some(if nullable {
            quote!(Some(#value))
        } else {
            value
        })
    }

    pub(super) fn value_of(
        &self,
        ty: &Type,
        example: Option<&Value>,
        limits: &Constraints,
        depth: usize,
    ) -> Option<TokenStream> {
        if depth > DEEPEST {
            return None;
        }
        Some(match ty {
            Type::Any | Type::Never => quote!(Default::default()),
            Type::Null => quote!(()),
            Type::Primitive(primitive) => primitive_example(primitive, example, limits),
            Type::Constant(value) => constant_example(value),
            Type::List(items) => {
                let item = self.value(items, None, depth + 1)?;
                quote!(vec![#item])
            }
            Type::Map(_) => quote!(Default::default()),
            Type::Tuple(items, rest) => {
                let closed = rest.as_ref().is_some_and(|rest| rest.ty == Type::Never);
                if !closed || items.is_empty() {
                    return Some(quote!(Vec::new()));
                }
                let items: Option<Vec<TokenStream>> = items
                    .iter()
                    .map(|item| self.value(item, None, depth + 1))
                    .collect();
                let items = items?;
                quote!((#(#items,)*))
            }
            Type::Named(id) => self.named_example(*id, example, depth)?,
        })
    }

    fn named_example(
        &self,
        id: TypeId,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<TokenStream> {
        let def = self.api.type_def(id)?;
        match &def.body {
            TypeBody::Alias(schema) => self.value(schema, example, depth + 1),
            TypeBody::Enum(list) => {
                let index = example.and_then(|example| {
                    list.values.iter().position(|value| value.value == *example)
                });
                let path = self.path(id)?;
                let variant = ident(self.names.variants.get(id.0)?.get(index.unwrap_or(0))?);
                Some(quote!(#path::#variant))
            }
            TypeBody::Union(union) => {
                let path = self.path(id)?;
                let (index, variant) = union
                    .variants
                    .iter()
                    .enumerate()
                    .find(|(_, variant)| !variant.indirect)?;
                let ident = ident(self.names.variants.get(id.0)?.get(index)?);
                let value = self.value_of(
                    &variant.schema.ty,
                    None,
                    &variant.schema.constraints,
                    depth + 1,
                )?;
                Some(quote!(#path::#ident(#value)))
            }
            TypeBody::Record(record) => self.record_example(id, record, depth),
        }
    }

    fn record_example(&self, id: TypeId, record: &Record, depth: usize) -> Option<TokenStream> {
        let path = self.path(id)?;
        let role = self.api.type_def(id)?.role;
        if record.fields.iter().all(|field| !is_required(field, role)) {
            return Some(quote!(#path::default()));
        }
        if !is_sent(role) {
            return None;
        }
        let arguments: Option<Vec<TokenStream>> = record
            .fields
            .iter()
            .filter(|field| is_required(field, role) && constant_value(field).is_none())
            .map(|field| self.new_argument(id, field, depth))
            .collect();
        let arguments = arguments?;
        Some(quote!(#path::new(#(#arguments),*)))
    }

    /// An argument of a record's `new`, with a value that is made up.
    pub(super) fn new_argument(
        &self,
        record: TypeId,
        field: &Field,
        depth: usize,
    ) -> Option<TokenStream> {
        if let Some(file) = self.file_example(record, field) {
            return Some(wrapped(field, file));
        }
        let example = field.schema.examples.first();
        let example = example.or(field.schema.default.as_ref());
        if is_text(field) {
            let text = text_example(&field.schema, None);
            return Some(wrapped(field, quote!(#text)));
        }
        let (ty, limits) = (&field.schema.ty, &field.schema.constraints);
        let value = self.value_of(ty, example, limits, depth + 1)?;
        Some(wrapped(field, value))
    }

    /// A type's path as users write it: `twenty::PersonInput`.
    pub(super) fn path(&self, id: TypeId) -> Option<TokenStream> {
        let import = ident(&self.api.name);
        let name = ident(self.names.types.get(id.0)?);
        Some(quote!(#import::#name))
    }
}

/// Whether a field holds plain text, which `new` takes as anything that becomes a `String`.
pub(super) fn is_text(field: &Field) -> bool {
    matches!(field.schema.ty, Type::Primitive(Primitive::String { .. }))
}

/// A value as `new` takes it for a field; of plain text it is anything that becomes a `String`.
pub(super) fn wrapped(field: &Field, value: TokenStream) -> TokenStream {
    let nullable = field.schema.nullable && !matches!(field.schema.ty, Type::Any | Type::Null);
    let bare = is_text(field) && !nullable && !field.secret && !field.indirect;
    let value = if (is_text(field) && !bare) || field.secret {
        quote!(#value.into())
    } else {
        value
    };
    let value = if field.indirect { boxed(value) } else { value };
    if nullable {
        quote!(Some(#value))
    } else {
        value
    }
}

/// A value behind a pointer, written as clippy likes it.
pub(super) fn boxed(value: TokenStream) -> TokenStream {
    if value.to_string().ends_with(":: default ()") {
        quote!(Box::default())
    } else {
        quote!(Box::new(#value))
    }
}

fn primitive_example(
    primitive: &Primitive,
    example: Option<&Value>,
    limits: &Constraints,
) -> TokenStream {
    match primitive {
        Primitive::Boolean => quote!(true),
        Primitive::Integer { .. } => {
            let least = limits.minimum.as_ref().and_then(|bound| {
                let value = bound.value.as_i64()?;
                Some(if bound.exclusive {
                    value.saturating_add(1)
                } else {
                    value
                })
            });
            let value = example.and_then(Value::as_i64).or(least).unwrap_or(1);
            integer(value)
        }
        Primitive::Number | Primitive::Decimal { quoted: false } => {
            let least = limits
                .minimum
                .as_ref()
                .and_then(|bound| bound.value.as_f64());
            let value = example
                .and_then(Value::as_f64)
                .or(least.map(|least| least + 1.0))
                .unwrap_or(1.0);
            float(value)
        }
        Primitive::DateTime => quote!("2026-01-31T09:30:00Z".parse()?),
        Primitive::Date => quote!("2026-01-31".parse()?),
        Primitive::Time => quote!("09:30:00".parse()?),
        Primitive::Uuid => quote!("5f0c4f0a-9d3e-4c52-8a27-6b1f3d7e90a4".parse()?),
        Primitive::Uri => quote!("https://example.com".into()),
        Primitive::Base64 | Primitive::File => quote!(b"bytes".to_vec().into()),
        Primitive::Decimal { quoted: true } => quote!("1.50".into()),
        Primitive::Duration => quote!("PT30M".into()),
        Primitive::String { .. } | Primitive::Binary => {
            let text = text_of(example, limits);
            quote!(#text.into())
        }
    }
}

/// The name of a type whose values an example would have to parse from text.
pub(super) fn parsed(ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::Primitive(Primitive::Uuid) => Some(quote!(Uuid)),
        Type::Primitive(Primitive::DateTime) => Some(quote!(Timestamp)),
        Type::Primitive(Primitive::Date) => Some(quote!(Date)),
        Type::Primitive(Primitive::Time) => Some(quote!(Time)),
        _ => None,
    }
}

/// An integer as an expression; a negative literal is two tokens in Rust.
fn integer(value: i64) -> TokenStream {
    let literal = Literal::u64_unsuffixed(value.unsigned_abs());
    if value < 0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}

/// A finite number as an expression.
fn float(value: f64) -> TokenStream {
    let literal = Literal::f64_unsuffixed(if value.is_finite() { value.abs() } else { 1.0 });
    if value < 0.0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}

fn constant_example(value: &Value) -> TokenStream {
    match value {
        Value::String(text) => quote!(#text.into()),
        Value::Bool(value) => quote!(#value),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(value), _) => integer(value),
            (None, Some(value)) => float(value),
            (None, None) => quote!(0),
        },
        Value::Null => quote!(()),
        Value::Array(_) | Value::Object(_) => quote!(Default::default()),
    }
}

/// A text that fits: what the document says, else one of its format, else one that matches its pattern.
fn text_example(schema: &Schema, example: Option<&Value>) -> String {
    let said = example
        .or(schema.examples.first())
        .or(schema.default.as_ref());
    let is_said = said
        .and_then(Value::as_str)
        .is_some_and(|text| !text.is_empty());
    let limits = &schema.constraints;
    let email = match &schema.ty {
        Type::Primitive(Primitive::String { format }) => {
            matches!(format.as_deref(), Some("email" | "idn-email"))
        }
        _ => false,
    };
    match &limits.pattern {
        _ if is_said => text_of(said, limits),
        _ if email => "someone@example.com".to_owned(),
        Some(pattern) => {
            crate::pattern::matching(pattern, 0).unwrap_or_else(|| text_of(None, limits))
        }
        None => text_of(None, limits),
    }
}

/// A text within its limits of length.
pub(super) fn text_of(example: Option<&Value>, limits: &Constraints) -> String {
    if let Some(text) = example
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
    {
        return text.to_owned();
    }
    let least = usize::try_from(limits.min_length.unwrap_or(0))
        .unwrap_or(0)
        .min(256);
    let most = usize::try_from(limits.max_length.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    let text = if least > "Example".len() {
        "x".repeat(least)
    } else {
        "Example".to_owned()
    };
    text.chars().take(most).collect()
}
