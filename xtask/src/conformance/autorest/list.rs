//! Which scenarios pass, and why the others do not: a committed list, which may only grow.

use super::super::Keeping;
use super::super::list::{self, Count, Verdict, line};
use super::{Miss, Outcome};
use crate::workspace::Failure;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const PASSED: &str = "pass";

/// The scenario of a document, as the lists have it.
fn name((document, scenario): &(String, String)) -> String {
    format!("{document}: {scenario}")
}

impl Outcome {
    /// How many scenarios pass, of the documents that fit.
    pub(super) fn count(&self, fits: impl Fn(&str) -> bool) -> Count {
        let fitting = self
            .verdicts
            .iter()
            .filter(|((document, _), _)| fits(document));
        let mut count = Count::default();
        for (_, verdict) in fitting {
            count.all += 1;
            count.passed += usize::from(*verdict == Verdict::Passed);
        }
        count
    }

    fn class(&self, name: &str) -> Option<&Miss> {
        let has = |miss: &&Miss| miss.scenarios.iter().any(|own| own == name);
        self.misses.iter().find(has)
    }

    fn faulty(&self) -> impl Iterator<Item = (String, &str)> {
        self.verdicts
            .iter()
            .filter_map(|(key, verdict)| match verdict {
                Verdict::Missed(fault) => Some((name(key), fault.as_str())),
                Verdict::Untyped | Verdict::Passed => None,
            })
    }

    /// Those that do not pass, each with what happened.
    pub(super) fn missed(&self) -> impl Iterator<Item = String> {
        self.faulty()
            .map(|(name, fault)| format!("  {name}: {}", line(fault)))
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (key, verdict) in &self.verdicts {
            let name = name(key);
            let said = match verdict {
                Verdict::Missed(fault) => {
                    let class = self.class(&name).map_or("?", |miss| &miss.class);
                    format!("{class}: {}", line(fault))
                }
                Verdict::Untyped | Verdict::Passed => PASSED.to_owned(),
            };
            let _ = writeln!(text, "{name}  {said}");
        }
        text
    }

    /// What is wrong beside the committed list, which may only grow; `whole`: nothing was left out.
    pub(super) fn faults(&self, docs: &Path, keeping: Keeping, whole: bool) -> Vec<String> {
        let committed = std::fs::read_to_string(path(docs)).unwrap_or_default();
        let passed = committed.lines().filter_map(|line| line.split_once("  "));
        let passed: BTreeSet<&str> = passed
            .filter_map(|(name, said)| (said == PASSED).then_some(name))
            .collect();
        let mut faults = Vec::new();
        for (name, fault) in self.faulty() {
            if keeping != Keeping::Bless && passed.contains(name.as_str()) {
                faults.push(format!("{name} passed: {}", line(fault)));
            } else if self.class(&name).is_none() {
                let place = "xtask/conformance/autorest.toml";
                faults.push(format!(
                    "{name}: its reason is not in {place}: {}",
                    line(fault)
                ));
            }
        }
        let called: BTreeSet<String> = self.verdicts.keys().map(name).collect();
        let gone = passed
            .iter()
            .filter(|name| whole && !called.contains(**name));
        if keeping != Keeping::Bless {
            faults.extend(gone.map(|name| format!("{name} passed, and is no longer called")));
        }
        let missed: BTreeSet<String> = self.faulty().map(|(name, _)| name).collect();
        let reasons = self.misses.iter().flat_map(|miss| &miss.scenarios);
        let stale = reasons.filter(|name| whole && !missed.contains(*name));
        faults.extend(
            stale.map(|name| {
                format!("{name} passes: take it out of xtask/conformance/autorest.toml")
            }),
        );
        if keeping == Keeping::Check && faults.is_empty() && committed != self.text() {
            faults.push("the list is stale: cargo xtask test --conformance writes it".to_owned());
        }
        faults.into_iter().map(|it| format!("2.0: {it}")).collect()
    }

    /// Writes the list and the page.
    pub(super) fn write(&self, docs: &Path) -> Result<(), Failure> {
        list::write(&path(docs), &self.text())?;
        list::write(&docs.join("conformance/swagger.md"), &page(self))
    }
}

fn path(docs: &Path) -> PathBuf {
    docs.join("conformance/swagger-2.0.txt")
}

/// `docs/conformance/swagger.md`.
fn page(outcome: &Outcome) -> String {
    let mut text = ABOVE.to_owned();
    let calls = outcome.lines.len();
    let compared = outcome.lines.iter().filter(|it| it.is_compared()).count();
    let _ = writeln!(
        text,
        "\nOf the {calls} calls {compared} say what must be read, or how the call must fail; the others have no \
         value to be compared,\nor the suite leaves it open, and the server's count is what they are judged \
         by. It counts by the name of a scenario,\nwhich some documents share."
    );
    let _ = write!(text, "\n| document | passes |\n|---|---|");
    let _ = write!(text, "\n| all | {} |", outcome.count(|_| true));
    let documents: BTreeSet<&str> = outcome
        .lines
        .iter()
        .map(|it| it.document.as_str())
        .collect();
    for document in documents {
        let count = outcome.count(|own| own == document);
        let _ = write!(text, "\n| {document} | {count} |");
    }
    text.push_str("\n\n## What does not pass\n");
    let mut classes: BTreeMap<&str, (&str, Vec<String>)> = BTreeMap::new();
    for (name, _) in outcome.faulty() {
        let miss = outcome.class(&name);
        let class = miss.map_or("not looked at yet", |miss| &miss.class);
        let why = miss.map_or("", |miss| &miss.why);
        classes
            .entry(class)
            .or_insert((why, Vec::new()))
            .1
            .push(name);
    }
    let mut classes: Vec<_> = classes.into_iter().collect();
    classes.sort_by_key(|(_, (_, names))| std::cmp::Reverse(names.len()));
    for (class, (why, names)) in classes {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let _ = write!(text, "\n### {class}: {}\n\n{}\n\n", names.len(), why.trim());
        let _ = writeln!(text, "{}", names.join(", "));
    }
    text
}

/// What stands above the table.
const ABOVE: &str = "\
# Swagger 2.0

What `cargo xtask test --conformance` found with a second suite (`--only swagger/` runs it alone): clients of the
documents of [AutoRest's test server](https://github.com/Azure/autorest.testserver), against that server, which
counts the requests that are right. What is called for each of its scenarios is a table of this repository,
`xtask/conformance/autorest.jsonl`; so is what must be read, and what must be refused. Not in it are Azure's long
running operations, operations that stand in extensions of Swagger, and a body of 3 GB, which a call by name would hold
in memory. All documents must compile.

The list is [`swagger-2.0.txt`](swagger-2.0.txt); it may only grow.
";
