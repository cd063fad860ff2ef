//! What is written to the terminal. A reader that went away (`| head`) is no error.

use std::fmt::Display;
use std::io::{IsTerminal, Write};

/// A line of the answer.
pub(crate) fn line(text: impl Display) {
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// A line about the work, which is not part of the answer.
pub(crate) fn note(text: impl Display) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Why a command could not do its work.
pub(crate) fn error(text: impl Display) {
    note(format_args!("error: {}", printable(&text.to_string())));
}

/// A text without the control characters that a terminal would obey.
pub(crate) fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c,
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// A number with its noun: "1 file", "2 files".
pub(crate) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The line that says what is going on, on a terminal only. It goes away when it is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    shown: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            shown: std::io::stderr().is_terminal(),
        }
    }

    pub(crate) fn say(&self, text: impl Display) {
        if self.shown {
            let mut stderr = anstream::stderr();
            let _ = write!(stderr, "\r\x1b[K{text}");
            let _ = stderr.flush();
        }
    }

    /// Takes the line away, before something else is written.
    pub(crate) fn clear(&self) {
        self.say("");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs: one JSON value.
    Json,
}

/// A JSON value as the answer.
pub(crate) fn json(value: &impl serde::Serialize) {
    if let Ok(text) = serde_json::to_string_pretty(value) {
        line(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_cannot_command_the_terminal() {
        assert_eq!(
            printable("a\x1b[2Jb\tc\n\u{9b}d"),
            "a\u{fffd}[2Jb\tc\n\u{fffd}d"
        );
    }
}
