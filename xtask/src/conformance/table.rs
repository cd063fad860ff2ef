//! `docs/conformance.md`: how many scenarios pass, by group, and why the others do not.

use super::list::{List, Verdict};
use super::scenarios::Scenario;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What stands above the table.
const ABOVE: &str = "\
# Conformance

What `cargo xtask test --conformance` found: clients generated from the documents of
[Spector](https://github.com/microsoft/typespec/tree/main/packages/http-specs), TypeSpec's suite for HTTP
clients, against its server. Every call is made by name, with JSON that becomes the arguments of the typed
method; the server says whether the request was right, and what was read is written as JSON again and
compared with what was sent. In an answer null and absent are one thing.

Untyped is what passes as bytes or text, or with parts of a form that the caller makes: forms with files,
events, lines of JSON. The lists are in [`conformance`](conformance); they may only grow.
";

/// The page.
pub(super) fn page(lists: &[List<'_>]) -> String {
    let mut text = ABOVE.to_owned();
    text.push_str("\n| group |");
    for list in lists {
        let _ = write!(text, " OpenAPI {} |", list.version);
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(lists.len()));
    let scenarios = lists.first().map_or(&[][..], |list| list.scenarios);
    let groups: BTreeSet<String> = scenarios.iter().map(Scenario::group).collect();
    row(&mut text, "all", lists, |_| true);
    row(
        &mut text,
        "no XML, no multipart, no streams",
        lists,
        is_plain,
    );
    for group in groups {
        row(&mut text, &group, lists, |it| it.group() == group);
    }
    text.push_str("\n\n## What does not pass\n");
    for (class, (why, names)) in misses(lists) {
        let _ = write!(text, "\n### {class}: {}\n\n{why}\n\n", names.len());
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let _ = writeln!(text, "{}", names.join(", "));
    }
    text
}

fn row(text: &mut String, name: &str, lists: &[List<'_>], fits: impl Fn(&Scenario) -> bool) {
    let _ = write!(text, "\n| {name} |");
    for list in lists {
        let _ = write!(text, " {} |", list.count(&fits));
    }
}

/// Whether a scenario needs neither XML nor forms nor streams.
fn is_plain(scenario: &Scenario) -> bool {
    let bodies = scenario
        .apis
        .iter()
        .flat_map(|it| [&it.request.body, &it.response.body]);
    !bodies.flatten().any(|it| it.is_untyped() || it.is_xml())
}

/// The scenarios that do not pass in some version, by their reasons: those with most of them first.
fn misses<'l>(lists: &'l [List<'_>]) -> Vec<(&'l str, (&'l str, BTreeSet<&'l str>))> {
    let mut classes: BTreeMap<&str, (&str, BTreeSet<&str>)> = BTreeMap::new();
    for list in lists {
        for (name, verdict) in &list.verdicts {
            if matches!(verdict, Verdict::Missed(_)) {
                let miss = list.notes.class(name);
                let class = miss.map_or("not looked at yet", |miss| &miss.class);
                let why = miss.map_or("", |miss| &miss.why);
                let (_, names) = classes.entry(class).or_insert((why, BTreeSet::new()));
                names.insert(name);
            }
        }
    }
    let mut classes: Vec<_> = classes.into_iter().collect();
    classes.sort_by_key(|(_, (_, names))| std::cmp::Reverse(names.len()));
    classes
}
