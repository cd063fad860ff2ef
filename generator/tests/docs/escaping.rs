//! What a document says is text on the pages, whatever it looks like.

use super::book::{Book, SAVVYCAL, TWENTY, fixture, headings, of, parser};
use pulldown_cmark::{CodeBlockKind, Event, Tag};
use specwright::config::ApiConfig;
use std::path::Path;

/// What a page must not have, whatever the document says.
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut code = false;
    for event in parser(text) {
        match &event {
            Event::Start(Tag::CodeBlock(kind)) => {
                code = true;
                match kind {
                    CodeBlockKind::Indented => faults.push(format!("{path}: indented code")),
                    CodeBlockKind::Fenced(info) => {
                        let known = ["json", "text", "rust,ignore"];
                        if !known.contains(&&**info) {
                            faults.push(format!("{path}: a code block in {info}"));
                        }
                    }
                }
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => code = false,
            Event::Html(html) => faults.push(format!("{path}: HTML {html}")),
            Event::InlineHtml(html) if ["<br>", "<code>", "</code>"].contains(&&**html) => {}
            Event::InlineHtml(html) => faults.push(format!("{path}: HTML {html}")),
            Event::Start(Tag::Image { .. }) => faults.push(format!("{path}: an image")),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let relative = !dest_url.contains(':') && !dest_url.starts_with('/');
                let page = dest_url.starts_with("https://") || dest_url.starts_with("http://");
                if !(relative || page) {
                    faults.push(format!("{path}: a link to {dest_url}"));
                }
            }
            _ => {}
        }
    }
    assert!(!code);
    // mdBook's commands. In code of a document's own they are text, since the book turns them off.
    let outside = without_code(text);
    if outside.contains("{{#") {
        faults.push(format!("{path}: a command of mdBook"));
    }
    for (index, line) in outside.lines().enumerate() {
        if line.starts_with('|') && !line.ends_with('|') {
            faults.push(format!("{path}: line {index} is half a row: {line}"));
        }
    }
    for table in tables(text) {
        let width = table[0];
        if table.iter().any(|cells| *cells != width) {
            faults.push(format!("{path}: a table with rows of {table:?} cells"));
        }
    }
    faults
}

/// A page without its code blocks.
fn without_code(text: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let ticks = line.bytes().take_while(|c| *c == b'`').count();
        match &fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if ticks >= 3 => fence = Some("`".repeat(ticks)),
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    assert_eq!(fence, None, "a code block is not closed");
    out
}

/// For each table, how many cells the lines of its rows have: more would be cut, less be filled up.
fn tables(text: &str) -> Vec<Vec<usize>> {
    let mut tables: Vec<Vec<usize>> = Vec::new();
    let mut inside = false;
    for line in without_code(text).lines() {
        if line.starts_with('|') {
            if !inside {
                tables.push(Vec::new());
            }
            let bytes = line.as_bytes();
            let bars = (0..bytes.len())
                .filter(|at| bytes[*at] == b'|' && (*at == 0 || bytes[at - 1] != b'\\'));
            tables.last_mut().unwrap().push(bars.count());
        }
        inside = line.starts_with('|');
    }
    tables
}

#[track_caller]
fn check(book: &Book) {
    let faults: Vec<String> = book
        .pages()
        .flat_map(|(path, text)| faults(path, text))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn nothing_of_a_document_is_markup() {
    for name in [
        "hostile",
        "obstacles",
        "corners",
        "parameters",
        "forms",
        "credentials",
        "pets",
    ] {
        check(&fixture(name));
    }
}

#[test]
fn the_committed_books_are_clean() {
    check(&TWENTY);
    check(&SAVVYCAL);
}

/// A check that cannot fail proves nothing.
#[test]
fn each_fault_is_noticed() {
    for text in [
        "a <b>x</b>",
        "<div>\n",
        "    code",
        "```sh\nx\n```",
        "[a](javascript:b)",
        "[a](/etc/passwd)",
        "![a](b)",
        "{{#include x}}",
        "| a | b |\n|---|---|\n| c |\n",
    ] {
        assert!(!faults("x.md", text).is_empty(), "{text}");
    }
    assert!(
        faults("x.md", "`{{#x}}`<br>`<b>` \\<b\\>").len() == 1,
        "only the command"
    );
}

/// The headings of a page are ours: a document can neither add one nor take one away.
#[test]
fn a_document_adds_no_heading() {
    let book = fixture("hostile");
    let page = book.page("resources/etc.md");
    let found = headings(page);
    assert_eq!(found.len(), 1 + 1 + 9, "{found:#?}");
    let index: Vec<String> = headings(book.page("README.md"))
        .into_iter()
        .map(|(_, it)| it)
        .collect();
    let ours = [
        "Base URL",
        "Authentication",
        "Rust",
        "n8n",
        "Resources and actions",
        "Events",
        "Schemas",
    ];
    assert_eq!(index[1..], ours);
}

/// Files are named by us, in ASCII, below the book's folder.
#[test]
fn no_string_becomes_a_path() {
    for name in ["hostile", "obstacles"] {
        let book = fixture(name);
        for path in book.files.keys() {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_/.".contains(c);
            let known = ["book.toml", "src/README.md", "src/SUMMARY.md"];
            assert!(
                known.contains(&path.as_str()) || path.chars().all(plain),
                "{path}"
            );
            assert!(!path.contains(".."), "{path}");
        }
    }
    let book = fixture("hostile");
    for path in [
        "src/resources/con.md",
        "src/resources/readme.md",
        "src/schemas/readme.md",
    ] {
        assert!(
            !book.files.contains_key(path),
            "{path} means something else"
        );
    }
}

/// Every command of mdBook is turned off in the book itself, too.
#[test]
fn the_book_carries_out_no_commands() {
    let toml = &fixture("hostile").files["book.toml"];
    assert!(toml.contains("use-default-preprocessors = false"), "{toml}");
    assert!(!toml.contains("preprocessor.links"), "{toml}");
}

#[test]
fn very_long_and_deep_documents_end() {
    let long = "word | `x` <b> ".repeat(20_000);
    let mut deep = String::from("{type: string}");
    for _ in 0..60 {
        deep = format!(
            "{{type: object, properties: {{a: {deep}, b: {{type: array, items: {deep_ref}}}}}}}",
            deep_ref = "{$ref: '#/components/schemas/D'}"
        );
    }
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1', description: {}}}\npaths: {{}}\ncomponents: {{schemas: {{D: {deep}}}}}\n",
        serde_json::to_string(&long).unwrap()
    );
    let book = of(&text, &ApiConfig::for_name("long"));
    check(&book);
    assert!(book.page("README.md").len() > 200_000, "nothing is cut");
}

/// The same document gives the same bytes, and a lock keeps the names.
#[test]
fn pages_are_the_same_every_time() {
    let first = fixture("hostile");
    let again = fixture("hostile");
    assert_eq!(first.files, again.files);
    assert_eq!(first.lock, again.lock);
    assert!(first.lock.to_text().contains("[docs.schemas]"));
}

/// The templates print: no page is made of text that was not put into a view.
#[test]
fn templates_have_no_words_of_a_document() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/docs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for word in ["wenty", "avvy"] {
            assert!(!text.contains(word));
        }
    }
}
