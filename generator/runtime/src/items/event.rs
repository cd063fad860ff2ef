//! An event and what stands beside its data.

/// A server-sent event: its data, read as a `T`, and what stands beside it.
///
/// As JSON it is an object with `event`, `id`, `retry` and `data`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its name; `message` where the server gives none.
    pub name: String,
    /// The id that the server sent last, with this event or one before.
    pub id: Option<String>,
    /// How many milliseconds the server asks to wait before connecting again, where this event says so.
    pub retry: Option<u64>,
    /// Its data.
    pub data: T,
}

impl<T> Event<T> {
    /// An event without an id, as a test of code that takes one may want to make.
    pub fn new(name: impl Into<String>, data: T) -> Self {
        Self {
            name: name.into(),
            id: None,
            retry: None,
            data,
        }
    }
}

crate::object! {
    Event<T>;
    required name = "event";
    optional id = "id";
    optional retry = "retry";
    required data = "data";
}
