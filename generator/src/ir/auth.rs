//! Authentication.

use super::Origin;

/// A Security Scheme Object.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthScheme {
    /// Its key in `components.securitySchemes`.
    pub key: String,
    /// `description`.
    pub description: Option<String>,
    /// What it is.
    pub kind: AuthSchemeKind,
    /// Where it stands.
    pub origin: Origin,
}

/// What a security scheme asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum AuthSchemeKind {
    /// `Authorization: Bearer ..`.
    Bearer {
        /// `bearerFormat`, a hint such as `JWT`.
        format: Option<String>,
    },
    /// `Authorization: Basic ..` (RFC 7617).
    Basic,
    /// Any other scheme of `Authorization` (IANA's registry), as written.
    Http {
        /// The scheme: `digest`, `hoba`.
        scheme: String,
    },
    /// A key in a header, a query parameter or a cookie.
    ApiKey {
        /// Where it goes.
        place: ApiKeyPlace,
        /// The header's, parameter's or cookie's name.
        name: String,
    },
    /// OAuth 2.0 (RFC 6749).
    OAuth2 {
        /// Its flows.
        flows: Vec<OAuthFlow>,
    },
    /// OpenID Connect Discovery.
    OpenIdConnect {
        /// The discovery document.
        url: String,
    },
    /// The TLS client certificate.
    MutualTls,
}

/// Where an API key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApiKeyPlace {
    /// A request header.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// An OAuth Flow Object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthFlow {
    /// Which flow.
    pub kind: OAuthFlowKind,
    /// `authorizationUrl`.
    pub authorization_url: Option<String>,
    /// `tokenUrl`.
    pub token_url: Option<String>,
    /// `refreshUrl`.
    pub refresh_url: Option<String>,
    /// Scope and description, ordered by scope.
    pub scopes: Vec<(String, String)>,
}

/// The flows of OAuth 2.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OAuthFlowKind {
    /// `implicit`.
    Implicit,
    /// `password`.
    Password,
    /// `clientCredentials`.
    ClientCredentials,
    /// `authorizationCode`.
    AuthorizationCode,
}

/// A Security Requirement Object: all of these schemes together. An empty one asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requirement {
    /// The key of each scheme and the scopes it needs.
    pub schemes: Vec<(String, Vec<String>)>,
}
