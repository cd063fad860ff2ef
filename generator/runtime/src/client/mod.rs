//! The client that all calls of an SDK share.

mod api;
mod builder;
#[cfg(feature = "dynamic")]
mod credential;
mod macros;
mod parameter;
mod redaction;
#[cfg(feature = "oauth2")]
mod tokens;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderValue};
use serde_json::Value;
use url::Url;

pub use api::Api;
#[cfg(feature = "xml")]
pub(crate) use builder::MAX_RESPONSE_SIZE;
pub use builder::{BuildError, ClientBuilder};

pub use parameter::{SharedParameter, SharedParameterKind};

use self::parameter::SharedValues;
pub(crate) use self::redaction::Redaction;
use crate::auth::Credentials;
use crate::request::Parts;
use crate::retry::Budget;
use crate::transport::Transport;
use crate::{Clock, Middleware, Operation, Random, RequestError, RequestErrorKind, RetryPolicy};

/// A client: cheap to clone, all clones share connections, credentials and the budget of retries.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    api: &'static Api,
    base_url: Url,
    /// Whether the user gave the base URL, which then replaces those of operations.
    base_url_given: bool,
    headers: HeaderMap,
    user_agent: HeaderValue,
    credentials: Credentials,
    shared: SharedValues,
    redaction: Redaction,
    timeout: Option<Duration>,
    max_response_size: Option<u64>,
    delivery: Delivery,
}

/// What sends a client's requests, and how.
pub(crate) struct Delivery {
    pub(crate) transport: Arc<dyn Transport>,
    /// The outermost first.
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
}

impl Client {
    /// The API it is a client of.
    #[must_use]
    pub fn api(&self) -> &'static Api {
        self.0.api
    }

    pub(crate) fn base_url(&self, operation: &Operation) -> Result<Url, RequestError> {
        match operation.server {
            Some(server) if !self.0.base_url_given => {
                self.0.base_url.join(server).map_err(|error| {
                    RequestError::new(
                        RequestErrorKind::Url,
                        format!("the operation's server: {error}"),
                    )
                })
            }
            _ => Ok(self.0.base_url.clone()),
        }
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(crate) fn user_agent(&self) -> &HeaderValue {
        &self.0.user_agent
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.0.timeout
    }

    pub(crate) fn max_response_size(&self) -> Option<u64> {
        self.0.max_response_size
    }

    pub(crate) fn delivery(&self) -> &Delivery {
        &self.0.delivery
    }

    pub(crate) fn authenticate(
        &self,
        operation: &Operation,
        parts: &mut Parts,
    ) -> Result<(), RequestError> {
        let alternatives = operation.security.unwrap_or(self.0.api.security);
        self.0.credentials.apply(self.0.api, alternatives, parts)
    }

    /// The query parameters that an operation's credentials go into.
    pub(crate) fn credential_parameters(&self, operation: &Operation) -> Vec<&'static str> {
        let alternatives = operation.security.unwrap_or(self.0.api.security);
        let credentials = &self.0.credentials;
        credentials.query_parameters(self.0.api, alternatives)
    }

    /// The shared parameters of an operation that the client has a value for.
    pub(crate) fn shared(
        &self,
        operation: &Operation,
    ) -> impl Iterator<Item = (&'static SharedParameter, &Value)> {
        let own = |parameter: &&SharedParameter| operation.shared.contains(&parameter.name);
        let all = self.0.api.shared.iter().filter(own);
        all.filter_map(|parameter| Some((parameter, self.0.shared.get(parameter.name)?)))
    }

    /// Takes secrets out of what a server says.
    pub(crate) fn redact(&self, text: String) -> String {
        let text = self.0.redaction.redact(text);
        #[cfg(feature = "oauth2")]
        let text =
            (self.0.credentials.caches()).fold(text, |text, cache| cache.redaction().redact(text));
        text
    }

    /// Whether there is a secret in what a server says.
    pub(crate) fn finds_secret(&self, text: &[u8]) -> bool {
        #[cfg(feature = "oauth2")]
        if (self.0.credentials.caches()).any(|cache| cache.redaction().finds(text)) {
            return true;
        }
        self.0.redaction.finds(text)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.0.api.name)
            .field("base_url", &self.0.base_url.as_str())
            .field(
                "credentials",
                &self.0.credentials.keys().collect::<Vec<_>>(),
            )
            .field("shared", &self.0.shared.names())
            .field("timeout", &self.0.timeout)
            .field("attempt_timeout", &self.0.delivery.attempt_timeout)
            .field("read_timeout", &self.0.delivery.read_timeout)
            .field("retry", &self.0.delivery.retry)
            .finish_non_exhaustive()
    }
}
