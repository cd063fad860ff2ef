//! The document's descriptions, which are CommonMark, as Markdown of ours.
//!
//! What is kept: paragraphs, lists of two levels, code, strong words, links to pages. Headings become
//! strong lines, so that they cannot be mistaken for ours; tables and everything else become text.

use super::markdown::{self, is_hidden, is_markup, without_list_mark};

/// A piece of a description.
#[derive(Debug, PartialEq, Eq)]
enum Block {
    Paragraph(String),
    /// An item with its level.
    Item(usize, String),
    /// Code, line by line.
    Code(Vec<String>),
}

/// A description as paragraphs, lists and code blocks; empty where it says nothing.
pub(super) fn blocks(description: &str) -> String {
    let mut out = String::new();
    let mut after_item = false;
    for block in parse(description) {
        let is_item = matches!(block, Block::Item(..));
        if !out.is_empty() {
            out.push_str(if is_item && after_item { "\n" } else { "\n\n" });
        }
        match block {
            Block::Paragraph(text) => out.push_str(&inline(&text, false)),
            Block::Item(level, text) => {
                out.push_str(&"  ".repeat(level));
                out.push_str("- ");
                out.push_str(&inline(&text, false));
            }
            Block::Code(lines) => out.push_str(&markdown::fence("text", &lines.join("\n"))),
        }
        after_item = is_item;
    }
    out
}

/// A description in one line, for the cell of a table.
pub(super) fn cell(description: &str) -> String {
    let mut out = String::new();
    for block in parse(description) {
        if !out.is_empty() {
            out.push_str("<br>");
        }
        match block {
            Block::Paragraph(text) => out.push_str(&inline(&text, true)),
            Block::Item(_, text) => {
                out.push_str("• ");
                out.push_str(&inline(&text, true));
            }
            Block::Code(lines) => {
                let lines = lines.iter().filter(|line| !line.trim().is_empty());
                let lines: Vec<String> = lines.map(|line| markdown::cell_code(line)).collect();
                out.push_str(&lines.join("<br>"));
            }
        }
    }
    out
}

/// The first paragraph of a description in one line, for lists of contents.
pub(super) fn first_line(description: &str) -> String {
    let block = parse(description).into_iter().next();
    match block {
        Some(Block::Paragraph(text) | Block::Item(_, text)) => inline(first_sentence(&text), true),
        Some(Block::Code(_)) | None => String::new(),
    }
}

/// A text with a full stop at its end.
pub(super) fn ended(text: &str) -> String {
    let is_ended = text.is_empty()
        || text.ends_with(['.', '!', '?', ':', ';', ')'])
        || text.ends_with("```")
        || text
            .lines()
            .last()
            .is_some_and(|last| last.trim_start().starts_with("- "));
    if is_ended {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn first_sentence(text: &str) -> &str {
    match text.find(". ") {
        Some(end) => text.get(..=end).unwrap_or(text),
        None => text,
    }
}

fn parse(description: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for line in description.lines() {
        reader.line(line);
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The paragraph or item that further lines belong to.
    open: Option<Block>,
    /// The fence of the code block we are in, and its lines.
    fence: Option<(char, usize, Vec<String>)>,
    /// The lines of a table.
    table: Vec<String>,
}

impl Reader {
    fn line(&mut self, raw: &str) {
        let shown: String = raw.chars().filter(|c| !is_hidden(*c)).collect();
        let text = shown.trim();
        if let Some((mark, length, lines)) = &mut self.fence {
            let closes = text.chars().all(|c| c == *mark) && text.chars().count() >= *length;
            if closes && !text.is_empty() {
                let lines = std::mem::take(lines);
                self.fence = None;
                self.push_code(lines);
            } else {
                lines.push(shown.trim_end().replace('\t', "    "));
            }
            return;
        }
        if text.starts_with('|') {
            self.close();
            self.table.push(text.to_owned());
            return;
        }
        let table = std::mem::take(&mut self.table);
        self.push_code(table);
        if let Some((mark, length)) = opening_fence(text) {
            self.close();
            self.fence = Some((mark, length, Vec::new()));
        } else if text.is_empty() || text.chars().all(|c| "-=_* ".contains(c)) {
            // Nothing, a rule, or the underline of a heading.
            self.close();
        } else if let Some(item) = item(text) {
            self.close();
            let indent = shown.len() - shown.trim_start().len();
            let inside = matches!(self.blocks.last(), Some(Block::Item(..)));
            self.open = Some(Block::Item(
                usize::from(indent >= 2 && inside),
                item.to_owned(),
            ));
        } else if text.starts_with('#') {
            self.close();
            let title = text.trim_matches('#').trim().replace("**", "");
            if !title.is_empty() {
                self.blocks.push(Block::Paragraph(format!("**{title}**")));
            }
        } else {
            let text = text.trim_start_matches('>').trim_start();
            match &mut self.open {
                Some(Block::Paragraph(open) | Block::Item(_, open)) => {
                    open.push(' ');
                    open.push_str(text);
                }
                _ => self.open = Some(Block::Paragraph(text.to_owned())),
            }
        }
    }

    fn close(&mut self) {
        self.blocks.extend(self.open.take());
    }

    fn push_code(&mut self, lines: Vec<String>) {
        if lines.iter().any(|line| !line.trim().is_empty()) {
            self.blocks.push(Block::Code(lines));
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.close();
        let table = std::mem::take(&mut self.table);
        self.push_code(table);
        if let Some((_, _, lines)) = self.fence.take() {
            self.push_code(lines);
        }
        self.blocks
    }
}

fn opening_fence(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.chars().take_while(|c| *c == mark).count();
    let rest = text.get(length..).unwrap_or_default();
    (length >= 3 && !rest.contains('`')).then_some((mark, length))
}

/// What stands behind the mark of a list's item.
fn item(text: &str) -> Option<&str> {
    if let Some(rest) = ["- ", "* ", "+ ", "• "]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
    {
        return Some(rest.trim_start());
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text
        .get(digits..)?
        .strip_prefix(['.', ')'])?
        .strip_prefix(' ')?;
    (1..=3).contains(&digits).then(|| rest.trim_start())
}

/// A line of CommonMark: code, strong words and links are kept, everything else is text.
fn inline(text: &str, in_table: bool) -> String {
    without_list_mark(spans(text, in_table, 0))
}

fn spans(text: &str, in_table: bool, depth: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let found = match c {
            '`' => code_span(rest, in_table),
            '[' if depth == 0 => inline_link(rest, in_table),
            '<' => autolink(rest),
            'h' if !out.ends_with(|c: char| c.is_alphanumeric()) => bare_url(rest),
            '*' if depth == 0 => strong(rest, in_table),
            '\\' => escaped(rest),
            _ => None,
        };
        match found {
            Some((markdown, taken)) if taken > 0 => {
                out.push_str(&markdown);
                rest = rest.get(taken..).unwrap_or_default();
            }
            _ => {
                if is_markup(c) {
                    out.push('\\');
                }
                out.push(if c.is_whitespace() { ' ' } else { c });
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// A code span and its length (CommonMark, section 6.1).
fn code_span(text: &str, in_table: bool) -> Option<(String, usize)> {
    let ticks = text.bytes().take_while(|c| *c == b'`').count();
    let body = text.get(ticks..)?;
    let mut from = 0;
    loop {
        let start = from + body.get(from..)?.find('`')?;
        let run = body
            .get(start..)?
            .bytes()
            .take_while(|c| *c == b'`')
            .count();
        if run == ticks {
            let inner = body.get(..start)?;
            let code = if in_table {
                markdown::cell_code(inner)
            } else {
                markdown::code(inner)
            };
            return Some((code, ticks + start + ticks));
        }
        from = start + run;
    }
}

/// `[label](https://..)`; any other use of brackets is text.
fn inline_link(text: &str, in_table: bool) -> Option<(String, usize)> {
    let close = text.find("](")?;
    let label = text.get(1..close)?;
    let target = text.get(close + 2..)?;
    let end = target.find([')', ' '])?;
    let url = markdown::url(target.get(..end)?)?;
    let whole = close + 2 + target.find(')')? + 1;
    let plain = !label.contains(['[', ']', '\n']) && !label.trim().is_empty();
    plain.then(|| (markdown::link(&spans(label, in_table, 1), &url), whole))
}

fn autolink(text: &str) -> Option<(String, usize)> {
    let end = text.find('>')?;
    let url = markdown::url(text.get(1..end)?)?;
    Some((format!("<{url}>"), end + 1))
}

fn bare_url(text: &str) -> Option<(String, usize)> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || "<>()[]{}|\"'`*\\^".contains(c);
    let end = text.find(ends).unwrap_or(text.len());
    let taken = text
        .get(..end)?
        .trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let host = taken.split_once("://")?.1;
    let url = markdown::url(taken).filter(|_| !host.is_empty())?;
    Some((format!("<{url}>"), taken.len()))
}

/// `**strong**` stays; `*so*` is the words alone.
fn strong(text: &str, in_table: bool) -> Option<(String, usize)> {
    let marks = if text.starts_with("**") { "**" } else { "*" };
    let body = text.get(marks.len()..)?;
    let end = body.find(marks)?;
    let inner = body.get(..end)?;
    let tight = !inner.is_empty()
        && !inner.starts_with(char::is_whitespace)
        && !inner.ends_with(char::is_whitespace)
        && !inner.contains('*');
    if !tight {
        return None;
    }
    let inner = spans(inner, in_table, 1);
    let length = marks.len() * 2 + end;
    Some(match marks {
        "**" => (format!("**{inner}**"), length),
        _ => (inner, length),
    })
}

/// A backslash and the mark behind it.
fn escaped(text: &str) -> Option<(String, usize)> {
    let next = text.chars().nth(1).filter(char::is_ascii_punctuation)?;
    let markdown = if is_markup(next) {
        format!("\\{next}")
    } else {
        next.to_string()
    };
    Some((markdown, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(description: &str, expected: &str) {
        assert_eq!(blocks(description), expected);
    }

    #[test]
    fn paragraphs_lists_and_code_stay() {
        check(
            "One\ntwo.\n\n- a\n- b\n  - c\n\nEnd",
            "One two.\n\n- a\n- b\n  - c\n\nEnd",
        );
        check("```rust\npanic!()\n```", "```text\npanic!()\n```");
        check("a `b|c` **d** *e*", "a `b|c` **d** e");
        check("1. one\n2. two", "- one\n- two");
    }

    #[test]
    fn headings_tables_and_html_become_text() {
        check("# Title\ntext", "**Title**\n\ntext");
        check(
            "| a | b |\n|---|---|\n| `c` | d |",
            "```text\n| a | b |\n|---|---|\n| `c` | d |\n```",
        );
        check("<script>x</script>", r"\<script\>x\</script\>");
        check("    indented = 1;", "indented = 1;");
        check("Title\n=====", "Title");
    }

    #[test]
    fn only_links_to_pages_are_links() {
        check("[a](https://b.example) c", "[a](https://b.example) c");
        check("[a](javascript:b)", r"\[a\](javascript:b)");
        check("[a][b] ![c](d)", r"\[a\]\[b\] \!\[c\](d)");
        check("see https://a.example/b_c.", "see <https://a.example/b_c>.");
        check("<javascript:x>", r"\<javascript:x\>");
    }

    #[test]
    fn what_is_not_closed_does_no_harm() {
        check("an open ` tick", "an open \\` tick");
        check(
            "```\nnever closed\n{{#include x}}",
            "```text\nnever closed\n{{#include x}}\n```",
        );
        check("**open", r"\*\*open");
    }

    #[test]
    fn a_cell_is_one_line() {
        let text = "Levels:\n\n- `0`: a | b;\n- `1`: c\n\n```\nx|y\n\nz\n```";
        assert_eq!(
            cell(text),
            r"Levels:<br>• `0`: a \| b;<br>• `1`: c<br>`x\|y`<br>`z`"
        );
        assert_eq!(first_line("One `a`. Two.\n\nThree."), "One `a`.");
    }
}
