//! The document's text as lines and names of a package.

use crate::n8n::text::{is_invisible, plain};
use crate::names::words;

/// Words of a name; a document can have any number.
const MAX_WORDS: usize = 12;

/// A text on one line: white space is one space, and nothing is in it that does not show.
pub(super) fn one_line(text: &str) -> String {
    let visible = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let text: String = visible.filter(|c| !is_invisible(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each word with a capital in front, also behind a hyphen; other capitals stay, short words count too.
pub(super) fn title_case(text: &str) -> String {
    let mut before_word = true;
    let mut cased = String::new();
    for c in text.chars() {
        if before_word && c.is_alphanumeric() {
            cased.extend(c.to_uppercase());
            before_word = false;
        } else {
            cased.push(c);
            before_word |= c == ' ' || c == '-';
        }
    }
    cased
}

/// Each word with a capital in front, but for those with capitals of their own (`iCal`). n8n's linter
/// wants it so in the names of credentials, but for its own.
pub(super) fn title_case_words(text: &str) -> String {
    if text == "n8n" {
        return text.to_owned();
    }
    each_word(text, |word| word.chars().skip(1).any(char::is_uppercase))
}

/// Each word in title case, unless it is to be kept as it is.
fn each_word(text: &str, is_kept: impl Fn(&str) -> bool) -> String {
    let cased = text.split(' ').map(|word| match is_kept(word) {
        true => word.to_owned(),
        false => title_case(word),
    });
    cased.collect::<Vec<_>>().join(" ")
}

/// A title as a brand has it: words with digits or capitals inside are names, and stay (`n8n`, `eBay`).
pub(super) fn brand(text: &str) -> String {
    let is_name = |word: &str| {
        word.chars()
            .skip(1)
            .any(|c| c.is_uppercase() || c.is_ascii_digit())
    };
    each_word(&name_only(text), is_name)
}

/// A text as a title: nothing is in it but words and what stands in names.
pub(super) fn title(text: &str) -> String {
    title_case(&name_only(text))
}

fn name_only(text: &str) -> String {
    let in_name = |c: char| c.is_alphanumeric() || "&+-.'()".contains(c);
    let plain: String = text
        .chars()
        .map(|c| if in_name(c) { c } else { ' ' })
        .collect();
    one_line(&plain)
}

/// The words of a text, with nothing in them but ASCII's letters and digits; a name cannot begin with a
/// digit.
pub(super) fn ascii_words(text: &str) -> Vec<String> {
    let ascii =
        |word: &String| -> String { word.chars().filter(char::is_ascii_alphanumeric).collect() };
    let mut words: Vec<String> = words(text).iter().map(ascii).collect();
    if let Some(first) = words.first_mut() {
        *first = first
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .to_owned();
    }
    words.retain(|word| !word.is_empty());
    words.truncate(MAX_WORDS);
    words
}

/// `connectedAccounts`: empty where a text has no words in ASCII.
pub(super) fn camel(text: &str) -> String {
    let words = ascii_words(text);
    let rest = words.iter().skip(1).map(|word| title_case(word));
    words.first().cloned().into_iter().chain(rest).collect()
}

/// `ConnectedAccounts`.
pub(super) fn pascal(text: &str) -> String {
    title_case(&camel(text))
}

/// A text of a document, which may be Markdown, in ours: nothing of it is markup.
pub(super) fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for c in plain(text).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '!'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_one_line_without_what_does_not_show() {
        assert_eq!(one_line(" a\n\tb\u{202e}c\u{2028} "), "a bc");
        assert_eq!(brand("n8n public eBay"), "n8n Public eBay");
        assert_eq!(title_case_words("n8n Public eBay"), "N8n Public eBay");
        assert_eq!(title("it's */ \"well-known\" ${x}`"), "It's Well-Known X");
    }

    #[test]
    fn names_are_ascii() {
        assert_eq!(camel("connected_accounts"), "connectedAccounts");
        assert_eq!(pascal("n8n_public"), "N8nPublic");
        assert_eq!(camel("größe ../x"), "greX");
        assert_eq!(camel("24 hours"), "hours");
        assert_eq!(camel("名前"), "");
    }

    #[test]
    fn markdown_has_no_markup() {
        assert_eq!(
            markdown("a | [b](c) <d>\n`e` [f] *"),
            r"a \| b \<d\> e \[f\] \*"
        );
    }
}
