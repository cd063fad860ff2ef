//! The crate that is made of all documents of a version, and the program that calls its clients.

use super::documents::Document;
use crate::workspace::{Failure, Workspace, read_from, unreadable};
use specwright::config::{ApiConfig, Output};
use specwright::ir::Api;
use specwright::names::{Lock, RustNames};
use specwright::plan::WritePlan;
use specwright::{Rendering, Shape, compile, render, render_workspace};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The program, which is the same for all.
const MAIN: &str = include_str!("../../conformance/main.rs");

/// What came of a document.
pub(super) struct Generated {
    pub(super) api: Api,
    config: ApiConfig,
    names: RustNames,
    pub(super) plan: WritePlan,
}

/// A crate with a client for each document, on disk.
pub(super) struct Project {
    folder: PathBuf,
    /// The APIs by their names.
    pub(super) apis: BTreeMap<String, Generated>,
    /// Documents of which nothing came, each with why.
    pub(super) failed: BTreeMap<String, String>,
}

impl Project {
    /// Generates the clients and writes the crate.
    pub(super) fn write<'d>(
        workspace: &Workspace,
        folder: PathBuf,
        documents: impl Iterator<Item = &'d Document>,
    ) -> Result<Self, Failure> {
        let mut project = Self {
            folder,
            apis: BTreeMap::new(),
            failed: BTreeMap::new(),
        };
        for document in documents {
            match generate(document, Output::Rust)? {
                Ok(generated) => project
                    .apis
                    .insert(document.api.clone(), generated)
                    .map(|_| ()),
                Err(why) => project.failed.insert(document.api.clone(), why).map(|_| ()),
            };
        }
        project.files(workspace)?;
        Ok(project)
    }

    fn files(&self, workspace: &Workspace) -> Result<(), Failure> {
        let inputs: Vec<_> = self
            .apis
            .values()
            .map(|it| (&it.api, &it.config, &it.names))
            .collect();
        let (shared, _) = render_workspace(&inputs);
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let plans = self.apis.values().map(|it| &it.plan).chain([&shared]);
        for (path, text) in plans.flat_map(WritePlan::files) {
            if path.starts_with("src/") {
                files.insert(path.to_owned(), text.to_owned());
            } else if path == "Cargo.toml" {
                let text = manifest(workspace, &self.name(), text);
                let text = text.map_err(|error| Failure::Run {
                    program: "toml".to_owned(),
                    message: error.to_string(),
                })?;
                files.insert(path.to_owned(), text);
            }
        }
        let names: Vec<&str> = self.apis.keys().map(String::as_str).collect();
        files.insert("src/main.rs".to_owned(), MAIN.to_owned());
        let list = format!("apis! {{ {} }}\n", names.join(" "));
        files.insert("src/apis.rs".to_owned(), list);
        let source = self.folder.join("src");
        remove_others(&source, &self.folder, &files).map_err(|it| unreadable(&source, &it))?;
        for (path, text) in &files {
            let path = self.folder.join(path);
            keep(&path, text).map_err(|error| unreadable(&path, &error))?;
        }
        let lock = self.folder.join("Cargo.lock");
        std::fs::copy(workspace.root().join("Cargo.lock"), &lock)
            .map(|_| ())
            .map_err(|error| unreadable(&lock, &error))
    }

    /// Builds the program; where it is.
    pub(super) fn build(&self, workspace: &Workspace) -> Result<PathBuf, Failure> {
        let target = workspace.root().join("target/conformance/build");
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--quiet", "--offline", "--features", "dynamic"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &target)
            .env_remove("RUSTFLAGS")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| unreadable(Path::new("cargo"), &error))?;
        if !output.status.success() {
            return Err(Failure::Run {
                program: "cargo build".to_owned(),
                message: String::from_utf8_lossy(&output.stderr).into_owned(),
            });
        }
        Ok(target.join("debug").join(self.name()))
    }

    fn name(&self) -> String {
        let folder = self.folder.file_name().unwrap_or_default();
        format!("conformance-{}", folder.to_string_lossy().replace('.', "-"))
    }
}

/// Generates one output of a document; an inner error is why nothing came of it.
pub(super) fn generate(
    document: &Document,
    output: Output,
) -> Result<Result<Generated, String>, Failure> {
    let mut config = ApiConfig::for_name(&document.api);
    config.outputs = vec![output];
    let read = read_from(&document.path, None, &[])?;
    let compiled = compile(&read.entry, &read.sources, &config, &mut |_| {});
    let first = |diagnostics: &specwright::diag::Diagnostics| {
        let mut all = diagnostics.iter();
        let error = all.find(|it| it.severity == specwright::diag::Severity::Error);
        error.map(|error| error.message.clone())
    };
    let (api, error) = (compiled.api, first(&compiled.diagnostics));
    let Some(api) = api.filter(|_| error.is_none()) else {
        return Ok(Err(error.unwrap_or_default()));
    };
    let rendering = Rendering {
        api: &api,
        config: &config,
        outputs: &config.outputs,
        shape: match output {
            Output::Rust => Shape::Module,
            _ => Shape::Standalone,
        },
        cases: None,
    };
    let rendered = render(rendering, &mut Lock::new(), &mut |_| {});
    if let Some(error) = first(&rendered.diagnostics) {
        return Ok(Err(error));
    }
    Ok(Ok(Generated {
        plan: rendered.plan,
        names: rendered.names,
        config,
        api,
    }))
}

/// The manifest: the features of the shared crate, and a runtime that is this repository's.
fn manifest(workspace: &Workspace, name: &str, shared: &str) -> Result<String, toml::ser::Error> {
    let shared: toml::Table = shared.parse().unwrap_or_default();
    let runtime = workspace.root().join("generator/runtime");
    let manifest = serde_json::json!({
        "package": { "name": name, "version": "0.0.0", "edition": "2024", "publish": false },
        "lib": { "name": "conformance" },
        "features": shared.get("features"),
        "dependencies": {
            "specwright-runtime": { "path": runtime, "features": ["dynamic", "oauth2", "webhooks", "xml"] },
            "tokio": {
                "version": "1", "default-features": false, "features": ["macros", "rt"],
            },
        },
        "profile": { "dev": { "debug": 0 } },
        "workspace": {},
    });
    toml::to_string(&manifest)
}

/// Writes a file, unless it is as it should be.
pub(super) fn keep(path: &Path, text: &str) -> std::io::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|own| own == text) {
        return Ok(());
    }
    std::fs::create_dir_all(path.parent().unwrap_or(path))?;
    std::fs::write(path, text)
}

/// Removes what an earlier run has written and this one does not.
fn remove_others(
    folder: &Path,
    root: &Path,
    files: &BTreeMap<String, String>,
) -> std::io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, root, files)?;
        } else {
            let own = path.strip_prefix(root).unwrap_or(&path);
            let own = own.to_string_lossy().replace('\\', "/");
            if !files.contains_key(&own) {
                std::fs::remove_file(&path)?;
            }
        }
    }
    Ok(())
}
