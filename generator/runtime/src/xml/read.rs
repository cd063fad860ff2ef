//! From a tree of elements to a JSON value.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use super::shape::{Element, Field, Place, Record, Shape};
use super::tree::{Found, Node};

/// Where the text of an element is that has more than text, and whose shape nobody knows.
const TEXT: &str = "#text";

pub(super) fn document(element: &Element, root: &Node) -> Value {
    value(root, element.shape)
}

fn value(node: &Node, shape: Shape) -> Value {
    if node.is_nil() {
        return Value::Null;
    }
    match shape {
        Shape::Record(record) => object(node, record),
        Shape::Map(values) => {
            let mut map = Map::new();
            for child in &node.children {
                gather(&mut map, &child.name.local, *values, value(child, *values));
            }
            Value::Object(map)
        }
        Shape::List(item) => items(node, item),
        Shape::Any => anything(node),
        scalar => text(&node.whole_text(), scalar),
    }
}

/// The items inside an element, by their name; where none has it, all there are.
fn items(node: &Node, item: &Element) -> Value {
    let named = |child: &&Node| child.name.local == item.name.local;
    let is_named = node.children.iter().any(|child| named(&child));
    let own = node
        .children
        .iter()
        .filter(|child| !is_named || named(child));
    own.map(|child| value(child, item.shape)).collect()
}

fn object(node: &Node, record: &'static Record) -> Value {
    let mut map = Map::new();
    let is_child = |place| matches!(place, Place::Element | Place::Repeated);
    let known = |child: &Node| claimed(record, &child.name, is_child);
    let counts = counts(node);
    for (name, raw) in &node.attributes {
        match claimed(record, name, |place| place == Place::Attribute) {
            Some(field) => insert(&mut map, field.key, attribute(raw, field.shape)),
            None if *name.namespace == *super::INSTANCE => {}
            None => rest(&mut map, record, name, |shape| text(raw, shape)),
        }
    }
    for child in &node.children {
        match known(child) {
            Some(field) if field.place == Place::Repeated => {
                let list = map
                    .entry(field.key)
                    .or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(list) = list {
                    let is_only = counts.get(child.name.local.as_str()) == Some(&1);
                    list.extend(repeated(child, is_only, field));
                }
            }
            Some(field) => insert(&mut map, field.key, element(child, field.shape)),
            None => rest(&mut map, record, &child.name, |shape| value(child, shape)),
        }
    }
    for field in record.fields {
        match field.place {
            Place::Content => {
                let own = node.text_but_in(|it| record.rest.is_some() || known(it).is_some());
                insert(&mut map, field.key, text(own.trim(), field.shape));
            }
            Place::Repeated if field.required => {
                insert(&mut map, field.key, Value::Array(Vec::new()));
            }
            Place::Repeated | Place::Element | Place::Attribute => {}
        }
    }
    if let Some(field) = only_text(node, record) {
        insert(&mut map, field.key, text(node.text.trim(), field.shape));
    }
    Value::Object(map)
}

/// The property that a name is of. Of several with one name, that in its namespace.
fn claimed(record: &Record, name: &Found, at: impl Fn(Place) -> bool) -> Option<&'static Field> {
    let mut named = record
        .fields
        .iter()
        .filter(|field| at(field.place) && field.name.local == name.local);
    let first = named.next()?;
    let exact = |field: &&Field| *field.name.namespace == *name.namespace;
    let found = [first].into_iter().chain(named).find(exact);
    Some(found.unwrap_or(first))
}

/// The first of several counts.
fn insert(map: &mut Map<String, Value>, key: &str, value: Value) {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), value);
    }
}

fn rest(
    map: &mut Map<String, Value>,
    record: &Record,
    name: &Found,
    value: impl FnOnce(Shape) -> Value,
) {
    let Some(shape) = record.rest else { return };
    if record.fields.iter().any(|field| field.key == name.local) {
        insert(map, &name.local, value(shape));
    } else {
        gather(map, &name.local, shape, value(shape));
    }
}

/// Adds what has no property of its own. Several with one name are a list, where anything can stand; elsewhere
/// the first counts, as it does of properties.
fn gather(map: &mut Map<String, Value>, key: &str, shape: Shape, value: Value) {
    match map.get_mut(key) {
        Some(known) if matches!(shape, Shape::Any) => match known {
            // Nothing else is a list: elements are texts, objects or nothing.
            Value::Array(several) => several.push(value),
            one => *one = Value::Array(vec![one.take(), value]),
        },
        Some(_) => {}
        None => {
            map.insert(key.to_owned(), value);
        }
    }
}

/// How many elements of each name there are.
fn counts(node: &Node) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for child in &node.children {
        *counts.entry(child.name.local.as_str()).or_default() += 1;
    }
    counts
}

/// A property in an element of its own. One that is empty stands for no record, where that cannot be empty.
fn element(child: &Node, shape: Shape) -> Value {
    match shape {
        Shape::Record(record) if child.is_empty() && needs(record) => Value::Null,
        shape => value(child, shape),
    }
}

fn needs(record: &Record) -> bool {
    record.fields.iter().any(|field| field.required)
}

/// The items that an element of a list stands for: itself; or, where the server puts the list into an
/// element all the same, those that are in it.
fn repeated(child: &Node, is_only: bool, field: &Field) -> Vec<Value> {
    if is_only && !child.is_nil() && is_wrapper(child, field.shape) {
        let inner = child.children.iter();
        return inner.map(|item| value(item, field.shape)).collect();
    }
    vec![value(child, field.shape)]
}

/// Whether an element cannot be an item of a shape, but can hold items.
fn is_wrapper(node: &Node, shape: Shape) -> bool {
    match shape {
        Shape::Record(record) if node.is_empty() => needs(record),
        Shape::Record(record) => {
            let known = |name: &Found| record.fields.iter().any(|it| it.name.local == name.local);
            let names = node.children.iter().map(|child| &child.name);
            let mut names = names.chain(node.attributes.iter().map(|(name, _)| name));
            !node.children.is_empty() && record.rest.is_none() && !names.any(known)
        }
        Shape::Integer | Shape::Number | Shape::Boolean | Shape::Token if node.is_empty() => true,
        Shape::Map(_) | Shape::List(_) | Shape::Any => false,
        _ => !node.children.is_empty() && node.text.trim().is_empty(),
    }
}

/// The one property that an element with nothing but text can mean.
fn only_text(node: &Node, record: &'static Record) -> Option<&'static Field> {
    if !node.children.is_empty() || node.text.trim().is_empty() || record.rest.is_some() {
        return None;
    }
    let mut own = record
        .fields
        .iter()
        .filter(|it| it.place != Place::Attribute);
    let is_scalar = |field: &&Field| match field.shape {
        Shape::Record(_) | Shape::Map(_) | Shape::List(_) | Shape::Any => false,
        _ => field.place == Place::Element,
    };
    match (own.next().filter(is_scalar), own.next()) {
        (only, None) => only,
        _ => None,
    }
}

/// A list in an attribute has white space between its items.
fn attribute(raw: &str, shape: Shape) -> Value {
    match shape {
        Shape::List(item) => raw
            .split_whitespace()
            .map(|word| text(word, item.shape))
            .collect(),
        shape => text(raw, shape),
    }
}

/// Text as a scalar. What does not fit stays text, so that serde says what is wrong. Where text has nothing
/// in it, only text can be meant.
fn text(raw: &str, shape: Shape) -> Value {
    let word = raw.trim();
    let integer = || {
        let signed = word.parse::<i64>().ok().map(Number::from);
        signed.or_else(|| word.parse::<u64>().ok().map(Number::from))
    };
    let fraction = || word.parse::<f64>().ok().and_then(Number::from_f64);
    let number = |found: Option<Number>| found.map(Value::Number);
    let boolean = || match word {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        _ => None,
    };
    let empty = word.is_empty().then_some(Value::Null);
    let found = match shape {
        Shape::Integer => empty.or_else(|| number(integer())),
        Shape::Number => empty.or_else(|| number(integer().or_else(fraction))),
        Shape::Boolean => empty.or_else(boolean).or(match word {
            "1" => Some(Value::Bool(true)),
            "0" => Some(Value::Bool(false)),
            _ => None,
        }),
        Shape::Token => Some(empty.unwrap_or_else(|| Value::from(word))),
        // Only what is written the same again, so that `007` stays what it is.
        Shape::Scalar => {
            let same = |number: &Number| number.to_string() == word;
            let exact = integer().filter(same).or_else(|| fraction().filter(same));
            boolean().or_else(|| number(exact))
        }
        _ => None,
    };
    found.unwrap_or_else(|| Value::from(raw))
}

/// An element whose shape nobody knows: text, or an object of its attributes and elements, with a list
/// where several have one name.
pub(super) fn anything(node: &Node) -> Value {
    if node.is_nil() {
        return Value::Null;
    }
    if node.attributes.is_empty() && node.children.is_empty() {
        return Value::from(node.text.as_str());
    }
    let mut map = Map::new();
    for (name, value) in &node.attributes {
        insert(&mut map, &name.local, Value::from(value.as_str()));
    }
    for child in &node.children {
        gather(&mut map, &child.name.local, Shape::Any, anything(child));
    }
    if !node.text.trim().is_empty() {
        insert(&mut map, TEXT, Value::from(node.text.trim()));
    }
    Value::Object(map)
}
