//! How the configuration says that a list continues.

use super::raw::RawPagination;
use crate::ir::{Pagination, Slot, Source, Strategy};

/// The way of paging that is said, none where it is switched off. `reason` becomes its evidence.
///
/// # Errors
///
/// What is missing or unknown, in words.
pub(super) fn read(raw: RawPagination, reason: &str) -> Result<Option<Pagination>, String> {
    let table = match raw {
        RawPagination::Switch(false) => return Ok(None),
        RawPagination::Switch(true) => {
            return Err("`pagination` is false or a table that says how".to_owned());
        }
        RawPagination::Table(table) => table,
    };
    let slots = [
        table.parameter.map(Slot::Query),
        table.header.map(Slot::Header),
        table.body.map(Slot::Body),
    ];
    let parameter = slots.into_iter().flatten().next().ok_or_else(|| {
        let strategy = &table.strategy;
        format!("pagination by {strategy} needs a `parameter`, a `header` or the keys of a `body`")
    });
    let url = table
        .next
        .clone()
        .ok_or_else(|| format!("pagination by {} needs the keys to `next`", table.strategy));
    let sources = [
        table.next.map(Source::Body),
        table.next_header.map(Source::Header),
        table.next_item.map(Source::LastItem),
    ];
    let next = sources.into_iter().flatten().next().ok_or_else(|| {
        let strategy = &table.strategy;
        format!(
            "pagination by {strategy} needs the keys to `next`, a `next_header` or a `next_item`"
        )
    });
    let strategy = match table.strategy.as_str() {
        "cursor" => Strategy::Cursor {
            parameter: parameter?,
            next: next?,
            previous: None,
        },
        "page" => Strategy::Page {
            parameter: parameter?,
            first: table.first.or(Some(1)),
            current: None,
        },
        "offset" => Strategy::Offset {
            parameter: parameter?,
            first: table.first.unwrap_or(0),
        },
        "link_header" => Strategy::LinkHeader,
        "next_url" => Strategy::NextUrl { next: url? },
        other => {
            return Err(format!(
                "`{other}` is not a strategy: there are cursor, page, offset, link_header, next_url"
            ));
        }
    };
    Ok(Some(Pagination {
        strategy,
        items: table.items,
        size: table.size.map(Slot::Query),
        more: table.more,
        total: table.total.map(Source::Body),
        pages: table.pages.map(Source::Body),
        by_get: false,
        evidence: reason.to_owned(),
    }))
}
