//! The entry documents of a folder.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A document that is no part of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) path: PathBuf,
    /// Its path below the folder, with `/`.
    pub(super) name: String,
    /// What its API is called.
    pub(super) api: String,
}

/// Every document below a folder that says which version it follows, ordered by name.
///
/// # Errors
/// A folder cannot be listed, or a file cannot be read.
pub(super) fn find(folder: &Path) -> io::Result<Vec<Document>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(&inside)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if is_text(&path) && is_entry(&String::from_utf8_lossy(&fs::read(&path)?)) {
                found.push(path);
            }
        }
    }
    found.sort();
    let mut documents: Vec<Document> = Vec::new();
    for path in found {
        let name = name(folder, &path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut api = word(&stem);
        // Two files may have one stem; the whole path tells them apart.
        if documents.iter().any(|other| other.api == api) {
            api = word(&name);
        }
        documents.push(Document { path, name, api });
    }
    Ok(documents)
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str());
    matches!(extension, Some("json" | "yaml" | "yml"))
}

/// Whether a text has `openapi` or `swagger` at its root.
fn is_entry(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Root {
        openapi: Option<IgnoredAny>,
        swagger: Option<IgnoredAny>,
    }
    let text = text.trim_start_matches('\u{feff}');
    if let Ok(root) = serde_json::from_str::<Root>(text) {
        return root.openapi.is_some() || root.swagger.is_some();
    }
    text.lines().any(|line| {
        let line = line.trim_start_matches(['"', '\'']);
        ["openapi", "swagger"].iter().any(|key| {
            let rest = line.strip_prefix(key);
            rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
        })
    })
}

fn name(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let parts = inside.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// A word that can name a module and a package.
fn word(text: &str) -> String {
    let lower = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() => c,
        _ => '_',
    };
    let word: String = text.chars().map(lower).collect();
    let word = word.trim_matches('_').to_owned();
    let starts = word.starts_with(|c: char| c.is_ascii_lowercase());
    match starts && specwright::names::is_identifier(&word) {
        true => word,
        false => format!("api_{word}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_from_their_parts() {
        for entry in [
            "{\"openapi\": \"3.0.0\"}",
            "info: {}\nopenapi: 3.0.0",
            "\u{feff}'swagger': '2.0'",
        ] {
            assert!(is_entry(entry), "{entry}");
        }
        for part in [
            "{\"a\": {\"openapi\": 1}}",
            "a:\n  openapi: 3.0.0",
            "[]",
            "",
        ] {
            assert!(!is_entry(part), "{part}");
        }
    }

    #[test]
    fn documents_have_names_that_can_be_modules() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("b")).unwrap();
        for path in ["2nd.json", "A-b.yaml", "b/a.b.yaml", "b/part.yaml", "c.txt"] {
            let text = if path.contains("part") {
                "a: 1"
            } else {
                "openapi: 3.1.0"
            };
            fs::write(dir.path().join(path), text).unwrap();
        }
        let found = find(dir.path()).unwrap();
        let names: Vec<_> = found
            .iter()
            .map(|it| (it.name.as_str(), it.api.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                ("2nd.json", "api_2nd"),
                ("A-b.yaml", "a_b"),
                ("b/a.b.yaml", "b_a_b_yaml")
            ]
        );
    }
}
