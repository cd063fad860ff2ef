//! XML as it is read, before it is a value.

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: Found,
    pub(super) attributes: Vec<(Found, String)>,
    pub(super) children: Vec<Node>,
    /// The text in it, that of its children apart.
    pub(super) text: String,
}

/// A name that was read, without its prefix.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) local: String,
    /// Empty where there is none.
    pub(super) namespace: String,
}

impl Node {
    /// Whether there is nothing in it but white space.
    pub(super) fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.children.is_empty() && self.text.trim().is_empty()
    }

    /// `xsi:nil="true"` (XML Schema, section 2.6.2).
    pub(super) fn is_nil(&self) -> bool {
        self.attributes.iter().any(|(name, value)| {
            let is_nil = name.local == "nil" && name.namespace == super::INSTANCE;
            is_nil && matches!(value.trim(), "true" | "1")
        })
    }
}
