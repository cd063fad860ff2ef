//! The ways to authenticate that the document gives: what a user fills in, and where it goes.

use super::words::{camel, title, title_case};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Api, ApiKeyPlace, AuthScheme, AuthSchemeKind, OAuthFlow, OAuthFlowKind, Requirement,
};
use crate::n8n::target::alternatives;
use crate::n8n::text::{Kind, description};
use std::collections::BTreeSet;

/// One way: the schemes of a security requirement, all of them together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way<'a> {
    /// The schemes' keys, ordered: what tells one way from another.
    pub(super) keys: Vec<&'a str>,
    /// What it is called in a selector: `OAuth2`, `API Key`.
    pub(super) label: String,
    /// Where the document says what it is.
    pub(super) kind: WayKind<'a>,
}

/// How a way is carried out.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum WayKind<'a> {
    /// n8n gets tokens itself (RFC 6749).
    OAuth2 {
        /// The flows that it can carry out.
        flows: Vec<&'a OAuthFlow>,
        /// Those that any operation needs, ordered; all of them where none is named.
        scopes: BTreeSet<&'a str>,
    },
    /// The user fills in what is sent.
    Generic(Vec<Part<'a>>),
}

/// What one scheme asks the user for, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// The field's name; a second one for a password.
    pub(super) field: String,
    /// The field's label.
    pub(super) label: String,
    /// The scheme's description.
    pub(super) description: Option<String>,
    /// Where it goes.
    pub(super) goes: Goes<'a>,
}

/// Where a part goes. Names of headers and cookies are tokens (RFC 9110, section 5.6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goes<'a> {
    /// `Authorization: <scheme> <value>`.
    Authorization(&'a str),
    /// `Authorization: Basic ..`, of user name and password.
    Basic,
    /// A header.
    Header(&'a str),
    /// A query parameter.
    Query(&'a str),
    /// A cookie.
    Cookie(&'a str),
}

/// The schemes of a requirement, ordered: what tells one way from another.
pub(super) fn keys(requirement: &Requirement) -> Vec<&str> {
    let mut keys: Vec<&str> = requirement
        .schemes
        .iter()
        .map(|(key, _)| key.as_str())
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Every way of the document that can be written: the document's own first, then those of its actions.
/// Each that cannot be written has a diagnostic.
pub(super) fn ways<'a>(api: &'a Api, diagnostics: &mut Diagnostics) -> Vec<Way<'a>> {
    let of_actions = api
        .actions
        .iter()
        .flat_map(|action| alternatives(api, action));
    let all: Vec<&Requirement> = api.security.iter().chain(of_actions).collect();
    let mut seen = BTreeSet::new();
    let mut ways: Vec<Way<'a>> = Vec::new();
    for requirement in &all {
        let keys = keys(requirement);
        if keys.is_empty() || !seen.insert(keys.clone()) {
            continue;
        }
        let schemes: Option<Vec<&AuthScheme>> = keys.iter().map(|key| scheme(api, key)).collect();
        // A scheme that is not declared has a diagnostic of its own.
        let Some(schemes) = schemes else { continue };
        let same = all.iter().filter(|other| self::keys(other) == keys);
        let scopes = same
            .flat_map(|it| &it.schemes)
            .flat_map(|(_, scopes)| scopes);
        match kind(&schemes, scopes.map(String::as_str).collect()) {
            Ok(kind) => ways.push(Way {
                label: label(&kind),
                keys,
                kind,
            }),
            Err((scheme, reason)) => {
                let message = format!("no credential is written for `{}`: {reason}", scheme.key);
                diagnostics.push(
                    Diagnostic::note(Code::NotGenerated, scheme.origin.clone(), message)
                        .action("the node cannot authenticate in this way"),
                );
            }
        }
    }
    distinguish(&mut ways);
    ways
}

fn scheme<'a>(api: &'a Api, key: &str) -> Option<&'a AuthScheme> {
    api.auth_schemes.iter().find(|scheme| scheme.key == key)
}

type Refused<'a> = (&'a AuthScheme, &'static str);

fn kind<'a>(
    schemes: &[&'a AuthScheme],
    scopes: BTreeSet<&'a str>,
) -> Result<WayKind<'a>, Refused<'a>> {
    if let [scheme] = schemes
        && let AuthSchemeKind::OAuth2 { flows } = &scheme.kind
    {
        let flows: Vec<&OAuthFlow> = flows.iter().filter(|flow| can_carry_out(flow)).collect();
        if !flows.is_empty() {
            return Ok(WayKind::OAuth2 { flows, scopes });
        }
    }
    let mut parts: Vec<Part<'a>> = Vec::new();
    for scheme in schemes {
        let part = part(scheme).map_err(|reason| (*scheme, reason))?;
        if parts
            .iter()
            .any(|other| other.goes.place() == part.goes.place())
        {
            return Err((
                scheme,
                "two schemes of one requirement go to the same place",
            ));
        }
        parts.push(part);
    }
    name_fields(schemes, &mut parts);
    Ok(WayKind::Generic(parts))
}

/// n8n carries out two flows; both need an absolute URL.
fn can_carry_out(flow: &OAuthFlow) -> bool {
    let absolute = |url: &Option<String>| url.as_deref().is_some_and(is_plain_url);
    match flow.kind {
        OAuthFlowKind::AuthorizationCode => {
            absolute(&flow.authorization_url) && absolute(&flow.token_url)
        }
        OAuthFlowKind::ClientCredentials => absolute(&flow.token_url),
        OAuthFlowKind::Implicit | OAuthFlowKind::Password => false,
    }
}

/// Whether a text is an http URL that can stand in a field as it is.
pub(super) fn is_plain_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let odd = |c: char| c.is_whitespace() || c.is_control() || "{}<>\"`\\^|".contains(c);
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(odd))
}

fn part(scheme: &AuthScheme) -> Result<Part<'_>, &'static str> {
    let (field, label, goes) = match &scheme.kind {
        AuthSchemeKind::Bearer { .. }
        | AuthSchemeKind::OAuth2 { .. }
        | AuthSchemeKind::OpenIdConnect { .. } => {
            ("accessToken", "Access Token", Goes::Authorization("Bearer"))
        }
        AuthSchemeKind::Basic => ("username", "Username", Goes::Basic),
        AuthSchemeKind::Http { scheme } if answers(scheme) => {
            return Err("its scheme answers a challenge of the server");
        }
        AuthSchemeKind::Http { scheme } if is_token(scheme) => {
            ("authToken", "Authorization", Goes::Authorization(scheme))
        }
        AuthSchemeKind::Http { .. } => return Err("its scheme is not a token of RFC 9110"),
        AuthSchemeKind::ApiKey { place, name } => {
            let goes = match place {
                ApiKeyPlace::Header if is_token(name) => Goes::Header(name),
                ApiKeyPlace::Cookie if is_token(name) => Goes::Cookie(name),
                // In front of a name, `=` would make it an expression.
                ApiKeyPlace::Query if !name.is_empty() && !name.starts_with('=') => {
                    Goes::Query(name)
                }
                _ => return Err("its name is not one that can be sent"),
            };
            ("apiKey", "API Key", goes)
        }
        AuthSchemeKind::MutualTls => return Err("n8n has no client certificates for it"),
    };
    Ok(Part {
        field: field.to_owned(),
        label: label.to_owned(),
        description: scheme
            .description
            .as_deref()
            .and_then(|text| description(text, label, Kind::Other)),
        goes,
    })
}

/// Whether a scheme's credentials are made anew from what the server says, and so are no text to be
/// filled in.
fn answers(scheme: &str) -> bool {
    const CHALLENGED: &[&str] = &["digest", "hoba", "mutual", "negotiate", "ntlm"];
    let scheme = scheme.to_ascii_lowercase();
    CHALLENGED.contains(&scheme.as_str()) || scheme.starts_with("scram-")
}

/// Fields of one name take that of their scheme, so that they can be told apart.
fn name_fields(schemes: &[&AuthScheme], parts: &mut [Part<'_>]) {
    let names: Vec<String> = parts.iter().map(|part| part.field.clone()).collect();
    let mut taken: BTreeSet<String> = ["baseUrl", "password"].map(str::to_owned).into();
    for (part, scheme) in parts.iter_mut().zip(schemes) {
        let shared = names.iter().filter(|name| **name == part.field).count() > 1;
        if shared {
            // n8n's rules take a field for a secret by its name.
            let own = camel(&scheme.key);
            part.field = if own.is_empty() {
                part.field.clone()
            } else {
                format!("{own}{}", title_case(&part.field))
            };
            part.label = title(&format!("{} {}", scheme.key, part.label));
        }
        while !taken.insert(part.field.clone()) {
            part.field.push_str("Token");
        }
    }
}

/// A token of RFC 9110, section 5.6.2: it can be written into a header, and is no expression.
fn is_token(name: &str) -> bool {
    let in_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.len() <= 200 && name.chars().all(in_token)
}

impl Goes<'_> {
    /// What cannot be taken twice in one request.
    fn place(self) -> (u8, String) {
        match self {
            Self::Authorization(_) | Self::Basic => (0, "authorization".to_owned()),
            Self::Header(name) => (0, name.to_lowercase()),
            Self::Query(name) => (1, name.to_owned()),
            Self::Cookie(name) => (2, name.to_owned()),
        }
    }
}

fn label(kind: &WayKind<'_>) -> String {
    match kind {
        WayKind::OAuth2 { .. } => "OAuth2".to_owned(),
        WayKind::Generic(parts) => {
            let labels: Vec<&str> = parts
                .iter()
                .map(|part| match part.goes {
                    Goes::Basic => "Basic Auth",
                    _ => part.label.as_str(),
                })
                .collect();
            labels.join(" and ")
        }
    }
}

/// Ways of one label get the names of their schemes.
fn distinguish(ways: &mut [Way<'_>]) {
    let labels: Vec<String> = ways.iter().map(|way| way.label.clone()).collect();
    for way in ways {
        if labels.iter().filter(|label| **label == way.label).count() > 1 {
            let keys: Vec<String> = way.keys.iter().map(|key| title(key)).collect();
            way.label = format!("{} ({})", way.label, keys.join(", "));
        }
    }
}
