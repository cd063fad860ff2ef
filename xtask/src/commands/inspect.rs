//! `inspect`: what the generator understood of a document, and why.

use super::{Named, show_configuration};
use crate::Exit;
use crate::output::{self, Format, counted};
use crate::report::{self, Texts};
use crate::workspace::{CONFIG, Failure, Workspace, configured};
use serde::Serialize;
use specwright::config::ApiConfig;
use specwright::diag::{Diagnostics, Severity};
use specwright::inspect;
use specwright::ir::{ActionId, Api};
use specwright::load::Sources;
use specwright::{Compiled, compile};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  cargo xtask inspect twenty                        resources and their actions
  cargo xtask inspect twenty --action findManyPeople
                                                    one action, with the reasons
  cargo xtask inspect twenty --action 'GET /rest/people'
                                                    the same, by method and path
  cargo xtask inspect --spec api.yaml               any document

Exit status: 0 done; 1 nothing could be read; 2 wrong usage.";

/// Shows what was understood of a document: resources, actions, and the evidence.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The API, by its name in specs/specwright.toml.
    #[arg(required_unless_present = "spec")]
    api: Option<String>,
    /// A document to inspect, instead of one in specs/.
    #[arg(long, value_name = "FILE", conflicts_with = "api")]
    spec: Option<PathBuf>,
    /// A configuration such as specs/specwright.toml, with a table for the API.
    #[arg(long, value_name = "FILE", requires_all = ["spec", "name"])]
    config: Option<PathBuf>,
    /// What the API of --spec is called, to find its table in --config.
    #[arg(long, requires = "spec")]
    name: Option<String>,
    /// Only this action: its operationId, or its method and path.
    #[arg(long, value_name = "ID")]
    action: Option<String>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<Exit, Failure> {
    match (&args.spec, &args.api) {
        (Some(spec), _) => {
            let name = args.name.as_deref().unwrap_or("api");
            let Some(named) = Named::find(spec, name, args.config.as_deref())? else {
                return Ok(Exit::Failed);
            };
            let compiled = compile(&named.entry, &named.sources, &named.config, &mut |_| {});
            let texts = named.texts(compiled.document.as_ref());
            show(args, &compiled, &texts)
        }
        (None, Some(name)) => {
            let workspace = Workspace::here();
            let mut diagnostics = Diagnostics::new();
            let (config, text) = workspace.config(&mut diagnostics)?;
            let label = format!("specs/{CONFIG}");
            show_configuration(&diagnostics, &label, &text);
            if diagnostics.has_errors() {
                return Ok(Exit::Failed);
            }
            inspect_configured(args, &workspace, configured(&config, name, &label)?)
        }
        (None, None) => Err(Failure::Usage(
            "name an API, or a document with --spec".to_owned(),
        )),
    }
}

fn inspect_configured(
    args: &Args,
    workspace: &Workspace,
    config: &ApiConfig,
) -> Result<Exit, Failure> {
    let sources: &dyn Sources = &workspace.sources()?;
    let compiled = compile(&config.spec, sources, config, &mut |_| {});
    let document = compiled.document.as_ref();
    let texts = Texts {
        document,
        sources,
        folder: "specs".to_owned(),
        apart: None,
    };
    show(args, &compiled, &texts)
}

/// What programs read: an API, or one of its actions, and what was wrong with the document.
#[derive(Serialize)]
struct Json {
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<inspect::Report>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<inspect::ActionReport>,
    diagnostics: Vec<report::Json>,
}

fn show(args: &Args, compiled: &Compiled, texts: &Texts<'_>) -> Result<Exit, Failure> {
    let api = compiled.api.as_ref();
    let wanted = match (api, &args.action) {
        (Some(api), Some(wanted)) => Some(find(api, wanted)?),
        _ => None,
    };
    match args.format {
        Format::Json => {
            let report = api.map(inspect::report);
            let diagnostics = report::json(&compiled.diagnostics, texts);
            output::json(
                &match api.zip(wanted).and_then(|(api, id)| api.action(id)) {
                    Some(action) => Json {
                        api: None,
                        action: report.and_then(|report| one(report, &action.origin.pointer)),
                        diagnostics,
                    },
                    None => Json {
                        api: report,
                        action: None,
                        diagnostics,
                    },
                },
            );
        }
        Format::Text => {
            report::show(&compiled.diagnostics, texts);
            if let Some(api) = api {
                let text =
                    wanted.map_or_else(|| inspect::matrix(api), |id| inspect::action(api, id));
                output::line(text.trim_end());
            }
            let warnings = counted(compiled.diagnostics.count(Severity::Warning), "warning");
            let errors = counted(compiled.diagnostics.count(Severity::Error), "error");
            if !compiled.diagnostics.is_empty() {
                output::note(format_args!("{errors}, {warnings}"));
            }
        }
    }
    Ok(if api.is_some() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

fn one(report: inspect::Report, pointer: &str) -> Option<inspect::ActionReport> {
    let mut actions = report
        .resources
        .into_iter()
        .flat_map(|resource| resource.actions);
    actions.find(|action| action.pointer == pointer)
}

/// The action that the user means.
fn find(api: &Api, wanted: &str) -> Result<ActionId, Failure> {
    let called_so = |action: &specwright::ir::Action| {
        let place = format!("{} {}", action.method.as_str(), action.path);
        action.operation_id.as_deref() == Some(wanted) || place.eq_ignore_ascii_case(wanted)
    };
    let index = api.actions.iter().position(called_so);
    index.map(ActionId).ok_or_else(|| {
        let like = api
            .actions
            .iter()
            .filter_map(|action| action.operation_id.as_deref())
            .find(|id| id.eq_ignore_ascii_case(wanted));
        let hint = like.map_or_else(String::new, |like| format!("; did you mean `{like}`?"));
        Failure::Usage(format!("there is no action `{wanted}`{hint}"))
    })
}
