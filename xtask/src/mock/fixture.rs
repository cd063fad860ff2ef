//! What several tests need.

use super::{Cut, MockError, Options, Prism};
use serde_json::Value;
use specwright::cases::{Table, table};
use specwright::diag::Diagnostics;
use specwright::load::{MemorySources, load};
use std::path::Path;
use std::time::Duration;

/// The cases of a document of one file.
pub(super) fn cases(document: &Value) -> Table {
    let sources = MemorySources::new("api.json", document.to_string());
    table(&load("api.json", &sources, &mut Diagnostics::new()).unwrap())
}

/// Starts a mock where Prism is installed already: tests do not install anything.
pub(super) fn started(
    name: &str,
    document: &Value,
    table: &Table,
    cut: Cut,
) -> Option<Result<Prism, MockError>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/prism");
    if !super::install::is_installed(&folder) {
        println!("skipped: Prism is not installed in target/prism; `cargo xtask test` does that");
        return None;
    }
    let options = Options {
        folder: &folder,
        name,
        cut,
        patience: Duration::from_secs(120),
    };
    Some(Prism::start(document, table, &options))
}
