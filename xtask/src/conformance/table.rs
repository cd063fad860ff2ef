//! `docs/conformance.md`: how many scenarios pass, by group, and why the others do not.

use super::Client;
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

Untyped is what passes as text: lines of JSON that are sent. The lists are in [`conformance`](conformance); they may
only grow.

The packages for n8n are generated from the same documents, and their nodes run in n8n's own code (n8n-core).
A scenario's values are filled into the node's form, and its output items are compared with what was sent.
Untyped are XML, events and lines of JSON, which the nodes send and give as text.

Documents in Swagger 2.0 have [a suite of their own](conformance/swagger.md).
";

/// What stands above the reasons for what does not pass.
const REASONS: [(Client, &str); 2] = [
    (Client::Rust, "What does not pass"),
    (Client::N8n, "What does not pass in n8n"),
];

/// The page.
pub(super) fn page(lists: &[List<'_>]) -> String {
    let mut text = ABOVE.to_owned();
    text.push_str("\n| group |");
    for list in lists {
        let _ = write!(text, " {} |", list.name());
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
    text.push('\n');
    for (client, heading) in REASONS {
        reasons(&mut text, heading, lists, client);
    }
    text
}

fn reasons(text: &mut String, heading: &str, lists: &[List<'_>], client: Client) {
    let _ = write!(text, "\n## {heading}\n");
    for (class, (why, names)) in misses(lists, client) {
        let why = why.trim();
        let _ = write!(text, "\n### {class}: {}\n\n{why}\n\n", names.len());
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let _ = writeln!(text, "{}", names.join(", "));
    }
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

/// A reason: what there is to know of it, and the scenarios.
type Reason<'l> = (&'l str, BTreeSet<&'l str>);

/// The scenarios that a client does not pass in some version, by their reasons: those with most of them
/// first.
fn misses<'l>(lists: &'l [List<'_>], client: Client) -> Vec<(&'l str, Reason<'l>)> {
    let mut classes: BTreeMap<&str, Reason<'_>> = BTreeMap::new();
    for list in lists.iter().filter(|list| list.client == client) {
        for (name, verdict) in &list.verdicts {
            if matches!(verdict, Verdict::Missed(_)) {
                let miss = list.class(name);
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
