//! The error type of an API: one enum with a variant for each shape that errors come in.

use super::Context;
use super::docs::{attributes, sanitize};
use super::format::SourceFile;
use super::xml::XmlTables;
use crate::ir::{Action, Encoding, Media, Response, Status, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// Which type an error status has, for the actions that agree on it.
#[derive(Debug, Default)]
pub(super) struct ErrorSets {
    /// Each set: statuses with the variant they are read as, most particular first; and for XML the table
    /// it is read by.
    sets: Vec<Vec<(Status, usize, Option<String>)>>,
    /// The types of the variants.
    types: Vec<Type>,
    of_action: Vec<usize>,
    /// Each error with a type that several actions describe alike: status, variant, description.
    common: Vec<(Status, usize, String)>,
}

/// The responses of an action that mean an error.
pub(super) fn error_responses(action: &Action) -> impl Iterator<Item = &Response> {
    let success = action
        .outcome
        .success
        .as_ref()
        .map(|success| success.response);
    action
        .outcome
        .responses
        .iter()
        .enumerate()
        .filter_map(move |(index, response)| {
            let error = match response.status {
                Status::Code(code) => code >= 400,
                Status::Range(digit) => digit >= 4,
                Status::Default => success != Some(index),
            };
            error.then_some(response)
        })
}

/// The alternative of a response that has a type: JSON, or else XML.
pub(super) fn typed_media(response: &Response) -> Option<&Media> {
    let json = |media: &&Media| media.encoding == Encoding::Json;
    let xml = || response.media.iter().find(|media| media.typed_xml);
    response.media.iter().find(json).or_else(xml)
}

impl ErrorSets {
    pub(super) fn new(api: &crate::ir::Api, xml: &XmlTables) -> Self {
        let mut sets = Self::default();
        for action in &api.actions {
            let mut set: Vec<(Status, usize, Option<String>)> = error_responses(action)
                .filter_map(|response| {
                    let media = typed_media(response)?;
                    let variant = sets.variant(&media.schema.ty)?;
                    Some((response.status, variant, xml.root(media).map(str::to_owned)))
                })
                .collect();
            set.sort_by_key(|(status, ..)| match status {
                Status::Code(code) => (0, *code),
                Status::Range(digit) => (1, u16::from(*digit)),
                Status::Default => (2, 0),
            });
            let index = sets
                .sets
                .iter()
                .position(|other| *other == set)
                .unwrap_or_else(|| {
                    sets.sets.push(set);
                    sets.sets.len() - 1
                });
            sets.of_action.push(index);
        }
        sets.put_most_used_first();
        sets.common = sets.find_common(api);
        sets
    }

    /// Whether a response is described at the error type, since it means the same in several actions.
    pub(super) fn is_common(&self, response: &Response) -> bool {
        let description = response.description.as_deref().unwrap_or_default();
        self.common
            .iter()
            .any(|(status, _, text)| *status == response.status && text == description)
    }

    fn find_common(&self, api: &crate::ir::Api) -> Vec<(Status, usize, String)> {
        let mut counts: std::collections::BTreeMap<(Status, usize, &str), usize> =
            Default::default();
        for response in api.actions.iter().flat_map(error_responses) {
            let ty = typed_media(response).map(|media| &media.schema.ty);
            let variant = ty.and_then(|ty| self.types.iter().position(|other| other == ty));
            if let Some(variant) = variant {
                let description = response.description.as_deref().unwrap_or_default();
                *counts
                    .entry((response.status, variant, description))
                    .or_default() += 1;
            }
        }
        let common = counts.into_iter().filter(|(_, count)| *count > 1);
        common
            .map(|((status, variant, text), _)| (status, variant, text.to_owned()))
            .collect()
    }

    /// Numbers the sets by how many actions have them, since generated code does not mention the first.
    fn put_most_used_first(&mut self) {
        let uses = |set: usize| self.of_action.iter().filter(|other| **other == set).count();
        let mut order: Vec<usize> = (0..self.sets.len()).collect();
        order.sort_by_key(|set| std::cmp::Reverse(uses(*set)));
        self.of_action = self
            .of_action
            .iter()
            .map(|set| {
                order
                    .iter()
                    .position(|other| other == set)
                    .unwrap_or_default()
            })
            .collect();
        self.sets = order
            .iter()
            .filter_map(|set| self.sets.get(*set).cloned())
            .collect();
    }

    /// The number of an action's set.
    pub(super) fn of(&self, action: crate::ir::ActionId) -> usize {
        self.of_action.get(action.0).copied().unwrap_or(0)
    }

    fn variant(&mut self, ty: &Type) -> Option<usize> {
        // Only named types are variants: anything else is found in the raw body just as well.
        let Type::Named(_) = ty else { return None };
        Some(
            self.types
                .iter()
                .position(|other| other == ty)
                .unwrap_or_else(|| {
                    self.types.push(ty.clone());
                    self.types.len() - 1
                }),
        )
    }
}

impl Context<'_> {
    /// `error.rs`.
    pub(super) fn error_file(&self) -> SourceFile {
        let mut file = SourceFile::new("What can go wrong.");
        let variants: Vec<(proc_macro2::Ident, TokenStream)> = self
            .errors
            .types
            .iter()
            .map(|ty| {
                let name = self.ty(ty);
                (super::ident(&name.to_string()), name)
            })
            .collect();
        let imports = self.imports(None);
        file.code(quote! {
            #imports
            use specwright_runtime as rt;
        });
        file.code(quote! {
            /// Any failure of a call.
            pub type Error = rt::Error<ErrorBody>;
        });
        let list = variants
            .iter()
            .zip(&self.errors.types)
            .map(|((ident, ty), ir)| {
                let docs = attributes(&self.error_docs(ir));
                quote!(#docs #ident(#ty),)
            });
        file.code(quote! {
            /// The body of an error response, read as the type that the document gives for its status.
            ///
            /// Statuses without a type have no body here; what was sent is always in `ApiError::raw`.
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum ErrorBody { #(#list)* }
        });
        let arms = self
            .errors
            .sets
            .iter()
            .enumerate()
            .flat_map(|(number, set)| {
                let number = proc_macro2::Literal::usize_unsuffixed(number);
                let variants = &variants;
                set.iter().filter_map(move |(status, variant, xml)| {
                    let (ident, _) = variants.get(*variant)?;
                    let status = status_pattern(*status);
                    let read = match xml {
                        Some(root) => {
                            let root = super::ident(root);
                            quote!(rt::xml::decode_error(body, &super::xml::#root))
                        }
                        None => quote!(rt::decode_error(body)),
                    };
                    Some(quote!((#number, #status) => #read.map(Self::#ident),))
                })
            });
        let arms: Vec<TokenStream> = arms.collect();
        let names = if arms.is_empty() {
            quote!(_set: u16, _status: u16, _body: &[u8])
        } else {
            quote!(set: u16, status: u16, body: &[u8])
        };
        let read = if arms.is_empty() {
            quote!(None)
        } else {
            quote!(match (set, status) { #(#arms)* _ => None, })
        };
        file.code(quote! {
            impl rt::ErrorBody for ErrorBody {
                fn decode(#names) -> Option<Self> { #read }
            }
        });
        file
    }

    /// Which statuses come with a type, and what they mean.
    fn error_docs(&self, ty: &Type) -> String {
        let variant = self.errors.types.iter().position(|other| other == ty);
        let mut statuses: Vec<Status> = self
            .errors
            .sets
            .iter()
            .flatten()
            .filter(|(_, index, _)| Some(*index) == variant)
            .map(|(status, ..)| *status)
            .collect();
        statuses.sort_unstable();
        statuses.dedup();
        let names: Vec<String> = statuses.into_iter().map(status_text).collect();
        let mut lines = vec![format!("Comes with {}.", names.join(", "))];
        let meanings: Vec<String> = self
            .errors
            .common
            .iter()
            .filter(|(_, index, text)| Some(*index) == variant && !text.is_empty())
            .map(|(status, _, text)| {
                format!(
                    "- {}: {}",
                    status_text(*status),
                    sanitize(text).replace('\n', "\n  ")
                )
            })
            .collect();
        if !meanings.is_empty() {
            lines.push(String::new());
            lines.extend(meanings);
        }
        lines.join("\n")
    }
}

/// A status as users know it: `404`, `4XX`, "any other status".
pub(super) fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "any other status".to_owned(),
    }
}

fn status_pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let low = proc_macro2::Literal::u16_unsuffixed(u16::from(digit) * 100);
            let high = proc_macro2::Literal::u16_unsuffixed(u16::from(digit) * 100 + 99);
            quote!(#low..=#high)
        }
        Status::Default => quote!(_),
    }
}
