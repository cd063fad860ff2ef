//! Cases: for every operation of a document what goes in, the bytes that must come out, and an answer.
//!
//! They are made from the loaded document and what the configuration corrects of its values, and know
//! nothing of the compiler: what a generated client sends is compared with them, byte for byte. Whoever writes a client of another kind compares
//! it with the same file, `tests/cases/<api>.json`.
//!
//! # The file
//!
//! `{"schemaVersion": 1, "api": .., "cases": [..], "leftOut": [..]}`, one case to a line, ordered by
//! path, method and `inputs`:
//!
//! | member | what |
//! |---|---|
//! | `action` | method and path template: `POST /people/{id}` |
//! | `operationId` | as in the document; null where it has none |
//! | `inputs` | `required`: nothing that may be left out; `all`: everything; `null`: as `required`, and a body with everything in it and null for all that may be null, where there is any |
//! | `parameters` | `{path, query, header, cookie}`, each parameters by name with their JSON values; an empty place is left out |
//! | `body` | the body as a JSON value, a text for a media type that is not JSON or a form; absent where none is sent |
//! | `request` | `{method, target, headers, body}`: `target` is path and query below the base URL, `headers` are those that the document decides, their names in lower case, none of them twice; `body` is the exact text, null where none is sent |
//! | `response` | `{status, headers, body, unset}`: `body` is a JSON value where the media type is JSON, else a text; `unset` is another body for the same request, in which what is not required is null: it reads as if it were absent |
//!
//! `leftOut` has `{action, what, reason}` for each operation without cases, and for each parameter that
//! its operation's cases do without: one that no style writes, or for which no value was found that
//! keeps to its schema's own limits.
//!
//! # What is sent
//!
//! - The target is the path template with its parameters, then the query: required parameters, then
//!   optional ones, both in the order in which the path item and the operation list them, then
//!   credentials. An operation's parameter stands in the place of the path item's with its name.
//! - Every character but the unreserved ones is percent-encoded as UTF-8, with capital letters
//!   (RFC 3986, section 2.1); delimiters of a style are not, brackets of `deepObject` and the spaces
//!   and bars that delimit lists are. A list of scalars in a `deepObject` is `name[]=value`, the objects of
//!   one are numbered. `allowReserved` keeps `:/?@!$()*,;=` and escapes that are there;
//!   the apostrophe is not among them, since whoever follows the URL standard escapes it in a query.
//!   Nothing in a header is encoded; in a cookie what RFC 6265, section 4.1.1 does not allow, and `%`.
//! - JSON has no white space; the properties that a schema names come by name, then those it does not
//!   name, by name. Names are ordered by code points, as UTF-8 is. No case has names in another order
//!   than JavaScript's, which puts indices (`9`, `10`) first: optional ones are left out. Text is escaped
//!   as little as RFC 8259, section 7 allows.
//! - Numbers that may have a fraction have one where their limits allow it, so that they are written in
//!   one way. A whole number is written without a fraction, and `2.0` is as good as `2`.
//! - Of several media types of a body the first of these is sent: `application/json`, other JSON,
//!   a form, text, anything else; of several of one sort the first by name. A range such as `image/*`
//!   is sent as `application/octet-stream`.
//! - `accept` is the media type of the response, without the parameters of `application/json`, which also
//!   stands for a range of which JSON is read; `*/*` where it has no body.
//! - Credentials: of the first alternative of `security` that names any; each token and key is
//!   `secret`, each user `user` with the password `password`.
//!
//! # Values
//!
//! - Each is made from the path of its field, so that two fields that are swapped are noticed.
//! - `oneOf` and `anyOf`: the first branch, in the second item of a list the second.
//! - What the schema `false` is said of is in none. A URL that is sent with `allowReserved` has no escapes:
//!   they would be left as they are, and arrive as what they stand for.
//! - Null is sent in every second item of a list and, with `required`, wherever it is allowed.
//! - Records refer to each other without end: a record inside a record has its required properties and
//!   its `id`. With `required`, answers leave it out, and lists have one item.
//! - Text with a `pattern` matches it; where the pattern is beyond us, it is the document's own example.

mod ask;
mod corrections;
mod cycles;
mod fits;
mod flat;
mod forms;
mod named;
mod operations;
mod request;
mod response;
mod sample;
mod scalar;
mod security;
mod streams;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod value_tests;
mod wire;

pub use table::{
    Case, Inputs, LeftOut, Parameter, Place, Request, Response, Table, table, table_with,
};
