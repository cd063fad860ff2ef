//! What the suite does not say of a scenario, and the classes of what does not pass: a file of data.

use super::scenarios::OperationRef;
use crate::workspace::Failure;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The suite's file, below `xtask`.
const SUITE: (&str, &str) = (
    "conformance/spector.toml",
    include_str!("../../conformance/spector.toml"),
);
/// What is said of n8n's nodes beside it.
const N8N: (&str, &str) = (
    "conformance/n8n.toml",
    include_str!("../../conformance/n8n.toml"),
);

/// A file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notes {
    /// What it is called, below `xtask`.
    #[serde(skip)]
    pub(super) file: &'static str,
    /// By the scenarios' names.
    #[serde(default)]
    pub(super) scenario: BTreeMap<String, Note>,
    /// The reasons why scenarios do not pass.
    #[serde(default)]
    pub(super) miss: Vec<Miss>,
}

/// What is said of a scenario.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    /// Why it must be said.
    #[allow(dead_code, reason = "for readers of the file")]
    why: String,
    /// For each of its calls, in order; those that are not here need nothing.
    pub(super) calls: Vec<More>,
}

/// What is added to a call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct More {
    #[serde(default)]
    pub(super) arguments: Map<String, Value>,
    #[serde(default)]
    pub(super) credentials: Map<String, Value>,
    pub(super) operation: Option<OperationRef>,
}

/// A reason why scenarios do not pass.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Miss {
    /// The reason, in a few words.
    pub(super) class: String,
    /// What there is to know of it.
    pub(super) why: String,
    pub(super) scenarios: Vec<String>,
}

/// Reads what is said of the suite, and why clients in Rust miss scenarios.
pub(super) fn read() -> Result<Notes, Failure> {
    read_from(SUITE)
}

/// Reads why n8n's nodes miss scenarios that clients in Rust do not, or for another reason.
pub(super) fn read_n8n() -> Result<Notes, Failure> {
    read_from(N8N)
}

fn read_from((file, text): (&'static str, &str)) -> Result<Notes, Failure> {
    let notes: Notes = toml::from_str(text).map_err(|error| Failure::Read {
        path: file.to_owned(),
        message: error.to_string(),
    })?;
    Ok(Notes { file, ..notes })
}

impl Notes {
    /// What is added to a call of a scenario.
    pub(super) fn more(&self, scenario: &str, call: usize) -> Option<&More> {
        self.scenario.get(scenario)?.calls.get(call)
    }

    /// The reason why a scenario does not pass.
    pub(super) fn class(&self, scenario: &str) -> Option<&Miss> {
        let has = |miss: &&Miss| miss.scenarios.iter().any(|name| name == scenario);
        self.miss.iter().find(has)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_scenario_has_two_reasons() {
        for notes in [read().unwrap(), read_n8n().unwrap()] {
            let mut seen = std::collections::BTreeSet::new();
            for name in notes.miss.iter().flat_map(|miss| &miss.scenarios) {
                assert!(seen.insert(name), "{name}");
            }
        }
    }
}
