//! Which scenarios pass, and why the others do not: a committed list, which may only grow.

use super::notes::{Miss, Notes};
use super::scenarios::Scenario;
use super::{Client, Keeping};
use crate::output;
use crate::workspace::{Failure, unreadable};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The longest fault, in characters.
const LONGEST: usize = 160;

/// What became of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It does not pass; what happened.
    Missed(String),
    /// The bytes are right, and the client has no type for them.
    Untyped,
    /// It passes.
    Passed,
}

impl Verdict {
    /// Better is more.
    const fn rank(&self) -> u8 {
        match self {
            Self::Missed(_) => 0,
            Self::Untyped => 1,
            Self::Passed => 2,
        }
    }

    /// What a list says.
    fn read(said: &str) -> Self {
        match said {
            PASSED => Self::Passed,
            UNTYPED => Self::Untyped,
            _ => Self::Missed(said.to_owned()),
        }
    }
}

const PASSED: &str = "pass";
const UNTYPED: &str = "pass, untyped";

/// The scenarios of a client and a version, each with what became of it.
pub(super) struct List<'a> {
    pub(super) client: Client,
    pub(super) version: &'static str,
    pub(super) scenarios: &'a [Scenario],
    /// Where the reasons of what does not pass are looked for, in this order.
    pub(super) notes: Vec<&'a Notes>,
    pub(super) verdicts: BTreeMap<String, Verdict>,
}

/// What the server saw of each scenario, from what it wrote at its end.
pub(super) fn seen(coverage: &str) -> BTreeMap<String, String> {
    let reports: Value = serde_json::from_str(coverage).unwrap_or_default();
    let results = reports.as_array().into_iter().flatten();
    let results = results.filter_map(|report| report.get("results")?.as_object());
    let pair = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
    results.flatten().filter_map(pair).collect()
}

impl List<'_> {
    /// What became of the scenarios that fit.
    pub(super) fn count(&self, fits: impl Fn(&Scenario) -> bool) -> Count {
        let mut count = Count::default();
        for scenario in self.scenarios.iter().filter(|it| fits(it)) {
            count.all += 1;
            match self.verdicts.get(&scenario.scenario) {
                Some(Verdict::Passed) => count.passed += 1,
                Some(Verdict::Untyped) => count.untyped += 1,
                Some(Verdict::Missed(_)) | None => {}
            }
        }
        count
    }

    /// What it is called: its column, and in what is said of it.
    pub(super) fn name(&self) -> String {
        format!("{}, OpenAPI {}", self.client.name(), self.version)
    }

    /// The reason why a scenario does not pass.
    pub(super) fn class(&self, scenario: &str) -> Option<&Miss> {
        self.notes.iter().find_map(|notes| notes.class(scenario))
    }

    /// The list as it is committed; nothing passes where there is none.
    pub(super) fn committed(self, docs: &Path) -> Self {
        let text = std::fs::read_to_string(self.path(docs)).unwrap_or_default();
        let lines = text.lines().filter_map(|line| line.split_once("  "));
        let verdicts = lines.map(|(name, said)| (name.to_owned(), Verdict::read(said)));
        Self {
            verdicts: verdicts.collect(),
            ..self
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, verdict) in &self.verdicts {
            let said = match verdict {
                Verdict::Passed => PASSED.to_owned(),
                Verdict::Untyped => UNTYPED.to_owned(),
                Verdict::Missed(fault) => {
                    let class = self.class(name).map_or("?", |miss| &miss.class);
                    format!("{class}: {}", line(fault))
                }
            };
            let _ = writeln!(text, "{name}  {said}");
        }
        text
    }

    /// What is wrong beside the committed list, which may only grow.
    pub(super) fn faults(&self, docs: &Path, keeping: Keeping) -> Vec<String> {
        let committed = std::fs::read_to_string(self.path(docs)).unwrap_or_default();
        let mut faults = self.losses(&committed);
        if keeping == Keeping::Bless {
            faults.clear();
        }
        for (name, verdict) in &self.verdicts {
            if matches!(verdict, Verdict::Missed(_)) && self.class(name).is_none() {
                let file = self.notes.first().map_or("", |notes| notes.file);
                faults.push(format!("{name}: its reason is not in xtask/{file}"));
            }
        }
        if keeping == Keeping::Check && faults.is_empty() && committed != self.text() {
            faults.push("the list is stale: cargo xtask test --conformance writes it".to_owned());
        }
        let list = self.name();
        let faults = faults.into_iter();
        faults.map(|it| format!("{list}: {it}")).collect()
    }

    /// What passed and does not any more; says how many pass that did not.
    fn losses(&self, committed: &str) -> Vec<String> {
        let listed = committed.lines().filter_map(|line| line.split_once("  "));
        let listed: BTreeMap<&str, u8> = listed
            .map(|(name, said)| (name, Verdict::read(said).rank()))
            .collect();
        let was = |name: &str| listed.get(name).copied().unwrap_or_default();
        let mut losses = Vec::new();
        let mut gained = 0;
        for (name, verdict) in &self.verdicts {
            gained += usize::from(verdict.rank() > was(name));
            if verdict.rank() < was(name) {
                let why = match verdict {
                    Verdict::Missed(fault) => line(fault),
                    Verdict::Untyped | Verdict::Passed => "it has no type any more".to_owned(),
                };
                losses.push(format!("{name} passed: {why}"));
            }
        }
        if gained > 0 && !listed.is_empty() {
            output::line(format_args!("{}: {gained} more pass", self.name()));
        }
        losses
    }

    /// Those that do not pass, each with what happened.
    pub(super) fn misses(&self) -> impl Iterator<Item = String> {
        self.verdicts
            .iter()
            .filter_map(|(name, verdict)| match verdict {
                Verdict::Missed(fault) => Some(format!("  {name}: {}", line(fault))),
                Verdict::Untyped | Verdict::Passed => None,
            })
    }

    /// Writes the list.
    pub(super) fn write(&self, docs: &Path) -> Result<(), Failure> {
        write(&self.path(docs), &self.text())
    }

    fn path(&self, docs: &Path) -> PathBuf {
        let client = match self.client {
            Client::Rust => "",
            Client::N8n => "n8n-",
        };
        docs.join(format!("conformance/{client}{}.txt", self.version))
    }
}

/// How many scenarios pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) all: usize,
    pub(super) passed: usize,
    pub(super) untyped: usize,
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.passed, self.all)?;
        match self.untyped {
            0 => Ok(()),
            untyped => write!(f, ", {untyped} more untyped"),
        }
    }
}

/// A fault on a line.
pub(super) fn line(fault: &str) -> String {
    let words: Vec<&str> = fault.split_whitespace().collect();
    let words = words.join(" ");
    words
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST)
        .collect()
}

/// Writes a file, and the folder it is in.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| unreadable(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passed_must_go_on_passing_and_may_get_a_type() {
        let notes = super::super::notes::read().unwrap();
        let verdict = |verdict: Verdict| List {
            client: Client::Rust,
            version: "3.1.0",
            scenarios: &[],
            notes: vec![&notes],
            verdicts: BTreeMap::from([("A".to_owned(), verdict)]),
        };
        let missed = || verdict(Verdict::Missed("404\n not found".to_owned()));
        let [passed, untyped] = [Verdict::Passed, Verdict::Untyped].map(verdict);
        assert_eq!(passed.text(), "A  pass\n");
        assert_eq!(missed().text(), "A  ?: 404 not found\n");
        assert_eq!(missed().losses("A  pass\n"), ["A passed: 404 not found"]);
        assert_eq!(
            untyped.losses("A  pass\n"),
            ["A passed: it has no type any more"]
        );
        for better in [&passed, &untyped] {
            assert!(better.losses("A  pass, untyped\n").is_empty());
        }
        assert!(missed().losses("A  ?: 404 not found\n").is_empty());
    }

    #[test]
    fn what_is_committed_is_read_as_it_was_written() {
        let docs = tempfile::tempdir().unwrap();
        let list = |verdicts| List {
            client: Client::N8n,
            version: "3.1.0",
            scenarios: &[],
            notes: Vec::new(),
            verdicts,
        };
        let verdicts = [
            ("A".to_owned(), Verdict::Passed),
            ("B".to_owned(), Verdict::Untyped),
            ("C".to_owned(), Verdict::Missed("?: 404".to_owned())),
        ];
        let text = "A  pass\nB  pass, untyped\nC  ?: 404\n";
        let path = docs.path().join("conformance/n8n-3.1.0.txt");
        write(&path, text).unwrap();
        let read = list(BTreeMap::new()).committed(docs.path());
        assert_eq!(read.verdicts, BTreeMap::from(verdicts));
    }

    #[test]
    fn what_the_server_saw_is_read_from_all_its_reports() {
        let seen = seen(r#"[{"results": {"A": "pass"}}, {"results": {"B": "fail"}}]"#);
        assert_eq!(seen.get("A").map(String::as_str), Some("pass"));
        assert_eq!(seen.get("B").map(String::as_str), Some("fail"));
    }
}
