//! Specwright: compiles an OpenAPI document into a Rust SDK, an n8n node and reference documentation.
//!
//! The tree is the pipeline, and data flows one way through it:
//!
//! ```text
//! load -> normalise -> ir <- passes      text becomes a document, the document becomes the IR
//! load -> cases                          what must be sent, made from the document alone
//!                      ir -> names       every identifier is allocated once
//!                      ir -> rust        a back end turns the IR into files
//!                            plan        path -> text, nothing is written here
//! ```
//!
//! The crate is pure: text in, files to write out. Disk, network, clock and terminal are the command
//! line's.

pub mod cases;
pub mod config;
pub mod diag;
pub mod inspect;
pub mod ir;
pub mod load;
pub mod names;
pub mod normalise;
pub mod passes;
pub mod pattern;
pub mod plan;
mod runtime_copy;
pub mod rust;

use cases::Table;
use config::ApiConfig;
use diag::{Code, Diagnostic, Diagnostics};
use ir::{Api, Origin};
use load::{Document, Sources};
use names::{Lock, RustNames};
use plan::WritePlan;

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
}

/// Reads the document `entry` and everything it refers to, and makes it an API.
///
/// `ended` is told of each stage when it ends.
pub fn compile(
    entry: &str,
    sources: &dyn Sources,
    config: &ApiConfig,
    ended: &mut dyn FnMut(Stage),
) -> Compiled {
    let mut diagnostics = Diagnostics::new();
    let Some(document) = load::load(entry, sources, &mut diagnostics) else {
        return Compiled {
            document: None,
            api: None,
            diagnostics,
        };
    };
    ended(Stage::Load);
    let mut api = normalise::normalise(&document, &config.name, &mut diagnostics);
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
    /// The names they use.
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

/// Plans the files of one API. Names are taken from the lock, and new ones are added to it.
///
/// `cases` are written beside them, and the tests of the Rust SDK are made from them.
pub fn render(
    api: &Api,
    cases: &Table,
    config: &ApiConfig,
    shape: Shape,
    lock: &mut Lock,
    ended: &mut dyn FnMut(Stage),
) -> Rendered {
    let mut diagnostics = Diagnostics::new();
    let mut names = allocate_names(api, lock, &mut diagnostics);
    ended(Stage::Names);
    let input = rust::Crate {
        api,
        version: &config.version,
    };
    let written = match shape {
        Shape::Module => rust::module(input, cases, &mut names, lock, &mut diagnostics),
        Shape::Standalone => rust::standalone(input, cases, &mut names, lock, &mut diagnostics),
    };
    let plan = written.unwrap_or_else(|error| {
        diagnostics.push(internal(&error));
        WritePlan::new()
    });
    ended(Stage::Rust);
    Rendered {
        plan,
        names,
        diagnostics,
    }
}

/// Gives every part of an API that is written its name, without writing it.
pub fn allocate_names(api: &Api, lock: &mut Lock, diagnostics: &mut Diagnostics) -> RustNames {
    let shown = rust::shown(api);
    names::allocate(api, &|id| shown.contains(id), lock, diagnostics)
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

fn internal(error: &rust::RustError) -> Diagnostic {
    Diagnostic::error(Code::Internal, Origin::default(), error.to_string())
        .action("nothing was written")
        .hint("this is a fault of Specwright: please report it with the document")
}
