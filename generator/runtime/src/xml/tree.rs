//! XML as it is read, before it is a value.

use std::borrow::Cow;
use std::rc::Rc;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: Found,
    pub(super) attributes: Vec<(Found, String)>,
    pub(super) children: Vec<Node>,
    /// The text in it, that of its children apart.
    pub(super) text: String,
    /// How much of the text of the element around it stands before it, in bytes.
    pub(super) after: usize,
}

/// A name that was read, without its prefix.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) local: String,
    /// Empty where there is none.
    pub(super) namespace: Rc<str>,
}

impl Node {
    /// Whether there is nothing in it but white space.
    pub(super) fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.children.is_empty() && self.text.trim().is_empty()
    }

    /// `xsi:nil="true"` (XML Schema, section 2.6.2).
    pub(super) fn is_nil(&self) -> bool {
        self.attributes.iter().any(|(name, value)| {
            let is_nil = name.local == "nil" && *name.namespace == *super::INSTANCE;
            is_nil && matches!(value.trim(), "true" | "1")
        })
    }

    /// The text in it and in its elements, in the order of the document: markup in the middle of a sentence
    /// takes no word away.
    pub(super) fn whole_text(&self) -> Cow<'_, str> {
        self.text_but_in(|_| false)
    }

    /// As [`Self::whole_text`], without some of its elements.
    pub(super) fn text_but_in(&self, is_left_out: impl Fn(&Node) -> bool) -> Cow<'_, str> {
        if self.children.iter().all(&is_left_out) {
            return Cow::Borrowed(&self.text);
        }
        let mut text = String::new();
        self.add_text(&mut text, &is_left_out);
        Cow::Owned(text)
    }

    fn add_text(&self, text: &mut String, is_left_out: &dyn Fn(&Node) -> bool) {
        let mut done = 0;
        for child in self.children.iter().filter(|child| !is_left_out(child)) {
            text.push_str(self.text.get(done..child.after).unwrap_or_default());
            done = child.after;
            child.add_text(text, &|_| false);
        }
        text.push_str(self.text.get(done..).unwrap_or_default());
    }
}
