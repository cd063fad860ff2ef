//! Whether a request carries the credentials that its action asks for.

use super::message::{Request, decode_query};
use super::refusal::{Fault, Refusal};
use base64::Engine as _;
use specwright::ir::{Action, Api, ApiKeyPlace, AuthScheme, AuthSchemeKind, Requirement};

/// Refuses with 401 what carries no credential, or not `token` where one is given. Any credential
/// that is not empty does otherwise.
pub(crate) fn check(
    api: &Api,
    action: &Action,
    request: &Request,
    token: Option<&str>,
) -> Result<(), Refusal> {
    let alternatives = action.security.as_ref().unwrap_or(&api.security);
    let fulfilled = |requirement: &Requirement| {
        requirement.schemes.iter().all(|(key, _)| {
            let scheme = api.auth_schemes.iter().find(|scheme| scheme.key == *key);
            // A scheme that the document does not describe cannot be checked.
            scheme.is_none_or(|scheme| carries(scheme, request, token))
        })
    };
    if alternatives.is_empty() || alternatives.iter().any(fulfilled) {
        return Ok(());
    }
    let has_one = alternatives
        .iter()
        .flat_map(|it| &it.schemes)
        .any(|(key, _)| {
            let mut schemes = api.auth_schemes.iter();
            schemes.any(|scheme| scheme.key == *key && carries(scheme, request, None))
        });
    let message = if has_one {
        "the credential is not valid"
    } else {
        "the credential is missing"
    };
    let refusal = Refusal::new(401, Fault::whole(message));
    let challenges = challenges(api, alternatives);
    Err(challenges
        .into_iter()
        .fold(refusal, |all, it| all.header("www-authenticate", it)))
}

fn carries(scheme: &AuthScheme, request: &Request, token: Option<&str>) -> bool {
    let is_right = |value: &str| !value.is_empty() && token.is_none_or(|token| token == value);
    let authorization = |wanted: &str| {
        let (scheme, value) = request.header("authorization")?.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case(wanted)
            .then(|| value.trim().to_owned())
    };
    match &scheme.kind {
        AuthSchemeKind::Bearer { .. }
        | AuthSchemeKind::OAuth2 { .. }
        | AuthSchemeKind::OpenIdConnect { .. } => {
            authorization("bearer").is_some_and(|it| is_right(&it))
        }
        AuthSchemeKind::Http { scheme } => authorization(scheme).is_some_and(|it| is_right(&it)),
        AuthSchemeKind::Basic => {
            let decoded = authorization("basic")
                .and_then(|value| base64::prelude::BASE64_STANDARD.decode(value).ok())
                .and_then(|bytes| String::from_utf8(bytes).ok());
            decoded.is_some_and(|pair| {
                let parts = pair.split_once(':');
                is_right(&pair)
                    || parts.is_some_and(|(user, word)| is_right(user) || is_right(word))
            })
        }
        AuthSchemeKind::ApiKey { place, name } => match place {
            ApiKeyPlace::Header => request.header(&name.to_lowercase()).is_some_and(is_right),
            ApiKeyPlace::Cookie => request.cookie(name).is_some_and(is_right),
            ApiKeyPlace::Query => request.raw_query().any(|(key, value)| {
                decode_query(key).is_some_and(|key| key == *name)
                    && decode_query(value).is_some_and(|value| is_right(&value))
            }),
        },
        // There is no TLS on loopback.
        AuthSchemeKind::MutualTls => true,
    }
}

/// The authentication schemes of HTTP that would do, each once, in the document's order (RFC 9110, section
/// 11.6.1). A key or a certificate is none of them, and has no challenge.
fn challenges<'a>(api: &'a Api, alternatives: &'a [Requirement]) -> Vec<&'a str> {
    let mut challenges = Vec::new();
    for (key, _) in alternatives.iter().flat_map(|it| &it.schemes) {
        let scheme = api.auth_schemes.iter().find(|scheme| scheme.key == *key);
        let challenge = match scheme.map(|scheme| &scheme.kind) {
            Some(
                AuthSchemeKind::Bearer { .. }
                | AuthSchemeKind::OAuth2 { .. }
                | AuthSchemeKind::OpenIdConnect { .. },
            ) => "Bearer",
            Some(AuthSchemeKind::Basic) => "Basic",
            Some(AuthSchemeKind::Http { scheme }) if is_token(scheme) => scheme,
            Some(
                AuthSchemeKind::Http { .. }
                | AuthSchemeKind::ApiKey { .. }
                | AuthSchemeKind::MutualTls,
            )
            | None => continue,
        };
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    challenges
}

/// Whether a text of the document can stand in a header as a scheme's name (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

/// The query parameters that carry keys: not the action's own, and not to be shown.
pub(crate) fn query_keys(api: &Api) -> impl Iterator<Item = &str> {
    api.auth_schemes
        .iter()
        .filter_map(|scheme| match &scheme.kind {
            AuthSchemeKind::ApiKey {
                place: ApiKeyPlace::Query,
                name,
            } => Some(name.as_str()),
            _ => None,
        })
}
