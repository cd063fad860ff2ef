//! What a document says of a flow.

/// A flow of an OAuth 2.0 scheme that has a token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flow {
    /// Which flow.
    pub kind: FlowKind,
    /// Where tokens are asked for; it may be relative to the API's base URL.
    pub token_url: &'static str,
    /// Where they are renewed with a refresh token; `None`: at the same place.
    pub refresh_url: Option<&'static str>,
    /// The scopes that operations need, of those that the flow has.
    pub scopes: &'static [&'static str],
}

/// How the first token of a flow is come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FlowKind {
    /// With the client's own identity (RFC 6749, section 4.4).
    ClientCredentials,
    /// With a person's name and password (RFC 6749, section 4.3).
    Password,
    /// By a person's consent in a browser (RFC 6749, section 4.1).
    AuthorizationCode,
}

impl Flow {
    /// A flow of some kind.
    #[must_use]
    pub const fn new(
        kind: FlowKind,
        token_url: &'static str,
        scopes: &'static [&'static str],
    ) -> Self {
        Self {
            kind,
            token_url,
            refresh_url: None,
            scopes,
        }
    }

    /// Client credentials.
    #[must_use]
    pub const fn client_credentials(
        token_url: &'static str,
        scopes: &'static [&'static str],
    ) -> Self {
        Self::new(FlowKind::ClientCredentials, token_url, scopes)
    }

    /// A person's name and password.
    #[must_use]
    pub const fn password(token_url: &'static str, scopes: &'static [&'static str]) -> Self {
        Self::new(FlowKind::Password, token_url, scopes)
    }

    /// An authorization code.
    #[must_use]
    pub const fn authorization_code(
        token_url: &'static str,
        scopes: &'static [&'static str],
    ) -> Self {
        Self::new(FlowKind::AuthorizationCode, token_url, scopes)
    }

    /// Where its tokens are renewed with a refresh token.
    #[must_use]
    pub const fn refresh_url(self, url: &'static str) -> Self {
        Self {
            refresh_url: Some(url),
            ..self
        }
    }
}
