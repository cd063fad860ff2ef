//! `generate`: documents into Rust SDKs, n8n nodes and documentation.

mod answer;
mod args;
mod job;
mod memo;

use super::{Named, show_configuration};
use crate::Exit;
use crate::apply::{Change, Comparison, Extent};
use crate::disk::{Asked, digest};
use crate::output::{self, Progress};
use crate::report::Texts;
use crate::timings::Timings;
use crate::workspace::{CONFIG, Failure, Workspace, configured, lock};
use answer::Answer;
pub(crate) use args::Args;
use job::Job;
use memo::Memo;
use specwright::config::ApiConfig;
use specwright::diag::{Diagnostic, Diagnostics};
use specwright::plan::WritePlan;
use specwright::{Shape, Stage, compile, render_workspace};
use std::path::{Path, PathBuf};

/// A folder, what is to be in it, and how it is called.
struct Target {
    root: PathBuf,
    shown: String,
    plan: WritePlan,
    extent: Extent,
}

/// What a run carries along.
struct Run<'a> {
    args: &'a Args,
    progress: Progress,
    timings: Timings,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<Exit, Failure> {
    if let Some(memo) = Memo::recall(args) {
        memo.say();
        return Ok(Exit::Done);
    }
    let mut run = Run {
        args,
        progress: Progress::new(),
        timings: Timings::new(),
    };
    match (&args.spec, &args.name, &args.out) {
        (Some(spec), Some(name), Some(out)) => run.standalone(spec, name, out),
        _ => run.workspace(),
    }
}

impl Run<'_> {
    /// The APIs of the repository.
    fn workspace(&mut self) -> Result<Exit, Failure> {
        let workspace = Workspace::here();
        let mut diagnostics = Diagnostics::new();
        let (config, text) = workspace.config(&mut diagnostics)?;
        show_configuration(&diagnostics, &format!("specs/{CONFIG}"), &text);
        if diagnostics.has_errors() {
            return Ok(Exit::Failed);
        }
        let args = self.args;
        for name in &args.apis {
            configured(&config, name, &format!("specs/{CONFIG}"))?;
        }
        let wanted = |name: &String| args.apis.is_empty() || args.apis.contains(name);
        let sources = workspace.sources()?;
        let mut jobs = Vec::new();
        let mut read = Asked::new();
        // Every API is read, since all of them are in the files that they share.
        for api in &config.apis {
            let lock = lock(&workspace.specs().join(format!("{}.lock", api.name)))?;
            let (from, config) = workspace.read_from(api)?;
            let mut job = self.compile(config, &from.entry, &from.sources, lock);
            job.folder = Some(from.folder);
            read.extend(from.sources.asked());
            jobs.push(job);
        }
        let texts = Texts {
            document: None,
            sources: &sources,
            folder: "specs".to_owned(),
            apart: None,
        };
        if jobs.iter().any(|job| !job.can_generate()) {
            return Ok(self.refuse(&jobs, &texts));
        }
        let mut generated = WritePlan::new();
        let mut locks = WritePlan::new();
        for job in &mut jobs {
            if !wanted(&job.config.name) {
                job.name();
                continue;
            }
            self.render(job, Shape::Module);
            generated.merge(job.take_plan())?;
            locks.add(job.lock_file(), job.lock.to_text())?;
        }
        let inputs: Vec<_> = jobs.iter().filter_map(Job::shared).collect();
        let (shared, faults) = render_workspace(&inputs);
        self.timings.lap("shared files");
        blame(&mut jobs, &faults);
        if jobs.iter().any(|job| !job.can_generate()) {
            return Ok(self.refuse(&jobs, &texts));
        }
        let whole = jobs.iter().all(|job| wanted(&job.config.name)) && args.only.is_empty();
        merge_shared(&mut generated, shared, whole)?;
        let extent = if whole { Extent::Whole } else { Extent::Part };
        jobs.retain(|job| wanted(&job.config.name));
        let targets = vec![
            Target {
                root: workspace.generated(),
                shown: "generated".to_owned(),
                plan: generated,
                extent,
            },
            Target {
                root: workspace.specs(),
                shown: "specs".to_owned(),
                plan: locks,
                extent: Extent::Part,
            },
        ];
        read.insert(
            workspace.specs().join(CONFIG),
            Some(digest(text.as_bytes())),
        );
        self.finish(&jobs, targets, &texts, read)
    }

    /// One API into a folder of its own.
    fn standalone(&mut self, spec: &Path, name: &str, out: &Path) -> Result<Exit, Failure> {
        let args = self.args;
        let Some(named) = Named::find(spec, name, args.config.as_deref(), &args.reading)? else {
            return Ok(Exit::Failed);
        };
        if out.is_file() {
            return Err(Failure::Usage(format!(
                "--out must be a folder, and `{}` is a file",
                out.display()
            )));
        }
        let lock = lock(&out.join(format!("{name}.lock")))?;
        let mut job = self.compile(named.config.clone(), &named.entry, &named.sources, lock);
        let texts = named.texts(None);
        if !job.can_generate() {
            return Ok(self.refuse(&[job], &texts));
        }
        self.render(&mut job, Shape::Standalone);
        if !job.can_generate() {
            return Ok(self.refuse(&[job], &texts));
        }
        let mut locks = WritePlan::new();
        locks.add(job.lock_file(), job.lock.to_text())?;
        let target = |plan: WritePlan, extent: Extent| Target {
            root: out.to_owned(),
            shown: out.display().to_string(),
            plan,
            extent,
        };
        let extent = if args.only.is_empty() {
            Extent::Whole
        } else {
            Extent::Part
        };
        let targets = vec![target(job.take_plan(), extent), target(locks, Extent::Part)];
        let mut read = named.sources.asked();
        if let (Some(path), Some((_, text))) = (&args.config, &named.configuration) {
            read.insert(path.clone(), Some(digest(text.as_bytes())));
        }
        self.finish(&[job], targets, &texts, read)
    }

    fn compile(
        &mut self,
        config: ApiConfig,
        entry: &str,
        sources: &dyn specwright::load::Sources,
        lock: specwright::names::Lock,
    ) -> Job {
        self.progress
            .say(format_args!("{}: reading {entry}", config.name));
        let timings = &mut self.timings;
        timings.lap(format!("{}: lock", config.name));
        let mut ended = |stage| timings.lap(format!("{}: {}", config.name, word(stage)));
        let compiled = compile(entry, sources, &config, &mut ended);
        Job::new(config, compiled, lock)
    }

    fn render(&mut self, job: &mut Job, shape: Shape) {
        let name = job.config.name.clone();
        self.progress.say(format_args!("{name}: writing code"));
        let outputs = self.args.outputs(&job.config.outputs);
        let tests = self.args.writes_tests();
        let timings = &mut self.timings;
        job.render(shape, &outputs, tests, &mut |stage| {
            timings.lap(format!("{name}: {}", word(stage)))
        });
    }

    /// Says why nothing can be generated.
    fn refuse(&self, jobs: &[Job], texts: &Texts<'_>) -> Exit {
        self.progress.clear();
        let mut answer = Answer::new(jobs, &[]);
        answer.ok = false;
        answer.say(self.args, jobs, texts, &self.timings);
        Exit::Failed
    }

    /// Compares, then writes or reports.
    fn finish(
        &mut self,
        jobs: &[Job],
        targets: Vec<Target>,
        texts: &Texts<'_>,
        read: Asked,
    ) -> Result<Exit, Failure> {
        let args = self.args;
        self.progress.say("comparing files");
        let compared = compare(targets)?;
        self.timings.lap("compare");
        if !args.check && !args.dry_run {
            self.progress.say("writing files");
            write(&compared)?;
            self.timings.lap("write");
        }
        self.progress.clear();
        let mut answer = Answer::new(jobs, &compared);
        let stale = args.check && answer.has_changes();
        let lost = args.strict && jobs.iter().any(|job| job.lost() > 0);
        answer.ok = !stale && !lost;
        answer.say(args, jobs, texts, &self.timings);
        if answer.ok
            && let Some(memo) = Memo::of(args, read, &compared)
        {
            let (notes, lines) = answer.of_the_next_run(jobs, texts);
            memo.saying(notes, lines).keep();
        }
        Ok(if answer.ok { Exit::Done } else { Exit::Failed })
    }
}

const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Load => "load",
        Stage::Normalise => "normalise",
        Stage::Passes => "passes",
        Stage::Names => "names",
        Stage::Cases => "cases",
        Stage::Rust => "rust",
        Stage::N8n => "n8n",
        Stage::Docs => "docs",
    }
}

/// Reports faults of the shared files with the first API, for want of a better place.
fn blame(jobs: &mut [Job], faults: &Diagnostics) {
    if let Some(job) = jobs.first_mut() {
        faults
            .iter()
            .cloned()
            .for_each(|fault: Diagnostic| job.diagnostics.push(fault));
    }
}

/// The shared files; their folders are only cleared when everything in them is known.
fn merge_shared(plan: &mut WritePlan, shared: WritePlan, whole: bool) -> Result<(), Failure> {
    if whole {
        plan.merge(shared)?;
    } else {
        for (path, text) in shared.files() {
            plan.add(path, text)?;
        }
    }
    Ok(())
}

/// A compared folder, with what it is called.
type Compared = (String, Comparison);

fn compare(targets: Vec<Target>) -> Result<Vec<Compared>, Failure> {
    let one = |target: Target| {
        Comparison::new(&target.root, target.plan, target.extent)
            .map(|comparison| (target.shown.clone(), comparison))
            .map_err(|error| Failure::Apply {
                folder: target.shown,
                error,
            })
    };
    targets.into_iter().map(one).collect()
}

fn write(compared: &[Compared]) -> Result<(), Failure> {
    for (folder, comparison) in compared {
        let failed = |error| Failure::Apply {
            folder: folder.clone(),
            error,
        };
        comparison.write().map_err(failed)?;
    }
    Ok(())
}

/// Shows the differences that a check or a dry run found, and what a run removed.
fn show_changes(args: &Args, compared: &[Compared]) {
    for (folder, comparison) in compared {
        if args.check {
            let text = crate::diff::text(comparison, folder);
            if !text.is_empty() {
                output::line(text.trim_end());
            }
        } else if args.dry_run {
            for (path, change) in comparison.changes() {
                output::line(format_args!("{}: {folder}/{path}", change.as_str()));
            }
        } else {
            for (path, _) in comparison
                .changes()
                .filter(|(_, change)| **change == Change::Remove)
            {
                output::line(format_args!("removed: {folder}/{path}"));
            }
        }
    }
}
