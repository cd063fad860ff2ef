//! `Cargo.toml` of a generated crate.

use serde::Serialize;
use std::collections::BTreeMap;

/// A manifest, in the order in which cargo's own documentation shows its tables.
#[derive(Serialize)]
struct Manifest {
    package: Package,
    features: BTreeMap<String, Vec<String>>,
    dependencies: BTreeMap<&'static str, Dependency>,
    #[serde(
        rename = "dev-dependencies",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    dev_dependencies: BTreeMap<&'static str, Dependency>,
    #[serde(rename = "example", skip_serializing_if = "Vec::is_empty")]
    examples: Vec<Example>,
    lints: toml::Table,
    #[serde(skip_serializing_if = "Option::is_none")]
    workspace: Option<toml::Table>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Package {
    name: String,
    version: String,
    description: String,
    edition: &'static str,
    rust_version: &'static str,
    publish: bool,
}

/// A program in `examples`.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Example {
    /// Its file, without the extension.
    pub(super) name: String,
    /// The features without which it is not built.
    pub(super) required_features: Vec<String>,
    /// Whether it is a server that receives events.
    #[serde(skip)]
    pub(super) serves: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Dependency {
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'static str>,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_features: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    features: Vec<&'static str>,
}

/// What a manifest depends on.
pub(super) struct Options<'a> {
    /// The crate's name.
    pub(super) name: &'a str,
    /// Its version.
    pub(super) version: &'a str,
    /// Its description, one line.
    pub(super) description: &'a str,
    /// Every feature and what it turns on.
    pub(super) features: BTreeMap<String, Vec<String>>,
    /// What the package of the runtime is called, where that is not the name it is known by.
    pub(super) runtime_package: Option<String>,
    /// The path to the runtime crate.
    pub(super) runtime: &'static str,
    /// Whether it receives events.
    pub(super) webhooks: bool,
    /// Whether its tokens can be asked for.
    pub(super) oauth2: bool,
    /// Whether it has bodies of XML.
    pub(super) xml: bool,
    /// Whether the crate is a member of this workspace, and shares its lints; else it is a workspace of
    /// its own, so that it builds inside any other.
    pub(super) member: bool,
    /// Whether names have letters beyond ASCII.
    pub(super) letters: bool,
    /// Whether it has tests.
    pub(super) tests: bool,
    /// Its examples.
    pub(super) examples: Vec<Example>,
}

/// The text of a manifest.
///
/// # Errors
/// When it cannot be written as TOML, which is a mistake of this module.
pub(super) fn text(options: Options<'_>) -> Result<String, toml::ser::Error> {
    let lints = if options.member {
        toml::Table::from_iter([("workspace".to_owned(), toml::Value::Boolean(true))])
    } else {
        let mut rust = toml::Table::from_iter([
            ("missing_docs".to_owned(), toml::Value::from("warn")),
            ("unsafe_code".to_owned(), toml::Value::from("forbid")),
        ]);
        // Names are the document's words, in its letters.
        let letters = super::lints::LETTERS.iter().filter(|_| options.letters);
        rust.extend(letters.map(|lint| ((*lint).to_owned(), toml::Value::from("allow"))));
        toml::Table::from_iter([("rust".to_owned(), toml::Value::Table(rust))])
    };
    let tokio = Dependency {
        package: None,
        path: None,
        version: "1",
        default_features: None,
        // An example begins as most programs do, with `#[tokio::main]`.
        features: if options.examples.is_empty() {
            vec!["macros", "rt"]
        } else {
            vec!["macros", "rt-multi-thread"]
        },
    };
    let runs = options.tests || !options.examples.is_empty();
    let receiver = options
        .examples
        .iter()
        .any(|it| it.serves)
        .then(receiver_dependencies);
    let manifest = Manifest {
        package: Package {
            name: options.name.to_owned(),
            version: options.version.to_owned(),
            description: options.description.to_owned(),
            edition: "2024",
            rust_version: super::package::RUST_VERSION,
            publish: false,
        },
        features: options.features,
        dependencies: BTreeMap::from([(
            "specwright-runtime",
            Dependency {
                package: options.runtime_package,
                path: Some(options.runtime),
                version: env!("CARGO_PKG_VERSION"),
                default_features: None,
                features: [
                    ("oauth2", options.oauth2),
                    ("webhooks", options.webhooks),
                    ("xml", options.xml),
                ]
                .into_iter()
                .filter_map(|(feature, is_on)| is_on.then_some(feature))
                .collect(),
            },
        )]),
        dev_dependencies: runs
            .then_some(("tokio", tokio))
            .into_iter()
            .chain(receiver.into_iter().flatten())
            .collect(),
        examples: options.examples,
        lints,
        workspace: (!options.member).then(toml::Table::new),
    };
    let text = toml::to_string(&manifest)?;
    Ok(format!(
        "# Generated by Specwright. Do not edit: it is written again by the next run.\n{text}"
    ))
}

/// What the example that receives events is made with: a server, and a way to call it without a network.
fn receiver_dependencies() -> [(&'static str, Dependency); 2] {
    let dependency = |version, features| Dependency {
        package: None,
        path: None,
        version,
        default_features: Some(false),
        features,
    };
    [
        ("axum", dependency("0.8", vec!["http1", "tokio"])),
        ("tower", dependency("0.5", vec!["util"])),
    ]
}
