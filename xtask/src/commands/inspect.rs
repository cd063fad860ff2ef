//! `inspect`: what the generator understood of a document, and why.

mod find;

use super::{Named, Reading, show_configuration};
use crate::Exit;
use crate::output::{self, Format};
use crate::report::{self, Texts};
use crate::workspace::{CONFIG, Failure, Workspace, configured};
use serde::Serialize;
use specwright::config::ApiConfig;
use specwright::diag::{Diagnostics, Severity};
use specwright::inspect;
use specwright::ir::{ActionId, Api};
use specwright::{Compiled, compile};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  cargo xtask inspect twenty                        resources and their actions
  cargo xtask inspect twenty --wide                 with a line for each action
  cargo xtask inspect twenty --action findManyPeople
                                                    one action, with the reasons
  cargo xtask inspect twenty --action 'GET /rest/people'
                                                    the same, by method and path
  cargo xtask inspect twenty --event company.created
                                                    one event: how it is told apart and signed
  cargo xtask inspect --spec api.yaml               any document

Exit status: 0 done; 1 the document or an overlay has an error; 2 wrong usage.";

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
    #[command(flatten)]
    reading: Reading,
    /// Also a line for each action: its resource and kind, its method and path, its operationId.
    #[arg(long, conflicts_with_all = ["action", "event"])]
    wide: bool,
    /// Only this action: its operationId, or its method and path.
    #[arg(long, value_name = "ID")]
    action: Option<String>,
    /// Only this event: its name on the wire, or its key under `webhooks`.
    #[arg(long, value_name = "NAME", conflicts_with = "action")]
    event: Option<String>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<Exit, Failure> {
    match (&args.spec, &args.api) {
        (Some(spec), _) => {
            let name = args.name.as_deref().unwrap_or("api");
            let Some(named) = Named::find(spec, name, args.config.as_deref(), &args.reading)?
            else {
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
    let (read, config) = workspace.read_from(config)?;
    let compiled = compile(&read.entry, &read.sources, &config, &mut |_| {});
    let document = compiled.document.as_ref();
    let texts = Texts {
        document,
        sources: &read.sources,
        folder: read.folder,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<inspect::EventReport>,
    /// How many parts of the document are in no output, as `generate` counts them.
    lost: usize,
    diagnostics: Vec<report::Json>,
}

/// What of an API is shown.
#[derive(Clone, Copy)]
enum Part {
    Everything,
    /// Everything, with a line for each action.
    Wide,
    Action(ActionId),
    /// An index into its events.
    Event(usize),
}

impl Part {
    /// What the user asks for.
    fn wanted(args: &Args, api: &Api) -> Result<Self, Failure> {
        match (&args.action, &args.event) {
            (Some(wanted), _) => find::action(api, wanted).map(Self::Action),
            (None, Some(wanted)) => find::event(api, wanted).map(Self::Event),
            (None, None) if args.wide => Ok(Self::Wide),
            (None, None) => Ok(Self::Everything),
        }
    }

    fn text(self, api: &Api) -> String {
        match self {
            Self::Everything => format!("{}{}", inspect::matrix(api), inspect::shared(api)),
            Self::Wide => {
                let (matrix, actions) = (inspect::matrix(api), inspect::actions(api));
                format!("{actions}\n{matrix}{}", inspect::shared(api))
            }
            Self::Action(id) => inspect::action(api, id),
            Self::Event(index) => inspect::event(api, index),
        }
    }

    fn json(self, api: &Api, diagnostics: Vec<report::Json>) -> Json {
        let mut json = Json {
            api: None,
            action: None,
            event: None,
            lost: api.losses.len(),
            diagnostics,
        };
        let mut report = inspect::report(api);
        match self {
            Self::Everything | Self::Wide => json.api = Some(report),
            Self::Action(id) => {
                let action = api.action(id);
                json.action = action.and_then(|action| one(report, &action.origin.pointer));
            }
            Self::Event(index) => {
                json.event = (index < report.events.len()).then(|| report.events.remove(index));
            }
        }
        json
    }
}

fn show(args: &Args, compiled: &Compiled, texts: &Texts<'_>) -> Result<Exit, Failure> {
    let wanted = match &compiled.api {
        Some(api) => Some((api, Part::wanted(args, api)?)),
        None => None,
    };
    match args.format {
        Format::Json => {
            let diagnostics = report::json(&compiled.diagnostics, texts);
            output::json(&match wanted {
                Some((api, part)) => part.json(api, diagnostics),
                None => Json {
                    api: None,
                    action: None,
                    event: None,
                    lost: 0,
                    diagnostics,
                },
            });
        }
        Format::Text => {
            report::show(&compiled.diagnostics, texts);
            if let Some((api, part)) = wanted {
                output::line(part.text(api).trim_end());
            }
            if !compiled.diagnostics.is_empty() {
                let count = |severity| compiled.diagnostics.count(severity);
                output::note(report::found(
                    count(Severity::Error),
                    count(Severity::Warning),
                    compiled.api.as_ref().map_or(0, |api| api.losses.len()),
                ));
            }
        }
    }
    Ok(if wanted.is_some() && !compiled.diagnostics.has_errors() {
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
