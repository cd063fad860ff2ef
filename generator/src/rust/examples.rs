//! A call of each action with values that fit: for the documentation, and for the test that calls all.

use super::builders::{Output, output, required};
use super::reach::chosen_media;
use super::types::{constant_value, is_required, is_sent};
use super::{Context, ident};
use crate::ir::{
    Action, ActionId, Constraints, Encoding, Kind, Primitive, Record, Schema, Type, TypeBody,
    TypeId,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// How deep an example goes before it gives up: required records inside required records.
const DEEPEST: usize = 6;

impl Context<'_> {
    /// The example in a method's documentation, as a fenced block.
    pub(super) fn doc_example(&self, id: ActionId) -> Option<String> {
        let action = self.api.action(id)?;
        let client = ident("client");
        let (call, given) = self.shown_call(id, &client)?;
        let body = match output(self.api, action) {
            Output::Page(..) => quote! {
                let mut items = #call.stream();
                while let Some(item) = items.try_next().await? {
                    println!("{item:?}");
                }
            },
            Output::Empty => quote!(#call.await?;),
            Output::Json(..) | Output::Text | Output::Bytes => {
                let name = ident(match action.kind {
                    Kind::FindOne => "found",
                    Kind::CreateOne | Kind::CreateMany | Kind::Upsert => "created",
                    Kind::UpdateOne | Kind::UpdateMany | Kind::Merge => "updated",
                    Kind::DeleteOne | Kind::DeleteMany => "deleted",
                    Kind::Restore => "restored",
                    Kind::FindDuplicates => "groups",
                    Kind::FindMany | Kind::Custom { .. } => "answer",
                });
                quote!(let #name = #call.await?;)
            }
        };
        let path = ident(&self.api.name);
        let function = quote! {
            async fn run(client: #path::Client #(, #given)*) -> Result<(), Box<dyn std::error::Error>> {
                #body
                Ok(())
            }
        };
        let text = prettyplease::unparse(&syn::parse2(function).ok()?);
        Some(fenced(
            &text,
            self.place
                .import
                .contains("::")
                .then_some(self.place.import),
        ))
    }

    /// An action with all it requires, up to the `await`: `client.people().find_one("..".parse()?)`.
    pub(super) fn call(&self, id: ActionId, client: &proc_macro2::Ident) -> Option<TokenStream> {
        let action = self.api.action(id)?;
        let mut arguments = Vec::new();
        for (_, parameter) in required(action) {
            arguments.push(self.argument_example(&parameter.schema, parameter.examples.first())?);
        }
        if action.body.as_ref().is_some_and(|body| body.required) {
            arguments.push(self.body_example(action, false)?);
        }
        self.call_with(id, client, &arguments)
    }

    /// The same as a reader would write it: ids and dates are variables, which come as the arguments of
    /// the function around the example, and a body has a field set.
    fn shown_call(
        &self,
        id: ActionId,
        client: &proc_macro2::Ident,
    ) -> Option<(TokenStream, Vec<TokenStream>)> {
        let action = self.api.action(id)?;
        let path = ident(&self.api.name);
        let (mut arguments, mut given) = (Vec::new(), Vec::new());
        for (index, parameter) in required(action) {
            let name = ident(self.names.actions.get(id.0)?.parameters.get(index)?);
            match parsed(&parameter.schema.ty) {
                Some(ty) if !parameter.schema.nullable => {
                    arguments.push(quote!(#name));
                    given.push(quote!(#name: #path::#ty));
                }
                _ => arguments
                    .push(self.argument_example(&parameter.schema, parameter.examples.first())?),
            }
        }
        if action.body.as_ref().is_some_and(|body| body.required) {
            arguments.push(self.body_example(action, true)?);
        }
        Some((self.call_with(id, client, &arguments)?, given))
    }

    fn call_with(
        &self,
        id: ActionId,
        client: &proc_macro2::Ident,
        arguments: &[TokenStream],
    ) -> Option<TokenStream> {
        let names = self.names.resources.get(self.api.action(id)?.resource?.0)?;
        let (accessor, method) = (
            ident(&names.accessor),
            ident(&self.names.actions.get(id.0)?.method),
        );
        Some(quote!(#client.#accessor().#method(#(#arguments),*)))
    }

    fn body_example(&self, action: &Action, shown: bool) -> Option<TokenStream> {
        let media = action.body.as_ref().and_then(chosen_media)?;
        match media.encoding {
            Encoding::Json | Encoding::Form(_) => match (&media.schema.ty, shown) {
                (ty, true) if self.api.record(ty).is_some() => self.literal(ty),
                _ => self.value(&media.schema, None, 0),
            },
            Encoding::Text => Some(quote!("text")),
            Encoding::Multipart(_) => {
                let path = ident(&self.api.name);
                Some(quote!(#path::runtime::Multipart::new()))
            }
            Encoding::Binary | Encoding::JsonLines | Encoding::EventStream | Encoding::Xml => {
                Some(quote!(b"bytes".to_vec()))
            }
        }
    }

    /// A record with an optional text set: `PersonInput { city: Some("..".into()), ..Default::default() }`.
    fn literal(&self, ty: &Type) -> Option<TokenStream> {
        let (id, record) = self.api.record(ty)?;
        let role = self.api.type_def(id)?.role;
        let plain = self.value_of(ty, None, &Constraints::default(), 0)?;
        let text = record
            .fields
            .iter()
            .zip(self.names.fields.get(id.0)?)
            .find(|(field, _)| {
                let text = matches!(field.schema.ty, Type::Primitive(Primitive::String { .. }));
                text && !is_required(field, role)
                    && !field.secret
                    && !field.schema.nullable
                    && !field.read_only
            });
        let Some((field, name)) = text else {
            return Some(plain);
        };
        let (ty, name) = (self.path(id)?, ident(name));
        let value = self.value(&field.schema, None, 0)?;
        let base = if record.fields.iter().any(|field| is_required(field, role)) {
            plain
        } else {
            quote!(Default::default())
        };
        Some(quote!(#ty { #name: Some(#value), ..#base }))
    }

    fn argument_example(&self, schema: &Schema, example: Option<&Value>) -> Option<TokenStream> {
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
    fn value(&self, schema: &Schema, example: Option<&Value>, depth: usize) -> Option<TokenStream> {
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

    fn value_of(
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
            .map(|field| {
                let plain = matches!(field.schema.ty, Type::Primitive(Primitive::String { .. }));
                let bare = plain && !field.schema.nullable && !field.secret && !field.indirect;
                if bare {
                    let text = text_example(&field.schema, None);
                    return Some(quote!(#text));
                }
                let value = self.value_of(
                    &field.schema.ty,
                    field
                        .schema
                        .examples
                        .first()
                        .or(field.schema.default.as_ref()),
                    &field.schema.constraints,
                    depth + 1,
                )?;
                let value = if field.secret && !plain {
                    quote!(#value.into())
                } else {
                    value
                };
                let value = if field.indirect {
                    quote!(Box::new(#value))
                } else {
                    value
                };
                let nullable =
                    field.schema.nullable && !matches!(field.schema.ty, Type::Any | Type::Null);
                Some(if nullable {
                    quote!(Some(#value))
                } else {
                    value
                })
            })
            .collect();
        let arguments = arguments?;
        Some(quote!(#path::new(#(#arguments),*)))
    }

    /// A type's path as users write it: `twenty::PersonInput`.
    fn path(&self, id: TypeId) -> Option<TokenStream> {
        let import = ident(&self.api.name);
        let name = ident(self.names.types.get(id.0)?);
        Some(quote!(#import::#name))
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
        Primitive::Base64 => quote!(b"bytes".to_vec().into()),
        Primitive::Decimal { quoted: true } => quote!("1.50".into()),
        Primitive::Duration => quote!("PT30M".into()),
        Primitive::String { .. } | Primitive::Binary => {
            let text = text_of(example, limits);
            quote!(#text.into())
        }
    }
}

/// The name of a type whose values an example would have to parse from text.
fn parsed(ty: &Type) -> Option<TokenStream> {
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

fn text_example(schema: &Schema, example: Option<&Value>) -> String {
    text_of(
        example
            .or(schema.examples.first())
            .or(schema.default.as_ref()),
        &schema.constraints,
    )
}

/// A text within its limits of length.
fn text_of(example: Option<&Value>, limits: &Constraints) -> String {
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

/// A function as a documentation test: its body shown, its frame hidden.
fn fenced(function: &str, import: Option<&str>) -> String {
    let mut out = vec!["```no_run".to_owned()];
    out.extend(import.map(|import| format!("# use {import};")));
    let mut header = Some(String::new());
    let lines: Vec<&str> = function.lines().collect();
    let body_end = lines.len().saturating_sub(2);
    for (index, line) in lines.iter().enumerate() {
        if let Some(mut text) = header.take() {
            // A long header is on several lines, and all of them are hidden in one.
            text.push_str(line.trim_start());
            if line.ends_with('{') {
                out.push(format!("# {}", text.replace(",)", ")")));
            } else {
                let gap = if line.ends_with(',') { " " } else { "" };
                header = Some(text + gap);
            }
        } else if index < body_end {
            let shown = line.strip_prefix("    ").unwrap_or(line);
            // rustdoc would hide a line that begins with a hash.
            let escape = if shown.trim_start().starts_with('#') {
                "#"
            } else {
                ""
            };
            out.push(format!("{escape}{shown}"));
        }
    }
    out.push("# Ok(()) }".to_owned());
    out.push("```".to_owned());
    out.join("\n")
}
