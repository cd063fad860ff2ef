//! From bytes to a tree of elements.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use encoding_rs::Encoding;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::{Reader, XmlVersion};

use super::DEEPEST;
use super::names::{forbidden, refusal};
use super::scope::Scope;
use super::tree::{Found, Node};

/// Why bytes are no XML, or not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlError {
    message: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Malformed,
    /// It is XML, nested too deeply.
    Deep,
    /// It is XML with too much in it.
    Large,
}

impl XmlError {
    fn new(message: impl fmt::Display) -> Self {
        Self::of(Kind::Malformed, message)
    }

    fn of(kind: Kind, message: impl fmt::Display) -> Self {
        let message = message.to_string();
        Self { message, kind }
    }

    /// Found before a byte of the text.
    fn at(self, byte: u64) -> Self {
        Self::of(self.kind, format_args!("{self} (byte {byte})"))
    }

    pub(crate) fn is_deep(&self) -> bool {
        self.kind == Kind::Deep
    }

    pub(crate) fn is_large(&self) -> bool {
        self.kind == Kind::Large
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for XmlError {}

/// The text of XML: in the encoding of its byte order mark, or else of its declaration, or else UTF-8.
pub(super) fn decoded(xml: &[u8]) -> Result<Cow<'_, str>, XmlError> {
    let marked = Encoding::for_bom(xml);
    let (encoding, skip) = match marked {
        Some(found) => found,
        None => (declared(xml)?, 0),
    };
    let bytes = xml.get(skip..).unwrap_or_default();
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| XmlError::new(format_args!("the body is not in {}", encoding.name())))
}

/// The encoding of `<?xml version="1.0" encoding=".."?>`.
fn declared(xml: &[u8]) -> Result<&'static Encoding, XmlError> {
    let beginning = xml.get(..200).unwrap_or(xml);
    let beginning = String::from_utf8_lossy(beginning);
    let declaration = beginning
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"));
    let named = declaration.and_then(|(declaration, _)| {
        let (_, rest) = declaration.split_once("encoding")?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (name, _) = rest.get(1..)?.split_once(quote)?;
        Some(name.to_owned())
    });
    let Some(named) = named else {
        return Ok(encoding_rs::UTF_8);
    };
    let encoding = Encoding::for_label(named.as_bytes());
    // What says that it is UTF-16 in letters of one byte is not.
    let encoding = encoding.map(Encoding::output_encoding);
    encoding.ok_or_else(|| {
        let named = named.escape_debug();
        XmlError::new(format_args!("nobody knows the encoding `{named}`"))
    })
}

/// The root element, where there are not more than `most` elements and attributes.
pub(super) fn tree(text: &str, most: usize) -> Result<Node, XmlError> {
    let mut reader = Reader::from_str(text);
    let mut tree = Tree {
        scope: Scope::new(),
        open: Vec::new(),
        root: None,
        count: 0,
        most,
    };
    loop {
        let event = reader.read_event();
        let event = event.map_err(|error| XmlError::new(error).at(reader.error_position()))?;
        let done = match event {
            Event::Start(start) => tree.begin(&start),
            Event::Empty(start) => tree.begin(&start).and_then(|()| tree.end()),
            Event::End(_) => tree.end(),
            Event::Text(text) => tree.text(&text.xml10_content()),
            Event::CData(text) => tree.text(&text.xml10_content()),
            Event::GeneralRef(reference) => tree.reference(&reference),
            // A document type may declare what grows without end: it is not read.
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => Ok(()),
            Event::Eof => break,
        };
        done.map_err(|error| error.at(reader.buffer_position()))?;
    }
    match (tree.root, tree.open.pop()) {
        (_, Some(node)) => Err(XmlError::new(format_args!(
            "the element `{}` does not end",
            node.name.local
        ))),
        (Some(root), None) => Ok(root),
        (None, None) => Err(XmlError::new("there is no element")),
    }
}

/// A tree that grows.
struct Tree {
    scope: Scope,
    /// The elements that have not ended, the innermost last.
    open: Vec<Node>,
    root: Option<Node>,
    /// How many elements and attributes there are.
    count: usize,
    most: usize,
}

impl Tree {
    fn begin(&mut self, start: &BytesStart<'_>) -> Result<(), XmlError> {
        if self.open.len() >= DEEPEST {
            let message = format!("elements are nested more than {DEEPEST} levels deep");
            return Err(XmlError::of(Kind::Deep, message));
        }
        self.count()?;
        self.scope.enter();
        let mut attributes = Vec::new();
        // Comparing each with each is for the server; of two with one name the first counts.
        for attribute in start.attributes().with_checks(false) {
            self.count()?;
            let attribute = attribute.map_err(XmlError::new)?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(XmlError::new)?;
            let value = carried(&value)?;
            match attribute.key.as_namespace_binding() {
                Some(prefix) => self.scope.declare(prefix, value),
                None => attributes.push((attribute.key, value.to_owned())),
            }
        }
        let named = |(key, value): (QName<'_>, String)| {
            let namespace = self.scope.of_attribute(key);
            (found(key, namespace), value)
        };
        let attributes = attributes.into_iter().map(named).collect();
        let name = found(start.name(), self.scope.of_element(start.name()));
        self.open.push(Node {
            name,
            attributes,
            ..Node::default()
        });
        Ok(())
    }

    fn count(&mut self) -> Result<(), XmlError> {
        self.count += 1;
        if self.count > self.most {
            let message = format!("there are more than {} elements and attributes", self.most);
            return Err(XmlError::of(Kind::Large, message));
        }
        Ok(())
    }

    /// Puts the element that ends where it belongs.
    fn end(&mut self) -> Result<(), XmlError> {
        self.scope.leave();
        let Some(mut node) = self.open.pop() else {
            return Ok(());
        };
        match (self.open.last_mut(), &self.root) {
            (Some(parent), _) => {
                node.after = parent.text.len();
                parent.children.push(node);
            }
            (None, None) => self.root = Some(node),
            (None, Some(_)) => return Err(XmlError::new("there are two root elements")),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        let text = carried(text)?;
        match self.open.last_mut() {
            Some(node) => node.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(XmlError::new("there is text outside the root element")),
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), XmlError> {
        let character = reference.resolve_char_ref().map_err(XmlError::new)?;
        if let Some(character) = character {
            return self.text(character.encode_utf8(&mut [0; 4]));
        }
        let name = reference.borrow().into_inner();
        let text = resolve_xml_entity(&name).ok_or_else(|| {
            let name: String = name.chars().take(40).collect();
            XmlError::new(format_args!("the entity `&{name};` is not declared"))
        })?;
        self.text(text)
    }
}

/// Text whose characters XML allows (XML 1.0, section 2.2).
fn carried(text: &str) -> Result<&str, XmlError> {
    match forbidden(text) {
        Some(character) => Err(XmlError::new(refusal(character))),
        None => Ok(text),
    }
}

fn found(name: QName<'_>, namespace: Rc<str>) -> Found {
    Found {
        local: name.local_name().as_ref().to_owned(),
        namespace,
    }
}
