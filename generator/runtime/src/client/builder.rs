//! Building a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::parameter::SharedValues;
use super::redaction::Redaction;
use super::{Api, Client, Delivery, Shared, SharedParameter, SharedParameterKind};
use crate::auth::Credentials;
use crate::random::SystemRandom;
use crate::request::{header, is_credential, style};
use crate::retry::Budget;
use crate::transport::{ReqwestTransport, Transport, TransportOptions};
use crate::{Clock, Middleware, Random, RetryPolicy, Secret, TokioClock};

/// How long a call may take where nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(60);
/// How long a connection may take to open where nothing else is said.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long nothing may come of a body where nothing else is said.
const READ_TIMEOUT: Duration = Duration::from_secs(60);
/// The largest body that is read into memory where nothing else is said, in bytes: far above what
/// an API sends as one page, and below what hurts a process.
pub(crate) const MAX_RESPONSE_SIZE: u64 = 64 * 1024 * 1024;

/// What a [`Client`] is built from. Mistakes are reported by [`ClientBuilder::build`].
#[derive(Clone)]
pub struct ClientBuilder {
    base_url: Option<String>,
    headers: HeaderMap,
    user_agent: Option<String>,
    pub(super) credentials: Credentials,
    shared: SharedValues,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    retry: RetryPolicy,
    middleware: Vec<Arc<dyn Middleware>>,
    pub(super) clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    max_response_size: Option<u64>,
    transport: Option<Arc<dyn Transport>>,
    pub(super) problem: Option<BuildError>,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            base_url: None,
            headers: HeaderMap::new(),
            user_agent: None,
            credentials: Credentials::default(),
            shared: SharedValues::default(),
            timeout: Some(TIMEOUT),
            connect_timeout: Some(CONNECT_TIMEOUT),
            attempt_timeout: None,
            read_timeout: Some(READ_TIMEOUT),
            retry: RetryPolicy::default(),
            middleware: Vec::new(),
            clock: Arc::new(TokioClock),
            random: Arc::new(SystemRandom),
            max_response_size: Some(MAX_RESPONSE_SIZE),
            transport: None,
            problem: None,
        }
    }
}

impl ClientBuilder {
    /// Where the API is, in place of the document's server.
    #[must_use]
    pub fn base_url(self, url: impl Into<String>) -> Self {
        Self {
            base_url: Some(url.into()),
            ..self
        }
    }

    /// The `User-Agent` header, in place of the SDK's.
    #[must_use]
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: Some(user_agent.into()),
            ..self
        }
    }

    /// How long a call may take, with all attempts and the waits between them, to the last byte
    /// of the response: 60 seconds unless said here; `None`: for ever.
    #[must_use]
    pub fn timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self {
            timeout: timeout.into(),
            ..self
        }
    }

    /// How long each attempt of a call may take, to the last byte of the response, or to its headers
    /// where the body is streamed. `None`, which is the default: as long as the call, since a slow
    /// answer is not yet a lost one.
    #[must_use]
    pub fn attempt_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self {
            attempt_timeout: timeout.into(),
            ..self
        }
    }

    /// How long nothing may come of the body of a response before it is given up: 60 seconds unless
    /// said here; `None`: as long as the call. It holds for what is streamed too.
    #[must_use]
    pub fn read_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self {
            read_timeout: timeout.into(),
            ..self
        }
    }

    /// How long a connection may take to open: 10 seconds unless said here; `None`: as long as
    /// the attempt. It is the default transport's: one that was given with
    /// [`ClientBuilder::transport`] says this itself.
    #[must_use]
    pub fn connect_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self {
            connect_timeout: timeout.into(),
            ..self
        }
    }

    /// How often calls are tried, and how long they wait in between.
    #[must_use]
    pub fn retry(self, retry: RetryPolicy) -> Self {
        Self { retry, ..self }
    }

    /// Sees each attempt of each call, inside those that were given before.
    #[must_use]
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// What tells the time and waits, in place of [`TokioClock`].
    #[must_use]
    pub fn clock(self, clock: impl Clock) -> Self {
        Self {
            clock: Arc::new(clock),
            ..self
        }
    }

    /// Where the randomness of waits and idempotency keys comes from, in place of the operating
    /// system.
    #[must_use]
    pub fn random(self, random: impl Random) -> Self {
        Self {
            random: Arc::new(random),
            ..self
        }
    }

    /// The largest body that is read into memory, in bytes: 64 MiB unless said here; `None`:
    /// however large it is.
    #[must_use]
    pub fn max_response_size(self, bytes: impl Into<Option<u64>>) -> Self {
        Self {
            max_response_size: bytes.into(),
            ..self
        }
    }

    /// A header of every request. A call can replace it.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        self.with_header(name, value, false)
    }

    /// A header of every request whose value is never shown.
    #[must_use]
    pub fn secret_header(self, name: &str, value: impl Into<Secret>) -> Self {
        self.with_header(name, value.into().expose(), true)
    }

    fn with_header(mut self, name: &str, value: &str, secret: bool) -> Self {
        match header(name, value) {
            Ok((name, mut value)) => {
                value.set_sensitive(secret || is_credential(&name));
                self.headers.insert(name, value);
            }
            Err(reason) => {
                self.problem
                    .get_or_insert(BuildError(format!("header `{name}`: {reason}")));
            }
        }
        self
    }

    /// What sends the requests, in place of [`ReqwestTransport`].
    #[must_use]
    pub fn transport(self, transport: impl Transport) -> Self {
        Self {
            transport: Some(Arc::new(transport)),
            ..self
        }
    }

    /// The credential of a security scheme.
    #[must_use]
    pub fn credential(mut self, scheme: &'static str, credential: impl Into<Secret>) -> Self {
        self.credentials.insert(scheme, credential.into());
        self
    }

    /// User and password of a scheme with `Authorization: Basic`.
    #[must_use]
    pub fn basic_auth(
        mut self,
        scheme: &'static str,
        user: &str,
        password: impl Into<Secret>,
    ) -> Self {
        if user.contains(':') {
            // The first colon ends it (RFC 7617, section 2).
            self.problem.get_or_insert(BuildError(format!(
                "credential `{scheme}`: a user's name cannot have a colon"
            )));
        }
        self.credentials
            .insert_basic(scheme, user, &password.into());
        self
    }

    /// The value of a parameter that many operations share, in place of an earlier one. It is sent
    /// with those that have it, unless a call says another. Null is as if it had not been set.
    #[must_use]
    pub fn shared<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        match style::value_of(value) {
            Ok(value) => self.shared.insert(name, value),
            Err(reason) => {
                self.problem
                    .get_or_insert(BuildError(format!("parameter `{name}`: {reason}")));
            }
        }
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// When there is no base URL, when it is not one of `http` or `https` without user, password,
    /// query and fragment, when a header or a shared parameter cannot be sent, and when TLS cannot be
    /// set up.
    pub fn build(mut self, api: &'static Api) -> Result<Client, BuildError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        for parameter in api.shared {
            let value = self.shared.get(parameter.name);
            let problem = value.and_then(|value| unsendable(parameter, value));
            if let Some(reason) = problem {
                let name = parameter.name;
                return Err(BuildError(format!("parameter `{name}`: {reason}")));
            }
        }
        let base_url_given = self.base_url.is_some();
        let base_url = match (self.base_url.as_deref(), api.base_url) {
            (Some(url), _) | (None, Some(url)) => base_url(url)?,
            (None, None) => return Err(BuildError("no base URL was given".to_owned())),
        };
        let user_agent = self.user_agent.as_deref().unwrap_or(api.user_agent);
        let user_agent = HeaderValue::from_str(user_agent)
            .map_err(|_| BuildError("no header can carry the user agent".to_owned()))?;
        let transport = match self.transport.take() {
            Some(transport) => transport,
            None => {
                let options = TransportOptions::default().connect_timeout(self.connect_timeout);
                Arc::new(ReqwestTransport::new(options).map_err(|e| BuildError(e.to_string()))?)
            }
        };
        #[cfg(feature = "oauth2")]
        self.begin_tokens(api, &base_url, &transport, &user_agent)?;
        let mut headers = self.headers;
        for (name, value) in &mut headers {
            let sensitive = value.is_sensitive() || api.has_credential(name);
            value.set_sensitive(sensitive);
        }
        let redaction = {
            let values = headers.values().filter(|value| value.is_sensitive());
            let values = values.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
            // `Bearer ..`: the scheme is no part of the secret.
            let values =
                values.flat_map(|value| [value, value.split_once(' ').unzip().1.unwrap_or("")]);
            let shared = api.shared.iter().filter(|parameter| parameter.secret);
            let shared = shared.filter_map(|parameter| self.shared.get(parameter.name)?.as_str());
            Redaction::new(self.credentials.secrets().chain(values).chain(shared))
        };
        Ok(Client(Arc::new(Shared {
            api,
            base_url,
            base_url_given,
            headers,
            user_agent,
            redaction,
            credentials: self.credentials,
            shared: self.shared,
            timeout: self.timeout,
            max_response_size: self.max_response_size,
            delivery: Delivery {
                transport,
                middleware: self.middleware,
                clock: self.clock,
                random: self.random,
                retry: self.retry,
                budget: Budget::default(),
                attempt_timeout: self.attempt_timeout,
                read_timeout: self.read_timeout,
            },
        })))
    }
}

/// Why a value cannot be sent as a header, without the value.
fn unsendable(parameter: &SharedParameter, value: &Value) -> Option<String> {
    if parameter.kind != SharedParameterKind::Header {
        return None;
    }
    let text = match style::header(crate::Style::Simple, false, value) {
        Ok(text) => text?,
        Err(reason) => return Some(reason),
    };
    header(parameter.name, &text).err().map(str::to_owned)
}

/// A base URL that paths can be appended to. The text is not quoted in errors, as it may have a
/// password in it.
fn base_url(text: &str) -> Result<Url, BuildError> {
    let error = |reason: &str| BuildError(format!("the base URL {reason}"));
    let url = Url::parse(text).map_err(|reason| error(&format!("is not one: {reason}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(error("is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(error(
            "has a user or password in it: give them as credentials",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(error("has a query or fragment in it"));
    }
    Ok(url)
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            // Which of them is a credential is not known before there is an API.
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("credentials", &self.credentials.keys().collect::<Vec<_>>())
            .field("shared", &self.shared.names())
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("retry", &self.retry)
            .field("max_response_size", &self.max_response_size)
            .finish_non_exhaustive()
    }
}

/// A client that cannot be built, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError(pub(super) String);

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot build the client: {}", self.0)
    }
}

impl std::error::Error for BuildError {}
