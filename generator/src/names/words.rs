//! Text of a document into words.
//!
//! Every name that a back end makes starts here, so that `createdAt`, `created_at` and `Created At`
//! are the same two words everywhere.

use super::signs::{ALWAYS, AT_EDGES, OPERATORS, name_of, spell};

/// Words whose capitals do not stand for word boundaries.
const ONE_WORD: &[&str] = &[
    "GitHub", "GitLab", "IPv4", "IPv6", "LinkedIn", "OAuth", "PayPal", "SavvyCal", "WhatsApp",
    "YouTube", "iCal", "iOS", "macOS",
];

/// Splits a text into lower-case words.
///
/// Words end at separators and where the case says so; digits stay with the word they follow. Signs
/// with a meaning become words, others separate. Letters are kept when Rust allows them in an
/// identifier. A text with nothing usable has no words.
///
/// ```
/// use specwright::names::words;
/// assert_eq!(words("HTTPServer"), ["http", "server"]);
/// assert_eq!(words("+1"), ["plus", "1"]);
/// assert!(words("👍").is_empty());
/// ```
pub fn words(text: &str) -> Vec<String> {
    let paired = has_brackets(text);
    split(text, in_word, |run| meaning(run, paired))
}

/// Splits a text into words and spells out every sign, so that texts which [`words`] takes for the
/// same stay apart: `_id` is "underscore id", `👍` is "u1f44d".
///
/// Only the case of letters is lost. No text is without words: the empty one is "empty".
pub fn spelled(text: &str) -> Vec<String> {
    if text.is_empty() {
        return vec!["empty".to_owned()];
    }
    let letters_only = |c| in_word(c) && !is_silent(c);
    split(text, letters_only, |run| {
        run.text.chars().flat_map(spell).collect()
    })
}

/// A stretch of characters that are not part of a word.
struct Run<'a> {
    text: &'a str,
    /// Whether a word comes before it.
    after_word: bool,
    /// Whether a word comes after it.
    before_word: bool,
}

/// The walk that both ways of splitting share: `translate` makes words of what stands between words.
fn split(
    text: &str,
    in_word: impl Fn(char) -> bool,
    translate: impl Fn(&Run<'_>) -> Vec<String>,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut after_word = false;
    while !rest.is_empty() {
        let (word, tail) = rest.split_at(rest.find(|c| !in_word(c)).unwrap_or(rest.len()));
        split_case(word, &mut found);
        after_word |= !word.is_empty();
        let (signs, next) = tail.split_at(tail.find(&in_word).unwrap_or(tail.len()));
        if !signs.is_empty() {
            found.extend(translate(&Run {
                text: signs,
                after_word,
                before_word: !next.is_empty(),
            }));
        }
        rest = next;
    }
    found
}

/// Whether a character can be part of a word. Other combining marks than the silent ones end it:
/// identifiers are compared in normal form C, and without marks there is nothing to normalise.
fn in_word(c: char) -> bool {
    (c.is_alphanumeric() && unicode_ident::is_xid_continue(c)) || is_silent(c)
}

/// Characters that vanish without ending the word: the apostrophe of `user's`, marks that combine
/// with a letter, joiners.
fn is_silent(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}'
    )
}

/// Whether `<` and `>` are brackets around something, as in `Page<User>`, rather than comparisons.
fn has_brackets(text: &str) -> bool {
    match (text.find('<'), text.rfind('>')) {
        (Some(open), Some(close)) => text
            .get(open..close)
            .is_some_and(|inside| inside.chars().any(in_word)),
        _ => false,
    }
}

/// The words for the signs of a run that mean something where they stand.
fn meaning(run: &Run<'_>, paired: bool) -> Vec<String> {
    let edge = edge_signs(run);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = run.text.get(at..).filter(|rest| !rest.is_empty()) {
        let operator = OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign));
        if let Some((sign, name)) = operator {
            found.extend(name.split(' ').map(str::to_owned));
            at += sign.len();
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        let bracket = paired && matches!(c, '<' | '>');
        let name = name_of(ALWAYS, c)
            .or_else(|| name_of(AT_EDGES, c).filter(|_| edge.contains(&at) && !bracket));
        found.extend(name.map(str::to_owned));
        at += c.len_utf8();
    }
    found
}

/// The part of a run at the text's edge where signs such as `-` touch the word they belong to; all of
/// it when there are no words.
fn edge_signs(run: &Run<'_>) -> std::ops::Range<usize> {
    let is_separator = |c: char| name_of(AT_EDGES, c).is_none() && name_of(ALWAYS, c).is_none();
    match (run.after_word, run.before_word) {
        (false, false) => 0..run.text.len(),
        (true, false) => 0..run.text.find(is_separator).unwrap_or(run.text.len()),
        (false, true) => {
            let before = run.text.char_indices().rfind(|&(_, c)| is_separator(c));
            before.map_or(0, |(at, c)| at + c.len_utf8())..run.text.len()
        }
        (true, true) => 0..0,
    }
}

/// What the case of the characters so far says.
#[derive(Clone, Copy, PartialEq)]
enum Case {
    /// Nothing yet: the word has just begun, or has digits only.
    None,
    Upper,
    Lower,
}

/// Splits a stretch of letters and digits where the case changes, and appends its words.
fn split_case(text: &str, found: &mut Vec<String>) {
    let mut word = String::new();
    let mut case = Case::None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or_default();
        let starts = word.is_empty() || starts_word(case, c, tail);
        if starts && let Some(known) = known_word(rest) {
            flush(&mut word, found);
            push_lower(&mut word, known);
            case = Case::Lower;
            rest = rest.get(known.len()..).unwrap_or_default();
            continue;
        }
        if starts {
            flush(&mut word, found);
        }
        case = match c {
            c if c.is_uppercase() => Case::Upper,
            c if c.is_numeric() && starts => Case::None,
            c if c.is_numeric() => case,
            _ => Case::Lower,
        };
        push_lower(&mut word, rest.get(..c.len_utf8()).unwrap_or_default());
        rest = tail;
    }
    flush(&mut word, found);
}

/// Whether a word begins with `c`, given the case of what stands before it.
fn starts_word(case: Case, c: char, tail: &str) -> bool {
    if !c.is_uppercase() {
        return false;
    }
    let mut tail = tail.chars();
    let (next, after) = (tail.next(), tail.next());
    let lower_follows = next.is_some_and(char::is_lowercase);
    // `IDs`, `APIsUsed`: the plural of an acronym.
    let plural = next == Some('s') && !after.is_some_and(char::is_lowercase);
    match case {
        Case::Lower => true,
        Case::Upper => lower_follows && !plural,
        Case::None => lower_follows,
    }
}

/// A word of [`ONE_WORD`] at the start of a text, in any case of its first letter.
fn known_word(text: &str) -> Option<&str> {
    ONE_WORD.iter().find_map(|known| {
        let (start, tail) = text.split_at_checked(known.len())?;
        let same = start.get(..1)?.eq_ignore_ascii_case(known.get(..1)?)
            && start.get(1..)? == known.get(1..)?;
        (same && !tail.starts_with(char::is_lowercase)).then_some(start)
    })
}

fn push_lower(word: &mut String, text: &str) {
    let lower = text.chars().flat_map(char::to_lowercase);
    word.extend(lower.filter(|c| c.is_alphanumeric()));
}

fn flush(word: &mut String, found: &mut Vec<String>) {
    if !word.is_empty() {
        found.push(std::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(words(text).join(" "), expected, "{text:?}");
    }

    #[test]
    fn case_and_separators_end_words() {
        check("createdAt", "created at");
        check("CreatedAt", "created at");
        check("created_at", "created at");
        check("created-at", "created at");
        check("Created At", "created at");
        check("company.created", "company created");
        check("IN_PROGRESS", "in progress");
        check("xLink", "x link");
        check("__typename", "typename");
        check("/people/{id}", "people id");
        check("created[gte]", "created gte");
        check("user's name", "users name");
        check("Page<User>", "page user");
        check("Response«Foo»", "response foo");
    }

    #[test]
    fn acronyms_are_words() {
        check("HTTPServer", "http server");
        check("getURL", "get url");
        check("IDs", "ids");
        check("userIDs", "user ids");
        check("APIsUsed", "apis used");
        check("iCalUID", "ical uid");
        check("OAuth2Flow", "oauth2 flow");
        check("myOAuthApp", "my oauth app");
        check("GitHubURL", "github url");
        check("isAdmin", "is admin");
    }

    #[test]
    fn digits_stay_with_their_word() {
        check("street1", "street1");
        check("addressStreet1", "address street1");
        check("bodyV2", "body v2");
        check("hour_24", "hour 24");
        check("SHA256Hash", "sha256 hash");
        check("24Hour", "24 hour");
        check("2FA", "2fa");
        check("3DModel", "3d model");
        check("2022-11-28", "2022 11 28");
    }

    #[test]
    fn signs_with_a_meaning_are_words() {
        check("+1", "plus 1");
        check("-1", "minus 1");
        check("-created_at", "minus created at");
        check("A+", "a plus");
        check("C++", "c plus plus");
        check("*", "star");
        check("company.*", "company star");
        check("<=", "lte");
        check("StartTime<", "start time lt");
        check(">24h", "gt 24h");
        check("!=", "ne");
        check("R&D", "r and d");
        check("50%", "50 percent");
        check("image/svg+xml", "image svg xml");
        check("$ref", "ref");
        check("@type", "type");
    }

    #[test]
    fn letters_that_rust_knows_are_kept() {
        check("Café", "café");
        check("名前", "名前");
        check("ÜberName", "über name");
        check("cafe\u{301}s", "cafes");
        check("👍", "");
        check("", "");
        check("___", "");
    }

    #[test]
    fn spelling_out_leaves_nothing_out() {
        for (text, expected) in [
            ("_id", "underscore id"),
            ("$ref", "dollar ref"),
            ("@type", "at type"),
            ("👍", "u1f44d"),
            ("/", "slash"),
            ("a-b", "a hyphen b"),
            ("*", "asterisk"),
            ("50%", "50 percent sign"),
            ("user's", "user apostrophe s"),
            ("", "empty"),
        ] {
            assert_eq!(spelled(text).join(" "), expected, "{text:?}");
        }
    }
}
