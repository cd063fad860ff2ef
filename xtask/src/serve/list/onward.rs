//! How a list goes on whose responses have the URL of the next page.
//!
//! The URL is for clients to follow, and what moves on in it is the server's own business: one of the
//! parameters that the document declares, else one that only these URLs have.

use super::super::act::Call;
use super::super::message::decode_query;
use super::super::store::plain;
use super::slots::whole;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use specwright::ir::{
    Action, Api, Parameter, Place, Primitive, Schema, Strategy, Style, Type, TypeBody,
};
use specwright::vocabulary;

/// What stands in a URL as it is (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Names for a parameter that the document does not declare.
const OWN: [&str; 3] = ["page", "page_number", "next_page_number"];

/// What moves a list on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Onward {
    /// Its name on the wire: `pageNo`, `page[number]`.
    pub(crate) name: String,
    /// What it takes.
    pub(crate) way: Way,
    /// Whether no part of the document declares it.
    pub(crate) is_own: bool,
    /// The parameter that it is, or is a property of.
    parameter: String,
    property: Option<String>,
}

/// What moves a list on takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The number of a page; the first has this one.
    Pages(i64),
    /// The number of an item; the first has this one.
    Items(i64),
    /// A cursor.
    Cursor,
}

impl Onward {
    /// What moves the list of an action on; `None`: its responses have no URLs.
    pub(crate) fn of(api: &Api, action: &Action) -> Option<Self> {
        let strategy = &action.pagination.as_ref()?.strategy;
        if !matches!(strategy, Strategy::LinkHeader | Strategy::NextUrl { .. }) {
            return None;
        }
        let queries = || {
            let all = action.parameters.iter();
            all.filter(|it| it.place == Place::Query)
        };
        let declared: Vec<Self> = queries().flat_map(|it| candidates(api, it)).collect();
        let rank = |it: &Self| match it.way {
            Way::Pages(_) => 0,
            Way::Items(_) => 1,
            Way::Cursor => 2,
        };
        let best = declared.into_iter().min_by_key(rank);
        best.or_else(|| {
            let is_free = |name: &&str| queries().all(|it| it.wire_name != *name);
            let name = OWN.into_iter().find(is_free)?.to_owned();
            Some(Self {
                parameter: name.clone(),
                name,
                way: Way::Pages(1),
                is_own: true,
                property: None,
            })
        })
    }

    /// Whether it is this parameter, or a property of it.
    pub(super) fn is_in(&self, parameter: &str) -> bool {
        self.parameter == parameter
    }

    /// What a request says.
    pub(super) fn given<'c>(&self, call: &'c Call<'_>) -> Option<&'c Value> {
        let value = call.given.query(&self.parameter)?;
        match &self.property {
            Some(property) => value.get(property),
            None => Some(value),
        }
    }

    /// The first record of the page that a number leads to.
    pub(super) fn from(&self, value: &Value, size: usize) -> usize {
        let number = whole(value);
        let after = |first: i64| {
            let number = number.unwrap_or(first).saturating_sub(first);
            usize::try_from(number).unwrap_or(0)
        };
        match self.way {
            Way::Pages(first) => after(first).saturating_mul(size),
            Way::Items(first) => after(first),
            Way::Cursor => 0,
        }
    }

    /// The request's own URL, leading to what comes after so many records.
    pub(super) fn url(
        &self,
        call: &Call<'_>,
        to: usize,
        size: usize,
        cursor: Option<String>,
    ) -> String {
        let number = |first: i64, to: usize| {
            let to = i64::try_from(to).unwrap_or(i64::MAX);
            first.saturating_add(to).to_string()
        };
        let value = match self.way {
            Way::Pages(first) => number(first, to.div_ceil(size.max(1))),
            Way::Items(first) => number(first, to),
            Way::Cursor => cursor.unwrap_or_default(),
        };
        let is_other = |key: &str| decode_query(key).as_deref() != Some(self.name.as_str());
        let kept = call.request.raw_query().filter(|(key, _)| is_other(key));
        let mut query: Vec<String> = kept.map(|(key, value)| format!("{key}={value}")).collect();
        let encoded = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        query.push(format!("{}={}", encoded(&self.name), encoded(&value)));
        let host = call.request.header("host").unwrap_or("127.0.0.1");
        format!("http://{host}{}?{}", call.request.path, query.join("&"))
    }
}

/// What a parameter, or one of its properties, can move on.
fn candidates(api: &Api, parameter: &Parameter) -> Vec<Onward> {
    let name = &parameter.wire_name;
    let whole = way(api, &plain(name), &parameter.schema).map(|way| Onward {
        name: name.clone(),
        way,
        is_own: false,
        parameter: name.clone(),
        property: None,
    });
    let properties = match api.record(&parameter.schema.ty) {
        Some((_, record)) if parameter.style == Style::DeepObject => record.fields.as_slice(),
        _ => &[],
    };
    let inner = properties.iter().filter_map(|field| {
        let wire = format!("{name}[{}]", field.wire_name);
        Some(Onward {
            way: way(api, &plain(&wire), &field.schema)?,
            name: wire,
            is_own: false,
            parameter: name.clone(),
            property: Some(field.wire_name.clone()),
        })
    });
    whole.into_iter().chain(inner).collect()
}

fn way(api: &Api, name: &str, schema: &Schema) -> Option<Way> {
    let is = |group: &[&str]| vocabulary::is_one_of(name, group);
    let (is_number, is_text) = match api.resolved(&schema.ty) {
        Type::Primitive(Primitive::Integer { .. } | Primitive::Number) => (true, false),
        Type::Primitive(Primitive::String { .. }) => (false, true),
        _ => (false, false),
    };
    if is(vocabulary::PAGE) && (is_number || is_text) {
        return Some(Way::Pages(first(api, schema).unwrap_or(1)));
    }
    if is(vocabulary::OFFSET) && is_number {
        return Some(Way::Items(first(api, schema).unwrap_or(0)));
    }
    (is(vocabulary::CURSOR) && is_text).then_some(Way::Cursor)
}

/// What a parameter begins to count from: its default, else its least number, where they are 0 or 1.
fn first(api: &Api, schema: &Schema) -> Option<i64> {
    let of_type = match &schema.ty {
        Type::Named(id) => api.type_def(*id).and_then(|def| match &def.body {
            TypeBody::Alias(schema) => Some(schema),
            _ => None,
        }),
        _ => None,
    };
    let schemas = || [Some(schema), of_type].into_iter().flatten();
    let default = schemas().find_map(|it| whole(it.default.as_ref()?));
    let least = || {
        schemas().find_map(|it| {
            let bound = it.constraints.minimum.as_ref()?;
            Some(
                bound
                    .value
                    .as_i64()?
                    .saturating_add(i64::from(bound.exclusive)),
            )
        })
    };
    default.or_else(least).filter(|it| matches!(it, 0 | 1))
}
