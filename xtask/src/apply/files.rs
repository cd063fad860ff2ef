//! Single files below an output folder.

use super::owned::Owned;
use super::{ApplyError, Change};
use crate::disk::digest;
use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Folders that other tools fill, which may stand in a machine-owned one: what is installed and built.
const OTHERS: &[&str] = &["dist", "node_modules", "target"];

/// Files that other tools write beside what they install.
const LOCKS: &[&str] = &["package-lock.json", "pnpm-lock.yaml", "yarn.lock"];

pub(super) fn failed(path: &str, error: std::io::Error) -> ApplyError {
    ApplyError::Io {
        path: path.to_owned(),
        error,
    }
}

/// What stands at a path.
enum Found {
    /// Nothing, or a folder, or a file where the path has a folder: no file to compare with.
    Nothing,
    /// A file.
    File(PathBuf),
}

/// Looks at every step of a path below `root`, none of which may be a link.
fn find(root: &Path, path: &str) -> Result<Found, ApplyError> {
    let mut at = root.to_owned();
    let mut steps = path.split('/').peekable();
    while let Some(step) = steps.next() {
        at.push(step);
        let found = match fs::symlink_metadata(&at) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(failed(path, error)),
        };
        let last = steps.peek().is_none();
        if found.is_symlink() {
            return Err(ApplyError::Link(shown(root, &at)));
        } else if last && found.is_file() {
            return Ok(Found::File(at));
        } else if !found.is_dir() {
            return Ok(Found::Nothing);
        }
    }
    Ok(Found::Nothing)
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string()
}

/// The text of a file, with what is not UTF-8 replaced; `None` when there is no such file.
pub(super) fn read(root: &Path, path: &str) -> Result<Option<String>, ApplyError> {
    match find(root, path)? {
        Found::Nothing => Ok(None),
        Found::File(found) => {
            let bytes = fs::read(found).map_err(|error| failed(path, error))?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
    }
}

/// Whether a file is there with a text that has this digest.
pub(super) fn is_as(root: &Path, path: &str, wanted: u64) -> Result<bool, ApplyError> {
    let Found::File(found) = find(root, path)? else {
        return Ok(false);
    };
    let bytes = fs::read(found).map_err(|error| failed(path, error))?;
    Ok(digest(&bytes) == wanted)
}

/// How a file differs from the text it is to have; `None` when it does not.
pub(super) fn compare(root: &Path, path: &str, text: &str) -> Result<Option<Change>, ApplyError> {
    let Found::File(found) = find(root, path)? else {
        return Ok(Some(Change::Create));
    };
    let bytes = fs::read(found).map_err(|error| failed(path, error))?;
    let change = (bytes != text.as_bytes())
        .then(|| Change::Update(String::from_utf8_lossy(&bytes).into_owned()));
    Ok(change)
}

/// The files in machine-owned folders that are not planned. Hidden ones are not ours, nor what other
/// tools install and build, nor anything whose name no plan could have.
pub(super) fn left_over(
    root: &Path,
    owned: &Owned,
    planned: &BTreeSet<&str>,
) -> Result<BTreeSet<String>, ApplyError> {
    let mut left = BTreeSet::new();
    let mut folders: Vec<String> = owned.folders().map(str::to_owned).collect();
    let mut seen = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        if !seen.insert(folder.clone()) || !is_folder(root, &folder)? {
            continue;
        }
        let entries = fs::read_dir(root.join(&folder)).map_err(|error| failed(&folder, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| failed(&folder, error))?;
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
                continue;
            };
            let path = format!("{folder}/{name}");
            let kind = entry.file_type().map_err(|error| failed(&path, error))?;
            if kind.is_dir() {
                if !OTHERS.contains(&name) || has_planned(planned, &path) {
                    folders.push(path);
                }
            } else if !planned.contains(path.as_str()) && !LOCKS.contains(&name) {
                left.insert(path);
            }
        }
    }
    Ok(left)
}

fn has_planned(planned: &BTreeSet<&str>, folder: &str) -> bool {
    let inside = format!("{folder}/");
    let mut from = planned.range(inside.as_str()..);
    from.next().is_some_and(|path| path.starts_with(&inside))
}

/// Whether a folder is there, on a way without links.
fn is_folder(root: &Path, folder: &str) -> Result<bool, ApplyError> {
    let mut at = root.to_owned();
    for step in folder.split('/') {
        at.push(step);
        match fs::symlink_metadata(&at) {
            Ok(found) if found.is_symlink() => return Err(ApplyError::Link(shown(root, &at))),
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Ok(false),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(failed(folder, error)),
        }
    }
    Ok(true)
}

/// Writes a file beside its place first and then moves it there.
pub(super) fn write(root: &Path, path: &str, text: &str) -> Result<(), ApplyError> {
    // Looked at again, since the comparison may be a while ago.
    find(root, path)?;
    let target = root.join(path);
    let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else {
        return Err(failed(path, std::io::Error::from(ErrorKind::InvalidInput)));
    };
    let written = || {
        fs::create_dir_all(folder)?;
        let mut draft_name = std::ffi::OsString::from(".");
        draft_name.push(name);
        draft_name.push(".draft");
        let draft = folder.join(draft_name);
        // From a run that was interrupted.
        let _ = fs::remove_file(&draft);
        let mut file = fs::File::options()
            .write(true)
            .create_new(true)
            .open(&draft)?;
        let moved = file
            .write_all(text.as_bytes())
            .and_then(|()| fs::rename(&draft, &target));
        if moved.is_err() {
            let _ = fs::remove_file(&draft);
        }
        moved
    };
    written().map_err(|error| failed(path, error))
}

/// Removes a file, and the folders that are empty without it.
pub(super) fn remove(root: &Path, path: &str) -> Result<(), ApplyError> {
    let target = root.join(path);
    fs::remove_file(&target).map_err(|error| failed(path, error))?;
    let folders = target
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != root);
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
