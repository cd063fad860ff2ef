//! Tooltips.

use super::plain::plain;
use super::whether::whether;
use crate::n8n::model::PropertyKind;

/// About as long as a tooltip is read, in characters.
const LONGEST: usize = 600;

/// What n8n's linter takes for no description at all (`node-param-description-weak`).
const WEAK: &[&str] = &[
    "resource to consume",
    "resource to operate on",
    "operation to perform",
    "action to perform",
    "method of authentication",
];

/// What a deprecated thing says in front.
const DEPRECATED: &str = "Deprecated.";

/// What a required member of a collection says at its end.
const REQUIRED: &str = "Required.";

/// What is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::n8n) enum Kind {
    /// A switch, whose description begins with "Whether".
    Boolean,
    /// Anything else.
    Other,
}

impl Kind {
    /// The kind of an input's description.
    pub(in crate::n8n) const fn of(kind: PropertyKind) -> Self {
        if matches!(kind, PropertyKind::Boolean) {
            Self::Boolean
        } else {
            Self::Other
        }
    }
}

/// A text as the description of something with this label; `None` where it says no more than that.
pub(in crate::n8n) fn description(text: &str, label: &str, kind: Kind) -> Option<String> {
    if has_cased_data(text) {
        return None;
    }
    let line = shortened(&plain(text));
    let line = line.trim_start_matches('=').trim();
    let line = fixed_words(line);
    let line = match kind {
        Kind::Boolean => whether(&line)?,
        Kind::Other => line,
    };
    let line = punctuated(&capitalised(&line));
    let line = line.replace('<', "&lt;").replace('>', "&gt;");
    let says_more = !line.is_empty() && !is_identical(&line, label) && !is_weak(&line);
    says_more.then_some(line)
}

/// A description of something that the document marks as deprecated. A switch's has to begin with
/// "Whether", and says it at its end.
pub(in crate::n8n) fn deprecated(said: Option<String>, kind: Kind) -> String {
    match said {
        Some(said) if said.starts_with("Deprecated") => said,
        Some(said) if kind == Kind::Boolean => format!("{} {DEPRECATED}", sentence(said)),
        Some(said) => format!("{DEPRECATED} {}", sentence(said)),
        None if kind == Kind::Boolean => "Whether to set this deprecated value".to_owned(),
        None => "Deprecated".to_owned(),
    }
}

/// A description of something that has to be set where what it lies in is set.
pub(in crate::n8n) fn required(said: Option<String>, kind: Kind) -> String {
    match said {
        Some(said) => format!("{} {REQUIRED}", sentence(said)),
        None if kind == Kind::Boolean => "Whether to set this required value".to_owned(),
        None => "Required".to_owned(),
    }
}

fn sentence(said: String) -> String {
    match said.ends_with('.') {
        true => said,
        false => format!("{said}."),
    }
}

/// Whether a word that the linter would have in capitals is part of data: in quotes, in braces, or in
/// code with more than the word. In capitals it would be other data.
fn has_cased_data(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (mut depth, mut in_code, mut before) = (0_usize, false, None);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let word = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()));
        let word = word.unwrap_or_default();
        let tail = rest.get(word.len().max(c.len_utf8())..).unwrap_or_default();
        if in_capitals(word) != word {
            let after = tail.chars().next();
            let quoted = |c: Option<char>| c.is_some_and(|c| "\"'“”‘’".contains(c));
            let alone = before == Some('`') && after == Some('`');
            if depth > 0 || (in_code && !alone) || (quoted(before) && quoted(after)) {
                return true;
            }
        }
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '`' => in_code = !in_code,
            _ => {}
        }
        before = word.chars().next_back().or(Some(c));
        rest = tail;
    }
    false
}

/// The sentences that fit.
fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    match cut.rfind(". ").or_else(|| cut.rfind("; ")) {
        Some(end) if end > LONGEST / 4 => cut.get(..end).unwrap_or_default().to_owned(),
        _ => {
            let end = cut.rfind(' ').unwrap_or(cut.len());
            let words = cut.get(..end).unwrap_or_default();
            format!("{}…", words.trim_end_matches(['.', ',', ';', ':']))
        }
    }
}

/// `node-param-description-miscased-id`, `-url`, `-json` and `-comma-separated-hyphen`.
fn fixed_words(text: &str) -> String {
    let mut fixed = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            word.push(c);
        } else {
            fixed.push_str(in_capitals(&word));
            word.clear();
            fixed.push(c);
        }
    }
    fixed.push_str(in_capitals(&word));
    for (wrong, right) in [
        ("omma separated", "omma-separated"),
        ("omma Separated", "omma-Separated"),
        ("OMMA SEPARATED", "OMMA-SEPARATED"),
    ] {
        fixed = fixed.replace(wrong, right);
    }
    fixed
}

/// Whether a text has no word that the linter would have in capitals.
pub(in crate::n8n) fn is_well_cased(text: &str) -> bool {
    fixed_words(text) == text
}

fn in_capitals(word: &str) -> &str {
    match word {
        "id" | "Id" => "ID",
        "ids" | "Ids" => "IDs",
        "url" | "Url" => "URL",
        "urls" | "Urls" => "URLs",
        "json" | "Json" => "JSON",
        _ => word,
    }
}

/// `node-param-description-lowercase-first-char`.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// `node-param-description-excess-final-period` and `-missing-final-period`: one sentence has no
/// period at its end, several have.
fn punctuated(text: &str) -> String {
    let text = text.trim_end_matches([' ', ':', ';', ',']);
    // The linter looks at the text without the first abbreviation.
    let sentences = text.replacen("e.g.", "", 1).split(". ").count();
    if sentences < 2 {
        // An abbreviation at the end would look like a sentence's.
        let mut text = text.trim_end_matches(['.', ' ']).to_owned();
        if text.ends_with("e.g") {
            text = text.trim_end_matches("e.g").trim_end().to_owned();
        }
        return text;
    }
    if text.ends_with('.') {
        return text.to_owned();
    }
    format!("{}.", text.trim_end_matches(['!', '?', '…']))
}

/// `node-param-description-identical-to-display-name`.
fn is_identical(text: &str, label: &str) -> bool {
    let bare = text.strip_prefix("The ").unwrap_or(text);
    let bare = bare.strip_suffix('.').unwrap_or(bare).trim();
    bare.to_lowercase() == label.to_lowercase()
}

fn is_weak(text: &str) -> bool {
    let text = text.to_lowercase();
    WEAK.iter().any(|weak| text.contains(weak))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = description(text, "Label", Kind::Other);
        assert_eq!(found.as_deref().unwrap_or_default(), expected, "{text:?}");
    }

    #[test]
    fn periods_are_as_the_linter_counts_them() {
        check("The handle.", "The handle");
        check("The handle. Or an email", "The handle. Or an email.");
        check("A handle, e.g. sam.", "A handle, e.g. sam");
        check("First. Second. Third", "First. Second. Third.");
        check("Ready. Really?", "Ready. Really.");
        check("Wait...", "Wait");
        check("One of:", "One of");
    }

    #[test]
    fn words_are_cased_as_the_linter_wants() {
        check(
            "the id and the ids of a url, as json",
            "The ID and the IDs of a URL, as JSON",
        );
        check("user_id stays, userId stays", "User_id stays, userId stays");
        check("comma separated ids", "Comma-separated IDs");
        check("Comma Separated", "Comma-Separated");
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        check("label", "");
        check("The label.", "");
        check("  ", "");
        check("...", "");
        check("The resource to operate on", "");
    }

    #[test]
    fn nothing_of_a_text_is_markup_or_an_expression() {
        check("={{ $env.SECRET }}", "{{ $env.SECRET }}");
        check(
            "a <script>alert(1)</script> b",
            "A &lt;script&gt;alert(1)&lt;/script&gt; b",
        );
        check("line<br>break", "Line&lt;br&gt;break");
    }

    #[test]
    fn switches_begin_with_whether() {
        for (text, expected) in [
            ("Indicates if it is active.", "Whether it is active"),
            ("whether or not to notify", "Whether to notify"),
            ("Is active", "Whether it is active"),
        ] {
            let found = description(text, "Label", Kind::Boolean);
            assert_eq!(found.as_deref(), Some(expected));
        }
    }

    #[test]
    fn data_is_not_written_in_capitals() {
        for text in [
            r#"Accepts {"id": "web-search"}"#,
            "at /pets/{id}",
            "sorted as `id:asc`",
            "the \"url\" of it",
        ] {
            check(text, "");
        }
        check("The `id` of it, or its url", "The ID of it, or its URL");
    }

    #[test]
    fn deprecation_is_said() {
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(deprecated(said("Old"), Kind::Other), "Deprecated. Old.");
        assert_eq!(
            deprecated(said("Deprecated: old"), Kind::Other),
            "Deprecated: old"
        );
        assert_eq!(
            deprecated(said("Whether it is old"), Kind::Boolean),
            "Whether it is old. Deprecated."
        );
        assert_eq!(deprecated(None, Kind::Other), "Deprecated");
    }

    #[test]
    fn what_has_to_be_set_says_so() {
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(required(said("A zone"), Kind::Other), "A zone. Required.");
        assert_eq!(
            required(said("Whether. So."), Kind::Boolean),
            "Whether. So. Required."
        );
        assert_eq!(required(None, Kind::Other), "Required");
        let switch = "Whether to set this required value";
        assert_eq!(required(None, Kind::Boolean), switch);
    }

    #[test]
    fn long_texts_end_with_a_sentence() {
        let long = format!("{}. {}", "a".repeat(300), "b ".repeat(400));
        let found = description(&long, "Label", Kind::Other).unwrap();
        assert_eq!(found.len(), 300);
        let endless = "word ".repeat(500);
        let found = description(&endless, "Label", Kind::Other).unwrap();
        assert!(
            found.ends_with("word…") && found.chars().count() <= LONGEST,
            "{found}"
        );
    }
}
