//! A call of each action with values that fit, for the documentation.

use super::builders::{Output, output, required, stream_beside};
use super::example_files::best_label;
use super::reach::{chosen_media, is_one_value, is_typed};
use super::streams::items;
use super::types::is_required;
use super::values::is_text;
use super::{Context, ident};
use crate::ir::{
    Action, ActionId, Body, Constraints, Encoding, Field, Kind, Primitive, Record, Role, Type,
};
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// The example in a method's documentation, as a fenced block.
    pub(super) fn doc_example(&self, id: ActionId) -> Option<String> {
        let action = self.api.action(id)?;
        let whole = self.example_of(id, Answer::Whole)?;
        let streamed = stream_beside(self.api, action)
            .and_then(|_| self.example_of(id, Answer::Streamed))
            .map(|example| format!("\n\nItem by item:\n\n{example}"));
        Some(whole + &streamed.unwrap_or_default())
    }

    /// The example of one way to take the answer.
    pub(super) fn example_of(&self, id: ActionId, answer: Answer) -> Option<String> {
        let action = self.api.action(id)?;
        let client = ident("client");
        let (call, given) = self.shown_call(id, &client, answer)?;
        let body = match output(self.api, action) {
            Output::Page(..) => quote! {
                let mut items = #call.stream();
                while let Some(item) = items.try_next().await? {
                    println!("{item:?}");
                }
            },
            _ if answer == Answer::Streamed => quote! {
                let mut items = #call.stream().await?;
                while let Some(item) = items.try_next().await? {
                    println!("{item:?}");
                }
            },
            Output::Items(_) => quote! {
                let mut items = #call.await?;
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

    /// An action with all it requires, up to the `await`, as a reader would write it: ids and dates are variables, which come as the arguments of
    /// the function around the example, and a body has a field set.
    pub(super) fn shown_call(
        &self,
        id: ActionId,
        client: &proc_macro2::Ident,
        answer: Answer,
    ) -> Option<(TokenStream, Vec<TokenStream>)> {
        let action = self.api.action(id)?;
        let path = ident(&self.api.name);
        let (mut arguments, mut given) = (Vec::new(), Vec::new());
        for (index, parameter) in required(action) {
            let name = ident(self.names.actions.get(id.0)?.parameters.get(index)?);
            match super::values::parsed(&parameter.schema.ty) {
                Some(ty) if !parameter.schema.nullable => {
                    arguments.push(quote!(#name));
                    given.push(quote!(#name: #path::#ty));
                }
                _ => arguments
                    .push(self.argument_example(&parameter.schema, parameter.examples.first())?),
            }
        }
        let mut setter = TokenStream::new();
        match &action.body {
            Some(body) if body.required => arguments.push(self.body_example(action, answer)?),
            Some(body) if self.says_something(body) => {
                let body = self.body_example(action, answer);
                setter = body.map_or(setter, |body| quote!(.body(#body)));
            }
            _ => {}
        }
        let call = self.call_with(id, client, &arguments)?;
        Some((quote!(#call #setter), given))
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

    /// A body with a property set, which does not ask for a stream where the answer is taken whole.
    pub(super) fn body_example(&self, action: &Action, answer: Answer) -> Option<TokenStream> {
        let media = action.body.as_ref().and_then(chosen_media)?;
        let asks = stream_beside(self.api, action).map(|_| answer);
        if is_one_value(self.api, media) {
            return match &media.schema.ty {
                ty if self.api.record(ty).is_some() => self.literal(ty, asks),
                _ => self.value(&media.schema, None, 0),
            };
        }
        match media.encoding {
            Encoding::Text => Some(quote!("text")),
            Encoding::Multipart(_) => {
                let path = ident(&self.api.name);
                Some(quote!(#path::runtime::Multipart::new()))
            }
            Encoding::JsonLines => {
                let schema = items(self.api, media).and_then(|items| items.schema());
                let item = schema.and_then(|schema| match &schema.ty {
                    ty if self.api.record(ty).is_some() => self.literal(ty, None),
                    _ => self.value(schema, None, 0),
                });
                let path = ident(&self.api.name);
                Some(item.map_or_else(
                    || quote!(#path::runtime::Lines::written("{}\n")),
                    |item| quote!([#item].into()),
                ))
            }
            _ => Some(quote!(b"bytes".to_vec())),
        }
    }

    /// Whether an example of a body says more than that there is one.
    fn says_something(&self, body: &Body) -> bool {
        chosen_media(body).is_some_and(|media| {
            is_typed(self.api, media) || !matches!(media.encoding, Encoding::Multipart(_))
        })
    }

    /// A record with an optional field set: `PersonInput { city: Some("..".into()), ..Default::default() }`.
    /// `answer` is how the answer is taken where there are two ways.
    fn literal(&self, ty: &Type, answer: Option<Answer>) -> Option<TokenStream> {
        let (id, record) = self.api.record(ty)?;
        let role = self.api.type_def(id)?.role;
        let plain = self.value_of(ty, None, &Constraints::default(), 0)?;
        let names = self.names.fields.get(id.0)?;
        let mut fields = changes(record, role);
        match answer {
            Some(Answer::Whole) => fields.retain(|field| !asks_for_stream(field)),
            Some(Answer::Streamed) => {
                let mut optional = record.fields.iter().filter(|it| !is_required(it, role));
                fields.splice(..0, optional.find(|field| asks_for_stream(field)));
            }
            None => {}
        }
        let change = fields.into_iter().find_map(|field| {
            let is_field = |other: &Field| other.wire_name == field.wire_name;
            let name = names.get(record.fields.iter().position(is_field)?)?;
            let file = self
                .file_example(id, field)
                .map(|file| match field.schema.nullable {
                    true => quote!(Some(#file)),
                    false => file,
                });
            Some((name, file.or_else(|| self.value(&field.schema, None, 1))?))
        });
        let Some((name, value)) = change else {
            return Some(plain);
        };
        let (ty, name) = (self.path(id)?, ident(name));
        if record.fields.len() == 1 && self.rest(id, record).is_none() {
            return Some(quote!(#ty { #name: Some(#value) }));
        }
        let base = if record.fields.iter().any(|field| is_required(field, role)) {
            plain
        } else {
            quote!(Default::default())
        };
        Some(quote!(#ty { #name: Some(#value), ..#base }))
    }
}

/// How an example takes an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Whole,
    /// As a stream, where the action can answer with one as well.
    Streamed,
}

/// Whether a property says that the answer is to be a stream: what APIs call `stream: true`.
fn asks_for_stream(field: &Field) -> bool {
    field.wire_name == "stream" && field.schema.ty == Type::Primitive(Primitive::Boolean)
}

/// The optional fields of a record that an example can set, best first: a text that people know the
/// record by, another text, a plain value, what may be null, and at last what points to another record.
/// Where other fields are required, those show enough, and a text may stand beside them.
fn changes(record: &Record, role: Role) -> Vec<&Field> {
    let alone = record.fields.iter().all(|field| !is_required(field, role));
    let optional = |field: &&Field| {
        let blank = matches!(
            field.schema.ty,
            Type::Any | Type::Never | Type::Null | Type::Map(_)
        );
        let hidden = field.secret || field.read_only || field.indirect;
        let said = alone || (is_text(field) && !field.schema.nullable);
        !is_required(field, role) && !blank && !hidden && !field.schema.deprecated && said
    };
    let mut fields: Vec<&Field> = record.fields.iter().filter(optional).collect();
    let sure = fields.iter().filter(|field| !field.schema.nullable);
    let label = best_label(sure.copied(), None).map(|field| field.wire_name.as_str());
    fields.sort_by_key(|field| {
        let of_format = !matches!(
            field.schema.ty,
            Type::Primitive(Primitive::String { format: None })
        );
        (
            Some(field.wire_name.as_str()) != label,
            field.relation.is_some(),
            field.schema.nullable,
            !is_text(field),
            of_format,
            !matches!(field.schema.ty, Type::Primitive(_)),
        )
    });
    fields
}

/// A function as a documentation test: its body shown, its frame hidden.
pub(super) fn fenced(function: &str, import: Option<&str>) -> String {
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
