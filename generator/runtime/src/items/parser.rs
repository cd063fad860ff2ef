//! Server-sent events from bytes (HTML Living Standard, section 9.2.6).

use bytes::{Buf, Bytes};

/// An event as it was sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sent {
    /// Its name; empty where it has none.
    pub(super) name: String,
    /// The id that was last sent, with this event or before; empty where none was.
    pub(super) id: String,
    /// How many milliseconds to wait before connecting again.
    pub(super) retry: Option<u64>,
    /// The lines of its data, with a line feed between them.
    pub(super) data: String,
}

impl Sent {
    /// Its name, or what an event without one is called.
    pub(super) fn name(&self) -> &str {
        match self.name.as_str() {
            "" => "message",
            name => name,
        }
    }
}

/// More bytes without an end than are kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// Reads events from pieces that end anywhere, also inside a character or a line ending.
#[derive(Debug)]
pub(super) struct Parser {
    chunk: Bytes,
    /// The beginning of a line whose end has not come.
    line: Vec<u8>,
    /// A line ended with a carriage return: a line feed that follows belongs to it.
    after_return: bool,
    /// A line was read, so that a byte order mark can no longer come.
    begun: bool,
    name: String,
    id: String,
    /// The id as it was when an empty line came last.
    last_id: String,
    retry: Option<u64>,
    /// What `retry` said last, with any event.
    reconnect: Option<u64>,
    data: Option<String>,
    /// The most bytes of an event that are kept.
    limit: usize,
}

impl Parser {
    pub(super) const fn new(limit: usize) -> Self {
        Self {
            chunk: Bytes::new(),
            line: Vec::new(),
            after_return: false,
            begun: false,
            name: String::new(),
            id: String::new(),
            last_id: String::new(),
            retry: None,
            reconnect: None,
            data: None,
            limit,
        }
    }

    /// What to send as `Last-Event-ID`: the id that was sent last with an event that ended, also one without
    /// data. Empty where none was.
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How many milliseconds to wait before connecting again.
    pub(super) const fn reconnect(&self) -> Option<u64> {
        self.reconnect
    }

    /// Begins with another body, in which ids go on. What had no end is gone.
    pub(super) fn restart(&mut self) {
        *self = Self {
            id: self.last_id.clone(),
            last_id: std::mem::take(&mut self.last_id),
            reconnect: self.reconnect,
            ..Self::new(self.limit)
        };
    }

    /// Takes the next piece, once the one before has no more events.
    pub(super) fn push(&mut self, chunk: Bytes) {
        self.chunk = chunk;
    }

    /// The next event of the piece.
    ///
    /// # Errors
    /// An event is larger than the limit.
    pub(super) fn next(&mut self) -> Result<Option<Sent>, TooLarge> {
        while !self.chunk.is_empty() {
            if std::mem::take(&mut self.after_return) && self.chunk.starts_with(b"\n") {
                self.chunk.advance(1);
                continue;
            }
            let end = self
                .chunk
                .iter()
                .position(|byte| matches!(byte, b'\n' | b'\r'));
            let held =
                self.line.len() + self.name.len() + self.data.as_ref().map_or(0, String::len);
            if held.saturating_add(end.unwrap_or(self.chunk.len())) > self.limit {
                return Err(TooLarge);
            }
            let Some(end) = end else {
                self.line.extend_from_slice(&self.chunk);
                self.chunk.clear();
                break;
            };
            self.line.extend_from_slice(&self.chunk.split_to(end));
            self.after_return = self.chunk.starts_with(b"\r");
            self.chunk.advance(1);
            if let Some(event) = self.end_line() {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    /// Takes the line; an empty one ends an event. One without data is none.
    fn end_line(&mut self) -> Option<Sent> {
        let line = std::mem::take(&mut self.line);
        let line = match std::mem::replace(&mut self.begun, true) {
            true => line.as_slice(),
            false => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line),
        };
        if line.is_empty() {
            let (name, retry) = (std::mem::take(&mut self.name), self.retry.take());
            self.id.clone_into(&mut self.last_id);
            return self.data.take().map(|data| Sent {
                name,
                id: self.id.clone(),
                retry,
                data,
            });
        }
        let line = String::from_utf8_lossy(line);
        // A comment is a field without a name.
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        self.field(field, value.strip_prefix(' ').unwrap_or(value));
        None
    }

    fn field(&mut self, field: &str, value: &str) {
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().or(self.retry);
                self.reconnect = self.retry.or(self.reconnect);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events of a text that comes in pieces of so many bytes.
    fn events(text: &[u8], size: usize) -> Vec<Sent> {
        let mut parser = Parser::new(1_000);
        let mut events = Vec::new();
        for piece in text.chunks(size) {
            parser.push(Bytes::copy_from_slice(piece));
            while let Some(event) = parser.next().unwrap() {
                events.push(event);
            }
        }
        events
    }

    fn sent(name: &str, id: &str, retry: Option<u64>, data: &str) -> Sent {
        Sent {
            name: name.to_owned(),
            id: id.to_owned(),
            retry,
            data: data.to_owned(),
        }
    }

    /// Everything that the standard says of a line, in one stream.
    #[test]
    fn events_are_read_as_the_standard_says_wherever_they_are_split() {
        let text = "\u{feff}: hello\n\
            event: add\ndata: 73\u{e9}\ndata:  two\ndata\n\n\
            id: 1\rretry: 250\rdata:x\r\r\
            id: a\0b\r\nretry: soon\r\ndata: y\r\n\r\n\
            event: nothing\n\n\
            id\ndata\n\n\
            unknown: z\nevent:a\nevent: b\ndata: {\"a\":\n\ndata: never ended";
        let expected = [
            sent("add", "", None, "73\u{e9}\n two\n"),
            sent("", "1", Some(250), "x"),
            sent("", "1", None, "y"),
            sent("", "", None, ""),
            sent("b", "", None, "{\"a\":"),
        ];
        for size in 1..=text.len() {
            assert_eq!(events(text.as_bytes(), size), expected, "{size}");
        }
    }

    #[test]
    fn an_event_that_does_not_end_is_not_kept_for_ever() {
        for line in ["x", "data: x\n", ": x\ndata:\n"] {
            let mut parser = Parser::new(100);
            let pushed = (0..1_000).find(|_| {
                parser.push(Bytes::copy_from_slice(line.as_bytes()));
                parser.next().is_err()
            });
            assert!(
                pushed.is_some_and(|pushed| pushed <= 101),
                "{line:?}: {pushed:?}"
            );
        }
        let mut parser = Parser::new(100);
        for _ in 0..1_000 {
            parser.push(Bytes::from_static(b": only a comment\n"));
            assert_eq!(parser.next(), Ok(None));
        }
    }

    #[test]
    fn what_is_not_utf8_is_replaced() {
        assert_eq!(events(b"data: a\xff\n\n", 3)[0].data, "a\u{fffd}");
    }
}
