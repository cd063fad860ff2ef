//! Which scenarios pass, and why the others do not: a committed list, which may only grow.

use super::scenarios::Scenario;
use crate::output;
use crate::workspace::{Failure, unreadable};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// What stands beside a scenario that passes.
const PASS: &str = "pass";
/// The longest reason, in characters.
const LONGEST: usize = 200;

/// The scenarios of a version, each with why it does not pass.
pub(super) struct List {
    results: BTreeMap<String, Option<String>>,
    groups: BTreeMap<String, Vec<String>>,
}

/// What the server saw of each scenario, from what it wrote at its end.
pub(super) fn seen(coverage: &str) -> BTreeMap<String, String> {
    let reports: Value = serde_json::from_str(coverage).unwrap_or_default();
    let results = reports.as_array().into_iter().flatten();
    let results = results.filter_map(|report| report.get("results")?.as_object());
    let pair = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
    results.flatten().filter_map(pair).collect()
}

impl List {
    pub(super) fn of(scenarios: &[Scenario], results: BTreeMap<String, Option<String>>) -> Self {
        let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for scenario in scenarios {
            let group = groups.entry(scenario.group()).or_default();
            group.push(scenario.scenario.clone());
        }
        Self { results, groups }
    }

    fn passes(&self, scenario: &str) -> bool {
        self.results.get(scenario).is_some_and(Option::is_none)
    }

    /// How many pass, by group.
    pub(super) fn summary(&self, version: &str) -> String {
        let passed = self.results.values().filter(|it| it.is_none()).count();
        let mut text = format!("OpenAPI {version}: {passed} of {} pass", self.results.len());
        for (group, scenarios) in &self.groups {
            let passed = scenarios.iter().filter(|it| self.passes(it)).count();
            let _ = write!(text, "\n  {group}: {passed} of {}", scenarios.len());
        }
        text
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, fault) in &self.results {
            let said = fault.as_deref().map_or_else(|| PASS.to_owned(), line);
            let _ = writeln!(text, "{name}  {said}");
        }
        text
    }

    /// Compares with the committed list, and writes it where nothing is lost; whether nothing is.
    pub(super) fn keep(&self, path: &Path, bless: bool) -> Result<bool, Failure> {
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        let listed = committed.lines().filter_map(|line| line.split_once("  "));
        let listed: BTreeMap<&str, bool> = listed.map(|(name, it)| (name, it == PASS)).collect();
        let was = |name: &str| listed.get(name) == Some(&true);
        let lost: Vec<_> = self
            .results
            .iter()
            .filter(|(name, it)| was(name) && it.is_some())
            .collect();
        for (name, fault) in &lost {
            let why = fault.as_deref().map(line).unwrap_or_default();
            output::line(format_args!(
                "no longer passes: {name}: {}",
                output::printable(&why)
            ));
        }
        let gained = self
            .results
            .keys()
            .filter(|name| self.passes(name) && !was(name))
            .count();
        if gained > 0 && !listed.is_empty() {
            output::line(format_args!("{gained} more pass"));
        }
        if lost.is_empty() || bless {
            write(path, &self.text())?;
        }
        Ok(lost.is_empty() || bless)
    }
}

/// A reason on a line.
fn line(fault: &str) -> String {
    let words: Vec<&str> = fault.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect()
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| unreadable(path, &error))
}
