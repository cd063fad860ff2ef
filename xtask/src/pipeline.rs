//! The generator's entry points, in one place.

use specwright::diag::Diagnostics;
use specwright::ir::{ActionId, Api};
use specwright::load::{Document, Sources, load};
use specwright::names::Lock;
use specwright::plan::WritePlan;

pub(crate) use specwright::config::{ApiConfig, Config, Output};

/// What compiling a document gives.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The document, where it could be read.
    pub(crate) document: Option<Document>,
    /// What it says, where anything can be generated.
    pub(crate) api: Option<Api>,
    /// What was wrong with it.
    pub(crate) diagnostics: Diagnostics,
}

/// Reads a document.
pub(crate) fn compile(entry: &str, sources: &dyn Sources, _config: &ApiConfig) -> Compiled {
    let mut diagnostics = Diagnostics::new();
    let document = load(entry, sources, &mut diagnostics);
    // TODO(connect): specwright::compile
    Compiled {
        document,
        api: None,
        diagnostics,
    }
}

/// The files of one API in the repository, relative to `generated/`.
pub(crate) fn render(
    _api: &Api,
    _config: &ApiConfig,
    _lock: &mut Lock,
    _outputs: &[Output],
) -> Result<(WritePlan, Diagnostics), String> {
    // TODO(connect): specwright::render
    Ok((WritePlan::new(), Diagnostics::new()))
}

/// The files that the repository's APIs share, relative to `generated/`.
pub(crate) fn render_workspace(_apis: &[(&Api, &ApiConfig, &Lock)]) -> Result<WritePlan, String> {
    // TODO(connect): specwright::render_workspace
    Ok(WritePlan::new())
}

/// One API in a folder of its own, relative to that folder.
pub(crate) fn render_standalone(
    _api: &Api,
    _config: &ApiConfig,
    _lock: &mut Lock,
    _outputs: &[Output],
) -> Result<(WritePlan, Diagnostics), String> {
    // TODO(connect): specwright::render_standalone
    Ok((WritePlan::new(), Diagnostics::new()))
}

/// The matrix of resources and actions.
pub(crate) fn matrix(_api: &Api) -> String {
    // TODO(connect): specwright::inspect::matrix
    String::new()
}

/// Everything about one action.
pub(crate) fn action(_api: &Api, _id: ActionId) -> String {
    // TODO(connect): specwright::inspect::action
    String::new()
}
