//! The document into the IR.
//!
//! The shell (info, servers, operations, parameters, bodies, responses, security) is read node by
//! node through the `openapiv3` crate, with schemas and children set aside: a node that it cannot
//! read costs that node, never the document. Schemas are read by our own reader, which knows JSON
//! Schema 2020-12 and writes straight into the IR, see [`schemas`].
//!
//! Nothing is lost silently. What the IR cannot hold is a [`crate::ir::Loss`] with a diagnostic.

mod bodies;
mod components;
mod encoded;
mod fields;
mod headers;
mod info;
mod operations;
mod parameters;
mod paths;
mod reader;
mod responses;
mod schemas;
mod security;
mod servers;
mod shell;
mod webhooks;

#[cfg(test)]
mod tests;

use crate::diag::Diagnostics;
use crate::ir::Api;
use crate::load::Document;
use reader::Reader;

pub use fields::check_fields;

/// Turns a document into the IR: everything the document says, nothing that only follows from it.
///
/// `name` is what the user calls the API. Whatever cannot be read or kept is a diagnostic at its
/// place, and costs no more than that place.
pub fn normalise(document: &Document, name: &str, diagnostics: &mut Diagnostics) -> Api {
    let root = document.root();
    let mut reader = Reader::new(document, diagnostics);
    reader.lost_before();
    let mut api = Api {
        name: name.to_owned(),
        ..Api::default()
    };
    reader.declare_components(&root);
    reader.info(&root, &mut api);
    api.servers = reader.servers(&root);
    api.auth_schemes = reader.security_schemes(&root);
    api.security = reader
        .requirements(&root, &api.auth_schemes)
        .unwrap_or_default();
    api.actions = reader.actions(&root, &api.auth_schemes);
    api.events = reader.webhooks(&root);
    reader.unused_components(&root, &api);
    (api.types, api.losses) = reader.finish();
    api
}
