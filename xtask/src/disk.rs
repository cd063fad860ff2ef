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

/// Files below one folder of the disk, and those that the user named beside them.
#[derive(Debug)]
pub(crate) struct DiskSources {
    root: PathBuf,
    /// The named ones that are elsewhere, by the path that they are known under.
    named: BTreeMap<String, PathBuf>,
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
            named: BTreeMap::new(),
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
        let Some(root) = document.parent() else {
            return Err(std::io::Error::other("it is not a file"));
        };
        let name = relative(root, &document)?;
        Ok((Self::below(root.to_owned()), name))
    }

    /// The files below a folder that a document is in, and the document's path among them.
    pub(crate) fn around(root: &Path, document: &Path) -> std::io::Result<(Self, String)> {
        let sources = Self::new(root).map_err(|error| {
            let message = format!("the folder {} cannot be opened: {error}", root.display());
            std::io::Error::new(error.kind(), message)
        })?;
        let path = relative(&sources.root, &document.canonicalize()?)?;
        if path.starts_with("../") {
            let message = format!("it is not below {}", root.display());
            return Err(std::io::Error::other(message));
        }
        Ok((sources, path))
    }

    /// Lets a file be read that the user named, wherever it is; gives its path among the others.
    pub(crate) fn name(&mut self, file: &Path) -> std::io::Result<String> {
        let file = file.canonicalize()?;
        let path = relative(&self.root, &file)?;
        self.named.insert(path.clone(), file);
        Ok(path)
    }

    fn resolve(&self, path: &str) -> Result<PathBuf, SourceError> {
        if let Some(named) = self.named.get(path) {
            return Ok(named.clone());
        }
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
            .insert(
                self.named
                    .get(path)
                    .cloned()
                    .unwrap_or_else(|| self.root.join(path)),
                state,
            );
        let bytes = bytes?;
        if let Some(text) = utf_16(&bytes) {
            return text.ok_or_else(|| SourceError::new("it is not UTF-16, as its mark says"));
        }
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            SourceError::new(format!("it is not UTF-8 from byte {at} on"))
        })
    }
}

/// The way from a folder to a file, with `/`.
fn relative(folder: &Path, file: &Path) -> std::io::Result<String> {
    let shared = folder
        .components()
        .zip(file.components())
        .take_while(|(one, other)| one == other)
        .count();
    let up = folder.components().skip(shared).map(|_| Some(".."));
    let down = file.components().skip(shared);
    let down = down.map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = up.chain(down).collect();
    let no_name = || std::io::Error::other("it is not a file with a name in Unicode");
    parts.map(|parts| parts.join("/")).ok_or_else(no_name)
}

/// The text of a file in UTF-16, which a byte-order mark tells (RFC 2781, section 3.2); none within where
/// it is not, and none at all for files in other encodings.
fn utf_16(bytes: &[u8]) -> Option<Option<String>> {
    let (is_little, rest) = match bytes {
        [0xff, 0xfe, rest @ ..] => (true, rest),
        [0xfe, 0xff, rest @ ..] => (false, rest),
        _ => return None,
    };
    let (pairs, odd) = rest.as_chunks::<2>();
    let units = pairs.iter().map(|pair| match is_little {
        true => u16::from_le_bytes(*pair),
        false => u16::from_be_bytes(*pair),
    });
    let text: Result<String, _> = char::decode_utf16(units).collect();
    Some(text.ok().filter(|_| odd.is_empty()))
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

    #[test]
    fn utf_16_is_read_where_its_mark_says_so() {
        assert_eq!(utf_16(b"a"), None);
        assert_eq!(utf_16(b"\xff\xfea\0"), Some(Some("a".to_owned())));
        assert_eq!(utf_16(b"\xfe\xff\0a"), Some(Some("a".to_owned())));
        for wrong in [&b"\xff\xfea"[..], b"\xff\xfe\0\xd8"] {
            assert_eq!(utf_16(wrong), Some(None), "{wrong:?}");
        }
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

    #[test]
    fn a_folder_around_the_document_and_files_that_are_named_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let below = dir.path().join("specs");
        std::fs::create_dir_all(&below).unwrap();
        std::fs::write(dir.path().join("shared.yaml"), "shared").unwrap();
        std::fs::write(below.join("api.yaml"), "api").unwrap();
        let (sources, entry) = DiskSources::around(dir.path(), &below.join("api.yaml")).unwrap();
        assert_eq!(entry, "specs/api.yaml");
        assert_eq!(sources.read("shared.yaml").unwrap(), "shared");
        let outside = DiskSources::around(&below, &dir.path().join("shared.yaml"));
        assert!(outside.unwrap_err().to_string().contains("is not below"));

        let (mut sources, _) = DiskSources::beside(&below.join("api.yaml")).unwrap();
        assert!(error(&sources, "../shared.yaml").contains("leads out"));
        let name = sources.name(&dir.path().join("shared.yaml")).unwrap();
        assert_eq!(name, "../shared.yaml");
        assert_eq!(sources.read(&name).unwrap(), "shared");
    }
}
