//! The walk over a document's objects, which compares each with the table.

use super::findings::{Fault, Findings};
use super::form::{Field, Form, Kind, Need};
use super::table::fields;
use super::texts;
use crate::diag::Code;
use crate::ir::Origin;
use crate::load::{Document, Node, Version};
use crate::normalise::reader::kind_of;
use serde_json::{Map, Value};
use std::collections::{HashSet, VecDeque};

/// The way to an object. The node at its end is made only when something is said of it.
#[derive(Clone, Copy)]
pub(super) enum Path<'p, 'd> {
    Start(&'p Node<'d>),
    Key(&'p Path<'p, 'd>, &'p str),
    Index(&'p Path<'p, 'd>, usize),
}

impl<'d> Path<'_, 'd> {
    pub(super) fn node(&self) -> Option<Node<'d>> {
        match self {
            Self::Start(node) => Some((*node).clone()),
            Self::Key(parent, key) => parent.node()?.get(key),
            Self::Index(parent, index) => parent.node()?.index(*index),
        }
    }

    /// Where it is written.
    pub(super) fn origin(&self) -> Origin {
        match self.node() {
            Some(node) => node.origin(),
            None => match self {
                Self::Start(node) => node.origin(),
                Self::Key(parent, key) => parent.origin().child(key),
                Self::Index(parent, index) => parent.origin().child(&index.to_string()),
            },
        }
    }

    fn file(&self) -> &'d str {
        match self {
            Self::Start(node) => node.file(),
            Self::Key(parent, _) | Self::Index(parent, _) => parent.file(),
        }
    }
}

pub(super) struct Walk<'d> {
    pub(super) document: &'d Document,
    pub(super) version: Version,
    pub(super) findings: Findings,
    root: Node<'d>,
    /// Objects already looked at, by address: looked up, never listed.
    visited: HashSet<(usize, Kind)>,
    /// Objects that references lead to, outside of the places that the walk passes anyway.
    referred: VecDeque<(Node<'d>, Kind)>,
}

impl<'d> Walk<'d> {
    pub(super) fn new(document: &'d Document, findings: Findings) -> Self {
        Self {
            document,
            version: document.version().max(Version::V3_0),
            findings,
            root: document.root(),
            visited: HashSet::new(),
            referred: VecDeque::new(),
        }
    }

    /// Walks the document and all that it refers to.
    pub(super) fn run(mut self) -> Findings {
        self.referred.push_back((self.root.clone(), Kind::Document));
        while let Some((node, kind)) = self.referred.pop_front() {
            self.object(node.value(), kind, &Path::Start(&node));
        }
        self.findings
    }

    pub(super) fn object(&mut self, value: &'d Value, kind: Kind, path: &Path<'_, 'd>) {
        let Value::Object(map) = value else {
            return;
        };
        let address = std::ptr::from_ref(value).addr();
        if !self.visited.insert((address, kind)) {
            return;
        }
        if let Some(Value::String(reference)) = map.get("$ref") {
            self.reference(reference, kind, path);
            if kind != Kind::Schema {
                self.siblings(map, kind, path);
                return;
            }
        }
        match kind {
            Kind::Schema => self.schema(map, path),
            Kind::Paths | Kind::Responses | Kind::Callback => self.named(map, kind, path),
            Kind::Requirement => {
                for (name, scopes) in map {
                    self.form(Form::Texts, scopes, (kind, name), &Path::Key(path, name));
                }
            }
            _ => self.fixed(map, kind, path),
        }
        self.rules(map, kind, path);
        self.unused(map, kind, path);
    }

    /// An object with fixed fields.
    fn fixed(&mut self, map: &'d Map<String, Value>, kind: Kind, path: &Path<'_, 'd>) {
        let fields = fields(kind);
        for (key, child) in map {
            let path = Path::Key(path, key);
            match fields.iter().find(|field| field.name == key) {
                Some(field) => {
                    self.too_new(field, kind, &path);
                    self.form(field.form, child, (kind, key), &path);
                }
                None if key.starts_with("x-") => {}
                None => self.unknown(key, child, kind, &path),
            }
        }
        for field in fields {
            if !map.contains_key(field.name) && self.is_needed(field, map) {
                self.missing(field.name, kind, path);
            }
        }
    }

    /// An object whose keys are the document's own, but for extensions.
    fn named(&mut self, map: &'d Map<String, Value>, kind: Kind, path: &Path<'_, 'd>) {
        let children = match kind {
            Kind::Responses => Kind::Response,
            _ => Kind::PathItem,
        };
        for (key, child) in map.iter().filter(|(key, _)| !key.starts_with("x-")) {
            let path = Path::Key(path, key);
            self.form(Form::Object(children), child, (kind, ""), &path);
        }
    }

    /// Checks a value and walks what is below it.
    pub(super) fn form(
        &mut self,
        form: Form,
        value: &'d Value,
        (kind, name): (Kind, &str),
        path: &Path<'_, 'd>,
    ) {
        if !form.admits(value) {
            self.wrong(form, value, (kind, name), path);
            return;
        }
        match (form, value) {
            (Form::Word(words), Value::String(text)) if !words.contains(&text.as_str()) => {
                let message = format!("{text:?} is none of {}", words.join(", "));
                let fault = Fault::note(Code::BadValue, message, "it was passed over");
                self.findings.add(kind, name, path.origin(), fault);
            }
            (Form::Uri | Form::Email, Value::String(text)) => {
                let fault = match form {
                    Form::Email => texts::email_fault(text),
                    _ => texts::uri_fault(text, kind == Kind::Server),
                };
                if let Some(fault) = fault {
                    let fault = Fault::note(Code::BadValue, fault, "it was taken as it is");
                    self.findings.add(kind, name, path.origin(), fault);
                }
            }
            (Form::Texts, Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let path = Path::Index(path, index);
                    self.form(Form::Text, item, (kind, name), &path);
                }
            }
            (Form::TextMap, Value::Object(map)) => {
                for (key, item) in map.iter().filter(|(key, _)| !key.starts_with("x-")) {
                    let path = Path::Key(path, key);
                    self.form(Form::Text, item, (kind, name), &path);
                }
            }
            (Form::Schema, _) => self.object(value, Kind::Schema, path),
            (Form::Object(below), _) => self.object(value, below, path),
            (Form::List(below), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let path = Path::Index(path, index);
                    self.form(Form::Object(below), item, (kind, name), &path);
                }
            }
            (Form::Map(below), Value::Object(map)) => self.map(map, below, (kind, name), path),
            _ => {}
        }
    }

    fn map(
        &mut self,
        map: &'d Map<String, Value>,
        below: Kind,
        (kind, name): (Kind, &str),
        path: &Path<'_, 'd>,
    ) {
        // The specification has no reference to a whole map, documents do.
        if let Some(Value::String(_)) = map.get("$ref") {
            return;
        }
        for (key, item) in map {
            let path = Path::Key(path, key);
            let form = match below {
                Kind::Schema => Form::Schema,
                below => Form::Object(below),
            };
            self.form(form, item, (kind, name), &path);
            self.key(key, below, (kind, name), &path);
        }
    }

    fn is_needed(&self, field: &Field, map: &Map<String, Value>) -> bool {
        match field.need {
            Need::Optional => false,
            Need::Required => true,
            Need::RequiredIn3_0 => self.version == Version::V3_0,
            Need::RequiredWhere(other, value) => {
                map.get(other).and_then(Value::as_str) == Some(value)
            }
        }
    }

    pub(super) fn missing(&mut self, field: &str, kind: Kind, path: &Path<'_, 'd>) {
        let message = format!("{} must have `{field}`, and has not", kind.as_str());
        let fault = Fault::note(Code::Missing, message, "it was read without");
        self.findings.add(kind, field, path.origin(), fault);
    }

    fn too_new(&mut self, field: &Field, kind: Kind, path: &Path<'_, 'd>) {
        if field.since > self.version {
            let since = field.since.as_str();
            let message = format!(
                "`{}` of {} is of OpenAPI {since}",
                field.name,
                kind.as_str()
            );
            let fault = Fault::note(
                Code::UnknownKeyword,
                message,
                "it was read as that version means it",
            );
            let fault = fault.hint("raise the version in `openapi`, or remove it");
            self.findings.add(kind, field.name, path.origin(), fault);
        }
    }

    fn unknown(&mut self, key: &str, value: &Value, kind: Kind, path: &Path<'_, 'd>) {
        let message = format!("{} has no `{}`", kind.as_str(), texts::shorten(key));
        let fault = match value {
            // References lead there all the same: into `definitions` of another version.
            Value::Object(_) if matches!(kind, Kind::Document | Kind::Components) => Fault {
                action: "what references lead to was read, the rest was left out",
                ..Fault::loss(Code::UnknownKeyword, message)
            },
            Value::Object(_) | Value::Array(_) => Fault::loss(Code::UnknownKeyword, message),
            _ => Fault::note(Code::UnknownKeyword, message, "it was left out"),
        };
        let fault = fault.hint("what the specification does not know begins with `x-`");
        self.findings.add(kind, key, path.origin(), fault);
    }

    fn wrong(
        &mut self,
        form: Form,
        value: &Value,
        (kind, name): (Kind, &str),
        path: &Path<'_, 'd>,
    ) {
        let origin = path.origin();
        let subject = crate::normalise::reader::key_of(&origin);
        let message = format!(
            "`{}` must be {}, but is {}",
            texts::shorten(&subject),
            form.as_str(),
            kind_of(value)
        );
        let fault = match value {
            Value::Object(_) | Value::Array(_) => Fault::loss(Code::WrongType, message),
            _ => Fault::note(Code::WrongType, message, "it was left out"),
        };
        self.findings.add(kind, name, origin, fault);
    }

    /// What stands beside a `$ref` that is no schema's. Only its texts count (OpenAPI 3.1, section
    /// 4.8.23).
    fn siblings(&mut self, map: &Map<String, Value>, kind: Kind, path: &Path<'_, 'd>) {
        for (key, value) in map {
            if matches!(key.as_str(), "$ref" | "summary" | "description") || key.starts_with("x-") {
                continue;
            }
            let message = format!("`{}` beside `$ref` says nothing", texts::shorten(key));
            let fault = match value {
                Value::Object(_) | Value::Array(_) => Fault::loss(Code::UnknownKeyword, message),
                _ => Fault::note(Code::UnknownKeyword, message, "it was left out"),
            };
            let origin = Path::Key(path, key).origin();
            self.findings.add(kind, "beside $ref", origin, fault);
        }
    }

    /// Follows a reference to where the walk would not come by itself.
    fn reference(&mut self, reference: &str, kind: Kind, path: &Path<'_, 'd>) {
        if let Some((folder, name)) = component(reference) {
            if !self.right_folder(folder, kind, path) {
                return;
            }
            let is_entry = path.file() == &**self.root.file();
            let components = self.root.value().get("components");
            let target = components.and_then(|it| it.get(folder)?.get(name));
            if is_entry && target.is_some() && kind.component() == Some(folder) {
                return;
            }
        }
        if kind == Kind::Schema && reference.starts_with('#') && path.file() == &**self.root.file()
        {
            // The reader of schemas has been there, and it is below a place of schemas.
            return;
        }
        let Some(from) = path.node() else {
            return;
        };
        match self.document.resolve(&from, reference) {
            Ok(target) => self.referred.push_back((target, kind)),
            Err(error) => {
                let fault = Fault::loss(error.code, error.message);
                let origin = Path::Key(path, "$ref").origin();
                self.findings.add(kind, reference, origin, fault);
            }
        }
    }

    /// Whether a component is of the kind that its reference asks for.
    fn right_folder(&mut self, folder: &str, kind: Kind, path: &Path<'_, 'd>) -> bool {
        let Some(own) = kind.component().filter(|own| *own != folder) else {
            return true;
        };
        if !FOLDERS.contains(&folder) {
            return true;
        }
        let kind_name = kind.as_str();
        let message = format!("this leads to one of `{folder}`, where {kind_name} must be");
        let fault = Fault::note(Code::BadValue, message, "it was read all the same")
            .hint("refer to the folder of `components` that has such things");
        let origin = Path::Key(path, "$ref").origin();
        self.findings.add(kind, own, origin, fault);
        false
    }
}

/// The folders of `components`.
const FOLDERS: [&str; 11] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
];

/// Folder and name of a reference to a component of the same file.
fn component(reference: &str) -> Option<(&str, &str)> {
    let (folder, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    (!name.contains(['/', '~', '%'])).then_some((folder, name))
}
