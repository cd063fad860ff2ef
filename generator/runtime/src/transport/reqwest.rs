//! The transport over HTTP.

use std::time::Duration;

use ::reqwest::redirect::{Attempt, Policy};

use super::{Body, BoxFuture, SendOptions, Transport};
use crate::{TransportError, TransportErrorKind};

/// As many redirects as are followed, all to the origin that was asked.
const REDIRECTS: usize = 10;

/// HTTP/1.1 and HTTP/2 with TLS by rustls, over the proxy that the environment names.
///
/// Redirects are followed only within the origin (scheme, host and port) that was asked: a
/// credential can be in any header, the query or the body. Any other redirect is the response.
#[derive(Debug, Clone)]
pub struct ReqwestTransport(::reqwest::Client);

/// What a [`ReqwestTransport`] is built with.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct TransportOptions {
    /// How long a connection may take to open. `None`: as long as the request.
    pub connect_timeout: Option<Duration>,
}

impl ReqwestTransport {
    /// Builds a transport with a connection pool of its own.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(options: TransportOptions) -> Result<Self, TransportError> {
        let mut builder = ::reqwest::Client::builder().redirect(Policy::custom(same_origin));
        if let Some(timeout) = options.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        builder.build().map(Self).map_err(failure)
    }
}

/// A client made elsewhere. It must not follow redirects to other origins.
impl From<::reqwest::Client> for ReqwestTransport {
    fn from(client: ::reqwest::Client) -> Self {
        Self(client)
    }
}

fn same_origin(attempt: Attempt<'_>) -> ::reqwest::redirect::Action {
    let previous = attempt.previous();
    let same = previous
        .last()
        .is_some_and(|url| url.origin() == attempt.url().origin());
    if !same {
        attempt.stop()
    } else if previous.len() > REDIRECTS {
        attempt.error("too many redirects")
    } else {
        attempt.follow()
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.into_bytes().await?;
            let request = http::Request::from_parts(parts, body);
            let mut request = ::reqwest::Request::try_from(request).map_err(failure)?;
            *request.timeout_mut() = options.timeout;
            let response = self.0.execute(request).await.map_err(failure)?;
            let mut answer = http::Response::new(Body::empty());
            *answer.status_mut() = response.status();
            *answer.headers_mut() = response.headers().clone();
            *answer.body_mut() = response.bytes().await.map_err(failure)?.into();
            Ok(answer)
        })
    }
}

/// The error without its URL, which may have a credential in its query.
fn failure(error: ::reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else {
        TransportErrorKind::Broken
    };
    TransportError::new(kind, error.without_url())
}
