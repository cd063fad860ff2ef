//! English singular and plural of the last of several words.
//!
//! A table and a few rules rather than a library: the libraries for it bring a regular-expression
//! engine, and only the nouns of APIs matter.

/// Words that are the same for one and for many, or have no plural.
const UNCHANGED: &[&str] = &[
    "analytics",
    "auth",
    "authentication",
    "authorization",
    "billing",
    "data",
    "equipment",
    "feedback",
    "fish",
    "general",
    "health",
    "info",
    "information",
    "media",
    "meta",
    "metadata",
    "misc",
    "money",
    "news",
    "oauth",
    "oauth2",
    "series",
    "sheep",
    "software",
    "species",
    "staff",
    "traffic",
];

/// One and many, where no rule helps.
const IRREGULAR: &[(&str, &str)] = &[
    ("analysis", "analyses"),
    ("axis", "axes"),
    ("basis", "bases"),
    ("appendix", "appendices"),
    ("child", "children"),
    ("crisis", "crises"),
    ("criterion", "criteria"),
    ("diagnosis", "diagnoses"),
    ("echo", "echoes"),
    ("foot", "feet"),
    ("half", "halves"),
    ("hero", "heroes"),
    ("hypothesis", "hypotheses"),
    ("index", "indices"),
    ("knife", "knives"),
    ("leaf", "leaves"),
    ("life", "lives"),
    ("man", "men"),
    ("matrix", "matrices"),
    ("mouse", "mice"),
    ("movie", "movies"),
    ("person", "people"),
    ("phenomenon", "phenomena"),
    ("potato", "potatoes"),
    ("quiz", "quizzes"),
    ("self", "selves"),
    ("shelf", "shelves"),
    ("thesis", "theses"),
    ("tomato", "tomatoes"),
    ("tooth", "teeth"),
    ("vertex", "vertices"),
    ("veto", "vetoes"),
    ("wife", "wives"),
    ("woman", "women"),
];

/// Words that end in `-s` and are one thing.
const SINGULAR_S: &[&str] = &[
    "alias",
    "atlas",
    "aws",
    "bias",
    "bus",
    "canvas",
    "chaos",
    "css",
    "dns",
    "gas",
    "gps",
    "https",
    "ios",
    "iris",
    "kms",
    "kubernetes",
    "lens",
    "nfs",
    "plus",
    "sms",
    "tennis",
    "tls",
    "vps",
];

/// Words in `-e` where a rule would take it for a part of the plural's `-es`.
const KEEPS_E: &[&str] = &[
    "ache",
    "avalanche",
    "cache",
    "cookie",
    "niche",
    "use",
    "zombie",
];

/// One of them: the last word in its singular. Words that are not known to be plural stay.
///
/// ```
/// use specwright::names::{singular, words};
/// assert_eq!(singular(&words("connectedAccounts")), ["connected", "account"]);
/// ```
pub fn singular(words: &[String]) -> Vec<String> {
    with_last(words, singular_word)
}

/// Several of them: the last word in its plural. A word that is plural already stays.
///
/// ```
/// use specwright::names::{plural, words};
/// assert_eq!(plural(&words("opportunity")), ["opportunities"]);
/// ```
pub fn plural(words: &[String]) -> Vec<String> {
    with_last(words, plural_word)
}

fn with_last(words: &[String], inflect: impl Fn(&str) -> String) -> Vec<String> {
    match words.split_last() {
        Some((last, rest)) => rest.iter().cloned().chain([inflect(last)]).collect(),
        None => Vec::new(),
    }
}

fn plural_word(word: &str) -> String {
    let is_latin = word.ends_with(|c: char| c < '\u{250}');
    if !is_latin || UNCHANGED.contains(&word) || singular_word(word) != word {
        return word.to_owned();
    }
    if let Some((_, many)) = IRREGULAR.iter().find(|(one, _)| *one == word) {
        return (*many).to_owned();
    }
    match word.strip_suffix('y') {
        Some(stem) if stem.ends_with(is_consonant) => format!("{stem}ies"),
        _ if takes_es(word) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

fn singular_word(word: &str) -> String {
    if UNCHANGED.contains(&word) || SINGULAR_S.contains(&word) {
        return word.to_owned();
    }
    for (one, many) in IRREGULAR {
        if word == *one || word == *many {
            return (*one).to_owned();
        }
    }
    let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 1) else {
        return word.to_owned();
    };
    // `address`, `status`, `synopsis`.
    if stem.ends_with('s') || ends_in_consonant_and(stem, 'u') || stem.ends_with("si") {
        return word.to_owned();
    }
    if KEEPS_E.contains(&stem) {
        return stem.to_owned();
    }
    if let Some(stem) = stem.strip_suffix("ie").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    match stem.strip_suffix('e') {
        Some(short) if SINGULAR_S.contains(&short) || ends_in_es_sound(short) => short.to_owned(),
        _ => stem.to_owned(),
    }
}

fn takes_es(word: &str) -> bool {
    ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// Whether a word without its final `-es` is one that took it: `address`, `box`, `batch`, `status`.
fn ends_in_es_sound(stem: &str) -> bool {
    let consonant_us = stem
        .strip_suffix('s')
        .is_some_and(|s| ends_in_consonant_and(s, 'u'));
    consonant_us
        || ["ss", "x", "zz", "ch", "sh"]
            .iter()
            .any(|end| stem.ends_with(end))
}

fn ends_in_consonant_and(stem: &str, vowel: char) -> bool {
    stem.strip_suffix(vowel)
        // `radius` has a vowel before it and is singular as well; `menus` and `gurus` are not.
        .is_some_and(|s| s.len() > 1 && (s.ends_with(is_consonant) || s.ends_with('i')))
        && !matches!(stem, "menu" | "guru")
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_many_of_the_nouns_of_apis() {
        for (one, many) in [
            ("activity", "activities"),
            ("address", "addresses"),
            ("analysis", "analyses"),
            ("api", "apis"),
            ("attachment", "attachments"),
            ("batch", "batches"),
            ("box", "boxes"),
            ("bus", "buses"),
            ("business", "businesses"),
            ("cache", "caches"),
            ("campus", "campuses"),
            ("case", "cases"),
            ("child", "children"),
            ("company", "companies"),
            ("cookie", "cookies"),
            ("database", "databases"),
            ("day", "days"),
            ("house", "houses"),
            ("id", "ids"),
            ("key", "keys"),
            ("license", "licenses"),
            ("menu", "menus"),
            ("movie", "movies"),
            ("person", "people"),
            ("price", "prices"),
            ("process", "processes"),
            ("quiz", "quizzes"),
            ("radius", "radiuses"),
            ("repo", "repos"),
            ("response", "responses"),
            ("search", "searches"),
            ("size", "sizes"),
            ("status", "statuses"),
            ("tie", "ties"),
            ("use", "uses"),
            ("view", "views"),
            ("virus", "viruses"),
            ("workflow", "workflows"),
        ] {
            assert_eq!(plural_word(one), many);
            assert_eq!(singular_word(many), one);
            assert_eq!(plural_word(many), many, "a plural stays");
            assert_eq!(singular_word(one), one, "a singular stays");
        }
    }

    #[test]
    fn some_words_are_both() {
        for word in ["data", "news", "series", "metadata", "species"] {
            assert_eq!(plural_word(word), word);
            assert_eq!(singular_word(word), word);
        }
    }

    #[test]
    fn words_of_other_scripts_have_no_english_plural() {
        for word in ["モデル", "имя", "名"] {
            assert_eq!(plural_word(word), word);
        }
        assert_eq!(plural_word("café"), "cafés");
    }

    #[test]
    fn only_the_last_word_changes() {
        let words = |text: &str| crate::names::words(text);
        assert_eq!(plural(&words("salesPerson")), ["sales", "people"]);
        assert_eq!(
            singular(&words("calendarEventParticipants")),
            ["calendar", "event", "participant"]
        );
        assert!(singular(&[]).is_empty());
    }
}
