//! Taking secrets out of text that a server wrote, which may quote what it was sent.

use std::borrow::Cow;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::request::encode::{component, cookie};

/// A shorter one is no secret, and would tear words apart.
const SHORTEST: usize = 6;

/// The secrets of a client, in each of the forms that they are sent in.
#[derive(Default)]
pub(crate) struct Redaction(Vec<String>);

impl Redaction {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut forms: Vec<String> = secrets.into_iter().flat_map(forms).collect();
        forms.retain(|form| form.len() >= SHORTEST);
        // One that has another one in it goes first, or its rest would stay.
        forms.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
        Self(forms)
    }

    /// Takes the secrets out.
    pub(crate) fn redact(&self, text: String) -> String {
        self.0.iter().fold(text, |text, form| {
            if text.contains(form.as_str()) {
                text.replace(form.as_str(), "[redacted]")
            } else {
                text
            }
        })
    }

    /// Whether there is a secret in it.
    pub(crate) fn finds(&self, text: &[u8]) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let text: Cow<'_, str> = String::from_utf8_lossy(text);
        self.0.iter().any(|form| text.contains(form.as_str()))
    }
}

/// As it is, in a URL, in a form, in a cookie, in JSON, and as `Basic` has it.
fn forms(secret: &str) -> [String; 7] {
    let escaped = component(secret).into_owned();
    let json = serde_json::Value::from(secret).to_string();
    [
        secret.to_owned(),
        lower(&escaped),
        escaped.replace("%20", "+"),
        escaped,
        cookie(secret).into_owned(),
        json.trim_matches('"').to_owned(),
        BASE64_STANDARD.encode(secret),
    ]
}

/// Escapes with small letters, which mean the same.
fn lower(escaped: &str) -> String {
    let mut pieces = escaped.split('%');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        text.push('%');
        text.push_str(&digits.to_ascii_lowercase());
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_taken_out_in_each_form_that_it_is_sent_in() {
        let redaction = Redaction::new(["pa/ss\"wörd; 1"]);
        for form in [
            "pa/ss\"wörd; 1",
            "pa%2Fss%22w%C3%B6rd%3B%201",
            "pa%2fss%22w%c3%b6rd%3b%201",
            "pa%2Fss%22w%C3%B6rd%3B+1",
            "pa/ss%22w%C3%B6rd%3B%201",
            "pa/ss\\\"wörd; 1",
            "cGEvc3Mid8O2cmQ7IDE=",
        ] {
            assert!(redaction.finds(form.as_bytes()), "{form}");
            let redacted = redaction.redact(format!("no such key: {form}!"));
            assert_eq!(redacted, "no such key: [redacted]!", "{form}");
        }
        assert!(!redaction.finds(b"pa/ss"));
    }

    #[test]
    fn the_longest_goes_first_and_the_shortest_stay() {
        let redaction = Redaction::new(["secret", "secret-and-more", "short"]);
        let redacted = redaction.redact("secret-and-more, secret, short".to_owned());
        assert_eq!(redacted, "[redacted], [redacted], short");
    }
}
