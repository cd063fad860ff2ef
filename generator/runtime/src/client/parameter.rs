//! Parameters that many operations share, of which a client is told once.

use serde_json::Value;

use crate::request::{Place, Style};

/// A parameter that many operations of an API share.
///
/// Operations name those they have, see [`Operation::shares`](crate::Operation::shares); a client
/// that has a value sends it with these and with no other. What a call says itself comes first.
///
/// ```
/// use specwright_runtime::{Api, Operation, SharedParameter};
///
/// static API: Api = Api::new("Example", "example-rust/0.1.0")
///     .shared(&[SharedParameter::header("X-Account")]);
/// const OPERATION: Operation = Operation::get("list", "/things").shares(&["X-Account"]);
/// assert_eq!(API.shared[0].name, OPERATION.shared[0]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedParameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it goes.
    pub kind: SharedParameterKind,
    /// Whether its value must not be shown.
    pub secret: bool,
}

/// Where a shared parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SharedParameterKind {
    /// A header of this name.
    Header,
    /// `name=value` in the query.
    Query,
    /// `name=value` in the `Cookie` header.
    Cookie,
}

impl SharedParameter {
    const fn new(name: &'static str, kind: SharedParameterKind) -> Self {
        Self {
            name,
            kind,
            secret: false,
        }
    }

    /// A header.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, SharedParameterKind::Header)
    }

    /// A query parameter.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, SharedParameterKind::Query)
    }

    /// A cookie.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, SharedParameterKind::Cookie)
    }

    /// Its value is never shown.
    #[must_use]
    pub const fn secret(self) -> Self {
        Self {
            secret: true,
            ..self
        }
    }

    /// How it is written. Its value is a scalar, so that styles make no difference.
    pub(crate) const fn place(&self) -> Place {
        match self.kind {
            SharedParameterKind::Header => Place::Header { explode: false },
            SharedParameterKind::Query => Place::Query {
                style: Style::Form,
                explode: true,
                reserved: false,
            },
            SharedParameterKind::Cookie => Place::Cookie { explode: true },
        }
    }
}

/// The values that a client was given, by name.
#[derive(Clone, Default)]
pub(crate) struct SharedValues(Vec<(&'static str, Value)>);

impl SharedValues {
    /// Sets a value in place of an earlier one; null takes it away.
    pub(crate) fn insert(&mut self, name: &'static str, value: Value) {
        self.0.retain(|(known, _)| *known != name);
        if !value.is_null() {
            self.0.push((name, value));
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let mut values = self.0.iter();
        values
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The names, for people.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.0.iter().map(|(name, _)| *name).collect()
    }
}
