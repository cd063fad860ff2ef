//! What a generation says at its end.

use super::job::Job;
use super::{Args, Compared, show_changes};
use crate::output::{self, Format, counted};
use crate::report::{self, Texts};
use crate::timings::{self, Timings};
use serde::Serialize;
use specwright::diag::Severity;
use specwright::ir::Api;
use std::collections::BTreeSet;

/// The answer of a run: for programs as it is, for people line by line.
pub(super) struct Answer<'a> {
    /// Whether the run did what was asked of it.
    pub(super) ok: bool,
    compared: &'a [Compared],
    /// Files and changes of each job, and at the end those of none.
    counts: Vec<Count>,
}

/// Files, and how many of them change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    files: usize,
    changed: usize,
}

#[derive(Serialize)]
struct Json {
    ok: bool,
    apis: Vec<ApiJson>,
    changes: Vec<ChangeJson>,
    /// With `--timings`.
    #[serde(skip_serializing_if = "Option::is_none")]
    timings: Option<timings::Json>,
}

#[derive(Serialize)]
struct ApiJson {
    name: String,
    generated: bool,
    actions: usize,
    resources: usize,
    /// The actions whose answers go on in further pages.
    paged: usize,
    events: usize,
    types: usize,
    files: usize,
    changed: usize,
    lost: usize,
    diagnostics: Vec<report::Json>,
}

#[derive(Serialize)]
struct ChangeJson {
    path: String,
    change: &'static str,
}

impl<'a> Answer<'a> {
    pub(super) fn new(jobs: &[Job], compared: &'a [Compared]) -> Self {
        Self {
            ok: true,
            compared,
            counts: counts(jobs, compared),
        }
    }

    pub(super) fn has_changes(&self) -> bool {
        self.compared
            .iter()
            .any(|(_, comparison)| comparison.changes().next().is_some())
    }

    /// Writes the answer: what was wrong, what changes, and a line for each API.
    pub(super) fn say(&self, args: &Args, jobs: &[Job], texts: &Texts<'_>, timings: &Timings) {
        if args.format == Format::Text {
            for job in jobs {
                report::show(&job.diagnostics, &job.texts(texts));
            }
            show_changes(args, self.compared);
            if args.check && self.has_changes() {
                let command = args.command();
                output::line(format_args!("Run `{command}` to bring this up to date."));
            }
        }
        match args.format {
            Format::Text => {
                if args.timings {
                    output::note(timings.text().trim_end());
                }
                self.lines(jobs).iter().for_each(output::line);
            }
            Format::Json => {
                let mut answer = self.json(jobs, texts);
                answer.timings = args.timings.then(|| timings.json());
                output::json(&answer);
            }
        }
    }

    /// What the same run says when nothing changes any more: about the documents, and at the end.
    pub(super) fn of_the_next_run(&self, jobs: &[Job], texts: &Texts<'_>) -> (String, Vec<String>) {
        let notes = jobs
            .iter()
            .map(|job| report::text(&job.diagnostics, &job.texts(texts)));
        let settled = |count: &Count| Count {
            changed: 0,
            ..*count
        };
        let then = Self {
            ok: true,
            compared: self.compared,
            counts: self.counts.iter().map(settled).collect(),
        };
        (notes.collect(), then.lines(jobs))
    }

    fn lines(&self, jobs: &[Job]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut counts = self.counts.iter().copied();
        let of_jobs: Vec<_> = jobs.iter().zip(counts.by_ref()).collect();
        if let Some(shared) = counts.next().filter(|count| *count != Count::default()) {
            lines.push(format!("shared: {}", shared.text()));
        }
        lines.extend(of_jobs.into_iter().map(|(job, count)| summary(job, count)));
        lines
    }

    fn json(&self, jobs: &[Job], texts: &Texts<'_>) -> Json {
        let one = |(job, count): (&Job, &Count)| {
            let api = job.compiled.api.as_ref();
            ApiJson {
                name: job.config.name.clone(),
                generated: job.can_generate(),
                actions: api.map_or(0, |api| api.actions.len()),
                resources: api.map_or(0, |api| api.resources.len()),
                paged: api.map_or(0, paged),
                events: api.map_or(0, |api| api.events.len()),
                types: api.map_or(0, |api| api.types.len()),
                files: count.files,
                changed: count.changed,
                lost: job.lost(),
                diagnostics: report::json(&job.diagnostics, &job.texts(texts)),
            }
        };
        let changes = self.compared.iter().flat_map(|(folder, comparison)| {
            comparison.changes().map(move |(path, change)| ChangeJson {
                path: format!("{folder}/{path}"),
                change: change.as_str(),
            })
        });
        Json {
            ok: self.ok,
            apis: jobs.iter().zip(&self.counts).map(one).collect(),
            changes: changes.collect(),
            timings: None,
        }
    }
}

/// How many actions are lists that can be read to their end.
fn paged(api: &Api) -> usize {
    let paged = api.actions.iter().filter(|it| it.pagination.is_some());
    paged.count()
}

/// Which files and changes belong to which job. With one job all do; with several, those in no job's
/// plan are shared.
fn counts(jobs: &[Job], compared: &[Compared]) -> Vec<Count> {
    let all = compared.iter().map(|(_, comparison)| comparison);
    let mut total = Count::default();
    let mut changed = BTreeSet::new();
    for comparison in all {
        total.files += comparison.files().count();
        changed.extend(comparison.changes().map(|(path, _)| path));
    }
    total.changed = changed.len();
    if let [_] = jobs {
        return vec![total, Count::default()];
    }
    let mut counts = Vec::new();
    let mut rest = total;
    for job in jobs {
        let lock = job.lock_file();
        let own = || {
            let paths = job.paths.iter().map(String::as_str);
            paths.chain([lock.as_str()])
        };
        let count = Count {
            files: if compared.is_empty() {
                0
            } else {
                own().count()
            },
            changed: own().filter(|path| changed.contains(path)).count(),
        };
        rest.files = rest.files.saturating_sub(count.files);
        rest.changed = rest.changed.saturating_sub(count.changed);
        counts.push(count);
    }
    counts.push(rest);
    counts
}

impl Count {
    fn text(self) -> String {
        format!("{}, {} changed", counted(self.files, "file"), self.changed)
    }
}

/// `twenty: 253 actions, 36 resources, 190 types; 212 files, 3 changed; 1 warning`
fn summary(job: &Job, count: Count) -> String {
    let found = report::found(
        job.count(Severity::Error),
        job.count(Severity::Warning),
        job.lost(),
    );
    let name = &job.config.name;
    match &job.compiled.api {
        Some(api) if job.can_generate() => {
            let actions = counted(api.actions.len(), "action");
            let resources = counted(api.resources.len(), "resource");
            let types = counted(api.types.len(), "type");
            format!(
                "{name}: {actions}, {resources}, {types}; {}; {found}",
                count.text()
            )
        }
        _ => format!("{name}: nothing could be generated; {found}"),
    }
}
