//! Which element or attribute each part of a value is: plain constant data, written by the generator.

use std::fmt;

/// An element with its content.
#[derive(Clone, Copy)]
pub struct Element {
    pub(super) name: Name<'static>,
    pub(super) shape: Shape,
}

/// What an element, attribute or text holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Text as it stands.
    Text,
    /// Text in which white space around it means nothing: a date, a word of a list.
    Token,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`; also `1` or `0`.
    Boolean,
    /// A boolean, a number, or else text.
    Scalar,
    /// Elements and attributes that are known.
    Record(&'static Record),
    /// Elements whose names are keys.
    Map(&'static Shape),
    /// Elements that are the items.
    List(&'static Element),
    /// Whatever it is.
    Any,
}

/// An object: what its properties are in XML.
pub struct Record {
    pub(super) fields: &'static [Field],
    /// What holds properties that are not known.
    pub(super) rest: Option<Shape>,
}

/// A property.
#[derive(Clone, Copy)]
pub struct Field {
    pub(super) key: &'static str,
    pub(super) name: Name<'static>,
    pub(super) place: Place,
    pub(super) required: bool,
    pub(super) shape: Shape,
}

/// Where a property stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// An element of its own.
    Element,
    /// An element for each item.
    Repeated,
    /// An attribute.
    Attribute,
    /// The text of the element around it.
    Content,
}

/// A name with its namespace. Prefix and namespace are empty where there is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'n> {
    pub(super) local: &'n str,
    pub(super) prefix: &'n str,
    pub(super) namespace: &'n str,
}

impl<'n> Name<'n> {
    pub(super) const fn new(local: &'n str) -> Self {
        Self {
            local,
            prefix: "",
            namespace: "",
        }
    }

    const fn within(self, prefix: &'n str, namespace: &'n str) -> Self {
        Self {
            prefix,
            namespace,
            ..self
        }
    }
}

impl Element {
    /// An element called `name`.
    #[must_use]
    pub const fn new(name: &'static str, shape: Shape) -> Self {
        Self {
            name: Name::new(name),
            shape,
        }
    }

    /// In a namespace; either may be empty.
    #[must_use]
    pub const fn within(self, prefix: &'static str, namespace: &'static str) -> Self {
        Self {
            name: self.name.within(prefix, namespace),
            ..self
        }
    }
}

impl Record {
    /// An object with these properties.
    #[must_use]
    pub const fn new(fields: &'static [Field]) -> Self {
        Self { fields, rest: None }
    }

    /// Further properties are kept.
    #[must_use]
    pub const fn rest(self, shape: Shape) -> Self {
        Self {
            rest: Some(shape),
            ..self
        }
    }
}

impl Field {
    /// The property `key`, an element of the same name.
    #[must_use]
    pub const fn new(key: &'static str, shape: Shape) -> Self {
        Self {
            key,
            name: Name::new(key),
            place: Place::Element,
            required: false,
            shape,
        }
    }

    /// It has another name in XML.
    #[must_use]
    pub const fn named(self, name: &'static str) -> Self {
        Self {
            name: Name {
                local: name,
                ..self.name
            },
            ..self
        }
    }

    /// In a namespace; either may be empty.
    #[must_use]
    pub const fn within(self, prefix: &'static str, namespace: &'static str) -> Self {
        Self {
            name: self.name.within(prefix, namespace),
            ..self
        }
    }

    /// It is an attribute.
    #[must_use]
    pub const fn attribute(self) -> Self {
        self.at(Place::Attribute)
    }

    /// It is a list with an element for each item, which the shape is of.
    #[must_use]
    pub const fn repeated(self) -> Self {
        self.at(Place::Repeated)
    }

    /// It is the text of the element around it.
    #[must_use]
    pub const fn content(self) -> Self {
        self.at(Place::Content)
    }

    /// It is always there: a list without elements is empty.
    #[must_use]
    pub const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    const fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }
}

/// Tables lead in circles: one is itself and no other.
impl PartialEq for Element {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Element {}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Element")
            .field("name", &self.name.local)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<&str> = self.fields.iter().map(|field| field.key).collect();
        f.debug_struct("Record").field("keys", &keys).finish()
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field")
            .field("key", &self.key)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}
