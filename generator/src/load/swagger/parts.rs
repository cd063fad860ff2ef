//! What stands where in a document of 2.0, without its schemas, and what references lead to.

use crate::load::files::Files;
use crate::load::reference;
use serde_json::Value;
use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Document,
    Paths,
    PathItem,
    Operation,
    /// The list of an operation, or the shared ones by name.
    Parameters,
    Parameter,
    Responses,
    Response,
    Headers,
    Header,
}

/// Keys of a Path Item Object that are operations.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A node that a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Found {
    pub(super) file: Arc<str>,
    pub(super) pointer: String,
    pub(super) part: Part,
}

/// What stands below a key.
pub(super) fn below(part: Part, key: &str) -> Option<Part> {
    let is_extension = key.starts_with("x-");
    match part {
        Part::Document => match key {
            "paths" | "x-webhooks" => Some(Part::Paths),
            "parameters" => Some(Part::Parameters),
            "responses" => Some(Part::Responses),
            _ => None,
        },
        Part::Paths => (!is_extension).then_some(Part::PathItem),
        Part::PathItem => match key {
            "parameters" => Some(Part::Parameters),
            key => METHODS.contains(&key).then_some(Part::Operation),
        },
        Part::Operation => match key {
            "parameters" => Some(Part::Parameters),
            "responses" => Some(Part::Responses),
            _ => None,
        },
        Part::Parameters => Some(Part::Parameter),
        Part::Responses => (!is_extension).then_some(Part::Response),
        Part::Response => (key == "headers").then_some(Part::Headers),
        Part::Headers => Some(Part::Header),
        Part::Parameter | Part::Header => None,
    }
}

/// Whether a node can be what a reference takes it for. Documents also refer to schemas where parameters,
/// responses and headers belong; those stay schemas.
pub(super) fn fits(part: Part, value: &Value) -> bool {
    match part {
        Part::Parameter => value.get("$ref").is_some() || value.get("in").is_some(),
        Part::Response | Part::Header => {
            let words = ["properties", "allOf"];
            let is_typed = part == Part::Response && value.get("type").is_some();
            !is_typed && words.iter().all(|word| value.get(word).is_none())
        }
        _ => true,
    }
}

/// Everything that references lead to, with their files read.
pub(super) fn collect(files: &mut Files<'_>) -> Vec<Found> {
    let mut known = HashSet::new();
    let mut found = Vec::new();
    let mut waiting = VecDeque::from([Found {
        file: Arc::clone(&files.entry.path),
        pointer: String::new(),
        part: Part::Document,
    }]);
    while let Some(next) = waiting.pop_front() {
        let mut references = Vec::new();
        if let Some(value) = files
            .get(&next.file)
            .and_then(|file| file.root.pointer(&next.pointer))
        {
            within(value, next.part, &mut references);
        }
        for (reference, part) in references {
            if let Some(target) = target(files, &next.file, &reference, part)
                && known.insert(target.clone())
            {
                waiting.push_back(target.clone());
                found.push(target);
            }
        }
    }
    found
}

fn target(files: &mut Files<'_>, from: &str, reference: &str, part: Part) -> Option<Found> {
    let parts = reference::parse(from, reference).ok()?;
    let file = files.read(parts.path.as_deref().unwrap_or(from))?;
    let pointer = parts.fragment.into_owned();
    (pointer.is_empty() || pointer.starts_with('/')).then_some(Found {
        file,
        pointer,
        part,
    })
}

/// The references below a node, each with what must be there.
fn within(value: &Value, part: Part, found: &mut Vec<(String, Part)>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref") {
                found.push((reference.clone(), part));
            }
            for (key, child) in map {
                if let Some(part) = below(part, key) {
                    within(child, part, found);
                }
            }
        }
        Value::Array(items) => {
            for (item, part) in items.iter().zip(std::iter::repeat(below(part, ""))) {
                if let Some(part) = part {
                    within(item, part, found);
                }
            }
        }
        _ => {}
    }
}
