//! The words of what a client is told once.

use super::words;
use crate::ir::Api;

/// The words of a parameter that operations share, without those that say nothing to who has the
/// API's client at hand: the `X-` of a header, and the API's own name. `X-SavvyCal-Account` is
/// "account".
pub(crate) fn client_words(api: &Api, wire_name: &str) -> Vec<String> {
    let mut left = words(wire_name);
    let title = words(&api.title);
    let title = title.strip_suffix(&["api".to_owned()]).unwrap_or(&title);
    for said in [&["x".to_owned()][..], &words(&api.name), title] {
        if let Some(rest) = left.strip_prefix(said).filter(|rest| names(rest)) {
            left = rest.to_vec();
        }
    }
    left
}

/// Whether some words begin as a name may.
fn names(words: &[String]) -> bool {
    let first = words.first().and_then(|word| word.chars().next());
    first.is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    #[test]
    fn what_every_client_knows_is_not_said_again() {
        let mut api = Fixture::new().api;
        api.name = "savvycal".to_owned();
        api.title = "Big Shop API".to_owned();
        for (wire_name, expected) in [
            ("X-SavvyCal-Account", "account"),
            ("x-account", "account"),
            ("X-Big-Shop-Region", "region"),
            ("SavvyCal-Version", "version"),
            ("X-SavvyCal", "savvycal"),
            ("X-2", "x 2"),
            ("x", "x"),
            ("account_savvycal", "account savvycal"),
        ] {
            assert_eq!(
                client_words(&api, wire_name).join(" "),
                expected,
                "{wire_name}"
            );
        }
    }
}
