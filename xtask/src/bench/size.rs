//! What was generated: lines and bytes of Rust.

use super::figure::{Amount, Figure};
use super::subject::Subjects;
use super::{Bench, Section};
use crate::workspace::{Failure, unreadable};
use std::fs;
use std::path::Path;

/// Lines and bytes of every `.rs` file below the sources.
pub(super) fn measure(_: &Bench, subjects: &Subjects) -> Result<Vec<Figure>, Failure> {
    let sources = subjects.ours.folder.join("src");
    let ours = Size::of(&sources)?;
    let mut lines = Figure::new(Section::Size, "generated Rust", Amount::Lines(ours.lines));
    let mut bytes = Figure::new(
        Section::Size,
        "generated Rust, bytes",
        Amount::Bytes(ours.bytes),
    );
    let mut smallest: Option<(u64, &str)> = None;
    for peer in &subjects.peers {
        let size = Size::of(&peer.folder)?;
        lines = lines.beside(&peer.name, Amount::Lines(size.lines));
        bytes = bytes.beside(&peer.name, Amount::Bytes(size.bytes));
        if smallest.is_none_or(|(before, _)| size.lines < before) {
            smallest = Some((size.lines, &peer.name));
        }
    }
    if let Some((peer, name)) = smallest {
        lines = lines.at_most(
            Amount::Lines(peer).times(1.0 / 3.0),
            format!("a third of {name}"),
        );
    }
    Ok(vec![lines, bytes])
}

#[derive(Debug, Default)]
struct Size {
    lines: u64,
    bytes: u64,
}

impl Size {
    fn of(folder: &Path) -> Result<Self, Failure> {
        let mut size = Self::default();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
            for path in entries.flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text =
                        fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
                    size.lines += text.lines().count() as u64;
                    size.bytes += text.len() as u64;
                }
            }
        }
        Ok(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_is_counted_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("models")).unwrap();
        fs::write(folder.path().join("lib.rs"), "a\nb\n").unwrap();
        fs::write(folder.path().join("models/x.rs"), "c").unwrap();
        fs::write(folder.path().join("README.md"), "d\n").unwrap();
        let size = Size::of(folder.path()).unwrap();
        assert_eq!((size.lines, size.bytes), (3, 5));
    }
}
