//! From a page of a list to where the next one is.

use std::hash::{DefaultHasher, Hash, Hasher};

use http::HeaderMap;
use http::header::LINK;
use serde_json::Value;

use super::envelope::{edges, open};
use crate::{Keys, Paging, Slot, Source, Strategy};

/// Where in a list a page is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Position {
    /// What the query parameter that moves on was set to.
    pub(crate) parameter: Option<String>,
    /// How many items the fullest page before this one had: the size of a page, which its request need
    /// not say. Only the last page is shorter.
    pub(crate) fullest: usize,
    /// Whether the list is read from its end to its beginning.
    pub(crate) backwards: bool,
    /// The digest of the page before, where pages are counted.
    pub(crate) before: Option<u64>,
}

/// What is looked at in a page.
pub(crate) struct Seen<'a> {
    /// What its request was sent with where pages are counted.
    pub(crate) here: Option<String>,
    /// How many items it has.
    pub(crate) items: usize,
    pub(crate) headers: &'a HeaderMap,
    /// What stands beside the items.
    pub(crate) beside: &'a Value,
    /// The whole body.
    pub(crate) content: &'a [u8],
    /// The keys to the items in it.
    pub(crate) envelope: Keys,
}

/// Where the next page is: a cursor, a number or a URL.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Next {
    /// As text, as queries and headers carry it.
    pub(crate) text: String,
    /// As it was, as a JSON body carries it.
    pub(crate) value: Value,
}

impl Next {
    pub(crate) fn of(value: Value) -> Self {
        let text = match &value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Self { text, value }
    }
}

/// A digest of the items of a page, by which it is recognised where a server sends it again.
pub(crate) fn digest(content: &[u8], envelope: Keys) -> Option<u64> {
    let items = open::<Value>(content, envelope).ok()?;
    if items.as_array().is_none_or(Vec::is_empty) {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    items.to_string().hash(&mut hasher);
    Some(hasher.finish())
}

/// Where the page after this one is; `None` when this is the last.
///
/// # Errors
/// When the page says that there is one and not where, so that a list would end too early without
/// a word.
pub(crate) fn next_of(
    paging: &Paging,
    position: &Position,
    seen: &Seen<'_>,
) -> Result<Option<Next>, String> {
    if let Some((slot, source)) = paging.back.filter(|_| position.backwards) {
        // What says whether there is more speaks of what comes after the page.
        return if seen.items == 0 {
            Ok(None)
        } else {
            seen.cursor(slot, source)
        };
    }
    let more = paging
        .more
        .and_then(|keys| at(seen.beside, keys))
        .and_then(Value::as_bool);
    // A server that filters after it has cut the pages sends empty ones with a way on.
    let by_items =
        paging.is_counted() || matches!(paging.strategy, Strategy::Cursor(_, Source::LastItem(_)));
    if more == Some(false) || (seen.items == 0 && more.is_none() && by_items) {
        return Ok(None);
    }
    let next = match paging.strategy {
        Strategy::Cursor(slot, source) => seen.cursor(slot, source)?,
        Strategy::Url(keys) => seen.cursor(Slot::Query(""), Source::Body(keys))?,
        Strategy::Link => link(seen.headers).map(|url| Next::of(Value::String(url))),
        Strategy::Page { first, current, .. } => {
            let current = current.and_then(|keys| whole(at(seen.beside, keys)?));
            return Ok(next_page(paging, position, seen, first, current).map(number));
        }
        Strategy::Offset { first, .. } => {
            return Ok(next_offset(paging, seen, first).map(number));
        }
    };
    let must =
        more.is_some() || matches!(paging.strategy, Strategy::Cursor(_, Source::LastItem(_)));
    if let Some(next) = next {
        // Nothing came, and the same request again would bring nothing.
        let stays = seen.items == 0 && more.is_none() && seen.here.as_ref() == Some(&next.text);
        return Ok((!stays).then_some(next));
    }
    if !must {
        return Ok(None);
    }
    let place = match paging.strategy {
        Strategy::Cursor(_, source) => source.name(),
        Strategy::Url(keys) => keys.join("."),
        _ => "the `Link` header".to_owned(),
    };
    Err(format!(
        "the page says that there is another one, and not where: nothing is at {place}"
    ))
}

fn number(number: i64) -> Next {
    Next::of(Value::from(number))
}

/// The number of the next page.
fn next_page(
    paging: &Paging,
    position: &Position,
    seen: &Seen<'_>,
    first: Option<i64>,
    current: Option<i64>,
) -> Option<i64> {
    let items = i64::try_from(seen.items).ok()?;
    // Where it is 0 or 1, what came by itself is before page 1 or page 1 itself.
    let here = match current {
        Some(current) => current,
        None => seen.here(first.unwrap_or(0))?,
    };
    let first = first.unwrap_or(if seen.here.is_none() { 0 } else { 1 });
    let next = here.checked_add(1)?;
    let done = next.checked_sub(first)?;
    if seen.number(paging.pages).is_some_and(|pages| done >= pages) {
        return None;
    }
    let size = i64::try_from(position.fullest).ok()?.max(items);
    let passed = done.checked_sub(1)?.checked_mul(size)?.checked_add(items)?;
    seen.number(paging.total)
        .is_none_or(|total| passed < total)
        .then_some(next)
}

/// The number of items to skip.
fn next_offset(paging: &Paging, seen: &Seen<'_>, first: i64) -> Option<i64> {
    let items = i64::try_from(seen.items).ok()?;
    let next = seen.here(first)?.checked_add(items)?;
    let passed = next.checked_sub(first)?;
    let is_last = seen
        .number(paging.total)
        .is_some_and(|total| passed >= total);
    (!is_last && items > 0).then_some(next)
}

impl Seen<'_> {
    /// What the request was sent with; `None` where that is no number.
    fn here(&self, default: i64) -> Option<i64> {
        match &self.here {
            Some(text) => text.parse().ok(),
            None => Some(default),
        }
    }

    fn number(&self, source: Option<Source>) -> Option<i64> {
        match source? {
            Source::Body(keys) => whole(at(self.beside, keys)?),
            Source::Header(name) => self.header(name)?.parse().ok(),
            Source::LastItem(_) | Source::FirstItem(_) => None,
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let text = self.headers.get(name)?.to_str().ok()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// A cursor; servers use numbers too, and `false`, zero and the empty string for none.
    ///
    /// # Errors
    /// When it is something that the request cannot take.
    fn cursor(&self, slot: Slot, source: Source) -> Result<Option<Next>, String> {
        let found = match source {
            Source::Body(keys) => at(self.beside, keys).cloned(),
            Source::Header(name) => self.header(name).map(Value::from),
            Source::LastItem(keys) => self.edge(false).and_then(|item| at(&item, keys).cloned()),
            Source::FirstItem(keys) => self.edge(true).and_then(|item| at(&item, keys).cloned()),
        };
        let kind = match found {
            None | Some(Value::Null | Value::Bool(false)) => return Ok(None),
            Some(Value::String(text)) if text.is_empty() => return Ok(None),
            Some(Value::Number(number)) if is_none(source, &number) => return Ok(None),
            Some(Value::Bool(true)) => "`true`",
            Some(Value::Array(_)) if !matches!(slot, Slot::Body(_)) => "an array",
            Some(Value::Object(_)) if !matches!(slot, Slot::Body(_)) => "an object",
            Some(value) => return Ok(Some(Next::of(value))),
        };
        let place = source.name();
        Err(format!(
            "the next page cannot be asked for: {kind} is at {place}"
        ))
    }

    /// The first or the last item.
    fn edge(&self, first: bool) -> Option<Value> {
        let (start, end) = edges(self.content, self.envelope).ok()?;
        if first { start } else { end }
    }
}

/// Whether a number says that there is no next page; the id of an item may be any.
fn is_none(source: Source, number: &serde_json::Number) -> bool {
    matches!(source, Source::Body(_)) && number.as_i64().is_some_and(|number| number <= 0)
}

impl Source {
    /// What it is called in messages.
    fn name(self) -> String {
        match self {
            Self::Body(keys) => keys.join("."),
            Self::Header(name) => format!("the header {name}"),
            Self::LastItem(keys) => format!("{} of the last item", keys.join(".")),
            Self::FirstItem(keys) => format!("{} of the first item", keys.join(".")),
        }
    }
}

/// A whole number, also one that is written as a text.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn at<'a>(beside: &'a Value, keys: &[&str]) -> Option<&'a Value> {
    keys.iter().try_fold(beside, |value, key| value.get(key))
}

/// The URL with `rel="next"` of the `Link` headers (RFC 8288, section 3).
fn link(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(LINK)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find_map(next_link)
        .map(str::to_owned)
}

/// A URL may have commas in it, so the header is not split at them but read from `<` to `<`.
fn next_link(header: &str) -> Option<&str> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let (url, after) = after.split_once('>')?;
        let parameters = after
            .split_once('<')
            .map_or(after, |(parameters, _)| parameters);
        if parameters.split([';', ',']).any(is_next) {
            return Some(url);
        }
        rest = after;
    }
    None
}

fn is_next(parameter: &str) -> bool {
    parameter.split_once('=').is_some_and(|(name, value)| {
        name.trim().eq_ignore_ascii_case("rel")
            && value
                .trim()
                .trim_matches('"')
                .split_ascii_whitespace()
                .any(|relation| relation.eq_ignore_ascii_case("next"))
    })
}

#[cfg(test)]
#[path = "next_tests.rs"]
mod tests;
