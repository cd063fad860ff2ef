//! A call with all it requires, and the ids by which one call follows from another.

use super::super::builders::{Output, output, required};
use super::super::examples::Answer;
use super::super::types::Presence;
use super::super::{Context, ident};
use crate::ir::{Action, ActionId, Kind, Parameter, Place, Primitive, ResourceId, Type, TypeBody};
use proc_macro2::TokenStream;
use quote::quote;

/// What a call is given beside what can be made up.
#[derive(Clone, Copy)]
pub(super) struct Given<'g> {
    /// Where the item's id comes from.
    pub(super) id: Id,
    /// The text that goes into a body, an expression.
    pub(super) text: &'g TokenStream,
    /// The wire name of the property that it should stand in.
    pub(super) label: Option<&'g str>,
}

/// Where the id comes from that a call takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Id {
    /// Nowhere: one is made up.
    MadeUp,
    /// The variable `id`, which is needed again.
    Lent,
    /// The variable `id`, for the last time.
    Moved,
}

/// A call up to the `await`.
pub(super) struct Call {
    /// The expression: `client.people().find_one(id)`.
    pub(super) code: TokenStream,
    /// What its values cost; see [`cost`](super::inputs::cost).
    pub(super) cost: u32,
    /// The wire name of the property of its body that has the text.
    pub(super) label: Option<String>,
}

/// How the id of a record is read from it.
#[derive(Clone)]
pub(super) struct Key {
    /// The field's identifier.
    field: proc_macro2::Ident,
    /// Whether it may be absent.
    optional: bool,
}

impl Key {
    /// Takes the id out of `record` into a variable.
    pub(super) fn bind(&self, record: &proc_macro2::Ident) -> TokenStream {
        let value = self.of(record);
        quote!(let id = #value;)
    }

    /// The id as an expression; it fails where there is none.
    pub(super) fn of(&self, record: &proc_macro2::Ident) -> TokenStream {
        let field = &self.field;
        if self.optional {
            quote!(#record.#field.ok_or("the answer has no id")?)
        } else {
            quote!(#record.#field)
        }
    }
}

impl Context<'_> {
    /// A call of an action; `None` where no values fit what it requires, or where it is deprecated.
    pub(super) fn example_call(&self, id: ActionId, given: Given<'_>) -> Option<Call> {
        let action = self.api.action(id)?;
        if action.deprecation.is_some() {
            return None;
        }
        let (mut arguments, mut cost) = (Vec::new(), 0);
        let from_variable = given.id != Id::MadeUp;
        let item = from_variable.then(|| self.id_parameter(action)).flatten();
        for (_, parameter) in required(action) {
            if item.is_some_and(|item| std::ptr::eq(item, parameter)) {
                arguments.push(self.id_argument(parameter, given.id));
                continue;
            }
            let (value, more) = self.parameter_value(parameter)?;
            arguments.push(value);
            cost += more;
        }
        let (mut label, mut setter) = (None, TokenStream::new());
        if let Some(body) = &action.body {
            match self.example_input(action, given.text, given.label) {
                Some(input) => {
                    let value = input.value;
                    cost += input.cost;
                    label = input.label;
                    if body.required {
                        arguments.push(value);
                    } else if label.is_some() {
                        setter = quote!(.body(#value));
                    } else if matches!(action.kind, Kind::UpdateOne | Kind::UpdateMany) {
                        // An update without a change shows nothing.
                        let value = self.body_example(action, Answer::Whole)?;
                        setter = quote!(.body(#value));
                    }
                }
                None if body.required => return None,
                None => {}
            }
        }
        let names = self.names.resources.get(action.resource?.0)?;
        let method = ident(&self.names.actions.get(id.0)?.method);
        let accessor = ident(&names.accessor);
        Some(Call {
            code: quote!(client.#accessor().#method(#(#arguments),*)#setter),
            cost,
            label,
        })
    }

    /// The parameter that says which record is meant.
    pub(super) fn id_parameter<'p>(&self, action: &'p Action) -> Option<&'p Parameter> {
        let source = self.api.resource(action.resource?)?.id.as_ref();
        let in_path = || {
            required(action)
                .map(|(_, it)| it)
                .filter(|it| it.place == Place::Path)
        };
        let named = source.and_then(|source| in_path().find(|it| it.wire_name == source.parameter));
        named.or_else(|| in_path().last())
    }

    /// How the id that `action` takes is read from a record of type `ty`.
    pub(super) fn key(&self, resource: ResourceId, ty: &Type, action: ActionId) -> Option<Key> {
        let parameter = self.id_parameter(self.api.action(action)?)?;
        let source = self.api.resource(resource)?.id.as_ref();
        let wire = source
            .and_then(|source| source.field.as_deref())
            .unwrap_or("id");
        let (id, record) = self.api.record(ty)?;
        let role = self.api.type_def(id)?.role;
        let index = record
            .fields
            .iter()
            .position(|field| field.wire_name == wire)?;
        let field = record.fields.get(index)?;
        let name = self.names.fields.get(id.0)?.get(index)?;
        let kept = !field.secret && !field.indirect && self.shown.contains(id);
        let same = self.same(&field.schema.ty, &parameter.schema.ty);
        let optional = match self.field(field, role).0 {
            Presence::Required => field.schema.nullable,
            Presence::Optional => true,
            Presence::Nullable => return None,
        };
        (kept && same).then(|| Key {
            field: ident(name),
            optional,
        })
    }

    /// The type behind aliases that are other names for it in Rust, too; one that leads back to itself
    /// is a type of its own there.
    pub(super) fn behind<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut current = ty;
        for _ in 0..=self.api.types.len() {
            match current {
                Type::Named(id) if !self.is_recursive_alias(*id) => {
                    match self.api.type_def(*id).map(|def| &def.body) {
                        Some(TypeBody::Alias(schema)) => current = &schema.ty,
                        _ => return current,
                    }
                }
                _ => return current,
            }
        }
        current
    }

    /// Whether two types are the same kind of id in Rust.
    fn same(&self, one: &Type, other: &Type) -> bool {
        match (self.behind(one), self.behind(other)) {
            (
                Type::Primitive(Primitive::String { .. }),
                Type::Primitive(Primitive::String { .. }),
            )
            | (Type::Primitive(Primitive::Uuid), Type::Primitive(Primitive::Uuid)) => true,
            (
                Type::Primitive(one @ Primitive::Integer { .. }),
                Type::Primitive(other @ Primitive::Integer { .. }),
            ) => one == other,
            _ => false,
        }
    }

    /// The type of the items that a list gives.
    pub(super) fn items_of<'t>(&'t self, action: &'t Action) -> Option<&'t Type> {
        let items = match output(self.api, action) {
            Output::Page(items, _) => items,
            Output::Json(ty, false) => match self.behind(ty) {
                Type::List(items) => items,
                _ => return None,
            },
            _ => return None,
        };
        (!items.nullable).then_some(&items.ty)
    }

    /// The type of the one record that an action gives.
    pub(super) fn record_of<'t>(&'t self, action: &'t Action) -> Option<&'t Type> {
        match output(self.api, action) {
            Output::Json(ty, _) => Some(ty),
            _ => None,
        }
    }

    /// An id that is nobody's, for a call that is to fail.
    pub(super) fn nobody(&self, parameter: &Parameter) -> Option<TokenStream> {
        let schema = &parameter.schema;
        match &schema.ty {
            Type::Primitive(Primitive::Uuid) => {
                Some(quote!("00000000-0000-4000-8000-000000000000".parse()?))
            }
            Type::Primitive(Primitive::String { format: None }) => {
                let limits = &schema.constraints;
                let text = match &limits.pattern {
                    Some(pattern) => crate::pattern::matching(pattern, 0)?,
                    None => super::super::values::text_of(Some(&"nobody".into()), limits),
                };
                Some(quote!(#text))
            }
            Type::Primitive(Primitive::Integer { bits, .. })
                if bits.is_none_or(|bits| bits >= 32) && schema.constraints.maximum.is_none() =>
            {
                Some(quote!(999_999_999))
            }
            _ => self.parameter_value(parameter).map(|(value, _)| value),
        }
    }

    /// The variable `id`, as a method takes it.
    fn id_argument(&self, parameter: &Parameter, id: Id) -> TokenStream {
        if id == Id::Moved {
            return quote!(id);
        }
        match (&parameter.schema.ty, self.behind(&parameter.schema.ty)) {
            (Type::Primitive(Primitive::String { .. }), _) => quote!(&id),
            (_, Type::Primitive(Primitive::String { .. })) => quote!(id.clone()),
            _ => quote!(id),
        }
    }
}
