//! What the last run came to, so that one without a change ends at once.
//!
//! A generation is a function of the files it reads. Its result is kept in the build folder together
//! with what it was made from: this program, the arguments and the digests of the files. As long as all
//! of these are the same, the kept plan is what would be planned again; it is still compared with the
//! disk, file by file, and used only when nothing is to be done there.
//!
//! `--check` never asks it, and a memo that cannot be read or written is as good as none.

use super::{Args, Target};
use crate::apply::{Comparison, Extent};
use crate::disk::{Asked, digest};
use crate::output::{self, Format};
use crate::workspace::Workspace;
use serde::{Deserialize, Serialize};
use specwright::plan::WritePlan;
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
    targets: Vec<Kept>,
    /// What was said of the documents.
    notes: String,
    /// The last lines, as they are when nothing changes.
    lines: Vec<String>,
}

/// A folder with what belongs there.
#[derive(Debug, Serialize, Deserialize, PartialEq)]
struct Kept {
    root: PathBuf,
    whole: bool,
    owned: Vec<String>,
    files: Vec<(String, String)>,
}

impl Memo {
    /// What is known of a run before it writes: which files it read, and what it wants on disk.
    ///
    /// `None` when its arguments ask for something else than the plain work.
    pub(super) fn of(args: &Args, inputs: Asked, targets: &[Target]) -> Option<Self> {
        Some(Self {
            run: run(args)?,
            inputs,
            targets: targets.iter().map(Kept::of).collect(),
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
            && self.targets.iter().all(Kept::is_there)
    }

    /// Says what the run says that is left out.
    pub(super) fn say(&self) {
        if !self.notes.is_empty() {
            output::note(self.notes.trim_end());
        }
        self.lines.iter().for_each(output::line);
    }
}

impl Kept {
    fn of(target: &Target) -> Self {
        let files = target.plan.files();
        Self {
            root: target.root.clone(),
            whole: target.extent == Extent::Whole,
            owned: target.plan.owned().map(str::to_owned).collect(),
            files: files
                .map(|(path, text)| (path.to_owned(), text.to_owned()))
                .collect(),
        }
    }

    fn is_there(&self) -> bool {
        let mut plan = WritePlan::new();
        let added = self
            .files
            .iter()
            .all(|(path, text)| plan.add(path, text).is_ok());
        let owned = self.owned.iter().all(|folder| plan.own(folder).is_ok());
        let extent = if self.whole {
            Extent::Whole
        } else {
            Extent::Part
        };
        added
            && owned
            && Comparison::new(&self.root, plan, extent)
                .is_ok_and(|comparison| comparison.changes().next().is_none())
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
        "{program:?} {} {built:?} {folder:?} {args:?}",
        metadata.len()
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

    fn memo(root: &Path, input: &Path) -> Memo {
        let kept = Kept {
            root: root.to_owned(),
            whole: true,
            owned: vec!["src".to_owned()],
            files: vec![("src/lib.rs".to_owned(), "//! A.\n".to_owned())],
        };
        Memo {
            run: "run".to_owned(),
            inputs: [
                (input.to_owned(), Some(digest(b"a"))),
                (root.join("none.yaml"), None),
            ]
            .into(),
            targets: vec![kept],
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
