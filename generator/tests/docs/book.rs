//! Books in memory.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use specwright::config::{ApiConfig, Config, Output};
use specwright::diag::Diagnostics;
use specwright::ir::Api;
use specwright::load::{Document, MemorySources};
use specwright::names::Lock;
use specwright::{Rendering, Shape, compile, render};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A book, and what it was made from.
pub(crate) struct Book {
    pub(crate) api: Api,
    pub(crate) document: Document,
    /// Path below the book's folder, and text.
    pub(crate) files: BTreeMap<String, String>,
    pub(crate) lock: Lock,
    pub(crate) diagnostics: Diagnostics,
}

pub(crate) static TWENTY: LazyLock<Book> = LazyLock::new(|| committed("twenty"));
pub(crate) static SAVVYCAL: LazyLock<Book> = LazyLock::new(|| committed("savvycal"));

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}

/// The book of an API of this repository.
fn committed(name: &str) -> Book {
    let text = std::fs::read_to_string(specs().join("specwright.toml")).unwrap();
    let mut diagnostics = Diagnostics::new();
    let config = Config::parse("specwright.toml", &text, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    let api = config.api(name).unwrap();
    let text = std::fs::read_to_string(specs().join(&api.spec)).unwrap();
    of(&text, api)
}

/// The book of a fixture.
pub(crate) fn fixture(name: &str) -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let text = std::fs::read_to_string(folder.join(format!("{name}.yaml"))).unwrap();
    of(&text, &ApiConfig::for_name(name))
}

/// The book of a document.
pub(crate) fn of(text: &str, config: &ApiConfig) -> Book {
    let sources = MemorySources::new("api.yaml", text);
    let compiled = compile("api.yaml", &sources, config, &mut |_| {});
    let mut diagnostics = compiled.diagnostics;
    let api = compiled.api.unwrap_or_else(|| panic!("{diagnostics:#?}"));
    let mut lock = Lock::new();
    let rendering = Rendering {
        api: &api,
        config,
        outputs: &[Output::Docs],
        shape: Shape::Module,
        cases: None,
    };
    let rendered = render(rendering, &mut lock, &mut |_| {});
    for diagnostic in &rendered.diagnostics {
        diagnostics.push(diagnostic.clone());
    }
    let folder = format!("docs/{}/", config.name);
    let files = rendered.plan.files().map(|(path, text)| {
        let path = path
            .strip_prefix(&folder)
            .expect("all files are in the book's folder");
        (path.to_owned(), text.to_owned())
    });
    Book {
        files: files.collect(),
        document: compiled.document.unwrap(),
        api,
        lock,
        diagnostics,
    }
}

impl Book {
    /// The text of a page.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> &str {
        let path = format!("src/{path}");
        self.files
            .get(&path)
            .unwrap_or_else(|| panic!("there is no page {path}"))
    }

    /// Path and text of every page.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let pages = self.files.iter().filter(|(path, _)| path.ends_with(".md"));
        pages.map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The pages of a folder, by their headings.
    pub(crate) fn by_title(&self, folder: &str) -> BTreeMap<String, &str> {
        let pages = self
            .pages()
            .filter(|(path, _)| path.starts_with(&format!("src/{folder}/")));
        pages.map(|(_, text)| (title(text), text)).collect()
    }

    /// The section of a page below a heading, up to the next one of its level or above.
    #[track_caller]
    pub(crate) fn section(&self, path: &str, heading: &str) -> &str {
        section(self.page(path), heading).unwrap_or_else(|| panic!("{path} has no {heading}"))
    }
}

/// The section of a text below a heading such as `## Output`.
pub(crate) fn section<'t>(text: &'t str, heading: &str) -> Option<&'t str> {
    let line = format!("\n{heading}\n");
    let start = text.find(&line)? + line.len();
    let rest = &text[start..];
    let level = heading.bytes().take_while(|c| *c == b'#').count();
    let ends = (1..=level).filter_map(|level| rest.find(&format!("\n{} ", "#".repeat(level))));
    Some(&rest[..ends.min().unwrap_or(rest.len())])
}

/// A table's rows, as the texts of their cells.
pub(crate) fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut cell = None;
    for event in parser(text) {
        match event {
            Event::Start(Tag::TableRow | Tag::TableHead) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => {
                let text = cell.take().unwrap_or_default();
                rows.last_mut().unwrap().push(text);
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&text);
                }
            }
            Event::InlineHtml(html) if &*html == "<br>" => {
                if let Some(cell) = &mut cell {
                    cell.push(' ');
                }
            }
            _ => {}
        }
    }
    rows
}

/// The code blocks of a language.
pub(crate) fn code_blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut inside = false;
    for event in parser(text) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    pulldown_cmark::CodeBlockKind::Fenced(info) => info.to_string(),
                    pulldown_cmark::CodeBlockKind::Indented => String::new(),
                };
                inside = info == language;
                if inside {
                    blocks.push(String::new());
                }
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => blocks.last_mut().unwrap().push_str(&text),
            _ => {}
        }
    }
    blocks
}

/// The headings of a page with their levels, as text.
pub(crate) fn headings(text: &str) -> Vec<(HeadingLevel, String)> {
    let mut found: Vec<(HeadingLevel, String)> = Vec::new();
    let mut inside = false;
    for event in parser(text) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                found.push((level, String::new()));
                inside = true;
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Text(text) | Event::Code(text) if inside => {
                found.last_mut().unwrap().1.push_str(&text);
            }
            _ => {}
        }
    }
    found
}

/// The heading of a page, as text.
pub(crate) fn title(text: &str) -> String {
    headings(text.lines().next().unwrap_or_default())
        .into_iter()
        .next()
        .map(|(_, text)| text)
        .unwrap_or_default()
}

/// As mdBook reads CommonMark.
pub(crate) fn parser(text: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    Parser::new_ext(text, options)
}
