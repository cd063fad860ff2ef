//! The client that all calls of an SDK share.

mod builder;
mod redaction;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

pub use builder::{BuildError, ClientBuilder};

use self::redaction::Redaction;
use crate::auth::Credentials;
use crate::request::Parts;
use crate::retry::Budget;
use crate::transport::Transport;
use crate::{
    Clock, Middleware, Operation, Random, RequestError, RequestErrorKind, RetryPolicy, Scheme,
    SchemeKind,
};

/// What is known of an API before there is a client: plain constant data, written by the
/// generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Api {
    /// Its name, for people.
    pub name: &'static str,
    /// The `User-Agent` header.
    pub user_agent: &'static str,
    /// Where it is; `None`: every user says where.
    pub base_url: Option<&'static str>,
    /// Its security schemes.
    pub schemes: &'static [Scheme],
    /// What operations need that say nothing of their own: alternatives of sets of schemes.
    pub security: &'static [&'static [&'static str]],
}

impl Api {
    pub(crate) fn scheme(&self, key: &str) -> Option<SchemeKind> {
        self.schemes
            .iter()
            .find(|scheme| scheme.key == key)
            .map(|scheme| scheme.kind)
    }

    /// Whether a credential of one of its schemes goes into a header.
    pub(crate) fn has_credential(&self, header: &HeaderName) -> bool {
        self.schemes.iter().any(|scheme| {
            matches!(scheme.kind, SchemeKind::Header(name) if header.as_str().eq_ignore_ascii_case(name))
        })
    }
}

/// A client: cheap to clone, all clones share connections, credentials
/// and the budget of retries.
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

    /// What takes secrets out of what a server says.
    pub(crate) fn redaction(&self) -> &Redaction {
        &self.0.redaction
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
            .field("timeout", &self.0.timeout)
            .field("attempt_timeout", &self.0.delivery.attempt_timeout)
            .field("read_timeout", &self.0.delivery.read_timeout)
            .field("retry", &self.0.delivery.retry)
            .finish_non_exhaustive()
    }
}

/// Gives a generated client and its builder what all have in common.
///
/// Both are structs with one field, `core`: [`Client`] and [`ClientBuilder`]. The builder
/// implements `Default`.
///
/// ```
/// use specwright_runtime as rt;
///
/// static API: rt::Api = rt::Api {
///     name: "Example",
///     user_agent: "example-rust/0.1.0",
///     base_url: None,
///     schemes: &[rt::Scheme::bearer("bearerAuth")],
///     security: &[&["bearerAuth"]],
/// };
/// #[derive(Debug, Clone)]
/// pub struct Client {
///     core: rt::Client,
/// }
/// #[derive(Debug, Clone, Default)]
/// pub struct ClientBuilder {
///     core: rt::ClientBuilder,
/// }
/// rt::client! { Client, ClientBuilder, api: &API }
///
/// let client = Client::builder().base_url("https://example.com").build()?;
/// # Ok::<(), rt::BuildError>(())
/// ```
#[macro_export]
macro_rules! client {
    ($client:ident, $builder:ident,api: $api:expr) => {
        impl $client {
            /// Begins a client.
            #[must_use]
            pub fn builder() -> $builder {
                $builder::default()
            }
        }
        impl $builder {
            /// Where the API is, in place of the document's server.
            #[must_use]
            pub fn base_url(self, url: impl Into<::std::string::String>) -> Self {
                Self {
                    core: self.core.base_url(url),
                }
            }

            /// The `User-Agent` header, in place of the SDK's.
            #[must_use]
            pub fn user_agent(self, user_agent: impl Into<::std::string::String>) -> Self {
                Self {
                    core: self.core.user_agent(user_agent),
                }
            }

            /// How long a call may take, with all attempts and the waits between them, to the
            /// last byte of the response: 60 seconds unless said here; `None`: for ever.
            #[must_use]
            pub fn timeout(
                self,
                timeout: impl Into<::core::option::Option<::core::time::Duration>>,
            ) -> Self {
                Self {
                    core: self.core.timeout(timeout),
                }
            }

            /// How long a connection may take to open: 10 seconds unless said here; `None`: as
            /// long as the attempt. A transport of your own says this itself.
            #[must_use]
            pub fn connect_timeout(
                self,
                timeout: impl Into<::core::option::Option<::core::time::Duration>>,
            ) -> Self {
                Self {
                    core: self.core.connect_timeout(timeout),
                }
            }

            /// How long each attempt of a call may take, to the last byte of the response, or to
            /// its headers where it is streamed: as long as the call unless said here. One that
            /// takes longer is tried again where that is safe.
            #[must_use]
            pub fn attempt_timeout(
                self,
                timeout: impl Into<::core::option::Option<::core::time::Duration>>,
            ) -> Self {
                Self {
                    core: self.core.attempt_timeout(timeout),
                }
            }

            /// How long nothing may come of the body of a response before it is given up: 60
            /// seconds unless said here; `None`: as long as the call. It holds for what is
            /// streamed too.
            #[must_use]
            pub fn read_timeout(
                self,
                timeout: impl Into<::core::option::Option<::core::time::Duration>>,
            ) -> Self {
                Self {
                    core: self.core.read_timeout(timeout),
                }
            }

            /// How often calls are tried, and how long they wait in between.
            #[must_use]
            pub fn retry(self, retry: $crate::RetryPolicy) -> Self {
                Self {
                    core: self.core.retry(retry),
                }
            }

            /// Sees each attempt of each call, inside those that were given before. The request
            /// has the credentials in it.
            #[must_use]
            pub fn middleware(self, middleware: impl $crate::Middleware) -> Self {
                Self {
                    core: self.core.middleware(middleware),
                }
            }

            /// What tells the time and waits, in place of Tokio's timers.
            #[must_use]
            pub fn clock(self, clock: impl $crate::Clock) -> Self {
                Self {
                    core: self.core.clock(clock),
                }
            }

            /// Where the randomness of waits and idempotency keys comes from, in place of the
            /// operating system.
            #[must_use]
            pub fn random(self, random: impl $crate::Random) -> Self {
                Self {
                    core: self.core.random(random),
                }
            }

            /// The largest body that is read into memory, in bytes: 64 MiB unless said here;
            /// `None`: however large it is. A larger one is an error, unless it is streamed.
            #[must_use]
            pub fn max_response_size(self, bytes: impl Into<::core::option::Option<u64>>) -> Self {
                Self {
                    core: self.core.max_response_size(bytes),
                }
            }

            /// A header of every request. A call can replace it.
            #[must_use]
            pub fn header(self, name: &str, value: &str) -> Self {
                Self {
                    core: self.core.header(name, value),
                }
            }

            /// A header of every request whose value is never shown.
            #[must_use]
            pub fn secret_header(self, name: &str, value: impl Into<$crate::Secret>) -> Self {
                Self {
                    core: self.core.secret_header(name, value),
                }
            }

            /// What sends the requests, in place of HTTP by `reqwest`.
            #[must_use]
            pub fn transport(self, transport: impl $crate::Transport) -> Self {
                Self {
                    core: self.core.transport(transport),
                }
            }

            /// Builds the client.
            ///
            /// # Errors
            /// When there is no base URL or it cannot be one, when a header cannot be sent, and
            /// when TLS cannot be set up.
            pub fn build(self) -> ::core::result::Result<$client, $crate::BuildError> {
                ::core::result::Result::Ok($client {
                    core: self.core.build($api)?,
                })
            }
        }
    };
}
