//! Security schemes, and the credentials that satisfy them.

mod credentials;

pub(crate) use credentials::Credentials;

/// A security scheme of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheme {
    /// Its key in the document, by which operations name it.
    pub key: &'static str,
    /// Where its credential goes.
    pub kind: SchemeKind,
    /// Where its tokens are asked for, where it is OAuth 2.0.
    #[cfg(feature = "oauth2")]
    pub flows: &'static [crate::Flow],
}

/// Where a credential goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// `Authorization`, after the name of an HTTP authentication scheme: `Bearer`, `Basic`.
    Http(&'static str),
    /// A header.
    Header(&'static str),
    /// A query parameter.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
    /// Nowhere: the transport has it, as a TLS client certificate.
    Transport,
}

impl Scheme {
    const fn new(key: &'static str, kind: SchemeKind) -> Self {
        Self {
            key,
            kind,
            #[cfg(feature = "oauth2")]
            flows: &[],
        }
    }

    /// Where its tokens are asked for (OAuth 2.0).
    #[cfg(feature = "oauth2")]
    #[must_use]
    pub const fn flows(self, flows: &'static [crate::Flow]) -> Self {
        Self { flows, ..self }
    }

    /// `Authorization: Bearer ..`; for OAuth 2.0 and OpenID Connect too.
    #[must_use]
    pub const fn bearer(key: &'static str) -> Self {
        Self::new(key, SchemeKind::Http("Bearer"))
    }

    /// `Authorization: Basic ..` (RFC 7617).
    #[must_use]
    pub const fn basic(key: &'static str) -> Self {
        Self::new(key, SchemeKind::Http("Basic"))
    }

    /// Another scheme of `Authorization`. Its credential is what comes after the scheme's name; one that
    /// begins with that name is sent as it is.
    #[must_use]
    pub const fn http(key: &'static str, scheme: &'static str) -> Self {
        Self::new(key, SchemeKind::Http(scheme))
    }

    /// An API key in a header.
    #[must_use]
    pub const fn api_key_header(key: &'static str, name: &'static str) -> Self {
        Self::new(key, SchemeKind::Header(name))
    }

    /// An API key in a query parameter.
    #[must_use]
    pub const fn api_key_query(key: &'static str, name: &'static str) -> Self {
        Self::new(key, SchemeKind::Query(name))
    }

    /// An API key in a cookie.
    #[must_use]
    pub const fn api_key_cookie(key: &'static str, name: &'static str) -> Self {
        Self::new(key, SchemeKind::Cookie(name))
    }

    /// A TLS client certificate, which the transport has.
    #[must_use]
    pub const fn mutual_tls(key: &'static str) -> Self {
        Self::new(key, SchemeKind::Transport)
    }
}

impl SchemeKind {
    /// Whether a request has room for one of two credentials.
    fn shares_place(self, other: Self) -> bool {
        match (self.header(), other.header()) {
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
            _ => self == other,
        }
    }

    /// The header that it goes into, but for cookies, which are many in one.
    const fn header(self) -> Option<&'static str> {
        match self {
            Self::Http(_) => Some("authorization"),
            Self::Header(name) => Some(name),
            Self::Query(_) | Self::Cookie(_) | Self::Transport => None,
        }
    }
}
