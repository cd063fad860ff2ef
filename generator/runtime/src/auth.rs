//! Security schemes, and the credentials that satisfy them.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, COOKIE};

use crate::request::Parts;
use crate::request::encode::{component, cookie};
use crate::{Api, RequestError, RequestErrorKind, Secret};

/// A security scheme of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheme {
    /// Its key in the document, by which operations name it.
    pub key: &'static str,
    /// Where its credential goes.
    pub kind: SchemeKind,
}

/// Where a credential goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// `Authorization`, after the name of an HTTP authentication scheme: `Bearer`, `Basic`.
    Http(&'static str),
    /// A header.
    Header(&'static str),
    /// A query parameter.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
    /// Nowhere: the transport has it, as a TLS client certificate.
    Transport,
}

impl Scheme {
    /// `Authorization: Bearer ..`; for OAuth 2.0 and OpenID Connect too.
    #[must_use]
    pub const fn bearer(key: &'static str) -> Self {
        Self {
            key,
            kind: SchemeKind::Http("Bearer"),
        }
    }

    /// `Authorization: Basic ..` (RFC 7617).
    #[must_use]
    pub const fn basic(key: &'static str) -> Self {
        Self {
            key,
            kind: SchemeKind::Http("Basic"),
        }
    }

    /// Another scheme of `Authorization`; its credential is what comes after the scheme's name.
    #[must_use]
    pub const fn http(key: &'static str, scheme: &'static str) -> Self {
        Self {
            key,
            kind: SchemeKind::Http(scheme),
        }
    }

    /// An API key in a header.
    #[must_use]
    pub const fn api_key_header(key: &'static str, name: &'static str) -> Self {
        Self {
            key,
            kind: SchemeKind::Header(name),
        }
    }

    /// An API key in a query parameter.
    #[must_use]
    pub const fn api_key_query(key: &'static str, name: &'static str) -> Self {
        Self {
            key,
            kind: SchemeKind::Query(name),
        }
    }

    /// An API key in a cookie.
    #[must_use]
    pub const fn api_key_cookie(key: &'static str, name: &'static str) -> Self {
        Self {
            key,
            kind: SchemeKind::Cookie(name),
        }
    }

    /// A TLS client certificate, which the transport has.
    #[must_use]
    pub const fn mutual_tls(key: &'static str) -> Self {
        Self {
            key,
            kind: SchemeKind::Transport,
        }
    }
}

/// The credentials of a client, by the keys of their schemes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials {
    schemes: BTreeMap<&'static str, Secret>,
    /// `user:password`, of those that are `Basic`.
    users: BTreeMap<&'static str, Secret>,
}

impl Credentials {
    pub(crate) fn insert(&mut self, key: &'static str, credential: Secret) {
        self.schemes.insert(key, credential);
        self.users.remove(key);
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.schemes.keys().copied()
    }

    /// Adds what `Basic` sends for a user and a password.
    pub(crate) fn insert_basic(&mut self, key: &'static str, user: &str, password: &Secret) {
        let user = format!("{user}:{}", password.expose());
        self.insert(key, BASE64_STANDARD.encode(&user).into());
        self.users.insert(key, user.into());
    }

    /// All that a server may quote, and that nobody else should see.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        let users = self.users.values().flat_map(|user| {
            let (_, password) = user.expose().split_once(':').unwrap_or_default();
            [user.expose().as_str(), password]
        });
        let credentials = self.schemes.values().map(|secret| secret.expose().as_str());
        credentials.chain(users)
    }

    /// The query parameters that an operation's credentials go into.
    pub(crate) fn query_parameters(
        &self,
        api: &Api,
        alternatives: &[&[&'static str]],
    ) -> Vec<&'static str> {
        let keys = alternatives.iter().flat_map(|keys| keys.iter());
        let given = keys.filter(|key| self.schemes.contains_key(*key));
        given
            .filter_map(|key| match api.scheme(key)? {
                SchemeKind::Query(name) => Some(name),
                _ => None,
            })
            .collect()
    }

    /// Adds the credentials of the first alternative that is complete.
    ///
    /// # Errors
    /// When the operation needs credentials and no alternative is complete: what is missing.
    pub(crate) fn apply(
        &self,
        api: &Api,
        alternatives: &[&[&'static str]],
        parts: &mut Parts,
    ) -> Result<(), RequestError> {
        let complete = |keys: &&&[&'static str]| keys.iter().all(|key| self.has(api, key, parts));
        // An empty alternative makes credentials optional: those that are there are sent.
        let (optional, sets): (Vec<_>, Vec<_>) =
            alternatives.iter().partition(|keys| keys.is_empty());
        let Some(keys) = sets.iter().copied().find(|keys| complete(keys)) else {
            let nothing_needed = sets.is_empty() || !optional.is_empty();
            return if nothing_needed {
                Ok(())
            } else {
                Err(self.missing(api, &sets, parts))
            };
        };
        keys.iter().try_for_each(|key| self.add(api, key, parts))
    }

    /// Whether a credential was given, or the caller has set the header it would go to.
    fn has(&self, api: &Api, key: &str, parts: &Parts) -> bool {
        self.schemes.contains_key(key)
            || match api.scheme(key) {
                Some(SchemeKind::Http(_)) => parts.headers.contains_key(AUTHORIZATION),
                Some(SchemeKind::Header(name)) => parts.headers.contains_key(name),
                Some(SchemeKind::Cookie(_)) => parts.headers.contains_key(COOKIE),
                Some(SchemeKind::Transport) => true,
                Some(SchemeKind::Query(_)) | None => false,
            }
    }

    fn missing(&self, api: &Api, sets: &[&&[&'static str]], parts: &Parts) -> RequestError {
        let absent = |keys: &[&'static str]| {
            let absent = keys.iter().filter(|key| !self.has(api, key, parts));
            absent
                .map(|key| format!("`{key}`"))
                .collect::<Vec<_>>()
                .join(" and ")
        };
        let sets: Vec<String> = sets.iter().map(|keys| absent(keys)).collect();
        RequestError::new(
            RequestErrorKind::Credential,
            format!(
                "no credential for {}: give one to the client's builder",
                sets.join(" or ")
            ),
        )
    }

    fn add(&self, api: &Api, key: &str, parts: &mut Parts) -> Result<(), RequestError> {
        let (Some(secret), Some(kind)) = (self.schemes.get(key), api.scheme(key)) else {
            return Ok(());
        };
        let secret = secret.expose();
        match kind {
            SchemeKind::Http(scheme) => {
                let name = AUTHORIZATION.as_str();
                parts.secret_header(name, &format!("{scheme} {secret}"))
            }
            SchemeKind::Header(name) => parts.secret_header(name, secret),
            SchemeKind::Query(name) => {
                parts.query(&format!("{}={}", component(name), component(secret)));
                Ok(())
            }
            SchemeKind::Cookie(name) => {
                parts.cookies.push(format!("{name}={}", cookie(secret)));
                Ok(())
            }
            SchemeKind::Transport => Ok(()),
        }
        .map_err(|_| {
            RequestError::new(
                RequestErrorKind::Credential,
                format!("the credential for `{key}` has characters that no header can carry"),
            )
        })
    }
}
