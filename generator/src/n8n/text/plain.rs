//! CommonMark as a line of plain text.

/// Takes the marks out of a text and makes it one line: emphasis, code, headings, bullets, links
/// (whose text stays) and HTML tags.
pub(in crate::n8n) fn plain(text: &str) -> String {
    let mut line = String::new();
    for part in text.lines().map(unmarked) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
    }
    let line = without_links(&line);
    let line = without_emphasis(&line);
    collapsed(&line)
}

/// A line without what marks a heading, a quotation or an item of a list; nothing of a rule or a table's
/// ruler.
fn unmarked(line: &str) -> &str {
    let line = line.trim();
    let is_ruler = |c: char| "-=_*|:~` ".contains(c);
    if line.chars().all(is_ruler) {
        return "";
    }
    let line = line.trim_start_matches('#').trim_start();
    let line = line.trim_start_matches('>').trim_start();
    ["- ", "* ", "+ "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))
        .unwrap_or(line)
}

/// `[text](target)` is the text, `![text](target)` too.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((label, tail)) = after.split_once("](") else {
            break;
        };
        let target = tail.split_once(')');
        match target.filter(|_| !label.contains(['[', ']'])) {
            Some((_, tail)) => {
                plain.push_str(before.strip_suffix('!').unwrap_or(before));
                plain.push_str(label);
                rest = tail;
            }
            None => {
                plain.push_str(before);
                plain.push('[');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// A text without backticks, `**` and `__`, and without `*` or `_` around words.
fn without_emphasis(text: &str) -> String {
    let text = text.replace("**", "").replace('`', "");
    let chars: Vec<char> = text.chars().collect();
    let mut plain = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = chars.iter().copied().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        let opens = before.is_none_or(|c: char| c.is_whitespace() || "(\"'".contains(c))
            && after.is_some_and(char::is_alphanumeric);
        let closes = before.is_some_and(|c: char| c.is_alphanumeric() || ".!?".contains(c))
            && after.is_none_or(|c| c.is_whitespace() || ".,;:!?)\"'".contains(c));
        if !(matches!(c, '*' | '_') && (opens || closes)) {
            plain.push(c);
        }
        before = Some(c);
    }
    plain
}

/// One space for any white space, nothing for characters that are not to be seen or that turn the text
/// around.
fn collapsed(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_invisible(c) {
            line.push(c);
        }
    }
    line.trim().to_owned()
}

/// Controls, marks of direction, joiners and the like.
pub(in crate::n8n) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        for (text, expected) in [
            (
                "Sorts **objects**.  \n    - `asc`\n    - desc",
                "Sorts objects. asc desc",
            ),
            (
                "# Title\n\n> quoted *words* here",
                "Title quoted words here",
            ),
            (
                "See [the guide](https://example.com/a_b).",
                "See the guide.",
            ),
            ("![logo](x.svg) of [it]", "logo of [it]"),
            ("[[nested](x)", "[nested"),
            ("a_b and 2 * 3 and field_1", "a_b and 2 * 3 and field_1"),
            ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b | | 1 | 2 |"),
            ("\u{202e}turned\u{200b}\tx", "turned x"),
            ("***", ""),
            ("open [label](never closed", "open [label](never closed"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }
}
