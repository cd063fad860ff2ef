//! Page information: at the places that the pagination knows, and by the names of fields.

use super::super::check::Direction;
use super::super::list::Page;
use super::super::store::plain;
use super::Sampler;
use serde_json::{Map, Value};
use specwright::config::Unset;
use specwright::ir::{Api, Field, Pagination, Primitive, Schema, Source, Strategy, Type};
use specwright::vocabulary::{self, is_one_of};

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
    let name = plain(name);
    let is = |group: &[&str]| is_one_of(&name, group);
    let size = page.size.max(1);
    let shifted = |first: i64, count: usize| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Some(Value::from(first.saturating_add(count)))
    };
    let paged = |pages: usize| shifted(page.first.page, pages);
    let current = page.before / size;
    let number = match name.as_str() {
        // What requests call so is what was asked for.
        name if page.size_name.as_deref() == Some(name) => page.size,
        "count" | "size" | "itemcount" | "numberofelements" => page.count,
        "nextpage" if page.has_next => return paged(current + 1),
        "previouspage" | "prevpage" if page.has_previous => {
            return paged(current.saturating_sub(1));
        }
        "nextpage" | "previouspage" | "prevpage" => return None,
        _ if is(vocabulary::TOTAL) => page.total,
        _ if is(vocabulary::PAGES) => page.pages(),
        _ if is(vocabulary::CURRENT) => return paged(current),
        _ if is(vocabulary::SIZE) => page.size,
        _ if is(vocabulary::OFFSET) => return shifted(page.first.item, page.before),
        _ => return None,
    };
    Some(Value::from(number))
}

fn flag(name: &str, page: &Page) -> Option<Value> {
    let name = plain(name);
    let value = match name.as_str() {
        "haspreviouspage" | "hasprevious" | "hasprev" => page.has_previous,
        "first" | "isfirst" | "isfirstpage" => !page.has_previous,
        _ if is_one_of(&name, vocabulary::MORE) => page.has_next,
        _ if is_one_of(&name, vocabulary::LAST) => !page.has_next,
        _ => return None,
    };
    Some(value.into())
}

fn cursor(name: &str, page: &Page) -> Option<String> {
    match plain(name).as_str() {
        "startcursor" | "firstcursor" | "previouscursor" | "prevcursor" => page.start.clone(),
        "endcursor" | "lastcursor" => page.end.clone(),
        _ => None,
    }
}

/// Writes what the pagination says where into a body whose items are there already.
pub(super) fn place(
    api: &Api,
    unset: Unset,
    schema: &Schema,
    body: &mut Map<String, Value>,
    pagination: &Pagination,
    page: &Page,
) {
    let lead = |body: &mut Map<String, Value>, path: &[String], value: Option<Value>| {
        let value = value.or_else(|| nothing(api, unset, schema, path));
        if let Some(value) = value {
            put(body, path, value);
        }
    };
    if let Some(path) = &pagination.more {
        put(body, path, page.has_next.into());
    }
    if let Some(Source::Body(path)) = &pagination.total {
        put(body, path, page.total.into());
    }
    if let Some(Source::Body(path)) = &pagination.pages {
        put(body, path, page.pages().into());
    }
    match &pagination.strategy {
        Strategy::Cursor { next, previous, .. } => {
            if let Source::Body(next) = next {
                lead(body, next, end(pagination, page));
            }
            if let Some((_, Source::Body(path))) = previous {
                lead(body, path, page.start.clone().map(Value::from));
            }
        }
        Strategy::NextUrl { next } => {
            lead(body, next, page.next_url.clone().map(Value::from));
        }
        Strategy::Page {
            first,
            current: Some(path),
            ..
        } => {
            let before = page.before / page.size.max(1);
            let before = i64::try_from(before).unwrap_or(i64::MAX);
            put(body, path, before.saturating_add(first.unwrap_or(1)).into());
        }
        Strategy::Page { .. } | Strategy::Offset { .. } | Strategy::LinkHeader => {}
    }
}

/// What stands where a list does not go on: null where the document lets it, nothing where the field
/// may be absent. A field that must be there and be a text is empty.
fn nothing(api: &Api, unset: Unset, schema: &Schema, path: &[String]) -> Option<Value> {
    let mut schema = schema;
    let mut required = true;
    for key in path {
        let Some((_, record)) = api.record(&schema.ty) else {
            return Some(Value::Null);
        };
        let Some(field) = record.fields.iter().find(|it| it.wire_name == *key) else {
            return Some(Value::Null);
        };
        required = field.required;
        schema = &field.schema;
    }
    let is_text = || {
        matches!(
            api.resolved(&schema.ty),
            Type::Primitive(Primitive::String { .. } | Primitive::Uri)
        )
    };
    if schema.nullable || unset == Unset::Null {
        return Some(Value::Null);
    }
    required.then(|| {
        if is_text() {
            Value::from("")
        } else {
            Value::Null
        }
    })
}

/// The cursor of the next page. Without a flag the end of the list is told by its absence.
fn end(pagination: &Pagination, page: &Page) -> Option<Value> {
    let ends = pagination.more.is_none() && !page.has_next;
    let cursor = match page.next_number {
        Some(number) => Some(number.into()),
        None => page.end.clone().map(Value::from),
    };
    cursor.filter(|_| !ends && (page.has_next || page.next_number.is_none()))
}

/// What the pagination says in headers.
pub(super) fn headers(pagination: &Pagination, page: &Page) -> Vec<(String, String)> {
    let text = |value: Value| super::super::check::text(&value);
    let mut headers = Vec::new();
    let mut add = |source: Option<&Source>, value: Option<Value>| {
        if let (Some(Source::Header(name)), Some(value)) = (source, value) {
            headers.push((name.to_ascii_lowercase(), text(value)));
        }
    };
    add(pagination.total.as_ref(), Some(page.total.into()));
    add(pagination.pages.as_ref(), Some(page.pages().into()));
    match &pagination.strategy {
        Strategy::Cursor { next, .. } => add(Some(next), end(pagination, page)),
        Strategy::LinkHeader => {
            if let Some(url) = &page.next_url {
                headers.push(("link".to_owned(), format!("<{url}>; rel=\"next\"")));
            }
        }
        Strategy::Page { .. } | Strategy::Offset { .. } | Strategy::NextUrl { .. } => {}
    }
    headers
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
