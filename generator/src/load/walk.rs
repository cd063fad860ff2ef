//! The walk over a document's objects when it is loaded: it raises schemas, notes what they call
//! themselves, and collects the references that lead on.

use super::document::SchemaNames;
use super::pointer;
use super::raise::raise;
use super::structure::{Children, Kind, children};
use super::swagger;
use super::version::Version;
use crate::ir::Origin;
use serde_json::{Map, Value};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

/// A reference to go to, and what must be there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Target {
    /// The file that refers.
    pub(super) from: Arc<str>,
    pub(super) reference: String,
    pub(super) children: Children,
    /// How many references in the middle of pointers led here.
    pub(super) hops: u8,
}

/// How often a keyword of 3.0 was met, and where first.
#[derive(Debug, Default)]
pub(super) struct Uses {
    pub(super) count: usize,
    pub(super) first: Option<Origin>,
}

impl Uses {
    fn add(&mut self, origin: impl FnOnce() -> Origin) {
        self.count += 1;
        if self.first.is_none() {
            self.first = Some(origin());
        }
    }
}

/// What the walk finds.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Whether schemas have the words of Swagger 2.0.
    is_swagger: bool,
    /// Whether the document is older than 3.1.
    is_old: bool,
    pub(super) names: SchemaNames,
    pub(super) targets: VecDeque<Target>,
    pub(super) nullable: Uses,
    pub(super) exclusive: Uses,
    /// Words of 3.1 in an older document, by what they are.
    pub(super) newer: BTreeMap<&'static str, Uses>,
    /// `type: file` in schemas of 2.0 that are no response.
    pub(super) files: Uses,
    /// How many schemas have a `$dynamicAnchor` of a name.
    pub(super) dynamic: HashMap<String, usize>,
    /// Each `$dynamicRef`, with the name of its anchor.
    pub(super) dynamic_references: Vec<(String, Origin)>,
    known: HashSet<Target>,
    /// Objects already walked, by address. Addresses are good for this: an object is raised before
    /// what is below it is met, and raising a second time moves nothing.
    visited: HashSet<(usize, Kind)>,
}

/// The way from a file's root to an object, written out only when asked for.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    Start {
        file: &'p Arc<str>,
        pointer: &'p str,
    },
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    fn file(&self) -> &Arc<str> {
        match self {
            Self::Start { file, .. } => file,
            Self::Key(parent, _) | Self::Index(parent, _) => parent.file(),
        }
    }

    fn write(&self, written: &mut String) {
        match self {
            Self::Start { pointer, .. } => written.push_str(pointer),
            Self::Key(parent, key) => {
                parent.write(written);
                pointer::push(written, key);
            }
            Self::Index(parent, index) => {
                parent.write(written);
                pointer::push_index(written, *index);
            }
        }
    }

    fn origin(&self) -> Origin {
        let mut pointer = String::new();
        self.write(&mut pointer);
        Origin::new(Arc::clone(self.file()), pointer)
    }
}

impl Walk {
    /// A walk over a document that was written in this version.
    pub(super) fn new(version: Version) -> Self {
        Self {
            is_swagger: version == Version::V2_0,
            is_old: version < Version::V3_1,
            ..Self::default()
        }
    }

    /// Walks an object and everything below it.
    pub(super) fn object(&mut self, value: &mut Value, kind: Kind, path: &Path<'_>) {
        let address = std::ptr::from_ref(value).addr();
        let Value::Object(map) = value else {
            return;
        };
        if !self.visited.insert((address, kind)) {
            return;
        }
        if kind == Kind::Schema {
            self.schema(map, path);
        }
        for keyword in ["$ref", "$dynamicRef"] {
            if let Some(Value::String(reference)) = map.get(keyword) {
                self.refer(reference, Children::Direct(kind), path);
            }
        }
        for (key, child) in map.iter_mut() {
            if let Some(children) = children(kind, key) {
                self.children(child, children, &Path::Key(path, key));
            }
        }
    }

    /// Walks what stands below a key.
    pub(super) fn children(&mut self, value: &mut Value, children: Children, path: &Path<'_>) {
        match (children, value) {
            (Children::Direct(kind), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.object(item, kind, &Path::Index(path, index));
                }
            }
            (Children::Direct(kind), value) => self.object(value, kind, path),
            (Children::Named(kind) | Children::Patterned(kind), Value::Object(map)) => {
                // The specification has no reference to a whole map, documents do.
                if let Some(Value::String(reference)) = map.get("$ref") {
                    self.refer(reference, children, path);
                }
                let patterned = matches!(children, Children::Patterned(_));
                for (name, child) in map.iter_mut() {
                    if !(patterned && name.starts_with("x-")) {
                        self.object(child, kind, &Path::Key(path, name));
                    }
                }
            }
            (Children::Named(_) | Children::Patterned(_), _) => {}
        }
    }

    fn schema(&mut self, schema: &mut Map<String, Value>, path: &Path<'_>) {
        if self.is_old {
            for (what, key) in newer_words(schema) {
                let uses = self.newer.entry(what).or_default();
                uses.add(|| path.origin().child(key));
            }
        }
        if self.is_swagger {
            if schema.get("type").is_some_and(|it| it == "file") {
                let origin = path.origin();
                if !swagger::schema::may_be_file(&origin.pointer) {
                    self.files.add(|| origin);
                }
            }
            swagger::schema::raise(schema);
        }
        let outdated = raise(schema);
        if outdated.nullable {
            self.nullable.add(|| path.origin().child("nullable"));
        }
        if outdated.exclusive {
            self.exclusive.add(|| path.origin());
        }
        if let Some(Value::String(id)) = schema.get("$id") {
            self.identify(id, path);
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(Value::String(name)) = schema.get(keyword) {
                self.anchor(name, path);
            }
        }
        if let Some(Value::String(name)) = schema.get("$dynamicAnchor") {
            *self.dynamic.entry(name.clone()).or_default() += 1;
        }
        if let Some(Value::String(reference)) = schema.get("$dynamicRef") {
            let name = reference.rsplit('#').next().unwrap_or_default().to_owned();
            let origin = path.origin().child("$dynamicRef");
            self.dynamic_references.push((name, origin));
        }
        self.mapping(schema, path);
    }

    fn identify(&mut self, id: &str, path: &Path<'_>) {
        // Up to draft 7 an `$id` that is only a fragment was what `$anchor` is now.
        match id.split_once('#') {
            Some(("", "")) => {}
            None if id.is_empty() => {}
            Some(("", name)) => self.anchor(name, path),
            _ => {
                let id = id.trim_end_matches('#').to_owned();
                match self.names.ids.entry(id) {
                    Entry::Vacant(entry) => drop(entry.insert(path.origin())),
                    Entry::Occupied(_) => self.names.more_ids.push(path.origin()),
                }
            }
        }
    }

    fn anchor(&mut self, name: &str, path: &Path<'_>) {
        let key = (Arc::clone(path.file()), name.to_owned());
        let anchors = &mut self.names.anchors;
        anchors.entry(key).or_default().push(path.origin());
    }

    /// A discriminator's mapping gives names or references; those with a file in them are followed.
    fn mapping(&mut self, schema: &Map<String, Value>, path: &Path<'_>) {
        let mapping = schema
            .get("discriminator")
            .and_then(|discriminator| discriminator.get("mapping"))
            .and_then(Value::as_object);
        for reference in mapping.into_iter().flat_map(Map::values) {
            if let Value::String(reference) = reference
                && reference.contains(['#', '.', '/'])
            {
                self.refer(reference, Children::Direct(Kind::Schema), path);
            }
        }
    }

    fn refer(&mut self, reference: &str, children: Children, path: &Path<'_>) {
        self.go_on(Target {
            from: Arc::clone(path.file()),
            reference: reference.to_owned(),
            children,
            hops: 0,
        });
    }

    /// Goes to a target later, unless that was asked before.
    pub(super) fn go_on(&mut self, target: Target) {
        if self.known.insert(target.clone()) {
            self.targets.push_back(target);
        }
    }
}

/// What a schema says that only 3.1 knows, and the keyword that says it.
fn newer_words(schema: &Map<String, Value>) -> impl Iterator<Item = (&'static str, &str)> {
    let has_reference = schema.contains_key("$ref");
    schema.iter().filter_map(move |(key, value)| {
        let what = match key.as_str() {
            "$ref" => return None,
            key if key.starts_with("x-") => return None,
            _ if has_reference => "a keyword beside `$ref`",
            "type" if value.is_array() => "a list in `type`",
            "const" => "`const`",
            "prefixItems" => "`prefixItems`",
            "patternProperties" => "`patternProperties`",
            "if" => "`if`",
            _ => return None,
        };
        Some((what, key.as_str()))
    })
}
