//! Diagnostics for people and for programs.

mod draw;

use crate::output::{self, counted};
use serde::Serialize;
use specwright::diag::{Diagnostic, Diagnostics, Position, Severity};
use specwright::ir::Origin;
use specwright::load::{Document, Sources};
use std::collections::BTreeMap;

/// How many errors or warnings of one kind are shown to people: all but for documents that are wrong
/// everywhere, of which a reader learns no more. Notes, which lose nothing, are shown once.
const SHOWN: usize = 200;

/// The texts that diagnostics point into.
#[derive(Clone)]
pub(crate) struct Texts<'a> {
    /// The document, when it could be read.
    pub(crate) document: Option<&'a Document>,
    /// Where other files come from: the configuration, a document that could not be read.
    pub(crate) sources: &'a dyn Sources,
    /// The folder that the files are in, as the user knows it: `specs`.
    pub(crate) folder: String,
    /// A file that is somewhere else, by the path the user knows, and its text: the configuration.
    pub(crate) apart: Option<(String, String)>,
}

impl<'a> Texts<'a> {
    /// The same for another document of the same folder.
    pub(crate) fn about<'b>(&self, document: Option<&'b Document>) -> Texts<'b>
    where
        'a: 'b,
    {
        Texts {
            document,
            ..self.clone()
        }
    }

    /// The text that a diagnostic is about, and its line and column there.
    fn place(&self, diagnostic: &Diagnostic) -> (Origin, Option<Position>) {
        let origin = &diagnostic.origin;
        if diagnostic.position.is_some() {
            return (origin.clone(), diagnostic.position);
        }
        let found = self.document.and_then(|it| it.place(origin));
        found.map_or_else(|| (origin.clone(), None), |(origin, at)| (origin, Some(at)))
    }

    fn apart(&self, file: &str) -> Option<&str> {
        let (path, text) = self.apart.as_ref()?;
        (path == file).then_some(text)
    }

    fn line(&self, file: &str, number: usize) -> Option<String> {
        if let Some(text) = self.apart(file) {
            return Some(nth_line(text, number)?.to_owned());
        }
        let text = match self.document.and_then(|document| document.text(file)) {
            Some(text) => return Some(nth_line(text, number)?.to_owned()),
            None => self.sources.read(file).ok()?,
        };
        Some(nth_line(text.trim_start_matches('\u{feff}'), number)?.to_owned())
    }

    fn path(&self, file: &str) -> String {
        match (self.folder.as_str(), file) {
            (_, "") => String::new(),
            ("", file) => file.to_owned(),
            (_, file) if self.apart(file).is_some() => file.to_owned(),
            (folder, file) => format!("{folder}/{file}"),
        }
    }
}

/// What was wrong with a document, in numbers: `1 warning, 2 parts of the document lost`. Errors and
/// warnings are faults of the document; a lost part may be right and have no place in any output.
pub(crate) fn found(errors: usize, warnings: usize, lost: usize) -> String {
    let counts = [
        (errors, "error", ""),
        (warnings, "warning", ""),
        (lost, "part", " of the document lost"),
    ];
    let counts = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, noun, rest)| counted(*count, noun) + rest);
    let found: Vec<String> = counts.collect();
    match found.as_slice() {
        [] => "no warnings".to_owned(),
        found => found.join(", "),
    }
}

fn nth_line(text: &str, number: usize) -> Option<&str> {
    text.lines().nth(number.checked_sub(1)?)
}

/// Draws diagnostics for people: errors first, those of one kind together.
pub(crate) fn text(diagnostics: &Diagnostics, texts: &Texts<'_>) -> String {
    let mut kinds: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let severity = std::cmp::Reverse(diagnostic.severity);
        let kind = (severity, diagnostic.code, shape(&diagnostic.message));
        kinds.entry(kind).or_default().push(diagnostic);
    }
    let mut drawn = String::new();
    for ((severity, code, _), list) in kinds {
        let shown = if severity.0 == Severity::Note {
            1
        } else {
            SHOWN
        };
        for diagnostic in list.iter().take(shown) {
            drawn.push_str(&draw::one(diagnostic, texts));
            drawn.push_str("\n\n");
        }
        let more = list.len().saturating_sub(shown);
        if more > 0 {
            let code = code.as_str();
            drawn.push_str(&format!(
                "... and {more} more like this ({code}); \
                 generate and inspect list all with `--format json`\n\n"
            ));
        }
    }
    drawn
}

/// A message without what differs between messages of one kind: quoted texts and numbers.
fn shape(message: &str) -> String {
    let mut shape = String::new();
    let mut rest = message.chars();
    while let Some(c) = rest.next() {
        match c {
            '`' | '"' => {
                let mut ahead = rest.clone();
                if ahead.any(|other| other == c) {
                    rest = ahead;
                }
                shape.push(c);
            }
            c if c.is_numeric() => {
                if !shape.ends_with('0') {
                    shape.push('0');
                }
            }
            c => shape.push(c),
        }
    }
    shape
}

/// Shows diagnostics to people.
pub(crate) fn show(diagnostics: &Diagnostics, texts: &Texts<'_>) {
    let drawn = text(diagnostics, texts);
    if !drawn.is_empty() {
        output::note(drawn.trim_end());
    }
}

/// A diagnostic as programs read it.
#[derive(Debug, Serialize)]
pub(crate) struct Json {
    file: String,
    pointer: String,
    line: Option<usize>,
    column: Option<usize>,
    code: &'static str,
    severity: &'static str,
    message: String,
    action: Option<String>,
    hint: Option<String>,
}

/// All diagnostics, in the order they were found, for programs.
pub(crate) fn json(diagnostics: &Diagnostics, texts: &Texts<'_>) -> Vec<Json> {
    let one = |diagnostic: &Diagnostic| {
        let (origin, position) = texts.place(diagnostic);
        Json {
            file: texts.path(&origin.file),
            pointer: origin.pointer,
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity.as_str(),
            message: diagnostic.message.clone(),
            action: diagnostic.action.clone(),
            hint: diagnostic.hint.clone(),
        }
    };
    diagnostics.iter().map(one).collect()
}

#[cfg(test)]
mod tests;
