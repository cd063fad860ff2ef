//! The tree is the pipeline: who may know whom, and what nobody may do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "only tests use this"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each part of the generator with what it may mention. Data flows from the left of
/// `load -> normalise -> ir <- passes` to the back ends; nobody looks back.
const MAY_USE: &[(&str, &[&str])] = &[
    ("ir", &[]),
    ("diag", &["ir"]),
    ("plan", &[]),
    ("pattern", &[]),
    ("config", &["diag", "ir"]),
    ("load", &["diag", "ir"]),
    // What must be sent is found out without the compiler: see `cases`.
    ("cases", &["config", "pattern", "load"]),
    ("normalise", &["diag", "ir", "load"]),
    ("names", &["diag", "ir"]),
    ("vocabulary", &[]),
    ("passes", &["config", "diag", "ir", "names", "vocabulary"]),
    ("inspect", &["ir", "names", "passes"]),
    ("runtime_copy", &["plan"]),
    (
        "rust",
        &[
            "cases",
            "diag",
            "ir",
            "names",
            "pattern",
            "plan",
            "runtime_copy",
        ],
    ),
    (
        "n8n",
        &["config", "diag", "ir", "names", "plan", "runtime_copy"],
    ),
    (
        "docs",
        &["config", "diag", "ir", "names", "pattern", "plan"],
    ),
    // Back ends do not know each other: what the documentation says of the others is handed to it here.
    ("manual", &["docs", "ir", "n8n", "names", "rust"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The Rust files below a folder, with their text up to their tests, comments left out.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let for_tests = name.contains("test");
            if path.is_dir() && !for_tests && name != "snapshots" {
                folders.push(path);
            } else if name.ends_with(".rs") && !for_tests {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let code = code
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect::<Vec<_>>();
                found.push((path, code.join("\n")));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{} has no sources", folder.display());
    found
}

/// The part of the generator that a file belongs to: `load` for `src/load/json.rs`.
fn part(path: &Path) -> String {
    let inside = path.strip_prefix(source()).unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The parts that a text mentions as `crate::part`.
fn mentioned(code: &str) -> BTreeSet<String> {
    let parts = code.split("crate::").skip(1).map(|rest| {
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        rest[..end].to_owned()
    });
    parts
        .filter(|part| MAY_USE.iter().any(|(name, _)| name == part))
        .collect()
}

#[test]
fn data_flows_one_way() {
    let mut wrong = Vec::new();
    for (path, code) in files(&source()) {
        let own = part(&path);
        if own == "lib" {
            continue; // the list of stages knows them all
        }
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(name, _)| *name == own)
            .unwrap_or_else(|| panic!("{own} is not in the table: say what it may use"));
        for other in mentioned(&code) {
            if other != own && !allowed.contains(&other.as_str()) {
                wrong.push(format!("{} mentions {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn wire_types_stop_at_the_border() {
    for (path, code) in files(&source()) {
        if part(&path) != "normalise" {
            assert!(
                !code.contains("openapiv3"),
                "{} knows openapiv3",
                path.display()
            );
        }
        if part(&path) != "load" {
            assert!(
                !code.contains("saphyr"),
                "{} knows how YAML is read",
                path.display()
            );
        }
    }
}

/// The generator is pure: text in, files to write out.
#[test]
fn the_generator_does_not_touch_the_outside_world() {
    let outside = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::time",
        "SystemTime",
        "std::thread",
    ];
    for (path, code) in files(&source()) {
        // What the Rust back end writes may use anything; it is tokens here.
        let tokens = part(&path) == "rust";
        for word in outside
            .iter()
            .filter(|word| !(tokens && **word == "std::env"))
        {
            assert!(!code.contains(word), "{} uses {word}", path.display());
        }
    }
}

/// The order in which a hash map is walked must reach no output.
#[test]
fn no_hash_map_is_walked_over() {
    for (path, code) in files(&source()) {
        let maps: Vec<&str> = code
            .lines()
            .filter(|line| line.contains(": HashMap<") || line.contains("= HashMap::"))
            .filter_map(|line| {
                line.trim()
                    .trim_start_matches("let mut ")
                    .trim_start_matches("let ")
                    .split([':', ' '])
                    .next()
            })
            .filter(|name| {
                !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
            })
            .collect();
        for name in maps {
            for walk in [
                ".iter()",
                ".keys()",
                ".values()",
                ".into_iter()",
                ".drain()",
            ] {
                assert!(
                    !code.contains(&format!("{name}{walk}")),
                    "{} walks over {name}",
                    path.display()
                );
            }
            assert!(
                !code.contains(&format!("in &{name} ")),
                "{} walks over {name}",
                path.display()
            );
        }
    }
}

/// The runtime is an ordinary crate: it knows neither the generator nor a document.
#[test]
fn the_runtime_knows_nothing_of_the_generator() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    for (path, code) in files(&runtime.join("src")) {
        for word in ["openapiv3", "specwright::", "minijinja"] {
            assert!(!code.contains(word), "{} mentions {word}", path.display());
        }
    }
    let manifest = std::fs::read_to_string(runtime.join("Cargo.toml")).unwrap();
    assert!(
        !manifest.contains("\nspecwright"),
        "the runtime depends on the generator"
    );
}
