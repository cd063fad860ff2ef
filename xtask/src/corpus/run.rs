//! A program in a process of its own, with what it took and a deadline.

use crate::workspace::Failure;
use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;
use wait4::Wait4;

/// What became of a program.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) status: ExitStatus,
    pub(super) cost: Cost,
    pub(super) stdout: String,
    pub(super) stderr: String,
    /// Whether it was stopped at the deadline.
    pub(super) late: bool,
}

/// Processor time of a program and the children it waited for, and the most memory one of them had.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Cost {
    /// In seconds.
    pub(super) cpu: f64,
    /// In MiB.
    pub(super) memory: u64,
}

/// Runs a program to its end, or to the deadline.
///
/// # Errors
/// It cannot be started or waited for.
pub(super) fn run(command: &mut Command, deadline: Duration) -> Result<Ended, Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |error: std::io::Error| Failure::Run {
        program: program.clone(),
        message: error.to_string(),
    };
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let (stdout, stderr) = (child.stdout.take().map(read), child.stderr.take().map(read));
    let (ended, waiting) = channel::<()>();
    let id = child.id().to_string();
    let watch = thread::spawn(move || {
        let late = waiting.recv_timeout(deadline) == Err(RecvTimeoutError::Timeout);
        if late {
            // It is this program's own child, and not yet waited for.
            let _ = Command::new("kill").args(["-9", &id]).status();
        }
        late
    });
    let used = child.wait4().map_err(failed)?;
    drop(ended);
    let text = |reader: Option<thread::JoinHandle<String>>| {
        let read = reader.and_then(|reader| reader.join().ok());
        read.unwrap_or_default()
    };
    Ok(Ended {
        status: used.status,
        cost: Cost {
            cpu: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
            memory: used.rusage.maxrss >> 20,
        },
        stdout: text(stdout),
        stderr: text(stderr),
        late: watch.join().unwrap_or_default(),
    })
}

/// Reads a pipe beside the others, so that none of them fills up.
fn read(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

impl Ended {
    /// Why it is not well that it ended so; none when it is.
    pub(super) fn fault(&self) -> Option<String> {
        if self.late {
            return Some("it did not end in time".to_owned());
        }
        if self.status.success() {
            return None;
        }
        let tail: Vec<&str> = self.stderr.lines().rev().take(12).collect();
        let tail: Vec<&str> = tail.into_iter().rev().collect();
        Some(format!("{}\n{}", self.status, tail.join("\n")))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_ends_by_itself_or_at_the_deadline() {
        let minute = Duration::from_secs(60);
        let ended = run(Command::new("sh").args(["-c", "echo a; exit 3"]), minute).unwrap();
        assert_eq!(
            (ended.status.code(), ended.stdout.as_str()),
            (Some(3), "a\n")
        );
        assert!(ended.fault().unwrap().contains("status: 3"));
        let late = run(Command::new("sleep").arg("60"), Duration::from_millis(20)).unwrap();
        assert_eq!(late.fault().as_deref(), Some("it did not end in time"));
        assert!(run(&mut Command::new("no-such-program-at-all"), minute).is_err());
    }
}
