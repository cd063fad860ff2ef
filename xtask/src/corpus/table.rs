//! The table: facts and figures of all documents as Markdown, and back.

use super::facts::{FACTS, Row};
use super::run::Cost;
use std::fmt::Write;

/// How far a figure may move before it is written anew, as a part of itself.
const MOVES: f64 = 0.4;

const HEAD: &str = "\
# The corpus

What Specwright makes of real documents, written by `cargo xtask test --corpus`. The documents are other
people's and not in this repository; they are looked for in `../shared/specs/open`.

Facts must be these, or `cargo xtask test --corpus --check` fails. Figures are processor seconds and MiB
on two cores, for generating the three outputs with an optimised build, and for `cargo check` of the Rust
with its dependencies built; they are written anew only when they move by more than two fifths.

";

/// The rows, ordered by document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    rows: Vec<Row>,
}

impl Table {
    pub(super) fn of(mut rows: Vec<Row>) -> Self {
        rows.sort_by(|one, other| one.document.cmp(&other.document));
        Self { rows }
    }

    /// Reads what [`Table::text`] wrote; lines that are no rows are passed over.
    pub(super) fn read(text: &str) -> Self {
        Self::of(text.lines().filter_map(row).collect())
    }

    /// The file: what it is about, and the rows.
    pub(super) fn text(&self) -> String {
        HEAD.to_owned() + &self.markdown()
    }

    /// The rows alone, for documents that [`HEAD`] does not speak of.
    pub(super) fn markdown(&self) -> String {
        let mut text = String::new();
        let titles = FACTS.join(" | ");
        let _ = writeln!(text, "| document | {titles} | generating | checking |");
        let _ = writeln!(text, "|---|{}---|---|", "---|".repeat(FACTS.len()));
        for row in &self.rows {
            let facts = row.facts.join(" | ");
            let (generated, checked) = (figure(row.generated), figure(row.checked));
            let _ = writeln!(
                text,
                "| {} | {facts} | {generated} | {checked} |",
                row.document
            );
        }
        text
    }

    /// The same facts, with the figures of another table where they have hardly moved, and its rows of
    /// documents that came to nothing in this run.
    pub(super) fn keeping(mut self, before: &Self, failed: &[String]) -> Self {
        for row in &mut self.rows {
            if let Some(old) = before.row(&row.document) {
                row.generated = kept(old.generated, row.generated);
                row.checked = kept(old.checked, row.checked);
            }
        }
        let failed = before
            .rows
            .iter()
            .filter(|old| failed.contains(&old.document));
        self.rows.extend(failed.cloned());
        Self::of(self.rows)
    }

    /// Where the facts are others than the committed table's.
    pub(super) fn differences(&self, committed: &Self) -> Vec<String> {
        let mut differences = Vec::new();
        for row in &self.rows {
            let name = &row.document;
            let Some(old) = committed.row(name) else {
                differences.push(format!("{name}: it is not in the table"));
                continue;
            };
            for ((fact, now), was) in FACTS.iter().zip(&row.facts).zip(&old.facts) {
                if now != was {
                    differences.push(format!("{name}: {fact}: {was} became {now}"));
                }
            }
        }
        let gone = committed
            .rows
            .iter()
            .filter(|old| self.row(&old.document).is_none());
        differences.extend(gone.map(|old| format!("{}: it is gone", old.document)));
        if !differences.is_empty() {
            differences.push("write the table with `cargo xtask test --corpus`".to_owned());
        }
        differences
    }

    fn row(&self, document: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.document == document)
    }
}

fn row(line: &str) -> Option<Row> {
    let line = line.strip_prefix("| ")?.strip_suffix(" |")?;
    let mut cells: Vec<&str> = line.split(" | ").map(str::trim).collect();
    let (checked, generated) = (cost(cells.pop()?)?, cost(cells.pop()?)?);
    let (document, facts) = cells.split_first()?;
    (facts.len() == FACTS.len()).then(|| Row {
        document: (*document).to_owned(),
        facts: facts.iter().map(|fact| (*fact).to_owned()).collect(),
        generated,
        checked,
    })
}

/// `1.2 s, 120 MiB`; a dash for what was not measured.
fn figure(cost: Cost) -> String {
    if cost == Cost::default() {
        return "-".to_owned();
    }
    let memory = cost.memory.div_ceil(10) * 10;
    match cost.cpu {
        cpu if cpu < 10.0 => format!("{cpu:.1} s, {memory} MiB"),
        cpu => format!("{cpu:.0} s, {memory} MiB"),
    }
}

fn cost(text: &str) -> Option<Cost> {
    if text == "-" {
        return Some(Cost::default());
    }
    let (cpu, memory) = text.strip_suffix(" MiB")?.split_once(" s, ")?;
    Some(Cost {
        cpu: cpu.parse().ok()?,
        memory: memory.parse().ok()?,
    })
}

/// The old figure, unless the new one is far from it; the old one too where nothing was measured.
fn kept(old: Cost, new: Cost) -> Cost {
    #[expect(clippy::cast_precision_loss, reason = "MiB are far from 2^53")]
    let near = (new.cpu - old.cpu).abs() <= old.cpu * MOVES
        && (new.memory as f64 - old.memory as f64).abs() <= old.memory as f64 * MOVES;
    if new == Cost::default() || near {
        old
    } else {
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(document: &str, lines: &str, cpu: f64) -> Row {
        let mut facts = vec!["1".to_owned(); FACTS.len()];
        facts[6] = lines.to_owned();
        facts[9] = String::new();
        Row {
            document: document.to_owned(),
            facts,
            generated: Cost { cpu, memory: 50 },
            checked: Cost::default(),
        }
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let table = Table::of(vec![row("b.json", "9", 12.0), row("a.json", "8", 0.5)]);
        assert_eq!(Table::read(&table.text()), table);
        assert_eq!(table.rows[0].document, "a.json");
    }

    #[test]
    fn of_other_documents_nothing_is_said_that_is_true_of_the_corpus_only() {
        let text = Table::of(vec![row("a", "8", 1.0)]).markdown();
        assert!(text.starts_with("| document | "), "{text}");
        assert!(text.contains("\n| a | "), "{text}");
    }

    #[test]
    fn facts_must_be_the_same_and_figures_need_not() {
        let committed = Table::of(vec![row("a", "8", 1.0), row("gone", "1", 1.0)]);
        let same = Table::of(vec![row("a", "8", 9.0), row("gone", "1", 1.0)]);
        assert!(same.differences(&committed).is_empty());
        let other = Table::of(vec![row("a", "9", 1.0), row("new", "1", 1.0)]);
        let differences = other.differences(&committed);
        assert_eq!(
            differences[..3],
            [
                "a: lines of Rust: 8 became 9",
                "new: it is not in the table",
                "gone: it is gone"
            ]
        );
    }

    #[test]
    fn figures_that_hardly_moved_stay() {
        let before = Table::of(vec![row("a", "8", 1.0)]);
        let near = Table::of(vec![row("a", "8", 1.3)]).keeping(&before, &[]);
        assert_eq!(near.rows[0].generated.cpu, 1.0);
        let far = Table::of(vec![row("a", "8", 2.0)]).keeping(&before, &[]);
        assert_eq!(far.rows[0].generated.cpu, 2.0);
        let none = Table::of(Vec::new());
        assert_eq!(none.clone().keeping(&before, &["a".to_owned()]), before);
        assert_eq!(none.clone().keeping(&before, &[]), none, "it is gone");
    }
}
