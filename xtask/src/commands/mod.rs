//! The commands.

pub(crate) mod generate;
pub(crate) mod inspect;
pub(crate) mod serve;
pub(crate) mod test;

use crate::disk::DiskSources;
use crate::report::{self, Texts};
use crate::workspace::{Failure, configured, read, unreadable};
use specwright::config::{ApiConfig, Config};
use specwright::diag::Diagnostics;
use specwright::load::MemorySources;
use std::path::Path;

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
    fn find(spec: &Path, name: &str, config: Option<&Path>) -> Result<Option<Self>, Failure> {
        check_name(name)?;
        let (sources, entry) =
            DiskSources::beside(spec).map_err(|error| unreadable(spec, &error))?;
        let folder = spec
            .parent()
            .map_or_else(String::new, |folder| folder.display().to_string());
        let mut named = Self {
            config: ApiConfig::for_name(name),
            sources,
            entry,
            folder,
            configuration: None,
        };
        if let Some(path) = config {
            let label = path.display().to_string();
            let text = read(path)?;
            let mut diagnostics = Diagnostics::new();
            let config = Config::parse(label.as_str(), &text, &mut diagnostics);
            show_configuration(&diagnostics, &label, &text);
            if diagnostics.has_errors() {
                return Ok(None);
            }
            named.config = configured(&config, name, &label)?.clone();
            named.configuration = Some((label, text));
        }
        Ok(Some(named))
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
