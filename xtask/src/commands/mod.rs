//! The commands.

pub(crate) mod bench;
pub(crate) mod generate;
pub(crate) mod inspect;
pub(crate) mod serve;
pub(crate) mod test;

use crate::disk::DiskSources;
use crate::report::{self, Texts};
use crate::workspace::{Failure, configured, read, read_from};
use specwright::config::{ApiConfig, Config};
use specwright::diag::Diagnostics;
use specwright::load::MemorySources;
use std::path::{Path, PathBuf};

/// How a document that is named with `--spec` is read.
#[derive(Debug, clap::Args)]
pub(crate) struct Reading {
    /// An OpenAPI Overlay that is applied to the document first; may be given several times.
    #[arg(long = "overlay", value_name = "FILE", requires = "spec")]
    overlays: Vec<PathBuf>,
    /// The folder below which the document's references may lead; its own folder when it is not given.
    #[arg(long, value_name = "DIR", requires = "spec")]
    root: Option<PathBuf>,
}

/// A document that the user named, with what is configured for it.
struct Named {
    config: ApiConfig,
    sources: DiskSources,
    /// The document's name among the sources.
    entry: String,
    /// The folder it is in, as the user wrote it.
    folder: String,
    /// The configuration's path, as the user wrote it, and its text.
    configuration: Option<(String, String)>,
}

impl Named {
    /// Finds a document, and its table in a configuration where one is given.
    ///
    /// `None`: the configuration is wrong, and the user was told.
    fn find(
        spec: &Path,
        name: &str,
        config: Option<&Path>,
        reading: &Reading,
    ) -> Result<Option<Self>, Failure> {
        check_name(name)?;
        let mut configuration = None;
        let mut api = ApiConfig::for_name(name);
        if let Some(path) = config {
            let label = path.display().to_string();
            let text = read(path)?;
            let mut diagnostics = Diagnostics::new();
            let config = Config::parse(label.as_str(), &text, &mut diagnostics);
            show_configuration(&diagnostics, &label, &text);
            if diagnostics.has_errors() {
                return Ok(None);
            }
            api = configured(&config, name, &label)?.clone();
            configuration = Some((label, text));
        }
        let base = config.and_then(Path::parent).unwrap_or(Path::new(""));
        let mut overlays: Vec<PathBuf> = api.overlays.iter().map(|it| base.join(it)).collect();
        overlays.extend(reading.overlays.iter().cloned());
        let configured = api.root.as_ref().map(|root| base.join(root));
        let root = reading.root.clone().or(configured);
        let read = read_from(spec, root.as_deref(), &overlays)?;
        api.overlays = read.overlays;
        Ok(Some(Self {
            config: api,
            sources: read.sources,
            entry: read.entry,
            folder: read.folder,
            configuration,
        }))
    }

    fn texts<'a>(&'a self, document: Option<&'a specwright::load::Document>) -> Texts<'a> {
        Texts {
            document,
            sources: &self.sources,
            folder: self.folder.clone(),
            apart: self.configuration.clone(),
        }
    }
}

/// Shows what is wrong with a configuration.
fn show_configuration(diagnostics: &Diagnostics, label: &str, text: &str) {
    let sources = MemorySources::new(label, text);
    let texts = Texts {
        document: None,
        sources: &sources,
        folder: String::new(),
        apart: None,
    };
    report::show(diagnostics, &texts);
}

/// Refuses names that cannot be a module and a package.
fn check_name(name: &str) -> Result<(), Failure> {
    let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    if starts && name.chars().all(lower) && specwright::names::is_identifier(name) {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "`{name}` cannot be an API's name: it must be a word of a-z, 0-9 and _ that Rust does not \
         reserve, such as `my_api`"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_must_do_as_modules_and_packages() {
        for name in ["twenty", "my_api2"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in [
            "", "Twenty", "2nd", "a-b", "../x", "type", "self", "a b", "é",
        ] {
            assert!(matches!(check_name(name), Err(Failure::Usage(_))), "{name}");
        }
    }
}
