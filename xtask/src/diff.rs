//! What would change, as a unified diff.

use crate::apply::{Change, Comparison};
use crate::output::printable;
use similar::TextDiff;
use std::fmt::Write;

/// How many lines of one file's diff are shown.
const LINES: usize = 40;

/// How many files are shown with their diff; the others are only named.
const FILES: usize = 20;

/// The diff of every changed file, and the names of those that are missing or left over, for people.
/// `folder` is how the compared folder is called.
pub(crate) fn text(comparison: &Comparison, folder: &str) -> String {
    let mut text = String::new();
    let mut shown = 0;
    for (path, change) in comparison.changes() {
        let name = printable(&format!("{folder}/{path}"));
        if let (Change::Update(before), Some(after)) = (change, comparison.text(path)) {
            shown += 1;
            if shown <= FILES {
                text.push_str(&unified(&name, before, after));
                continue;
            }
        }
        let _ = writeln!(text, "{}: {name}", change.as_str());
    }
    text
}

fn unified(name: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let whole = diff
        .unified_diff()
        .context_radius(2)
        .header(name, name)
        .to_string();
    let count = whole.lines().count();
    let mut text = String::new();
    for line in whole.lines().take(LINES) {
        text.push_str(&printable(line));
        text.push('\n');
    }
    if count > LINES {
        let _ = writeln!(text, "... and {} more lines of {name}", count - LINES);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apply::Extent;
    use specwright::plan::WritePlan;

    #[test]
    fn every_change_is_shown_and_long_ones_are_cut() {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in [("a", "one\ntwo\n"), ("long", "")] {
            std::fs::write(dir.path().join(path), text).unwrap();
        }
        let mut plan = WritePlan::new();
        plan.add("a", "one\n\x1b[2J\n").unwrap();
        plan.add("b", "new").unwrap();
        plan.add("long", "line\n".repeat(100)).unwrap();
        let comparison = Comparison::new(dir.path(), plan, Extent::Whole).unwrap();
        let text = text(&comparison, "out");
        assert!(text.starts_with("--- out/a\n+++ out/a\n"), "{text}");
        assert!(text.contains("-two\n+\u{fffd}[2J\n"), "{text}");
        assert!(text.contains("\nmissing: out/b\n"), "{text}");
        assert!(
            text.ends_with("... and 63 more lines of out/long\n"),
            "{text}"
        );
    }
}
