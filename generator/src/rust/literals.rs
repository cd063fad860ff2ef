//! JSON values as expressions of the types that the API gives them, as a user would write them.

use super::functions::{Functions, MadeFor};
use super::scalars::{Loss, below, constant_literal, is_of, raw, scalar, unfit};
use super::types::{Presence, constant_value, is_sent};
use super::values::boxed;
use super::{Context, ident};
use crate::ir::{
    Additional, Field, Primitive, Record, Schema, Type, TypeBody, TypeDef, TypeId, Union,
    VariantTest,
};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::RefCell;

/// A record with as many properties given is worth a function of its own.
const LARGE: usize = 4;

/// Writes literals. Large ones are functions, which values that are equal share.
pub(super) struct Literals<'c, 'a> {
    pub(super) context: &'c Context<'a>,
    functions: RefCell<Functions>,
}

impl<'c, 'a> Literals<'c, 'a> {
    pub(super) fn new(context: &'c Context<'a>) -> Self {
        Self {
            context,
            functions: RefCell::default(),
        }
    }

    /// The functions that literals call.
    pub(super) fn into_functions(self) -> Vec<TokenStream> {
        self.functions.into_inner().items
    }

    /// What `write` gives; where it fails, the functions that were made for it go with it.
    pub(super) fn attempt<T>(&self, write: impl FnOnce() -> Result<T, Loss>) -> Result<T, Loss> {
        let before = self.functions.borrow().items.len();
        let written = write();
        if written.is_err() {
            self.functions.borrow_mut().forget_after(before);
        }
        written
    }

    /// The function that gives each field of a record with its name on the wire; `None` for a type that
    /// has no fields.
    pub(super) fn reader(&self, ty: &Type) -> Option<proc_macro2::Ident> {
        let (id, record) = self.context.api.record(ty)?;
        if !self.context.shown.contains(id) {
            return None;
        }
        let mut functions = self.functions.borrow_mut();
        if let Some(name) = functions.readers.get(&id) {
            return Some(ident(name));
        }
        let base = crate::names::words(self.context.names.types.get(id.0)?).join("_");
        let name = format!("read_{base}");
        let (function, path) = (ident(&name), self.context.path(id)?);
        let names = self.context.names.fields.get(id.0)?;
        let fields = record.fields.iter().zip(names).map(|(field, name)| {
            let (key, name) = (&field.wire_name, ident(name));
            quote!(test_driver::field(#key, &it.#name)?)
        });
        functions.items.push(quote! {
            fn #function(it: &#path) -> Result<Vec<test_driver::Field>, Failure> { Ok(vec![#(#fields),*]) }
        });
        functions.readers.insert(id, name);
        functions.made_for.push(MadeFor::Fields(id));
        Some(function)
    }

    /// A value of a schema, `Some` or `None` where it may be null.
    pub(super) fn schema(&self, schema: &Schema, value: &Value) -> Result<TokenStream, Loss> {
        if !is_nullable(schema) {
            return self.value(&schema.ty, value);
        }
        if value.is_null() {
            return Ok(quote!(None));
        }
        let value = self.value(&schema.ty, value)?;
        Ok(quote!(Some(#value)))
    }

    /// A value of a type.
    pub(super) fn value(&self, ty: &Type, value: &Value) -> Result<TokenStream, Loss> {
        match ty {
            Type::Any | Type::Never => Ok(raw(value)),
            Type::Null => Ok(quote!(())),
            Type::Primitive(primitive) => scalar(primitive, value),
            Type::Constant(Value::Array(_) | Value::Object(_)) => Ok(raw(value)),
            Type::Constant(constant) if constant == value => constant_literal(value),
            Type::Constant(_) => Err(unfit("the constant", value)),
            Type::List(items) => {
                let values = value.as_array().ok_or_else(|| unfit("a list", value))?;
                let values = values.iter().enumerate();
                let values: Vec<TokenStream> = values
                    .map(|(index, value)| {
                        let value = self.schema(items, value);
                        value.map_err(|loss| below(&index.to_string(), &loss))
                    })
                    .collect::<Result<_, _>>()?;
                Ok(quote!(vec![#(#values),*]))
            }
            Type::Tuple(items, rest) => self.tuple(items, rest.as_deref(), value),
            Type::Map(schema) => self.map(schema, value),
            Type::Named(id) => self.named(*id, value),
        }
    }

    fn tuple(
        &self,
        items: &[Schema],
        rest: Option<&Schema>,
        value: &Value,
    ) -> Result<TokenStream, Loss> {
        let values = value.as_array().ok_or_else(|| unfit("a tuple", value))?;
        let closed = rest.is_some_and(|rest| rest.ty == Type::Never);
        if !closed || !(1..=super::types::LONGEST_TUPLE).contains(&items.len()) {
            let values = values.iter().map(raw);
            return Ok(quote!(vec![#(#values),*]));
        }
        if values.len() != items.len() {
            return Err(unfit("a tuple of that length", value));
        }
        let values = items.iter().zip(values);
        let values: Vec<TokenStream> = values
            .map(|(schema, value)| self.schema(schema, value))
            .collect::<Result<_, _>>()?;
        Ok(quote!((#(#values,)*)))
    }

    fn map(&self, schema: &Schema, value: &Value) -> Result<TokenStream, Loss> {
        let entries = value.as_object().ok_or_else(|| unfit("a map", value))?;
        self.entries(schema, entries.iter())
    }

    fn entries<'v>(
        &self,
        schema: &Schema,
        entries: impl Iterator<Item = (&'v String, &'v Value)>,
    ) -> Result<TokenStream, Loss> {
        let entries: Vec<TokenStream> = entries
            .map(|(key, value)| {
                let value = self
                    .schema(schema, value)
                    .map_err(|loss| below(key, &loss))?;
                Ok(quote!((#key.to_owned(), #value)))
            })
            .collect::<Result<_, Loss>>()?;
        if entries.is_empty() {
            return Ok(quote!(Default::default()));
        }
        Ok(quote!([#(#entries),*].into_iter().collect()))
    }

    fn named(&self, id: TypeId, value: &Value) -> Result<TokenStream, Loss> {
        let context = self.context;
        let (Some(def), true) = (context.api.type_def(id), context.shown.contains(id)) else {
            return Ok(raw(value));
        };
        let path = context
            .path(id)
            .ok_or_else(|| unfit("a named type", value))?;
        match &def.body {
            TypeBody::Alias(schema) if context.is_recursive_alias(id) => {
                let value = self.schema(schema, value)?;
                let value = boxed(value);
                Ok(quote!(#path(#value)))
            }
            TypeBody::Alias(schema) => self.schema(schema, value),
            TypeBody::Enum(list) => {
                let index = list.values.iter().position(|it| it.value == *value);
                let names = context.names.variants.get(id.0);
                let name = index.and_then(|index| names?.get(index));
                let variant = ident(name.ok_or_else(|| unfit("a variant", value))?);
                Ok(quote!(#path::#variant))
            }
            TypeBody::Union(union) => self.union(id, union, value),
            TypeBody::Record(record) => self.record(id, def, record, value),
        }
    }

    /// The variant whose test the value passes and whose type it fits.
    fn union(&self, id: TypeId, union: &Union, value: &Value) -> Result<TokenStream, Loss> {
        let names = self.context.names.variants.get(id.0).into_iter().flatten();
        let path = self.context.path(id).unwrap_or_default();
        let tag = union.tag.as_ref().and_then(|tag| value.get(tag)?.as_str());
        for (variant, name) in union.variants.iter().zip(names) {
            let mut value = Cow::Borrowed(value);
            if let Some(added) = &variant.added_tag
                && let Some(tag) = value.get(&added.property).and_then(Value::as_str)
            {
                if added.values.first().is_none_or(|own| own != tag) {
                    continue;
                }
                // The union writes it.
                value = Cow::Owned(without(&value, &added.property));
            }
            let value = value.as_ref();
            let passes = match &variant.test {
                VariantTest::Tag(values) => {
                    tag.is_some_and(|tag| values.iter().any(|it| it == tag))
                }
                VariantTest::JsonType(kind) => is_of(*kind, value),
                VariantTest::Property(name) => value.get(name).is_some(),
                VariantTest::None => true,
            };
            let written = passes.then(|| self.attempt(|| self.value(&variant.schema.ty, value)));
            if let Some(Ok(value)) = written {
                let name = ident(name);
                let value = if variant.indirect {
                    boxed(value)
                } else {
                    value
                };
                return Ok(quote!(#path::#name(#value)));
            }
        }
        Err(unfit("any variant", value))
    }

    fn record(
        &self,
        id: TypeId,
        def: &TypeDef,
        record: &Record,
        value: &Value,
    ) -> Result<TokenStream, Loss> {
        let given = value.as_object().ok_or_else(|| unfit("a record", value))?;
        if given.len() < LARGE {
            return self.record_literal(id, def, record, given);
        }
        let key = (id, value.to_string());
        let known = self.functions.borrow().names.get(&key).cloned();
        let name = match known {
            Some(name) => name,
            None => {
                let literal = self.record_literal(id, def, record, given)?;
                self.function(key, &literal)
            }
        };
        let name = ident(&name);
        Ok(quote!(#name()?))
    }

    /// Makes a literal a function, and says what it is called.
    fn function(&self, key: (TypeId, String), literal: &TokenStream) -> String {
        let id = key.0;
        let mut functions = self.functions.borrow_mut();
        let count = functions.counts.entry(id).or_default();
        *count += 1;
        let base = self.context.names.types.get(id.0);
        let base = crate::names::words(base.map_or("", String::as_str)).join("_");
        // The number keeps it apart from every word of the language.
        let name = format!("{base}_{count}");
        let (function, path) = (ident(&name), self.context.path(id).unwrap_or_default());
        let item = quote!(fn #function() -> Result<#path, Failure> { Ok(#literal) });
        functions.items.push(item);
        functions.names.insert(key.clone(), name.clone());
        functions.made_for.push(MadeFor::Value(key));
        name
    }

    fn record_literal(
        &self,
        id: TypeId,
        def: &TypeDef,
        record: &Record,
        given: &Map<String, Value>,
    ) -> Result<TokenStream, Loss> {
        let path = self.context.path(id).unwrap_or_default();
        if !is_sent(def.role) {
            return Err("callers cannot make a type that is only received".to_owned());
        }
        let names = self.context.names.fields.get(id.0).into_iter().flatten();
        let (mut members, mut arguments, mut optional) = (Vec::new(), Vec::new(), Vec::new());
        let mut plain = true;
        for (field, name) in record.fields.iter().zip(names) {
            let value = given.get(&field.wire_name);
            let (presence, _) = self.context.field(field, def.role);
            let name = ident(name);
            let at = |loss: Loss| below(&field.wire_name, &loss);
            let member = value.map(|value| self.field(field, presence, value).map_err(at));
            let member = member.transpose()?;
            if presence == Presence::Required {
                plain = false;
                let value = value.ok_or_else(|| at("it is required".to_owned()))?;
                if constant_value(field).is_none() {
                    arguments.push(self.argument(field, value).map_err(at)?);
                }
            } else if let Some(member) = &member {
                optional.push(quote!(#name: #member));
            }
            members.push(member.map(|member| quote!(#name: #member)));
        }
        let rest = self.rest(id, record, given)?;
        let members: Option<Vec<TokenStream>> = members.into_iter().collect();
        if let Some(members) = members.filter(|it| !it.is_empty() || rest.is_some()) {
            return Ok(quote!(#path { #(#members,)* #rest }));
        }
        let base = if plain {
            quote!(#path::default())
        } else {
            quote!(#path::new(#(#arguments),*))
        };
        if optional.is_empty() && given.keys().all(|key| is_field(record, key)) {
            return Ok(base);
        }
        let base = if plain {
            quote!(Default::default())
        } else {
            base
        };
        Ok(quote!(#path { #(#optional,)* #rest ..#base }))
    }

    /// The field for what no other has a place for, where the type has one.
    fn rest(
        &self,
        id: TypeId,
        record: &Record,
        given: &Map<String, Value>,
    ) -> Result<Option<TokenStream>, Loss> {
        let others = || given.iter().filter(|(key, _)| !is_field(record, key));
        let Some((name, _)) = self.context.rest(id, record) else {
            return match others().next() {
                Some((key, _)) => Err(format!("{key}: there is no field")),
                None => Ok(None),
            };
        };
        let any = Schema::default();
        let schema = match &record.additional {
            Additional::Allowed(schema) if record.patterns.is_empty() => schema,
            _ => &any,
        };
        let entries = self.entries(schema, others())?;
        Ok(Some(quote!(#name: #entries,)))
    }

    /// A field's value in a struct.
    fn field(&self, field: &Field, presence: Presence, value: &Value) -> Result<TokenStream, Loss> {
        let nullable = is_nullable(&field.schema);
        let value = match (presence, value) {
            (Presence::Required, Value::Null) if nullable => return Ok(quote!(None)),
            (Presence::Nullable, Value::Null) => return Ok(quote!(Some(None))),
            (_, value) => self.wrapped(field, value)?,
        };
        Ok(match presence {
            Presence::Required if nullable => quote!(Some(#value)),
            Presence::Required => value,
            Presence::Optional => quote!(Some(#value)),
            Presence::Nullable => quote!(Some(Some(#value))),
        })
    }

    fn wrapped(&self, field: &Field, value: &Value) -> Result<TokenStream, Loss> {
        let text = matches!(field.schema.ty, Type::Primitive(Primitive::String { .. }));
        let mut value = self.value(&field.schema.ty, value)?;
        if field.secret && !text {
            let import = ident(&self.context.api.name);
            value = quote!(#import::Secret::new(#value));
        }
        Ok(if field.indirect { boxed(value) } else { value })
    }

    /// The argument of `new` for a field.
    fn argument(&self, field: &Field, value: &Value) -> Result<TokenStream, Loss> {
        let bare = !field.secret && !field.indirect && !field.schema.nullable;
        match (&field.schema.ty, value) {
            (Type::Primitive(Primitive::String { .. }), Value::String(text)) if bare => {
                Ok(quote!(#text))
            }
            _ => self.field(field, Presence::Required, value),
        }
    }
}

fn without(value: &Value, property: &str) -> Value {
    let mut value = value.clone();
    if let Value::Object(object) = &mut value {
        object.remove(property);
    }
    value
}

fn is_nullable(schema: &Schema) -> bool {
    schema.nullable && !matches!(schema.ty, Type::Any | Type::Null)
}

fn is_field(record: &Record, key: &str) -> bool {
    record.fields.iter().any(|field| field.wire_name == key)
}
