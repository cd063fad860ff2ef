//! `serve`: a stand-in for an API, on loopback, in memory.

use super::{Named, Reading, show_configuration};
use crate::Exit;
use crate::output;
use crate::report::{self, Texts};
use crate::serve::{Limit, Options, StandIn, sample, until_interrupted};
use crate::workspace::{CONFIG, Failure, Workspace, configured};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use specwright::compile;
use specwright::config::StandInProfile;
use specwright::diag::Diagnostics;
use specwright::ir::{Action, Api, ApiKeyPlace, AuthSchemeKind, Kind, Method, Place};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  cargo xtask serve twenty                          a free port, which is printed
  cargo xtask serve twenty --port 3000 --records 5  each resource has five records to begin with
  cargo xtask serve twenty --rate-limit 100/60s     100 at once, then as many a minute; others get 429
  cargo xtask serve --spec api.yaml                 any document

A query is percent-encoded, which curl does when asked to:
  curl -G URL/rest/people -H 'Authorization: Bearer any' --data-urlencode 'filter=city[eq]:\"Paris\"'

It is empty at the start, forgets everything at the end, and takes any credential. It is strict:
unknown fields and parameters are refused, and so are read-only fields. XML and bytes are not looked
into, and what custom actions change is not simulated (their log lines say so). Ctrl-C ends it.

Exit status: 0 ended; 1 nothing could be read, or the port is taken; 2 wrong usage.";

/// Stands in for an API on loopback: it creates, finds, pages, updates and deletes in memory.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The API, by its name in specs/specwright.toml.
    #[arg(required_unless_present = "spec")]
    api: Option<String>,
    /// A document to stand in for, instead of one in specs/.
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
    /// The port; a free one when it is not given.
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// The only credential that is accepted.
    #[arg(long, value_name = "T")]
    token: Option<String>,
    /// How many requests are answered in how many seconds.
    #[arg(long, value_name = "N/Ts")]
    rate_limit: Option<Limit>,
    /// How many records each resource has to begin with, related to each other.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=10_000))]
    records: u32,
    /// Does not note each request on stderr.
    #[arg(long)]
    quiet: bool,
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
            if compiled.api.is_none() {
                report::show(
                    &compiled.diagnostics,
                    &named.texts(compiled.document.as_ref()),
                );
            }
            serve(args, compiled.api.as_ref(), &named.config.stand_in)
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
            let config = configured(&config, name, &label)?;
            let (read, config) = workspace.read_from(config)?;
            let compiled = compile(&read.entry, &read.sources, &config, &mut |_| {});
            if compiled.api.is_none() {
                let document = compiled.document.as_ref();
                report::show(
                    &compiled.diagnostics,
                    &Texts {
                        document,
                        sources: &read.sources,
                        folder: read.folder.clone(),
                        apart: None,
                    },
                );
            }
            serve(args, compiled.api.as_ref(), &config.stand_in)
        }
        (None, None) => Err(Failure::Usage(
            "name an API, or a document with --spec".to_owned(),
        )),
    }
}

fn serve(args: &Args, api: Option<&Api>, profile: &StandInProfile) -> Result<Exit, Failure> {
    let Some(api) = api else {
        return Ok(Exit::Failed);
    };
    let options = Options {
        port: args.port,
        token: args.token.clone(),
        rate_limit: args.rate_limit,
        records: args.records,
        seed: 0,
        log: !args.quiet,
    };
    let failed = |error: std::io::Error| Failure::Read {
        path: format!("127.0.0.1:{}", args.port),
        message: error.to_string(),
    };
    let running = StandIn::start(api, profile, &options).map_err(failed)?;
    // Before the address, since what comes after it may mix with the log of requests.
    if let Some(note) = unpaged(api).filter(|_| !args.quiet) {
        output::note(output::printable(&note));
    }
    output::line(running.base_url());
    // The token itself may have characters that the shell reads.
    let token = if args.token.is_some() {
        "YOUR-TOKEN"
    } else {
        "any"
    };
    output::line(example(api, &running.base_url(), token));
    until_interrupted().map_err(failed)?;
    Ok(Exit::Done)
}

/// Names in a note before it says how many more there are.
const MOST_NAMES: usize = 5;

/// Which lists come whole: their documents do not say how they go on.
fn unpaged(api: &Api) -> Option<String> {
    let lists = api
        .actions
        .iter()
        .filter(|action| action.kind == Kind::FindMany && action.pagination.is_none());
    let all: Vec<String> = lists
        .map(|action| format!("{} {}", action.method.as_str(), action.path))
        .collect();
    let names: Vec<&str> = all.iter().take(MOST_NAMES).map(String::as_str).collect();
    let rest = all.len().saturating_sub(MOST_NAMES);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    let verb = if all.len() == 1 {
        "list is"
    } else {
        "lists are"
    };
    (!all.is_empty()).then(|| {
        let (count, names) = (all.len(), names.join(", "));
        format!("{count} {verb} not paged, for want of a known way to go on: {names}{more}")
    })
}

/// Whether an action can be called by its path alone.
fn is_free(action: &Action) -> bool {
    action.parameters.iter().all(|it| !it.required)
}

/// The target of an action, with samples of the parameters that it needs.
fn target(api: &Api, action: &Action) -> String {
    let (mut path, mut query) = (action.path.clone(), Vec::new());
    for parameter in action.parameters.iter().filter(|it| it.required) {
        let value = sample(api, &parameter.schema);
        let value = utf8_percent_encode(&value, NON_ALPHANUMERIC).to_string();
        let name = &parameter.wire_name;
        match parameter.place {
            Place::Path => path = path.replace(&format!("{{{name}}}"), &value),
            Place::Query => query.push(format!("{name}={value}")),
            Place::Header | Place::Cookie => {}
        }
    }
    if query.is_empty() {
        return path;
    }
    format!("{path}?{}", query.join("&"))
}

/// A line that calls the first list, one without required parameters if there is one,
/// with `token` in the credential's place.
fn example(api: &Api, base_url: &str, token: &str) -> String {
    let lists = || api.actions.iter().filter(|it| it.kind == Kind::FindMany);
    let list = lists().find(|it| is_free(it)).or_else(|| lists().next());
    let free = || {
        api.actions
            .iter()
            .find(|it| is_free(it) && it.body.is_none())
    };
    let Some(action) = list.or_else(free).or_else(|| api.actions.first()) else {
        return "it has no actions".to_owned();
    };
    let alternatives = action.security.as_ref().unwrap_or(&api.security);
    let scheme = alternatives
        .first()
        .and_then(|it| it.schemes.first())
        .and_then(|(key, _)| api.auth_schemes.iter().find(|scheme| scheme.key == *key));
    let credential = match scheme.map(|scheme| &scheme.kind) {
        None | Some(AuthSchemeKind::MutualTls) => String::new(),
        Some(AuthSchemeKind::Basic) => format!(" -u user:{token}"),
        Some(AuthSchemeKind::ApiKey { place, name }) => match place {
            ApiKeyPlace::Header => format!(" -H '{name}: {token}'"),
            ApiKeyPlace::Query => format!(" --url-query '{name}={token}'"),
            ApiKeyPlace::Cookie => format!(" -b '{name}={token}'"),
        },
        Some(AuthSchemeKind::Http { scheme }) => format!(" -H 'Authorization: {scheme} {token}'"),
        Some(
            AuthSchemeKind::Bearer { .. }
            | AuthSchemeKind::OAuth2 { .. }
            | AuthSchemeKind::OpenIdConnect { .. },
        ) => format!(" -H 'Authorization: Bearer {token}'"),
    };
    let method = match action.method {
        Method::Get => String::new(),
        other => format!(" -X {}", other.as_str()),
    };
    output::printable(&format!(
        "curl{method}{credential} '{base_url}{}'",
        target(api, action)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use specwright::config::ApiConfig;
    use specwright::load::MemorySources;

    fn shown(paths: &str) -> String {
        let text = format!("openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\npaths:\n{paths}");
        let sources = MemorySources::new("api.yaml", text);
        let config = ApiConfig::for_name("api");
        let api = specwright::compile("api.yaml", &sources, &config, &mut |_| {}).api;
        example(&api.unwrap(), "http://x", "any")
    }

    const NEEDS: &str = "  /a:
    get: {operationId: listA, tags: [a], parameters: [{name: q, in: query, required: true, schema: {type: string, enum: [x y]}}], responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {type: object, properties: {id: {type: integer}}}}}}}}}
";

    #[test]
    fn the_line_that_is_shown_works_as_it_is() {
        assert_eq!(shown(NEEDS), "curl 'http://x/a?q=x%20y'");
        let free = NEEDS.replace("/a:", "/b:").replace("listA", "listB");
        let free = free.replace("required: true", "required: false");
        assert_eq!(shown(&format!("{NEEDS}{free}")), "curl 'http://x/b'");
    }
}
