//! The scenarios of the suite: what a client must send, and what comes back.

use crate::workspace::{Failure, unreadable};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::Path;

/// One thing that a client must be able to do, in one call or several.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Scenario {
    /// Its name: `Encode_Bytes_Query_default`.
    pub(super) scenario: String,
    /// Its document, as a folder of the kit: `encode/bytes`.
    pub(super) spec: String,
    /// Its calls, in order.
    pub(super) apis: Vec<Expected>,
}

/// A call that the server expects.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Expected {
    /// The path, without the query.
    pub(super) uri: String,
    /// In small letters.
    pub(super) method: String,
    #[serde(default)]
    pub(super) request: Request,
    pub(super) response: Response,
    /// The operations it may be: one, and more where a document has several versions.
    pub(super) operations: Vec<OperationRef>,
}

/// What must be sent. Where the server looks by itself, not all of it is here.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Request {
    #[serde(default)]
    pub(super) query: Map<String, Value>,
    #[serde(default)]
    pub(super) headers: Map<String, Value>,
    pub(super) body: Option<Content>,
}

/// What comes back.
#[derive(Debug, Deserialize)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) body: Option<Content>,
}

/// A body.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Content {
    pub(super) content_type: String,
    pub(super) text: Option<String>,
    pub(super) base64: Option<String>,
    /// Of a form: what is no file.
    pub(super) parts: Option<Map<String, Value>>,
    pub(super) files: Option<Vec<FilePart>>,
    /// Of a stream: what comes one after the other.
    pub(super) chunks_base64: Option<Vec<String>>,
}

/// A file in a form.
#[derive(Debug, Deserialize)]
pub(super) struct FilePart {
    pub(super) fieldname: String,
    pub(super) originalname: String,
    pub(super) mimetype: String,
    pub(super) base64: String,
}

/// An operation of a document.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OperationRef {
    /// The document of version 3.1, below the kit's `openapi`.
    pub(super) file: String,
    pub(super) path: String,
}

impl Scenario {
    /// The scenario's group: the first two folders of its document.
    pub(super) fn group(&self) -> String {
        self.spec.split('/').take(2).collect::<Vec<_>>().join("/")
    }
}

impl Content {
    /// The text of a body, however the suite has it.
    pub(super) fn whole(&self) -> Option<String> {
        let base64 = || super::arguments::text_from(self.base64.as_deref()?);
        self.text.clone().or_else(base64).or_else(|| self.chunks())
    }

    /// The text of a stream.
    pub(super) fn chunks(&self) -> Option<String> {
        let chunks = self.chunks_base64.as_ref()?;
        chunks
            .iter()
            .map(|chunk| super::arguments::text_from(chunk))
            .collect()
    }

    /// Whether it is of a format that clients have no types for: XML, streams.
    pub(super) fn is_untyped(&self) -> bool {
        let kinds = ["xml", "event-stream", "jsonl"];
        kinds.iter().any(|kind| self.content_type.contains(kind))
    }

    /// Whether it is of items that come one after the other.
    pub(super) fn is_stream(&self) -> bool {
        let kinds = ["event-stream", "jsonl"];
        kinds.iter().any(|kind| self.content_type.contains(kind))
    }

    /// Whether it is JSON.
    pub(super) fn is_json(&self) -> bool {
        let essence = self
            .content_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim();
        essence.ends_with("/json") || essence.ends_with("+json")
    }
}

/// Reads the scenarios of a kit.
pub(super) fn read(kit: &Path) -> Result<Vec<Scenario>, Failure> {
    let path = kit.join("scenarios.json");
    let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
    serde_json::from_str(&text).map_err(|error| Failure::Read {
        path: path.display().to_string(),
        message: error.to_string(),
    })
}
