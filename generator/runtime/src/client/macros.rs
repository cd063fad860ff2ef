//! `client!`: what generated clients and their builders have in common.

/// Gives a generated client and its builder what all have in common.
///
/// Both are structs with one field, `core`: [`Client`] and [`ClientBuilder`]. The builder
/// implements `Default`.
///
/// ```
/// use specwright_runtime as rt;
///
/// static API: rt::Api = rt::Api::new("Example", "example-rust/0.1.0")
///     .schemes(&[rt::Scheme::bearer("bearerAuth")])
///     .security(&[&["bearerAuth"]]);
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
