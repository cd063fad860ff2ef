//! One page of a list.

use super::super::act::Call;
use super::super::refusal::{Fault, Refusal};
use super::super::store::{Row, plain};
use super::cursor;
use super::onward::{Onward, Way};
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
    /// The number of the first page, and of the first record.
    pub(crate) first: Firsts,
    /// The query parameter that takes the size, without separators.
    pub(crate) size_name: Option<String>,
}

/// What a list begins to count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Firsts {
    pub(crate) page: i64,
    pub(crate) item: i64,
}

impl Default for Firsts {
    fn default() -> Self {
        Self { page: 1, item: 0 }
    }
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
        next_url: Onward::of(call.api, call.action)
            .filter(|_| to < total && to > from)
            .map(|onward| onward.url(call, to, size, rows.last().map(write))),
        first: firsts(call, pagination),
        size_name: size_slot(call).and_then(|slot| Some(plain(slot.query()?))),
    };
    Ok((rows, page))
}

fn firsts(call: &Call<'_>, pagination: &Pagination) -> Firsts {
    let mut firsts = Firsts::default();
    match &pagination.strategy {
        Strategy::Page { first, .. } => firsts.page = first.unwrap_or(1),
        Strategy::Offset { first, .. } => firsts.item = *first,
        Strategy::Cursor { .. } => {}
        Strategy::LinkHeader | Strategy::NextUrl { .. } => {
            match Onward::of(call.api, call.action).map(|it| it.way) {
                Some(Way::Pages(first)) => firsts.page = first,
                Some(Way::Items(first)) => firsts.item = first,
                Some(Way::Cursor) | None => {}
            }
        }
    }
    firsts
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
            let onward = Onward::of(call.api, call.action);
            let given = onward.as_ref().and_then(|it| Some((it, it.given(call)?)));
            if let Some((onward, value)) = given {
                from = match onward.way {
                    Way::Cursor => {
                        let slot = Slot::Query(onward.name.clone());
                        place_of(call, &slot, value, order, list, rows, Ordering::Greater)?
                    }
                    Way::Pages(_) | Way::Items(_) => onward.from(value, size),
                };
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
    let value = given(call, slot).unwrap_or_else(|| Value::from(""));
    place_of(call, slot, &value, order, list, rows, end)
}

/// The same for what was given in a slot.
fn place_of(
    call: &Call<'_>,
    slot: &Slot,
    value: &Value,
    order: &Order,
    list: &str,
    rows: &[&Row],
    end: Ordering,
) -> Result<usize, Refusal> {
    let text = super::super::check::text(value);
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
