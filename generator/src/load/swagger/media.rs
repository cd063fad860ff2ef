//! `consumes` and `produces`.

use super::Raiser;
use super::at::{At, below};
use crate::diag::{Code, Diagnostic};
use crate::load::moves::Written;
use serde_json::Value;
use std::sync::Arc;

pub(super) const JSON: &str = "application/json";
pub(super) const FORM: &str = "application/x-www-form-urlencoded";
pub(super) const MULTIPART: &str = "multipart/form-data";
pub(super) const BYTES: &str = "application/octet-stream";

/// Media types, each with the place that says it. None: the document says nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct MediaTypes {
    pub(super) list: Vec<(String, Written)>,
}

impl MediaTypes {
    /// The JSON that is sent or read of them: the first; JSON itself where anything goes.
    fn json(&self) -> Option<String> {
        if self.list.is_empty() {
            return Some(JSON.to_owned());
        }
        let first = self.list.iter().find(|(name, _)| is_json(name));
        first.map(|(name, _)| match essence(name) {
            range if range.starts_with("*/") => JSON.to_owned(),
            one => one,
        })
    }

    /// Whether a body in these media types is written as one in the others is: in the same JSON, or all
    /// of them are the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let names = |types: &Self| -> Vec<String> {
            types.list.iter().map(|(name, _)| essence(name)).collect()
        };
        match (self.json(), other.json()) {
            (Some(json), Some(others)) => json == others,
            _ => names(self) == names(other),
        }
    }

    /// The media types of a body that is no form: JSON where the document says nothing.
    pub(super) fn or_json(&self, said: &Written) -> Vec<(String, Written)> {
        if self.list.is_empty() {
            return vec![(JSON.to_owned(), said.clone())];
        }
        self.list.clone()
    }

    /// The media types of a file. Those that say how data is written are left out: they are there for
    /// the other responses, and a file has no form of its own.
    pub(super) fn of_file(&self, said: &Written) -> Vec<(String, Written)> {
        let is_data = |name: &str| is_json(name) || essence(name).ends_with("xml");
        let files = self.list.iter().filter(|(name, _)| !is_data(name));
        let files: Vec<_> = files.cloned().collect();
        if files.is_empty() {
            return vec![(BYTES.to_owned(), said.clone())];
        }
        files
    }
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn is_json(name: &str) -> bool {
    let essence = essence(name);
    essence.ends_with("/json") || essence.ends_with("+json") || essence.starts_with("*/")
}

impl Raiser<'_> {
    /// The media types below a key of the document or an operation.
    pub(super) fn media_types(&mut self, owner: &Value, key: &str, at: &At) -> MediaTypes {
        let mut types = MediaTypes::default();
        let items = match owner.get(key) {
            None | Some(Value::Null) => return types,
            Some(Value::Array(items)) => items.as_slice(),
            // One media type where a list must be.
            Some(one) => std::slice::from_ref(one),
        };
        for (index, item) in items.iter().enumerate() {
            let place = at.child(key).child(&index.to_string());
            match item.as_str().map(str::trim) {
                Some(name) if name.contains('/') => {
                    let said = Written {
                        file: Some(Arc::clone(&at.file)),
                        pointer: below(&at.written, &[key, &index.to_string()]),
                    };
                    if !types.list.iter().any(|(known, _)| known == name) {
                        types.list.push((name.to_owned(), said));
                    }
                }
                Some("") => {}
                _ => self.diagnostics.push(
                    Diagnostic::warning(
                        Code::BadValue,
                        Self::origin(&place),
                        format!("`{key}` names media types such as {JSON}, not {item}"),
                    )
                    .action("it was left out"),
                ),
            }
        }
        types
    }
}
