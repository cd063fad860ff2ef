//! Paths and operations.

use super::parameters::Declared;
use super::paths::{Template, derived};
use super::reader::Reader;
use super::schemas::Place as At;
use super::shell::Shape;
use crate::diag::{Code, Diagnostic};
use crate::ir::{
    Action, AuthScheme, Deprecation, Idempotency, Kind, Method, Origin, Parameter, PathSegment,
    Place, Primitive, Type,
};
use crate::load::Node;
use std::collections::HashMap;

pub(super) const OPERATION: Shape<'_> = Shape {
    aside: &[
        "parameters",
        "requestBody",
        "responses",
        "callbacks",
        "security",
        "servers",
        "externalDocs",
    ],
    required: &[],
    expected: &[],
    tag: None,
    stand_in: Some("responses"),
};

/// Members of a Path Item Object that are no methods.
const PATH_ITEM: [&str; 5] = ["$ref", "summary", "description", "servers", "parameters"];

/// A path item with what its operations share.
struct Path<'d> {
    path: String,
    origin: Origin,
    template: Template,
    item: Node<'d>,
}

impl<'d> Reader<'d, '_> {
    /// Every operation under `paths`, ordered by path and then by method, as keys are.
    pub(super) fn actions(&mut self, root: &Node<'d>, schemes: &[AuthScheme]) -> Vec<Action> {
        let Some(paths) = self.object(root, "paths") else {
            return Vec::new();
        };
        let mut actions = Vec::new();
        let mut templates: HashMap<String, String> = HashMap::new();
        for (path, node) in paths.entries() {
            if path.starts_with("x-") {
                continue;
            }
            let origin = node.origin();
            let template = self.template(path, &origin);
            if let Some(other) = templates.insert(template.anonymous(), path.to_owned()) {
                self.colliding(path, &other, &origin);
            }
            let Some(item) = self.path_item(&node) else {
                continue;
            };
            let path = Path {
                path: path.to_owned(),
                origin,
                template,
                item,
            };
            for (method, operation) in self.methods(&path.item) {
                actions.extend(self.action(&path, method, &operation, schemes));
            }
        }
        self.duplicate_ids(&actions);
        actions
    }

    /// A Path Item Object, through its `$ref`.
    pub(super) fn path_item(&mut self, node: &Node<'d>) -> Option<Node<'d>> {
        if !node.value().is_object() {
            self.wrong_type(node, "an object");
            return None;
        }
        self.follow(node)
    }

    /// The operations of a path item, ordered by key.
    pub(super) fn methods(&mut self, item: &Node<'d>) -> Vec<(Method, Node<'d>)> {
        let mut methods = Vec::new();
        for (key, node) in item.entries() {
            match Method::ALL.into_iter().find(|method| method.key() == key) {
                Some(method) => methods.push((method, node)),
                None if PATH_ITEM.contains(&key) || key.starts_with("x-") => {}
                None => {
                    let message = format!("{key:?} is not a method");
                    self.diagnostics.push(
                        Diagnostic::warning(Code::UnknownKeyword, node.origin(), message)
                            .action("it was left out"),
                    );
                    self.lose(node.origin(), "not a method");
                }
            }
        }
        methods
    }

    fn action(
        &mut self,
        path: &Path<'d>,
        method: Method,
        node: &Node<'d>,
        schemes: &[AuthScheme],
    ) -> Option<Action> {
        // Through a `$ref` the operation stands elsewhere, and is this path's all the same.
        let origin = path.origin.child(method.key());
        // The specification has no `$ref` to an operation; documents of many files do.
        let node = &self.follow(node)?;
        let read = self.shell::<openapiv3::Operation>(node, &OPERATION)?;
        let name = read
            .operation_id
            .clone()
            .unwrap_or_else(|| format!("{} {}", method.key(), path.path));
        let place = At::root(&name);
        let parameters = self.merged_parameters(&path.item, node, &place);
        let parameters = path.template.with_query(parameters, &origin);
        let parameters = self.match_template(&path.template.segments, parameters, &origin);
        let own_servers = self.servers(node);
        let servers = if own_servers.is_empty() {
            self.servers(&path.item)
        } else {
            own_servers
        };
        Some(Action {
            kind: Kind::Custom { words: Vec::new() },
            evidence: Vec::new(),
            resource: None,
            method,
            path: path.path.clone(),
            segments: path.template.segments.clone(),
            tags: read.tags,
            summary: read.summary.or_else(|| self.string(&path.item, "summary")),
            description: read
                .description
                .or_else(|| self.string(&path.item, "description")),
            external_docs: self.external_docs(node),
            body: self.body(node, &place),
            outcome: self.outcome(node, method, &place),
            pagination: None,
            idempotency: Idempotency::default(),
            security: self.requirements(node, schemes),
            servers,
            deprecation: self.deprecation(node, read.deprecated),
            callbacks: self.callbacks(node),
            operation_id: read.operation_id,
            parameters,
            origin,
        })
    }

    fn deprecation(&mut self, node: &Node<'d>, deprecated: bool) -> Option<Deprecation> {
        let text = |keys: &[&str]| {
            keys.iter()
                .find_map(|key| node.get(key)?.as_str().map(str::to_owned))
        };
        let message = text(&["x-deprecated-reason", "x-deprecation-message"]);
        let sunset = text(&["x-sunset"]);
        (deprecated || sunset.is_some()).then_some(Deprecation { message, sunset })
    }

    /// Path parameters and template made one: what the template has and nobody declares is a text,
    /// what is declared and not in the template cannot be sent.
    fn match_template(
        &mut self,
        segments: &[PathSegment],
        declared: Vec<Declared>,
        origin: &Origin,
    ) -> Vec<Parameter> {
        let in_template = |name: &str| {
            segments
                .iter()
                .any(|segment| matches!(segment, PathSegment::Parameter(it) if it == name))
        };
        let mut parameters = Vec::with_capacity(declared.len());
        for Declared { parameter, at } in declared {
            if parameter.place == Place::Path && !in_template(&parameter.wire_name) {
                self.unused_path_parameter(&parameter.wire_name, at);
            } else {
                parameters.push(parameter);
            }
        }
        for segment in segments {
            let PathSegment::Parameter(name) = segment else {
                continue;
            };
            let is_it = |parameter: &Parameter| {
                parameter.place == Place::Path && parameter.wire_name == *name
            };
            if !parameters.iter().any(is_it) {
                self.undeclared_path_parameter(name, origin);
                let text = Type::Primitive(Primitive::String { format: None });
                parameters.push(derived(name, Place::Path, text, origin));
            }
        }
        parameters
    }

    fn undeclared_path_parameter(&mut self, name: &str, origin: &Origin) {
        let message = format!("the path has a parameter {name:?} that is not declared");
        self.diagnostics.push(
            Diagnostic::warning(Code::UndeclaredPathParameter, origin.clone(), message)
                .action("it was taken to be a string")
                .hint("declare it under `parameters`, with `in: path`"),
        );
    }

    fn unused_path_parameter(&mut self, name: &str, at: Origin) {
        let message = format!("the path has no place for the parameter {name:?}");
        self.diagnostics.push(
            Diagnostic::warning(Code::UnusedPathParameter, at.clone(), message)
                .action("it was left out")
                .hint("name it in the path template, or correct `in`"),
        );
        self.lose(at, "not in the path");
    }

    fn colliding(&mut self, path: &str, other: &str, origin: &Origin) {
        let message = format!("{path} and {other} are the same path to a server");
        self.diagnostics.push(
            Diagnostic::warning(Code::CollidingPaths, origin.clone(), message)
                .action("both were kept"),
        );
    }

    fn duplicate_ids(&mut self, actions: &[Action]) {
        let mut seen: HashMap<&str, &Origin> = HashMap::new();
        for action in actions {
            let Some(id) = action.operation_id.as_deref() else {
                continue;
            };
            let Some(first) = seen.get(id) else {
                seen.insert(id, &action.origin);
                continue;
            };
            let message = format!("the operationId {id:?} is taken by {}", first.pointer);
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::DuplicateOperationId,
                    action.origin.child("operationId"),
                    message,
                )
                .action("both operations were kept"),
            );
        }
    }
}
