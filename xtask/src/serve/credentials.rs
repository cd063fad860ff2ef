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
    Err(refusal.header("www-authenticate", challenge(api, alternatives)))
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

fn challenge(api: &Api, alternatives: &[Requirement]) -> &'static str {
    let kinds = alternatives
        .iter()
        .flat_map(|it| &it.schemes)
        .filter_map(|(key, _)| {
            let scheme = api.auth_schemes.iter().find(|scheme| scheme.key == *key)?;
            Some(&scheme.kind)
        });
    let mut kinds = kinds.map(|kind| matches!(kind, AuthSchemeKind::Basic));
    if kinds.next() == Some(true) {
        "Basic"
    } else {
        "Bearer"
    }
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
