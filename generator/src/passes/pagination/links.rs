//! Lists whose responses say the URL of the next page.

use super::list::{Given, List};
use crate::ir::{Primitive, Source, Strategy};
use crate::names::words;
use crate::passes::shapes::{Shape, shape};
use crate::vocabulary;

impl List<'_> {
    /// A URL in the body.
    pub(super) fn next_url(&self) -> Option<(Strategy, String)> {
        let is_text = |given: &&Given<'_>| {
            matches!(
                shape(self.api, &given.schema.ty),
                Shape::Scalar(Primitive::String { .. } | Primitive::Uri)
            )
        };
        let is_uri = |given: &Given<'_>| {
            matches!(
                shape(self.api, &given.schema.ty),
                Shape::Scalar(Primitive::Uri)
            )
        };
        let named = || {
            vocabulary::NEXT_URL.iter().flat_map(|wanted| {
                let all = self.beside().filter(is_text);
                all.filter(|given| vocabulary::is(&given.name, wanted))
            })
        };
        let given = named()
            .find(|given| is_uri(given))
            .or_else(|| self.link())
            .or_else(|| named().find(|given| is_url(given)))?;
        let next = given.source.body()?.to_vec();
        let because = format!("`{}` is the next page's URL", next.join("."));
        Some((Strategy::NextUrl { next }, because))
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

fn is_links(key: &str) -> bool {
    key.trim_start_matches('_') == "links"
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
