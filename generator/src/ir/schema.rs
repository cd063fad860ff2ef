//! A schema at the place where it is used, and the types that need no name.

use super::{Origin, TypeId, Xml};
use serde_json::Value;

/// A Schema Object (JSON Schema 2020-12) where it is used: its type and all that is said about it
/// there. A schema with a name of its own is a [`Type::Named`], described again at its definition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schema {
    /// What values it has, null apart.
    pub ty: Type,
    /// Whether null is a value here: `type: [.., "null"]`, or 3.0's `nullable`.
    pub nullable: bool,
    /// `title`.
    pub title: Option<String>,
    /// `description`, CommonMark; at a reference the sibling's text, else none.
    pub description: Option<String>,
    /// `default`.
    pub default: Option<Value>,
    /// `examples`, or the older `example`.
    pub examples: Vec<Value>,
    /// Limits on its values.
    pub constraints: Constraints,
    /// `deprecated`.
    pub deprecated: bool,
    /// `xml`; at a reference what stands beside it. See [`super::Api::xml`].
    pub xml: Option<Box<Xml>>,
    /// Where it stands. At a reference, the place of the reference and not of its target.
    pub origin: Origin,
}

/// The shape of a value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Type {
    /// Any JSON value: an empty schema, `true`, or what could not be used (then with a diagnostic).
    #[default]
    Any,
    /// No value at all: `false`, or `not: {}`.
    Never,
    /// Only null.
    Null,
    /// A scalar.
    Primitive(Primitive),
    /// One value and no other: `const`, or an enum of one value that is not a string.
    Constant(Value),
    /// An array of one kind of item.
    List(Box<Schema>),
    /// `prefixItems`, with what may follow after them (`None`: nothing is said).
    Tuple(Vec<Schema>, Option<Box<Schema>>),
    /// An object with arbitrary keys and one kind of value.
    Map(Box<Schema>),
    /// A type with a name: record, enum, union or alias.
    Named(TypeId),
}

/// A scalar, after `type` and `format` (OAI Format Registry) have been read together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Primitive {
    /// `type: boolean`.
    Boolean,
    /// `type: integer` with its width where `format` says: 32 or 64 bits, signed or not.
    Integer {
        /// 8, 16, 32 or 64; `None` when the document does not say.
        bits: Option<u8>,
        /// `false` for `uint32` and the like.
        signed: bool,
    },
    /// `type: number`, `format: float` or `double` or none.
    Number,
    /// `format: decimal`, as number or string: `quoted` says that it travels as a JSON string.
    Decimal {
        /// Whether the wire carries a string.
        quoted: bool,
    },
    /// Text without a format, or with one that asks for no type of its own (`email`, `hostname`).
    String {
        /// The format as written, kept for back ends that know it (`email`, `password`).
        format: Option<String>,
    },
    /// `format: date-time`, RFC 3339.
    DateTime,
    /// `format: date`, RFC 3339 full-date.
    Date,
    /// `format: time`, RFC 3339 full-time or partial-time.
    Time,
    /// `format: duration`, ISO 8601.
    Duration,
    /// `format: uuid`.
    Uuid,
    /// `format: uri`, `url`, `uri-reference`, `iri`.
    Uri,
    /// `format: byte`, or `contentEncoding: base64`: base64 text.
    Base64,
    /// `format: binary`, or a non-text `contentMediaType`: bytes as they are.
    Binary,
    /// A property of a multipart body that is sent as it is: bytes with a content type, a name and
    /// headers of their own. Only in a record that is such a body, or in a list there.
    File,
}

/// A limit and whether it is itself allowed.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The number as the document writes it.
    pub value: serde_json::Number,
    /// `exclusiveMinimum` or `exclusiveMaximum`.
    pub exclusive: bool,
}

/// Limits on a value (JSON Schema Validation, section 6). Lengths are in Unicode code points, items
/// or properties.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Constraints {
    /// The least number.
    pub minimum: Option<Bound>,
    /// The greatest number.
    pub maximum: Option<Bound>,
    /// The number divides by this.
    pub multiple_of: Option<serde_json::Number>,
    /// `minLength`.
    pub min_length: Option<u64>,
    /// `maxLength`.
    pub max_length: Option<u64>,
    /// `pattern`, ECMA-262, not anchored.
    pub pattern: Option<String>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// What else the document asks for, which is documented and not checked: `not`, `if`, `contains`,
    /// a list of fractions.
    pub rules: Vec<Rule>,
}

/// A keyword that narrows values in a way that no type expresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The keyword: `not`.
    pub keyword: String,
    /// Its value as JSON, cut where it is long.
    pub text: String,
}
