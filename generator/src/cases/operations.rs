//! The operations of a document, and their parameters.

use super::table::Place;
use crate::load::{Document, Node};

/// The methods of a path item (OpenAPI 3.1, section 4.8.9), ordered by name.
const METHODS: [&str; 8] = [
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

/// Header parameters that other parts of a document speak of (OpenAPI 3.1, section 4.8.12.1).
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// An operation.
#[derive(Debug)]
pub(super) struct Operation<'d> {
    pub(super) method: String,
    pub(super) template: &'d str,
    pub(super) node: Node<'d>,
    /// In the order in which they are declared, those of the path item first.
    pub(super) declared: Vec<Declared<'d>>,
}

/// A parameter.
#[derive(Debug)]
pub(super) struct Declared<'d> {
    pub(super) place: Place,
    pub(super) name: &'d str,
    pub(super) required: bool,
    /// `None` for one that only the template has.
    pub(super) node: Option<Node<'d>>,
}

impl<'d> Operation<'d> {
    /// Method and path template.
    pub(super) fn action(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    /// `operationId`.
    pub(super) fn id(&self) -> Option<&'d str> {
        self.node.get("operationId")?.as_str()
    }
}

/// Every operation, ordered by path and method.
pub(super) fn operations(document: &Document) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    let paths = document.root().get("paths");
    let paths = paths.iter().flat_map(Node::entries);
    for (template, item) in paths.filter(|(template, _)| !template.starts_with("x-")) {
        let Ok(item) = document.follow(&item) else {
            continue;
        };
        for method in METHODS {
            let node = item.get(method).and_then(|it| document.follow(&it).ok());
            let Some(node) = node.filter(|node| node.as_object().is_some()) else {
                continue;
            };
            found.push(Operation {
                method: method.to_ascii_uppercase(),
                template,
                declared: declared(document, template, &item, &node),
                node,
            });
        }
    }
    found
}

/// The parameters of an operation: those of its path item, its own in their place.
fn declared<'d>(
    document: &'d Document,
    template: &'d str,
    item: &Node<'d>,
    operation: &Node<'d>,
) -> Vec<Declared<'d>> {
    let mut merged: Vec<Declared<'d>> = Vec::new();
    for owner in [item, operation] {
        let list = owner.get("parameters");
        let mut own: Vec<Declared<'d>> = Vec::new();
        for node in list.iter().flat_map(Node::items) {
            let parameter = parameter(document, &node);
            // The first of two in one list counts.
            own.extend(parameter.filter(|it| !own.iter().any(|other| is_same(other, it))));
        }
        for parameter in own {
            match merged.iter_mut().find(|other| is_same(other, &parameter)) {
                Some(shared) => *shared = parameter,
                None => merged.push(parameter),
            }
        }
    }
    let names = names(template);
    merged.retain(|it| it.place != Place::Path || names.contains(&it.name));
    for name in names {
        let known = merged
            .iter()
            .any(|it| it.place == Place::Path && it.name == name);
        if !known {
            merged.push(Declared {
                place: Place::Path,
                name,
                required: true,
                node: None,
            });
        }
    }
    merged
}

fn parameter<'d>(document: &'d Document, node: &Node<'d>) -> Option<Declared<'d>> {
    let node = document.follow(node).ok()?;
    let name = node.get("name")?.as_str()?;
    let place = match node.get("in")?.as_str()? {
        "path" => Place::Path,
        "query" => Place::Query,
        "header" => Place::Header,
        "cookie" => Place::Cookie,
        _ => return None,
    };
    let ignored = |ignored: &&str| name.eq_ignore_ascii_case(ignored);
    if place == Place::Header && IGNORED_HEADERS.iter().any(ignored) {
        return None;
    }
    let required = node.get("required").and_then(|it| it.value().as_bool());
    Some(Declared {
        place,
        name,
        required: place == Place::Path || required == Some(true),
        node: Some(node),
    })
}

/// Whether two are one parameter: by place and name, which has no case in headers.
fn is_same(one: &Declared<'_>, other: &Declared<'_>) -> bool {
    one.place == other.place
        && (one.name == other.name
            || one.place == Place::Header && one.name.eq_ignore_ascii_case(other.name))
}

/// The names in a template, each once.
pub(super) fn names(template: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for part in template.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}
