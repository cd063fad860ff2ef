//! Bodies that are streams of items: server-sent events, and JSON one text after the other.

mod course;
mod event;
mod lines;
mod parser;
mod records;
mod source;
mod stream;

pub use event::Event;
pub use lines::Lines;
pub use stream::EventStream;
pub(crate) use stream::begin;

/// How a body is made of items: plain constant data.
///
/// ```
/// use specwright_runtime::{Items, Operation};
///
/// const EVENTS: Items = Items::events("text/event-stream", &["log"]);
/// const ASK: Operation = Operation::post("ask", "/answers").items(EVENTS);
/// assert_eq!(ASK.items, Some(EVENTS));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Items {
    /// What the `Accept` header says.
    pub media_type: &'static str,
    pub(crate) framing: Framing,
}

/// Where one item ends and the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Server-sent events. The data is JSON but for events of these names.
    Events { texts: &'static [&'static str] },
    /// Server-sent events whose data is text.
    Texts,
    /// Texts of JSON with this byte between them.
    Records(u8),
}

impl Items {
    /// Server-sent events whose data is JSON, but for events of these names, whose data is text. An
    /// event of another name with the data `[DONE]` ends the stream; one without data is passed over.
    #[must_use]
    pub const fn events(media_type: &'static str, texts: &'static [&'static str]) -> Self {
        Self::new(media_type, Framing::Events { texts })
    }

    /// Server-sent events whose data is text.
    #[must_use]
    pub const fn text_events(media_type: &'static str) -> Self {
        Self::new(media_type, Framing::Texts)
    }

    /// JSON, a text to a line.
    #[must_use]
    pub const fn lines(media_type: &'static str) -> Self {
        Self::new(media_type, Framing::Records(b'\n'))
    }

    /// JSON, each text behind a record separator (RFC 7464).
    #[must_use]
    pub const fn sequence(media_type: &'static str) -> Self {
        Self::new(media_type, Framing::Records(RECORD_SEPARATOR))
    }

    const fn new(media_type: &'static str, framing: Framing) -> Self {
        Self {
            media_type,
            framing,
        }
    }
}

/// What stands before each text of a sequence.
const RECORD_SEPARATOR: u8 = 0x1e;
