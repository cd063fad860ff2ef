//! The documents of the suite, in one version of OpenAPI.

use crate::workspace::{Failure, unreadable};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The versions of OpenAPI that the suite has documents in.
pub(super) const VERSIONS: [&str; 2] = ["3.0.0", "3.1.0"];

/// A document.
#[derive(Debug)]
pub(super) struct Document {
    /// What its API is called.
    pub(super) api: String,
    pub(super) path: PathBuf,
    pub(super) value: Value,
}

/// The documents of a version by their paths, in order.
pub(super) fn read(kit: &Path, version: &str) -> Result<BTreeMap<String, Document>, Failure> {
    let root = kit.join("openapi");
    let mut files = Vec::new();
    collect(&root, version, &mut files).map_err(|error| unreadable(&root, &error))?;
    let mut documents = BTreeMap::new();
    for path in files {
        let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let value = serde_json::from_str(&text).map_err(|error| Failure::Read {
            path: path.display().to_string(),
            message: error.to_string(),
        })?;
        let file = path.strip_prefix(&root).unwrap_or(&path);
        let file = file.to_string_lossy().replace('\\', "/");
        let document = Document {
            api: api_name(&file, version),
            path,
            value,
        };
        documents.insert(file, document);
    }
    Ok(documents)
}

/// The document of a version that stands for one of version 3.1.
pub(super) fn in_version(file: &str, version: &str) -> String {
    file.replace("3.1.0", version)
}

/// `versioning/added/3.1.0/openapi3.1.0.v1.json` is `versioning_added_v1`.
fn api_name(file: &str, version: &str) -> String {
    let bare = file.replace(&format!("/{version}/openapi{version}"), "/");
    let bare = bare.strip_suffix(".json").unwrap_or(&bare).to_lowercase();
    let words = bare.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_")
}

fn collect(folder: &Path, version: &str, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let within = path.components().any(|part| part.as_os_str() == version);
        if entry.file_type()?.is_dir() {
            collect(&path, version, files)?;
        } else if within && path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_names_its_api() {
        let name = |file| api_name(file, "3.1.0");
        assert_eq!(name("encode/bytes/3.1.0/openapi3.1.0.json"), "encode_bytes");
        assert_eq!(
            name("versioning/madeOptional/3.1.0/openapi3.1.0.v1.json"),
            "versioning_madeoptional_v1"
        );
    }
}
