//! Parameters: each by itself, and those of a path item and an operation together.

use super::bodies::encoding;
use super::reader::{Reader, address};
use super::schemas::Place as At;
use super::shell::Shape;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Origin, Parameter, Place, Style};
use crate::load::{COLLECTION_FORMAT, Node};
use openapiv3::{ParameterData, PathStyle, QueryStyle};
use serde_json::Value;

const PARAMETER: Shape<'_> = Shape {
    aside: &["schema", "content", "example", "examples"],
    required: &[("name", "")],
    expected: &[],
    tag: Some("in"),
    stand_in: Some("schema"),
};

/// Header parameters that other parts of a document speak of (OpenAPI 3.1, section 4.8.12.1).
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A parameter with the place that lists it, which is not where a shared one is declared.
pub(super) struct Declared {
    pub(super) parameter: Parameter,
    pub(super) at: Origin,
}

impl<'d> Reader<'d, '_> {
    /// The parameters of an operation: those of its path item, those of its own in their place.
    pub(super) fn merged_parameters(
        &mut self,
        path_item: &Node<'d>,
        operation: &Node<'d>,
        place: &At<'_>,
    ) -> Vec<Declared> {
        let mut merged = self.parameter_list(path_item, place);
        for own in self.parameter_list(operation, place) {
            let same = |other: &&mut Declared| is_same(&other.parameter, &own.parameter);
            match merged.iter_mut().find(same) {
                Some(shared) => {
                    self.replaced(shared);
                    *shared = own;
                }
                None => merged.push(own),
            }
        }
        merged
    }

    fn replaced(&mut self, shared: &Declared) {
        let name = &shared.parameter.wire_name;
        let message = format!("the parameter {name:?} is declared again by an operation");
        self.diagnostics.push(
            Diagnostic::note(Code::DuplicateParameter, shared.at.clone(), message)
                .action("there the operation's own counts"),
        );
    }

    /// `parameters` of one node.
    fn parameter_list(&mut self, node: &Node<'d>, place: &At<'_>) -> Vec<Declared> {
        let Some(list) = self.array(node, "parameters") else {
            return Vec::new();
        };
        let mut declared: Vec<Declared> = Vec::new();
        for item in list.items() {
            let Some(target) = self.follow(&item) else {
                continue;
            };
            let Some(mut parameter) = self.parameter(&target, place) else {
                continue;
            };
            // Since 3.1 a reference may have a description of its own.
            let own = item.get("$ref").and_then(|_| item.get("description"));
            if let Some(text) = own.and_then(|it| it.as_str()) {
                parameter.description = Some(text.to_owned());
            }
            let at = item.origin();
            if declared
                .iter()
                .any(|other| is_same(&other.parameter, &parameter))
            {
                self.declared_twice(&parameter.wire_name, at);
                continue;
            }
            declared.push(Declared { parameter, at });
        }
        declared
    }

    fn declared_twice(&mut self, name: &str, at: Origin) {
        let message = format!("the parameter {name:?} is declared twice in the same place");
        self.diagnostics.push(
            Diagnostic::warning(Code::DuplicateParameter, at.clone(), message)
                .action("the first one counts"),
        );
        self.lose(at, "declared twice");
    }

    /// One Parameter Object; shared ones are read once.
    fn parameter(&mut self, node: &Node<'d>, place: &At<'_>) -> Option<Parameter> {
        if let Some(known) = self.parameters.get(&address(node)) {
            return known.clone();
        }
        let parameter = self.read_parameter(node, place);
        self.parameters.insert(address(node), parameter.clone());
        parameter
    }

    fn read_parameter(&mut self, node: &Node<'d>, place: &At<'_>) -> Option<Parameter> {
        if !self.has_place(node) {
            return None;
        }
        let read = self.shell::<openapiv3::Parameter>(node, &PARAMETER)?;
        let (data, wire) = taken_apart(read);
        if wire.place == Place::Header && is_ignored_header(&data.name) {
            self.ignored_header(node, &data.name);
            return None;
        }
        let (schema, media) = self.value_schema(node, &place.property(&data.name));
        let content = media.and_then(|media| {
            let media_type = media.key()?.to_owned();
            let encoding = encoding(&media_type, Vec::new());
            Some((media_type, encoding))
        });
        let explode = data.explode.unwrap_or(wire.style == Style::Form);
        Some(Parameter {
            wire_name: data.name,
            place: wire.place,
            description: data.description,
            required: data.required || wire.place == Place::Path,
            schema,
            style: delimited(node).unwrap_or(wire.style),
            explode,
            allow_reserved: wire.allow_reserved,
            allow_empty: wire.allow_empty,
            content,
            examples: self.examples(node),
            deprecated: data.deprecated.unwrap_or_default(),
            origin: node.origin(),
        })
    }

    /// Whether `in` says where the parameter goes. Without it there is nothing to read.
    fn has_place(&mut self, node: &Node<'d>) -> bool {
        if !node.value().is_object() {
            self.wrong_type(node, "an object");
            return false;
        }
        let said = node.value().get("in").and_then(Value::as_str);
        if matches!(said, Some("path" | "query" | "header" | "cookie")) {
            return true;
        }
        let (code, message) = match node.value().get("in") {
            None => (
                Code::Missing,
                "a parameter must say where it goes, with `in`".to_owned(),
            ),
            Some(other) => (Code::BadValue, format!("`in` cannot be {other}")),
        };
        self.diagnostics.push(
            Diagnostic::warning(code, node.origin(), message)
                .action("the parameter was left out")
                .hint("`in` is one of path, query, header and cookie"),
        );
        self.lose(node.origin(), "it does not say where it goes");
        false
    }

    fn ignored_header(&mut self, node: &Node<'d>, name: &str) {
        let message = format!("a header parameter called {name:?} is ignored");
        self.diagnostics.push(
            Diagnostic::note(Code::NotGenerated, node.origin(), message)
                .action("the header follows from media types and security schemes"),
        );
        self.lose(
            node.origin(),
            "described by media types and security schemes",
        );
    }

    /// `example` and `examples` of a parameter, header or media type.
    pub(super) fn examples(&mut self, node: &Node<'d>) -> Vec<Value> {
        let mut examples: Vec<Value> = node
            .get("example")
            .map(|it| it.value().clone())
            .into_iter()
            .collect();
        for (_, entry) in node.get("examples").iter().flat_map(Node::entries) {
            let Some(target) = self.follow(&entry) else {
                continue;
            };
            examples.extend(target.get("value").map(|value| value.value().clone()));
        }
        examples
    }
}

/// What differs between the places a parameter can be in.
struct Wire {
    place: Place,
    style: Style,
    allow_reserved: bool,
    allow_empty: bool,
}

fn taken_apart(parameter: openapiv3::Parameter) -> (ParameterData, Wire) {
    use openapiv3::Parameter as P;
    let wire = |place, style| Wire {
        place,
        style,
        allow_reserved: false,
        allow_empty: false,
    };
    match parameter {
        P::Query {
            parameter_data,
            allow_reserved,
            style,
            allow_empty_value,
        } => (
            parameter_data,
            Wire {
                allow_reserved,
                allow_empty: allow_empty_value.unwrap_or_default(),
                ..wire(Place::Query, query_style(&style))
            },
        ),
        P::Header { parameter_data, .. } => (parameter_data, wire(Place::Header, Style::Simple)),
        P::Path {
            parameter_data,
            style,
        } => {
            let style = match style {
                PathStyle::Matrix => Style::Matrix,
                PathStyle::Label => Style::Label,
                PathStyle::Simple => Style::Simple,
            };
            (parameter_data, wire(Place::Path, style))
        }
        P::Cookie { parameter_data, .. } => (parameter_data, wire(Place::Cookie, Style::Form)),
    }
}

/// The style of a `collectionFormat` that OpenAPI 3 has no word for.
fn delimited(node: &Node<'_>) -> Option<Style> {
    match node.value().get(COLLECTION_FORMAT)?.as_str()? {
        "ssv" => Some(Style::SpaceDelimited),
        "pipes" => Some(Style::PipeDelimited),
        "tsv" => Some(Style::TabDelimited),
        _ => None,
    }
}

pub(super) const fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

fn is_ignored_header(name: &str) -> bool {
    IGNORED_HEADERS
        .iter()
        .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// Parameters are told apart by name and place; the names of headers have no case.
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    one.place == other.place
        && (one.wire_name == other.wire_name
            || one.place == Place::Header && one.wire_name.eq_ignore_ascii_case(&other.wire_name))
}
