//! One page of a list.

use super::super::act::Call;
use super::super::refusal::{Fault, Refusal};
use super::super::store::{Row, plain};
use super::cursor;
use super::order::Order;
use super::select::{Which, selected};
use super::slots::{counted, given, whole};
use serde_json::Value;
use specwright::ir::{
    Pagination, Parameter, Place, Primitive, ResourceId, Slot, Source, Strategy, Type,
};
use specwright::vocabulary;
use std::cmp::Ordering;

/// Where a page is in its list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Page {
    /// Records on all pages.
    pub(crate) total: usize,
    /// Records before this page.
    pub(crate) before: usize,
    /// Records that a page can have.
    pub(crate) size: usize,
    /// Records on this page.
    pub(crate) count: usize,
    /// Whether there is a page after it.
    pub(crate) has_next: bool,
    /// Whether there is a page before it.
    pub(crate) has_previous: bool,
    /// The cursor of its first record.
    pub(crate) start: Option<String>,
    /// The cursor of its last record.
    pub(crate) end: Option<String>,
    /// The number of the next page, or of its first record, where the list goes on with that.
    pub(crate) next_number: Option<i64>,
    /// Where the next page is.
    pub(crate) next_url: Option<String>,
}

impl Page {
    /// How many pages there are.
    pub(crate) fn pages(&self) -> usize {
        self.total.div_ceil(self.size.max(1))
    }

    /// The only page of a list.
    pub(crate) fn whole(rows: &[Row]) -> Self {
        Self {
            total: rows.len(),
            size: rows.len(),
            count: rows.len(),
            ..Self::default()
        }
    }
}

/// The page that a request asks for.
pub(crate) fn page(call: &Call<'_>, resource: ResourceId) -> Result<(Vec<Row>, Page), Refusal> {
    let order = order(call, resource)?;
    let mut rows = selected(call, resource, Which::Present)?;
    rows.sort_by_cached_key(|&row| Sorted {
        order: &order,
        keys: order.keys(row),
        number: row.number,
    });
    let Some(pagination) = &call.action.pagination else {
        // Without a way to go on a list is cut only where the request says so.
        let most = size_slot(call).and_then(|slot| given(call, &slot));
        let most = most.as_ref().and_then(Value::as_u64).unwrap_or(u64::MAX);
        rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let rows: Vec<Row> = rows.into_iter().cloned().collect();
        let page = Page::whole(&rows);
        return Ok((rows, page));
    };
    let size = size(call);
    let list = call.list_name(resource);
    let (from, to) = bounds(call, pagination, &order, &list, &rows, size)?;
    let total = rows.len();
    let rows: Vec<Row> = rows.drain(from..to).cloned().collect();
    let write = |row: &Row| cursor::write(&list, &order, row);
    // A page that can have nothing leads nowhere.
    let has_next = to < total && size > 0;
    let page = Page {
        total,
        before: from,
        size,
        count: rows.len(),
        has_next,
        has_previous: from > 0,
        start: rows.first().map(write),
        end: rows.last().map(write),
        next_number: match &pagination.strategy {
            Strategy::Cursor { next, .. } => {
                counted(call, next).map(|counts| counts.after(to, size))
            }
            _ => None,
        },
        next_url: (to < total && to > from)
            .then(|| next_url(call, pagination, to, rows.last().map(write))),
    };
    Ok((rows, page))
}

/// A record in an order, for sorting.
struct Sorted<'o> {
    order: &'o Order,
    keys: Vec<Value>,
    number: u64,
}

impl Ord for Sorted<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order
            .compare((&self.keys, self.number), (&other.keys, other.number))
    }
}

impl PartialOrd for Sorted<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Sorted<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Sorted<'_> {}

fn order(call: &Call<'_>, resource: ResourceId) -> Result<Order, Refusal> {
    let name = call.profile.order_by.as_ref();
    let Some((name, text)) = name.and_then(|name| Some((name, call.given.query(name)?.as_str()?)))
    else {
        return Ok(Order::default());
    };
    let Some(record) = call.record(resource) else {
        return Ok(Order::default());
    };
    Order::parse(call.api, record, text).map_err(|message| {
        Refusal::invalid(vec![Fault::whole(format!(
            "'{name}' invalid for '{text}': {message}"
        ))])
    })
}

/// What says how many records are wanted: the pagination's slot, else an integer of a usual name.
pub(super) fn size_slot(call: &Call<'_>) -> Option<Slot> {
    if let Some(pagination) = &call.action.pagination {
        return pagination.size.clone();
    }
    let is_size = |it: &&Parameter| {
        let ty = call.api.resolved(&it.schema.ty);
        it.place == Place::Query
            && matches!(
                ty,
                Type::Primitive(Primitive::Integer { .. } | Primitive::Number)
            )
            && vocabulary::is_one_of(&plain(&it.wire_name), vocabulary::SIZE)
    };
    let found = call.action.parameters.iter().find(is_size);
    found.map(|it| Slot::Query(it.wire_name.clone()))
}

fn size(call: &Call<'_>) -> usize {
    let given = size_slot(call).and_then(|slot| given(call, &slot));
    let size = given
        .as_ref()
        .and_then(Value::as_u64)
        .and_then(|size| usize::try_from(size).ok());
    size.unwrap_or_else(|| usize::try_from(call.profile.page_size).unwrap_or(usize::MAX))
}

/// The first record of the page and the one after its last.
fn bounds(
    call: &Call<'_>,
    pagination: &Pagination,
    order: &Order,
    list: &str,
    rows: &[&Row],
    size: usize,
) -> Result<(usize, usize), Refusal> {
    let number = |slot: &Slot| given(call, slot).as_ref().and_then(whole);
    let place = |slot: &Slot, end: Ordering| place(call, slot, order, list, rows, end);
    let mut from = 0;
    match &pagination.strategy {
        Strategy::Cursor {
            parameter,
            next,
            previous,
        } => {
            let backwards = previous.as_ref().map(|(parameter, _)| parameter);
            if let Some(back) = backwards.filter(|slot| given(call, slot).is_some()) {
                if given(call, parameter).is_some() {
                    let message = format!("'{parameter}' and '{back}' cannot both be given");
                    return Err(Refusal::invalid(vec![Fault::whole(message)]));
                }
                let to = place(back, Ordering::Equal)?;
                return Ok((to.saturating_sub(size), to));
            }
            if let Some(value) = given(call, parameter) {
                from = match counted(call, next) {
                    // The numbers that such a list gives are those of pages, or of items.
                    Some(counts) => counts.from(whole(&value).unwrap_or(0), size),
                    None => place(parameter, Ordering::Greater)?,
                };
            }
        }
        Strategy::Page {
            parameter, first, ..
        } => {
            let first = first.unwrap_or(1);
            let page = number(parameter).unwrap_or(first).saturating_sub(first);
            let page = usize::try_from(page).unwrap_or(0);
            from = page.saturating_mul(size);
        }
        Strategy::Offset { parameter, first } => {
            let item = number(parameter).unwrap_or(*first).saturating_sub(*first);
            from = usize::try_from(item).unwrap_or(0);
        }
        Strategy::LinkHeader | Strategy::NextUrl { .. } => {
            for name in ["page", "offset", "cursor", "after"] {
                let slot = Slot::Query(name.to_owned());
                from = match (name, number(&slot)) {
                    ("page", Some(page)) => usize::try_from(page.saturating_sub(1))
                        .unwrap_or(0)
                        .saturating_mul(size),
                    ("offset", Some(skipped)) => usize::try_from(skipped).unwrap_or(0),
                    _ if call.given.query(name).is_some() && !matches!(name, "page" | "offset") => {
                        place(&slot, Ordering::Greater)?
                    }
                    _ => continue,
                };
                break;
            }
        }
    }
    let from = from.min(rows.len());
    Ok((from, from.saturating_add(size).min(rows.len())))
}

/// How many records come before a cursor: with [`Ordering::Greater`] its own record counts as well.
fn place(
    call: &Call<'_>,
    slot: &Slot,
    order: &Order,
    list: &str,
    rows: &[&Row],
    end: Ordering,
) -> Result<usize, Refusal> {
    let value = given(call, slot);
    let text = value
        .as_ref()
        .map(super::super::check::text)
        .unwrap_or_default();
    let by_item = matches!(
        call.action.pagination.as_ref().map(|it| &it.strategy),
        Some(Strategy::Cursor {
            next: Source::LastItem(_),
            ..
        })
    );
    if by_item {
        return place_of_id(&text, rows, end);
    }
    let Some(cursor) = cursor::read(list, order, &text) else {
        let message = format!("Invalid cursor: '{slot}' is no cursor of this list and order");
        return Err(Refusal::new(400, Fault::whole(message)));
    };
    Ok(rows.partition_point(|row| {
        let keys = order.keys(row);
        let place = order.compare((&keys, row.number), (&cursor.keys, cursor.number));
        place == Ordering::Less || end == Ordering::Greater && place == Ordering::Equal
    }))
}

/// How many records come before the one with an id: with [`Ordering::Greater`] it counts as well.
fn place_of_id(id: &str, rows: &[&Row], end: Ordering) -> Result<usize, Refusal> {
    let is_own = |row: &&Row| {
        let own = row.value.get("id").map(super::super::check::text);
        own.as_deref() == Some(id)
    };
    let found = rows.iter().position(is_own).ok_or_else(|| {
        let message = format!("Invalid cursor: no record of this list has the id '{id}'");
        Refusal::new(400, Fault::whole(message))
    })?;
    Ok(found + usize::from(end == Ordering::Greater))
}

/// The request's own URL with the parameter that moves on.
fn next_url(call: &Call<'_>, pagination: &Pagination, to: usize, cursor: Option<String>) -> String {
    let takes = |name: &&str| {
        call.action
            .parameters
            .iter()
            .any(|it| it.wire_name == **name)
    };
    let own = pagination.strategy.parameter().and_then(Slot::query);
    let usual = || {
        let mut names = ["page", "offset", "cursor", "after"].into_iter();
        names.find(takes).unwrap_or("page")
    };
    let name = own.unwrap_or_else(usual);
    let size = size(call).max(1);
    let value = match name {
        "page" => (to.div_ceil(size) + 1).to_string(),
        "cursor" | "after" => cursor.unwrap_or_default(),
        _ => to.to_string(),
    };
    let value = percent_encoding::utf8_percent_encode(&value, percent_encoding::NON_ALPHANUMERIC);
    let kept = call.request.raw_query().filter(|(key, _)| *key != name);
    let mut query: Vec<String> = kept.map(|(key, value)| format!("{key}={value}")).collect();
    query.push(format!("{name}={value}"));
    let host = call.request.header("host").unwrap_or("127.0.0.1");
    format!("http://{host}{}?{}", call.request.path, query.join("&"))
}
