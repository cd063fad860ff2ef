//! One diagnostic, drawn as rustc draws them.

use super::Texts;
use annotate_snippets::{
    AnnotationKind, Element, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use specwright::diag::{Diagnostic, Position, Severity};
use std::ops::Range;

/// The longest line that is drawn whole; of a document in one line only the place is.
const WIDTH: usize = 160;

/// How much of a long line is shown before and behind the place.
const AROUND: usize = 40;

/// The drawing, without a line break at its end. Colours are the terminal's business: `anstream` takes
/// them away where there is none.
pub(super) fn one(diagnostic: &Diagnostic, texts: &Texts<'_>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str())
        .elements(place(diagnostic, texts));
    // Messages are taken as they are, titles are not.
    let (origin, position) = texts.place(diagnostic);
    if position.is_some() && !origin.pointer.is_empty() {
        let pointer = format!("#{}", origin.pointer);
        group = group.element(
            Level::NOTE
                .with_name("at")
                .message(normalize_untrusted_str(&pointer)),
        );
    }
    if let Some(action) = &diagnostic.action {
        group = group.element(Level::NOTE.message(normalize_untrusted_str(action)));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(normalize_untrusted_str(hint)));
    }
    Renderer::styled().render(&[group])
}

/// Where it is: the line with the place marked, or as much as is known.
fn place<'a>(diagnostic: &Diagnostic, texts: &Texts<'_>) -> Vec<Element<'a>> {
    let (written, position) = texts.place(diagnostic);
    let path = texts.path(&written.file);
    let Some(position) = position else {
        let pointer = &written.pointer;
        let place = if pointer.is_empty() {
            path
        } else {
            format!("{path}#{pointer}")
        };
        return if place.is_empty() {
            Vec::new()
        } else {
            vec![Origin::path(place).into()]
        };
    };
    let origin = Origin::path(path.clone())
        .line(position.line)
        .char_column(position.column);
    let Some(line) = texts.line(&written.file, position.line) else {
        return vec![origin.into()];
    };
    let span = span(&line, position);
    let mark = |span| AnnotationKind::Primary.span(span);
    if line.chars().count() <= WIDTH {
        let snippet = Snippet::source(line).line_start(position.line).path(path);
        return vec![snippet.annotation(mark(span)).into()];
    }
    let (cut, span) = around(&line, span);
    let snippet = Snippet::source(cut)
        .line_numbering(false)
        .annotation(mark(span));
    vec![origin.into(), snippet.into()]
}

/// The bytes of what stands at a position: a quoted text, a plain key, or the rest of the line.
fn span(line: &str, position: Position) -> Range<usize> {
    let start = line
        .char_indices()
        .nth(position.column.saturating_sub(1))
        .map_or(line.len(), |(at, _)| at);
    let rest = line.get(start..).unwrap_or_default();
    let length = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let mut escaped = false;
            let end = rest.char_indices().skip(1).find(|&(_, c)| {
                let ends = c == quote && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |(at, _)| at + 1)
        }
        Some(_) => rest
            .find([':', ',', ' ', '}', ']'])
            .filter(|at| *at > 0)
            .unwrap_or(rest.len()),
        None => 0,
    };
    start..start + length
}

/// The part of a long line around a span, and the span in it.
fn around(line: &str, span: Range<usize>) -> (String, Range<usize>) {
    let before = line.get(..span.start).unwrap_or_default();
    let inside = line.get(span).unwrap_or_default();
    let behind = line.get(before.len() + inside.len()..).unwrap_or_default();
    let skip = before.chars().count().saturating_sub(AROUND);
    let mut cut: String = if skip > 0 {
        "..".to_owned()
    } else {
        String::new()
    };
    cut.extend(before.chars().skip(skip));
    let start = cut.len();
    cut.extend(inside.chars().take(2 * AROUND));
    let end = cut.len();
    cut.extend(behind.chars().take(AROUND));
    if behind.chars().count() > AROUND {
        cut.push_str("..");
    }
    (cut, start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, column: usize, expected: &str) {
        assert_eq!(&line[span(line, Position { line: 1, column })], expected);
    }

    #[test]
    fn what_stands_at_the_position_is_marked() {
        check(r#"  "a\"b": 1"#, 3, r#""a\"b""#);
        check("  key: value", 3, "key");
        check("é: 'x y' # z", 4, "'x y'");
        check("- item", 3, "item");
        check("open \"quote", 6, "\"quote");
        check("short", 99, "");
        check("", 1, "");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let line = format!("{}\"key\": 1{}", "é".repeat(500), "x".repeat(500));
        let (cut, span) = around(&line, 1000..1005);
        assert_eq!(&cut[span], "\"key\"");
        assert!(
            cut.chars().count() < 100 && cut.starts_with("..é") && cut.ends_with("x.."),
            "{cut}"
        );
    }
}
