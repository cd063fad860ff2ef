//! Where in a document which objects stand: the fixed fields of OpenAPI 3.2 and the applicators of
//! JSON Schema 2020-12.
//!
//! It decides what is a reference and what is only data that looks like one: there is no way from
//! here into `example`, `default`, `enum`, `const`, an example's `value` or an extension.

use super::applicators::{Subschemas, subschemas};

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Callback,
    /// A parameter or a header: they have the same children.
    Parameter,
    RequestBody,
    Response,
    MediaType,
    Encoding,
    Schema,
    /// An object that can be referred to, without children of interest: an example, a link, a
    /// security scheme.
    Leaf,
}

/// How the children below a key stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Children {
    /// One object, or a list of them.
    Direct(Kind),
    /// By names that the document chooses freely.
    Named(Kind),
    /// By names among which `x-` begins an extension.
    Patterned(Kind),
}

/// What stands below a key of an object, if it is of interest.
pub(super) fn children(kind: Kind, key: &str) -> Option<Children> {
    match kind {
        Kind::Document => in_document(key),
        Kind::Components => in_components(key),
        Kind::PathItem => in_path_item(key),
        Kind::Operation => in_operation(key),
        Kind::Callback => (!key.starts_with("x-")).then_some(Children::Direct(Kind::PathItem)),
        Kind::Parameter => in_parameter(key),
        Kind::RequestBody => (key == "content").then_some(Children::Named(Kind::MediaType)),
        Kind::Response => in_response(key),
        Kind::MediaType => in_media_type(key),
        Kind::Encoding => in_encoding(key),
        Kind::Schema => in_schema(key),
        Kind::Leaf => None,
    }
}

fn in_document(key: &str) -> Option<Children> {
    Some(match key {
        "paths" => Children::Patterned(Kind::PathItem),
        "webhooks" | "x-webhooks" => Children::Named(Kind::PathItem),
        "components" => Children::Direct(Kind::Components),
        _ => return None,
    })
}

fn in_components(key: &str) -> Option<Children> {
    Some(Children::Named(match key {
        "schemas" => Kind::Schema,
        "responses" => Kind::Response,
        "parameters" | "headers" => Kind::Parameter,
        "requestBodies" => Kind::RequestBody,
        "callbacks" => Kind::Callback,
        "pathItems" => Kind::PathItem,
        "mediaTypes" => Kind::MediaType,
        "examples" | "links" | "securitySchemes" => Kind::Leaf,
        _ => return None,
    }))
}

fn in_path_item(key: &str) -> Option<Children> {
    Some(match key {
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query" => {
            Children::Direct(Kind::Operation)
        }
        "additionalOperations" => Children::Named(Kind::Operation),
        "parameters" => Children::Direct(Kind::Parameter),
        _ => return None,
    })
}

fn in_operation(key: &str) -> Option<Children> {
    Some(match key {
        "parameters" => Children::Direct(Kind::Parameter),
        "requestBody" => Children::Direct(Kind::RequestBody),
        "responses" => Children::Patterned(Kind::Response),
        "callbacks" => Children::Named(Kind::Callback),
        _ => return None,
    })
}

fn in_parameter(key: &str) -> Option<Children> {
    Some(match key {
        "schema" => Children::Direct(Kind::Schema),
        "content" => Children::Named(Kind::MediaType),
        "examples" => Children::Named(Kind::Leaf),
        _ => return None,
    })
}

fn in_response(key: &str) -> Option<Children> {
    Some(match key {
        "headers" => Children::Named(Kind::Parameter),
        "content" => Children::Named(Kind::MediaType),
        "links" => Children::Named(Kind::Leaf),
        _ => return None,
    })
}

fn in_media_type(key: &str) -> Option<Children> {
    Some(match key {
        "schema" | "itemSchema" => Children::Direct(Kind::Schema),
        "examples" => Children::Named(Kind::Leaf),
        "encoding" => Children::Named(Kind::Encoding),
        "itemEncoding" | "prefixEncoding" => Children::Direct(Kind::Encoding),
        _ => return None,
    })
}

fn in_encoding(key: &str) -> Option<Children> {
    Some(match key {
        "headers" => Children::Named(Kind::Parameter),
        "encoding" => Children::Named(Kind::Encoding),
        "itemEncoding" | "prefixEncoding" => Children::Direct(Kind::Encoding),
        _ => return None,
    })
}

fn in_schema(key: &str) -> Option<Children> {
    Some(match subschemas(key)? {
        Subschemas::Named => Children::Named(Kind::Schema),
        Subschemas::Direct => Children::Direct(Kind::Schema),
    })
}
