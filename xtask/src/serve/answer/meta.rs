//! Page information: at the places that the pagination knows, and by the names of fields.

use super::super::check::Direction;
use super::super::list::Page;
use super::super::store::plain;
use super::Sampler;
use serde_json::{Map, Value};
use specwright::config::Unset;
use specwright::ir::{Api, Field, Pagination, Primitive, Strategy, Type};

/// The value of a field that stands beside the items of a page; `None`: its name says nothing.
pub(super) fn field(
    api: &Api,
    unset: Unset,
    field: &Field,
    page: &Page,
    level: usize,
) -> Option<Value> {
    if let Some((_, record)) = api.record(&field.schema.ty).filter(|_| level < 3) {
        return inner(api, unset, &record.fields, page, level);
    }
    let kind = api.resolved(&field.schema.ty);
    match kind {
        Type::Primitive(Primitive::Integer { .. } | Primitive::Number) => {
            number(&field.wire_name, page)
        }
        Type::Primitive(Primitive::Boolean) => flag(&field.wire_name, page),
        Type::Primitive(_) => cursor(&field.wire_name, page)
            .map(Value::from)
            .or_else(|| (field.required && field.schema.nullable).then_some(Value::Null)),
        _ => None,
    }
}

/// What is known of an object's fields; with nothing known there is no object.
fn inner(api: &Api, unset: Unset, fields: &[Field], page: &Page, level: usize) -> Option<Value> {
    let mut object = Map::new();
    let mut is_known = false;
    for inner in fields {
        let known = field(api, unset, inner, page, level + 1);
        is_known |= known.is_some();
        let value = known.or_else(|| {
            let sampled = || {
                Sampler::new(api, Direction::Response, 0)
                    .bare()
                    .field(inner)
            };
            let value = || {
                if inner.schema.nullable {
                    Value::Null
                } else {
                    sampled()
                }
            };
            let null = || (unset == Unset::Null).then_some(Value::Null);
            inner.required.then(value).or_else(null)
        });
        object.extend(value.map(|value| (inner.wire_name.clone(), value)));
    }
    is_known.then_some(Value::Object(object))
}

fn number(name: &str, page: &Page) -> Option<Value> {
    let pages = page.total.div_ceil(page.size.max(1));
    let number = match plain(name).as_str() {
        "total" | "totalcount" | "totalitems" | "totalrecords" | "totalelements"
        | "totalresults" => page.total,
        "totalpages" | "pagecount" | "pages" | "lastpage" => pages,
        "page" | "currentpage" | "pagenumber" => page.before / page.size.max(1) + 1,
        "pagesize" | "perpage" | "limit" => page.size,
        "count" | "size" | "itemcount" => page.count,
        "offset" | "skip" => page.before,
        "nextpage" if page.has_next => page.before / page.size.max(1) + 2,
        "previouspage" | "prevpage" if page.has_previous => page.before / page.size.max(1),
        _ => return None,
    };
    Some(Value::from(number))
}

fn flag(name: &str, page: &Page) -> Option<Value> {
    match plain(name).as_str() {
        "hasnextpage" | "hasnext" | "hasmore" | "more" | "hasmorepages" => {
            Some(page.has_next.into())
        }
        "haspreviouspage" | "hasprevious" | "hasprev" => Some(page.has_previous.into()),
        _ => None,
    }
}

fn cursor(name: &str, page: &Page) -> Option<String> {
    match plain(name).as_str() {
        "startcursor" | "firstcursor" | "previouscursor" | "prevcursor" => page.start.clone(),
        "endcursor" | "lastcursor" => page.end.clone(),
        _ => None,
    }
}

/// Writes what the pagination says where into a body whose items are there already.
pub(super) fn place(body: &mut Map<String, Value>, pagination: &Pagination, page: &Page) {
    if let Some(path) = &pagination.more {
        put(body, path, page.has_next.into());
    }
    if let Some(path) = &pagination.total {
        put(body, path, page.total.into());
    }
    match &pagination.strategy {
        Strategy::Cursor { next, previous, .. } => {
            // Without a flag the end of the list is told by the cursor's absence.
            let ends = pagination.more.is_none() && !page.has_next;
            let end = page.end.clone().filter(|_| !ends);
            put(body, next, end.map_or(Value::Null, Value::from));
            if let Some((_, path)) = previous {
                put(
                    body,
                    path,
                    page.start.clone().map_or(Value::Null, Value::from),
                );
            }
        }
        Strategy::NextUrl { next } => {
            put(
                body,
                next,
                page.next_url.clone().map_or(Value::Null, Value::from),
            );
        }
        Strategy::Page { .. } | Strategy::Offset { .. } | Strategy::LinkHeader => {}
    }
}

/// Sets the value at the end of keys. What is no object on the way stays as it is.
fn put(body: &mut Map<String, Value>, path: &[String], value: Value) {
    match path {
        [] => {}
        [last] => {
            body.insert(last.clone(), value);
        }
        [first, rest @ ..] => {
            let inner = body
                .entry(first)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}
