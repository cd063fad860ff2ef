//! The request that tells whether a credential is valid.

use super::authentication::{alternatives, keys};
use crate::config::N8nProfile;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Action, Api, Kind, Method, Origin, PathSegment};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// Requests that can test credentials, best first.
#[derive(Debug)]
pub(super) struct Probe<'a> {
    api: &'a Api,
    candidates: Vec<&'a Action>,
}

/// Words of a path that asks who is calling.
const SELF: &[&str] = &[
    "me", "whoami", "self", "user", "account", "profile", "viewer",
];

/// Finds the GETs without required values: the configured one alone, else who is calling, then lists
/// whose pages can be made small, then other lists.
pub(super) fn find<'a>(
    api: &'a Api,
    profile: &N8nProfile,
    diagnostics: &mut Diagnostics,
) -> Probe<'a> {
    let mut candidates: Vec<&Action> = api.actions.iter().filter(|it| is_free(it)).collect();
    if let Some(wanted) = &profile.credential_test {
        let is_wanted = |action: &&Action| action.operation_id.as_deref() == Some(wanted);
        candidates.retain(is_wanted);
        if candidates.is_empty() {
            let message = format!(
                "`credential_test` names `{wanted}`, which is not a GET without required values"
            );
            diagnostics.push(
                Diagnostic::error(Code::StaleOverride, Origin::default(), message)
                    .hint("name such an operation by its operationId, or leave the key out"),
            );
        }
    }
    candidates.sort_by_key(|action| rank(action));
    Probe { api, candidates }
}

/// Whether a request for it can be sent as it is.
fn is_free(action: &Action) -> bool {
    action.method == Method::Get
        && action.servers.is_empty()
        && action.deprecation.is_none()
        && action
            .parameters
            .iter()
            .all(|parameter| !parameter.required)
        && action
            .segments
            .iter()
            .all(|segment| matches!(segment, PathSegment::Text(_)))
}

fn rank(action: &Action) -> u8 {
    let last = action.path.rsplit('/').next().unwrap_or_default();
    let sized = action
        .pagination
        .as_ref()
        .is_some_and(|pages| pages.size_parameter.is_some());
    match action.kind {
        _ if SELF.contains(&last.to_lowercase().as_str()) => 0,
        Kind::FindMany if sized => 1,
        Kind::FindMany => 2,
        _ => 3,
    }
}

impl Probe<'_> {
    /// The test of a credential for the schemes with these keys; without keys, of a base URL.
    pub(super) fn request(&self, way: &[&str]) -> Value {
        let applies = |action: &&&Action| {
            let alternatives = alternatives(self.api, action);
            let anonymous = alternatives.iter().all(|it| it.schemes.is_empty());
            let accepts = alternatives.iter().any(|it| keys(it) == way);
            // What anybody may ask says nothing of a credential.
            let open = alternatives.iter().any(|it| it.schemes.is_empty());
            if way.is_empty() {
                anonymous
            } else {
                accepts && !open
            }
        };
        let action = self.candidates.iter().find(applies).copied();
        let mut request = Map::new();
        request.insert("baseURL".to_owned(), json!("={{$credentials.baseUrl}}"));
        let url = action.map_or_else(|| "/".to_owned(), |action| path(&action.segments));
        request.insert("url".to_owned(), json!(url));
        let size = action.and_then(|action| action.pagination.as_ref()?.size_parameter.as_deref());
        // In front of a name, `=` would make it an expression.
        if let Some(size) = size.filter(|size| !size.starts_with('=')) {
            request.insert("qs".to_owned(), json!({ size: 1 }));
        }
        json!({ "request": request })
    }
}

/// A path without parameters, encoded as it is sent.
fn path(segments: &[PathSegment]) -> String {
    let mut path = String::new();
    for segment in segments {
        if let PathSegment::Text(text) = segment {
            encode(text, &mut path);
        }
    }
    if path.starts_with('/') {
        path
    } else {
        format!("/{path}")
    }
}

/// Leaves what a path may have (RFC 3986, section 3.3) and what is encoded already.
fn encode(text: &str, path: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte) {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
}
