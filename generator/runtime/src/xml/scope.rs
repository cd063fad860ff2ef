//! What prefixes mean (Namespaces in XML, section 6).

use std::collections::BTreeMap;
use std::rc::Rc;

use quick_xml::name::{PrefixDeclaration, QName};

/// The namespace of `xml:lang`, which nobody declares.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The prefixes that are known where the reader is. A namespace is in memory once, however many names are
/// in it.
#[derive(Debug)]
pub(super) struct Scope {
    /// What each prefix means, the innermost last; that of the default namespace is empty.
    known: BTreeMap<String, Vec<Rc<str>>>,
    /// What each open element declares.
    declared: Vec<Vec<String>>,
    none: Rc<str>,
}

impl Scope {
    pub(super) fn new() -> Self {
        Self {
            known: BTreeMap::from([("xml".to_owned(), vec![Rc::from(XML)])]),
            declared: Vec::new(),
            none: Rc::from(""),
        }
    }

    /// An element begins.
    pub(super) fn enter(&mut self) {
        self.declared.push(Vec::new());
    }

    /// The element declares a prefix.
    pub(super) fn declare(&mut self, prefix: PrefixDeclaration<'_>, namespace: &str) {
        let prefix = match prefix {
            PrefixDeclaration::Default => "",
            PrefixDeclaration::Named(prefix) => prefix,
        };
        let meanings = self.known.entry(prefix.to_owned()).or_default();
        meanings.push(Rc::from(namespace));
        if let Some(declared) = self.declared.last_mut() {
            declared.push(prefix.to_owned());
        }
    }

    /// The element ends, and with it what it declared.
    pub(super) fn leave(&mut self) {
        for prefix in self.declared.pop().unwrap_or_default() {
            if let Some(meanings) = self.known.get_mut(&prefix) {
                meanings.pop();
            }
        }
    }

    pub(super) fn of_element(&self, name: QName<'_>) -> Rc<str> {
        self.meaning(name.prefix().as_ref().map_or("", |it| it.as_ref()))
    }

    /// An attribute without a prefix is in no namespace.
    pub(super) fn of_attribute(&self, name: QName<'_>) -> Rc<str> {
        let prefix = name.prefix();
        prefix.map_or_else(|| self.none.clone(), |it| self.meaning(it.as_ref()))
    }

    /// A prefix that nobody declared is left out: the name says enough.
    fn meaning(&self, prefix: &str) -> Rc<str> {
        let meanings = self.known.get(prefix);
        meanings
            .and_then(|it| it.last())
            .unwrap_or(&self.none)
            .clone()
    }
}
