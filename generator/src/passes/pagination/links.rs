//! Lists whose responses say the URL of the next page.

use super::list::{Given, List};
use crate::ir::{Primitive, Source, Strategy};
use crate::names::words;
use crate::passes::shapes::{Shape, shape};
use crate::vocabulary;

impl List<'_> {
    /// A URL in the body.
    pub(super) fn next_url(&self) -> Option<(Strategy, String)> {
        let named = || self.named_next();
        let given = named()
            .find(|given| self.is_uri(given))
            .or_else(|| self.link())
            .or_else(|| named().find(|given| is_url(given)))
            .or_else(|| named().find(|given| given.name == "next" && self.takes_nothing()))
            .filter(|given| self.is_uri(given) || is_url(given) || !is_mark(given))?;
        url_at(given)
    }

    /// A URL in the body that is named as that of a next page, and not one of several links.
    pub(super) fn next_url_by_name(&self) -> Option<(Strategy, String)> {
        let is_link = |given: &Given<'_>| {
            let keys = given.source.body();
            keys.is_some_and(|keys| keys.iter().any(|key| is_links(key)))
        };
        let mut named = self.named_next();
        let is_said = |given: &Given<'_>| self.is_uri(given) || is_url(given);
        url_at(named.find(|given| is_said(given) && !is_link(given))?)
    }

    /// The texts that are named as the URL of the next page, best first.
    fn named_next(&self) -> impl Iterator<Item = &Given<'_>> {
        let is_text = |given: &Given<'_>| {
            matches!(
                shape(self.api, &given.schema.ty),
                Shape::Scalar(Primitive::String { .. } | Primitive::Uri)
            )
        };
        vocabulary::NEXT_URL.iter().flat_map(move |wanted| {
            let all = self.beside().filter(move |given| is_text(given));
            all.filter(|given| vocabulary::is(&given.name, wanted))
        })
    }

    fn is_uri(&self, given: &Given<'_>) -> bool {
        matches!(
            shape(self.api, &given.schema.ty),
            Shape::Scalar(Primitive::Uri)
        )
    }

    /// Whether the request takes nothing that could move the list on: then what is next is a URL, for
    /// want of anything else that it could be.
    fn takes_nothing(&self) -> bool {
        self.slots()
            .all(|taken| vocabulary::is_one_of(&taken.name, vocabulary::SIZE))
    }

    /// `_links.next.href`, of the Hypertext Application Language.
    fn link(&self) -> Option<&Given<'_>> {
        self.beside().find(|given| match given.source.body() {
            Some([.., links, next, href]) => is_links(links) && next == "next" && href == "href",
            _ => false,
        })
    }

    /// The `Link` header.
    pub(super) fn link_header(&self) -> Option<(Strategy, String)> {
        let mut headers = self.beside();
        let has = headers.any(|given| match &given.source {
            Source::Header(name) => name.eq_ignore_ascii_case("link"),
            Source::Body(_) | Source::LastItem(_) | Source::FirstItem(_) => false,
        });
        has.then(|| {
            (
                Strategy::LinkHeader,
                "the response has a `Link` header".to_owned(),
            )
        })
    }
}

fn url_at(given: &Given<'_>) -> Option<(Strategy, String)> {
    let next = given.source.body()?.to_vec();
    let because = format!("`{}` is the next page's URL", next.join("."));
    Some((Strategy::NextUrl { next }, because))
}

fn is_links(key: &str) -> bool {
    key.trim_start_matches('_') == "links"
}

/// Whether it is said that a text is a mark in the list and no URL: a cursor, a token, an id.
fn is_mark(given: &Given<'_>) -> bool {
    let is_word = |word: &str| {
        matches!(
            word,
            "cursor" | "token" | "opaque" | "id" | "identifier" | "key" | "offset" | "marker"
        )
    };
    let mut examples = given.schema.examples.iter().filter_map(|it| it.as_str());
    let text = given.text();
    let mut said = text.split(|c: char| !c.is_ascii_alphanumeric());
    said.any(is_word) || examples.any(|example| !example.contains(['/', '?']))
}

/// Whether a text is a URL, by its name, its place, its example or what is said of it.
pub(super) fn is_url(given: &Given<'_>) -> bool {
    let Source::Body(path) = &given.source else {
        return false;
    };
    let is_word = |word: &str| matches!(word, "url" | "uri" | "link" | "href" | "path");
    let last = path.last().map_or(Vec::new(), |last| words(last));
    let mut examples = given.schema.examples.iter();
    let is_example = examples.any(
        |it| matches!(it.as_str(), Some(text) if text.starts_with("http") || text.starts_with('/')),
    );
    let text = given.text();
    let mut said = text.split(|c: char| !c.is_ascii_alphanumeric());
    last.iter().any(|word| is_word(word))
        || path.iter().any(|key| is_links(key))
        || is_example
        || said.any(|word| is_word(word) || word == "hyperlink")
}
