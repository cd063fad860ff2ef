//! What the last run came to, so that one without a change ends at once.
//!
//! A generation is a function of the files it reads. Its result is kept in the build folder together
//! with what it was made from: this program, the arguments and the digests of the files. As long as all
//! of these are the same, the same would be planned again; the disk is still looked at, file by file by
//! its digest, and the memo used only when nothing is to be done there.
//!
//! `--check` never asks it, and a memo that cannot be read or written is as good as none.

use super::{Args, Compared};
use crate::apply::State;
use crate::disk::{Asked, digest};
use crate::output::{self, Format};
use crate::workspace::Workspace;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// A result, and what it was made from.
#[derive(Debug, Serialize, Deserialize, PartialEq)]
pub(super) struct Memo {
    /// What was run, and how.
    run: String,
    /// The files it read, by their paths, as they were then.
    inputs: Asked,
    outputs: Vec<State>,
    /// What was said of the documents.
    notes: String,
    /// The last lines, as they are when nothing changes.
    lines: Vec<String>,
}

impl Memo {
    /// What is known of a run that has written: which files it read, and what is on disk now.
    ///
    /// `None` when its arguments ask for something else than the plain work.
    pub(super) fn of(args: &Args, inputs: Asked, written: &[Compared]) -> Option<Self> {
        Some(Self {
            run: run(args)?,
            inputs,
            outputs: written.iter().map(|(_, it)| it.state()).collect(),
            notes: String::new(),
            lines: Vec::new(),
        })
    }

    /// Adds what such a run says when nothing changes.
    pub(super) fn saying(self, notes: String, lines: Vec<String>) -> Self {
        Self {
            notes,
            lines,
            ..self
        }
    }

    /// Keeps it for the next run.
    pub(super) fn keep(&self) {
        let path = file(&self.run);
        let text = serde_json::to_vec(self).unwrap_or_default();
        let _ = path.parent().map(fs::create_dir_all);
        let _ = fs::write(path, text);
    }

    /// The result of the same run before this one, if it is there and still right.
    pub(super) fn recall(args: &Args) -> Option<Self> {
        let run = run(args)?;
        let memo: Self = serde_json::from_slice(&fs::read(file(&run)).ok()?).ok()?;
        (memo.run == run && memo.holds()).then_some(memo)
    }

    /// Whether it would be made again, and everything is where it belongs.
    fn holds(&self) -> bool {
        let now = |path: &Path| fs::read(path).ok().map(|bytes| digest(&bytes));
        self.inputs
            .iter()
            .all(|(path, digest)| *digest == now(path))
            && self.outputs.iter().all(State::holds)
    }

    /// Says what the run says that is left out.
    pub(super) fn say(&self) {
        if !self.notes.is_empty() {
            output::note(self.notes.trim_end());
        }
        self.lines.iter().for_each(output::line);
    }
}

/// The program, the folder it runs in, and its arguments; `None` for runs that do something else than
/// the plain work.
fn run(args: &Args) -> Option<String> {
    if args.check || args.dry_run || args.timings || args.format != Format::Text {
        return None;
    }
    let program = std::env::current_exe().ok()?;
    let metadata = fs::metadata(&program).ok()?;
    let built = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let folder = std::env::current_dir().ok()?;
    Some(format!(
        "{program:?} {} {built:?} {folder:?} {args:?} {}",
        metadata.len(),
        args.writes_tests()
    ))
}

fn file(run: &str) -> PathBuf {
    file_below(Workspace::here().root(), run)
}

/// One file for each way to run it, whatever the program's version.
fn file_below(root: &Path, run: &str) -> PathBuf {
    let arguments = run
        .split_once("Args {")
        .map_or(run, |(_, arguments)| arguments);
    root.join(format!(
        "target/specwright/{:016x}.json",
        digest(arguments.as_bytes())
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apply::{Comparison, Extent};
    use specwright::plan::WritePlan;

    fn memo(root: &Path, input: &Path) -> Memo {
        let mut plan = WritePlan::new();
        plan.own("src").unwrap();
        plan.add("src/lib.rs", "//! A.\n").unwrap();
        let comparison = Comparison::new(root, plan, Extent::Whole).unwrap();
        Memo {
            run: "run".to_owned(),
            inputs: [
                (input.to_owned(), Some(digest(b"a"))),
                (root.join("none.yaml"), None),
            ]
            .into(),
            outputs: vec![comparison.state()],
            notes: String::new(),
            lines: Vec::new(),
        }
    }

    #[test]
    fn it_holds_until_an_input_or_an_output_changes() {
        let folder = tempfile::tempdir().unwrap();
        let (spec, out) = (folder.path().join("api.yaml"), folder.path().join("out"));
        fs::write(&spec, "a").unwrap();
        let memo = memo(&out, &spec);
        assert!(!memo.holds(), "nothing was written yet");
        let mut plan = WritePlan::new();
        plan.own("src").unwrap();
        plan.add("src/lib.rs", "//! A.\n").unwrap();
        Comparison::new(&out, plan, Extent::Whole)
            .unwrap()
            .write()
            .unwrap();
        assert!(memo.holds());

        let disturb = |path: &Path, text: &str, back: Option<&str>| {
            fs::write(path, text).unwrap();
            assert!(!memo.holds(), "{} was changed", path.display());
            match back {
                Some(text) => fs::write(path, text).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
            assert!(memo.holds());
        };
        disturb(&spec, "b", Some("a"));
        disturb(&out.join("src/lib.rs"), "//! B.\n", Some("//! A.\n"));
        disturb(&out.join("src/old.rs"), "", None);
        disturb(&out.join("none.yaml"), "it is there now", None);
    }

    #[test]
    fn a_newer_program_replaces_the_memo_of_an_older_one() {
        let root = Path::new("/x");
        let one = file_below(root, "\"a\" 1 2s \"/x\" Args { apis: [] }");
        let two = file_below(root, "\"a\" 5 9s \"/x\" Args { apis: [] }");
        let other = file_below(root, "\"a\" 1 2s \"/x\" Args { apis: [\"twenty\"] }");
        assert_eq!(one, two);
        assert_ne!(one, other);
    }
}
