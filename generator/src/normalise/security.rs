//! Security schemes and requirements.

use super::reader::Reader;
use super::shell::Shape;
use crate::diag::{Code, Diagnostic};
use crate::ir::{
    ApiKeyPlace, AuthScheme, AuthSchemeKind, OAuthFlow, OAuthFlowKind, Origin, Requirement,
};
use crate::load::Node;
use openapiv3::{APIKeyLocation, SecurityScheme};
use serde_json::Value;

const SCHEME: Shape<'_> = Shape {
    // 3.2 deprecates schemes and links OAuth 2.0 metadata.
    aside: &["deprecated", "oauth2MetadataUrl"],
    required: &[],
    expected: &[],
    tag: Some("type"),
    stand_in: None,
};

const OAUTH2: Shape<'_> = Shape {
    aside: &["deprecated", "oauth2MetadataUrl", "flows"],
    stand_in: Some("flows"),
    ..SCHEME
};

/// What schemes must have, by their type (OpenAPI 3.1, section 4.8.27).
const NEEDED: [(&str, &[&str]); 4] = [
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

/// The flows that are read, by their keys.
const FLOWS: [(&str, OAuthFlowKind); 4] = [
    ("implicit", OAuthFlowKind::Implicit),
    ("password", OAuthFlowKind::Password),
    ("clientCredentials", OAuthFlowKind::ClientCredentials),
    ("authorizationCode", OAuthFlowKind::AuthorizationCode),
];

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
        self.is_complete(node).then_some(())?;
        let shape = match node.value().get("type").and_then(Value::as_str) {
            Some("oauth2") => &OAUTH2,
            _ => &SCHEME,
        };
        Some(match self.shell::<SecurityScheme>(node, shape)? {
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
            // Its flows are read by themselves, since each of them may be incomplete.
            SecurityScheme::OAuth2 { description, .. } => (
                AuthSchemeKind::OAuth2 {
                    flows: self.flows(node),
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

    fn flows(&mut self, scheme: &Node<'d>) -> Vec<OAuthFlow> {
        let Some(flows) = self.object(scheme, "flows") else {
            return Vec::new();
        };
        let mut read = Vec::new();
        for (key, kind) in FLOWS {
            let Some(flow) = self.object(&flows, key) else {
                continue;
            };
            let scopes = self.object(&flow, "scopes");
            let scopes = scopes.iter().flat_map(Node::entries);
            read.push(OAuthFlow {
                kind,
                authorization_url: self.string(&flow, "authorizationUrl"),
                token_url: self.string(&flow, "tokenUrl"),
                refresh_url: self.string(&flow, "refreshUrl"),
                scopes: scopes
                    .map(|(name, text)| {
                        (
                            name.to_owned(),
                            text.as_str().unwrap_or_default().to_owned(),
                        )
                    })
                    .collect(),
            });
        }
        read
    }

    /// Whether a scheme has what its type asks for. Without it there is nothing to read.
    fn is_complete(&mut self, node: &Node<'d>) -> bool {
        let Some(object) = node.value().as_object() else {
            return true;
        };
        let kind = object.get("type").and_then(Value::as_str);
        let needed = kind.and_then(|kind| NEEDED.iter().find(|(known, _)| *known == kind));
        let (message, code) = match (needed, object.get("type")) {
            (Some((kind, needed)), _) => {
                let missing = needed.iter().find(|field| !object.contains_key(**field));
                let Some(missing) = missing else { return true };
                let message = format!("a scheme of type {kind:?} must have `{missing}`");
                (message, Code::Missing)
            }
            (None, Some(other)) => (format!("`type` cannot be {other}"), Code::BadValue),
            (None, None) => (
                "a security scheme must have `type`".to_owned(),
                Code::Missing,
            ),
        };
        self.diagnostics.push(
            Diagnostic::warning(code, node.origin(), message)
                .action("the scheme was left out, and requests are sent without it")
                .hint("`type` is one of apiKey, http, mutualTLS, oauth2 and openIdConnect"),
        );
        self.lose(node.origin(), "not a complete security scheme");
        false
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
                // Of one that is declared and cannot be read, its own place speaks.
                let is_known = schemes.iter().any(|scheme| scheme.key == key);
                if !is_known && !self.is_declared(key) {
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

    fn is_declared(&self, key: &str) -> bool {
        let root = self.document.root();
        let schemes = root
            .get("components")
            .and_then(|it| it.get("securitySchemes"));
        schemes.is_some_and(|schemes| schemes.get(key).is_some())
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
