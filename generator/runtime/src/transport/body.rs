//! Bodies of requests and responses.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::{TransportError, TransportErrorKind};

/// The body of a request or a response: bytes in memory, or a stream of them.
///
/// ```
/// use specwright_runtime::{Body, Bytes};
///
/// let body = Body::from("in memory");
/// assert_eq!(body.length(), Some(9));
/// assert!(body.try_clone().is_some());
/// # struct File;
/// # impl futures_core::Stream for File {
/// #     type Item = std::io::Result<Bytes>;
/// #     fn poll_next(
/// #         self: std::pin::Pin<&mut Self>,
/// #         _: &mut std::task::Context<'_>,
/// #     ) -> std::task::Poll<Option<Self::Item>> {
/// #         std::task::Poll::Ready(None)
/// #     }
/// # }
/// # let file = File;
/// // Anything that streams bytes, as `tokio_util::io::ReaderStream` does from a file.
/// let body = Body::from_stream(file).with_length(4_096);
/// assert!(body.try_clone().is_none());
/// ```
pub struct Body(Inner);

enum Inner {
    Memory(Bytes),
    Stream {
        /// The lock is never waited for: it lets a reference to a body be given to other threads.
        chunks: Mutex<Chunks>,
        length: Option<u64>,
        again: Option<Source>,
    },
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;
type Source = Arc<dyn Fn() -> Chunks + Send + Sync>;

impl Body {
    /// A body of no bytes.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Inner::Memory(Bytes::new()))
    }

    /// A body that is read while it is sent. It can be sent once: neither a retry nor a redirect
    /// can send it again. Give its length with [`Body::with_length`] where it is known.
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::new(Box::pin(Adapted(Box::pin(stream))), None)
    }

    /// A body that is read while it is sent, and that can be sent again: `open` is called once for
    /// each attempt that reads it, when it begins to, and gives the same bytes each time.
    pub fn from_stream_fn<F, S, B, E>(open: F) -> Self
    where
        F: Fn() -> S + Send + Sync + 'static,
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let source: Source = Arc::new(move || Box::pin(Adapted(Box::pin(open()))));
        Self::new(Lazy::chunks(&source), Some(source))
    }

    /// A stream whose errors are the transport's own.
    pub(crate) fn incoming(
        stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        let body = Self::new(Box::pin(stream), None);
        match length {
            Some(length) => body.with_length(length),
            None => body,
        }
    }

    fn new(chunks: Chunks, again: Option<Source>) -> Self {
        Self(Inner::Stream {
            chunks: Mutex::new(chunks),
            length: None,
            again,
        })
    }

    /// Says how many bytes a stream will give, so that they are sent with a `Content-Length`.
    /// The request fails when they turn out to be more or fewer. Without it they are sent in
    /// chunks, which some servers refuse. Of a body in memory the length is known.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Inner::Stream { length, .. } = &mut self.0 {
            *length = Some(bytes);
        }
        self
    }

    /// One body after the other.
    pub(crate) fn chain(pieces: Vec<Self>) -> Self {
        let lengths = pieces.iter().map(Self::length);
        let length = lengths.sum::<Option<u64>>();
        let copies: Option<Vec<Self>> = pieces.iter().map(Self::try_clone).collect();
        let again = copies.map(|copies| -> Source {
            Arc::new(move || {
                let copies: Vec<_> = copies.iter().filter_map(Self::try_clone).collect();
                Box::pin(Chain(copies.into_iter()))
            })
        });
        let chain = Self::new(Box::pin(Chain(pieces.into_iter())), again);
        match length {
            Some(length) => chain.with_length(length),
            None => chain,
        }
    }

    /// The bytes, when they are in memory.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Memory(bytes) => Some(bytes),
            Inner::Stream { .. } => None,
        }
    }

    /// How many bytes it has, where that is known before it is read.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Inner::Memory(bytes) => u64::try_from(bytes.len()).ok(),
            Inner::Stream { length, .. } => *length,
        }
    }

    /// The same body once more, where it can be sent again: one in memory, and one made by
    /// [`Body::from_stream_fn`].
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        match &self.0 {
            Inner::Memory(bytes) => Some(Self(Inner::Memory(bytes.clone()))),
            Inner::Stream { length, again, .. } => {
                let again = again.as_ref()?;
                Some(Self(Inner::Stream {
                    chunks: Mutex::new(Lazy::chunks(again)),
                    length: *length,
                    again: Some(Arc::clone(again)),
                }))
            }
        }
    }

    /// The next bytes, as they come; `None` at the end.
    ///
    /// # Errors
    /// When the connection breaks or the time runs out before the last of them, and when the
    /// stream of a request fails.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// All the bytes, however many.
    ///
    /// # Errors
    /// As [`Body::try_next`].
    pub async fn into_bytes(self) -> Result<Bytes, TransportError> {
        let Collected { bytes, ending } = self.collect(None).await;
        match ending {
            Ending::Broken(error) => Err(error),
            Ending::Whole | Ending::Larger => Ok(bytes),
        }
    }

    /// Reads the body into memory, up to `limit` bytes.
    pub(crate) async fn collect(mut self, limit: Option<u64>) -> Collected {
        let limit = limit.and_then(|limit| usize::try_from(limit).ok());
        let limit = limit.unwrap_or(usize::MAX);
        let mut gathered = Gathered::default();
        let ending = loop {
            match self.try_next().await {
                Ok(None) => break Ending::Whole,
                Ok(Some(chunk)) => {
                    let room = limit.saturating_sub(gathered.length());
                    if chunk.len() > room {
                        gathered.add(chunk.slice(..room));
                        break Ending::Larger;
                    }
                    gathered.add(chunk);
                }
                Err(error) => break Ending::Broken(error),
            }
        };
        Collected {
            bytes: gathered.into(),
            ending,
        }
    }
}

/// What was read of a body.
#[derive(Debug)]
pub(crate) struct Collected {
    pub(crate) bytes: Bytes,
    pub(crate) ending: Ending,
}

/// Why no more of a body was read.
#[derive(Debug)]
pub(crate) enum Ending {
    /// There is no more.
    Whole,
    /// It is larger than the limit.
    Larger,
    /// The rest did not come.
    Broken(TransportError),
}

/// Chunks put together; one alone is not copied.
#[derive(Default)]
struct Gathered {
    first: Bytes,
    all: Vec<u8>,
}

impl Gathered {
    fn length(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    fn add(&mut self, chunk: Bytes) {
        if self.length() == 0 {
            self.first = chunk;
            return;
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&chunk);
    }
}

impl From<Gathered> for Bytes {
    fn from(gathered: Gathered) -> Self {
        if gathered.all.is_empty() {
            gathered.first
        } else {
            gathered.all.into()
        }
    }
}

/// The bytes as they come. A body in memory comes as one piece.
impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.get_mut().0 {
            Inner::Memory(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)))
            }
            Inner::Stream { chunks, .. } => chunks
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner)
                .as_mut()
                .poll_next(context),
        }
    }
}

/// A stream of the caller's, with its bytes and errors turned into ours.
struct Adapted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Adapted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let failed = |error: E| match error.into().downcast::<TransportError>() {
            // A middleware's stream around the transport's: what failed is known already.
            Ok(error) => *error,
            Err(error) => TransportError::new(TransportErrorKind::Body, error),
        };
        let chunk = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Into::into).map_err(failed)))
    }
}

/// A stream that is opened when it is first read.
struct Lazy {
    source: Source,
    open: Option<Chunks>,
}

impl Lazy {
    fn chunks(source: &Source) -> Chunks {
        let source = Arc::clone(source);
        Box::pin(Self { source, open: None })
    }
}

impl Stream for Lazy {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { source, open } = &mut *self;
        open.get_or_insert_with(|| source())
            .as_mut()
            .poll_next(context)
    }
}

struct Chain(std::vec::IntoIter<Body>);

impl Stream for Chain {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(piece) = self.0.as_mut_slice().first_mut() else {
                return Poll::Ready(None);
            };
            match ready!(Pin::new(piece).poll_next(context)) {
                Some(chunk) => return Poll::Ready(Some(chunk)),
                None => drop(self.0.next()),
            }
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Inner::Memory(bytes.into()))
    }
}

/// Shows how long the body is, and not what is in it, which may be secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, self.length()) {
            (Inner::Memory(bytes), _) => write!(f, "Body({} bytes)", bytes.len()),
            (Inner::Stream { .. }, Some(length)) => write!(f, "Body(a stream of {length} bytes)"),
            (Inner::Stream { .. }, None) => f.write_str("Body(a stream)"),
        }
    }
}

#[cfg(test)]
mod tests;
