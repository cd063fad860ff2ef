//! The document's strings as Markdown: what is not ours is text, wherever it is put.
//!
//! CommonMark 0.31 with the tables of GitHub Flavored Markdown. mdBook has commands of its own in
//! `{{#..}}`, which no text may form.

/// The longest target of a link; what is longer stays text.
const LONGEST_URL: usize = 2_000;

/// A text on one line, in which nothing is markup: for headings, labels and cells.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        if is_markup(c) {
            out.push('\\');
        }
        out.push(c);
    }
    without_list_mark(out)
}

/// A code span outside of tables.
pub(super) fn code(text: &str) -> String {
    span(text, false)
}

/// A code span in the cell of a table.
pub(super) fn cell_code(text: &str) -> String {
    span(text, true)
}

/// A link to a page of ours. The label is Markdown.
pub(super) fn link(label: &str, target: &str) -> String {
    format!("[{label}]({target})")
}

/// A code block, with a fence that its text does not have.
pub(super) fn fence(info: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    format!("{fence}{info}\n{}\n{fence}", text.trim_end())
}

/// JSON in a code block. Two braces in a string are written so that no tool takes them for a command.
pub(super) fn json(value: &serde_json::Value) -> String {
    // A pretty printer of JSON writes `{{` inside strings only, where the escape means the same.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    fence("json", &text.replace("{{", "\\u007b{"))
}

/// The URL of a link, when it is one that may be followed: `http`, `https` or `mailto`.
pub(super) fn url(url: &str) -> Option<String> {
    let url = url.trim();
    let lower = url
        .get(..8.min(url.len()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let known = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    if !known || url.len() > LONGEST_URL || url.contains(is_hidden) {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    Some(out)
}

/// The identifier that a heading gets, as mdBook and code hosts make it.
///
/// Headings of one page that have the same get `-1`, `-2`; see [`Anchors`].
pub(super) fn anchor(heading: &str) -> String {
    let kept = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    visible(heading)
        .to_lowercase()
        .chars()
        .filter_map(kept)
        .collect()
}

/// The identifiers of the headings of one page, in their order.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    used: std::collections::BTreeSet<String>,
}

impl Anchors {
    /// The identifier of the next heading.
    pub(super) fn next(&mut self, heading: &str) -> String {
        let plain = anchor(heading);
        let numbered = (1..).map(|number: usize| format!("{plain}-{number}"));
        let mut candidates = std::iter::once(plain.clone()).chain(numbered);
        let free = candidates.find(|candidate| !self.used.contains(candidate));
        let free = free.unwrap_or(plain);
        self.used.insert(free.clone());
        free
    }
}

/// White space as single spaces, without what does not show and what turns the text around.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_hidden(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Controls, marks of direction, joiners and the like.
pub(super) fn is_hidden(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(
            c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

/// What can mean something to CommonMark, GFM or mdBook inside a line.
pub(super) fn is_markup(c: char) -> bool {
    matches!(
        c,
        '\\' | '`'
            | '*'
            | '_'
            | '['
            | ']'
            | '<'
            | '>'
            | '|'
            | '#'
            | '~'
            | '!'
            | '{'
            | '}'
            | '$'
            | '&'
    )
}

/// A line that does not begin a list, a rule or the underline of a heading.
pub(super) fn without_list_mark(mut line: String) -> String {
    if line.starts_with(['-', '+', '=']) {
        line.insert(0, '\\');
        return line;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0
        && line
            .get(digits..)
            .is_some_and(|rest| rest.starts_with(['.', ')']))
    {
        line.insert(digits, '\\');
    }
    line
}

fn span(text: &str, in_table: bool) -> String {
    let text = visible(text);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    if text.contains("{{") || (in_table && text.contains("\\|")) {
        return element(&text);
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    let inner = if in_table {
        text.replace('|', "\\|")
    } else {
        text
    };
    format!("{fence}{pad}{inner}{pad}{fence}")
}

/// A code element of HTML, for what a code span cannot hold.
fn element(text: &str) -> String {
    let mut out = String::from("<code>");
    for c in text.chars() {
        if is_markup(c) || matches!(c, '"' | '\'') {
            out.push_str(&format!("&#{};", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out.push_str("</code>");
    out
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_no_markup() {
        for (given, expected) in [
            ("a | b\n<b>", r"a \| b \<b\>"),
            ("{{#include x}}", r"\{\{\#include x\}\}"),
            ("- item", r"\- item"),
            ("1. item", r"1\. item"),
            ("=== under", r"\=== under"),
            ("a\u{202e}b\u{7}\u{200b}", "ab"),
            ("[x](javascript:y) &amp;", r"\[x\](javascript:y) \&amp;"),
        ] {
            assert_eq!(text(given), expected);
        }
    }

    #[test]
    fn code_spans_hold_whatever_they_are_given() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a|b"), "`a|b`");
        assert_eq!(cell_code("^(a|b)$"), r"`^(a\|b)$`");
        assert_eq!(cell_code("a\\|b"), "<code>a&#92;&#124;b</code>");
        assert_eq!(
            code("{{#x}}"),
            "<code>&#123;&#123;&#35;x&#125;&#125;</code>"
        );
        assert_eq!(code(" \n"), "(empty)");
    }

    #[test]
    fn a_fence_is_longer_than_what_is_in_it() {
        assert_eq!(fence("text", "```\nx\n```"), "````text\n```\nx\n```\n````");
        let value = serde_json::json!({"a": "{{#include x}}"});
        assert!(!json(&value).contains("{{"));
        let inner = json(&value).replace("```json", "").replace("```", "");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&inner).unwrap(),
            value
        );
    }

    #[test]
    fn links_lead_to_pages_only() {
        assert_eq!(
            url("https://a.example/b_c?d=(e)").unwrap(),
            "https://a.example/b_c?d=%28e%29"
        );
        for bad in [
            "javascript:alert(1)",
            " JaVaScRiPt:x",
            "data:text/html,x",
            "//a",
            "a.md",
            "",
        ] {
            assert_eq!(url(bad), None, "{bad}");
        }
    }

    #[test]
    fn anchors_are_those_of_mdbook() {
        let mut anchors = Anchors::default();
        assert_eq!(
            anchors.next("Create One: Properties"),
            "create-one-properties"
        );
        assert_eq!(
            anchors.next("Create one: `Properties`"),
            "create-one-properties-1"
        );
        assert_eq!(anchors.next("Größe & so"), "größe--so");
    }
}
