//! Credentials by the keys of their schemes, for clients whose calls are by name.

use super::builder::BuildError;
use super::{Api, ClientBuilder};
use crate::{SchemeKind, Secret};

impl ClientBuilder {
    /// The credential of a scheme of an API, by its key in the document. That of HTTP Basic is user and
    /// password, with a colon between them.
    #[must_use]
    pub fn credential_by_key(
        mut self,
        api: &'static Api,
        scheme: &str,
        credential: impl Into<Secret>,
    ) -> Self {
        let Some(found) = api.schemes.iter().find(|it| it.key == scheme) else {
            let keys: Vec<String> = api
                .schemes
                .iter()
                .map(|it| format!("`{}`", it.key))
                .collect();
            let known = if keys.is_empty() {
                "there is none".to_owned()
            } else {
                format!("there is {}", keys.join(", "))
            };
            let scheme = scheme.escape_debug();
            self.problem.get_or_insert(BuildError(format!(
                "no security scheme `{scheme}`: {known}"
            )));
            return self;
        };
        let credential = credential.into();
        match (found.kind, credential.expose().split_once(':')) {
            (SchemeKind::Http("Basic"), Some((user, password))) => {
                let (user, password) = (user.to_owned(), password.to_owned());
                self.basic_auth(found.key, &user, password)
            }
            _ => self.credential(found.key, credential),
        }
    }
}
