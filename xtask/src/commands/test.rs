//! `test`: every test there is.

use crate::Exit;
use crate::conformance::{self, Client, Keeping};
use crate::corpus::{self, Extent};
use crate::examples;
use crate::mock;
use crate::n8n;
use crate::output;
use crate::workspace::{Failure, Workspace};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const EXAMPLES: &str = "\
Examples:
  cargo xtask test          the tests
  cargo xtask test --all    the slow ones as well
  cargo xtask test --list   what there is, and what it needs
  cargo xtask test --corpus every real document in ../shared/specs/open, and docs/corpus.md of it
  cargo xtask test --corpus --documents ../mine
                            the documents of another folder; prints its table
  cargo xtask test --conformance
                            clients of ../shared/conformance/spector against its server, in Rust and
                            n8n's own code, and docs/conformance.md of it

Without Node.js neither the mock server nor n8n's tools can run: their tests are skipped, but not with
--all or CI=true. The first run downloads n8n's engine and tools (900 MB) into target/n8n.

Exit status: 0 all passed; 1 one failed, or what it needs is missing.";

/// Runs the tests.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Runs the slow ones as well.
    #[arg(long)]
    all: bool,
    /// Only says what there is.
    #[arg(long)]
    list: bool,
    /// Only real documents: each generates, compiles and loses nothing in silence. Takes half an hour.
    #[arg(long, conflicts_with_all = ["all", "list"])]
    corpus: bool,
    /// Only the suite of ../shared/conformance: what clients of its documents send and read.
    #[arg(long, conflicts_with_all = ["all", "list", "corpus"])]
    conformance: bool,
    /// Only scenarios whose name or folder has this in it: `payload/xml`; `swagger/` and a text for those of
    /// Swagger 2.0. Writes nothing, but for `swagger/` alone.
    #[arg(long, value_name = "TEXT", requires = "conformance")]
    only: Option<String>,
    /// Only one kind of client.
    #[arg(long, requires = "conformance")]
    client: Option<Client>,
    /// Writes docs/conformance also where a scenario no longer passes.
    #[arg(long, requires = "conformance", conflicts_with = "check")]
    bless: bool,
    /// All documents generate, and only a few small ones are compiled: what --all does.
    #[arg(long, requires = "corpus")]
    quick: bool,
    /// A folder of documents instead of the corpus.
    #[arg(long, value_name = "DIR", requires = "corpus")]
    documents: Option<PathBuf>,
    /// Leaves docs/corpus.md or docs/conformance.md as it is, and fails when what it says is not so.
    #[arg(long)]
    check: bool,
}

/// One set of tests.
struct Step {
    /// What it protects.
    name: &'static str,
    /// The programs it needs, found by asking for their version.
    needs: &'static [&'static str],
    /// Its program and arguments, run in the repository's root.
    command: &'static [&'static str],
    /// Whether it runs with `--all` only.
    slow: bool,
}

/// Every set of tests, in the order they run: quick ones first.
const STEPS: &[Step] = &[
    Step {
        name: "the generator, the runtime and the generated code",
        needs: &["cargo"],
        command: &["cargo", "test", "--workspace", "--quiet"],
        slow: false,
    },
    Step {
        name: "the generated files are up to date",
        needs: &["cargo"],
        command: &["cargo", "xtask", "generate", "--check"],
        slow: true,
    },
    Step {
        name: "the documentation builds as a book, and every link in it leads somewhere",
        needs: &["cargo"],
        command: &[
            "cargo",
            "run",
            "--quiet",
            "--manifest-path",
            "xtask/book/Cargo.toml",
            "--target-dir",
            "target/book",
            "--locked",
            "--",
            "generated/docs",
            "target/books",
        ],
        slow: true,
    },
    Step {
        name: "the formatting",
        needs: &["cargo"],
        command: &["cargo", "fmt", "--all", "--check"],
        slow: true,
    },
    Step {
        name: "the lints",
        needs: &["cargo"],
        command: &[
            "cargo",
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ],
        slow: true,
    },
];

/// What calling every action of the generated clients protects; it runs after the quick steps.
const CLIENTS: &str = "the mock of each API accepts every action of its client";

/// What calling them on a stand-in protects.
const ROUND_TRIP: &str = "the stand-in of each API gives back what its client sends";

/// What running the examples protects.
const EXAMPLES_RUN: &str = "the examples of each API run against its stand-in";

/// What the runtime's own tests protect.
const N8N_RUNTIME: &str = "the runtime of n8n packages";

/// What building and checking the packages protects.
const N8N_PACKAGES: &str = "n8n's own tools build every package and find nothing in it";

/// What running every action in n8n's own code protects.
const N8N_PROOF: &str = "every action of every package does in n8n what its document says";

/// What the conformance suite protects.
const CONFORMANCE: &str = "clients send and read what an independent suite says";

/// What a part of the corpus protects.
const CORPUS: &str = "real documents generate, and what comes of them is known";

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<Exit, Failure> {
    if args.corpus {
        let options = corpus::Options {
            documents: args.documents.clone(),
            extent: if args.quick {
                Extent::Part
            } else {
                Extent::Whole
            },
            check: args.check,
        };
        let passed = corpus::passes(&Workspace::here(), &options)?;
        return Ok(if passed { Exit::Done } else { Exit::Failed });
    }
    if args.check && !args.corpus && !args.conformance {
        let message = "--check goes with --corpus or --conformance";
        return Err(Failure::Usage(message.to_owned()));
    }
    if args.conformance {
        let keeping = match (args.check, args.bless) {
            (true, _) => Keeping::Check,
            (false, true) => Keeping::Bless,
            (false, false) => Keeping::Grow,
        };
        let (here, client) = (Workspace::here(), args.client);
        let passed = match &args.only {
            Some(only) => conformance::passes_in_part(&here, client, only)?,
            None => conformance::passes(&here, client, keeping)?,
        };
        return Ok(if passed { Exit::Done } else { Exit::Failed });
    }
    let root = Workspace::here().root().to_owned();
    let steps = || {
        STEPS
            .iter()
            .filter(|step| args.all || args.list || !step.slow)
    };
    if args.list {
        for step in steps() {
            let slow = if step.slow { " (with --all)" } else { "" };
            output::line(format_args!(
                "{}{slow}: {}",
                step.name,
                step.command.join(" ")
            ));
        }
        output::line(format_args!("{ROUND_TRIP}: cargo xtask serve"));
        output::line(format_args!(
            "{EXAMPLES_RUN}: cargo run --example <api>_quickstart"
        ));
        output::line(format_args!(
            "{CORPUS} (with --all): cargo xtask test --corpus checks more"
        ));
        output::line(format_args!(
            "{CONFORMANCE} (with --all): cargo xtask test --conformance --check"
        ));
        for name in [CLIENTS, N8N_RUNTIME, N8N_PACKAGES, N8N_PROOF] {
            output::line(format_args!("{name}: needs node and npm"));
        }
        return Ok(Exit::Done);
    }
    let mut failed = Vec::new();
    for step in steps() {
        if !passes(step, &root) {
            failed.push(step.name);
        }
    }
    output::note(format_args!("{ROUND_TRIP}:"));
    if !mock::gives_back_what_it_was_sent(&Workspace::here())? {
        failed.push(ROUND_TRIP);
    }
    output::note(format_args!("{EXAMPLES_RUN}:"));
    if !examples::run_against_stand_in(&Workspace::here())? {
        failed.push(EXAMPLES_RUN);
    }
    let must = args.all || std::env::var_os("CI").is_some_and(|ci| ci == "true");
    output::note(format_args!("{CLIENTS}:"));
    if !mock::accepts_every_client(&Workspace::here(), must)? {
        failed.push(CLIENTS);
    }
    failed.extend(n8n_packages(must)?);
    if args.all && !part_of_the_corpus()? {
        failed.push(CORPUS);
    }
    if args.all {
        output::note(format_args!("{CONFORMANCE}:"));
        if !conformance::passes(&Workspace::here(), None, Keeping::Check)? {
            failed.push(CONFORMANCE);
        }
    }
    if failed.is_empty() {
        output::line("all tests passed");
        return Ok(Exit::Done);
    }
    output::line(format_args!("failed: {}", failed.join("; ")));
    Ok(Exit::Failed)
}

/// Checks what takes three minutes of the corpus.
fn part_of_the_corpus() -> Result<bool, Failure> {
    output::note(format_args!("{CORPUS}:"));
    let options = corpus::Options {
        documents: None,
        extent: Extent::Part,
        check: true,
    };
    corpus::passes(&Workspace::here(), &options)
}

/// Builds, checks and proves the n8n packages, and says what failed. Without n8n's tools it is skipped, which is
/// a failure where it must not be.
fn n8n_packages(must: bool) -> Result<Vec<&'static str>, Failure> {
    let workspace = Workspace::here();
    output::note(format_args!("{N8N_RUNTIME}:"));
    if !n8n::are_there(&workspace) {
        let all = vec![N8N_RUNTIME, N8N_PACKAGES, N8N_PROOF];
        return Ok(if must { all } else { Vec::new() });
    }
    let mut failed = Vec::new();
    if !n8n::passes_its_tests(&workspace)? {
        failed.push(N8N_RUNTIME);
    }
    output::note(format_args!("{N8N_PACKAGES}:"));
    if !n8n::checks_every_package(&workspace)? {
        failed.push(N8N_PACKAGES);
    }
    output::note(format_args!("{N8N_PROOF}:"));
    let packages = n8n::proves_every_package(&workspace, must)?;
    if !(n8n::proves_every_fixture(&workspace)? && packages) {
        failed.push(N8N_PROOF);
    }
    Ok(failed)
}

/// Runs one set of tests and says how long it took.
fn passes(step: &Step, root: &Path) -> bool {
    let Some((program, arguments)) = step.command.split_first() else {
        return false;
    };
    output::note(format_args!("{}: {}", step.name, step.command.join(" ")));
    if let Some(missing) = step.needs.iter().find(|program| !is_there(program)) {
        output::note(format_args!(
            "{}: needs {missing}, which is not installed",
            step.name
        ));
        return false;
    }
    let start = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .status();
    let passed = status.is_ok_and(|status| status.success());
    let (word, seconds) = (
        if passed { "passed" } else { "failed" },
        start.elapsed().as_secs_f32(),
    );
    output::note(format_args!("{}: {word} in {seconds:.1} s", step.name));
    passed
}

fn is_there(program: &str) -> bool {
    let quiet = |command: &mut Command| {
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    };
    quiet(Command::new(program).arg("--version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(command: &'static [&'static str], needs: &'static [&'static str]) -> Step {
        Step {
            name: "x",
            needs,
            command,
            slow: false,
        }
    }

    #[test]
    fn a_step_fails_with_its_command_or_without_what_it_needs() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(passes(&step(&["cargo", "--version"], &["cargo"]), root));
        assert!(!passes(&step(&["cargo", "no-such-command"], &[]), root));
        assert!(!passes(
            &step(&["cargo", "--version"], &["no-such-program-at-all"]),
            root
        ));
        assert!(!passes(&step(&[], &[]), root));
    }
}
