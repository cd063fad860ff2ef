//! Lines of JSON as the body of a request.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;

use super::RECORD_SEPARATOR;
use crate::Body;
use crate::request::json;

/// A body of JSON that is one text after the other: items in memory, or a stream of them, each written
/// when it is sent.
///
/// ```
/// use specwright_runtime::Lines;
///
/// let lines: Lines<i64> = vec![1, 2].into();
/// // As it is sent, where it comes from somewhere else.
/// let written: Lines<i64> = Lines::written("1\n2\n");
/// ```
pub struct Lines<T>(Inner<T>);

enum Inner<T> {
    Items(Vec<T>),
    Stream(Pin<Box<dyn Stream<Item = T> + Send>>),
    Written(Body),
}

impl<T: Serialize + 'static> Lines<T> {
    /// Items that come one after the other. The body can be sent once: neither a retry nor a redirect
    /// can send it again.
    pub fn from_stream(items: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Inner::Stream(Box::pin(items)))
    }

    /// A body that is written already, and sent as it is.
    pub fn written(body: impl Into<Body>) -> Self {
        Self(Inner::Written(body.into()))
    }

    /// The body, with a separator before each item where the media type has one.
    ///
    /// # Errors
    /// An item in memory cannot be written.
    pub(crate) fn body(self, content_type: &str) -> Result<Body, serde_json::Error> {
        let essence = content_type.split(';').next().unwrap_or_default();
        let is_sequence = essence.trim_end().ends_with("json-seq");
        match self.0 {
            Inner::Items(items) => {
                let mut all = Vec::new();
                for item in &items {
                    write(&mut all, item, is_sequence)?;
                }
                Ok(all.into())
            }
            Inner::Stream(items) => Ok(Body::from_stream(Written { items, is_sequence })),
            Inner::Written(body) => Ok(body),
        }
    }
}

fn write<T: Serialize>(
    all: &mut Vec<u8>,
    item: &T,
    is_sequence: bool,
) -> Result<(), serde_json::Error> {
    if is_sequence {
        all.push(RECORD_SEPARATOR);
    }
    all.extend(json::to_vec(item)?);
    all.push(b'\n');
    Ok(())
}

/// Items as bytes.
struct Written<T> {
    items: Pin<Box<dyn Stream<Item = T> + Send>>,
    is_sequence: bool,
}

impl<T: Serialize> Stream for Written<T> {
    type Item = Result<Bytes, serde_json::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.items.as_mut().poll_next(context));
        Poll::Ready(item.map(|item| {
            let mut line = Vec::new();
            write(&mut line, &item, self.is_sequence)?;
            Ok(line.into())
        }))
    }
}

impl<T> From<Vec<T>> for Lines<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Inner::Items(items))
    }
}

impl<T, const N: usize> From<[T; N]> for Lines<T> {
    fn from(items: [T; N]) -> Self {
        Self(Inner::Items(items.into()))
    }
}

/// Shows how many items there are, and nothing of them.
impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Items(items) => write!(f, "Lines({} items)", items.len()),
            Inner::Stream(_) => f.write_str("Lines(a stream)"),
            Inner::Written(body) => write!(f, "Lines({body:?})"),
        }
    }
}
