//! Code of the user's around each attempt.

use std::fmt;
use std::sync::Arc;

use http::header::{Entry, SET_COOKIE};

use crate::send::Route;
use crate::{Body, BoxFuture, Operation, TransportError};

/// Sees each attempt of each call: it can change the request, change the response, answer itself,
/// or only watch.
///
/// Those given first to [`ClientBuilder::middleware`](crate::ClientBuilder::middleware) are
/// outermost. They run within the time of the attempt, and once per attempt: a call that is
/// retried passes through them again.
///
/// The request is what goes over the wire. **It has the credentials in it**, in a header, the
/// query or the body, and the response may have others: do not log them. Headers with credentials
/// are marked [sensitive](http::HeaderValue::is_sensitive), so `Debug` does not show them; the
/// URL and the body are not.
///
/// ```
/// use specwright_runtime::{Body, BoxFuture, Middleware, Next, TransportError, http};
///
/// /// Says how calls end.
/// struct Log;
///
/// impl Middleware for Log {
///     fn handle<'a>(
///         &'a self,
///         mut request: http::Request<Body>,
///         next: Next<'a>,
///     ) -> BoxFuture<'a, Result<http::Response<Body>, TransportError>> {
///         Box::pin(async move {
///             let trace = http::HeaderValue::from_static("00-1-1-01");
///             request.headers_mut().insert("traceparent", trace);
///             let (operation, attempt) = (next.operation(), next.attempt());
///             let response = next.run(request).await?;
///             println!("{operation}, attempt {attempt}: {}", response.status());
///             Ok(response)
///         })
///     }
/// }
///
/// let builder = specwright_runtime::ClientBuilder::default().middleware(Log);
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// Handles one attempt. [`Next::run`] sends the request on.
    ///
    /// # Errors
    /// Those of [`Next::run`], and its own, of the kind
    /// [`Middleware`](crate::TransportErrorKind::Middleware): such a call is not tried again.
    fn handle<'a>(
        &'a self,
        request: http::Request<Body>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<http::Response<Body>, TransportError>>;
}

/// What comes after a [`Middleware`]: those further in, and then the transport. Redirects are
/// followed behind them, so that each sees the first request and the last response.
#[derive(Clone, Copy)]
pub struct Next<'a> {
    pub(crate) rest: &'a [Arc<dyn Middleware>],
    pub(crate) route: Route<'a>,
    pub(crate) attempt: u32,
}

impl<'a> Next<'a> {
    /// The operation that is called.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.route.operation
    }

    /// Which attempt of the call it is, from 1.
    #[must_use]
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Sends the request on and gives the response, whatever its status. As `Next` is `Copy`, a
    /// middleware can do so more than once: after it has fetched a new token.
    ///
    /// # Errors
    /// When there is no response.
    pub fn run(
        self,
        request: http::Request<Body>,
    ) -> BoxFuture<'a, Result<http::Response<Body>, TransportError>> {
        if let Some((first, rest)) = self.rest.split_first() {
            return first.handle(request, Self { rest, ..self });
        }
        Box::pin(async move {
            let mut response = self.route.send(request).await?;
            // A session is as good as a credential: `Debug` does not show it.
            if let Entry::Occupied(mut cookies) = response.headers_mut().entry(SET_COOKIE) {
                cookies
                    .iter_mut()
                    .for_each(|cookie| cookie.set_sensitive(true));
            }
            Ok(response)
        })
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next")
            .field("operation", &self.route.operation.id)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}
