//! Requests against the document: strict where the document lets things pass.
//!
//! ```text
//! value       a JSON value against a schema
//! limits      constraints on numbers, texts, lists and objects
//! format      what the formats of texts ask for
//! pattern     regular expressions
//! unions      which variant a value is
//! parameters  path, query, header and cookie parameters
//! style       text in a style into a value
//! body        media type, syntax, and the value
//! form        the fields of a form, in their styles
//! brackets    `deepObject` as deep as it goes
//! multipart   the parts of a form with files
//! one_way     what only the server sets
//! ids         versions of UUIDs
//! ```

mod body;
mod brackets;
mod form;
mod format;
mod ids;
mod limits;
mod multipart;
mod one_way;
mod parameters;
mod pattern;
mod style;
mod unions;
mod value;

pub(crate) use body::body;
pub(crate) use format::fault as format_fault;
pub(crate) use ids::{path_ids, version_fault};
pub(crate) use parameters::{Given, parameters, text};
pub(crate) use value::{Checker, Direction};
