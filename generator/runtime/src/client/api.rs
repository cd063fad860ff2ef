//! What is known of an API before there is a client.

use http::HeaderName;

use super::{SharedParameter, SharedParameterKind};
use crate::{Scheme, SchemeKind};

/// One API, as plain constant data: built in a `const` or a `static` by generated code.
///
/// ```
/// use specwright_runtime::{Api, Scheme};
///
/// static API: Api = Api::new("Example", "example-rust/0.1.0")
///     .base_url("https://api.example")
///     .schemes(&[Scheme::bearer("bearerAuth")])
///     .security(&[&["bearerAuth"]]);
/// assert_eq!(API.base_url, Some("https://api.example"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Api {
    /// Its name, for people.
    pub name: &'static str,
    /// The `User-Agent` header.
    pub user_agent: &'static str,
    /// Where it is; `None`: every user says where.
    pub base_url: Option<&'static str>,
    /// Its security schemes.
    pub schemes: &'static [Scheme],
    /// What operations need that say nothing of their own: alternatives of sets of schemes.
    pub security: &'static [&'static [&'static str]],
    /// Parameters that many operations have, of which a client is told once.
    pub shared: &'static [SharedParameter],
}

impl Api {
    /// An API without credentials that is nowhere in particular.
    #[must_use]
    pub const fn new(name: &'static str, user_agent: &'static str) -> Self {
        Self {
            name,
            user_agent,
            base_url: None,
            schemes: &[],
            security: &[],
            shared: &[],
        }
    }

    /// Where it is, unless its user says otherwise.
    #[must_use]
    pub const fn base_url(self, url: &'static str) -> Self {
        Self {
            base_url: Some(url),
            ..self
        }
    }

    /// Its security schemes.
    #[must_use]
    pub const fn schemes(self, schemes: &'static [Scheme]) -> Self {
        Self { schemes, ..self }
    }

    /// What operations need that say nothing of their own: alternatives of sets of schemes, by
    /// their keys.
    #[must_use]
    pub const fn security(self, alternatives: &'static [&'static [&'static str]]) -> Self {
        Self {
            security: alternatives,
            ..self
        }
    }

    /// Parameters that many operations have, of which a client is told once.
    #[must_use]
    pub const fn shared(self, shared: &'static [SharedParameter]) -> Self {
        Self { shared, ..self }
    }

    pub(crate) fn scheme(&self, key: &str) -> Option<SchemeKind> {
        let mut schemes = self.schemes.iter();
        let scheme = schemes.find(|scheme| scheme.key == key)?;
        Some(scheme.kind)
    }

    /// Whether a credential of one of its schemes goes into a header, or a secret that operations
    /// share.
    pub(crate) fn has_credential(&self, header: &HeaderName) -> bool {
        let secret = self.shared.iter().any(|parameter| {
            let is = header.as_str().eq_ignore_ascii_case(parameter.name);
            parameter.secret && parameter.kind == SharedParameterKind::Header && is
        });
        secret
            || self.schemes.iter().any(|scheme| match scheme.kind {
                SchemeKind::Header(name) => header.as_str().eq_ignore_ascii_case(name),
                _ => false,
            })
    }
}
