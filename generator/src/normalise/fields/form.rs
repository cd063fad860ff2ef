//! What the table of fields is written in.

use crate::load::Version;
use serde_json::Value;

/// An object of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Tag,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Requirement,
    Schema,
}

impl Kind {
    /// As messages say it: "an operation".
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Document => "a document",
            Self::Info => "`info`",
            Self::Contact => "`contact`",
            Self::License => "`license`",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Components => "`components`",
            Self::Paths => "`paths`",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::ExternalDocs => "`externalDocs`",
            Self::Parameter => "a parameter",
            Self::Header => "a header",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Responses => "`responses`",
            Self::Response => "a response",
            Self::Callback => "a callback",
            Self::Example => "an example",
            Self::Link => "a link",
            Self::Tag => "a tag",
            Self::Discriminator => "a discriminator",
            Self::Xml => "`xml`",
            Self::SecurityScheme => "a security scheme",
            Self::OAuthFlows => "`flows`",
            Self::OAuthFlow => "an OAuth flow",
            Self::Requirement => "a security requirement",
            Self::Schema => "a schema",
        }
    }

    /// The key of `components` under which such objects are shared, if they are.
    pub(super) const fn component(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Example => "examples",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            Self::Link => "links",
            Self::Callback => "callbacks",
            Self::PathItem => "pathItems",
            Self::MediaType => "mediaTypes",
            _ => return None,
        })
    }
}

/// What the value of a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Any,
    Flag,
    Text,
    Uri,
    Email,
    /// One of these words.
    Word(&'static [&'static str]),
    Texts,
    /// Texts by names of the document's own.
    TextMap,
    Schema,
    Object(Kind),
    List(Kind),
    /// Objects by names of the document's own.
    Map(Kind),
}

impl Form {
    /// With its article, for messages.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Flag => "a boolean",
            Self::Text | Self::Uri | Self::Email | Self::Word(_) => "a string",
            Self::Texts | Self::List(_) => "an array",
            Self::TextMap | Self::Object(_) | Self::Map(_) => "an object",
            Self::Schema => "a schema (an object or a boolean)",
        }
    }

    /// Whether a value has the type that this asks for, without a look at what is in it.
    pub(super) fn admits(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Flag => value.is_boolean(),
            Self::Text | Self::Uri | Self::Email | Self::Word(_) => value.is_string(),
            Self::Texts | Self::List(_) => value.is_array(),
            Self::TextMap | Self::Object(_) | Self::Map(_) => value.is_object(),
            Self::Schema => value.is_object() || value.is_boolean(),
        }
    }
}

/// When a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Optional,
    Required,
    /// In OpenAPI 3.0, and in no later version.
    RequiredIn3_0,
    /// Where another field has a value.
    RequiredWhere(&'static str, &'static str),
}

/// A fixed field of an object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) need: Need,
    /// The first version that has it.
    pub(super) since: Version,
}

/// A field that may be left out, and that all versions have.
pub(super) const fn field(name: &'static str, form: Form) -> Field {
    Field {
        name,
        form,
        need: Need::Optional,
        since: Version::V3_0,
    }
}

impl Field {
    pub(super) const fn required(self) -> Self {
        let need = Need::Required;
        Self { need, ..self }
    }

    pub(super) const fn required_in_3_0(self) -> Self {
        let need = Need::RequiredIn3_0;
        Self { need, ..self }
    }

    pub(super) const fn required_where(self, field: &'static str, value: &'static str) -> Self {
        let need = Need::RequiredWhere(field, value);
        Self { need, ..self }
    }

    pub(super) const fn since_3_1(self) -> Self {
        let since = Version::V3_1;
        Self { since, ..self }
    }

    pub(super) const fn since_3_2(self) -> Self {
        let since = Version::V3_2;
        Self { since, ..self }
    }
}
