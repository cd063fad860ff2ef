//! Items as texts of JSON, whatever they are made of.

use bytes::Bytes;
use serde::de::IgnoredAny;
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
            Self::Events { parser, texts } => parser.next()?.map(|sent| found(&sent, *texts)),
            Self::Records(records) => records.next()?.map(Found::Item),
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
            Self::Records(records) => records.last().map(Found::Item),
        }
    }
}

fn found(sent: &Sent, texts: Option<&[&str]>) -> Found {
    let text = || Value::from(sent.data.as_str()).to_string();
    let Some(texts) = texts else {
        return Found::Item(object(sent, &text()));
    };
    let named = texts.contains(&sent.name.as_str());
    match sent.data.trim() {
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
    }
}

/// The event as an object; `data` is JSON.
fn object(sent: &Sent, data: &str) -> Vec<u8> {
    // What an event without a name is called (HTML Living Standard, section 9.2.6).
    let name = match sent.name.as_str() {
        "" => "message",
        name => name,
    };
    let mut object = format!("{{\"event\":{}", Value::from(name));
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
