//! Signs that stand for words.

/// Signs of several characters that mean one thing wherever they stand.
pub(super) const OPERATORS: &[(&str, &str)] = &[
    ("<=", "lte"),
    (">=", "gte"),
    ("!=", "ne"),
    ("==", "eq"),
    ("=~", "matches"),
    ("!~", "matches not"),
];

/// Signs that mean something wherever they stand.
pub(super) const ALWAYS: &[(char, &str)] = &[
    ('&', "and"),
    ('*', "star"),
    ('%', "percent"),
    ('≤', "lte"),
    ('≥', "gte"),
    ('≠', "ne"),
];

/// Signs that mean something at the edge of a text (`-1`, `A+`, `StartTime<`) and separate words
/// inside it (`created-at`).
pub(super) const AT_EDGES: &[(char, &str)] = &[
    ('+', "plus"),
    ('-', "minus"),
    ('<', "lt"),
    ('>', "gt"),
    ('=', "eq"),
    ('!', "not"),
];

/// What signs are called, when a name has to be made of them. None is a word of [`words`], so that `*`
/// and `star` stay apart.
const SPELLED: &[(char, &str)] = &[
    (' ', "space"),
    ('!', "exclamation mark"),
    ('"', "quote"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent sign"),
    ('&', "ampersand"),
    ('\'', "apostrophe"),
    ('(', "open"),
    (')', "close"),
    ('*', "asterisk"),
    ('+', "plus sign"),
    (',', "comma"),
    ('-', "hyphen"),
    ('.', "dot"),
    ('/', "slash"),
    (':', "colon"),
    (';', "semicolon"),
    ('<', "less than"),
    ('=', "equals sign"),
    ('>', "greater than"),
    ('?', "question"),
    ('@', "at"),
    ('[', "open"),
    ('\\', "backslash"),
    (']', "close"),
    ('^', "caret"),
    ('_', "underscore"),
    ('`', "backtick"),
    ('{', "open"),
    ('|', "pipe"),
    ('}', "close"),
    ('~', "tilde"),
    ('£', "pound"),
    ('¥', "yen"),
    ('°', "degree"),
    ('€', "euro"),
];

/// The word for a sign in a table.
pub(super) fn name_of(table: &[(char, &'static str)], sign: char) -> Option<&'static str> {
    table
        .iter()
        .find(|(c, _)| *c == sign)
        .map(|(_, name)| *name)
}

/// The words that spell out a character.
pub(super) fn spell(c: char) -> Vec<String> {
    match name_of(SPELLED, c) {
        Some(name) => name.split(' ').map(str::to_owned).collect(),
        None => vec![format!("u{:x}", u32::from(c))],
    }
}
