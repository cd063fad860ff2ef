//! The configuration: which APIs there are, and what the user knows better than the document.
//!
//! It is read from `specs/specwright.toml`. Every override carries a reason, and one that no longer
//! applies is an error: see [`crate::passes`].

mod n8n;
mod notes;
mod pattern;
mod read;
mod stand_in;
mod webhooks;

use std::sync::Arc;

use crate::diag::{Diagnostics, Position};
use crate::ir::{Kind, Origin, Pagination};

pub use n8n::{N8nProfile, SearchProfile};
pub use notes::{Note, NoteKind, NoteTarget};
pub use pattern::PointerPattern;
pub use stand_in::{ErrorFields, StandInProfile, Unset};
pub use webhooks::{EncodingWord, SignatureProfile, UnitWord, WebhookProfile};

/// Everything `specwright.toml` says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// The APIs, in the order of the file.
    pub apis: Vec<ApiConfig>,
}

/// What the configuration says of one API: the table `[api.<name>]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiConfig {
    /// Its name, the table's key: a lower-case word, used for modules and packages.
    pub name: String,
    /// The entry document, relative to the folder of the configuration.
    pub spec: String,
    /// The overlays of the document, in the order in which they are applied; paths as `spec` has them.
    pub overlays: Vec<String>,
    /// The folder below which the document's references may lead, relative to the folder of the
    /// configuration: `..`. The folder itself when it is not here.
    pub root: Option<String>,
    /// The version of the crate and the package (Semantic Versioning 2.0.0). The document's
    /// `info.version` is information only.
    pub version: String,
    /// The server's URL, where the document has none or not the right one.
    pub base_url: Option<String>,
    /// What is generated.
    pub outputs: Vec<Output>,
    /// What the user knows better than the document, in the order of the file.
    pub overrides: Vec<Override>,
    /// How its stand-in behaves where the document cannot say it.
    pub stand_in: StandInProfile,
    /// What its n8n package says of itself.
    pub n8n: N8nProfile,
    /// How it delivers its events, where the document does not say it.
    pub webhooks: WebhookProfile,
    /// What the documentation says beside the document, in the order of the file.
    pub notes: Vec<Note>,
}

/// One thing that is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Output {
    /// The Rust SDK.
    Rust,
    /// The n8n package.
    N8n,
    /// The documentation.
    Docs,
}

/// One correction of the document or of what was inferred from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// What it is about.
    pub target: Target,
    /// What is said of it.
    pub change: Change,
    /// Why: shown by `inspect`, never empty.
    pub reason: String,
    /// Where it stands: the configuration's file and `/api/<name>/override/<index>`.
    pub origin: Origin,
    /// Its line and column in that file.
    pub position: Option<Position>,
}

/// What an override is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The nodes of the document that a pointer names: `at = "/components/schemas/*/properties/id"`.
    /// A parameter is also found below its operation, by its name and wherever it is written:
    /// `/paths/~1people/get/parameters/limit`; so is a request body, `/paths/~1people/post/requestBody`.
    At(PointerPattern),
    /// An operation, by `operationId` or by pointer: `operation = "listPeople"`.
    Operation(String),
}

/// What an override says.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Whether a property or a parameter may be null.
    Nullable(bool),
    /// Whether a property, a parameter or a request body must be there.
    Required(bool),
    /// Whether a property or a parameter carries a credential.
    Secret(bool),
    /// The name of a property or a parameter on the wire.
    WireName(String),
    /// The `format` of a property or a parameter.
    Format(String),
    /// What a type is called.
    TypeName(String),
    /// The resource that an operation belongs to, by its tag.
    Resource(String),
    /// The kind of an operation; a custom one has no words, they are the operation's own.
    Kind(Kind),
    /// What an operation is called, which also makes it a custom one.
    Name(String),
    /// The keys from the body to the data; empty: the envelope stays closed.
    Envelope(Vec<String>),
    /// How a list continues; `None`: it does not. The evidence is the override's reason.
    Pagination(Option<Box<Pagination>>),
}

impl Config {
    /// Reads a configuration.
    ///
    /// What is wrong with it becomes a diagnostic of code [`Config`](crate::diag::Code::Config) with
    /// `file`, line and column. The APIs and overrides that are right are there nevertheless; of a
    /// text that is not TOML, or has a key that is not known, nothing is.
    ///
    /// ```
    /// use specwright::{config::Config, diag::Diagnostics};
    ///
    /// let mut diagnostics = Diagnostics::new();
    /// let text = "[api.twenty]\nspec = \"twenty.yaml\"\n";
    /// let config = Config::parse("specwright.toml", text, &mut diagnostics);
    /// assert_eq!(config.api("twenty").unwrap().version, "0.1.0");
    /// assert!(diagnostics.is_empty());
    /// ```
    pub fn parse(file: impl Into<Arc<str>>, text: &str, diagnostics: &mut Diagnostics) -> Self {
        read::config(&file.into(), text, diagnostics)
    }

    /// The API of this name.
    pub fn api(&self, name: &str) -> Option<&ApiConfig> {
        self.apis.iter().find(|api| api.name == name)
    }
}

impl ApiConfig {
    /// What an API is generated with that no configuration mentions (`--spec FILE --name NAME`):
    /// version 0.1.0, every output, no overrides, a stand-in that knows the document alone, and no
    /// path to its document.
    pub fn for_name(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            spec: String::new(),
            overlays: Vec::new(),
            root: None,
            version: "0.1.0".to_owned(),
            base_url: None,
            outputs: Output::ALL.to_vec(),
            overrides: Vec::new(),
            stand_in: StandInProfile::default(),
            n8n: N8nProfile::default(),
            webhooks: WebhookProfile::default(),
            notes: Vec::new(),
        }
    }
}

impl Output {
    /// Every output, in the order they are generated.
    pub const ALL: [Self; 3] = [Self::Rust, Self::N8n, Self::Docs];

    /// The word of the configuration and of `--only`: `rust`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::N8n => "n8n",
            Self::Docs => "docs",
        }
    }

    /// The output with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|output| output.as_str() == word)
    }
}

impl Change {
    /// The key that the configuration writes it with: `wire_name`.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Nullable(_) => "nullable",
            Self::Required(_) => "required",
            Self::Secret(_) => "secret",
            Self::WireName(_) => "wire_name",
            Self::Format(_) => "format",
            Self::TypeName(_) => "type_name",
            Self::Resource(_) => "resource",
            Self::Kind(_) => "kind",
            Self::Name(_) => "name",
            Self::Envelope(_) => "envelope",
            Self::Pagination(_) => "pagination",
        }
    }
}
