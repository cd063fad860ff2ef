//! The corpus: real documents, every one of which must generate, compile and lose nothing in silence.
//!
//! ```text
//! documents  the entry documents of a folder
//! run        a program in a process of its own: processor time, memory, a deadline
//! facts      what came of a document, in numbers
//! stages     generating, checking the Rust, checking the n8n package
//! table      the facts of all documents as Markdown, and back
//! ```
//!
//! Facts must be those of the committed table; figures of time and memory may move.

mod documents;
mod facts;
mod run;
mod stages;
mod table;

use crate::output::{self, counted};
use crate::workspace::{Failure, Workspace, unreadable};
use documents::Document;
use facts::Row;
use run::Cost;
use std::path::{Path, PathBuf};
use table::Table;

/// Where the table is.
const TABLE: &str = "docs/corpus.md";

/// What is checked of the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Everything.
    Whole,
    /// What takes three minutes: all documents generate, and the Rust and the n8n package of a few that
    /// differ as much as possible are checked, see [`stages::REPRESENTATIVE`].
    Part,
}

/// What to do.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The folder of the documents; the open corpus beside the repository when none is named.
    pub(crate) documents: Option<PathBuf>,
    pub(crate) extent: Extent,
    /// Writes nothing, and fails when the facts are not those of the table.
    pub(crate) check: bool,
}

/// Checks the documents; returns whether all is well. Without the folder it is skipped, and said so.
///
/// # Errors
/// The folder named does not exist, a program cannot be run, or the table cannot be written.
pub(crate) fn passes(workspace: &Workspace, options: &Options) -> Result<bool, Failure> {
    let own = workspace.root().join("../shared/specs/open");
    let folder = options.documents.clone().unwrap_or(own);
    if !folder.is_dir() {
        if options.documents.is_some() {
            let message = format!("{}: there is no such folder", folder.display());
            return Err(Failure::Usage(message));
        }
        output::note("skipped: ../shared/specs/open is not here");
        return Ok(true);
    }
    let documents = documents::find(&folder).map_err(|error| unreadable(&folder, &error))?;
    let whole = options.extent == Extent::Whole;
    let mut corpus = Corpus {
        workspace,
        options,
        generator: stages::generator(workspace, whole)?,
        work: workspace.root().join("target/corpus"),
        rows: Vec::new(),
        failed: Vec::new(),
        faults: Vec::new(),
    };
    for document in &documents {
        corpus.document(document)?;
    }
    if whole && !stages::conserves(workspace, &folder)? {
        corpus
            .faults
            .push("something was lost in silence".to_owned());
    }
    let faults = corpus.finish()?;
    for fault in &faults {
        output::line(format_args!("corpus: {}", output::printable(fault)));
    }
    let checked = counted(documents.len(), "document");
    output::note(format_args!(
        "{checked}, {}",
        counted(faults.len(), "fault")
    ));
    Ok(faults.is_empty())
}

/// A run over all documents.
struct Corpus<'a> {
    workspace: &'a Workspace,
    options: &'a Options,
    generator: PathBuf,
    work: PathBuf,
    rows: Vec<Row>,
    /// The documents of which nothing came.
    failed: Vec<String>,
    faults: Vec<String>,
}

impl Corpus<'_> {
    fn document(&mut self, document: &Document) -> Result<(), Failure> {
        let name = &document.name;
        output::note(format_args!("{name}:"));
        let out = self.work.join("out").join(&document.api);
        let generated = stages::generate(&self.generator, document, &out)?;
        let mut row = match generated {
            Ok(row) => row,
            Err(fault) => {
                self.faults.push(format!("{name}: {fault}"));
                self.failed.push(name.clone());
                return Ok(());
            }
        };
        let before = self.faults.len();
        let whole = self.options.extent == Extent::Whole;
        let chosen = whole || stages::REPRESENTATIVE.contains(&document.api.as_str());
        if whole {
            let fault = stages::is_unchanged(&self.generator, document, &out)?;
            self.note(name, fault);
        }
        if chosen {
            match stages::check(self.workspace, &self.work, &document.api, &out)? {
                Ok(cost) => row.checked = cost,
                Err(fault) => self.faults.push(format!("{name}: {fault}")),
            }
        }
        if !whole {
            row.generated = Cost::default();
        }
        let few = row.n8n_actions() <= stages::MOST_LINTED;
        if (whole && few) || stages::LINTED.contains(&document.api.as_str()) {
            self.note(name, stages::lint(self.workspace, &document.api, &out)?);
        }
        self.rows.push(row);
        // What is well needs no second look, and takes room.
        if self.faults.len() == before {
            for folder in [out, self.work.join("check").join(&document.api)] {
                let _ = std::fs::remove_dir_all(folder);
            }
        }
        Ok(())
    }

    fn note(&mut self, name: &str, fault: Option<String>) {
        self.faults
            .extend(fault.map(|fault| format!("{name}: {fault}")));
    }

    /// Compares with the committed table, or writes it; gives all faults.
    fn finish(mut self) -> Result<Vec<String>, Failure> {
        if self.options.documents.is_some() {
            output::line(Table::of(self.rows).markdown().trim_end());
            return Ok(self.faults);
        }
        let path = self.workspace.root().join(TABLE);
        let committed = Table::read(&std::fs::read_to_string(&path).unwrap_or_default());
        let table = Table::of(self.rows);
        if self.options.check {
            self.faults.extend(table.differences(&committed));
            return Ok(self.faults);
        }
        write(&path, &table.keeping(&committed, &self.failed).text())?;
        Ok(self.faults)
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| unreadable(path, &error))
}
