//! What linters say of a document's names and shapes, and generated code does not follow.

use super::{Context, ident};
use crate::ir::{Additional, Schema, Type, TypeBody};
use crate::names::RustNames;
use proc_macro2::TokenStream;
use quote::quote;

/// Names that clippy takes for placeholders (`disallowed_names`).
const PLACEHOLDERS: &[&str] = &["foo", "baz", "quux"];

/// Methods of the standard library's traits that clippy would have implemented
/// (`should_implement_trait`), where a setter can look like one.
const TRAIT_METHODS: &[&str] = &[
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "div",
    "into_iter",
    "mul",
    "neg",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
];

/// The modules beside each other in an API's own.
const MODULES: &[&str] = &[
    "actions",
    "client",
    "dynamic",
    "error",
    "models",
    "resources",
    "webhooks",
];

/// How complex a type may be (clippy's `type-complexity-threshold`).
const COMPLEXITY: usize = 250;

/// The most arguments of a function, the receiver among them (clippy's `too-many-arguments-threshold`).
const ARGUMENTS: usize = 7;

/// The compiler's lints of letters. They are about a crate as a whole.
pub(super) const LETTERS: &[&str] = &[
    "confusable_idents",
    "mixed_script_confusables",
    "non_camel_case_types",
    "non_snake_case",
    "non_upper_case_globals",
    "uncommon_codepoints",
];

impl Context<'_> {
    /// `#![allow(..)]` for the module of the API, with what the document gives a reason for.
    ///
    /// Variants are not boxed by size: a property more in the document would then break callers.
    pub(super) fn lints(&self) -> Option<TokenStream> {
        let lints = [
            ("disallowed_names", self.has_placeholders()),
            ("large_enum_variant", self.has_large_variants()),
            ("module_inception", self.has_module_in_itself()),
            ("should_implement_trait", self.has_methods_of_traits()),
            ("type_complexity", self.has_complex_types()),
        ];
        let lints = lints.into_iter().filter(|(_, applies)| *applies);
        let lints: Vec<_> = lints.map(|(lint, _)| ident(lint)).collect();
        (!lints.is_empty()).then(|| {
            quote!(#![allow(#(clippy::#lints,)* reason = "names and shapes are the document's")])
        })
    }

    fn has_placeholders(&self) -> bool {
        let mut all = self
            .names
            .fields
            .iter()
            .flatten()
            .chain(self.setter_names());
        all.any(|name| PLACEHOLDERS.contains(&name.as_str()))
    }

    fn has_methods_of_traits(&self) -> bool {
        self.setter_names()
            .any(|name| TRAIT_METHODS.contains(&name.as_str()))
    }

    /// The names of parameters.
    fn setter_names(&self) -> impl Iterator<Item = &String> {
        let parameters = self.names.actions.iter().flat_map(|it| &it.parameters);
        parameters.chain(&self.names.client_parameters)
    }

    /// Whether a union has a record in it, which may be much larger than what else it can be.
    fn has_large_variants(&self) -> bool {
        let is_record = |ty: &Type| self.api.record(ty).is_some();
        self.shown.iter().any(|id| {
            let Some(TypeBody::Union(union)) = self.api.type_def(id).map(|def| &def.body) else {
                return false;
            };
            let mut variants = union.variants.iter();
            variants.any(|variant| !variant.indirect && is_record(&variant.schema.ty))
        })
    }

    fn has_module_in_itself(&self) -> bool {
        let mut resources = self.names.resources.iter();
        MODULES.contains(&self.api.name.as_str()) || resources.any(|it| it.module == "resources")
    }

    fn has_complex_types(&self) -> bool {
        // `Option<Option<..>>` may stand around the type of a field, or a `Box`.
        let is_complex = |schema: &Schema| 30 + complexity(schema, 3) > COMPLEXITY;
        let parameters = self.api.actions.iter().flat_map(|it| &it.parameters);
        parameters.map(|it| &it.schema).any(is_complex)
            || self
                .shown
                .iter()
                .any(|id| match self.api.type_def(id).map(|def| &def.body) {
                    Some(TypeBody::Record(record)) => {
                        let mut fields = record.fields.iter();
                        matches!(&record.additional, Additional::Allowed(it) if is_complex(it))
                            || fields.any(|field| is_complex(&field.schema))
                    }
                    Some(TypeBody::Union(union)) => {
                        let mut variants = union.variants.iter();
                        variants.any(|variant| is_complex(&variant.schema))
                    }
                    Some(TypeBody::Enum(_) | TypeBody::Alias(_)) | None => false,
                })
    }
}

/// Clippy's measure: ten for each type, times how deep it stands.
fn complexity(schema: &Schema, depth: usize) -> usize {
    let (own, depth) = match schema.nullable {
        true => (10 * depth, depth + 1),
        false => (0, depth),
    };
    let below = match &schema.ty {
        Type::List(items) => complexity(items, depth + 1),
        Type::Map(values) => 10 * (depth + 1) + complexity(values, depth + 1),
        Type::Tuple(items, _) => items.iter().map(|it| complexity(it, depth + 1)).sum(),
        Type::Any
        | Type::Never
        | Type::Null
        | Type::Primitive(_)
        | Type::Constant(_)
        | Type::Named(_) => 0,
    };
    own + 10 * depth + below
}

/// `#[allow(..)]` for a function whose arguments, the receiver among them, are more than clippy likes:
/// each is required, and a call without one would not compile.
pub(super) fn many_arguments(count: usize) -> Option<TokenStream> {
    (count > ARGUMENTS).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}

/// Whether names have letters beyond ASCII, which the compiler's lints of [`LETTERS`] are about.
pub(super) fn has_letters(names: &RustNames) -> bool {
    let resources = names.resources.iter();
    let resources = resources.flat_map(|it| [&it.handle, &it.accessor]);
    let actions = names.actions.iter();
    let actions = actions.flat_map(|it| it.parameters.iter().chain([&it.method]));
    let members = names.fields.iter().chain(&names.variants).flatten();
    let mut all = names
        .types
        .iter()
        .chain(members)
        .chain(resources)
        .chain(actions)
        .chain(&names.client_parameters)
        .chain(&names.events);
    all.any(|name| !name.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Primitive;

    fn list(of: Schema) -> Schema {
        Schema {
            ty: Type::List(Box::new(of)),
            ..Schema::default()
        }
    }

    /// Measured by clippy: `Vec<Vec<i64>>` is 10 + 20 + 30.
    #[test]
    fn complexity_is_what_clippy_counts() {
        let number = Schema {
            ty: Type::Primitive(Primitive::Number),
            ..Schema::default()
        };
        assert_eq!(complexity(&list(list(number.clone())), 1), 60);
        let nullable = Schema {
            nullable: true,
            ..list(number)
        };
        assert_eq!(complexity(&nullable, 1), 60);
    }

    #[test]
    fn only_more_arguments_than_clippy_likes_are_allowed() {
        assert!(many_arguments(ARGUMENTS).is_none());
        assert!(many_arguments(ARGUMENTS + 1).is_some());
    }
}
