//! The documentation back end: IR into Markdown that reads well on a code host and builds as a book.
//!
//! ```text
//! markdown, prose     the document's strings as Markdown
//! usage               what the other outputs call things, handed in
//! notes               what the configuration says beside the document
//! site                what has a page, and how one leads to another
//! types, limits       a type and what a value can be, in words
//! fields              the properties of an object as rows
//! example, fits       example values, and whether a value is one of a schema's
//! index               the index and the table of contents
//! resources           a page per resource, with a section per action:
//!   overview, ways, properties, output, needs, troubleshooting, nouns
//! events, schemas     a page per event and per schema; signature: how deliveries are signed
//! ```
//!
//! A view holds final strings; the templates in `templates/docs` only print. Every string of the
//! document goes through [`markdown`] or [`prose`] before it is put into a view.

mod events;
mod example;
mod fields;
mod fits;
mod index;
mod limits;
mod markdown;
mod needs;
mod notes;
mod nouns;
mod output;
mod overview;
mod properties;
mod prose;
mod resources;
mod schemas;
mod signature;
mod site;
mod troubleshooting;
mod types;
mod usage;
mod ways;

pub use usage::{
    N8nCredential, N8nInput, N8nOperation, N8nUsage, RustCall, RustUsage, TriggerSecret, Usage,
};

use crate::config::Note;
use crate::diag::Diagnostics;
use crate::ir::{Api, TypeId};
use crate::names::{DocsNames, Lock, N8nNames};
use crate::plan::{PlanError, WritePlan};
use markdown::Anchors;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use notes::Notes;
use serde::Serialize;
use site::Site;

/// What a book is made from.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    /// The API.
    pub api: &'a Api,
    /// What n8n calls things: the words of the headings.
    pub labels: &'a N8nNames,
    /// How the API is used from the other outputs.
    pub usage: &'a Usage,
    /// What the configuration says beside the document.
    pub notes: &'a [Note],
    /// The base URL of the configuration, where the document has none or not the right one.
    pub base_url: Option<&'a str>,
}

/// Why there is no book. Each is a mistake of this back end: please report it.
#[derive(Debug, thiserror::Error)]
pub enum DocsError {
    /// Two pages have one path.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A template could not be filled in.
    #[error("a template could not be filled in: {0}")]
    Template(#[from] minijinja::Error),
    /// The book's configuration would not be TOML.
    #[error("book.toml would not be TOML: {0}")]
    Toml(#[from] toml::ser::Error),
}

/// Plans the files of a book, below `docs/<api>`.
///
/// Names of pages are taken from the lock, and new ones are added to it. A note that is about nothing is
/// an error of code [`StaleOverride`](crate::diag::Code::StaleOverride).
///
/// # Errors
/// See [`DocsError`].
pub fn book(
    book: Book<'_>,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Result<WritePlan, DocsError> {
    let api = book.api;
    let paged = site::paged(api);
    let has_page = |id: TypeId| paged.get(id.0).copied().unwrap_or(false);
    let names = DocsNames::allocate(api, book.labels, &has_page, lock, diagnostics);
    let notes = Notes::new(api, book.notes, diagnostics);
    let anchors = anchors(api, &names);
    let server = api.servers.first().map(|server| server.url.as_str());
    let site = Site {
        api,
        names: &names,
        usage: book.usage,
        notes: &notes,
        anchors: &anchors,
        base_url: book.base_url.or(server),
    };
    let mut files = Files::new(&api.name)?;
    files.add("book.toml", &book_toml(&api.title)?)?;
    files.page("src/SUMMARY.md", "SUMMARY.md", &site.summary())?;
    files.page("src/README.md", "README.md", &site.index_view())?;
    for (index, (resource, page)) in api.resources.iter().zip(&names.resources).enumerate() {
        let view = site.resource(crate::ir::ResourceId(index), resource);
        files.page(
            &format!("src/resources/{}.md", page.file),
            "resource.md",
            &view,
        )?;
    }
    for (index, (event, file)) in api.events.iter().zip(&names.events).enumerate() {
        files.page(
            &format!("src/events/{file}.md"),
            "event.md",
            &site.event(index, event),
        )?;
    }
    let uses = site.uses();
    for (index, (def, file)) in api.types.iter().zip(&names.schemas).enumerate() {
        if let Some(file) = file {
            let view = site.schema(TypeId(index), def, &uses);
            files.page(&format!("src/schemas/{file}.md"), "schema.md", &view)?;
        }
    }
    files.plan.own(files.folder.clone())?;
    Ok(files.plan)
}

/// The identifier of each action's heading on the page of its resource.
fn anchors(api: &Api, names: &DocsNames) -> Vec<String> {
    let mut found = vec![String::new(); api.actions.len()];
    for (resource, page) in api.resources.iter().zip(&names.resources) {
        let mut anchors = Anchors::default();
        anchors.next(&page.title);
        for id in &resource.actions {
            let (Some(action), Some(slot)) = (names.actions.get(id.0), found.get_mut(id.0)) else {
                continue;
            };
            *slot = anchors.next(&action.title);
            for section in resources::SECTIONS {
                anchors.next(&format!("{}: {section}", action.label));
            }
        }
    }
    found
}

/// What mdBook reads. Commands in pages are not carried out: pages are text.
fn book_toml(title: &str) -> Result<String, DocsError> {
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Build {
        use_default_preprocessors: bool,
    }
    #[derive(Serialize)]
    struct About {
        title: String,
        language: &'static str,
        src: &'static str,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Html {
        smart_punctuation: bool,
    }
    #[derive(Serialize)]
    struct Output {
        html: Html,
    }
    #[derive(Serialize)]
    struct Toml {
        book: About,
        build: Build,
        output: Output,
    }
    let toml = Toml {
        book: About {
            title: markdown::visible(title),
            language: "en",
            src: "src",
        },
        build: Build {
            use_default_preprocessors: false,
        },
        // Texts are shown as they are: `--` in one may be an option.
        output: Output {
            html: Html {
                smart_punctuation: false,
            },
        },
    };
    let header = "# Generated by Specwright. Do not edit: it is written again by the next run.\n";
    Ok(format!("{header}{}", toml::to_string(&toml)?))
}

/// The templates, by the name of what they print.
const TEMPLATES: &[(&str, &str)] = &[
    (
        "README.md",
        include_str!("../../../templates/docs/README.md.jinja"),
    ),
    (
        "SUMMARY.md",
        include_str!("../../../templates/docs/SUMMARY.md.jinja"),
    ),
    (
        "resource.md",
        include_str!("../../../templates/docs/resource.md.jinja"),
    ),
    (
        "event.md",
        include_str!("../../../templates/docs/event.md.jinja"),
    ),
    (
        "schema.md",
        include_str!("../../../templates/docs/schema.md.jinja"),
    ),
    (
        "fields.md",
        include_str!("../../../templates/docs/fields.md.jinja"),
    ),
];

/// The files of one book.
struct Files {
    plan: WritePlan,
    folder: String,
    templates: Environment<'static>,
}

impl Files {
    fn new(api: &str) -> Result<Self, DocsError> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()?;
        templates.set_syntax(syntax);
        for (name, text) in TEMPLATES {
            templates.add_template(name, text)?;
        }
        Ok(Self {
            plan: WritePlan::new(),
            folder: format!("docs/{api}"),
            templates,
        })
    }

    fn add(&mut self, path: &str, text: &str) -> Result<(), DocsError> {
        Ok(self.plan.add(format!("{}/{path}", self.folder), text)?)
    }

    fn page(&mut self, path: &str, template: &str, view: &impl Serialize) -> Result<(), DocsError> {
        let text = self.templates.get_template(template)?.render(Serde(view))?;
        self.add(path, &spaced(&text))
    }
}

/// A page with one blank line where a template left several; code stays as it is.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let mut was_blank = true;
    for line in text.lines() {
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None => fence = opening_fence(line),
        }
        let is_blank = line.is_empty() && fence.is_none();
        if !(is_blank && was_blank) {
            out.push_str(line);
            out.push('\n');
        }
        was_blank = is_blank;
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn opening_fence(line: &str) -> Option<&str> {
    let length = line.bytes().take_while(|c| *c == b'`').count();
    line.get(..length).filter(|_| length >= 3)
}
