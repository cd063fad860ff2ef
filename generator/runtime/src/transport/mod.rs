//! The seam between an SDK and the network.

mod body;
mod reqwest;
mod wire;

use std::future::{Future, ready};
use std::pin::Pin;
use std::time::Duration;

pub use self::body::Body;
pub(crate) use self::body::{Collected, Ending};
pub use self::reqwest::{ReqwestTransport, TransportOptions};
use crate::TransportError;

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests. The client that is built by default uses [`ReqwestTransport`]; tests give it
/// a closure:
///
/// ```
/// use specwright_runtime::{Body, Transport, http};
///
/// fn stub() -> impl Transport {
///     |request: http::Request<Body>| {
///         assert_eq!(request.uri().path(), "/people");
///         Ok(http::Response::new(Body::from("[]")))
///     }
/// }
/// ```
///
/// An implementation must not follow a redirect to another origin, as the request may carry
/// credentials in any header. It gives the response as soon as its headers are there; what reads
/// the body holds it to the client's limit.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and gives the response, whatever its status.
    ///
    /// # Errors
    /// When there is no response.
    fn send(
        &self,
        request: http::Request<Body>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// What a transport is told about one request.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct SendOptions {
    /// How long the request may take, to the last byte of the response. `None`: for ever. For a
    /// response that is streamed it is what is left of the call's time, and otherwise not more
    /// than that of the attempt.
    ///
    /// A transport may leave it alone: the request is dropped when the time is over.
    pub timeout: Option<Duration>,
}

impl<F> Transport for F
where
    F: Fn(http::Request<Body>) -> Result<http::Response<Body>, TransportError>
        + Send
        + Sync
        + 'static,
{
    fn send(
        &self,
        request: http::Request<Body>,
        _: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(ready(self(request)))
    }
}
