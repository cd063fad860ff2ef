//! What an action needs: a credential, an address, headers.

use super::markdown;
use super::notes::listed;
use super::site::{Here, Site};
use crate::ir::{
    Action, ApiKeyPlace, AuthScheme, AuthSchemeKind, Idempotency, Place, Requirement, Server,
};
use serde::Serialize;

/// A row of the table of errors. Texts are Markdown for a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ErrorRow {
    pub(super) status: String,
    pub(super) when: String,
    pub(super) body: String,
}

impl Site<'_> {
    /// Credential, base URL and headers, each as a line.
    pub(super) fn dependencies(&self, action: &Action) -> Vec<String> {
        let mut lines = vec![
            self.credential_words(action),
            self.base_url_words(&action.servers),
        ];
        lines.push(self.header_line(action));
        let api = self.api;
        lines.push(format!(
            "Document: {}, version {}. This page is made from it, and so is what it describes.",
            markdown::text(&api.title),
            markdown::code(&api.version)
        ));
        lines
    }

    /// The alternatives that apply to an action.
    fn alternatives<'s>(&'s self, action: &'s Action) -> &'s [Requirement] {
        action.security.as_deref().unwrap_or(&self.api.security)
    }

    /// Whether an action never asks for a credential.
    pub(super) fn is_anonymous(&self, action: &Action) -> bool {
        self.alternatives(action)
            .iter()
            .all(|it| it.schemes.is_empty())
    }

    fn credential_words(&self, action: &Action) -> String {
        let alternatives = self.alternatives(action);
        if self.is_anonymous(action) {
            return "Credential: none is asked for.".to_owned();
        }
        let ways: Vec<String> = alternatives
            .iter()
            .map(|requirement| match requirement.schemes.as_slice() {
                [] => "none".to_owned(),
                schemes => {
                    let schemes = schemes
                        .iter()
                        .map(|(key, scopes)| self.scheme_words(key, scopes));
                    schemes.collect::<Vec<_>>().join(" together with ")
                }
            })
            .collect();
        let mut words = format!("Credential: {}.", ways.join(", or "));
        if let Some(n8n) = &self.usage.n8n {
            let names: Vec<String> = n8n.credentials.iter().map(|it| it.name.clone()).collect();
            if !names.is_empty() {
                words.push_str(&format!(" In n8n: {}.", listed(&names)));
            }
        }
        if let Some(rust) = &self.usage.rust {
            let used = |key: &String| {
                alternatives
                    .iter()
                    .any(|it| it.schemes.iter().any(|(known, _)| known == key))
            };
            let calls = rust.credentials.iter().filter(|(key, _)| used(key));
            let mut calls: Vec<String> = calls.map(|(_, call)| markdown::code(call)).collect();
            calls.dedup();
            if !calls.is_empty() {
                words.push_str(&format!(
                    " In Rust: {} on the client's builder.",
                    calls.join(" or ")
                ));
            }
        }
        words
    }

    /// A security scheme by its key, in words.
    fn scheme_words(&self, key: &str, scopes: &[String]) -> String {
        let scheme = self.api.auth_schemes.iter().find(|it| it.key == key);
        let mut words = scheme.map_or_else(|| markdown::code(key), scheme_name);
        if !scopes.is_empty() {
            let scopes: Vec<String> = scopes.iter().map(|it| markdown::code(it)).collect();
            words.push_str(&format!(" with the scopes {}", scopes.join(", ")));
        }
        words
    }

    /// Where requests go.
    pub(super) fn base_url_words(&self, own: &[Server]) -> String {
        if let Some(server) = own.first() {
            let url = markdown::code(&server.url);
            return format!("Base URL: {url}, which is this action's own.");
        }
        match self.base_url {
            Some(url) => {
                let url = markdown::code(url);
                match self.settings(" or ").as_str() {
                    "" => format!("Base URL: {url}."),
                    places => format!("Base URL: {url}, unless {places} says another."),
                }
            }
            None => match self.settings(", and on ").as_str() {
                "" => "Base URL: the document names none.".to_owned(),
                places => format!("Base URL: the document names none. Set it on {places}."),
            },
        }
    }

    /// Where a base URL is set, of what there is.
    pub(super) fn settings(&self, between: &str) -> String {
        let n8n = self.usage.n8n.as_ref();
        let n8n = n8n.filter(|n8n| !n8n.credentials.is_empty());
        let credential = n8n.map(|_| "the credential");
        let builder = self.usage.rust.as_ref().map(|_| "the client's builder");
        let places: Vec<&str> = credential.into_iter().chain(builder).collect();
        places.join(between)
    }

    /// The headers, or other places, that the credential goes into, where there is a choice of it.
    fn chosen_headers(&self, alternatives: &[Requirement]) -> Option<String> {
        let of = |requirement: &Requirement| {
            let schemes = requirement.schemes.iter();
            let schemes = schemes.filter_map(|(key, _)| {
                let scheme = self.api.auth_schemes.iter().find(|it| it.key == *key)?;
                let header = scheme_header(scheme).map(|it| markdown::code(&it));
                Some(header.unwrap_or_else(|| format!("none for {}", scheme_name(scheme))))
            });
            match schemes.collect::<Vec<_>>().join(" with ") {
                empty if empty.is_empty() => "none without one".to_owned(),
                words => words,
            }
        };
        let mut words: Vec<String> = Vec::new();
        for requirement in alternatives {
            let own = of(requirement);
            if !words.contains(&own) {
                words.push(own);
            }
        }
        (words.len() > 1).then(|| words.join(", or "))
    }

    fn header_line(&self, action: &Action) -> String {
        let mut headers: Vec<String> = Vec::new();
        let alternatives = self.alternatives(action);
        let chosen = self.chosen_headers(alternatives);
        let only = usize::from(chosen.is_none());
        for requirement in alternatives.iter().take(only) {
            for (key, _) in &requirement.schemes {
                let scheme = self.api.auth_schemes.iter().find(|it| it.key == *key);
                headers.extend(scheme.and_then(scheme_header));
            }
        }
        let success = action.outcome.success.as_ref();
        let response = success.and_then(|it| action.outcome.responses.get(it.response));
        let media = response.and_then(|it| it.media.get(success?.media?));
        headers.extend(media.map(|it| format!("Accept: {}", it.media_type)));
        let body = action.body.as_ref().and_then(|body| body.preferred());
        headers.extend(body.map(|it| format!("Content-Type: {}", it.media_type)));
        if let Idempotency::Keyed { header } = &action.idempotency {
            headers.push(format!("{header}: a key of the call's own"));
        }
        let said = action
            .parameters
            .iter()
            .filter(|it| it.place == Place::Header);
        let said: Vec<String> = said.map(|it| markdown::code(&it.wire_name)).collect();
        let own: Vec<String> = headers.iter().map(|it| markdown::code(it)).collect();
        let line = match (own.as_slice(), said.as_slice()) {
            ([], []) => "Headers: none beside the usual ones.".to_owned(),
            (own, []) => format!("Headers, which are set without you: {}.", own.join(", ")),
            ([], said) => format!("Headers, from the properties: {}.", said.join(", ")),
            (own, said) => format!(
                "Headers, which are set without you: {}; from the properties: {}.",
                own.join(", "),
                said.join(", ")
            ),
        };
        match chosen {
            Some(chosen) => format!("{line} By the credential that is used: {chosen}."),
            None => line,
        }
    }

    /// The errors that the document declares for an action.
    pub(super) fn errors(&self, action: &Action, here: Here) -> Vec<ErrorRow> {
        let responses = action.outcome.responses.iter().enumerate();
        let read = action.outcome.success.as_ref().map(|it| it.response);
        let errors = responses
            .filter(|(index, it)| Some(*index) != read && super::output::is_error(it.status));
        let rows = errors.map(|(_, response)| {
            let mut types: Vec<String> = Vec::new();
            for media in &response.media {
                let text = self.type_text(&media.schema, here);
                if !types.contains(&text) {
                    types.push(text);
                }
            }
            ErrorRow {
                status: match response.status {
                    crate::ir::Status::Code(code) => code.to_string(),
                    crate::ir::Status::Range(digit) => format!("{digit}00 to {digit}99"),
                    crate::ir::Status::Default => "any other".to_owned(),
                },
                when: response
                    .description
                    .as_deref()
                    .map(super::prose::cell)
                    .unwrap_or_default(),
                body: match types.as_slice() {
                    [] => "no body".to_owned(),
                    types => types.join(", or "),
                },
            }
        });
        rows.collect()
    }
}

/// A security scheme in words.
pub(super) fn scheme_name(scheme: &AuthScheme) -> String {
    match &scheme.kind {
        AuthSchemeKind::Bearer {
            format: Some(format),
        } => {
            format!("a bearer token ({})", markdown::text(format))
        }
        AuthSchemeKind::Bearer { format: None } => "a bearer token".to_owned(),
        AuthSchemeKind::Basic => "a user name and password".to_owned(),
        AuthSchemeKind::Http { scheme } => {
            format!("the HTTP scheme {}", markdown::code(scheme))
        }
        AuthSchemeKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyPlace::Header => "header",
                ApiKeyPlace::Query => "query parameter",
                ApiKeyPlace::Cookie => "cookie",
            };
            format!("an API key in the {place} {}", markdown::code(name))
        }
        AuthSchemeKind::OAuth2 { .. } => "an OAuth2 access token".to_owned(),
        AuthSchemeKind::OpenIdConnect { .. } => "an OpenID Connect token".to_owned(),
        AuthSchemeKind::MutualTls => "a TLS client certificate".to_owned(),
    }
}

/// The header that a scheme sets.
fn scheme_header(scheme: &AuthScheme) -> Option<String> {
    match &scheme.kind {
        AuthSchemeKind::Bearer { .. }
        | AuthSchemeKind::OAuth2 { .. }
        | AuthSchemeKind::OpenIdConnect { .. } => Some("Authorization: Bearer <token>".to_owned()),
        AuthSchemeKind::Basic => Some("Authorization: Basic <user:password>".to_owned()),
        AuthSchemeKind::Http { scheme } => Some(format!("Authorization: {scheme} <credential>")),
        AuthSchemeKind::ApiKey {
            place: ApiKeyPlace::Header,
            name,
        } => Some(format!("{name}: <key>")),
        AuthSchemeKind::ApiKey { .. } | AuthSchemeKind::MutualTls => None,
    }
}
