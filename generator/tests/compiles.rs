//! What is written compiles and is clean, with all features, with one and with none, and sends what its
//! cases say.
//!
//! Each crate is written to a folder below the target folder, with this repository's `Cargo.lock`, so
//! that nothing is downloaded that is not downloaded anyway, and built into the target folder itself with
//! this repository's profiles, so that what the crates depend on is not built again.

#![allow(clippy::unwrap_used, reason = "only tests use this")]

mod support;

use specwright::Shape;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use support::{corpus, files, fixture};

/// Where the crates are written.
fn root() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("standalone")
}

/// This repository's profiles, as a configuration for crates that are not part of it. Written once, since
/// the tests run side by side.
static PROFILES: LazyLock<PathBuf> = LazyLock::new(|| {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let mut manifest: toml::Table = std::fs::read_to_string(workspace).unwrap().parse().unwrap();
    manifest.retain(|key, _| key == "profile");
    std::fs::create_dir_all(root()).unwrap();
    let path = root().join("profiles.toml");
    std::fs::write(&path, manifest.to_string()).unwrap();
    path
});

fn write(name: &str, text: &str) -> PathBuf {
    let (plan, _, diagnostics) = files(name, text, Shape::Standalone);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    let folder = root().join(name);
    for (path, text) in plan.files() {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        // Somebody else's crate only says which cases have no call; here each must have one.
        let text = text.replace("strict: false", "strict: true");
        if std::fs::read_to_string(&file).ok().as_ref() != Some(&text) {
            std::fs::write(&file, text).unwrap();
        }
    }
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    folder
}

#[track_caller]
fn cargo(folder: &Path, arguments: &[&str]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .arg("--config")
        .arg(&*PROFILES)
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let name = folder.file_name().unwrap().to_string_lossy();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{name}: cargo {}\n{text}",
        arguments.join(" ")
    );
}

/// One test for all, since they share a folder and cargo would make them wait for each other anyway.
#[test]
fn what_is_written_compiles_and_is_clean() {
    let names = [
        "pets",
        "parameters",
        "obstacles",
        "corners",
        "swagger",
        "events",
        "pages",
        "encodings",
        "streams",
        "markup",
        "security",
    ];
    let mut crates: Vec<PathBuf> = names
        .iter()
        .map(|name| write(name, &fixture(name)))
        .collect();
    let one_feature = [
        "pets",
        "paths",
        "models",
        "users",
        "dogs",
        "pets",
        "cursors",
        "subscriptions",
        "answers",
        "orders",
        "secrets",
    ];
    for (folder, feature) in crates.iter().zip(one_feature) {
        cargo(folder, &["clippy", "--all-targets", "--", "-D", "warnings"]);
        cargo(
            folder,
            &[
                "clippy",
                "--no-default-features",
                "--features",
                feature,
                "--",
                "-D",
                "warnings",
            ],
        );
        cargo(
            folder,
            &["clippy", "--no-default-features", "--", "-D", "warnings"],
        );
        cargo(folder, &["fmt", "--check"]);
        // What is sent, byte by byte: the fixtures have every style and every kind of body.
        let cases = ["test", "--test", "every_action", "sends_what_its_cases_say"];
        cargo(folder, &cases);
        // The same when it is called by name.
        let by_name = ["--features", "dynamic"];
        cargo(
            folder,
            &[
                "clippy",
                "--all-targets",
                by_name[0],
                by_name[1],
                "--",
                "-D",
                "warnings",
            ],
        );
        cargo(folder, &[&cases[..3], &by_name, &cases[3..]].concat());
    }
    // A delivery is taken, a changed one is refused, and the first one is not taken twice.
    let receiver = ["run", "--example", "webhook_receiver", "--", "--self-test"];
    let events = crates.iter().find(|folder| folder.ends_with("events"));
    cargo(events.unwrap(), &receiver);
    // Examples are written for any API: what else is hard about a document is hard for them, too.
    for name in ["forms", "credentials", "parts"] {
        let folder = write(name, &fixture(name));
        cargo(&folder, &["clippy", "--examples", "--", "-D", "warnings"]);
        cargo(&folder, &["fmt", "--check"]);
        crates.push(folder);
    }
    // What linters would say of a document's names and shapes is allowed where it applies.
    let folder = write("lints", &fixture("lints"));
    cargo(
        &folder,
        &["clippy", "--all-targets", "--", "-D", "warnings"],
    );
    cargo(&folder, &["fmt", "--check"]);
    // Bodies that may be left out have setters in the builders, which every feature compiles.
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/savvycal.yaml");
    let folder = write("savvycal", &std::fs::read_to_string(own).unwrap());
    for feature in ["clients", "roles"] {
        cargo(
            &folder,
            &["check", "--no-default-features", "--features", feature],
        );
    }
    if let Some(path) = corpus("specs/twenty.json") {
        crates.push(write("twenty", &std::fs::read_to_string(path).unwrap()));
        let folder = crates.last().unwrap();
        cargo(folder, &["clippy", "--all-targets", "--", "-D", "warnings"]);
        cargo(
            folder,
            &[
                "clippy",
                "--no-default-features",
                "--features",
                "people",
                "--",
                "-D",
                "warnings",
            ],
        );
        cargo(
            folder,
            &["clippy", "--no-default-features", "--", "-D", "warnings"],
        );
    }
}

/// A program can depend on several generated crates: no two packages in its lock file are the same.
#[test]
fn two_crates_go_into_one_program() {
    let crates = ["first_of_two", "second_of_two"].map(|name| write(name, &fixture("pets")));
    let program = root().join("program");
    std::fs::create_dir_all(program.join("src")).unwrap();
    std::fs::write(program.join("src/main.rs"), "fn main() {}\n").unwrap();
    let mut manifest = "workspace = {}\n[package]\nname = \"program\"\n[dependencies]\n".to_owned();
    for folder in &crates {
        let name = folder.file_name().unwrap().to_string_lossy();
        let package = name.replace('_', "-");
        manifest.push_str(&format!("{package} = {{ path = \"../{name}\" }}\n"));
    }
    std::fs::write(program.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(crates[0].join("Cargo.lock"), program.join("Cargo.lock")).unwrap();
    cargo(&program, &["tree", "--offline", "--quiet"]);
}

/// Every shape that a schema can have is clean Rust, and what is read is written again as it was.
#[test]
fn every_shape_compiles_and_goes_both_ways() {
    let folder = write("shapes", &fixture("shapes"));
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shapes_round_trip.rs");
    std::fs::copy(tests, folder.join("tests/round_trip.rs")).unwrap();
    cargo(
        &folder,
        &["clippy", "--all-targets", "--", "-D", "warnings"],
    );
    cargo(&folder, &["test", "--tests"]);
}

/// Documentation builds without a broken link, and the examples in it compile.
#[test]
fn documentation_and_examples_compile() {
    let folder = write("pets_docs", &fixture("pets"));
    cargo(&folder, &["test", "--doc"]);
    for name in ["obstacles", "corners", "parts", "security"] {
        let folder = write(&format!("{name}_docs"), &fixture(name));
        cargo(&folder, &["test", "--doc"]);
    }
}
