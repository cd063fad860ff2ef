//! The program as its users run it: exit statuses, what is printed, what is on disk afterwards.

// Helpers of tests are not tests to the lint.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

const SPEC: &str = r##"openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        "200":
          description: Pets.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
        born: {type: string, format: date}
"##;

fn xtask(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn status(output: &Output, expected: i32) {
    let text = format!("{}{}", stdout(output), stderr(output));
    assert_eq!(output.status.code(), Some(expected), "{text}");
}

/// A folder with a document in it.
fn folder(spec: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("pets.yaml"), spec).unwrap();
    dir
}

const GENERATE: [&str; 7] = [
    "generate",
    "--spec",
    "pets.yaml",
    "--name",
    "pets",
    "--out",
    "out",
];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    GENERATE.into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn every_command_has_help_with_examples() {
    let dir = folder(SPEC);
    for command in ["generate", "inspect", "serve", "test"] {
        let output = xtask(dir.path(), &[command, "--help"]);
        status(&output, 0);
        assert!(
            stdout(&output).contains("Examples:\n  cargo xtask "),
            "{command}"
        );
    }
}

#[test]
fn wrong_usage_is_2() {
    let dir = folder(SPEC);
    for arguments in [
        &["generate", "--spec", "pets.yaml"][..],
        &["generate", "no-such-api"],
        &["generate", "--check", "--dry-run"],
        &["generate", "--only", "perl"],
        &[
            "generate",
            "--spec",
            "pets.yaml",
            "--name",
            "../x",
            "--out",
            "out",
        ],
        &["inspect"],
        &["inspect", "--spec", "pets.yaml", "--action", "nothing"],
        &["inspect", "--spec", "pets.yaml", "--event", "nothing"],
        &["serve"],
        &["serve", "no-such-api"],
        &["serve", "--spec", "pets.yaml", "--rate-limit", "100"],
        &["no-such-command"],
        &[],
    ] {
        status(&xtask(dir.path(), arguments), 2);
    }
    assert!(!dir.path().join("out").exists());
}

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
fn what_cannot_be_read_is_1_and_says_where() {
    let dir = folder("openapi: 3.1.0\ninfo: [\n");
    let output = xtask(dir.path(), &GENERATE);
    status(&output, 1);
    assert!(
        stderr(&output).contains("error[syntax]"),
        "{}",
        stderr(&output)
    );
    assert!(
        stderr(&output).contains("pets.yaml:"),
        "{}",
        stderr(&output)
    );
    let last = stdout(&output);
    assert_eq!(last, "pets: nothing could be generated; 1 error\n");
    let missing = xtask(dir.path(), &["inspect", "--spec", "none.yaml"]);
    status(&missing, 1);
    assert!(
        stderr(&missing).starts_with("error: none.yaml: "),
        "{}",
        stderr(&missing)
    );
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
fn inspect_shows_the_matrix_and_one_action() {
    let dir = folder(SPEC);
    let matrix = xtask(dir.path(), &["inspect", "--spec", "pets.yaml"]);
    status(&matrix, 0);
    assert!(stdout(&matrix).contains("pets"), "{}", stdout(&matrix));
    let action = xtask(
        dir.path(),
        &["inspect", "--spec", "pets.yaml", "--action", "listPets"],
    );
    status(&action, 0);
    assert!(stdout(&action).contains("GET /pets"), "{}", stdout(&action));
}

#[test]
fn inspect_offers_what_was_probably_meant() {
    let dir = folder(SPEC);
    let inspect = |more: &[&str]| {
        let base = ["inspect", "--spec", "pets.yaml"];
        xtask(dir.path(), &[base.as_slice(), more].concat())
    };
    let wide = inspect(&["--wide"]);
    status(&wide, 0);
    let line = stdout(&wide)
        .lines()
        .any(|it| it.contains("GET /pets ") && it.ends_with("listPets"));
    assert!(line, "{}", stdout(&wide));
    for like in ["list-pets", "LISTPETS", "get /pets"] {
        status(&inspect(&["--action", like]), 0);
    }
    let near = inspect(&["--action", "lisPet"]);
    status(&near, 2);
    assert!(
        stderr(&near).contains("did you mean `listPets`?"),
        "{}",
        stderr(&near)
    );
    let near = inspect(&["--action", "GET /pet"]);
    assert!(
        stderr(&near).contains("did you mean `GET /pets`?"),
        "{}",
        stderr(&near)
    );
    let far = inspect(&["--action", "zebra"]);
    assert!(stderr(&far).contains("--wide"), "{}", stderr(&far));
}

/// What is in no output is counted by both, else one of them seems to say that nothing is lost.
#[test]
fn inspect_and_generate_count_the_same() {
    let lossy = SPEC.replace(
        "born: {",
        "gone: {readOnly: true, writeOnly: false, type: string}\n        born: {writeOnly: true, ",
    );
    let dir = folder(&lossy);
    let generated = xtask(dir.path(), &with(&[]));
    status(&generated, 0);
    let inspected = xtask(dir.path(), &["inspect", "--spec", "pets.yaml"]);
    let lost = "1 part of the document lost";
    assert!(stdout(&generated).contains(lost), "{}", stdout(&generated));
    assert!(stderr(&inspected).contains(lost), "{}", stderr(&inspected));
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

/// Ctrl-C is how a stand-in ends, so it must not look like a failure.
#[cfg(unix)]
#[test]
fn a_stand_in_says_where_it_is_answers_and_ends_with_0_on_an_interrupt() {
    use std::io::{BufRead, BufReader, Read, Write};
    let dir = folder(SPEC);
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["serve", "--spec", "pets.yaml", "--records", "2"])
        .current_dir(dir.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url = lines.next().unwrap().unwrap();
    assert_eq!(lines.next().unwrap().unwrap(), format!("curl '{url}/pets'"));
    let address = url.strip_prefix("http://").unwrap();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request = "GET /pets HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(
        answer.contains(r#"[{"born":"2026-01-01","name":"name 1"},"#),
        "{answer}"
    );
    let interrupt = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupt.unwrap().success());
    let output = child.wait_with_output().unwrap();
    status(&output, 0);
    assert_eq!(
        stderr(&output),
        "1 list is not paged, for want of a known way to go on: GET /pets\nGET /pets 200\n"
    );
}

const OVERLAY: &str = "overlay: 1.0.0
info: {title: t, version: '1'}
actions:
  - target: $.paths['/pets'].get
    update: {operationId: findPets, description: 7}
";

/// What an overlay says is in the answer, what is wrong with it is shown in its own text, and a run whose
/// overlay changed is no run that is known.
#[test]
fn overlays_are_applied_wherever_they_lie() {
    let dir = folder(SPEC);
    std::fs::create_dir(dir.path().join("api")).unwrap();
    std::fs::rename(
        dir.path().join("pets.yaml"),
        dir.path().join("api/pets.yaml"),
    )
    .unwrap();
    std::fs::write(dir.path().join("o.yaml"), OVERLAY).unwrap();
    let spec = ["--spec", "api/pets.yaml", "--overlay", "o.yaml"];
    let inspect = [&["inspect"][..], &spec, &["--action", "findPets"]].concat();
    let output = xtask(dir.path(), &inspect);
    status(&output, 0);
    let said = stderr(&output);
    let place = "#/actions/0/update/description";
    assert!(said.contains("o.yaml:5:") && said.contains(place), "{said}");

    let generate = [
        &["generate"][..],
        &spec,
        &["--name", "pets", "--out", "out"],
    ]
    .concat();
    status(&xtask(dir.path(), &generate), 0);
    let check = [&generate[..], &["--check"]].concat();
    status(&xtask(dir.path(), &check), 0);
    let stale = OVERLAY.replace("['/pets']", "['/dogs']");
    std::fs::write(dir.path().join("o.yaml"), stale).unwrap();
    let output = xtask(dir.path(), &check);
    status(&output, 1);
    assert!(
        stderr(&output).contains("stale-override"),
        "{}",
        stderr(&output)
    );
    let wrong = ["inspect", "--overlay", "o.yaml", "pets"];
    status(&xtask(dir.path(), &wrong), 2);
}

#[test]
fn references_lead_into_a_folder_around_the_document_when_it_is_named() {
    let dir = folder("name: {type: string}\n");
    std::fs::create_dir(dir.path().join("api")).unwrap();
    let spec = SPEC.replace("{type: string}", "{$ref: '../pets.yaml#/name'}");
    std::fs::write(dir.path().join("api/pets.yaml"), spec).unwrap();
    let inspect = ["inspect", "--spec", "api/pets.yaml"];
    let refused = stderr(&xtask(dir.path(), &inspect));
    assert!(refused.contains("forbidden-reference"), "{refused}");
    assert!(refused.contains("--root"), "{refused}");
    let output = xtask(dir.path(), &[&inspect[..], &["--root", "."]].concat());
    status(&output, 0);
    assert!(
        !stderr(&output).contains("reference"),
        "{}",
        stderr(&output)
    );
    let config = "[api.pets]\nspec = \"pets.yaml\"\nroot = \"..\"\noverlays = [\"../o.yaml\"]\n";
    std::fs::write(dir.path().join("api/c.toml"), config).unwrap();
    std::fs::write(dir.path().join("o.yaml"), OVERLAY).unwrap();
    let more = [
        "--name",
        "pets",
        "--config",
        "api/c.toml",
        "--action",
        "findPets",
    ];
    let output = xtask(dir.path(), &[&inspect[..], &more].concat());
    status(&output, 0);
    assert!(
        !stderr(&output).contains("reference"),
        "{}",
        stderr(&output)
    );
}
