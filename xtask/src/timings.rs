//! What a run costs: time per stage, and memory.

use std::fmt::Write;
use std::time::{Duration, Instant};

/// A stopwatch for the stages of a run.
#[derive(Debug)]
pub(crate) struct Timings {
    stages: Vec<Stage>,
    since: (Instant, Option<Duration>),
}

#[derive(Debug)]
struct Stage {
    name: String,
    wall: Duration,
    /// Of all threads, in user and system mode; where the system tells.
    cpu: Option<Duration>,
}

/// What a run cost, for programs.
#[derive(Debug, serde::Serialize)]
pub(crate) struct Json {
    stages: Vec<StageJson>,
    peak_memory_mib: Option<u64>,
}

#[derive(Debug, serde::Serialize)]
struct StageJson {
    name: String,
    wall_us: u128,
    cpu_us: Option<u128>,
}

impl Timings {
    pub(crate) fn new() -> Self {
        Self {
            stages: Vec::new(),
            since: (Instant::now(), cpu_time()),
        }
    }

    /// Notes what a stage took that has just ended: the time since the one before it.
    pub(crate) fn lap(&mut self, name: impl Into<String>) {
        let now = (Instant::now(), cpu_time());
        let cpu = now
            .1
            .zip(self.since.1)
            .map(|(after, before)| after.saturating_sub(before));
        let wall = now.0.saturating_duration_since(self.since.0);
        self.stages.push(Stage {
            name: name.into(),
            wall,
            cpu,
        });
        self.since = now;
    }

    /// The same as [`Timings::text`], for programs.
    pub(crate) fn json(&self) -> Json {
        let one = |stage: &Stage| StageJson {
            name: stage.name.clone(),
            wall_us: stage.wall.as_micros(),
            cpu_us: stage.cpu.map(|cpu| cpu.as_micros()),
        };
        Json {
            stages: self.stages.iter().map(one).collect(),
            peak_memory_mib: peak_memory(),
        }
    }

    /// A table of the stages, and the most memory that was in use at once.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let width = self
            .stages
            .iter()
            .map(|stage| stage.name.len())
            .max()
            .unwrap_or_default();
        for Stage { name, wall, cpu } in &self.stages {
            let cpu = cpu.map_or_else(String::new, |cpu| {
                format!("  {:>7} ms CPU", cpu.as_millis())
            });
            let wall = wall.as_millis();
            let _ = writeln!(text, "{name:<width$}  {wall:>7} ms{cpu}");
        }
        if let Some(peak) = peak_memory() {
            let _ = writeln!(text, "{:<width$}  {peak:>7} MiB", "peak memory");
        }
        text
    }
}

/// Processor time of all threads, where the system tells.
fn cpu_time() -> Option<Duration> {
    Some(cpu_time::ProcessTime::try_now().ok()?.as_duration())
}

/// The most memory that was resident, in MiB.
fn peak_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_has_a_line() {
        let mut timings = Timings::new();
        timings.lap("twenty: read");
        let text = timings.text();
        assert!(text.starts_with("twenty: read        0 ms"), "{text}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn linux_tells_processor_time_and_memory() {
        let before = cpu_time().unwrap();
        while cpu_time().unwrap() == before {}
        assert!(peak_memory().is_some_and(|peak| peak > 0));
    }
}
