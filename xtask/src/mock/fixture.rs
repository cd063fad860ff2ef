//! What several tests need.

use serde_json::Value;
use specwright::cases::{Table, table};
use specwright::diag::Diagnostics;
use specwright::load::{MemorySources, load};

/// The cases of a document of one file.
pub(super) fn cases(document: &Value) -> Table {
    let sources = MemorySources::new("api.json", document.to_string());
    table(&load("api.json", &sources, &mut Diagnostics::new()).unwrap())
}
