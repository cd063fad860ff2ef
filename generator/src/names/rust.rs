//! Words into Rust identifiers: casing, then what the language forbids.

use heck::ToUpperCamelCase;

/// The longest identifier that is made. Documents can have names of any length.
const MAX_LENGTH: usize = 120;

/// The keywords of all editions, strict and reserved (The Rust Reference, "Keywords").
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers (`r#self` is an error).
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// What an identifier is for, which decides its casing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Case {
    /// A type or a variant: `ConnectedAccount`.
    Type,
    /// A field, method, parameter or function: `connected_account`, raw where it is a keyword.
    Value,
    /// A module or a file, of ASCII letters only (modules in files of other names are an error,
    /// E0754): `connected_accounts`. Never raw.
    Module,
    /// A constant: `CONNECTED_ACCOUNT`.
    Constant,
    /// A parameter of an n8n node, or an operation's value: `connectedAccount`. It is no Rust, so that
    /// no keyword stands in its way.
    Parameter,
}

impl Case {
    /// Makes an identifier of words; `None` when they have nothing that an identifier can have.
    ///
    /// What would begin with a digit gets an `n` (for number) in front: `N24`, `n24_hours`. Digits of
    /// neighbouring words stay apart in types as well: `V1_2`. Very long names are cut.
    pub fn identifier<S: AsRef<str>>(self, words: &[S]) -> Option<String> {
        let mut text = String::new();
        for word in words {
            let word = word.as_ref();
            let word = match self {
                Self::Type => word.to_upper_camel_case(),
                Self::Value => word.to_lowercase(),
                Self::Module => ascii(word),
                Self::Constant => word.to_uppercase(),
                Self::Parameter if text.is_empty() => word.to_lowercase(),
                Self::Parameter => word.to_upper_camel_case(),
            };
            self.push(&mut text, &word);
            if text.len() >= MAX_LENGTH {
                break;
            }
        }
        while text.len() > MAX_LENGTH {
            text.pop();
        }
        let name = self.allowed(text.trim_end_matches('_'))?;
        self.accepts(&name).then_some(name)
    }

    /// Whether a name can be given as it is.
    pub(super) fn accepts(self, name: &str) -> bool {
        match self {
            Self::Parameter => {
                name.starts_with(unicode_ident::is_xid_start)
                    && name.chars().all(unicode_ident::is_xid_continue)
            }
            Self::Type | Self::Value | Self::Module | Self::Constant => is_identifier(name),
        }
    }

    fn push(self, text: &mut String, word: &str) {
        if word.is_empty() {
            return;
        }
        let between_digits = text.ends_with(char::is_numeric) && word.starts_with(char::is_numeric);
        let is_camel = matches!(self, Self::Type | Self::Parameter);
        if !text.is_empty() && (!is_camel || between_digits) {
            text.push('_');
        }
        text.push_str(word);
    }

    /// Works around what the language forbids.
    fn allowed(self, name: &str) -> Option<String> {
        let first = name.chars().next()?;
        if !unicode_ident::is_xid_start(first) {
            let prefix = if matches!(self, Self::Type | Self::Constant) {
                'N'
            } else {
                'n'
            };
            return Some(format!("{prefix}{name}"));
        }
        if self == Self::Parameter {
            return Some(name.to_owned());
        }
        if NEVER_RAW.contains(&name) || (self == Self::Module && KEYWORDS.contains(&name)) {
            return Some(format!("{name}_"));
        }
        if KEYWORDS.contains(&name) {
            return Some(format!("r#{name}"));
        }
        Some(name.to_owned())
    }

    /// Adds a mark that tells a name from another one: `Foo` and `1a2b` are `FooX1a2b`.
    pub(super) fn marked(self, name: &str, mark: &str) -> String {
        let name = bare(name).trim_end_matches('_');
        match self {
            Self::Type | Self::Parameter => format!("{name}X{mark}"),
            Self::Value | Self::Module => format!("{name}_x{mark}"),
            Self::Constant => format!("{name}_X{}", mark.to_uppercase()),
        }
    }
}

/// A name without the `r#` of a raw identifier: `r#type` is the identifier `type`.
pub fn bare(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Whether Rust takes a text as an identifier, raw ones included.
pub fn is_identifier(name: &str) -> bool {
    let mut chars = bare(name).chars();
    let starts = chars
        .next()
        .is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
    let plain = !name.starts_with("r#");
    starts
        && chars.all(unicode_ident::is_xid_continue)
        && !NEVER_RAW.contains(&bare(name))
        && !(plain && KEYWORDS.contains(&name))
}

/// A name of this module as a token. Anything else, which does not happen, is marked as such rather
/// than refused.
pub fn ident(name: &str) -> proc_macro2::Ident {
    let span = proc_macro2::Span::call_site();
    match name.strip_prefix("r#") {
        Some(raw) if is_identifier(name) => proc_macro2::Ident::new_raw(raw, span),
        None if is_identifier(name) => proc_macro2::Ident::new(name, span),
        _ => proc_macro2::Ident::new("invalid_name", span),
    }
}

/// The ASCII letters and digits of a word; others by their code point, so that words stay apart.
fn ascii(word: &str) -> String {
    let mut text = String::new();
    for c in word.chars() {
        match c {
            'a'..='z' | '0'..='9' => text.push(c),
            'A'..='Z' => text.push(c.to_ascii_lowercase()),
            'à'..='å' => text.push('a'),
            'è'..='ë' => text.push('e'),
            'ì'..='ï' => text.push('i'),
            'ò'..='ö' | 'ø' => text.push('o'),
            'ù'..='ü' => text.push('u'),
            'ç' => text.push('c'),
            'ñ' => text.push('n'),
            'ß' => text.push_str("ss"),
            _ => text.push_str(&format!("u{:x}", u32::from(c))),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    #[track_caller]
    fn check(case: Case, text: &str, expected: &str) {
        let name = case.identifier(&words(text));
        assert_eq!(name.as_deref().unwrap_or("none"), expected, "{text:?}");
        if let Some(name) = name {
            assert!(is_identifier(&name), "{name}");
            assert_eq!(ident(&name).to_string(), name);
        }
    }

    #[test]
    fn casing() {
        check(Case::Type, "connectedAccounts", "ConnectedAccounts");
        check(Case::Value, "ConnectedAccounts", "connected_accounts");
        check(Case::Module, "connectedAccounts", "connected_accounts");
        check(Case::Constant, "connectedAccounts", "CONNECTED_ACCOUNTS");
        check(Case::Type, "HTTPServer", "HttpServer");
        check(Case::Value, "addressStreet1", "address_street1");
        check(Case::Value, "hour_24", "hour_24");
    }

    #[test]
    fn keywords_are_raw_where_they_can_be() {
        check(Case::Value, "type", "r#type");
        check(Case::Value, "gen", "r#gen");
        check(Case::Value, "async", "r#async");
        check(Case::Value, "self", "self_");
        check(Case::Value, "Self", "self_");
        check(Case::Value, "super", "super_");
        check(Case::Value, "crate", "crate_");
        check(Case::Type, "self", "Self_");
        check(Case::Type, "type", "Type");
        check(Case::Module, "type", "type_");
        check(Case::Module, "Match", "match_");
        check(Case::Constant, "type", "TYPE");
    }

    #[test]
    fn digits_in_front_get_a_letter() {
        check(Case::Type, "24", "N24");
        check(Case::Value, "24_hours", "n24_hours");
        check(Case::Type, "3DModel", "N3dModel");
        check(Case::Type, "-1", "Minus1");
        check(Case::Type, "2022-11-28", "N2022_11_28");
        check(Case::Type, "v1.2", "V1_2");
    }

    #[test]
    fn unicode() {
        check(Case::Type, "café", "Café");
        check(Case::Value, "É", "é");
        check(Case::Value, "名", "名");
        check(Case::Module, "名", "u540d");
        check(Case::Module, "Équipe", "equipe");
        check(Case::Type, "👍", "none");
        check(Case::Type, "", "none");
    }

    #[test]
    fn names_have_a_bounded_length() {
        let long = "word ".repeat(10_000);
        for case in [Case::Type, Case::Value, Case::Module, Case::Constant] {
            assert!(case.identifier(&words(&long)).unwrap().len() <= MAX_LENGTH);
        }
        let word = "é".repeat(10_000);
        assert!(Case::Value.identifier(&words(&word)).unwrap().len() <= MAX_LENGTH);
    }

    #[test]
    fn a_text_that_is_no_identifier_makes_no_token_by_accident() {
        for text in ["", "a b", "r#self", "r#", "1", "type", "_", "a-b", "r#r#a"] {
            assert!(!is_identifier(text), "{text}");
            assert_eq!(ident(text).to_string(), "invalid_name", "{text}");
        }
    }
}
