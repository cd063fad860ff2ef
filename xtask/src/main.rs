//! Specwright's command line: `cargo xtask <command>`.
//!
//! The only part of the project that touches disk, network, clock and terminal. What a generation
//! wants to write is decided by the generator; here it is compared with what is there.
//!
//! ```text
//! commands    one file per command: its arguments, and what it does in order
//! disk        the files that a document may read
//! apply       a write plan against a folder: compare, then write or report
//! report      diagnostics, as text and as JSON
//! bench       what it costs, beside the budgets and beside other generators
//! serve       a stand-in for any API: stateful, strict, in memory
//! corpus      real documents, every one generated and checked, with a table of what came of them
//! examples    what the README shows, run against the stand-in
//! n8n         n8n packages: built and checked by n8n's own tools, and proved to work
//! npm         npm packages that tests need
//! mock        a validating mock server, which the tests call the generated clients against
//! ```

mod apply;
mod bench;
mod commands;
mod conformance;
mod corpus;
mod diff;
mod disk;
mod examples;
mod mock;
mod n8n;
mod npm;
mod output;
mod report;
mod serve;
mod timings;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A generation makes and drops millions of small values: trees of tokens, schemas, names.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Compiles OpenAPI documents into Rust SDKs, n8n nodes and reference documentation.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Generate(commands::generate::Args),
    Inspect(commands::inspect::Args),
    Serve(commands::serve::Args),
    Test(commands::test::Args),
    Bench(commands::bench::Args),
}

/// How a command ended, as the shell sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// It did its work.
    Done,
    /// Nothing could be generated, something is stale, or a test failed.
    Failed,
    /// It was called in a way that makes no sense.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Failed => Self::from(1),
            Exit::Usage => Self::from(2),
        }
    }
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Generate(args) => commands::generate::run(&args),
        Command::Inspect(args) => commands::inspect::run(&args),
        Command::Serve(args) => commands::serve::run(&args),
        Command::Test(args) => commands::test::run(&args),
        Command::Bench(args) => commands::bench::run(&args),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::error(&failure);
            failure.exit().into()
        }
    }
}
