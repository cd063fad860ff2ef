//! What `generate` writes, keeps, and says of it.

use super::*;

#[test]
fn a_document_is_generated_once_and_then_up_to_date() {
    let dir = folder(SPEC);
    let stale = xtask(dir.path(), &with(&["--check"]));
    status(&stale, 1);
    assert!(
        stdout(&stale).contains("missing: out/src/lib.rs\n"),
        "{}",
        stdout(&stale)
    );
    let command = format!("Run `cargo xtask {}`", GENERATE.join(" "));
    assert!(stdout(&stale).contains(&command), "{}", stdout(&stale));
    status(&xtask(dir.path(), &with(&["--dry-run"])), 0);
    assert!(!dir.path().join("out").exists());

    let written = xtask(dir.path(), &GENERATE);
    status(&written, 0);
    let last = stdout(&written).lines().last().unwrap().to_owned();
    assert!(
        last.starts_with("pets: 1 action, 1 resource, 1 type; "),
        "{last}"
    );
    assert!(last.ends_with(" changed; no warnings"), "{last}");
    let lock = std::fs::read_to_string(dir.path().join("out/pets.lock")).unwrap();
    assert!(
        lock.contains("[rust.fields.Pet]\nborn = \"born\"\n"),
        "{lock}"
    );

    let fresh = xtask(dir.path(), &with(&["--check"]));
    status(&fresh, 0);
    assert!(
        stdout(&fresh).contains(" files, 0 changed; "),
        "{}",
        stdout(&fresh)
    );
}

#[test]
fn a_check_shows_what_was_edited_and_what_is_left_over() {
    let dir = folder(SPEC);
    status(&xtask(dir.path(), &GENERATE), 0);
    let root = dir.path().join("out/src/lib.rs");
    let text = std::fs::read_to_string(&root).unwrap();
    std::fs::write(&root, format!("{text}// mine\n")).unwrap();
    std::fs::write(dir.path().join("out/src/old.rs"), "").unwrap();
    let output = xtask(dir.path(), &with(&["--check"]));
    status(&output, 1);
    assert!(
        stdout(&output).contains("\n-// mine\n"),
        "{}",
        stdout(&output)
    );
    assert!(
        stdout(&output).contains("left over: out/src/old.rs\n"),
        "{}",
        stdout(&output)
    );
    status(&xtask(dir.path(), &GENERATE), 0);
    assert_eq!(std::fs::read_to_string(&root).unwrap(), text);
    assert!(!dir.path().join("out/src/old.rs").exists());
}

#[test]
fn strict_fails_when_something_was_lost() {
    let lossy = SPEC.replace(
        "name: {type: string}",
        "name: {type: string, if: {minLength: 2}}",
    );
    let dir = folder(&lossy);
    let output = xtask(dir.path(), &with(&["--strict"]));
    status(&output, 1);
    let last = stdout(&output).lines().last().unwrap().to_owned();
    assert!(last.contains(" of the document lost"), "{last}");
    assert!(dir.path().join("out/Cargo.toml").exists());
    status(&xtask(dir.path(), &GENERATE), 0);
}

#[test]
fn somebody_elses_folder_is_left_alone() {
    let dir = folder(SPEC);
    std::fs::create_dir_all(dir.path().join("out/src")).unwrap();
    std::fs::write(dir.path().join("out/src/main.rs"), "fn main() {}").unwrap();
    let output = xtask(dir.path(), &GENERATE);
    status(&output, 1);
    assert!(
        stderr(&output).contains("src/main.rs was not generated"),
        "{}",
        stderr(&output)
    );
    assert!(!dir.path().join("out/Cargo.toml").exists());
}

#[test]
fn a_run_without_a_change_says_the_same_and_notices_every_change() {
    let dir = folder(&SPEC.replace("title: Pets", "title: 1"));
    let run = || {
        let output = xtask(dir.path(), &with(&[]));
        status(&output, 0);
        (stdout(&output), stderr(&output))
    };
    let first = run();
    let again = run();
    assert!(
        first.1.contains("/info/title") || first.1.contains("pets.yaml:2:8"),
        "{}",
        first.1
    );
    assert_eq!(first.1, again.1, "what was wrong is said every time");
    assert!(again.0.contains(", 0 changed"), "{}", again.0);
    assert_eq!(again, run());
    let root = dir.path().join("out/src/lib.rs");
    let text = std::fs::read_to_string(&root).unwrap();
    std::fs::write(&root, "").unwrap();
    assert!(run().0.contains(", 1 changed"));
    assert_eq!(std::fs::read_to_string(&root).unwrap(), text);
    let spec = dir.path().join("pets.yaml");
    std::fs::write(
        &spec,
        std::fs::read_to_string(&spec)
            .unwrap()
            .replace("title: 1", "title: Pets"),
    )
    .unwrap();
    let mended = run();
    assert!(
        mended.1.is_empty() && !mended.0.contains(", 0 changed"),
        "{mended:?}"
    );
}

#[test]
fn programs_read_one_json_value() {
    let dir = folder(&SPEC.replace("title: Pets", "title: 1"));
    let output = xtask(dir.path(), &with(&["--format", "json", "--timings"]));
    status(&output, 0);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["ok"], true);
    let api = &value["apis"][0];
    assert_eq!((&api["name"], &api["actions"]), (&"pets".into(), &1.into()));
    let diagnostic = &api["diagnostics"][0];
    assert_eq!(diagnostic["pointer"], "/info/title");
    assert_eq!(
        (&diagnostic["line"], &diagnostic["column"]),
        (&2.into(), &8.into())
    );
    let stages = value["timings"]["stages"].as_array().unwrap();
    assert!(
        stages.iter().any(|stage| stage["name"] == "pets: names"),
        "{stages:?}"
    );
    let inspected = xtask(
        dir.path(),
        &[
            "inspect",
            "--spec",
            "pets.yaml",
            "--action",
            "GET /pets",
            "--format",
            "json",
        ],
    );
    status(&inspected, 0);
    let value: serde_json::Value = serde_json::from_slice(&inspected.stdout).unwrap();
    assert_eq!(value["action"]["operation_id"], "listPets");
}

#[test]
fn a_folder_with_tests_keeps_them() {
    let dir = folder(SPEC);
    let root = dir.path().join("out/tests/every_action");
    status(&xtask(dir.path(), &with(&["--tests"])), 0);
    status(&xtask(dir.path(), &with(&["--check"])), 0);
    status(&xtask(dir.path(), &with(&[])), 0);
    assert!(
        root.join("main.rs").exists(),
        "the folder says what it was made with"
    );
    std::fs::remove_dir_all(&root).unwrap();
    status(&xtask(dir.path(), &with(&[])), 0);
    assert!(!root.exists());
    assert!(!dir.path().join("out/tests/cases/pets.json").exists());
    status(&xtask(dir.path(), &with(&["--check"])), 0);
    status(&xtask(dir.path(), &with(&["--check", "--tests"])), 1);
}

#[test]
fn a_file_is_no_folder_to_write_to() {
    let dir = folder(SPEC);
    let arguments = [
        "generate",
        "--spec",
        "pets.yaml",
        "--name",
        "pets",
        "--out",
        "pets.yaml",
    ];
    let refused = xtask(dir.path(), &arguments);
    status(&refused, 2);
    assert!(
        stderr(&refused).contains("--out must be a folder, and `pets.yaml` is a file"),
        "{}",
        stderr(&refused)
    );
}
