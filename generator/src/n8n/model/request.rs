//! What an operation sends, where its values come from, and what becomes of the answer.

use super::Shape;
use crate::ir::{Place, Style};
use indexmap::IndexMap;
use serde::{Serialize, Serializer};

/// The request of an operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// `GET`.
    pub method: String,
    /// The path below the base URL.
    pub path: Vec<PathPart>,
    /// A base URL of the operation's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<OwnServer>,
    /// In the order in which they are sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// What becomes of the response.
    pub response: ResponseReading,
    /// How the list continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// Whether it does no harm to send it twice.
    #[serde(skip_serializing_if = "is_false")]
    pub repeatable: bool,
    /// The header that makes it repeatable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<String>,
    /// It is sent without credentials.
    #[serde(skip_serializing_if = "is_false")]
    pub anonymous: bool,
}

/// A server of the operation's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnServer {
    /// Its base URL.
    pub url: String,
    /// The document's own server: a credential for it is also one for this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
}

/// A piece of the path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PathPart {
    /// Text, encoded as it is sent.
    Text(String),
    /// A path parameter.
    Parameter {
        /// Its wire name.
        parameter: String,
    },
}

/// A parameter outside the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter {
    /// Its place.
    #[serde(rename = "in", serialize_with = "place")]
    pub place: Place,
    /// Its name on the wire.
    pub name: String,
    /// Where its value is.
    pub shape: Shape,
    /// Its style, where it is not its place's default.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "style")]
    pub style: Option<Style>,
    /// Where it is not the style's default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explode: Option<bool>,
    /// Whether reserved characters are left as they are.
    #[serde(skip_serializing_if = "is_false")]
    pub allow_reserved: bool,
    /// The media type that its value is written in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Whether a request without it is refused.
    #[serde(skip_serializing_if = "is_false")]
    pub required: bool,
    /// The credential's field with the value that is sent where the node has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

/// A request body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Body {
    /// As the document writes it.
    pub media_type: String,
    /// How it is written.
    pub encoding: BodyEncoding,
    /// Of a file: what its media type may be as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    /// Where its value is.
    pub shape: Shape,
    /// Whether it is sent also when nothing is set.
    #[serde(skip_serializing_if = "is_false")]
    pub required: bool,
    /// Where the names of the properties are that are cleared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clear: Option<Vec<String>>,
    /// How properties of a form travel, where the document says it.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub parts: IndexMap<String, BodyPart>,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BodyEncoding {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// Text.
    Text,
    /// Bytes.
    Binary,
}

/// How a property of a form travels.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BodyPart {
    /// Its media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Its style.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "style")]
    pub style: Option<Style>,
    /// Whether each item is a pair of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explode: Option<bool>,
    /// Whether reserved characters are left as they are.
    #[serde(skip_serializing_if = "is_false")]
    pub allow_reserved: bool,
}

/// What becomes of a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResponseReading {
    /// The `accept` header.
    pub accept: String,
    /// How its body is read.
    #[serde(rename = "as")]
    pub reading: Reading,
    /// What else can be asked for, and how that is read.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub others: IndexMap<String, Reading>,
    /// The keys from the body to the data.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<String>,
    /// Whether each element of the data becomes an item.
    #[serde(skip_serializing_if = "is_false")]
    pub list: bool,
    /// It removes something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Deleted>,
    /// The keys of a record that Simplify leaves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub simplify: Vec<String>,
}

/// What the output of an operation that removes says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deleted {
    /// The path parameter with the id of what was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// How a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Reading {
    /// JSON.
    Json,
    /// Text.
    Text,
    /// A file.
    Binary,
    /// There is none.
    Nothing,
}

/// How a list continues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// The keys from the body to the items.
    pub items: Vec<String>,
    /// The query parameter for the size of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<PageSize>,
    /// How it moves on.
    pub next: NextPage,
    /// The keys to a boolean that says whether there is more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<Vec<String>>,
    /// Where the number of pages is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<Source>,
    /// Where the number of items in all pages is, which ends a list that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Source>,
}

/// Where a request takes a value that pages a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Slot {
    /// In this query parameter.
    Query(String),
    /// In this header.
    Header {
        /// Its name.
        header: String,
    },
    /// In the JSON body.
    Body {
        /// The keys to it.
        body: Vec<String>,
    },
}

/// Where a response has a value that pages a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Source {
    /// In the body, at these keys.
    Body(Vec<String>),
    /// In this header.
    Header {
        /// Its name.
        header: String,
    },
    /// In the page's last item.
    LastItem {
        /// The keys to it.
        last: Vec<String>,
    },
    /// In the page's first item.
    FirstItem {
        /// The keys to it.
        first: Vec<String>,
    },
}

/// What takes the size of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageSize {
    /// Where it goes.
    pub parameter: Slot,
    /// The most it may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<u64>,
    /// What it is when it is not sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<u64>,
}

/// The way back through a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackPage {
    /// What takes the cursor.
    pub parameter: Slot,
    /// Where it is.
    pub cursor: Source,
}

/// How a list moves on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "by", rename_all = "camelCase")]
pub enum NextPage {
    /// With an opaque cursor.
    Cursor {
        /// What takes it.
        parameter: Slot,
        /// Where it is.
        cursor: Source,
        /// How a list goes on that is begun at its end.
        #[serde(skip_serializing_if = "Option::is_none")]
        back: Option<BackPage>,
    },
    /// With the page's number.
    Page {
        /// What takes it.
        parameter: Slot,
        /// The first page's; `None`: 0 or 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        first: Option<i64>,
        /// The keys to the number of the page that came.
        #[serde(skip_serializing_if = "Option::is_none")]
        current: Option<Vec<String>>,
    },
    /// With the number of items to skip.
    Offset {
        /// What takes it.
        parameter: Slot,
        /// The first item's number.
        #[serde(skip_serializing_if = "is_zero")]
        first: i64,
    },
    /// With a `Link` header.
    Link,
    /// With a URL in the body.
    Url {
        /// The keys to it.
        url: Vec<String>,
    },
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_zero(value: &i64) -> bool {
    *value == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(value: &bool) -> bool {
    !value
}

fn place<S: Serializer>(place: &Place, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    })
}

#[allow(clippy::ref_option, reason = "serde's signature")]
fn style<S: Serializer>(style: &Option<Style>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match style {
        Some(Style::Matrix) => "matrix",
        Some(Style::Label) => "label",
        Some(Style::Simple) => "simple",
        Some(Style::SpaceDelimited) => "spaceDelimited",
        Some(Style::PipeDelimited) => "pipeDelimited",
        Some(Style::TabDelimited) => "tabDelimited",
        Some(Style::DeepObject) => "deepObject",
        Some(Style::Form) | None => "form",
    })
}
