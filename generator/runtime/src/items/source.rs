//! Items as texts of JSON, whatever they are made of.

use bytes::Bytes;
use serde::de::{Error as _, IgnoredAny};
use serde_json::Value;

use super::Framing;
use super::parser::{Parser, Sent, TooLarge};
use super::records::Records;

/// The data of an event after which nothing comes.
const DONE: &str = "[DONE]";

/// Finds items in the pieces of a body.
#[derive(Debug)]
pub(super) enum Source {
    Events {
        parser: Parser,
        /// The events whose data is text; `None`: all.
        texts: Option<&'static [&'static str]>,
    },
    Records(Records),
}

/// What was found.
#[derive(Debug)]
pub(super) enum Found {
    /// An item as JSON: of a record its text, of an event an object with `event`, `id`, `retry` and
    /// `data`.
    Item(Vec<u8>),
    /// The same, and no more will come.
    Last(Vec<u8>),
    /// Data that begins as JSON does and is none.
    Malformed(String, serde_json::Error),
    /// That no more will come.
    Done,
}

impl Source {
    pub(super) const fn new(framing: Framing, limit: usize) -> Self {
        match framing {
            Framing::Events { texts } => Self::Events {
                parser: Parser::new(limit),
                texts: Some(texts),
            },
            Framing::Texts => Self::Events {
                parser: Parser::new(limit),
                texts: None,
            },
            Framing::Records(separator) => Self::Records(Records::new(separator, limit)),
        }
    }

    /// Takes the next piece, once the one before has no more items.
    pub(super) fn push(&mut self, chunk: Bytes) {
        match self {
            Self::Events { parser, .. } => parser.push(chunk),
            Self::Records(records) => records.push(chunk),
        }
    }

    /// The next item of the piece.
    ///
    /// # Errors
    /// An item is larger than the limit.
    pub(super) fn next(&mut self) -> Result<Option<Found>, TooLarge> {
        Ok(match self {
            Self::Events { parser, texts } => loop {
                let Some(sent) = parser.next()? else {
                    break None;
                };
                let found = found(&sent, *texts);
                if found.is_some() {
                    break found;
                }
            },
            Self::Records(records) => records.next()?.map(|record| whole(records, record)),
        })
    }

    /// The id that was sent last; empty where none was.
    pub(super) fn last_id(&self) -> &str {
        match self {
            Self::Events { parser, .. } => parser.last_id(),
            Self::Records(_) => "",
        }
    }

    /// The events, where they are that.
    pub(super) const fn events(&mut self) -> Option<&mut Parser> {
        match self {
            Self::Events { parser, .. } => Some(parser),
            Self::Records(_) => None,
        }
    }

    /// What the end of the body ends: a record, and no event, which is whole when an empty line
    /// follows it.
    pub(super) fn last(&mut self) -> Option<Found> {
        match self {
            Self::Events { .. } => None,
            Self::Records(records) => records.last().map(|record| whole(records, record)),
        }
    }
}

/// A record; of a sequence, a number or a word behind which no white space stands may have been cut off
/// (RFC 7464, section 2.4).
fn whole(records: &Records, record: Vec<u8>) -> Found {
    let ends = |byte: &u8| matches!(byte, b'}' | b']' | b'"') || byte.is_ascii_whitespace();
    if records.is_sequence() && !record.last().is_some_and(ends) {
        let cut = "the text may be cut off: nothing follows it (RFC 7464)";
        let text = String::from_utf8_lossy(&record).into_owned();
        return Found::Malformed(text, serde_json::Error::custom(cut));
    }
    Found::Item(record)
}

/// What an event is; `None` for one without data where data is JSON, with which servers keep a connection
/// open.
fn found(sent: &Sent, texts: Option<&[&str]>) -> Option<Found> {
    let text = || Value::from(sent.data.as_str()).to_string();
    let Some(texts) = texts else {
        return Some(Found::Item(object(sent, &text())));
    };
    let named = texts.contains(&sent.name());
    Some(match sent.data.trim() {
        "" if !named => return None,
        DONE if named => Found::Last(object(sent, &text())),
        DONE => Found::Done,
        _ if named => Found::Item(object(sent, &text())),
        // What is no JSON must not get among the keys of the object.
        data => match serde_json::from_str::<IgnoredAny>(data) {
            Ok(_) => Found::Item(object(sent, data)),
            Err(error) if data.starts_with(['{', '[']) => {
                Found::Malformed(sent.data.clone(), error)
            }
            // A type that takes text, as one for anything does, takes this.
            Err(_) => Found::Item(object(sent, &text())),
        },
    })
}

/// The event as an object; `data` is JSON.
fn object(sent: &Sent, data: &str) -> Vec<u8> {
    let mut object = format!("{{\"event\":{}", Value::from(sent.name()));
    if !sent.id.is_empty() {
        object.push_str(&format!(",\"id\":{}", Value::from(sent.id.as_str())));
    }
    if let Some(retry) = sent.retry {
        object.push_str(&format!(",\"retry\":{retry}"));
    }
    object.push_str(",\"data\":");
    object.push_str(data);
    object.push('}');
    object.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(framing: Framing, body: &'static str) -> Vec<String> {
        let mut source = Source::new(framing, 1_000);
        source.push(Bytes::from_static(body.as_bytes()));
        let mut all = Vec::new();
        while let Some(found) = source.next().unwrap() {
            all.push(match found {
                Found::Item(text) => String::from_utf8(text).unwrap(),
                Found::Last(text) => format!("last {}", String::from_utf8(text).unwrap()),
                Found::Malformed(text, _) => format!("malformed {text}"),
                Found::Done => "done".to_owned(),
            });
        }
        all
    }

    #[test]
    fn data_is_json_or_text_as_the_document_says() {
        let body = "id: 1\ndata: {\"a\":\ndata: 1}\n\nevent: log\nretry: 5\ndata: 7\n\ndata: hi\n\n\
            data: [1\n\ndata: [DONE]\n\nevent: log\ndata: [DONE]\n\n";
        let events = Framing::Events { texts: &["log"] };
        assert_eq!(
            read(events, body),
            [
                "{\"event\":\"message\",\"id\":\"1\",\"data\":{\"a\":\n1}}",
                r#"{"event":"log","id":"1","retry":5,"data":"7"}"#,
                r#"{"event":"message","id":"1","data":"hi"}"#,
                "malformed [1",
                "done",
                r#"last {"event":"log","id":"1","data":"[DONE]"}"#,
            ]
        );
        let texts = read(Framing::Texts, body);
        assert_eq!(texts[1], r#"{"event":"log","id":"1","retry":5,"data":"7"}"#);
        assert_eq!(texts[4], r#"{"event":"message","id":"1","data":"[DONE]"}"#);
    }

    #[test]
    fn an_event_without_a_name_is_called_message() {
        let texts = Framing::Events {
            texts: &["message"],
        };
        assert_eq!(
            read(texts, "data: 123\n\ndata:\n\nevent: other\ndata: 5\n\n"),
            [
                r#"{"event":"message","data":"123"}"#,
                r#"{"event":"message","data":""}"#,
                r#"{"event":"other","data":5}"#,
            ]
        );
    }

    #[test]
    fn an_event_without_data_is_no_item_where_data_is_json() {
        let events = Framing::Events { texts: &[] };
        let body = "event: ping\ndata:\n\ndata: 1\n\n";
        assert_eq!(read(events, body), [r#"{"event":"message","data":1}"#]);
        assert_eq!(read(Framing::Texts, body).len(), 2);
    }

    #[test]
    fn a_text_of_a_sequence_that_may_be_cut_off_is_none() {
        let body = "\u{1e}12\u{1e}12\n\u{1e}{}\u{1e}true\u{1e}\"a\"\u{1e}";
        assert_eq!(
            read(Framing::Records(0x1e), body),
            ["malformed 12", "12\n", "{}", "malformed true", "\"a\""]
        );
        assert_eq!(read(Framing::Records(b'\n'), "12\ntrue\n"), ["12", "true"]);
    }

    /// Data could otherwise give its event another name.
    #[test]
    fn data_stays_in_its_place() {
        let body = "data: 1,\"event\":\"x\"\n\ndata: {},\"event\":\"x\"\n\n";
        let read = read(Framing::Events { texts: &[] }, body);
        assert_eq!(
            read,
            [
                r#"{"event":"message","data":"1,\"event\":\"x\""}"#,
                "malformed {},\"event\":\"x\"",
            ]
        );
    }
}
