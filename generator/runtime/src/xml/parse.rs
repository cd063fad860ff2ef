//! From bytes to a tree of elements.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::Encoding;
use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::DEEPEST;
use super::tree::{Found, Node};

/// Why bytes are no XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlError {
    message: String,
    /// Whether it is XML, nested too deeply.
    deep: bool,
}

impl XmlError {
    fn new(message: impl fmt::Display) -> Self {
        Self {
            message: message.to_string(),
            deep: false,
        }
    }

    pub(crate) const fn is_deep(&self) -> bool {
        self.deep
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

/// The root element.
pub(super) fn tree(text: &str) -> Result<Node, XmlError> {
    let mut reader = NsReader::from_str(text);
    let mut open: Vec<Node> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event();
        let event = event.map_err(|error| {
            let at = reader.error_position();
            XmlError::new(format_args!("{error} (byte {at})"))
        })?;
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(XmlError {
                        message: format!("elements are nested more than {DEEPEST} levels deep"),
                        deep: true,
                    });
                }
                open.push(node(&reader, &start)?);
            }
            Event::Empty(start) => {
                let node = node(&reader, &start)?;
                close(node, &mut open, &mut root)?;
            }
            Event::End(_) => {
                if let Some(node) = open.pop() {
                    close(node, &mut open, &mut root)?;
                }
            }
            Event::Text(text) => {
                let text = text.xml10_content();
                match open.last_mut() {
                    Some(node) => node.text.push_str(&text),
                    None if text.trim().is_empty() => {}
                    None => return Err(XmlError::new("there is text outside the root element")),
                }
            }
            Event::CData(text) => {
                if let Some(node) = open.last_mut() {
                    node.text.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                let unknown = || {
                    let name = reference.borrow().into_inner();
                    let name: String = name.chars().take(40).collect();
                    XmlError::new(format_args!("the entity `&{name};` is not declared"))
                };
                let character = reference.resolve_char_ref().map_err(XmlError::new)?;
                if let Some(node) = open.last_mut() {
                    match character {
                        Some(character) => node.text.push(character),
                        None => {
                            let name = reference.into_inner();
                            let text = resolve_xml_entity(&name);
                            node.text.push_str(text.ok_or_else(|| {
                                let name: String = name.chars().take(40).collect();
                                XmlError::new(format_args!("the entity `&{name};` is not declared"))
                            })?);
                        }
                    }
                } else {
                    return Err(unknown());
                }
            }
            // A document type may declare what grows without end: it is not read.
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
            Event::Eof => break,
        }
    }
    match (root, open.pop()) {
        (_, Some(node)) => Err(XmlError::new(format_args!(
            "the element `{}` does not end",
            node.name.local
        ))),
        (Some(root), None) => Ok(root),
        (None, None) => Err(XmlError::new("there is no element")),
    }
}

/// Puts an element that has ended where it belongs.
fn close(node: Node, open: &mut [Node], root: &mut Option<Node>) -> Result<(), XmlError> {
    match (open.last_mut(), &root) {
        (Some(parent), _) => parent.children.push(node),
        (None, None) => *root = Some(node),
        (None, Some(_)) => return Err(XmlError::new("there are two root elements")),
    }
    Ok(())
}

fn node(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Node, XmlError> {
    let resolver = reader.resolver();
    let mut node = Node {
        name: {
            let (namespace, local) = resolver.resolve_element(start.name());
            found(namespace, local.as_ref())
        },
        ..Node::default()
    };
    // Comparing each with each is for the server; of two with one name the first counts.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(XmlError::new)?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(XmlError::new)?.into_owned();
        let (namespace, local) = resolver.resolve_attribute(attribute.key);
        node.attributes
            .push((found(namespace, local.as_ref()), value));
    }
    Ok(node)
}

/// A prefix that nobody declared is left out: the name says enough.
fn found(namespace: ResolveResult<'_>, local: &str) -> Found {
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
    };
    Found {
        local: local.to_owned(),
        namespace,
    }
}
