//! What records are called inside a sentence.

use super::markdown;
use crate::ir::{Action, Api};
use crate::names::{plural, sentence};

/// The words for the records of an action's resource, as Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nouns {
    /// `connected account`.
    pub(super) one: String,
    /// `connected accounts`.
    pub(super) many: String,
}

impl Nouns {
    pub(super) fn of(api: &Api, action: &Action) -> Self {
        let resource = action.resource.and_then(|id| api.resource(id));
        let thing = resource.filter(|it| it.record.is_some() || it.id.is_some());
        let one: &[String] = thing.map(|it| it.singular.as_slice()).unwrap_or_default();
        if one.is_empty() {
            return Self {
                one: "record".to_owned(),
                many: "records".to_owned(),
            };
        }
        let many = match thing.map(|it| it.plural.clone()).unwrap_or_default() {
            empty if empty.is_empty() => plural(one),
            many => many,
        };
        Self {
            one: inside(one),
            many: inside(&many),
        }
    }
}

/// Words as they stand inside a sentence: acronyms keep their capitals.
pub(super) fn inside(words: &[String]) -> String {
    let with_article: Vec<String> = std::iter::once("a".to_owned())
        .chain(words.iter().cloned())
        .collect();
    let text = sentence(&with_article);
    markdown::text(text.strip_prefix("A ").unwrap_or(&text))
}

/// A text with a capital at its beginning.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
