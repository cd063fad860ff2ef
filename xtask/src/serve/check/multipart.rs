//! `multipart/form-data` (RFC 7578): the parts by their names.

use super::super::refusal::{Fault, Refusal};
use super::body::put;
use hyper::body::Bytes;
use serde_json::{Map, Value};
use specwright::ir::{Api, Schema};
use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// How often a reader is asked that has all bytes already.
const MOST_POLLS: usize = 64;

/// Reads the parts; files become texts, with what is no UTF-8 in them replaced.
///
/// # Errors
/// A content type without a boundary, or a body that is not written as the boundary says (400).
pub(super) fn multipart(
    api: &Api,
    schema: &Schema,
    content_type: &str,
    bytes: &[u8],
) -> Result<Value, Refusal> {
    let boundary = multer::parse_boundary(content_type)
        .map_err(|_| wrong("needs a boundary in its content type"))?;
    let body = Whole(Some(Bytes::copy_from_slice(bytes)));
    let parts = parts(multer::Multipart::new(body, boundary));
    let Some(Ok(parts)) = ready(parts) else {
        return Err(wrong("is not multipart with the boundary that it names"));
    };
    let record = api.record(&schema.ty).map(|(_, record)| record);
    let mut object = Map::new();
    for (name, bytes) in parts {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        put(api, record, &mut object, name, text);
    }
    Ok(Value::Object(object))
}

fn wrong(message: &str) -> Refusal {
    Refusal::new(400, Fault::at(&["body"], message))
}

async fn parts(mut body: multer::Multipart<'_>) -> multer::Result<Vec<(String, Bytes)>> {
    let mut parts = Vec::new();
    while let Some(part) = body.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        parts.push((name, part.bytes().await?));
    }
    Ok(parts)
}

/// The result of a future that waits for nothing.
fn ready<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    (0..MOST_POLLS).find_map(|_| match future.as_mut().poll(&mut context) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    })
}

/// A body that is there already.
struct Whole(Option<Bytes>);

impl futures_core::Stream for Whole {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
