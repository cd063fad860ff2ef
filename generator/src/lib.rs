//! Specwright: compiles an OpenAPI document into a Rust SDK, an n8n node and reference documentation.
//!
//! The tree is the pipeline, and data flows one way through it:
//!
//! ```text
//! load -> normalise -> ir <- passes      text becomes a document, the document becomes the IR
//! load -> cases                          what must be sent, made from the document alone
//!                      ir -> names       every identifier is allocated once
//!                      ir -> rust, n8n, docs   a back end turns the IR into files
//!                            plan        path -> text, nothing is written here
//! ```
//!
//! The crate is pure: text in, files to write out. Disk, network, clock and terminal are the command
//! line's.

pub mod cases;
pub mod config;
pub mod diag;
pub mod docs;
pub mod inspect;
pub mod ir;
pub mod load;
mod manual;
pub mod n8n;
pub mod names;
pub mod normalise;
pub mod passes;
pub mod pattern;
pub mod plan;
mod runtime_copy;
pub mod rust;
pub mod vocabulary;

use cases::Table;
use config::{ApiConfig, Output};
use diag::{Code, Diagnostic, Diagnostics};
use ir::{Api, Origin};
use load::{Document, Sources};
use names::{Lock, N8nEvents, N8nNames, RustNames};
use plan::{PlanError, WritePlan};

/// What became of a document.
#[derive(Debug)]
pub struct Compiled {
    /// The document as it was read; `None` when it could not be.
    pub document: Option<Document>,
    /// The API it describes; `None` when there is no document.
    pub api: Option<Api>,
    /// Everything that was found on the way.
    pub diagnostics: Diagnostics,
}

/// A stage of the compiler that has just ended, for those who measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The text is a document.
    Load,
    /// The document is an IR.
    Normalise,
    /// The IR says what follows from it.
    Passes,
    /// Every identifier is known.
    Names,
    /// It is known what each operation must send.
    Cases,
    /// The Rust back end has planned its files.
    Rust,
    /// The n8n back end has planned its files.
    N8n,
    /// The documentation back end has planned its files.
    Docs,
}

/// Reads the document `entry` and everything it refers to, and makes it an API. The overlays of `config`
/// are paths in `sources`, as `entry` is.
///
/// `ended` is told of each stage when it ends.
pub fn compile(
    entry: &str,
    sources: &dyn Sources,
    config: &ApiConfig,
    ended: &mut dyn FnMut(Stage),
) -> Compiled {
    let mut diagnostics = Diagnostics::new();
    let Some(document) = load::load_with(entry, &config.overlays, sources, &mut diagnostics) else {
        return Compiled {
            document: None,
            api: None,
            diagnostics,
        };
    };
    ended(Stage::Load);
    let mut api = normalise::normalise(&document, &config.name, &mut diagnostics);
    normalise::check_fields(&document, &mut api, &mut diagnostics);
    ended(Stage::Normalise);
    passes::run(&mut api, config, &mut diagnostics);
    ended(Stage::Passes);
    if api.actions.is_empty() && api.types.is_empty() && api.events.is_empty() {
        let message = "there is nothing to generate: no operation, no schema, no webhook";
        let root = document.root().origin();
        diagnostics.push(
            Diagnostic::error(Code::Missing, root, message)
                .action("nothing was written")
                .hint("operations stand under `paths`, schemas under `components.schemas`"),
        );
    }
    Compiled {
        document: Some(document),
        api: Some(api),
        diagnostics,
    }
}

/// Files to write, and what was found while planning them.
#[derive(Debug)]
pub struct Rendered {
    /// The files, with paths relative to the output folder.
    pub plan: WritePlan,
    /// The Rust names of the API, whether they were written or not.
    pub names: RustNames,
    /// Name collisions and the like.
    pub diagnostics: Diagnostics,
}

/// Where an API is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A module of a crate that holds several APIs; see [`render_workspace`] for what they share.
    Module,
    /// A folder that builds by itself, with a copy of the runtime.
    Standalone,
}

/// What is rendered, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Rendering<'a> {
    /// The API.
    pub api: &'a Api,
    /// What is known of it beside its document.
    pub config: &'a ApiConfig,
    /// Which back ends run.
    pub outputs: &'a [Output],
    /// Where the Rust SDK lies.
    pub shape: Shape,
    /// What each operation must send: the tests of the SDK are made from it, and it is written beside
    /// them. `None`: there are no tests.
    pub cases: Option<&'a Table>,
}

/// Plans the files of one API. Names are taken from the lock, and new ones are added to it.
pub fn render(rendering: Rendering<'_>, lock: &mut Lock, ended: &mut dyn FnMut(Stage)) -> Rendered {
    let mut diagnostics = Diagnostics::new();
    let api = rendering.api;
    let wants = |output| rendering.outputs.contains(&output);
    let mut names = allocate_names(api, lock, &mut diagnostics);
    ended(Stage::Names);
    let mut plan = WritePlan::new();
    if wants(Output::Rust) {
        let written = write_rust(rendering, &mut names, lock, &mut diagnostics);
        keep(&mut plan, written, &mut diagnostics);
        ended(Stage::Rust);
    }
    let mut node = None;
    if wants(Output::N8n) {
        let made = NodeDescriptors::new(rendering, lock, &mut diagnostics);
        let written = n8n::package(made.package(rendering), &mut diagnostics);
        node = Some(made);
        keep(&mut plan, written, &mut diagnostics);
        ended(Stage::N8n);
    }
    if wants(Output::Docs) {
        let written = write_docs(rendering, node, &names, lock, &mut diagnostics);
        keep(&mut plan, written, &mut diagnostics);
        ended(Stage::Docs);
    }
    if wants(Output::Rust) && rendering.shape == Shape::Standalone {
        let input = rust::Crate {
            api,
            version: &rendering.config.version,
        };
        let written = rust::read_me(input, &names, &plan);
        keep(&mut plan, written, &mut diagnostics);
    }
    Rendered {
        plan,
        names,
        diagnostics,
    }
}

fn write_rust(
    rendering: Rendering<'_>,
    names: &mut RustNames,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Result<WritePlan, rust::RustError> {
    let input = rust::Crate {
        api: rendering.api,
        version: &rendering.config.version,
    };
    match rendering.shape {
        Shape::Module => rust::module(input, rendering.cases, names, lock, diagnostics),
        Shape::Standalone => rust::standalone(input, rendering.cases, names, lock, diagnostics),
    }
}

/// What the nodes of an n8n package are made from.
struct NodeDescriptors {
    resources: Vec<n8n::model::ResourceDescriptor>,
    trigger: Option<n8n::model::TriggerDescriptor>,
}

impl NodeDescriptors {
    fn new(rendering: Rendering<'_>, lock: &mut Lock, diagnostics: &mut Diagnostics) -> Self {
        let (api, profile) = (rendering.api, &rendering.config.n8n);
        Self {
            resources: n8n::descriptors(api, profile, lock, diagnostics),
            trigger: n8n::trigger(api, profile, lock, diagnostics),
        }
    }

    fn package<'a>(&'a self, rendering: Rendering<'a>) -> n8n::Package<'a> {
        n8n::Package {
            api: rendering.api,
            resources: &self.resources,
            trigger: self.trigger.as_ref(),
            version: &rendering.config.version,
            profile: &rendering.config.n8n,
        }
    }
}

/// The book says how an API is used from its other outputs: those of the configuration, whether they are
/// written in this run or not.
fn write_docs(
    rendering: Rendering<'_>,
    node: Option<NodeDescriptors>,
    names: &RustNames,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Result<WritePlan, docs::DocsError> {
    let (api, config) = (rendering.api, rendering.config);
    let has = |output| config.outputs.contains(&output);
    // What is not written in this run is not said of it, and leaves no name in the lock.
    let mut apart = lock.clone();
    let node = match node {
        None if has(Output::N8n) => {
            let said = &mut Diagnostics::new();
            Some(NodeDescriptors::new(rendering, &mut apart, said))
        }
        node => node,
    };
    let labels = N8nNames::allocate(api, &mut apart, &mut Diagnostics::new());
    let events = N8nEvents::allocate(api, &mut apart);
    let node = node.filter(|node| !node.package(rendering).is_empty());
    let usage = docs::Usage {
        rust: has(Output::Rust).then(|| manual::rust(rendering, names)),
        n8n: node.map(|node| manual::n8n(node.package(rendering), &labels, &events)),
    };
    let book = docs::Book {
        api,
        labels: &labels,
        usage: &usage,
        notes: &config.notes,
        base_url: config.base_url.as_deref(),
    };
    docs::book(book, lock, diagnostics)
}

/// Takes over what a back end planned; what it could not plan is a fault of ours.
fn keep<E: std::fmt::Display + From<PlanError>>(
    plan: &mut WritePlan,
    written: Result<WritePlan, E>,
    diagnostics: &mut Diagnostics,
) {
    let merged = written.and_then(|written| Ok(plan.merge(written)?));
    if let Err(error) = merged {
        diagnostics.push(internal(&error));
    }
}

/// Gives every part of an API that is written its name, without writing it.
pub fn allocate_names(api: &Api, lock: &mut Lock, diagnostics: &mut Diagnostics) -> RustNames {
    let (shown, shared) = rust::shown(api);
    names::allocate(api, &|id| shown.contains(id), &shared, lock, diagnostics)
}

/// Plans the files that the APIs of one crate share: its manifest and root.
pub fn render_workspace(apis: &[(&Api, &ApiConfig, &RustNames)]) -> (WritePlan, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let inputs: Vec<_> = apis
        .iter()
        .map(|(api, config, names)| {
            (
                rust::Crate {
                    api,
                    version: &config.version,
                },
                *names,
            )
        })
        .collect();
    let plan = rust::workspace(&inputs).unwrap_or_else(|error| {
        diagnostics.push(internal(&error));
        WritePlan::new()
    });
    (plan, diagnostics)
}

fn internal(error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error(Code::Internal, Origin::default(), error.to_string())
        .action("nothing was written")
        .hint("this is a fault of Specwright: please report it with the document")
}
