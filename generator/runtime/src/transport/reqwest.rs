//! The transport over HTTP.

use std::error::Error;
use std::time::Duration;

use ::reqwest::redirect::Policy;
use http_body::Body as _;

use super::{Body, BoxFuture, SendOptions, Transport, wire};
use crate::{TransportError, TransportErrorKind};

/// HTTP/1.1 and HTTP/2 with TLS by rustls, over the proxy that the environment names.
///
/// It follows no redirect, as [`Transport`] says: the call does, within the origin (scheme, host
/// and port) that was asked. No compression is undone, so `Accept-Encoding: identity` asks for none
/// unless the request says otherwise.
#[derive(Debug, Clone)]
pub struct ReqwestTransport(::reqwest::Client);

/// What a [`ReqwestTransport`] is built with.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct TransportOptions {
    /// How long a connection may take to open. `None`: as long as the request.
    pub connect_timeout: Option<Duration>,
}

impl TransportOptions {
    /// How long a connection may take to open; `None`: as long as the request.
    ///
    /// ```
    /// use std::time::Duration;
    /// use specwright_runtime::{ReqwestTransport, TransportOptions};
    ///
    /// let options = TransportOptions::default().connect_timeout(Duration::from_secs(3));
    /// let transport = ReqwestTransport::new(options)?;
    /// # Ok::<(), specwright_runtime::TransportError>(())
    /// ```
    #[must_use]
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = timeout.into();
        self
    }
}

impl ReqwestTransport {
    /// Builds a transport with a connection pool of its own.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(options: TransportOptions) -> Result<Self, TransportError> {
        let builder = ::reqwest::Client::builder();
        Self::from_builder(match options.connect_timeout {
            Some(timeout) => builder.connect_timeout(timeout),
            None => builder,
        })
    }

    /// Builds a transport from a builder with settings of its own: a proxy, a client certificate.
    /// Whatever it says of redirects and of `Referer` is set aside, as both can give a credential
    /// away.
    ///
    /// ```
    /// use specwright_runtime::ReqwestTransport;
    ///
    /// let builder = reqwest::Client::builder().no_proxy();
    /// let transport = ReqwestTransport::from_builder(builder)?;
    /// # let _ = specwright_runtime::ClientBuilder::default().transport(transport);
    /// # Ok::<(), specwright_runtime::TransportError>(())
    /// ```
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn from_builder(builder: ::reqwest::ClientBuilder) -> Result<Self, TransportError> {
        let builder = builder.redirect(Policy::none()).referer(false);
        builder.build().map(Self).map_err(failure)
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            wire::say_what_is_meant(&mut parts, &body);
            let request = http::Request::from_parts(parts, wire::outgoing(body).await?);
            let request = ::reqwest::Request::try_from(request).map_err(failure)?;
            let response = in_time(options.timeout, self.0.execute(request)).await?;
            let answer: http::Response<::reqwest::Body> = response.into();
            Ok(answer.map(|body| {
                let length = body.size_hint().exact();
                Body::incoming(wire::Incoming(body), length)
            }))
        })
    }
}

/// Waits for the headers of a response. The client's own timeout would go on over the body.
async fn in_time(
    timeout: Option<Duration>,
    sent: impl Future<Output = ::reqwest::Result<::reqwest::Response>>,
) -> Result<::reqwest::Response, TransportError> {
    let Some(timeout) = timeout else {
        return sent.await.map_err(failure);
    };
    match tokio::time::timeout(timeout, sent).await {
        Ok(response) => response.map_err(failure),
        Err(error) => Err(TransportError::new(TransportErrorKind::Timeout, error)),
    }
}

/// The error without its URL, which may have a credential in its query.
pub(super) fn failure(error: ::reqwest::Error) -> TransportError {
    // A connection that took too long to open is both, and the server saw nothing of the request.
    let kind = if of_the_body(&error) {
        TransportErrorKind::Body
    } else if error.is_builder() {
        TransportErrorKind::Request
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Broken
    };
    TransportError::new(kind, error.without_url())
}

/// Whether it was the request's own body that failed, somewhere below what reports it.
fn of_the_body(error: &::reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(error) = error.downcast_ref::<TransportError>() {
            return error.kind() == TransportErrorKind::Body;
        }
        source = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{SocketAddr, TcpListener};
    use std::thread;

    use super::*;

    /// Answers the first `answers.len()` requests on loopback; gives their first lines.
    fn serve(answers: Vec<String>) -> (SocketAddr, thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let answer = move |answer: String| {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = BufReader::new(&stream).lines().map(Result::unwrap);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            stream.write_all(answer.as_bytes()).unwrap();
            head[0].clone()
        };
        (
            address,
            thread::spawn(move || answers.into_iter().map(answer).collect()),
        )
    }

    fn ok(body: &str) -> String {
        let length = body.len();
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
    }

    fn redirect(to: &str) -> String {
        format!(
            "HTTP/1.1 307 Go\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        )
    }

    async fn get(
        address: SocketAddr,
        timeout: Option<Duration>,
    ) -> Result<http::Response<Body>, TransportError> {
        // A proxy of the environment is not asked for loopback.
        let client = ::reqwest::Client::builder().no_proxy();
        let request = http::Request::get(format!("http://{address}/start?key=hunter2"))
            .header("x-key", "hunter2")
            .body(Body::empty());
        ReqwestTransport::from_builder(client)
            .unwrap()
            .send(request.unwrap(), SendOptions { timeout })
            .await
    }

    #[tokio::test]
    async fn no_redirect_is_followed_whatever_the_builder_says() {
        let (address, requests) = serve(vec![redirect("/next")]);
        let builder = ::reqwest::Client::builder().redirect(Policy::limited(3));
        let transport = ReqwestTransport::from_builder(builder.no_proxy()).unwrap();
        let request = http::Request::get(format!("http://{address}/start"));
        let request = request.body(Body::empty()).unwrap();
        let response = transport.send(request, SendOptions::default()).await;
        assert_eq!(response.unwrap().status(), 307);
        assert_eq!(requests.join().unwrap(), ["GET /start HTTP/1.1"]);
    }

    #[tokio::test]
    async fn a_request_that_cannot_be_built_is_told_apart() {
        let request = http::Request::get("/no-host").body(Body::empty()).unwrap();
        let transport = ReqwestTransport::new(TransportOptions::default()).unwrap();
        let error = transport.send(request, SendOptions::default()).await;
        assert_eq!(error.unwrap_err().kind(), TransportErrorKind::Request);
    }

    #[tokio::test]
    async fn the_body_is_read_to_its_end() {
        let (address, _) = serve(vec![ok("body")]);
        let response = get(address, None).await.unwrap();
        assert_eq!(response.into_body().into_bytes().await.unwrap(), "body");
    }

    #[tokio::test]
    async fn failures_are_told_apart_and_show_no_url() {
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let timeout = Some(Duration::from_millis(50));
        let late = get(silent.local_addr().unwrap(), timeout);
        // Without a timer of the transport's own it would wait for ever.
        let late = tokio::time::timeout(Duration::from_secs(9), late).await;
        let late = late.unwrap().unwrap_err();
        assert_eq!(late.kind(), TransportErrorKind::Timeout);
        let closed = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let refused = get(closed, None).await.unwrap_err();
        assert_eq!(refused.kind(), TransportErrorKind::Connect);
        let (address, _) = serve(vec![ok("body").replace("length: 4", "length: 40")]);
        let broken = get(address, None).await.unwrap().into_body();
        let broken = broken.into_bytes().await.unwrap_err();
        assert_eq!(broken.kind(), TransportErrorKind::Broken);
        for error in [late, refused, broken] {
            assert!(
                !format!("{error} {error:?}").contains("hunter2"),
                "{error:?}"
            );
        }
    }
}
