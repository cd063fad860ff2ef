//! Filters: `city[eq]:"Paris",or(employees[gt]:5,domain.url[is]:NULL)`.

mod parse;
mod test;

use super::order::Scale;
use serde_json::Value;
use specwright::ir::{Api, Record};

/// A condition on records.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    /// All of them hold.
    And(Vec<Filter>),
    /// One of them holds.
    Or(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// A field compares so.
    Compare {
        /// The field, its part after a dot.
        path: String,
        /// How.
        comparator: Comparator,
        /// On which scale.
        scale: Scale,
        /// With what: a list for `in` and `containsAny`, a boolean for `is`: whether it is null.
        value: Value,
    },
}

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparator {
    Eq,
    Neq,
    In,
    ContainsAny,
    Is,
    Gt,
    Gte,
    Lt,
    Lte,
    StartsWith,
    Like,
    Ilike,
}

impl Comparator {
    /// All of them, with what they are called.
    const ALL: [(&'static str, Self); 12] = [
        ("eq", Self::Eq),
        ("neq", Self::Neq),
        ("in", Self::In),
        ("containsAny", Self::ContainsAny),
        ("is", Self::Is),
        ("gt", Self::Gt),
        ("gte", Self::Gte),
        ("lt", Self::Lt),
        ("lte", Self::Lte),
        ("startsWith", Self::StartsWith),
        ("like", Self::Like),
        ("ilike", Self::Ilike),
    ];
}

impl Filter {
    /// Reads a filter on records of a type; what is wrong otherwise.
    pub(super) fn parse(api: &Api, record: &Record, text: &str) -> Result<Self, String> {
        parse::filter(api, record, text)
    }

    /// Whether a condition is about this field.
    pub(super) fn names(&self, field: &str) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().any(|it| it.names(field)),
            Self::Not(inner) => inner.names(field),
            Self::Compare { path, .. } => path == field,
        }
    }
}
