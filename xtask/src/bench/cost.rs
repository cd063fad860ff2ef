//! A program that is run, and what that took.

use crate::workspace::Failure;
use std::ffi::OsString;
use std::io::Read;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use wait4::Wait4;

/// What a program and the children it waited for took.
#[derive(Debug, Clone)]
pub(super) struct Cost {
    /// Processor time in user and system mode, of all threads.
    pub(super) cpu: Duration,
    /// The most memory that one process had resident, in bytes.
    pub(super) memory: u64,
    /// What it printed.
    pub(super) printed: String,
}

/// Cargo, as the user runs it, without what the run of this program adds to its environment.
pub(crate) fn cargo() -> Command {
    let mut command =
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR")
        {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a program to its end.
///
/// # Errors
/// When it cannot be run, and when it fails: with what it wrote to its standard error.
pub(super) fn run(command: &mut Command) -> Result<Cost, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failed = |error: std::io::Error| Failure::Run {
        program: name.clone(),
        message: error.to_string(),
    };
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let printed = child.stdout.take().map(read);
    let errors = child.stderr.take().map(read);
    let text = |reader: Option<thread::JoinHandle<String>>| {
        reader
            .and_then(|reader| reader.join().ok())
            .unwrap_or_default()
    };
    let (printed, errors) = (text(printed), text(errors));
    let used = child.wait4().map_err(failed)?;
    if !used.status.success() {
        return Err(Failure::Run {
            program: name,
            message: format!("it failed:\n{printed}{errors}"),
        });
    }
    Ok(Cost {
        cpu: used.rusage.utime + used.rusage.stime,
        memory: used.rusage.maxrss,
        printed,
    })
}

/// The cheapest of several runs; `prepare` comes before each and is not counted.
pub(super) fn least(
    runs: usize,
    prepare: &mut dyn FnMut() -> Result<(), Failure>,
    command: &dyn Fn() -> Command,
) -> Result<Cost, Failure> {
    let mut least: Option<Cost> = None;
    for _ in 0..runs.max(1) {
        prepare()?;
        let cost = run(&mut command())?;
        least = Some(match least {
            Some(before) => Cost {
                cpu: before.cpu.min(cost.cpu),
                memory: before.memory.min(cost.memory),
                printed: cost.printed,
            },
            None => cost,
        });
    }
    least.ok_or_else(|| Failure::Usage("nothing was measured".to_owned()))
}

/// Reads a pipe beside the others, so that none of them fills up.
fn read(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_a_cost_and_a_failed_one_its_reason() {
        let cost = run(cargo().arg("--version")).unwrap();
        assert!(cost.cpu > Duration::ZERO && cost.memory > 0, "{cost:?}");
        assert!(cost.printed.starts_with("cargo "), "{cost:?}");
        let failure = run(cargo().arg("no-such-command")).unwrap_err().to_string();
        assert!(failure.contains("no-such-command"), "{failure}");
        assert!(run(&mut Command::new("no-such-program-at-all")).is_err());
    }
}
