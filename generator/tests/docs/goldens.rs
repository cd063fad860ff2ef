//! The pages of a small document, word for word.

use super::book::fixture;
use std::fmt::Write as _;

#[test]
fn pets() {
    let book = fixture("pets");
    assert!(!book.diagnostics.has_errors(), "{:#?}", book.diagnostics);
    let mut text = String::new();
    for (path, file) in &book.files {
        writeln!(text, "======== {path}\n{file}").unwrap();
    }
    insta::with_settings!({
        omit_expression => true,
        prepend_module_to_snapshot => false,
        snapshot_path => "../snapshots",
    }, {
        insta::assert_snapshot!("docs-pets", text);
    });
}
