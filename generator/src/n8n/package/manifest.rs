//! `package.json`.

use super::credentials::Credential;
use super::identity::Identity;
use super::trigger::class;
use super::{Files, N8nError, Package, json};
use indexmap::IndexMap;
use serde::Serialize;

/// What the package is built and checked with, pinned: the versions that the tests here use.
const TOOLS: [(&str, &str); 8] = [
    ("@n8n/node-cli", "0.48.3"),
    ("@types/luxon", "3.7.6"),
    ("@types/node", "18.19.130"),
    ("eslint", "9.29.0"),
    ("n8n-workflow", "2.40.1"),
    ("prettier", "3.6.2"),
    // `n8n-node release` runs it, and does not bring it.
    ("release-it", "19.0.4"),
    ("typescript", "5.8.3"),
];

/// The scripts of n8n's own starter; none of them runs when the package is installed.
const SCRIPTS: [(&str, &str); 7] = [
    ("build", "n8n-node build"),
    ("build:watch", "tsc --watch"),
    ("dev", "n8n-node dev"),
    ("lint", "n8n-node lint"),
    ("lint:fix", "n8n-node lint --fix"),
    ("release", "n8n-node release"),
    ("prepublishOnly", "n8n-node prerelease"),
];

/// A manifest, in the order of n8n's own starter.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest<'a> {
    name: &'a str,
    version: &'a str,
    description: String,
    license: &'a str,
    homepage: &'a str,
    keywords: Vec<String>,
    author: Author<'a>,
    repository: Repository,
    scripts: IndexMap<&'a str, &'a str>,
    files: [&'a str; 1],
    n8n: N8n,
    dev_dependencies: IndexMap<&'a str, &'a str>,
    peer_dependencies: IndexMap<&'a str, &'a str>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    email: &'a str,
}

#[derive(Serialize)]
struct Repository {
    r#type: &'static str,
    url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct N8n {
    n8n_nodes_api_version: u8,
    strict: bool,
    credentials: Vec<String>,
    nodes: Vec<String>,
}

pub(super) fn add(
    files: &mut Files,
    package: Package<'_>,
    identity: &Identity,
    credentials: &[Credential],
) -> Result<(), N8nError> {
    let has_actions = !package.resources.is_empty();
    let classes = [
        has_actions.then(|| identity.class.clone()),
        package.trigger.map(|_| class(identity)),
    ];
    let classes = classes.into_iter().flatten();
    let nodes = classes.map(|class| format!("dist/nodes/{class}/{class}.node.js"));
    let nodes = nodes.collect();
    let word = identity.package.trim_start_matches("n8n-nodes-");
    let manifest = Manifest {
        name: &identity.package,
        version: package.version,
        description: format!("n8n node for the {} API", identity.title),
        license: "MIT",
        homepage: &identity.homepage,
        keywords: vec!["n8n-community-node-package".to_owned(), word.to_owned()],
        author: Author {
            name: &identity.author,
            email: &identity.email,
        },
        repository: Repository {
            r#type: "git",
            url: format!("git+{}.git", identity.repository),
        },
        scripts: SCRIPTS.into_iter().collect(),
        files: ["dist"],
        n8n: N8n {
            n8n_nodes_api_version: 1,
            strict: true,
            credentials: credentials
                .iter()
                .map(|it| format!("dist/credentials/{}.credentials.js", it.class))
                .collect(),
            nodes,
        },
        dev_dependencies: TOOLS.into_iter().collect(),
        peer_dependencies: [("n8n-workflow", "*")].into_iter().collect(),
    };
    files.add("package.json", json::manifest(&manifest)?)
}
