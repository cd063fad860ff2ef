//! What the compiler and its output cost, beside the budgets and beside the peers.
//!
//! ```text
//! figure      one measured figure, its bar, and what others need
//! table       figures as text and as JSON
//! cost        a program that is run, and what that took
//! subject     the crates that are compared: our output and the peers', from one document
//! generation  generating: processor time per stage, memory
//! size        what was generated: lines and bytes
//! build       checking and building what was generated
//! calls       calling it
//! n8n         the n8n package: what an item costs, loading, size
//! ```
//!
//! Figures are processor time (user and system, of all threads and children) and peak resident memory,
//! since a machine with other work to do tells nothing by the clock. Of several runs the least counts.

mod build;
mod calls;
mod cost;
mod figure;
mod generation;
mod n8n;
mod size;
mod subject;
mod table;

use crate::workspace::{Failure, Workspace};
use figure::Figure;
use std::path::PathBuf;
use subject::Subjects;

pub(crate) use cost::cargo;
pub(crate) use table::{json, text};

/// A group of figures that can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Section {
    /// Generating: processor time per stage, and memory.
    Generation,
    /// What is generated: lines and bytes.
    Size,
    /// `cargo check` and a release build of what is generated.
    Build,
    /// Calling it: overhead, decoding, encoding.
    Calls,
    /// The n8n package: what an item costs, loading, size. Needs Node.js.
    N8n,
}

impl Section {
    pub(crate) const ALL: [Self; 5] = [
        Self::Generation,
        Self::Size,
        Self::Build,
        Self::Calls,
        Self::N8n,
    ];
}

/// Where measuring happens.
#[derive(Debug)]
struct Bench {
    workspace: Workspace,
    /// Below the build folder; what is in it can be thrown away.
    folder: PathBuf,
    /// The command line itself, built with optimisation.
    xtask: PathBuf,
    /// Real documents, where there are some: the optional corpus.
    corpus: PathBuf,
    runs: usize,
}

/// Measures the sections that are asked for. `say` is told what is going on.
///
/// # Errors
/// When something that is measured fails.
pub(crate) fn run(
    sections: &[Section],
    runs: usize,
    say: &dyn Fn(&str),
) -> Result<Vec<Figure>, Failure> {
    let workspace = Workspace::here();
    let bench = Bench {
        folder: workspace.root().join("target/bench"),
        xtask: workspace
            .root()
            .join("target/release/xtask")
            .with_extension(std::env::consts::EXE_EXTENSION),
        corpus: workspace.root().join("../shared/specs"),
        runs: runs.max(1),
        workspace,
    };
    std::fs::create_dir_all(&bench.folder)
        .map_err(|error| crate::workspace::unreadable(&bench.folder, &error))?;
    let mut figures = Vec::new();
    let alone = [Section::Calls, Section::N8n];
    let needs_output = sections.iter().any(|section| !alone.contains(section));
    if needs_output {
        say("building the command line with optimisation");
        bench.build_xtask()?;
        let subjects = Subjects::generate(&bench, say)?;
        for section in sections {
            match section {
                Section::Generation => figures.extend(generation::measure(&bench, &subjects, say)?),
                Section::Size => figures.extend(size::measure(&bench, &subjects)?),
                Section::Build => figures.extend(build::measure(&bench, &subjects, say)?),
                Section::Calls | Section::N8n => {}
            }
        }
    }
    if sections.contains(&Section::Calls) {
        say("measuring calls");
        figures.extend(calls::measure(&bench)?);
    }
    if sections.contains(&Section::N8n) {
        say("measuring the n8n package");
        figures.extend(n8n::measure(&bench)?);
    }
    Ok(figures)
}

impl Bench {
    fn build_xtask(&self) -> Result<(), Failure> {
        let mut command = cost::cargo();
        command
            .args(["build", "--release", "--quiet", "-p", "xtask"])
            .current_dir(self.workspace.root());
        cost::run(&mut command).map(drop)
    }
}
