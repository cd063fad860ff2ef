//! Regular expressions of documents.

use regex_lite::Regex;

/// Whether a text has a match of an ECMA-262 expression, which is not anchored.
///
/// `None`: the expression uses what the engine here does not know (look-around, back-references,
/// Unicode classes); nothing is refused for its sake.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    Some(Regex::new(pattern).ok()?.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_searched_for_and_unknown_ones_refuse_nothing() {
        assert_eq!(matches("^[a-z]{2}$", "fr"), Some(true));
        assert_eq!(matches("^[a-z]{2}$", "fra"), Some(false));
        assert_eq!(matches(r"\d\/\d", "in 1/2 of"), Some(true));
        assert_eq!(matches("(?!x)", "x"), None);
        assert_eq!(matches("(", "x"), None);
    }

    #[test]
    fn a_hostile_expression_costs_little() {
        assert_eq!(
            matches("^(a+)+$", &format!("{}b", "a".repeat(5_000))),
            Some(false)
        );
        assert_eq!(matches("((((a{1000}){1000}){1000}){1000})", "a"), None);
    }
}
