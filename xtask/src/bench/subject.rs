//! The crates that are compared: our output and the peers', from one document.

use super::{Bench, cost};
use crate::output;
use crate::workspace::{Failure, unreadable};
use serde_json::Value;
use specwright::config::ApiConfig;
use specwright::diag::Diagnostics;
use specwright::load::load;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A generator of others that can be measured beside ours when it is installed.
#[derive(Debug)]
struct Peer {
    name: &'static str,
    program: &'static str,
    /// Its arguments; `{spec}` and `{out}` stand for the document and the folder.
    arguments: &'static [&'static str],
    /// The newest version of OpenAPI that it takes.
    openapi: Option<&'static str>,
    /// Whether it takes only one error response of an operation; it is then given the first.
    one_error: bool,
    /// Whether it writes a crate, and not only modules.
    is_crate: bool,
}

const PEERS: &[Peer] = &[
    Peer {
        name: "progenitor",
        program: "cargo-progenitor",
        arguments: &[
            "progenitor",
            "-i",
            "{spec}",
            "-o",
            "{out}",
            "-n",
            "peer",
            "-v",
            "0.1.0",
        ],
        openapi: Some("3.0.3"),
        one_error: true,
        is_crate: true,
    },
    Peer {
        name: "oas3-gen",
        program: "oas3-gen",
        arguments: &["generate", "client-mod", "-i", "{spec}", "-o", "{out}"],
        openapi: None,
        one_error: false,
        is_crate: false,
    },
];

/// Generated code that is measured.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) name: String,
    /// The folder that was generated.
    pub(super) folder: PathBuf,
    pub(super) is_crate: bool,
    /// What generating it took.
    pub(super) cost: cost::Cost,
}

/// Our output for the first API that is configured, and the peers' for the same document.
#[derive(Debug)]
pub(super) struct Subjects {
    pub(super) api: ApiConfig,
    pub(super) ours: Subject,
    pub(super) peers: Vec<Subject>,
}

impl Subjects {
    /// Generates all of them.
    pub(super) fn generate(bench: &Bench, say: &dyn Fn(&str)) -> Result<Self, Failure> {
        let mut diagnostics = Diagnostics::new();
        let (config, _) = bench.workspace.config(&mut diagnostics)?;
        let nothing = || Failure::Usage("no API is configured in specs/specwright.toml".to_owned());
        let api = config.apis.first().ok_or_else(nothing)?.clone();
        say("generating");
        let spec = bench.workspace.specs().join(&api.spec);
        let folder = bench.folder.join("ours").join(&api.name);
        let cost = bench.generate(&spec, &api.name, &folder, &[])?;
        bench.pin(&folder)?;
        let ours = Subject {
            name: "ours".to_owned(),
            folder,
            is_crate: true,
            cost,
        };
        let document = load(&api.spec, &bench.workspace.sources()?, &mut diagnostics);
        let mut peers = Vec::new();
        for peer in PEERS.iter().filter(|peer| is_installed(peer.program)) {
            say(&format!("generating with {}", peer.name));
            let document = document
                .as_ref()
                .map_or(&Value::Null, |document| document.root().value());
            match bench.generate_with(peer, document) {
                Ok(subject) => peers.push(subject),
                Err(failure) => output::note(format_args!("{}: {failure}", peer.name)),
            }
        }
        Ok(Self { api, ours, peers })
    }

    /// The peers that wrote a crate.
    pub(super) fn crates(&self) -> impl Iterator<Item = &Subject> {
        self.peers.iter().filter(|peer| peer.is_crate)
    }
}

impl Peer {
    /// Makes of a document one that the peer takes.
    fn adapt(&self, document: &mut Value) {
        if let (Some(version), Some(said)) = (self.openapi, document.get_mut("openapi")) {
            *said = version.into();
        }
        let paths = document.get_mut("paths").and_then(Value::as_object_mut);
        let operations = paths
            .into_iter()
            .flat_map(|paths| paths.values_mut())
            .filter_map(Value::as_object_mut);
        for operation in operations.flat_map(|item| item.values_mut()) {
            if let Some(responses) = operation
                .get_mut("responses")
                .and_then(Value::as_object_mut)
                && self.one_error
            {
                let mut errors = 0;
                responses.retain(|status, _| {
                    errors += usize::from(!status.starts_with('2'));
                    status.starts_with('2') || errors == 1
                });
            }
        }
    }
}

impl Bench {
    /// Generates a crate of its own, and says what that took.
    pub(super) fn generate(
        &self,
        spec: &Path,
        name: &str,
        out: &Path,
        more: &[&str],
    ) -> Result<cost::Cost, Failure> {
        let mut command = Command::new(&self.xtask);
        command
            .arg("generate")
            .arg("--spec")
            .arg(spec)
            .args(["--name", name])
            .arg("--out")
            .arg(out)
            .args(more);
        let config = self.workspace.specs().join(crate::workspace::CONFIG);
        if spec.starts_with(self.workspace.specs()) {
            command.arg("--config").arg(config);
        }
        cost::run(&mut command)
    }

    /// Gives a crate the versions of the workspace's lock file, so that nothing newer is measured.
    fn pin(&self, folder: &Path) -> Result<(), Failure> {
        let lock = self.workspace.root().join("Cargo.lock");
        fs::copy(&lock, folder.join("Cargo.lock"))
            .map(drop)
            .map_err(|error| unreadable(&lock, &error))
    }

    fn generate_with(&self, peer: &Peer, document: &Value) -> Result<Subject, Failure> {
        let folder = self.folder.join(peer.name);
        let spec = self.folder.join(format!("{}.json", peer.name));
        let mut document = document.clone();
        peer.adapt(&mut document);
        fs::write(&spec, document.to_string()).map_err(|error| unreadable(&spec, &error))?;
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| unreadable(&folder, &error))?;
        }
        let mut command = Command::new(peer.program);
        for argument in peer.arguments {
            match *argument {
                "{spec}" => command.arg(&spec),
                "{out}" => command.arg(&folder),
                argument => command.arg(argument),
            };
        }
        let cost = cost::run(&mut command)?;
        if peer.is_crate {
            // Apart from this repository's workspace.
            let manifest = folder.join("Cargo.toml");
            let text =
                fs::read_to_string(&manifest).map_err(|error| unreadable(&manifest, &error))?;
            fs::write(&manifest, format!("{text}\n[workspace]\n"))
                .map_err(|error| unreadable(&manifest, &error))?;
        }
        Ok(Subject {
            name: peer.name.to_owned(),
            folder,
            is_crate: peer.is_crate,
            cost,
        })
    }
}

fn is_installed(program: &str) -> bool {
    Command::new(program)
        .arg("--help")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_document_is_made_one_that_the_peer_takes() {
        let [progenitor, oas3_gen] = PEERS else {
            panic!("other peers");
        };
        let responses = json!({ "200": 1, "400": 2, "401": 3 });
        let document =
            json!({ "openapi": "3.1.0", "paths": { "/x": { "get": { "responses": responses } } } });
        let mut lowered = document.clone();
        progenitor.adapt(&mut lowered);
        let responses = json!({ "200": 1, "400": 2 });
        assert_eq!(
            lowered,
            json!({ "openapi": "3.0.3", "paths": { "/x": { "get": { "responses": responses } } } })
        );
        let mut same = document.clone();
        oas3_gen.adapt(&mut same);
        assert_eq!(same, document);
    }
}
