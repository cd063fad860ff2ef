//! The program as its users run it: exit statuses, what is printed, what is on disk afterwards.

// Helpers of tests are not tests to the lint.
#![allow(clippy::unwrap_used)]

mod documents;
mod generate;
mod inspect;
mod serve;

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
