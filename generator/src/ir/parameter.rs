//! Parameters outside the body.

use super::{Encoding, Origin, Schema};

/// A Parameter Object.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The name on the wire.
    pub wire_name: String,
    /// Where it goes.
    pub place: Place,
    /// `description`.
    pub description: Option<String>,
    /// Whether a request without it is refused; path parameters always are.
    pub required: bool,
    /// Its value.
    pub schema: Schema,
    /// How arrays and objects are written; the default of its place when the document says nothing.
    pub style: Style,
    /// Whether each item or property is a parameter of its own.
    pub explode: bool,
    /// Whether `:/?#[]@!$&'()*+,;=` are left as they are.
    pub allow_reserved: bool,
    /// Whether an empty value may be sent (`allowEmptyValue`).
    pub allow_empty: bool,
    /// `content`: the value is written in a media type, and style does not apply.
    pub content: Option<(String, Encoding)>,
    /// `example` and `examples`.
    pub examples: Vec<serde_json::Value>,
    /// `deprecated`.
    pub deprecated: bool,
    /// Where it is declared: the component's place when it is a reference.
    pub origin: Origin,
}

/// `in`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// In the path template.
    Path,
    /// After the `?`.
    Query,
    /// A request header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// `style` (OpenAPI 3.1, section 4.8.12.2), and what `collectionFormat` of Swagger 2.0 says beyond it:
/// there the delimited ones stand in paths and headers, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// `;color=blue`, in paths.
    Matrix,
    /// `.blue`, in paths.
    Label,
    /// `blue,black`, in paths and headers.
    Simple,
    /// `color=blue`, in queries and cookies.
    Form,
    /// `blue%20black`.
    SpaceDelimited,
    /// `blue|black`.
    PipeDelimited,
    /// `blue%09black`: `collectionFormat: tsv` of Swagger 2.0.
    TabDelimited,
    /// `color[R]=100`.
    DeepObject,
}

/// A parameter that many operations share with the same meaning, an account's header as a rule: a
/// client is told its value once, and a call may still say another.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientParameter {
    /// Its name on the wire: `X-SavvyCal-Account`.
    pub wire_name: String,
    /// Where it stands.
    pub place: Place,
    /// What the document says of it.
    pub description: Option<String>,
    /// Its type.
    pub schema: Schema,
    /// Why this is thought to be so.
    pub evidence: String,
}

impl ClientParameter {
    /// Whether an operation's parameter is this one. Headers are equal whatever their case (RFC 9110,
    /// section 5.1).
    pub fn is(&self, own: &Parameter) -> bool {
        let same_name = match self.place {
            Place::Header => self.wire_name.eq_ignore_ascii_case(&own.wire_name),
            Place::Path | Place::Query | Place::Cookie => self.wire_name == own.wire_name,
        };
        self.place == own.place && same_name
    }
}
