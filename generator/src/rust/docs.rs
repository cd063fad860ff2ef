//! Document text as rustdoc: CommonMark in, doc attributes out.
//!
//! Descriptions are other people's Markdown. Written down as they are, an indented line becomes a
//! doctest, `[id]` a broken link, `<id>` broken HTML. This is the one place where that is prevented.

use proc_macro2::TokenStream;
use quote::quote;

/// Columns that a line of documentation has, behind `/// ` and the deepest indentation.
const WIDTH: usize = 92;

/// Doc attributes for paragraphs of our own and of the document, already safe.
pub(super) fn attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// The same as [`attributes`] for the documentation of a module or crate.
pub(super) fn inner_attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#![doc = #line])
    });
    quote!(#(#lines)*)
}

/// The first of the texts that says something, made safe; else the fallback, which is ours.
pub(super) fn first_of(texts: &[Option<&str>], fallback: impl FnOnce() -> String) -> String {
    texts
        .iter()
        .flatten()
        .map(|text| sanitize(text))
        .find(|text| !text.is_empty())
        .unwrap_or_else(fallback)
}

/// Makes CommonMark safe and tidy for rustdoc: nothing in it is compiled, linked or rendered as HTML.
pub(super) fn sanitize(markdown: &str) -> String {
    let mut blocks = Blocks::default();
    for line in markdown.lines() {
        blocks.line(line);
    }
    blocks.finish()
}

/// `text` as a code span, whatever backticks it has (CommonMark, section 6.1).
pub(super) fn code(text: &str) -> String {
    let text = text.replace(|c: char| c.is_control() || is_bidirectional(c), " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// One sentence for a table of contents: the first of a text, without Markdown's block structure.
pub(super) fn first_sentence(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    match line.find(". ") {
        Some(end) => line.get(..=end).unwrap_or(line),
        None => line,
    }
}

/// Lines become blocks: fenced code is kept, list items and paragraphs are joined and wrapped again.
#[derive(Default)]
struct Blocks {
    out: Vec<String>,
    /// The paragraph or list item being gathered, with the indentation of its further lines.
    open: Option<(String, usize)>,
    /// The fence that closes the code block we are in.
    fence: Option<String>,
}

impl Blocks {
    fn line(&mut self, raw: &str) {
        let line: String = raw
            .trim_end()
            .chars()
            .map(|c| if c == '\t' { ' ' } else { c })
            .filter(|c| !c.is_control() && !is_bidirectional(*c))
            .collect();
        let text = line.trim_start();
        if let Some(fence) = &self.fence {
            if text.starts_with(fence.as_str()) && text.trim_matches(['`', '~']).is_empty() {
                self.out.push(fence.clone());
                self.fence = None;
            } else {
                self.out.push(line);
            }
            return;
        }
        if let Some(fence) = opening_fence(text) {
            self.flush();
            self.blank();
            self.out.push(format!("{fence}text"));
            self.fence = Some(fence);
        } else if text.is_empty() {
            self.flush();
            self.blank();
        } else if let Some(marker) = list_marker(text) {
            self.flush();
            // Deeper nesting than one level reads as one level: more indentation would be code.
            let indent = (line.len() - text.len()).min(2);
            let item = escape(text.get(marker..).unwrap_or_default().trim_start());
            let bullet = text.get(..marker).unwrap_or_default().trim_end();
            let hang = indent + bullet.chars().count() + 1;
            self.open = Some((format!("{:indent$}{bullet} {item}", ""), hang));
        } else if text.starts_with(['|', '#', '>']) {
            self.flush();
            self.out.push(escape(text));
            if text.starts_with('#') {
                self.blank();
            }
        } else {
            match &mut self.open {
                Some((paragraph, _)) => {
                    paragraph.push(' ');
                    paragraph.push_str(&escape(text));
                }
                None => {
                    // Text right behind a table or a quote would become part of it.
                    if self
                        .out
                        .last()
                        .is_some_and(|last| last.starts_with(['|', '>']))
                    {
                        self.blank();
                    }
                    self.open = Some((escape(text), 0));
                }
            }
        }
    }

    fn flush(&mut self) {
        if let Some((text, hang)) = self.open.take() {
            wrap(&text, hang, &mut self.out);
        }
    }

    fn blank(&mut self) {
        if self.out.last().is_some_and(|last| !last.is_empty()) {
            self.out.push(String::new());
        }
    }

    fn finish(mut self) -> String {
        self.flush();
        if let Some(fence) = self.fence.take() {
            self.out.push(fence);
        }
        while self.out.last().is_some_and(String::is_empty) {
            self.out.pop();
        }
        self.out.join("\n")
    }
}

/// Characters that reorder the text around them, and so can make code read as what it is not.
pub(super) fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

fn opening_fence(text: &str) -> Option<String> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.chars().take_while(|c| *c == mark).count();
    let rest = text.get(length..).unwrap_or_default();
    (length >= 3 && !(mark == '`' && rest.contains('`'))).then(|| mark.to_string().repeat(length))
}

/// The length of a list item's marker: `- `, `* `, `+ `, `1. `, `1) `.
fn list_marker(text: &str) -> Option<usize> {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let marks: &[char] = if digits == 0 {
        &['-', '*', '+']
    } else {
        &['.', ')']
    };
    let after = rest.strip_prefix(marks)?;
    (digits <= 9 && after.starts_with(' ')).then_some(digits + 1)
}

/// Breaks a paragraph into lines, the further ones indented by `hang`. Code spans are not broken.
fn wrap(text: &str, hang: usize, out: &mut Vec<String>) {
    let lead = text.len() - text.trim_start().len();
    let mut line = " ".repeat(lead);
    let mut in_code = false;
    let mut fresh = true;
    for word in text.split_whitespace() {
        let long = line.chars().count() + 1 + word.chars().count() > WIDTH;
        // A word that would begin a block of its own stays on the line it is on.
        let breaks = long
            && !fresh
            && !in_code
            && list_marker(&format!("{word} ")).is_none()
            && !word.starts_with(['#', '>', '|', '=', '~'])
            && !word.starts_with("```");
        if breaks {
            out.push(std::mem::replace(&mut line, " ".repeat(hang)));
        } else if !fresh {
            line.push(' ');
        }
        line.push_str(word);
        fresh = false;
        if word.matches('`').count() % 2 == 1 {
            in_code = !in_code;
        }
    }
    out.push(line);
}

/// Escapes what rustdoc would take for a link or HTML, outside code spans.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => code_span(rest),
            '\\' => rest
                .char_indices()
                .nth(2)
                .map_or(rest.len(), |(end, _)| end),
            'h' if starts_url(rest) && !out.ends_with(|c: char| c.is_alphanumeric()) => {
                let end = url_end(rest);
                push_link(&mut out, rest.get(..end).unwrap_or_default());
                rest = rest.get(end..).unwrap_or_default();
                continue;
            }
            '[' => match inline_link(rest) {
                Some(end) => end,
                None => {
                    out.push('\\');
                    1
                }
            },
            ']' => {
                out.push('\\');
                1
            }
            '<' => match rest.find('>') {
                Some(end) if starts_url(rest.get(1..).unwrap_or_default()) => end + 1,
                _ => {
                    out.push('\\');
                    1
                }
            },
            c => c.len_utf8(),
        };
        let taken = taken.max(c.len_utf8());
        out.push_str(rest.get(..taken).unwrap_or_default());
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

fn starts_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Where a bare URL ends: before white space, brackets, or punctuation that closes the sentence.
fn url_end(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || "<>()[]{}|\"'`*\\^".contains(c))
        .unwrap_or(text.len());
    let url = text.get(..end).unwrap_or_default();
    url.trim_end_matches(['.', ',', ';', ':', '!', '?']).len()
}

fn push_link(out: &mut String, url: &str) {
    let bare = url
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    if bare.is_empty() {
        out.push_str(url);
    } else {
        out.push('<');
        out.push_str(url);
        out.push('>');
    }
}

/// The length of the code span that `text` starts with, or of its backticks when nothing closes it.
fn code_span(text: &str) -> usize {
    let ticks = text.chars().take_while(|c| *c == '`').count();
    let fence = "`".repeat(ticks);
    let body = text.get(ticks..).unwrap_or_default();
    let mut from = 0;
    while let Some(at) = body.get(from..).and_then(|tail| tail.find(&fence)) {
        let start = from + at;
        let run = body
            .get(start..)
            .unwrap_or_default()
            .chars()
            .take_while(|c| *c == '`')
            .count();
        if run == ticks {
            return ticks + start + ticks;
        }
        from = start + run;
    }
    ticks
}

/// The length of `[text](https://..)`; any other use of brackets is not a link of the document's.
fn inline_link(text: &str) -> Option<usize> {
    let close = text.find("](")?;
    let label = text.get(1..close)?;
    let target = text.get(close + 2..)?;
    let end = target.find(')')?;
    let target = target.get(..end)?;
    let plain =
        !label.contains(['[', ']', '<', '`']) && starts_url(target) && !target.contains([' ', '<']);
    plain.then_some(close + 2 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(sanitize(markdown), expected);
    }

    #[test]
    fn nothing_becomes_a_doctest() {
        check("Use:\n\n    let x = 1;\n", "Use:\n\nlet x = 1;");
        check("```rust\npanic!()\n```", "```text\npanic!()\n```");
        check("~~~\nx\n", "~~~text\nx\n~~~");
        check("a\n```js\n1", "a\n\n```text\n1\n```");
    }

    #[test]
    fn nothing_reorders_the_text_around_it() {
        assert_eq!(code("a\u{202e}b\u{2069}\u{61c}"), "`a b  `");
        check("a\u{202e}b\u{61c}", "ab");
    }

    #[test]
    fn nothing_becomes_a_link_or_html() {
        check("see [id] and <id>", "see \\[id\\] and \\<id>");
        check("[a](crate::x) `[kept]`", "\\[a\\](crate::x) `[kept]`");
        check("[docs](https://a.example/x)", "[docs](https://a.example/x)");
        check("at https://a.example/x.", "at <https://a.example/x>.");
        check("<https://a.example>", "<https://a.example>");
        check("an open ` tick [x]", "an open ` tick \\[x\\]");
    }

    #[test]
    fn list_items_have_no_lazy_lines() {
        check("- one\ntwo\n- three", "- one two\n- three");
        check(
            "Levels:\n    - 0: a\n    - 1: b",
            "Levels:\n  - 0: a\n  - 1: b",
        );
    }

    #[test]
    fn paragraphs_are_wrapped_without_making_blocks() {
        let text = format!("{} - b", "a".repeat(WIDTH - 1));
        assert!(sanitize(&text).lines().all(|line| !line.starts_with('-')));
        assert!(
            sanitize(&"word ".repeat(60))
                .lines()
                .all(|line| line.len() <= WIDTH)
        );
    }

    #[test]
    fn code_spans_hold_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
    }

    #[test]
    fn control_characters_go() {
        check("a\u{202e}b\u{7}", "ab");
    }
}
