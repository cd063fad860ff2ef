//! What a client asks for tokens with.

use std::fmt;
use std::sync::Arc;

use super::endpoint::pair as pair_of;
use super::{FlowKind, Token};
use crate::Secret;

/// What tokens are asked for with, at a token endpoint of OAuth 2.0 (RFC 6749).
///
/// Where the token endpoint is, and which scopes are asked for, says the document, unless it is said
/// here. Tokens are kept, renewed shortly before they expire and after a 401, and with a refresh token
/// where the server gives one. Token requests are sent by the client's transport, and pass no middleware.
///
/// ```
/// use specwright_runtime::{ClientBuilder, OAuth2};
///
/// let grant = OAuth2::client_credentials("my-app", "s3cr3t")
///     .scopes(["read", "write"])
///     .parameter("audience", "https://api.example");
/// let builder = ClientBuilder::default().oauth2("oauth", grant);
/// ```
#[derive(Clone)]
pub struct OAuth2 {
    pub(super) grant: Grant,
    pub(super) client: Option<(String, Option<Secret>)>,
    pub(super) in_body: bool,
    /// `None`: the document's.
    pub(super) scopes: Option<Vec<String>>,
    pub(super) token_url: Option<String>,
    pub(super) parameters: Vec<Parameter>,
    /// A token that is there already.
    pub(super) token: Option<Token>,
    pub(super) observer: Option<Observer>,
}

/// Another parameter of token requests.
#[derive(Clone)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) value: Secret,
    is_secret: bool,
}

/// What sees each token.
type Observer = Arc<dyn Fn(&Token) + Send + Sync>;

/// What the first token is asked for with.
#[derive(Clone)]
pub(super) enum Grant {
    ClientCredentials,
    Password(String, Secret),
    Refresh(Secret),
}

impl OAuth2 {
    fn new(grant: Grant) -> Self {
        Self {
            grant,
            client: None,
            in_body: false,
            scopes: None,
            token_url: None,
            parameters: Vec::new(),
            token: None,
            observer: None,
        }
    }

    /// The client's own identity (RFC 6749, section 4.4).
    #[must_use]
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::new(Grant::ClientCredentials).client(id, secret)
    }

    /// A refresh token (RFC 6749, section 6), as the authorization code flow gives one. Say with
    /// [`OAuth2::client`] or [`OAuth2::public_client`] who it was given to.
    ///
    /// Servers may give a new one with each token, and the old one is then good for nothing. See
    /// [`OAuth2::on_token`].
    #[must_use]
    pub fn refresh_token(refresh_token: impl Into<Secret>) -> Self {
        Self::new(Grant::Refresh(refresh_token.into()))
    }

    /// A person's name and password (RFC 6749, section 4.3), which OAuth 2.1 has no more. Say with
    /// [`OAuth2::client`] or [`OAuth2::public_client`] who asks.
    #[must_use]
    pub fn password(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::new(Grant::Password(user.into(), password.into()))
    }

    /// Who asks: an id and a secret, sent as HTTP Basic (RFC 6749, section 2.3.1).
    #[must_use]
    pub fn client(self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            client: Some((id.into(), Some(secret.into()))),
            ..self
        }
    }

    /// Who asks, where it has no secret: its id is sent in the body.
    #[must_use]
    pub fn public_client(self, id: impl Into<String>) -> Self {
        Self {
            client: Some((id.into(), None)),
            ..self
        }
    }

    /// Sends id and secret of the client in the body, to servers that take no HTTP Basic.
    #[must_use]
    pub fn client_in_body(self) -> Self {
        Self {
            in_body: true,
            ..self
        }
    }

    /// The scopes that are asked for, in place of those that the document's operations need. None at
    /// all: what the server gives by itself.
    #[must_use]
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            scopes: Some(scopes.into_iter().map(Into::into).collect()),
            ..self
        }
    }

    /// Where tokens are asked for, and renewed, in place of the document's. It may be relative to the
    /// client's base URL.
    #[must_use]
    pub fn token_url(self, url: impl Into<String>) -> Self {
        Self {
            token_url: Some(url.into()),
            ..self
        }
    }

    /// Another parameter of token requests: `audience`, `resource`. It is no secret, and errors may
    /// show it: see [`OAuth2::secret_parameter`].
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push(Parameter {
            name: name.into(),
            value: value.into().into(),
            is_secret: false,
        });
        self
    }

    /// Another parameter of token requests, whose value is shown nowhere: `client_assertion`.
    #[must_use]
    pub fn secret_parameter(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parameters.push(Parameter {
            name: name.into(),
            value: value.into(),
            is_secret: true,
        });
        self
    }

    /// A token that is there already, to begin with. Its time begins when the client is built.
    #[must_use]
    pub fn token(self, token: impl Into<Token>) -> Self {
        Self {
            token: Some(token.into()),
            ..self
        }
    }

    /// Sees each token that the server gives, to store it for the next run of a program: its
    /// `refresh_token` is the one to go on with. It is called before the token is used, and must not
    /// take long.
    #[must_use]
    pub fn on_token(self, observer: impl Fn(&Token) + Send + Sync + 'static) -> Self {
        Self {
            observer: Some(Arc::new(observer)),
            ..self
        }
    }

    /// The refresh token to begin with.
    pub(super) fn first_refresh_token(&self) -> Option<Secret> {
        let given = self
            .token
            .as_ref()
            .and_then(|token| token.refresh_token.clone());
        match &self.grant {
            Grant::Refresh(token) => given.or_else(|| Some(token.clone())),
            Grant::ClientCredentials | Grant::Password(..) => given,
        }
    }

    /// Which flow of the document it belongs to.
    pub(super) const fn flow(&self) -> FlowKind {
        match self.grant {
            Grant::ClientCredentials => FlowKind::ClientCredentials,
            Grant::Password(..) => FlowKind::Password,
            Grant::Refresh(_) => FlowKind::AuthorizationCode,
        }
    }

    /// What a server may quote, and nobody else should see.
    pub(super) fn secrets(&self) -> Vec<String> {
        let client = self.client.iter().filter_map(|(_, secret)| secret.as_ref());
        let grant = match &self.grant {
            Grant::ClientCredentials => None,
            Grant::Password(_, secret) | Grant::Refresh(secret) => Some(secret),
        };
        let token = self.token.iter();
        let token = token.flat_map(|token| {
            let refresh = token.refresh_token.as_ref();
            std::iter::once(&token.access_token).chain(refresh)
        });
        let parameters = self.parameters.iter().filter(|it| it.is_secret);
        let parameters = parameters.map(|parameter| &parameter.value);
        let all = client.chain(grant).chain(token).chain(parameters);
        let all = all.map(|secret| secret.expose().clone());
        let pair = self.client.iter();
        let pair = pair.filter_map(|(id, secret)| Some(pair_of(id, secret.as_ref()?)));
        all.chain(pair).collect()
    }
}

impl fmt::Debug for OAuth2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters = self.parameters.iter().map(|parameter| {
            let shown = (!parameter.is_secret).then(|| parameter.value.expose());
            (&parameter.name, shown)
        });
        f.debug_struct("OAuth2")
            .field("flow", &self.flow())
            .field("client", &self.client.as_ref().map(|(id, _)| id))
            .field("in_body", &self.in_body)
            .field("scopes", &self.scopes)
            .field("parameters", &parameters.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
