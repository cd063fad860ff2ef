//! `bench`: the speed and size figures, beside the budgets.

use crate::Exit;
use crate::bench::{self, Section};
use crate::output::{self, Format, Progress};
use crate::workspace::Failure;

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench                          everything; ten minutes the first time
  cargo xtask bench --only generation,size   some of it
  cargo xtask bench --format json            for programs

Other generators are measured in the same run when they are on the PATH:
  cargo install cargo-progenitor@0.15.1 oas3-gen@0.29.0

Exit status: 0 measured, whether or not the bars were met; 1 something could not be measured;
2 wrong usage.";

/// Measures what generating, building and calling costs, beside the budgets.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Only these figures.
    #[arg(long, value_delimiter = ',', value_name = "SECTION")]
    only: Vec<Section>,
    /// How often each thing is run; the least counts.
    #[arg(long, default_value_t = 5, value_name = "N")]
    runs: usize,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<Exit, Failure> {
    let progress = Progress::new();
    let mut sections = if args.only.is_empty() {
        Section::ALL.to_vec()
    } else {
        args.only.clone()
    };
    sections.sort_unstable();
    sections.dedup();
    let figures = bench::run(&sections, args.runs, &|what| progress.say(what))?;
    progress.clear();
    match args.format {
        Format::Text => output::line(bench::text(&figures).trim_end()),
        Format::Json => output::json(&bench::json(&figures)),
    }
    let missed = figures
        .iter()
        .filter(|figure| figure.is_met() == Some(false))
        .count();
    let barred = figures
        .iter()
        .filter(|figure| figure.is_met().is_some())
        .count();
    output::note(format_args!("{} of {barred} bars met", barred - missed));
    Ok(Exit::Done)
}
