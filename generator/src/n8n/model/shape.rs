//! How a value of the node's parameters becomes a value on the wire.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

/// A shape: see the table in `descriptor.ts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Shape {
    /// A string, sent also when it is empty.
    Text,
    /// An option's value; `""` is not sent.
    Option,
    /// An id, as text or by a resource locator.
    Id,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// A boolean.
    Boolean,
    /// A moment, as RFC 3339.
    DateTime,
    /// A day, as RFC 3339's full-date.
    Date,
    /// A number where the text is one, else the text.
    TextOrNumber,
    /// A boolean where the text is one, else the text.
    TextOrBoolean,
    /// A number or a boolean where the text is one, else the text.
    TextOrScalar,
    /// Any JSON value, or its text.
    Json,
    /// The name of a binary property.
    Binary,
    /// A collection: members by wire name, in the order in which they are sent.
    Object(IndexMap<String, MemberShape>),
    /// An array.
    List(Box<Shape>),
    /// A single value, or an array of such.
    OneOrMany(Box<Shape>),
    /// A fixed collection's rows; the shape is read in each.
    Rows(Box<Shape>),
    /// A fixed collection of keys and values.
    Map(Box<Shape>),
    /// The members of several places, in one object.
    Merge(Vec<Shape>),
    /// A value that nothing is asked for.
    Constant(Value),
    /// A shape of the resource, by its name.
    Use(String),
    /// What its keys lead to.
    #[serde(untagged)]
    At {
        /// The keys.
        at: Vec<String>,
        /// The shape of what is there.
        shape: Box<Shape>,
    },
    /// The shape that a parameter chooses.
    #[serde(untagged)]
    Choose {
        /// The parameter.
        choose: String,
        /// The shape for each of its values.
        among: IndexMap<String, Shape>,
    },
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum MemberShape {
    /// Its parameter has its name on the wire.
    Same(Shape),
    /// Its parameter has another.
    Renamed(Member),
}

/// A member whose parameter has another name than it has on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The parameter's name.
    pub name: String,
    /// Its shape.
    pub shape: Shape,
}
