//! What a switch does, as n8n's linter wants it said (`node-param-description-boolean-without-whether`).

/// Beginnings that say that the rest is a condition, and how it begins instead.
const SAID: &[(&str, &str)] = &[
    ("whether or not to ", "Whether to "),
    ("whether or not ", "Whether "),
    ("whether ", "Whether "),
    ("true if ", "Whether "),
    ("true when ", "Whether "),
    ("set to true if ", "Whether "),
    ("indicates if ", "Whether "),
    ("determines if ", "Whether "),
    ("defines if ", "Whether "),
    ("specifies if ", "Whether "),
    ("enable or disable ", "Whether to enable "),
    ("enables or disables ", "Whether to enable "),
    ("flag to ", "Whether to "),
    ("is it ", "Whether it is "),
    ("is ", "Whether it is "),
    ("has ", "Whether it has "),
];

/// Beginnings before an infinitive; what false does stands behind it.
const TO: &[&str] = &[
    "either true to ",
    "true to ",
    "pass true to ",
    "set to true to ",
    "set this to true to ",
    "set this to ",
];

/// Beginnings before what the switch does.
const WHEN: &[&str] = &[
    "if true, ",
    "if true - ",
    "if true ",
    "when true, ",
    "if set to true, ",
    "when set to true, ",
    "if set, ",
    "when set, ",
    "if enabled, ",
    "when enabled, ",
];

/// Words that a clause begins with: what follows is no command.
const SUBJECTS: &[&str] = &[
    "a", "all", "an", "any", "each", "every", "it", "the", "these", "this", "your",
];

/// Verbs that descriptions of switches begin with.
const VERBS: &[&str] = &[
    "add",
    "allow",
    "anonymize",
    "append",
    "apply",
    "archive",
    "attach",
    "attempt",
    "auto-mount",
    "automatically",
    "avoid",
    "block",
    "cancel",
    "check",
    "close",
    "count",
    "create",
    "delete",
    "disable",
    "display",
    "do",
    "enable",
    "enforce",
    "exclude",
    "expand",
    "expose",
    "fetch",
    "filter",
    "force",
    "generate",
    "get",
    "hide",
    "ignore",
    "include",
    "keep",
    "limit",
    "list",
    "lock",
    "make",
    "mark",
    "merge",
    "notify",
    "omit",
    "overwrite",
    "permit",
    "prevent",
    "preview",
    "publish",
    "redirect",
    "remove",
    "replace",
    "require",
    "restrict",
    "return",
    "run",
    "save",
    "search",
    "send",
    "show",
    "skip",
    "start",
    "stop",
    "store",
    "stream",
    "trigger",
    "update",
    "use",
    "validate",
    "verify",
    "wait",
];

/// How far into a text its "whether" is looked for, in bytes.
const NEAR: usize = 60;

/// A description as what a switch decides; `None` where it cannot be said so.
pub(super) fn whether(text: &str) -> Option<String> {
    let text = without_default(text.trim());
    if let Some(rest) = after_any(text, TO) {
        return Some(format!("Whether to {}", without_false(rest)));
    }
    if let Some(rest) = after_any(text, WHEN) {
        return clause(rest.strip_prefix("then ").unwrap_or(rest));
    }
    let said = SAID.iter().find_map(|(start, instead)| {
        let rest = after(text, start)?;
        Some(format!("{instead}{rest}"))
    });
    said.or_else(|| inner(text)).or_else(|| command(text))
}

/// A text without sentences in front that only give the default, which is said elsewhere.
fn without_default(text: &str) -> &str {
    let gives = ["defaults to ", "default is ", "default: "];
    match text.split_once(". ") {
        Some((_, rest)) if after_any(text, &gives).is_some() => rest.trim_start(),
        None if after_any(text, &gives).is_some() => "",
        _ => text,
    }
}

/// What follows a beginning, whatever its capitals.
fn after<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let (found, rest) = text.split_at_checked(start.len())?;
    (found.eq_ignore_ascii_case(start) && !rest.trim().is_empty()).then_some(rest)
}

fn after_any<'t>(text: &'t str, starts: &[&str]) -> Option<&'t str> {
    starts.iter().find_map(|start| after(text, start))
}

/// "create a draft, or false to publish": what false does goes without saying.
fn without_false(text: &str) -> String {
    let (sentence, rest) = match text.split_once(". ") {
        Some((sentence, rest)) => (sentence, Some(rest)),
        None => (text, None),
    };
    let marks = [", or false ", " or false ", ", and false ", ", false "];
    let cut = marks.iter().filter_map(|mark| sentence.find(mark)).min();
    let sentence = cut.and_then(|end| sentence.get(..end)).unwrap_or(sentence);
    match rest {
        Some(rest) => format!("{sentence}. {rest}"),
        None => sentence.to_owned(),
    }
}

/// "A flag that indicates whether to wait": what follows "whether".
fn inner(text: &str) -> Option<String> {
    let sentence = text.split(". ").next().unwrap_or_default();
    let at = sentence.find(" whether ").filter(|at| *at < NEAR)?;
    let rest = text.get(at + " whether ".len()..)?;
    let rest = after(rest, "or not ").unwrap_or(rest);
    Some(format!("Whether {rest}"))
}

/// What happens under a condition: "the key is kept", "returns all of them".
fn clause(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    if SUBJECTS.contains(&first.to_lowercase().as_str()) {
        return Some(format!("Whether {} {rest}", first.to_lowercase()));
    }
    if first == "will" {
        return Some(format!("Whether it will {rest}"));
    }
    command(text).or_else(|| {
        let early = text.split(' ').skip(1).take(4);
        let says = |word: &str| ["is", "are", "will", "may", "can"].contains(&word);
        early
            .into_iter()
            .any(says)
            .then(|| format!("Whether {text}"))
    })
}

/// "Include drafts", "Only returns drafts": what the switch makes the server do.
fn command(text: &str) -> Option<String> {
    let (only, text) = match after(text, "only ") {
        Some(rest) => ("only ", rest),
        None => ("", text),
    };
    let (first, rest) = text.split_once(' ')?;
    let verb = base(&first.to_lowercase())?;
    Some(format!("Whether to {only}{verb} {rest}"))
}

/// A verb as in the list: "returns", "applies" and "publishes" are there as "return" and so on.
fn base(word: &str) -> Option<&'static str> {
    let is = |verb: &&&str| {
        let ending = word.strip_prefix(**verb);
        let stem = verb
            .strip_suffix('y')
            .and_then(|stem| word.strip_prefix(stem));
        matches!(ending, Some("" | "s" | "es")) || stem == Some("ies")
    };
    VERBS.iter().find(is).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_switch_does_begins_with_whether() {
        for (text, expected) in [
            ("Indicates whether it is active.", "Whether it is active."),
            ("whether or not to notify", "Whether to notify"),
            ("Is active", "Whether it is active"),
            ("is it active", "Whether it is active"),
            ("Include drafts", "Whether to include drafts"),
            ("Applies the rules", "Whether to apply the rules"),
            ("Only returns drafts", "Whether to only return drafts"),
            (
                "Defaults to false. When true, the answer is a stream.",
                "Whether the answer is a stream.",
            ),
            (
                "If true, returns the row; if false, nothing",
                "Whether to return the row; if false, nothing",
            ),
            (
                "If true pull requests are omitted",
                "Whether pull requests are omitted",
            ),
            (
                "Either true to merge, or false to close. Not for drafts.",
                "Whether to merge. Not for drafts.",
            ),
            ("A flag that says whether or not to wait", "Whether to wait"),
            (
                "Enable or disable the interface",
                "Whether to enable the interface",
            ),
        ] {
            assert_eq!(whether(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_said_so_is_not_said() {
        for text in [
            "",
            "Defaults to false",
            "The new availability",
            "Deprecated: use memory",
            "If the account is active, nothing",
        ] {
            assert_eq!(whether(text), None, "{text}");
        }
    }
}
