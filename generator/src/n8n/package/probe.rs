//! The request that tells whether a credential is valid.

use super::authentication::keys;
use super::credentials::Credential;
use crate::config::N8nProfile;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Action, Api, Kind, Method, Origin, Parameter, PathSegment, Place};
use crate::n8n::client_fields::{client_fields, field_of};
use crate::n8n::model::PathPart;
use crate::n8n::target;
use serde_json::{Map, Value, json};

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

/// Words of a path that asks whether the service is there, which says little of who asks.
const SERVICE: &[&str] = &[
    "", "health", "healthz", "livez", "metrics", "ping", "readyz", "status", "version",
];

/// Finds the GETs without required values: the configured one alone, else who is calling, then lists
/// whose pages can be made small, then other lists, and whether the service is there last.
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
        .is_some_and(|pages| pages.size_parameter().is_some());
    let last = last.to_lowercase();
    match action.kind {
        _ if SELF.contains(&last.as_str()) => 0,
        _ if SERVICE.contains(&last.as_str()) => 4,
        Kind::FindMany if sized => 1,
        Kind::FindMany => 2,
        _ => 3,
    }
}

impl<'a> Probe<'a> {
    /// The request that tests a credential for the schemes with these keys; without keys, a base URL.
    pub(super) fn action(&self, way: &[&str]) -> Option<&'a Action> {
        let applies = |action: &&&Action| {
            // What anybody may ask says nothing of a credential.
            let open = target::is_open(self.api, action);
            let accepts = || {
                let alternatives = target::alternatives(self.api, action);
                alternatives.iter().any(|it| keys(it) == way)
            };
            if way.is_empty() {
                open
            } else {
                !open && accepts()
            }
        };
        self.candidates.iter().find(applies).copied()
    }

    /// The test of a credential, which n8n's rules want of each: without an action, of its base URL.
    pub(super) fn request(&self, action: Option<&Action>) -> Value {
        let mut request = Map::new();
        request.insert("baseURL".to_owned(), json!("={{$credentials.baseUrl}}"));
        let url = action.map_or_else(|| "/".to_owned(), path);
        request.insert("url".to_owned(), json!(url));
        let mut query = Map::new();
        let mut headers = Map::new();
        for field in client_fields(self.api) {
            let shared = field.parameter;
            let is = |own: &Parameter| field_of(std::slice::from_ref(&field), own).is_some();
            if !action.is_some_and(|action| action.parameters.iter().any(is)) {
                continue;
            }
            // What is not defined is not sent.
            let value = json!(format!("={{{{$credentials.{} || undefined}}}}", field.name));
            match shared.place {
                Place::Header => headers.insert(shared.wire_name.clone(), value),
                Place::Query => query.insert(shared.wire_name.clone(), value),
                Place::Cookie | Place::Path => None,
            };
        }
        let size = action.and_then(|action| action.pagination.as_ref()?.size_parameter());
        // In front of a name, `=` would make it an expression.
        if let (Some(action), Some(size)) = (action, size.filter(|size| !size.starts_with('='))) {
            query.insert(size.to_owned(), json!(smallest(action, size)));
        }
        for (key, values) in [("headers", headers), ("qs", query)] {
            if !values.is_empty() {
                request.insert(key.to_owned(), Value::Object(values));
            }
        }
        json!({ "request": request })
    }
}

/// The smallest page that can be asked for.
fn smallest(action: &Action, size: &str) -> i64 {
    let mut parameters = action.parameters.iter();
    let parameter = parameters.find(|it| it.place == Place::Query && it.wire_name == size);
    let minimum = parameter.and_then(|it| it.schema.constraints.minimum.as_ref());
    let least = minimum.and_then(|bound| {
        let value = bound.value.as_i64()?;
        Some(value.saturating_add(i64::from(bound.exclusive)))
    });
    least.unwrap_or(1).max(1)
}

/// A path without parameters, as it is sent.
fn path(action: &Action) -> String {
    let parts = target::path(&action.segments).into_iter();
    let texts = parts.filter_map(|part| match part {
        PathPart::Text(text) => Some(text),
        PathPart::Parameter { .. } => None,
    });
    let path: String = texts.collect();
    if path.starts_with('/') {
        path
    } else {
        format!("/{path}")
    }
}

/// A note for each credential that no request can test.
pub(super) fn untested(api: &Api, credentials: &[Credential], diagnostics: &mut Diagnostics) {
    for credential in credentials.iter().filter(|it| !it.tested) {
        let message = format!(
            "nothing tells whether a credential \"{}\" is valid: no GET without required values needs it",
            credential.display_name
        );
        let scheme = api
            .auth_schemes
            .first()
            .filter(|_| credential.authenticate.is_some());
        let origin = scheme.map_or_else(Origin::default, |it| it.origin.clone());
        diagnostics.push(
            Diagnostic::note(Code::NotGenerated, origin, message)
                .action("the credential is tested with a request to its base URL"),
        );
    }
}
