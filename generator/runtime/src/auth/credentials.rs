//! The credentials of a client, and how they get into a request.

use std::collections::BTreeMap;
#[cfg(feature = "oauth2")]
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};
use url::{Url, form_urlencoded};

use super::SchemeKind;
#[cfg(feature = "oauth2")]
use crate::oauth2::{Cache, Given, Surroundings};
use crate::request::Parts;
use crate::request::encode::{component, cookie};
use crate::{Api, RequestError, RequestErrorKind, Secret};

/// The credentials of a client, by the keys of their schemes.
#[derive(Clone, Default)]
pub(crate) struct Credentials {
    schemes: BTreeMap<&'static str, Secret>,
    /// `user:password`, of those that are `Basic`.
    users: BTreeMap<&'static str, Secret>,
    /// Where the tokens of others come from.
    #[cfg(feature = "oauth2")]
    given: BTreeMap<&'static str, Given>,
    /// Their tokens, when there is a client.
    #[cfg(feature = "oauth2")]
    caches: BTreeMap<&'static str, Arc<Cache>>,
}

impl Credentials {
    pub(crate) fn insert(&mut self, key: &'static str, credential: Secret) {
        self.remove(key);
        self.schemes.insert(key, credential);
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        let keys = self.schemes.keys().copied();
        #[cfg(feature = "oauth2")]
        let keys = keys.chain(self.given.keys().copied());
        keys
    }

    /// Adds what `Basic` sends for a user and a password.
    pub(crate) fn insert_basic(&mut self, key: &'static str, user: &str, password: &Secret) {
        let user = format!("{user}:{}", password.expose());
        self.insert(key, BASE64_STANDARD.encode(&user).into());
        self.users.insert(key, user.into());
    }

    fn remove(&mut self, key: &'static str) {
        self.schemes.remove(key);
        self.users.remove(key);
        #[cfg(feature = "oauth2")]
        self.given.remove(key);
    }

    /// Says where the tokens of a scheme come from.
    #[cfg(feature = "oauth2")]
    pub(crate) fn insert_tokens(&mut self, key: &'static str, given: Given) {
        self.remove(key);
        self.given.insert(key, given);
    }

    /// Makes the caches of a client.
    ///
    /// # Errors
    /// When there is no place to ask for tokens.
    #[cfg(feature = "oauth2")]
    pub(crate) fn begin(
        &mut self,
        api: &Api,
        surroundings: &Surroundings<'_>,
    ) -> Result<(), String> {
        for (key, given) in self.given.clone() {
            let scheme = api.schemes.iter().find(|scheme| scheme.key == key);
            // Of what the API does not know nothing is sent.
            let Some(scheme) = scheme else { continue };
            let cache = given.cache(scheme, surroundings);
            let cache = cache.map_err(|reason| format!("credential `{key}`: {reason}"))?;
            self.caches.insert(key, Arc::new(cache));
        }
        Ok(())
    }

    /// The tokens of this client's schemes.
    #[cfg(feature = "oauth2")]
    pub(crate) fn caches(&self) -> impl Iterator<Item = &Arc<Cache>> {
        self.caches.values()
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
        // An empty alternative makes credentials optional: those that are there are sent.
        let (optional, sets): (Vec<_>, Vec<_>) =
            alternatives.iter().partition(|keys| keys.is_empty());
        let complete = |keys: &&&[&'static str]| self.absent(api, keys, parts).is_empty();
        let Some(keys) = sets.iter().copied().find(complete) else {
            let nothing_needed = sets.is_empty() || !optional.is_empty();
            return if nothing_needed {
                Ok(())
            } else {
                Err(self.missing(api, &sets, parts))
            };
        };
        let mut taken = Vec::new();
        for key in keys.iter().filter(|key| self.gives(key)) {
            let Some(kind) = api.scheme(key) else {
                continue;
            };
            // Two cannot go to one place, so that the first of them is what the set means.
            if !taken.iter().any(|other| kind.shares_place(*other)) {
                taken.push(kind);
                self.add(kind, key, parts)?;
            }
        }
        Ok(())
    }

    /// The schemes of a set for which there is nothing, and nothing where their credential would go.
    fn absent<'k>(&self, api: &Api, keys: &[&'k str], parts: &Parts) -> Vec<&'k str> {
        let here =
            |key: &str| self.gives(key) || api.scheme(key).is_some_and(|kind| is_set(kind, parts));
        let absent = keys.iter().copied().filter(|key| {
            let kind = api.scheme(key);
            let same = |other: &&str| {
                let both = kind.zip(api.scheme(other));
                other == key || both.is_some_and(|(kind, other)| kind.shares_place(other))
            };
            !keys
                .iter()
                .filter(|other| same(other))
                .any(|other| here(other))
        });
        absent.collect()
    }

    /// Whether there is a credential for a scheme.
    fn gives(&self, key: &str) -> bool {
        #[cfg(feature = "oauth2")]
        if self.caches.contains_key(key) {
            return true;
        }
        self.schemes.contains_key(key)
    }

    fn missing(&self, api: &Api, sets: &[&&[&'static str]], parts: &Parts) -> RequestError {
        let absent = |keys: &[&'static str]| {
            let absent = self.absent(api, keys, parts);
            let absent = absent.iter().map(|key| format!("`{key}`"));
            absent.collect::<Vec<_>>().join(" and ")
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

    fn add(&self, kind: SchemeKind, key: &str, parts: &mut Parts) -> Result<(), RequestError> {
        #[cfg(feature = "oauth2")]
        if let Some(cache) = self.caches.get(key) {
            parts.tokens = Some(Arc::clone(cache));
            return Ok(());
        }
        let Some(secret) = self.schemes.get(key) else {
            return Ok(());
        };
        let secret = secret.expose();
        match kind {
            SchemeKind::Http(scheme) => {
                let name = AUTHORIZATION.as_str();
                parts.secret_header(name, &authorization(scheme, secret))
            }
            SchemeKind::Header(name) => parts.secret_header(name, secret),
            // What the call says itself comes first.
            SchemeKind::Query(_) | SchemeKind::Cookie(_) if is_set(kind, parts) => Ok(()),
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

/// The header of a scheme. No credential has a space after such a word but one that has the scheme in
/// front already.
fn authorization(scheme: &str, credential: &str) -> String {
    match credential.split_once(' ') {
        Some((word, _)) if word.eq_ignore_ascii_case(scheme) => credential.to_owned(),
        _ => format!("{scheme} {credential}"),
    }
}

/// Whether the call or the client has set what a credential would be, in another way.
fn is_set(kind: SchemeKind, parts: &Parts) -> bool {
    match kind {
        SchemeKind::Http(_) => parts.headers.contains_key(AUTHORIZATION),
        SchemeKind::Header(name) => parts.headers.contains_key(name),
        SchemeKind::Cookie(name) => has_cookie(&parts.headers, &parts.cookies, name),
        SchemeKind::Query(name) => has_query(&parts.url, name),
        SchemeKind::Transport => true,
    }
}

fn has_cookie(headers: &HeaderMap, cookies: &[String], name: &str) -> bool {
    let headers = headers.get_all(COOKIE).iter();
    let headers = headers.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    let mut all = headers
        .chain(cookies.iter().map(String::as_str))
        .flat_map(|cookies| cookies.split(';'));
    all.any(|cookie| {
        let after = cookie.trim_start().strip_prefix(name);
        after.is_some_and(|rest| rest.trim_start().starts_with('='))
    })
}

fn has_query(url: &Url, name: &str) -> bool {
    let query = url.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).any(|(key, _)| key == name)
}
