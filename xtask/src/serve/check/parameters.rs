//! Path, query, header and cookie parameters.

use super::super::credentials::query_keys;
use super::super::list::Onward;
use super::super::message::{Request, decode, decode_query};
use super::super::refusal::Fault;
use super::super::route::Captures;
use super::brackets::{self, Branch};
use super::style::{self, Shape};
use super::value::{Checker, Direction};
use serde_json::Value;
use specwright::ir::{Action, Api, Parameter, Place, Schema, Style, Type};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The values of parameters, with the document's defaults.
#[derive(Debug, Default)]
pub(crate) struct Given {
    values: BTreeMap<(Place, String), Value>,
    /// Those that the request has not: their values are the document's defaults.
    defaults: BTreeSet<(Place, String)>,
}

impl Given {
    /// A query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<&Value> {
        self.get(Place::Query, name)
    }

    /// A header.
    pub(crate) fn header(&self, name: &str) -> Option<&Value> {
        let mut all = self.values.iter();
        let own =
            all.find(|((place, own), _)| *place == Place::Header && own.eq_ignore_ascii_case(name));
        own.map(|(_, value)| value)
    }

    /// The query parameters that the request itself has.
    pub(crate) fn sent_queries(&self) -> impl Iterator<Item = (&str, &Value)> {
        let all = self.values.iter();
        all.filter(|(key, _)| key.0 == Place::Query && !self.defaults.contains(*key))
            .map(|((_, name), value)| (name.as_str(), value))
    }

    /// A path parameter as text.
    pub(crate) fn path(&self, name: &str) -> Option<String> {
        self.get(Place::Path, name).map(text)
    }

    fn get(&self, place: Place, name: &str) -> Option<&Value> {
        self.values.get(&(place, name.to_owned()))
    }
}

/// A scalar as it stands in a URL.
pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads all parameters and says what is wrong with them. Unknown query parameters are wrong.
pub(crate) fn parameters(
    api: &Api,
    action: &Action,
    request: &Request,
    captures: &Captures,
) -> (Given, Vec<Fault>) {
    let mut reader = Reader {
        api,
        query: request
            .raw_query()
            .map(|(name, value)| Pair {
                name: decode_query(name),
                value,
                used: false,
            })
            .collect(),
        faults: Vec::new(),
    };
    let mut given = Given::default();
    for parameter in &action.parameters {
        let value = match parameter.place {
            Place::Path => {
                let found = captures
                    .iter()
                    .find(|(name, _)| *name == parameter.wire_name);
                found.and_then(|(_, raw)| reader.path(parameter, raw))
            }
            Place::Query => reader.query(parameter),
            Place::Header => reader.header(parameter, request),
            Place::Cookie => {
                let raw = request.cookie(&parameter.wire_name);
                raw.and_then(|raw| reader.text(parameter, raw, ","))
            }
        };
        let key = (parameter.place, parameter.wire_name.clone());
        if value.is_none() {
            given.defaults.insert(key.clone());
        }
        if let Some(value) = reader.checked(parameter, value) {
            given.values.insert(key, value);
        }
    }
    if let Some(onward) = Onward::of(api, action).filter(|it| it.is_own)
        && let Some(number) = reader.number(&onward.name)
    {
        given.values.insert((Place::Query, onward.name), number);
    }
    reader.unknown();
    (given, reader.faults)
}

struct Pair<'r> {
    name: Option<String>,
    value: &'r str,
    used: bool,
}

struct Reader<'a, 'r> {
    api: &'a Api,
    query: Vec<Pair<'r>>,
    faults: Vec<Fault>,
}

const fn word(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

/// Section 4.8.12.1: these are not parameters, whatever a document says.
fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(name))
}

impl Reader<'_, '_> {
    fn fault(&mut self, parameter: &Parameter, message: &str) {
        let path = [word(parameter.place), parameter.wire_name.as_str()];
        self.faults.push(Fault::at(&path, message));
    }

    /// The value if it is right, or the document's default.
    fn checked(&mut self, parameter: &Parameter, value: Option<Value>) -> Option<Value> {
        let Some(value) = value else {
            let is_reserved =
                parameter.place == Place::Header && is_reserved_header(&parameter.wire_name);
            if parameter.required && !is_reserved {
                self.fault(parameter, "is required");
            }
            return default(self.api, &parameter.schema).cloned();
        };
        if parameter.allow_empty && value == "" {
            return Some(value);
        }
        let path = [word(parameter.place), parameter.wire_name.as_str()];
        let checker = Checker::new(self.api, Direction::Request, &path);
        let faults = checker.faults(&parameter.schema, &value);
        let is_right = faults.is_empty();
        self.faults.extend(faults);
        is_right.then_some(value)
    }

    fn json(&mut self, parameter: &Parameter, text: &str) -> Option<Value> {
        let value = serde_json::from_str(text).ok();
        if value.is_none() {
            self.fault(parameter, "must be JSON");
        }
        value
    }

    /// A value that is one text: a header, a cookie, a query parameter that is not exploded.
    fn text(&mut self, parameter: &Parameter, raw: &str, delimiter: &str) -> Option<Value> {
        let decoder = if parameter.place == Place::Query {
            decode_query
        } else {
            decode
        };
        let decoded = |text: &str| decoder(text).unwrap_or_else(|| text.to_owned());
        if parameter.content.is_some() {
            return self.json(parameter, &decoded(raw));
        }
        let api = self.api;
        Some(match style::shape(api, &parameter.schema) {
            Shape::Scalar => style::scalar(api, &parameter.schema, &decoded(raw)),
            Shape::List(item) => {
                let texts: Vec<String> =
                    raw.split(delimiter).map(|it| decoded(it.trim())).collect();
                style::list(api, item, texts.iter().map(String::as_str))
            }
            Shape::Object(record) => {
                let pairs = pairs(raw, delimiter, parameter.explode, &decoded);
                let pairs = pairs
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()));
                style::object(api, record, pairs)
            }
        })
    }

    fn header(&mut self, parameter: &Parameter, request: &Request) -> Option<Value> {
        if is_reserved_header(&parameter.wire_name) {
            return None;
        }
        let raw = request.header(&parameter.wire_name.to_lowercase())?;
        let delimiter = match parameter.style {
            Style::SpaceDelimited => " ",
            Style::PipeDelimited => "|",
            Style::TabDelimited => "\t",
            _ => ",",
        };
        self.text(parameter, raw, delimiter)
    }

    fn path(&mut self, parameter: &Parameter, raw: &str) -> Option<Value> {
        let name = format!("{}=", parameter.wire_name);
        match parameter.style {
            Style::Label => {
                let raw = raw.strip_prefix('.').unwrap_or(raw);
                self.text(parameter, raw, if parameter.explode { "." } else { "," })
            }
            Style::Matrix => {
                let raw = raw.strip_prefix(';').unwrap_or(raw);
                let is_object =
                    matches!(style::shape(self.api, &parameter.schema), Shape::Object(_));
                if parameter.explode && !is_object {
                    let joined = raw
                        .split(';')
                        .map(|it| it.strip_prefix(&name).unwrap_or(it));
                    let joined = joined.collect::<Vec<_>>().join(",");
                    return self.text(parameter, &joined, ",");
                }
                let raw = raw.strip_prefix(&name).unwrap_or(raw);
                self.text(parameter, raw, if parameter.explode { ";" } else { "," })
            }
            style => {
                let (raw, delimiter) = delimited(style, raw);
                self.text(parameter, &raw, delimiter)
            }
        }
    }

    fn take(&mut self, is_wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        let mut taken = Vec::new();
        for pair in &mut self.query {
            if let Some(name) = pair.name.as_ref().filter(|name| is_wanted(name)) {
                pair.used = true;
                taken.push((name.clone(), pair.value.to_owned()));
            }
        }
        taken
    }

    fn query(&mut self, parameter: &Parameter) -> Option<Value> {
        let api = self.api;
        let name = parameter.wire_name.as_str();
        let decoded = |text: &str| decode_query(text).unwrap_or_else(|| text.to_owned());
        if parameter.style == Style::DeepObject && parameter.content.is_none() {
            return self.deep(parameter);
        }
        if let (Shape::Object(record), None) =
            (style::shape(api, &parameter.schema), &parameter.content)
            && parameter.explode
        {
            let known = |key: &str| {
                record.is_none_or(|it| it.fields.iter().any(|field| field.wire_name == key))
            };
            let taken = self.take(known);
            let texts: Vec<_> = taken.iter().map(|(key, raw)| (key, decoded(raw))).collect();
            let pairs = texts
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str()));
            return (!taken.is_empty()).then(|| style::object(api, record, pairs));
        }
        let taken = self.take(|key| key == name);
        let (_, first) = taken.first()?;
        if let (Shape::List(item), true, None) = (
            style::shape(api, &parameter.schema),
            parameter.explode,
            &parameter.content,
        ) {
            let texts: Vec<String> = taken.iter().map(|(_, raw)| decoded(raw)).collect();
            return Some(style::list(api, item, texts.iter().map(String::as_str)));
        }
        if taken.len() > 1 {
            self.fault(parameter, "is given more than once");
            return None;
        }
        let (raw, delimiter) = delimited(parameter.style, first);
        self.text(parameter, &raw, delimiter)
    }

    /// `name[key][key]=value`, and a value without keys.
    fn deep(&mut self, parameter: &Parameter) -> Option<Value> {
        let name = parameter.wire_name.as_str();
        let prefix = format!("{name}[");
        let is_own = |key: &str| key == name || key.starts_with(&prefix) && key.ends_with(']');
        let taken = self.take(is_own);
        let mut branch = Branch::default();
        for (key, raw) in &taken {
            let text = decode_query(raw).unwrap_or_else(|| raw.clone());
            let keys = brackets::keys(key).map(|(_, keys)| keys);
            branch.add(&keys.unwrap_or_default(), text);
        }
        (!taken.is_empty()).then(|| brackets::value(self.api, &parameter.schema, branch))
    }

    /// A whole number that no parameter of the document is: the stand-in's own, from a URL that it
    /// gave.
    fn number(&mut self, name: &str) -> Option<Value> {
        let taken = self.take(|key| key == name);
        let (_, raw) = taken.first()?;
        let number = raw.parse::<i64>().ok().filter(|it| *it > 0);
        if number.is_none() || taken.len() > 1 {
            let fault = Fault::at(&["query", name], "must be the number of a page");
            self.faults.push(fault);
        }
        number.map(Value::from)
    }

    fn unknown(&mut self) {
        let keys: Vec<&str> = query_keys(self.api).collect();
        for pair in &self.query {
            match &pair.name {
                Some(name) if pair.used || keys.contains(&name.as_str()) => {}
                Some(name) => self
                    .faults
                    .push(Fault::at(&["query", name], "is not known")),
                None => self.faults.push(Fault::at(&["query"], "is not UTF-8")),
            }
        }
    }
}

/// `R,100,G,200`, or exploded `R=100,G=200`.
fn pairs(
    raw: &str,
    delimiter: &str,
    explode: bool,
    decoded: &dyn Fn(&str) -> String,
) -> Vec<(String, String)> {
    let mut parts = raw.split(delimiter);
    let mut pairs = Vec::new();
    while let Some(part) = parts.next() {
        let (name, value) = match (explode, part.split_once('=')) {
            (true, Some(pair)) => pair,
            (true, None) => (part, ""),
            (false, _) => (part, parts.next().unwrap_or_default()),
        };
        pairs.push((decoded(name), decoded(value)));
    }
    pairs
}

/// What a schema says is taken where nothing is given.
fn default<'a>(api: &'a Api, schema: &'a Schema) -> Option<&'a Value> {
    schema.default.as_ref().or_else(|| match &schema.ty {
        Type::Named(id) => api.type_def(*id)?.default.as_ref(),
        _ => None,
    })
}

/// An escaped text with the delimiter of its style as one character, and that character.
fn delimited(style: Style, raw: &str) -> (Cow<'_, str>, &'static str) {
    match style {
        Style::SpaceDelimited => (raw.replace("%20", "+").into(), "+"),
        Style::PipeDelimited => (raw.replace("%7C", "|").replace("%7c", "|").into(), "|"),
        Style::TabDelimited => (raw.replace("%09", "\t").into(), "\t"),
        _ => (raw.into(), ","),
    }
}
