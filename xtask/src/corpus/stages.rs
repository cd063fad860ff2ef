//! What is done with one document.

use super::documents::Document;
use super::facts::{self, Row};
use super::run::{Cost, run};
use crate::bench::cargo;
use crate::n8n;
use crate::workspace::{Failure, Workspace, unreadable};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// How long generating may take, also for the largest document in a debug build.
const GENERATING: Duration = Duration::from_secs(180);

/// How long a program of others may take.
const CHECKING: Duration = Duration::from_secs(900);

/// The documents whose Rust is compiled in every run, by the names of their APIs: one of many files,
/// one that is made of styles of parameters, one of Swagger 2.0, one that only has types, one with
/// hostile names. They are small: the large ones say nothing about these corners, and take minutes.
pub(super) const REPRESENTATIVE: [&str; 5] = [
    "autorest_url_swagger2",
    "hey_api_full_31",
    "oasdiff_31_base",
    "parameters_style",
    "scalar_galaxy",
];

/// The documents whose n8n package goes through n8n's own tools in every run.
pub(super) const LINTED: [&str; 2] = ["parameters_style", "scalar_galaxy"];

/// The most actions of a package that goes through n8n's own tools when everything is checked: they
/// take minutes for the largest, and find in them what they find in the others.
pub(super) const MOST_LINTED: usize = 200;

/// The program that generates: this one, and where everything is measured one that is optimised.
pub(super) fn generator(workspace: &Workspace, optimised: bool) -> Result<PathBuf, Failure> {
    let this = std::env::current_exe().map_err(|error| unreadable(Path::new("xtask"), &error))?;
    // Steps before this one may have built it anew, and Linux then calls the running one deleted.
    let name = this.to_string_lossy();
    let this = name
        .strip_suffix(" (deleted)")
        .map_or(this.clone(), PathBuf::from);
    if !optimised || !cfg!(debug_assertions) {
        return Ok(this);
    }
    let mut command = cargo();
    command
        .args(["build", "--release", "--quiet", "-p", "xtask"])
        .current_dir(workspace.root());
    let ended = run(&mut command, CHECKING)?;
    if let Some(fault) = ended.fault() {
        return Err(Failure::Run {
            program: "cargo build --release".to_owned(),
            message: fault,
        });
    }
    let file = this.file_name().unwrap_or("xtask".as_ref());
    let target = this.parent().and_then(Path::parent).unwrap_or(&this);
    Ok(target.join("release").join(file))
}

fn generate_command(program: &Path, document: &Document, out: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["generate", "--format", "json", "--name", &document.api]);
    command.arg("--spec").arg(&document.path);
    command.arg("--out").arg(out);
    command
}

/// Generates all outputs into an empty folder. The error within is a fault of the document's run.
pub(super) fn generate(
    program: &Path,
    document: &Document,
    out: &Path,
) -> Result<Result<Row, String>, Failure> {
    if out.exists() {
        fs::remove_dir_all(out).map_err(|error| unreadable(out, &error))?;
    }
    let mut command = generate_command(program, document, out);
    let ended = run(command.arg("--timings"), GENERATING)?;
    if let Some(fault) = ended.fault() {
        return Ok(Err(format!("it does not generate: {fault}")));
    }
    let Some(facts) = facts::of(document, &ended.stdout, out) else {
        return Ok(Err(
            "the generator's answer is not what it should be".to_owned()
        ));
    };
    Ok(Ok(Row {
        document: document.name.clone(),
        facts,
        generated: Cost {
            cpu: ended.cost.cpu,
            memory: facts::memory(&ended.stdout).unwrap_or(ended.cost.memory),
        },
        checked: Cost::default(),
    }))
}

/// Whether generating again changes something; says what.
pub(super) fn is_unchanged(
    program: &Path,
    document: &Document,
    out: &Path,
) -> Result<Option<String>, Failure> {
    let mut command = generate_command(program, document, out);
    let ended = run(command.arg("--check"), GENERATING)?;
    let fault = ended.fault();
    Ok(fault.map(|fault| format!("generating again is not the same: {fault}")))
}

/// Compiles the Rust with all features, without warnings; what that took.
pub(super) fn check(
    workspace: &Workspace,
    work: &Path,
    api: &str,
    out: &Path,
) -> Result<Result<Cost, String>, Failure> {
    let manifest = out.join("Cargo.toml");
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| unreadable(path, &error));
    // One runtime for all, so that it is built once; a copy of it is in each folder.
    let runtime = workspace.root().join("generator/runtime");
    let shared = format!("path = {:?}", runtime.display().to_string());
    let renamed = format!("package = \"{}-runtime\"\n", api.replace('_', "-"));
    let text = read(&manifest)?
        .replace("path = \"runtime\"", &shared)
        .replace(&renamed, "");
    let folder = work.join("check").join(api);
    let prepare = || -> std::io::Result<()> {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("Cargo.toml"), text)?;
        fs::copy(
            workspace.root().join("Cargo.lock"),
            folder.join("Cargo.lock"),
        )?;
        for part in ["src", "examples"] {
            if out.join(part).is_dir() {
                copy(&out.join(part), &folder.join(part))?;
            }
        }
        Ok(())
    };
    prepare().map_err(|error| unreadable(&folder, &error))?;
    let command = |arguments: &[&str]| {
        let mut command = cargo();
        command
            .args(arguments)
            .args(["--offline", "--quiet"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", work.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTFLAGS", "-Dwarnings");
        command
    };
    let ended = run(
        &mut command(&["check", "-p", "specwright-runtime"]),
        CHECKING,
    )?;
    if let Some(fault) = ended.fault() {
        return Ok(Err(format!("its dependencies do not build: {fault}")));
    }
    let ended = run(&mut command(&["check", "--all-features"]), CHECKING)?;
    if let Some(fault) = ended.fault() {
        return Ok(Err(format!("its Rust does not compile: {fault}")));
    }
    let cost = ended.cost;
    let lint = ["clippy", "--all-features", "--lib", "--examples"];
    let linted = run(&mut command(&lint), CHECKING)?;
    Ok(match linted.fault() {
        Some(fault) => Err(format!("clippy finds something in its Rust: {fault}")),
        None => Ok(cost),
    })
}

/// Builds the n8n package, and looks at it with n8n's own tools.
pub(super) fn lint(
    workspace: &Workspace,
    api: &str,
    out: &Path,
) -> Result<Option<String>, Failure> {
    let name = n8n::package_name(api);
    let source = out.join("n8n").join(&name);
    if !source.is_dir() || !n8n::are_there(workspace) {
        return Ok(None);
    }
    let built = n8n::build_from(workspace, &source, &name)?;
    let is_clean = n8n::is_clean(workspace, api, &built)?;
    Ok((!is_clean).then(|| "n8n's tools find something in its package".to_owned()))
}

/// Whether every fact of the documents is in the API or named as lost: the conservation test, on them.
pub(super) fn conserves(workspace: &Workspace, folder: &Path) -> Result<bool, Failure> {
    let folder = folder
        .canonicalize()
        .map_err(|error| unreadable(folder, &error))?;
    let mut command = cargo();
    command
        .args([
            "test",
            "-p",
            "specwright",
            "--test",
            "conservation",
            "--quiet",
        ])
        .arg("real_documents")
        .current_dir(workspace.root())
        .env("SPECWRIGHT_DOCUMENTS", folder);
    let ended = run(&mut command, CHECKING)?;
    if let Some(fault) = ended.fault() {
        crate::output::line(format_args!("{}\n{fault}", ended.stdout.trim_end()));
    }
    Ok(ended.status.success())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
