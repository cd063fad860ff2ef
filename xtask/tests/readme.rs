//! The README's Rust is code that compiles and runs: each block stands in one of the generated examples.

use std::fs;
use std::path::Path;

/// The texts between a line that opens a block of `language` and the line that closes it.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    text.split(&format!("\n```{language}\n"))
        .skip(1)
        .filter_map(|rest| rest.split_once("\n```").map(|(block, _)| block))
        .collect()
}

/// A text without indentation, empty lines and what only tools want to know, so that a block may be a
/// part of a function.
fn plain(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && *line != "#[rustfmt::skip]")
        .collect();
    lines.join("\n")
}

#[test]
fn every_example_that_is_run_is_there() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(here.join("../README.md")).unwrap();
    let runs: Vec<&str> = readme.split("cargo run --example ").skip(1).collect();
    assert!(!runs.is_empty(), "the README runs no example");
    for run in runs {
        let name = run.split_whitespace().next().unwrap();
        let path = here.join(format!("../generated/examples/{name}.rs"));
        assert!(path.exists(), "there is no example {name}");
    }
}

#[test]
fn every_block_of_rust_stands_in_an_example() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(here.join("../README.md")).unwrap();
    let examples: Vec<String> = fs::read_dir(here.join("../generated/examples"))
        .unwrap()
        .map(|entry| plain(&fs::read_to_string(entry.unwrap().path()).unwrap()))
        .collect();
    let blocks = blocks(&readme, "rust");
    assert!(!blocks.is_empty(), "the README shows no Rust");
    for block in blocks {
        let found = examples
            .iter()
            .any(|example| example.contains(&plain(block)));
        assert!(found, "no example has this block of the README:\n{block}");
    }
}
