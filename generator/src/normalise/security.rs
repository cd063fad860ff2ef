//! Security schemes and requirements.

use super::reader::Reader;
use super::shell::Shape;
use crate::diag::{Code, Diagnostic};
use crate::ir::{
    ApiKeyPlace, AuthScheme, AuthSchemeKind, OAuthFlow, OAuthFlowKind, Origin, Requirement,
};
use crate::load::Node;
use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityScheme};
use serde_json::Value;

const SCHEME: Shape<'_> = Shape {
    // 3.2 deprecates schemes and links OAuth 2.0 metadata.
    aside: &["deprecated", "oauth2MetadataUrl"],
    required: &[],
    tag: Some("type"),
    stand_in: None,
};

impl<'d> Reader<'d, '_> {
    /// `components.securitySchemes`, ordered by key.
    pub(super) fn security_schemes(&mut self, root: &Node<'d>) -> Vec<AuthScheme> {
        let components = root
            .get("components")
            .filter(|node| node.value().is_object());
        let Some(map) = components.and_then(|node| self.object(&node, "securitySchemes")) else {
            return Vec::new();
        };
        let mut schemes = Vec::new();
        for (key, node) in map.entries() {
            let Some(target) = self.follow(&node) else {
                continue;
            };
            let Some((kind, description)) = self.security_scheme(&target) else {
                continue;
            };
            schemes.push(AuthScheme {
                key: key.to_owned(),
                description,
                kind,
                origin: node.origin(),
            });
        }
        schemes
    }

    fn security_scheme(&mut self, node: &Node<'d>) -> Option<(AuthSchemeKind, Option<String>)> {
        // OpenAPI 3.1 only; openapiv3 does not know it.
        if node.value().get("type").and_then(Value::as_str) == Some("mutualTLS") {
            return Some((AuthSchemeKind::MutualTls, self.string(node, "description")));
        }
        Some(match self.shell::<SecurityScheme>(node, &SCHEME)? {
            SecurityScheme::APIKey {
                location,
                name,
                description,
                ..
            } => {
                let place = match location {
                    APIKeyLocation::Query => ApiKeyPlace::Query,
                    APIKeyLocation::Header => ApiKeyPlace::Header,
                    APIKeyLocation::Cookie => ApiKeyPlace::Cookie,
                };
                (AuthSchemeKind::ApiKey { place, name }, description)
            }
            // Schemes of `Authorization` are compared without case (RFC 9110, section 11.1).
            SecurityScheme::HTTP {
                scheme,
                bearer_format,
                description,
                ..
            } => {
                let kind = match scheme.to_ascii_lowercase().as_str() {
                    "bearer" => AuthSchemeKind::Bearer {
                        format: bearer_format,
                    },
                    "basic" => AuthSchemeKind::Basic,
                    _ => AuthSchemeKind::Http { scheme },
                };
                (kind, description)
            }
            SecurityScheme::OAuth2 {
                flows, description, ..
            } => (
                AuthSchemeKind::OAuth2 {
                    flows: oauth_flows(flows),
                },
                description,
            ),
            SecurityScheme::OpenIDConnect {
                open_id_connect_url,
                description,
                ..
            } => (
                AuthSchemeKind::OpenIdConnect {
                    url: open_id_connect_url,
                },
                description,
            ),
        })
    }

    /// `security` of a node: alternatives, any one of which is enough. `None` when it says nothing.
    pub(super) fn requirements(
        &mut self,
        node: &Node<'d>,
        schemes: &[AuthScheme],
    ) -> Option<Vec<Requirement>> {
        let list = self.array(node, "security")?;
        let mut requirements = Vec::new();
        for alternative in list.items() {
            if !alternative.value().is_object() {
                self.wrong_type(&alternative, "an object");
                continue;
            }
            let mut requirement = Requirement::default();
            for (key, scopes) in alternative.entries() {
                if !schemes.iter().any(|scheme| scheme.key == key) {
                    self.unknown_scheme(key, scopes.origin());
                }
                let read: Vec<String> = scopes
                    .items()
                    .filter_map(|scope| scope.as_str().map(str::to_owned))
                    .collect();
                requirement.schemes.push((key.to_owned(), read));
            }
            requirements.push(requirement);
        }
        Some(requirements)
    }

    fn unknown_scheme(&mut self, key: &str, origin: Origin) {
        let message = format!("no security scheme is called {key:?}");
        self.diagnostics.push(
            Diagnostic::warning(Code::UnknownSecurityScheme, origin, message)
                .action("requests are sent without it")
                .hint("declare it under `components.securitySchemes`"),
        );
    }
}

fn oauth_flows(flows: OAuth2Flows) -> Vec<OAuthFlow> {
    let mut read = Vec::new();
    read.extend(flows.implicit.map(|flow| OAuthFlow {
        kind: OAuthFlowKind::Implicit,
        authorization_url: Some(flow.authorization_url),
        token_url: None,
        refresh_url: flow.refresh_url,
        scopes: scopes(flow.scopes),
    }));
    read.extend(flows.password.map(|flow| OAuthFlow {
        kind: OAuthFlowKind::Password,
        authorization_url: None,
        token_url: Some(flow.token_url),
        refresh_url: flow.refresh_url,
        scopes: scopes(flow.scopes),
    }));
    read.extend(flows.client_credentials.map(|flow| OAuthFlow {
        kind: OAuthFlowKind::ClientCredentials,
        authorization_url: None,
        token_url: Some(flow.token_url),
        refresh_url: flow.refresh_url,
        scopes: scopes(flow.scopes),
    }));
    read.extend(flows.authorization_code.map(|flow| OAuthFlow {
        kind: OAuthFlowKind::AuthorizationCode,
        authorization_url: Some(flow.authorization_url),
        token_url: Some(flow.token_url),
        refresh_url: flow.refresh_url,
        scopes: scopes(flow.scopes),
    }));
    read
}

fn scopes(map: IndexMap<String, String>) -> Vec<(String, String)> {
    map.into_iter().collect()
}
