//! The options of `generate`.

use super::super::Reading;
use crate::output::Format;
use specwright::config::Output;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  cargo xtask generate                  all APIs of specs/specwright.toml, into generated/
  cargo xtask generate twenty           one of them
  cargo xtask generate --check          writes nothing; fails when anything is not up to date
  cargo xtask generate --spec api.yaml --name acme --out ../acme
                                        any document, into a folder of its own

Exit status: 0 done; 1 nothing could be generated, something is stale (--check), or something was
lost (--strict); 2 wrong usage.";

/// Generates Rust SDKs, n8n packages and documentation.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The APIs to generate, by their names in specs/specwright.toml; all when none is named.
    pub(super) apis: Vec<String>,
    /// Writes nothing; shows what would change, and fails when anything would.
    #[arg(long)]
    pub(super) check: bool,
    /// Writes nothing; lists what would change.
    #[arg(long, conflicts_with = "check")]
    pub(super) dry_run: bool,
    /// Only these outputs.
    #[arg(long, value_delimiter = ',', value_name = "OUTPUT")]
    pub(super) only: Vec<Only>,
    /// A document to generate from, instead of those in specs/.
    #[arg(long, value_name = "FILE", requires_all = ["name", "out"], conflicts_with = "apis")]
    pub(super) spec: Option<PathBuf>,
    /// What the API is called: a lower-case word, used for the module and the packages.
    #[arg(long, requires = "spec")]
    pub(super) name: Option<String>,
    /// The folder to write to. Other files in the folders that are generated there are removed.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(super) out: Option<PathBuf>,
    /// A configuration such as specs/specwright.toml, with a table for the API.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(super) config: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Also writes a test that calls every action of the Rust SDK, and the requests it must send.
    #[arg(long, requires = "spec")]
    pub(super) tests: bool,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Fails when anything of the document was lost.
    #[arg(long)]
    pub(super) strict: bool,
    /// Shows what each stage took, and the memory.
    #[arg(long)]
    pub(super) timings: bool,
}

/// The outputs, as words on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Only {
    Rust,
    N8n,
    Docs,
}

impl From<Only> for Output {
    fn from(only: Only) -> Self {
        match only {
            Only::Rust => Self::Rust,
            Only::N8n => Self::N8n,
            Only::Docs => Self::Docs,
        }
    }
}

impl Args {
    /// Those of the configured outputs that are asked for.
    pub(super) fn outputs(&self, configured: &[Output]) -> Vec<Output> {
        let asked = |output: &Output| {
            self.only.is_empty() || self.only.iter().any(|only| Output::from(*only) == *output)
        };
        configured.iter().copied().filter(asked).collect()
    }

    /// The command that writes what a check found stale.
    pub(super) fn command(&self) -> String {
        let mut words = vec!["cargo xtask generate".to_owned()];
        words.extend(self.apis.iter().cloned());
        let mut option = |name: &str, value: Option<String>| {
            words.extend(value.map(|value| format!("--{name} {value}")));
        };
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        option("spec", path(&self.spec));
        option("name", self.name.clone());
        option("out", path(&self.out));
        option("config", path(&self.config));
        for overlay in &self.reading.overlays {
            option("overlay", Some(overlay.display().to_string()));
        }
        option("root", path(&self.reading.root));
        let only: Vec<&str> = self
            .only
            .iter()
            .map(|only| Output::from(*only).as_str())
            .collect();
        option("only", (!only.is_empty()).then(|| only.join(",")));
        words.extend(self.tests.then(|| "--tests".to_owned()));
        words.join(" ")
    }
}
