//! The transport over HTTP.

use std::error::Error;
use std::time::Duration;

use ::reqwest::redirect::{Attempt, Policy};
use http_body::Body as _;

use super::{Body, BoxFuture, SendOptions, Transport, wire};
use crate::{TransportError, TransportErrorKind};

/// As many redirects as are followed, all to the origin that was asked.
const REDIRECTS: usize = 10;

/// HTTP/1.1 and HTTP/2 with TLS by rustls, over the proxy that the environment names.
///
/// Redirects are followed only within the origin (scheme, host and port) that was asked: a
/// credential can be in any header, the query or the body. Any other redirect is the response,
/// which a call reports as an error that names the origin. A body that is a stream cannot be sent
/// again, so a redirect that asks for it (307, 308) is the response too.
///
/// No compression is undone, so `Accept-Encoding: identity` asks for none unless the request says
/// otherwise.
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
        builder(options).build().map(Self).map_err(failure)
    }
}

fn builder(options: TransportOptions) -> ::reqwest::ClientBuilder {
    let builder = ::reqwest::Client::builder().redirect(Policy::custom(same_origin));
    match options.connect_timeout {
        Some(timeout) => builder.connect_timeout(timeout),
        None => builder,
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
            let (mut parts, body) = request.into_parts();
            wire::say_what_is_meant(&mut parts, &body);
            let request = http::Request::from_parts(parts, wire::outgoing(body).await?);
            let mut request = ::reqwest::Request::try_from(request).map_err(failure)?;
            *request.timeout_mut() = options.timeout;
            let response = self.0.execute(request).await.map_err(failure)?;
            let answer: http::Response<::reqwest::Body> = response.into();
            Ok(answer.map(|body| {
                let length = body.size_hint().exact();
                Body::incoming(wire::Incoming(body), length)
            }))
        })
    }
}

/// The error without its URL, which may have a credential in its query.
pub(super) fn failure(error: ::reqwest::Error) -> TransportError {
    // A connection that took too long to open is both, and the server saw nothing of the request.
    let kind = if of_the_body(&error) {
        TransportErrorKind::Body
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
        let client = builder(TransportOptions::default())
            .no_proxy()
            .build()
            .unwrap();
        let request = http::Request::get(format!("http://{address}/start?key=hunter2"))
            .header("x-key", "hunter2")
            .body(Body::empty());
        ReqwestTransport::from(client)
            .send(request.unwrap(), SendOptions { timeout })
            .await
    }

    #[tokio::test]
    async fn a_redirect_is_followed_within_the_origin_alone() {
        let (other, _) = serve(vec![ok("stolen")]);
        let leave = redirect(&format!("http://{other}/steal"));
        let (address, requests) = serve(vec![redirect("/next"), leave]);
        let response = get(address, None).await.unwrap();
        assert_eq!(response.status(), 307);
        assert_eq!(
            requests.join().unwrap(),
            ["GET /start?key=hunter2 HTTP/1.1", "GET /next HTTP/1.1"]
        );
    }

    #[tokio::test]
    async fn redirects_do_not_go_on_for_ever() {
        let (address, requests) = serve((0..=REDIRECTS).map(|_| redirect("/again")).collect());
        let error = get(address, None).await.unwrap_err();
        assert!(error.to_string().contains("too many redirects"), "{error}");
        assert_eq!(requests.join().unwrap().len(), REDIRECTS + 1);
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
