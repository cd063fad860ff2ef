//! From a JSON value to XML.

use quick_xml::escape::{escape, partial_escape};
use serde_json::{Map, Value};

use super::names::{forbidden, is_name, refusal};
use super::shape::{Element, Field, Name, Place, Record, Shape};
use super::{DEEPEST, INSTANCE};
use crate::request::json;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// What everybody calls [`INSTANCE`].
const XSI: &str = "xsi";

pub(super) fn document(element: &Element, value: &Value) -> Result<String, String> {
    let mut writer = Writer::default();
    writer.element(element.name, element.shape, value)?;
    // Prefixes are declared at the root, where they are known when all is written.
    let Writer {
        out,
        root,
        root_end,
        ..
    } = writer;
    let (start, rest) = out.split_at_checked(root_end).unwrap_or((&out, ""));
    let mut text = format!("{DECLARATION}{start}");
    for (prefix, namespace) in &root {
        text.push_str(&declaration(prefix, namespace));
    }
    text.push_str(rest);
    Ok(text)
}

#[derive(Default)]
struct Writer {
    out: String,
    /// What the root declares: prefixes and their namespaces.
    root: Vec<(String, String)>,
    /// Where the root's name ends.
    root_end: usize,
    /// What elements that are open declare beside it; the prefix is empty for a default namespace.
    inner: Vec<(String, String)>,
    depth: usize,
}

impl Writer {
    fn element(&mut self, name: Name<'_>, shape: Shape, value: &Value) -> Result<(), String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("it is nested more than {DEEPEST} levels deep"));
        }
        let before = self.inner.len();
        let (tag, declares) = self.tag(name)?;
        self.out.push('<');
        self.out.push_str(&tag);
        if self.depth == 1 {
            self.root_end = self.out.len();
        }
        self.out.push_str(&declares);
        if value.is_null() {
            let prefix = self.instance();
            self.out.push_str(&format!(" {prefix}:nil=\"true\""));
        }
        if let (Shape::Record(record), Value::Object(map)) = (shape, value) {
            self.attributes(record, map)?;
        }
        self.out.push('>');
        let content = self.out.len();
        self.content(shape, value)?;
        if self.out.len() == content {
            self.out.pop();
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(&tag);
            self.out.push('>');
        }
        self.inner.truncate(before);
        self.depth -= 1;
        Ok(())
    }

    /// A name with its prefix, and what it must declare itself.
    fn tag(&mut self, name: Name<'_>) -> Result<(String, String), String> {
        let local = name.local;
        let parts = [Some(local), Some(name.prefix).filter(|it| !it.is_empty())];
        if let Some(part) = parts.into_iter().flatten().find(|part| !is_name(part)) {
            let part = part.escape_debug();
            return Err(format!("`{part}` cannot be a name in XML"));
        }
        match (name.prefix, name.namespace) {
            ("", "") => Ok((local.to_owned(), String::new())),
            // It is declared in every document (Namespaces in XML, section 3).
            ("xml", _) => Ok((format!("xml:{local}"), String::new())),
            ("", namespace) => {
                let current = self
                    .inner
                    .iter()
                    .rev()
                    .find(|(prefix, _)| prefix.is_empty());
                if current.is_some_and(|(_, known)| known == namespace) {
                    return Ok((local.to_owned(), String::new()));
                }
                self.inner.push((String::new(), namespace.to_owned()));
                let declares = format!(" xmlns=\"{}\"", attribute_text(namespace));
                Ok((local.to_owned(), declares))
            }
            // A prefix alone means what it was declared as, if it was.
            (prefix, "") => match self.known(prefix) {
                Some(_) => Ok((format!("{prefix}:{local}"), String::new())),
                None => Ok((local.to_owned(), String::new())),
            },
            (prefix, namespace) => {
                let declares = self.declare(prefix, namespace);
                Ok((format!("{prefix}:{local}"), declares))
            }
        }
    }

    /// What a prefix means here.
    fn known(&self, prefix: &str) -> Option<&str> {
        let mut all = self.inner.iter().rev().chain(&self.root);
        let (_, namespace) = all.find(|(known, _)| known == prefix)?;
        Some(namespace)
    }

    /// The prefix of [`INSTANCE`]: the usual one, unless the document has it for something else.
    fn instance(&mut self) -> String {
        let numbered = (1..).map(|number| format!("{XSI}{number}"));
        let mut prefixes = std::iter::once(XSI.to_owned()).chain(numbered);
        let is_free = |it: &String| self.known(it).is_none_or(|known| known == INSTANCE);
        let prefix = prefixes.find(is_free).unwrap_or_default();
        self.declare(&prefix, INSTANCE);
        prefix
    }

    /// Makes a prefix known: at the root, or here where the root has it for something else.
    fn declare(&mut self, prefix: &str, namespace: &str) -> String {
        match self.known(prefix) {
            Some(known) if known == namespace => String::new(),
            None => {
                self.root.push((prefix.to_owned(), namespace.to_owned()));
                String::new()
            }
            Some(_) => {
                self.inner.push((prefix.to_owned(), namespace.to_owned()));
                declaration(prefix, namespace)
            }
        }
    }

    fn attributes(&mut self, record: &Record, map: &Map<String, Value>) -> Result<(), String> {
        let fields = record.fields.iter();
        for field in fields.filter(|field| field.place == Place::Attribute) {
            let Some(value) = map.get(field.key).filter(|value| !value.is_null()) else {
                continue;
            };
            let words = match value {
                Value::Array(items) => items.iter().map(scalar).collect::<Result<Vec<_>, _>>(),
                value => scalar(value).map(|word| vec![word]),
            };
            let text = words.map_err(|reason| format!("{}: {reason}", field.key))?;
            let text = checked(&text.join(" "))?.to_owned();
            // An attribute without a prefix is in no namespace.
            let (tag, declares) = match field.name.prefix {
                "" => self.tag(Name {
                    namespace: "",
                    ..field.name
                })?,
                _ => self.tag(field.name)?,
            };
            let text = attribute_text(&text);
            self.out.push_str(&format!("{declares} {tag}=\"{text}\""));
        }
        Ok(())
    }

    fn content(&mut self, shape: Shape, value: &Value) -> Result<(), String> {
        match (shape, value) {
            (_, Value::Null) => Ok(()),
            (Shape::Record(record), Value::Object(map)) => self.properties(record, map),
            (Shape::Map(values), Value::Object(map)) => {
                for (key, value) in map {
                    self.keyed(key, *values, value)?;
                }
                Ok(())
            }
            (Shape::List(item), Value::Array(items)) => {
                for value in items {
                    self.element(item.name, item.shape, value)?;
                }
                Ok(())
            }
            (_, Value::Object(map)) => {
                for (key, value) in map {
                    self.keyed(key, Shape::Any, value)?;
                }
                Ok(())
            }
            (_, Value::Array(_)) => Err("a list has no name for its items".to_owned()),
            (_, value) => self.text(value),
        }
    }

    fn properties(&mut self, record: &Record, map: &Map<String, Value>) -> Result<(), String> {
        for field in record.fields {
            if let Some(value) = map.get(field.key) {
                self.property(field, value)
                    .map_err(|reason| format!("{}: {reason}", field.key))?;
            }
        }
        let known = |key: &str| record.fields.iter().any(|field| field.key == key);
        if let Some(shape) = record.rest {
            for (key, value) in map.iter().filter(|(key, _)| !known(key)) {
                self.keyed(key, shape, value)?;
            }
        }
        Ok(())
    }

    fn property(&mut self, field: &Field, value: &Value) -> Result<(), String> {
        match (field.place, value) {
            (Place::Attribute, _) | (Place::Content | Place::Repeated, Value::Null) => Ok(()),
            (Place::Content, value) => self.text(value),
            (Place::Repeated, Value::Array(items)) => {
                for item in items {
                    self.element(field.name, field.shape, item)?;
                }
                Ok(())
            }
            (Place::Repeated | Place::Element, value) => {
                self.element(field.name, field.shape, value)
            }
        }
    }

    /// An element that is called as a key is; a list is one for each item.
    fn keyed(&mut self, key: &str, shape: Shape, value: &Value) -> Result<(), String> {
        if let (Shape::Any, Value::Array(items)) = (shape, value) {
            for item in items {
                self.keyed(key, shape, item)?;
            }
            return Ok(());
        }
        self.element(Name::new(key), shape, value)
    }

    fn text(&mut self, value: &Value) -> Result<(), String> {
        let text = scalar(value)?;
        self.out.push_str(&partial_escape(checked(&text)?));
        Ok(())
    }
}

/// A scalar as text: a whole number has no fraction, as in JSON bodies.
fn scalar(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Array(_) | Value::Object(_) => Err("a text was expected".to_owned()),
        value => json::to_string(value).map_err(|error| error.to_string()),
    }
}

fn checked(text: &str) -> Result<&str, String> {
    match forbidden(text) {
        Some(c) => Err(refusal(c)),
        None => Ok(text),
    }
}

/// White space in attributes would become spaces (XML 1.0, section 3.3.3).
fn attribute_text(text: &str) -> String {
    let text = escape(text);
    text.replace('\t', "&#9;").replace('\n', "&#10;")
}

fn declaration(prefix: &str, namespace: &str) -> String {
    format!(" xmlns:{prefix}=\"{}\"", attribute_text(namespace))
}
