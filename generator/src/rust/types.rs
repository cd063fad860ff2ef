//! IR types as Rust types.

use super::Context;
use super::events::is_label;
use crate::ir::{Field, Primitive, Role, Schema, Type, TypeId};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// The longest tuple that serde reads and writes.
pub(super) const LONGEST_TUPLE: usize = 16;

impl Context<'_> {
    /// The Rust type of a schema, null included: `Option<String>`.
    pub(super) fn schema(&self, schema: &Schema) -> TokenStream {
        let ty = self.ty(&schema.ty);
        if schema.nullable && !matches!(schema.ty, Type::Any | Type::Null) {
            quote!(Option<#ty>)
        } else {
            ty
        }
    }

    /// The Rust type of an IR type.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Any | Type::Never => quote!(rt::Value),
            Type::Null => quote!(()),
            Type::Primitive(primitive) => primitive_type(primitive),
            Type::Constant(value) => constant_type(value),
            Type::List(items) => {
                let item = self.schema(items);
                quote!(Vec<#item>)
            }
            Type::Tuple(items, rest) => {
                let closed = rest.as_ref().is_some_and(|rest| rest.ty == Type::Never);
                if closed && (1..=LONGEST_TUPLE).contains(&items.len()) {
                    let items = items.iter().map(|item| self.schema(item));
                    quote!((#(#items,)*))
                } else {
                    quote!(Vec<rt::Value>)
                }
            }
            Type::Map(values) if values.ty == Type::Any => quote!(rt::Map<String, rt::Value>),
            Type::Map(values) => {
                let value = self.schema(values);
                quote!(std::collections::BTreeMap<String, #value>)
            }
            Type::Named(id) => self.type_name(*id),
        }
    }

    /// The name of a type, with its argument where it has one; a raw value for an id that has none.
    pub(super) fn type_name(&self, id: TypeId) -> TokenStream {
        // A body that is written for several is one of them where it stands by itself.
        if self.payloads.shared(id).is_some()
            && let Some(argument) = self.payloads.argument(self.api, id)
        {
            let (name, argument) = (self.bare_name(id), self.ty(&argument.ty));
            return quote!(#name<#argument>);
        }
        self.bare_name(id)
    }

    /// The name of a type without its argument; a raw value for an id that has none.
    pub(super) fn bare_name(&self, id: TypeId) -> TokenStream {
        match self.names.types.get(id.0) {
            Some(name) if !name.is_empty() && self.shown.contains(id) => {
                self.used.borrow_mut().types.insert(id);
                let ident = super::ident(name);
                quote!(#ident)
            }
            _ => quote!(rt::Value),
        }
    }

    /// The type of a field in a struct, with how it is read and written.
    pub(super) fn field(&self, field: &Field, role: Role) -> (Presence, TokenStream) {
        // What an event is called is said by its variant: an enum of that one text says nothing more.
        let ty = if role == Role::Event && is_label(self.api, &field.schema.ty) {
            quote!(String)
        } else {
            self.ty(&field.schema.ty)
        };
        self.field_of(field, role, ty)
    }

    /// The same where the type of the value is known.
    pub(super) fn field_of(
        &self,
        field: &Field,
        role: Role,
        mut ty: TokenStream,
    ) -> (Presence, TokenStream) {
        if field.secret {
            ty = quote!(rt::Secret<#ty>);
        }
        if field.indirect {
            ty = quote!(Box<#ty>);
        }
        let nullable = field.schema.nullable && !matches!(field.schema.ty, Type::Any | Type::Null);
        match (is_required(field, role), nullable) {
            (true, false) => (Presence::Required, ty),
            (true, true) => (Presence::Required, quote!(Option<#ty>)),
            (false, true) if is_sent(role) => (Presence::Nullable, quote!(Option<Option<#ty>>)),
            (false, _) => (Presence::Optional, quote!(Option<#ty>)),
        }
    }
}

/// Whether a type of this role is sent, so that null and absent must stay apart in it.
pub(super) fn is_sent(role: Role) -> bool {
    match role {
        Role::Input | Role::Update | Role::Shared => true,
        Role::Output | Role::Error | Role::Event => false,
    }
}

/// Whether a field must be there in every value of a type of this role.
///
/// `required` holds for what the server sends when the property is `readOnly`, and for what it takes when
/// it is `writeOnly` (OpenAPI 3.1, 4.8.24.1; 3.0.3, 4.7.24.2). A type that goes both ways can ask for
/// neither.
pub(super) fn is_required(field: &Field, role: Role) -> bool {
    let received = role == Role::Shared || !is_sent(role);
    field.required && !(field.read_only && is_sent(role)) && !(field.write_only && received)
}

/// The value of a field that has one and no other, as an expression: callers need not give it.
pub(super) fn constant_value(field: &Field) -> Option<TokenStream> {
    let Type::Constant(value) = &field.schema.ty else {
        return None;
    };
    if field.schema.nullable || field.secret || field.indirect {
        return None;
    }
    Some(match value {
        Value::String(text) => quote!(#text.to_owned()),
        Value::Bool(value) => quote!(#value),
        Value::Number(number) => super::models::number_literal(number)?,
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    })
}

/// How a field is read and written; the first word of its line in `rt::object!`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// It must be there.
    Required,
    /// It may be absent; null reads as absent.
    Optional,
    /// It may be absent, and null is something else than absent.
    Nullable,
}

fn primitive_type(primitive: &Primitive) -> TokenStream {
    match primitive {
        Primitive::Boolean => quote!(bool),
        Primitive::Integer { bits, signed } => match (bits, signed) {
            (Some(8), true) => quote!(i8),
            (Some(8), false) => quote!(u8),
            (Some(16), true) => quote!(i16),
            (Some(16), false) => quote!(u16),
            (Some(32), true) => quote!(i32),
            (Some(32), false) => quote!(u32),
            (_, true) => quote!(i64),
            (_, false) => quote!(u64),
        },
        Primitive::Number | Primitive::Decimal { quoted: false } => quote!(f64),
        Primitive::Decimal { quoted: true } | Primitive::Duration | Primitive::String { .. } => {
            quote!(String)
        }
        Primitive::DateTime => quote!(rt::Timestamp),
        Primitive::Date => quote!(rt::Date),
        Primitive::Time => quote!(rt::Time),
        Primitive::Uuid => quote!(rt::Uuid),
        Primitive::Uri => quote!(rt::Uri),
        Primitive::Base64 => quote!(rt::Base64),
        // Bytes travel outside JSON; inside it the document can only mean text.
        Primitive::Binary => quote!(String),
        Primitive::File => quote!(rt::Part),
    }
}

fn constant_type(value: &Value) -> TokenStream {
    match value {
        Value::String(_) => quote!(String),
        Value::Bool(_) => quote!(bool),
        Value::Number(number) if number.is_i64() => quote!(i64),
        Value::Number(number) if number.is_u64() => quote!(u64),
        Value::Number(_) => quote!(f64),
        Value::Null => quote!(()),
        Value::Array(_) | Value::Object(_) => quote!(rt::Value),
    }
}
