use super::*;
use std::fs;

fn plan(files: &[(&str, &str)], owned: &[&str]) -> WritePlan {
    let mut plan = WritePlan::new();
    for (path, text) in files {
        plan.add(*path, *text).unwrap();
    }
    for folder in owned {
        plan.own(*folder).unwrap();
    }
    plan
}

fn compare(root: &Path, files: &[(&str, &str)], owned: &[&str]) -> Comparison {
    Comparison::new(root, plan(files, owned), Extent::Whole).unwrap()
}

fn changes(comparison: &Comparison) -> Vec<(&str, &str)> {
    comparison
        .changes()
        .map(|(path, change)| (path, change.as_str()))
        .collect()
}

/// Every file below a folder with its text, ordered by path.
fn tree(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                found.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", "[package]"),
    ("src/a/b.rs", "b"),
    ("src/c.rs", "c"),
];

#[test]
fn a_plan_is_written_and_then_there_is_nothing_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("new/out");
    let comparison = compare(&root, FILES, &["src"]);
    let expected =
        [".specwright", "Cargo.toml", "src/a/b.rs", "src/c.rs"].map(|path| (path, "missing"));
    assert_eq!(changes(&comparison), expected);
    assert!(!root.exists(), "comparing writes nothing");
    comparison.write().unwrap();
    let texts: Vec<_> = tree(&root).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts[1..], ["[package]", "b", "c"]);
    assert!(texts[0].ends_with("\nsrc\n"), "{texts:?}");
    assert_eq!(changes(&compare(&root, FILES, &["src"])), []);
}

#[test]
fn what_is_equal_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    compare(dir.path(), FILES, &["src"]).write().unwrap();
    let modified = |path: &str| {
        fs::metadata(dir.path().join(path))
            .unwrap()
            .modified()
            .unwrap()
    };
    let (same, other) = (modified("src/c.rs"), modified("src/a/b.rs"));
    std::thread::sleep(std::time::Duration::from_millis(20));
    let files = [FILES[0], ("src/a/b.rs", "changed"), FILES[2]];
    let comparison = compare(dir.path(), &files, &["src"]);
    assert_eq!(
        comparison.changes().collect::<Vec<_>>(),
        [("src/a/b.rs", &Change::Update("b".to_owned()))]
    );
    comparison.write().unwrap();
    assert_eq!(modified("src/c.rs"), same);
    assert_ne!(modified("src/a/b.rs"), other);
}

#[test]
fn left_overs_go_away_with_their_empty_folders_and_only_in_owned_folders() {
    let dir = tempfile::tempdir().unwrap();
    compare(dir.path(), FILES, &["src"]).write().unwrap();
    for mine in [
        "notes.md",
        "src/.hidden",
        "src/node_modules/x/y.js",
        "src/package-lock.json",
        "src/target/z",
    ] {
        fs::create_dir_all(dir.path().join(mine).parent().unwrap()).unwrap();
        fs::write(dir.path().join(mine), "mine").unwrap();
    }
    let comparison = compare(dir.path(), &[FILES[0], FILES[2]], &["src"]);
    assert_eq!(changes(&comparison), [("src/a/b.rs", "left over")]);
    assert!(dir.path().join("src/a/b.rs").exists());
    comparison.write().unwrap();
    assert!(!dir.path().join("src/a").exists());
    let names: Vec<_> = tree(dir.path()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            ".specwright",
            "Cargo.toml",
            "notes.md",
            "src/.hidden",
            "src/c.rs",
            "src/node_modules/x/y.js",
            "src/package-lock.json",
            "src/target/z"
        ]
    );
}

#[test]
fn a_folder_that_is_not_generated_any_more_is_cleared_unless_this_is_only_a_part() {
    let dir = tempfile::tempdir().unwrap();
    compare(dir.path(), &[("a/x", "x"), ("b/y", "y")], &["a", "b"])
        .write()
        .unwrap();
    let part = Comparison::new(dir.path(), plan(&[("b/y", "y")], &["b"]), Extent::Part).unwrap();
    assert_eq!(changes(&part), []);
    let whole = compare(dir.path(), &[("b/y", "y")], &["b"]);
    assert_eq!(
        changes(&whole),
        [(".specwright", "changed"), ("a/x", "left over")]
    );
    whole.write().unwrap();
    assert!(!dir.path().join("a").exists());
}

#[test]
fn a_folder_makes_room_for_a_file_and_the_other_way_round() {
    let dir = tempfile::tempdir().unwrap();
    compare(dir.path(), &[("src/a/b.rs", "b"), ("src/c", "c")], &["src"])
        .write()
        .unwrap();
    compare(dir.path(), &[("src/a", "a"), ("src/c/d.rs", "d")], &["src"])
        .write()
        .unwrap();
    let found = tree(dir.path());
    let found: Vec<_> = found
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert_eq!(found[1..], [("src/a", "a"), ("src/c/d.rs", "d")]);
}

#[test]
fn files_of_somebody_else_are_neither_overwritten_nor_removed() {
    for (mine, blamed) in [("Cargo.toml", "Cargo.toml"), ("src/main.rs", "src/main.rs")] {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("src")).unwrap();
        fs::write(dir.path().join(mine), "mine").unwrap();
        let error = Comparison::new(dir.path(), plan(FILES, &["src"]), Extent::Whole).unwrap_err();
        assert!(
            matches!(&error, ApplyError::NotOurs(path) if path == blamed),
            "{error}"
        );
    }
}

#[test]
fn a_list_of_owned_folders_that_was_tampered_with_reaches_nothing_outside() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("out");
    fs::create_dir_all(&root).unwrap();
    fs::write(dir.path().join("precious"), "x").unwrap();
    fs::write(root.join(".specwright"), "..\n../..\n/\n.\n").unwrap();
    let comparison = compare(&root, FILES, &["src"]);
    assert!(
        comparison
            .changes()
            .all(|(_, change)| *change != Change::Remove)
    );
}

#[test]
fn a_plan_that_owns_nothing_leaves_no_mark() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("api.lock"), "old").unwrap();
    let comparison = compare(dir.path(), &[("api.lock", "new")], &[]);
    assert_eq!(changes(&comparison), [("api.lock", "changed")]);
    comparison.write().unwrap();
    assert_eq!(
        tree(dir.path()),
        [("api.lock".to_owned(), "new".to_owned())]
    );
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    for link in ["src", "src/a", "src/a/b.rs"] {
        let dir = tempfile::tempdir().unwrap();
        let (root, outside) = (dir.path().join("out"), dir.path().join("outside"));
        fs::create_dir_all(&outside).unwrap();
        fs::write(outside.join("precious"), "x").unwrap();
        fs::create_dir_all(root.join(link).parent().unwrap()).unwrap();
        symlink(&outside, root.join(link)).unwrap();
        let error = Comparison::new(&root, plan(FILES, &["src"]), Extent::Whole).unwrap_err();
        assert!(
            matches!(&error, ApplyError::Link(path) if path == link),
            "{error}"
        );
        assert_eq!(tree(&outside).len(), 1);
    }
}

#[cfg(unix)]
#[test]
fn a_left_over_link_is_removed_and_not_what_it_leads_to() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("out");
    fs::write(dir.path().join("precious"), "x").unwrap();
    compare(&root, FILES, &["src"]).write().unwrap();
    std::os::unix::fs::symlink("../../precious", root.join("src/link.rs")).unwrap();
    let comparison = compare(&root, FILES, &["src"]);
    assert_eq!(changes(&comparison), [("src/link.rs", "left over")]);
    comparison.write().unwrap();
    assert_eq!(
        fs::read_to_string(dir.path().join("precious")).unwrap(),
        "x"
    );
}
