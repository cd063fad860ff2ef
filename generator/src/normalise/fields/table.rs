//! The objects of OpenAPI 3 and their fixed fields, as data (OpenAPI 3.0.4, 3.1.1 and 3.2.0, section 4
//! each).
//!
//! Schemas are not here: their keywords have a reader of their own, and only the objects of OpenAPI in
//! them are looked at.

use super::form::Form::{
    Any, Email, Flag, List, Map, Object, Schema, Text, TextMap, Texts, Uri, Word,
};
use super::form::{Field, Kind, field};

/// What the fields of an object are.
pub(super) const fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Document => DOCUMENT,
        Kind::Info => INFO,
        Kind::Contact => CONTACT,
        Kind::License => LICENSE,
        Kind::Server => SERVER,
        Kind::ServerVariable => SERVER_VARIABLE,
        Kind::Components => COMPONENTS,
        Kind::PathItem => PATH_ITEM,
        Kind::Operation => OPERATION,
        Kind::ExternalDocs => EXTERNAL_DOCS,
        Kind::Parameter => PARAMETER,
        Kind::Header => HEADER,
        Kind::RequestBody => REQUEST_BODY,
        Kind::MediaType => MEDIA_TYPE,
        Kind::Encoding => ENCODING,
        Kind::Response => RESPONSE,
        Kind::Example => EXAMPLE,
        Kind::Link => LINK,
        Kind::Tag => TAG,
        Kind::Discriminator => DISCRIMINATOR,
        Kind::Xml => XML,
        Kind::SecurityScheme => SECURITY_SCHEME,
        Kind::OAuthFlows => OAUTH_FLOWS,
        Kind::OAuthFlow => OAUTH_FLOW,
        // Their keys are the document's own.
        Kind::Paths | Kind::Responses | Kind::Callback | Kind::Requirement | Kind::Schema => &[],
    }
}

const DOCUMENT: &[Field] = &[
    // Without one of these two a text is no document: it is looked at before all else.
    field("openapi", Any),
    field("swagger", Any),
    field("$self", Uri).since_3_2(),
    field("info", Object(Kind::Info)).required(),
    field("jsonSchemaDialect", Uri).since_3_1(),
    field("servers", List(Kind::Server)),
    field("paths", Object(Kind::Paths)).required_in_3_0(),
    field("webhooks", Map(Kind::PathItem)).since_3_1(),
    field("x-webhooks", Map(Kind::PathItem)),
    // In no version, and read all the same: a rule tells of it.
    field("$defs", Map(Kind::Schema)),
    field("components", Object(Kind::Components)),
    field("security", List(Kind::Requirement)),
    field("tags", List(Kind::Tag)),
    field("externalDocs", Object(Kind::ExternalDocs)),
];

const INFO: &[Field] = &[
    field("title", Text).required(),
    field("summary", Text).since_3_1(),
    field("description", Text),
    field("termsOfService", Uri),
    field("contact", Object(Kind::Contact)),
    field("license", Object(Kind::License)),
    field("version", Text).required(),
];

const CONTACT: &[Field] = &[
    field("name", Text),
    field("url", Uri),
    field("email", Email),
];

const LICENSE: &[Field] = &[
    field("name", Text).required(),
    field("identifier", Text).since_3_1(),
    field("url", Uri),
];

const SERVER: &[Field] = &[
    field("url", Uri).required(),
    field("description", Text),
    field("name", Text).since_3_2(),
    field("variables", Map(Kind::ServerVariable)),
];

const SERVER_VARIABLE: &[Field] = &[
    field("enum", Texts),
    field("default", Text).required(),
    field("description", Text),
];

const COMPONENTS: &[Field] = &[
    field("schemas", Map(Kind::Schema)),
    field("responses", Map(Kind::Response)),
    field("parameters", Map(Kind::Parameter)),
    field("examples", Map(Kind::Example)),
    field("requestBodies", Map(Kind::RequestBody)),
    field("headers", Map(Kind::Header)),
    field("securitySchemes", Map(Kind::SecurityScheme)),
    field("links", Map(Kind::Link)),
    field("callbacks", Map(Kind::Callback)),
    field("pathItems", Map(Kind::PathItem)).since_3_1(),
    field("mediaTypes", Map(Kind::MediaType)).since_3_2(),
];

const PATH_ITEM: &[Field] = &[
    field("$ref", Text),
    field("summary", Text),
    field("description", Text),
    field("get", Object(Kind::Operation)),
    field("put", Object(Kind::Operation)),
    field("post", Object(Kind::Operation)),
    field("delete", Object(Kind::Operation)),
    field("options", Object(Kind::Operation)),
    field("head", Object(Kind::Operation)),
    field("patch", Object(Kind::Operation)),
    field("trace", Object(Kind::Operation)),
    field("query", Object(Kind::Operation)).since_3_2(),
    field("additionalOperations", Map(Kind::Operation)).since_3_2(),
    field("servers", List(Kind::Server)),
    field("parameters", List(Kind::Parameter)),
];

const OPERATION: &[Field] = &[
    field("tags", Texts),
    field("summary", Text),
    field("description", Text),
    field("externalDocs", Object(Kind::ExternalDocs)),
    field("operationId", Text),
    field("parameters", List(Kind::Parameter)),
    field("requestBody", Object(Kind::RequestBody)),
    field("responses", Object(Kind::Responses)).required_in_3_0(),
    field("callbacks", Map(Kind::Callback)),
    field("deprecated", Flag),
    field("security", List(Kind::Requirement)),
    field("servers", List(Kind::Server)),
];

const EXTERNAL_DOCS: &[Field] = &[field("description", Text), field("url", Uri).required()];

const PARAMETER: &[Field] = &[
    field("name", Text).required(),
    field(
        "in",
        Word(&["path", "query", "header", "cookie", "querystring"]),
    )
    .required(),
    field("description", Text),
    field("required", Flag),
    field("deprecated", Flag),
    field("allowEmptyValue", Flag),
    field("style", Text),
    field("explode", Flag),
    field("allowReserved", Flag),
    field("schema", Schema),
    field("example", Any),
    field("examples", Map(Kind::Example)),
    field("content", Map(Kind::MediaType)),
];

const HEADER: &[Field] = &[
    field("description", Text),
    field("required", Flag),
    field("deprecated", Flag),
    field("allowEmptyValue", Flag),
    field("style", Text),
    field("explode", Flag),
    field("allowReserved", Flag),
    field("schema", Schema),
    field("example", Any),
    field("examples", Map(Kind::Example)),
    field("content", Map(Kind::MediaType)),
];

const REQUEST_BODY: &[Field] = &[
    field("description", Text),
    field("content", Map(Kind::MediaType)).required(),
    field("required", Flag),
];

const MEDIA_TYPE: &[Field] = &[
    field("schema", Schema),
    field("itemSchema", Schema).since_3_2(),
    field("example", Any),
    field("examples", Map(Kind::Example)),
    field("encoding", Map(Kind::Encoding)),
    field("prefixEncoding", List(Kind::Encoding)).since_3_2(),
    field("itemEncoding", Object(Kind::Encoding)).since_3_2(),
];

const ENCODING: &[Field] = &[
    field("contentType", Text),
    field("headers", Map(Kind::Header)),
    field("style", Text),
    field("explode", Flag),
    field("allowReserved", Flag),
    field("encoding", Map(Kind::Encoding)).since_3_2(),
    field("prefixEncoding", List(Kind::Encoding)).since_3_2(),
    field("itemEncoding", Object(Kind::Encoding)).since_3_2(),
];

const RESPONSE: &[Field] = &[
    field("summary", Text).since_3_2(),
    field("description", Text).required(),
    field("headers", Map(Kind::Header)),
    field("content", Map(Kind::MediaType)),
    field("links", Map(Kind::Link)),
];

const EXAMPLE: &[Field] = &[
    field("summary", Text),
    field("description", Text),
    field("value", Any),
    field("externalValue", Uri),
    field("dataValue", Any).since_3_2(),
    field("serializedValue", Text).since_3_2(),
];

const LINK: &[Field] = &[
    field("operationRef", Uri),
    field("operationId", Text),
    field("parameters", Any),
    field("requestBody", Any),
    field("description", Text),
    field("server", Object(Kind::Server)),
];

const TAG: &[Field] = &[
    field("name", Text).required(),
    field("summary", Text).since_3_2(),
    field("description", Text),
    field("externalDocs", Object(Kind::ExternalDocs)),
    field("parent", Text).since_3_2(),
    field("kind", Text).since_3_2(),
];

const DISCRIMINATOR: &[Field] = &[
    field("propertyName", Text).required(),
    field("mapping", TextMap),
    field("defaultMapping", Text).since_3_2(),
];

const XML: &[Field] = &[
    field("nodeType", Text).since_3_2(),
    field("name", Text),
    field("namespace", Text),
    field("prefix", Text),
    field("attribute", Flag),
    field("wrapped", Flag),
];

const SECURITY_SCHEME: &[Field] = &[
    field(
        "type",
        Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]),
    )
    .required(),
    field("description", Text),
    field("name", Text).required_where("type", "apiKey"),
    field("in", Word(&["query", "header", "cookie"])).required_where("type", "apiKey"),
    field("scheme", Text).required_where("type", "http"),
    field("bearerFormat", Text),
    field("flows", Object(Kind::OAuthFlows)).required_where("type", "oauth2"),
    field("openIdConnectUrl", Uri).required_where("type", "openIdConnect"),
    field("oauth2MetadataUrl", Uri).since_3_2(),
    field("deprecated", Flag).since_3_2(),
];

const OAUTH_FLOWS: &[Field] = &[
    field("implicit", Object(Kind::OAuthFlow)),
    field("password", Object(Kind::OAuthFlow)),
    field("clientCredentials", Object(Kind::OAuthFlow)),
    field("authorizationCode", Object(Kind::OAuthFlow)),
    field("deviceAuthorization", Object(Kind::OAuthFlow)).since_3_2(),
];

/// Which of the addresses a flow needs depends on the flow: see the rules.
const OAUTH_FLOW: &[Field] = &[
    field("authorizationUrl", Uri),
    field("deviceAuthorizationUrl", Uri).since_3_2(),
    field("tokenUrl", Uri),
    field("refreshUrl", Uri),
    field("scopes", TextMap).required(),
];
