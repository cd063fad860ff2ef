//! Conformance: what the generated clients send and read, judged by an independent suite.
//!
//! The suite has a server that knows what it must be sent, and documents in two versions of OpenAPI. A
//! client is generated from each document; its calls are made by name, so that arguments and answers are
//! JSON and what lies between is typed. Of an n8n package, the node's form is filled in with the same
//! values, and the node runs in n8n's own code.
//!
//! ```text
//! scenarios   what must be sent and comes back, as the suite says
//! documents   the documents of a version
//! schema      values of the wire as JSON, by the document's schemas
//! xml         the same of XML
//! autorest    another suite, of documents in Swagger 2.0
//! arguments   the arguments of a call from the request that is expected
//! credentials what it has of them
//! paths       what stands in a path for the variables of its template
//! project     the crate with a client per document, and the program that calls them
//! packages    the n8n package per document, and the program that runs their nodes
//! server      the suite's server
//! calls       the calls, and whether their answers are what was sent
//! compare     two JSON values
//! items       the items of a node's output
//! streams     the items of a stream
//! notes       what the suite does not say, and why scenarios do not pass: a file of data
//! list        what passes, and why the rest does not: committed
//! table       the same in numbers: `docs/conformance.md`
//! ```

mod arguments;
mod autorest;
mod calls;
mod compare;
mod credentials;
mod documents;
mod items;
mod list;
mod notes;
mod packages;
mod paths;
mod project;
mod promised;
mod scenarios;
mod schema;
mod server;
mod streams;
mod table;
mod xml;

use crate::n8n;
use crate::output::{self, counted};
use crate::workspace::{Failure, Workspace};
use calls::{Caller, Outcome};
use documents::Document;
use list::{List, Verdict};
use notes::Notes;
use project::Generated;
use scenarios::Scenario;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The suite, beside the repository.
const KIT: &str = "../shared/conformance/spector";

/// What is generated from the suite's documents, and makes the calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Client {
    /// Clients in Rust.
    Rust,
    /// n8n's nodes.
    N8n,
}

impl Client {
    const ALL: [Self; 2] = [Self::Rust, Self::N8n];

    const fn name(self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::N8n => "n8n",
        }
    }
}

/// What becomes of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// They are written, unless something no longer passes.
    Grow,
    /// They are written, also where something no longer passes.
    Bless,
    /// They are left as they are, and must be right.
    Check,
}

/// Runs the suite with all clients or one; returns whether all is well. Without it, it is skipped, and said
/// so. Without n8n's tools its nodes are. What is not run is as the committed lists have it.
///
/// # Errors
/// A program cannot be run, or a file cannot be read or written.
pub(crate) fn passes(
    workspace: &Workspace,
    client: Option<Client>,
    keeping: Keeping,
) -> Result<bool, Failure> {
    let Some(suite) = Suite::of(workspace)? else {
        return Ok(true);
    };
    let docs = workspace.root().join("docs");
    let lists = suite.lists(client)?;
    let faults = lists.iter().flat_map(|list| list.faults(&docs, keeping));
    let mut faults: Vec<String> = faults.collect();
    faults.extend(stale(&lists, &suite));
    say(&faults);
    if keeping == Keeping::Bless || (keeping == Keeping::Grow && faults.is_empty()) {
        for list in &lists {
            list.write(&docs)?;
        }
        let lists = suite.all(lists, &docs);
        list::write(&docs.join("conformance.md"), &table::page(&lists))?;
    }
    let swagger = client == Some(Client::N8n) || autorest::passes(workspace, keeping, "")?;
    Ok(faults.is_empty() && swagger)
}

/// Runs the scenarios whose name or folder has a text in it, says why those that do not pass do not, and
/// returns whether any passes no more.
///
/// # Errors
/// Those of [`passes`].
pub(crate) fn passes_in_part(
    workspace: &Workspace,
    client: Option<Client>,
    only: &str,
) -> Result<bool, Failure> {
    if let Some(only) = only.strip_prefix("swagger/") {
        return autorest::passes(workspace, Keeping::Grow, only);
    }
    let Some(mut suite) = Suite::of(workspace)? else {
        return Ok(true);
    };
    let has = |it: &Scenario| it.spec.contains(only) || it.scenario.contains(only);
    suite.scenarios.retain(has);
    let docs = workspace.root().join("docs");
    let mut faults = Vec::new();
    for list in suite.lists(client)? {
        list.misses().for_each(output::line);
        faults.extend(list.faults(&docs, Keeping::Grow));
    }
    say(&faults);
    Ok(faults.is_empty())
}

fn say(faults: &[String]) {
    for fault in faults {
        output::line(format_args!("conformance: {}", output::printable(fault)));
    }
}

/// The suite, ready to be run.
struct Suite<'w> {
    workspace: &'w Workspace,
    kit: PathBuf,
    work: PathBuf,
    scenarios: Vec<Scenario>,
    notes: Notes,
    of_n8n: Notes,
}

impl<'w> Suite<'w> {
    /// Installs the suite; `None`, said aloud, where it is not there.
    fn of(workspace: &'w Workspace) -> Result<Option<Self>, Failure> {
        let kit = workspace.root().join(KIT);
        if !kit.is_dir() {
            output::note("skipped: ../shared/conformance/spector is not here");
            return Ok(None);
        }
        let work = workspace.root().join("target/conformance");
        server::install(&kit, &work.join("spector"), server::SCRIPT)?;
        Ok(Some(Self {
            workspace,
            scenarios: scenarios::read(&kit)?,
            notes: notes::read()?,
            of_n8n: notes::read_n8n()?,
            kit,
            work,
        }))
    }

    /// What becomes of the scenarios: a list for each client and version. Without n8n's tools there is
    /// none of its nodes.
    fn lists(&self, only: Option<Client>) -> Result<Vec<List<'_>>, Failure> {
        let clients = Client::ALL.iter().copied();
        let clients = clients.filter(|client| only.is_none_or(|only| *client == only));
        let mut lists = Vec::new();
        for client in clients {
            let modules = match client {
                Client::Rust => None,
                Client::N8n => match n8n::modules(self.workspace) {
                    None => continue,
                    some => some,
                },
            };
            for version in documents::VERSIONS {
                let list = self.list(client, version, self.verdicts(version, modules.as_deref())?);
                let (name, count) = (list.name(), list.count(|_| true));
                output::line(format_args!("{name}: {count} pass"));
                lists.push(list);
            }
        }
        Ok(lists)
    }

    fn list(
        &self,
        client: Client,
        version: &'static str,
        verdicts: BTreeMap<String, Verdict>,
    ) -> List<'_> {
        let notes = match client {
            Client::Rust => vec![&self.notes],
            Client::N8n => vec![&self.of_n8n, &self.notes],
        };
        List {
            client,
            version,
            scenarios: &self.scenarios,
            notes,
            verdicts,
        }
    }

    /// The lists of all clients and versions: those that were made, and the committed ones of the others.
    fn all<'a>(&'a self, made: Vec<List<'a>>, docs: &Path) -> Vec<List<'a>> {
        let mut lists = Vec::new();
        let mut made = made.into_iter().peekable();
        for client in Client::ALL {
            for version in documents::VERSIONS {
                let is_next = |it: &List<'_>| it.client == client && it.version == version;
                let list = made.next_if(is_next);
                let read = || {
                    let list = self.list(client, version, BTreeMap::new());
                    list.committed(docs)
                };
                lists.push(list.unwrap_or_else(read));
            }
        }
        lists
    }

    /// What becomes of them with clients in Rust, or with nodes that n8n's modules run.
    fn verdicts(
        &self,
        version: &'static str,
        modules: Option<&Path>,
    ) -> Result<BTreeMap<String, Verdict>, Failure> {
        let mut documents = documents::read(&self.kit, version)?;
        let specs = self
            .scenarios
            .iter()
            .map(|it| format!("{}/{version}/", it.spec));
        let specs: BTreeSet<String> = specs.collect();
        documents.retain(|file, _| specs.iter().any(|spec| file.starts_with(spec)));
        match modules {
            None => {
                let folder = self.work.join(version);
                let project = project::Project::write(self.workspace, folder, documents.values())?;
                let start = Instant::now();
                let mut program = Command::new(project.build(self.workspace)?);
                let clients = counted(project.apis.len(), "client");
                let seconds = start.elapsed().as_secs_f32();
                output::note(format_args!("{version}: {clients} built in {seconds:.0} s"));
                let made = (&project.apis, &project.failed);
                self.judged(Client::Rust, version, &documents, made, &mut program)
            }
            Some(modules) => {
                let folder = self.work.join("n8n").join(version);
                let packages = packages::Packages::write(folder, documents.values())?;
                let mut program = packages.program(self.workspace, modules);
                let made = (&packages.apis, &packages.failed);
                self.judged(Client::N8n, version, &documents, made, &mut program)
            }
        }
    }

    /// Makes the calls of all scenarios, and judges them.
    fn judged(
        &self,
        client: Client,
        version: &'static str,
        documents: &BTreeMap<String, Document>,
        (apis, failed): (&BTreeMap<String, Generated>, &BTreeMap<String, String>),
        program: &mut Command,
    ) -> Result<BTreeMap<String, Verdict>, Failure> {
        let server = server::Server::start(&self.work.join("spector"), version)?;
        let apis = apis.iter().map(|(name, it)| (name.as_str(), &it.api));
        let caller = Caller {
            client,
            documents,
            apis: apis.collect(),
            failed,
            version,
            origin: server.origin(),
            notes: &self.notes,
        };
        let calls: Vec<_> = self.scenarios.iter().map(|it| caller.calls(it)).collect();
        let counts: Vec<usize> = calls.iter().map(Vec::len).collect();
        let calls: Vec<_> = calls.into_iter().flatten().collect();
        let mut outcomes = caller.make(program, &calls)?.into_iter();
        let seen = list::seen(&server.stop()?);
        let verdicts = self.scenarios.iter().zip(counts).map(|(scenario, count)| {
            let own: Vec<Outcome> = outcomes.by_ref().take(count).collect();
            let accepted = seen.get(&scenario.scenario).is_some_and(|it| it == "pass");
            (scenario.scenario.clone(), verdict(own, accepted))
        });
        Ok(verdicts.collect())
    }
}

/// Reasons for what passes in all lists that look for them, or is not there at all.
fn stale(lists: &[List<'_>], suite: &Suite<'_>) -> Vec<String> {
    let misses =
        |list: &List<'_>, name: &str| matches!(list.verdicts.get(name), Some(Verdict::Missed(_)));
    let mut stale = Vec::new();
    for (client, notes) in [(Client::Rust, &suite.notes), (Client::N8n, &suite.of_n8n)] {
        let own: Vec<_> = lists.iter().filter(|list| list.client == client).collect();
        if own.is_empty() {
            continue;
        }
        let names = notes.miss.iter().flat_map(|miss| &miss.scenarios);
        let passed = names.filter(|name| !own.iter().any(|list| misses(list, name)));
        let file = notes.file;
        stale.extend(passed.map(|name| format!("{name} passes: take it out of xtask/{file}")));
    }
    stale
}

fn verdict(calls: Vec<Outcome>, accepted: bool) -> Verdict {
    let is_typed = calls.iter().all(|it| it.is_typed);
    let fault = calls.into_iter().find_map(|it| it.fault);
    match fault {
        Some(fault) => Verdict::Missed(fault),
        None if !accepted => {
            Verdict::Missed("the server was not sent all that it expects".to_owned())
        }
        None if is_typed => Verdict::Passed,
        None => Verdict::Untyped,
    }
}
