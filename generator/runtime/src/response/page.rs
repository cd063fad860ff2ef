//! Pages of a list.

use std::fmt;

use http::HeaderMap;
use http::header::LINK;
use serde_json::Value;

use crate::{Paging, Strategy};

/// One page of a list.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T, M = NoMeta> {
    /// The items.
    pub items: Vec<T>,
    /// What stands beside the items in the body.
    pub meta: M,
    /// Where the next page is: a cursor, a page's number, a number of items to skip, or a URL.
    /// `None` on the last page.
    pub next: Option<String>,
}

impl<T, M> Page<T, M> {
    /// A page, as a test of code that takes one may want to make.
    pub const fn new(items: Vec<T>, meta: M, next: Option<String>) -> Self {
        Self { items, meta, next }
    }
}

/// Shows `next` without its query, where a server may have put a credential.
impl<T: fmt::Debug, M: fmt::Debug> fmt::Debug for Page<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let next = self.next.as_deref().map(|next| match next.split_once('?') {
            // A user and password would be in it.
            _ if next.contains("://") && next.contains('@') => "[redacted]".to_owned(),
            Some((path, _)) => format!("{path}?[redacted]"),
            None => next.to_owned(),
        });
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("meta", &self.meta)
            .field("next", &next)
            .finish()
    }
}

impl<T, M> IntoIterator for Page<T, M> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T, M> IntoIterator for &'a Page<T, M> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// The metadata of a page that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct NoMeta {}
crate::object! { NoMeta; }

/// Where in a list a page is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Position {
    /// What the paging parameter was set to.
    pub(crate) parameter: Option<String>,
    /// How many items the fullest page before this one had: the size of a page, which its request need
    /// not say. Only the last page is shorter.
    pub(crate) fullest: usize,
    /// Whether the list is read from its end to its beginning.
    pub(crate) backwards: bool,
}

/// Where the page after this one is; `None` when this is the last.
///
/// # Errors
/// When the page says that there is one and not where, so that a list would end too early without
/// a word.
pub(crate) fn next_of(
    paging: &Paging,
    position: &Position,
    items: usize,
    headers: &HeaderMap,
    beside: &Value,
) -> Result<Option<String>, String> {
    if let Some((_, keys)) = paging.back.filter(|_| position.backwards) {
        // What says whether there is more speaks of what comes after the page.
        return if items == 0 {
            Ok(None)
        } else {
            cursor(beside, keys)
        };
    }
    let more = paging
        .more
        .and_then(|keys| at(beside, keys))
        .and_then(Value::as_bool);
    if more == Some(false) || (items == 0 && more.is_none()) {
        return Ok(None);
    }
    let next = match paging.strategy {
        Strategy::Cursor(_, keys) | Strategy::Url(keys) => cursor(beside, keys)?,
        Strategy::Link => link(headers),
        Strategy::Page(..) | Strategy::Offset(_) => {
            return Ok(number(paging, position, items, beside));
        }
    };
    if next.is_some() || more.is_none() {
        return Ok(next);
    }
    let place = match paging.strategy {
        Strategy::Cursor(_, keys) | Strategy::Url(keys) => keys.join("."),
        _ => "the `Link` header".to_owned(),
    };
    Err(format!(
        "the page says that there is another one, and not where: nothing is at {place}"
    ))
}

/// The number of the next page, or of the items to skip.
fn number(paging: &Paging, position: &Position, items: usize, beside: &Value) -> Option<String> {
    let items = i64::try_from(items).ok()?;
    let total = paging
        .total
        .and_then(|keys| at(beside, keys))
        .and_then(Value::as_i64);
    let here = |default| match &position.parameter {
        Some(text) => text.parse::<i64>().ok(),
        None => Some(default),
    };
    match paging.strategy {
        Strategy::Cursor(..) | Strategy::Url(_) | Strategy::Link => None,
        Strategy::Offset(_) => {
            let next = here(0)?.checked_add(items)?;
            (total.is_none_or(|total| next < total) && items > 0).then(|| next.to_string())
        }
        Strategy::Page(_, first) => {
            let next = here(first)?.checked_add(1)?;
            let size = i64::try_from(position.fullest).ok()?.max(items);
            let before = next.checked_sub(1)?.checked_sub(first)?.checked_mul(size)?;
            let seen = before.checked_add(items)?;
            total
                .is_none_or(|total| seen < total)
                .then(|| next.to_string())
        }
    }
}

fn at<'a>(beside: &'a Value, keys: &[&str]) -> Option<&'a Value> {
    keys.iter().try_fold(beside, |value, key| value.get(key))
}

/// A cursor as text; servers use numbers too, and `false` and the empty string for none.
///
/// # Errors
/// When it is something that no parameter can be.
fn cursor(beside: &Value, keys: &[&str]) -> Result<Option<String>, String> {
    let kind = match at(beside, keys) {
        None | Some(Value::Null | Value::Bool(false)) => return Ok(None),
        Some(Value::String(text)) => return Ok((!text.is_empty()).then(|| text.clone())),
        Some(Value::Number(number)) => return Ok(Some(number.to_string())),
        Some(Value::Bool(true)) => "`true`",
        Some(Value::Array(_)) => "an array",
        Some(Value::Object(_)) => "an object",
    };
    let place = keys.join(".");
    Err(format!(
        "the next page cannot be asked for: {kind} is at {place}"
    ))
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
mod tests {
    use serde_json::json;

    use super::*;

    const CURSOR: Paging = Paging::cursor("after", &["info", "end"]);

    fn next(paging: Paging, here: Option<&str>, items: usize, beside: Value) -> Option<String> {
        let position = Position {
            parameter: here.map(str::to_owned),
            ..Position::default()
        };
        next_of(&paging, &position, items, &HeaderMap::new(), &beside).unwrap()
    }

    fn no_way_on(paging: Paging, beside: Value) -> String {
        let (position, headers) = (Position::default(), HeaderMap::new());
        next_of(&paging, &position, 1, &headers, &beside).unwrap_err()
    }

    #[test]
    fn a_page_that_says_there_is_more_must_say_where() {
        for beside in [
            json!({"more": true}),
            json!({"more": true, "info": {"end": null}}),
            json!({"more": true, "info": {"end": ""}}),
        ] {
            let reason = no_way_on(CURSOR.more(&["more"]), beside);
            assert!(reason.ends_with("nothing is at info.end"), "{reason}");
        }
        let reason = no_way_on(Paging::link().more(&["more"]), json!({"more": true}));
        assert!(
            reason.ends_with("nothing is at the `Link` header"),
            "{reason}"
        );
    }

    #[test]
    fn a_cursor_that_is_no_text_cannot_be_sent() {
        for (end, kind) in [
            (json!({}), "an object"),
            (json!([1]), "an array"),
            (json!(true), "`true`"),
        ] {
            let reason = no_way_on(CURSOR, json!({"info": {"end": end}}));
            assert!(reason.contains(kind), "{reason}");
        }
    }

    #[test]
    fn a_short_last_page_ends_a_list_whose_total_is_known() {
        let paging = Paging::page("page", 1).total(&["total"]);
        let next = |page: &str, fullest, items| {
            let position = Position {
                parameter: Some(page.to_owned()),
                fullest,
                ..Position::default()
            };
            next_of(
                &paging,
                &position,
                items,
                &HeaderMap::new(),
                &json!({"total": 5}),
            )
            .unwrap()
        };
        assert_eq!(next("1", 0, 2).as_deref(), Some("2"));
        assert_eq!(next("2", 2, 2).as_deref(), Some("3"));
        assert_eq!(next("3", 2, 1), None);
    }

    #[test]
    fn a_cursor_is_opaque_text() {
        assert_eq!(
            next(CURSOR, None, 1, json!({"info": {"end": "a/b"}})).as_deref(),
            Some("a/b")
        );
        assert_eq!(
            next(CURSOR, None, 1, json!({"info": {"end": 7}})).as_deref(),
            Some("7")
        );
    }

    #[test]
    fn a_list_ends_without_a_cursor_with_an_empty_page_and_when_more_is_false() {
        for beside in [
            json!({}),
            json!({"info": null}),
            json!({"info": {"end": null}}),
            json!({"info": {"end": ""}}),
        ] {
            assert_eq!(next(CURSOR, None, 1, beside.clone()), None, "{beside}");
        }
        assert_eq!(next(CURSOR, None, 0, json!({"info": {"end": "c"}})), None);
        let paging = CURSOR.more(&["more"]);
        assert_eq!(
            next(
                paging,
                None,
                1,
                json!({"info": {"end": "c"}, "more": false})
            ),
            None
        );
    }

    #[test]
    fn an_empty_page_with_more_to_come_is_not_the_last() {
        let paging = CURSOR.more(&["more"]);
        let beside = json!({"info": {"end": "c"}, "more": true});
        assert_eq!(next(paging, None, 0, beside).as_deref(), Some("c"));
    }

    #[test]
    fn numbered_pages_count_from_where_the_caller_began() {
        let paging = Paging::page("page", 1);
        assert_eq!(next(paging, None, 10, json!({})).as_deref(), Some("2"));
        assert_eq!(next(paging, Some("4"), 10, json!({})).as_deref(), Some("5"));
        assert_eq!(next(paging, Some("4"), 0, json!({})), None);
        assert_eq!(
            next(paging.total(&["n"]), Some("2"), 10, json!({"n": 20})),
            None
        );
        assert_eq!(
            next(paging.total(&["n"]), Some("2"), 10, json!({"n": 21})).as_deref(),
            Some("3")
        );
        assert_eq!(
            next(paging, Some("9223372036854775807"), 10, json!({})),
            None
        );
    }

    #[test]
    fn offsets_skip_what_was_seen() {
        let paging = Paging::offset("skip").total(&["n"]);
        assert_eq!(
            next(paging, None, 10, json!({"n": 11})).as_deref(),
            Some("10")
        );
        assert_eq!(next(paging, Some("10"), 1, json!({"n": 11})), None);
        let more = paging.more(&["more"]);
        assert_eq!(
            next(more, Some("10"), 0, json!({"more": true})),
            None,
            "it would not move"
        );
    }

    #[test]
    fn links_are_found_by_their_relation() {
        for (header, expected) in [
            (
                r#"<https://h/?a=1,2>; rel="next""#,
                Some("https://h/?a=1,2"),
            ),
            (
                r#"<https://h/1>; rel="prev", <https://h/3>; rel="next last""#,
                Some("https://h/3"),
            ),
            ("</3>; title=x; REL=Next", Some("/3")),
            (r#"<https://h/1>; rel="prev""#, None),
            (r#"<https://h/next"#, None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(LINK, header.parse().unwrap());
            let found = next_of(
                &Paging::link(),
                &Position::default(),
                1,
                &headers,
                &json!({}),
            );
            assert_eq!(found.unwrap().as_deref(), expected, "{header}");
        }
    }
}
