//! Generating: processor time per stage, and memory.

use super::figure::{Amount, Figure};
use super::subject::Subjects;
use super::{Bench, Section, cost};
use crate::output;
use crate::workspace::Failure;
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

/// A document, and what generating from it may cost.
struct Task<'a> {
    what: &'a str,
    spec: &'a Path,
    name: &'a str,
    cpu: Option<Duration>,
    memory: Option<Amount>,
}

pub(super) fn measure(
    bench: &Bench,
    subjects: &Subjects,
    say: &dyn Fn(&str),
) -> Result<Vec<Figure>, Failure> {
    let name = &subjects.api.name;
    let spec = bench.workspace.specs().join(&subjects.api.spec);
    let mut figures = bench.task(
        &Task {
            what: name,
            spec: &spec,
            name,
            cpu: Some(Duration::from_millis(500)),
            memory: Some(Amount::mib(100)),
        },
        say,
    )?;
    for figure in &mut figures {
        if figure.what == format!("generate {name}") {
            for peer in &subjects.peers {
                figure
                    .others
                    .push((peer.name.clone(), Amount::cpu(peer.cost.cpu)));
            }
        }
    }
    figures.push(bench.unchanged(&spec, name)?);
    let github = bench.corpus.join("open/github.json");
    if github.is_file() {
        figures.extend(bench.task(
            &Task {
                what: "GitHub",
                spec: &github,
                name: "github",
                cpu: Some(Duration::from_secs(3)),
                memory: Some(Amount::mib(600)),
            },
            say,
        )?);
    } else {
        output::note("GitHub: skipped, the corpus is not there");
    }
    Ok(figures)
}

impl Bench {
    /// The whole, its memory, and each stage of the cheapest run.
    fn task(&self, task: &Task<'_>, say: &dyn Fn(&str)) -> Result<Vec<Figure>, Failure> {
        say(&format!("generating {} several times", task.what));
        let out = self.folder.join("generation").join(task.name);
        let mut best: Option<cost::Cost> = None;
        for _ in 0..self.runs {
            clear(&out)?;
            let cost = self.generate(
                task.spec,
                task.name,
                &out,
                &["--timings", "--format", "json"],
            )?;
            if best.as_ref().is_none_or(|best| cost.cpu < best.cpu) {
                best = Some(cost);
            }
        }
        let Some(best) = best else {
            return Ok(Vec::new());
        };
        let figure = |what: String, amount| Figure::new(Section::Generation, what, amount);
        let what = format!("generate {}", task.what);
        let mut cpu = figure(what.clone(), Amount::cpu(best.cpu));
        if let Some(most) = task.cpu {
            cpu = cpu.at_most(Amount::cpu(most), "all outputs");
        }
        let mut memory = figure(format!("{what}, memory"), Amount::Bytes(best.memory));
        if let Some(most) = task.memory {
            memory = memory.at_most(most, "all outputs");
        }
        let mut figures = vec![cpu, memory];
        let answer: Value = serde_json::from_str(&best.printed).unwrap_or_default();
        let stages = answer.pointer("/timings/stages").and_then(Value::as_array);
        for stage in stages.into_iter().flatten() {
            if let (Some(name), Some(cpu)) = (stage["name"].as_str(), stage["cpu_us"].as_u64()) {
                let name = name.rsplit(": ").next().unwrap_or(name);
                figures.push(figure(format!("  {name}"), Amount::CpuMicros(cpu)));
            }
        }
        Ok(figures)
    }

    /// The same again into a folder that has it all.
    fn unchanged(&self, spec: &Path, name: &str) -> Result<Figure, Failure> {
        let out = self.folder.join("generation").join(name);
        let mut least = Duration::MAX;
        for _ in 0..self.runs {
            least = least.min(self.generate(spec, name, &out, &[])?.cpu);
        }
        let figure = Figure::new(
            Section::Generation,
            "generate again, unchanged",
            Amount::cpu(least),
        );
        Ok(figure.at_most(Amount::cpu(Duration::from_millis(100)), "no write"))
    }
}

fn clear(folder: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(crate::workspace::unreadable(folder, &error)),
    }
}
