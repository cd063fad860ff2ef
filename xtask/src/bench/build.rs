//! Checking and building what was generated: `cargo check` and a release build of the crate alone, its
//! dependencies built before, nothing incremental.

use super::cost::{self, Cost};
use super::figure::{Amount, Figure};
use super::subject::Subjects;
use super::{Bench, Section};
use crate::workspace::{Failure, unreadable};
use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// The program whose size is measured, with every resource and with those that it needs.
const EXAMPLE: &str = "twenty_quickstart";

pub(super) fn measure(
    bench: &Bench,
    subjects: &Subjects,
    say: &dyn Fn(&str),
) -> Result<Vec<Figure>, Failure> {
    let ours = &subjects.ours.folder;
    let one = one_resource(ours)?;
    say("checking all resources");
    let all = bench.alone(ours, &["check"])?;
    say("checking one resource");
    let only = bench.alone(
        ours,
        &["check", "--no-default-features", "--features", &one],
    )?;
    let figure = |what: &str, amount| Figure::new(Section::Build, what, amount);
    let mut cpu = figure("cargo check, all resources", Amount::cpu(all.cpu));
    let mut memory = figure(
        "cargo check, all resources, memory",
        Amount::Bytes(all.memory),
    );
    let mut release = Vec::new();
    let mut best: Option<(Cost, &str)> = None;
    for peer in subjects.crates() {
        say(&format!("checking {}'s", peer.name));
        let cost = bench.alone(&peer.folder, &["check"])?;
        cpu = cpu.beside(&peer.name, Amount::cpu(cost.cpu));
        memory = memory.beside(&peer.name, Amount::Bytes(cost.memory));
        if best.as_ref().is_none_or(|(best, _)| cost.cpu < best.cpu) {
            best = Some((cost, &peer.name));
        }
        say(&format!("building {}'s", peer.name));
        release.push((
            peer.name.clone(),
            bench.alone(&peer.folder, &["build", "--release"])?,
        ));
    }
    if let Some((best, name)) = best {
        cpu = cpu.at_most(
            Amount::cpu(best.cpu).times(0.1),
            format!("a tenth of {name}"),
        );
        let most = Amount::Bytes(best.memory).times(1.0 / 3.0);
        memory = memory.at_most(most, format!("a third of {name}"));
    }
    let two_thirds = |cost| Amount::times(cost, 2.0 / 3.0);
    let mut figures = vec![
        cpu,
        memory,
        figure("cargo check, one resource", Amount::cpu(only.cpu))
            .at_most(two_thirds(Amount::cpu(all.cpu)), "two thirds of all"),
        figure(
            "cargo check, one resource, memory",
            Amount::Bytes(only.memory),
        ),
    ];
    say("building with optimisation");
    let all = bench.alone(ours, &["build", "--release"])?;
    let only = bench.alone(
        ours,
        &[
            "build",
            "--release",
            "--no-default-features",
            "--features",
            &one,
        ],
    )?;
    let mut built = figure("release build, all resources", Amount::cpu(all.cpu));
    for (name, cost) in release {
        built = built.beside(name, Amount::cpu(cost.cpu));
    }
    figures.extend([
        built,
        figure("release build, one resource", Amount::cpu(only.cpu)),
    ]);
    say("building the quickstart");
    let all = bench.binary(&[])?;
    let needed = features_of(&bench.workspace.generated(), EXAMPLE)?;
    let only = bench.binary(&["--no-default-features", "--features", &needed])?;
    figures.extend([
        figure(
            "the quickstart's binary, stripped, all resources",
            Amount::Bytes(all),
        ),
        figure(
            "the quickstart's binary, stripped, one resource",
            Amount::Bytes(only),
        ),
    ]);
    Ok(figures)
}

/// The feature of a resource of average weight: the one in the middle of the sorted list.
fn one_resource(folder: &Path) -> Result<String, Failure> {
    let path = folder.join("Cargo.toml");
    let manifest = crate::workspace::read(&path)?;
    let manifest: toml::Table = manifest.parse().unwrap_or_default();
    let features = manifest.get("features").and_then(toml::Value::as_table);
    let mut resources: Vec<&String> = features
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
        .filter(|name| !matches!(name.as_str(), "default" | "client" | "all-resources"))
        .collect();
    resources.sort();
    let middle = resources.get(resources.len() / 2);
    let none = || Failure::Usage(format!("{} has no resources", path.display()));
    middle.map(|name| (*name).clone()).ok_or_else(none)
}

/// The features that an example of a crate needs.
fn features_of(folder: &Path, example: &str) -> Result<String, Failure> {
    let path = folder.join("Cargo.toml");
    let manifest: toml::Table = crate::workspace::read(&path)?.parse().unwrap_or_default();
    let examples = manifest.get("example").and_then(toml::Value::as_array);
    let is_it = |it: &&toml::Value| it.get("name").and_then(toml::Value::as_str) == Some(example);
    let found = examples.into_iter().flatten().find(is_it);
    let needed = found.and_then(|it| it.get("required-features")?.as_array());
    let needed: Vec<&str> = needed
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
        .collect();
    if needed.is_empty() {
        let message = format!("{} has no example {example}", path.display());
        return Err(Failure::Usage(message));
    }
    Ok(needed.join(","))
}

impl Bench {
    /// What a cargo command takes for a crate alone.
    fn alone(&self, folder: &Path, arguments: &[&str]) -> Result<Cost, Failure> {
        let command = || {
            let mut command = cost::cargo();
            command
                .args(arguments)
                .arg("--quiet")
                .current_dir(folder)
                .env("CARGO_INCREMENTAL", "0")
                .env("CARGO_TARGET_DIR", self.folder.join("build"));
            command
        };
        cost::run(&mut command())?;
        let root = folder.join("src/lib.rs");
        // An optimised build takes long enough for one to tell.
        let runs = if arguments.contains(&"--release") {
            1
        } else {
            self.runs
        };
        cost::least(runs, &mut || touch(&root), &command)
    }

    /// The size of the program.
    fn binary(&self, arguments: &[&str]) -> Result<u64, Failure> {
        let target = self.folder.join("build");
        let mut command: Command = cost::cargo();
        command
            .args([
                "build",
                "--release",
                "--quiet",
                "-p",
                "specwright-generated",
                "--example",
                EXAMPLE,
            ])
            .args(arguments)
            .current_dir(self.workspace.root())
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
        cost::run(&mut command)?;
        let binary = target
            .join("release/examples")
            .join(EXAMPLE)
            .with_extension(std::env::consts::EXE_EXTENSION);
        let metadata = std::fs::metadata(&binary).map_err(|error| unreadable(&binary, &error))?;
        Ok(metadata.len())
    }
}

/// Makes cargo compile a crate again.
fn touch(file: &Path) -> Result<(), Failure> {
    let touched = File::options()
        .append(true)
        .open(file)
        .and_then(|file| file.set_modified(SystemTime::now()));
    touched.map_err(|error| unreadable(file, &error))
}
