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
/// An implementation follows no redirect: the call does, which knows where its credentials are and
/// whether it may be sent again. It gives the response as soon as its headers are there; what reads
/// the body holds it to the client's limits.
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
    /// How long the headers of the response may take. `None`: for ever. The body has a limit of
    /// its own, which may be longer.
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
