//! The files that a document may read: those below its own folder.

use specwright::load::{SourceError, Sources};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The files that were asked for, with the digests of those that could be read.
pub(crate) type Asked = BTreeMap<PathBuf, Option<u64>>;

/// Tells a file from its own earlier states; it is no defence against forgery.
pub(crate) fn digest(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(bytes)
}

/// Files below one folder of the disk.
#[derive(Debug)]
pub(crate) struct DiskSources {
    root: PathBuf,
    asked: Mutex<Asked>,
}

impl DiskSources {
    /// The files below `root`, which must exist.
    pub(crate) fn new(root: &Path) -> std::io::Result<Self> {
        Ok(Self::below(root.canonicalize()?))
    }

    fn below(root: PathBuf) -> Self {
        Self {
            root,
            asked: Mutex::default(),
        }
    }

    /// Every file that was asked for so far, as it was then.
    pub(crate) fn asked(&self) -> Asked {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The files beside a document, and the document's name among them.
    pub(crate) fn beside(document: &Path) -> std::io::Result<(Self, String)> {
        let document = document.canonicalize()?;
        let name = document.file_name().and_then(|name| name.to_str());
        match (document.parent(), name) {
            (Some(root), Some(name)) => Ok((Self::below(root.to_owned()), name.to_owned())),
            _ => Err(std::io::Error::other(
                "it is not a file with a name in Unicode",
            )),
        }
    }

    fn resolve(&self, path: &str) -> Result<PathBuf, SourceError> {
        let relative = Path::new(path);
        let plain = relative
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if path.is_empty() || !plain {
            return Err(SourceError::new(
                "the path leads out of the document's folder",
            ));
        }
        let found = self
            .root
            .join(relative)
            .canonicalize()
            .map_err(|error| reason(&error))?;
        if !found.starts_with(&self.root) {
            return Err(SourceError::new(
                "a symbolic link leads out of the document's folder",
            ));
        }
        // Reading from a pipe or a device might never end.
        if !found.is_file() {
            return Err(SourceError::new("it is not a file"));
        }
        Ok(found)
    }
}

impl Sources for DiskSources {
    fn read(&self, path: &str) -> Result<String, SourceError> {
        let bytes = self
            .resolve(path)
            .and_then(|found| std::fs::read(found).map_err(|error| reason(&error)));
        let state = bytes.as_ref().ok().map(|bytes| digest(bytes));
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(self.root.join(path), state);
        let bytes = bytes?;
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            SourceError::new(format!("it is not UTF-8 from byte {at} on"))
        })
    }
}

fn reason(error: &std::io::Error) -> SourceError {
    match error.kind() {
        std::io::ErrorKind::NotFound => SourceError::new("there is no such file"),
        std::io::ErrorKind::PermissionDenied => SourceError::new("it may not be read"),
        _ => SourceError::new(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(sources: &DiskSources, path: &str) -> String {
        sources.read(path).unwrap_err().message
    }

    #[test]
    fn files_below_the_folder_are_read_and_no_others() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("specs");
        std::fs::create_dir_all(root.join("parts")).unwrap();
        std::fs::write(dir.path().join("secret.yaml"), "secret").unwrap();
        std::fs::write(root.join("parts/a.yaml"), "a").unwrap();
        std::fs::write(root.join("latin.yaml"), b"caf\xe9").unwrap();
        let sources = DiskSources::new(&root).unwrap();
        assert_eq!(sources.read("parts/a.yaml").unwrap(), "a");
        assert_eq!(
            sources.asked().into_iter().collect::<Vec<_>>(),
            [(
                root.canonicalize().unwrap().join("parts/a.yaml"),
                Some(digest(b"a"))
            )]
        );
        for path in [
            "",
            "../secret.yaml",
            "parts/../../secret.yaml",
            "./parts/a.yaml",
        ] {
            assert!(error(&sources, path).contains("leads out"), "{path}");
        }
        let absolute = dir.path().join("secret.yaml");
        assert!(error(&sources, absolute.to_str().unwrap()).contains("leads out"));
        assert_eq!(error(&sources, "none.yaml"), "there is no such file");
        assert_eq!(error(&sources, "parts"), "it is not a file");
        assert_eq!(
            error(&sources, "latin.yaml"),
            "it is not UTF-8 from byte 3 on"
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("specs");
        std::fs::create_dir_all(&root).unwrap();
        std::fs::write(dir.path().join("secret.yaml"), "secret").unwrap();
        std::fs::write(root.join("a.yaml"), "a").unwrap();
        std::os::unix::fs::symlink("../secret.yaml", root.join("out.yaml")).unwrap();
        std::os::unix::fs::symlink("..", root.join("up")).unwrap();
        std::os::unix::fs::symlink("a.yaml", root.join("in.yaml")).unwrap();
        let sources = DiskSources::new(&root).unwrap();
        assert!(error(&sources, "out.yaml").contains("symbolic link"));
        assert!(error(&sources, "up/secret.yaml").contains("symbolic link"));
        assert_eq!(sources.read("in.yaml").unwrap(), "a");
    }

    #[test]
    fn the_entry_is_named_beside_its_parts() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("api.yaml"), "x").unwrap();
        let (sources, entry) = DiskSources::beside(&dir.path().join("api.yaml")).unwrap();
        assert_eq!(
            (entry.as_str(), sources.read("api.yaml").unwrap().as_str()),
            ("api.yaml", "x")
        );
        assert!(DiskSources::beside(&dir.path().join("none.yaml")).is_err());
    }
}
