//! Path templates.

use crate::ir::{Origin, Parameter, PathSegment, Place, Primitive, Schema, Style, Type};

use super::parameters::Declared;
use super::reader::Reader;
use crate::diag::{Code, Diagnostic};

/// A path template, taken apart.
pub(super) struct Template {
    /// What is sent as the path.
    pub(super) segments: Vec<PathSegment>,
    /// The pairs of a query, which has no business in a template (OpenAPI 3.1.1, section 4.8.8.2) and
    /// stands in some.
    query: Vec<(String, String)>,
    /// All that stands behind the path, as it is written.
    behind: String,
}

impl Template {
    /// The template with every parameter alike: those that are equal so collide.
    pub(super) fn anonymous(&self) -> String {
        let text = |segment: &PathSegment| match segment {
            PathSegment::Text(text) => text.clone(),
            PathSegment::Parameter(_) => "{}".to_owned(),
        };
        let path: String = self.segments.iter().map(text).collect();
        path + &self.behind
    }

    /// The parameters of an operation with those that its template's query has: a value in braces is a
    /// declared parameter of the path, another one is a constant.
    pub(super) fn with_query(&self, mut declared: Vec<Declared>, at: &Origin) -> Vec<Declared> {
        for (key, value) in &self.query {
            let has = |it: &Declared| {
                it.parameter.place == Place::Query && it.parameter.wire_name == *key
            };
            if declared.iter().any(has) {
                continue;
            }
            let name = value
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            let own = declared.iter_mut().find(|it| {
                it.parameter.place == Place::Path && Some(it.parameter.wire_name.as_str()) == name
            });
            if let Some(Declared { parameter, .. }) = own {
                parameter.place = Place::Query;
                parameter.wire_name.clone_from(key);
                parameter.style = Style::Form;
                parameter.explode = true;
                continue;
            }
            let ty = match name {
                Some(_) => Type::Primitive(Primitive::String { format: None }),
                None => Type::Constant(value.as_str().into()),
            };
            let parameter = Parameter {
                style: Style::Form,
                explode: true,
                ..derived(key, Place::Query, ty, at)
            };
            declared.push(Declared {
                parameter,
                at: at.clone(),
            });
        }
        declared
    }
}

/// A parameter that a template names and nobody declares.
pub(super) fn derived(name: &str, place: Place, ty: Type, origin: &Origin) -> Parameter {
    Parameter {
        wire_name: name.to_owned(),
        place,
        description: None,
        required: true,
        schema: Schema {
            ty,
            origin: origin.clone(),
            ..Schema::default()
        },
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        allow_empty: false,
        content: None,
        examples: Vec::new(),
        deprecated: false,
        origin: origin.clone(),
    }
}

impl Reader<'_, '_> {
    /// Takes a path template apart. A brace without its other half is text, and diagnosed, as is what
    /// stands behind the path.
    pub(super) fn template(&mut self, path: &str, origin: &Origin) -> Template {
        let (path, query, behind) = behind(path);
        let (segments, unbalanced) = taken_apart(path);
        if unbalanced {
            let message = "a brace in this path has no other half";
            self.diagnostics.push(
                Diagnostic::warning(Code::BadValue, origin.clone(), message)
                    .action("it is sent as it is"),
            );
        }
        let found = match (query.is_empty(), behind.is_empty()) {
            (false, _) => Some(("query", "what it says is sent as parameters")),
            (true, false) => Some(("fragment", "it tells operations apart, and is not sent")),
            (true, true) => None,
        };
        if let Some((part, action)) = found {
            let message = format!("a path template has no {part}, and this one has");
            let note = Diagnostic::note(Code::BadValue, origin.clone(), message);
            self.diagnostics.push(note.action(action));
        }
        Template {
            segments,
            query: query
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(pair)
                .collect(),
            behind: behind.to_owned(),
        }
    }
}

/// A path, the query behind it, and all that stands behind it.
fn behind(path: &str) -> (&str, &str, &str) {
    let Some((own, behind)) = path
        .find(['?', '#'])
        .and_then(|at| path.split_at_checked(at))
    else {
        return (path, "", "");
    };
    let query = behind.strip_prefix('?').unwrap_or_default();
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    (own, query, behind)
}

fn pair(pair: &str) -> (String, String) {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    (key.to_owned(), value.to_owned())
}

fn taken_apart(path: &str) -> (Vec<PathSegment>, bool) {
    let mut segments = Vec::new();
    let mut text = String::new();
    let mut rest = path;
    let mut unbalanced = false;
    while let Some((before, after)) = rest.split_once('{') {
        unbalanced |= before.contains('}');
        text.push_str(before);
        match after.split_once('}') {
            Some((name, remaining)) if !name.is_empty() && !name.contains(['{', '/']) => {
                if !text.is_empty() {
                    segments.push(PathSegment::Text(std::mem::take(&mut text)));
                }
                segments.push(PathSegment::Parameter(name.to_owned()));
                rest = remaining;
            }
            _ => {
                unbalanced = true;
                text.push('{');
                rest = after;
            }
        }
    }
    unbalanced |= rest.contains('}');
    text.push_str(rest);
    if !text.is_empty() {
        segments.push(PathSegment::Text(text));
    }
    (segments, unbalanced)
}

#[cfg(test)]
mod tests {
    use super::{behind, taken_apart};
    use crate::ir::PathSegment::{Parameter, Text};

    #[test]
    fn parameters_may_stand_anywhere_in_a_segment() {
        let (segments, unbalanced) = taken_apart("/files/{name}.{ext}/raw");
        let text = |text: &str| Text(text.to_owned());
        let parameter = |name: &str| Parameter(name.to_owned());
        assert_eq!(
            segments,
            [
                text("/files/"),
                parameter("name"),
                text("."),
                parameter("ext"),
                text("/raw")
            ]
        );
        assert!(!unbalanced);
    }

    #[test]
    fn a_lone_brace_is_text() {
        for path in ["/a/{b", "/a/b}", "/a/{}/b", "/a/{b/c}"] {
            let (segments, unbalanced) = taken_apart(path);
            assert_eq!(segments, [Text(path.to_owned())], "{path}");
            assert!(unbalanced, "{path}");
        }
    }

    #[test]
    fn a_query_and_a_fragment_stand_behind_the_path() {
        assert_eq!(behind("/a/{b}"), ("/a/{b}", "", ""));
        assert_eq!(behind("/a?b=c&d"), ("/a", "b=c&d", "?b=c&d"));
        assert_eq!(behind("/a?b#c"), ("/a", "b", "?b#c"));
        assert_eq!(behind("/#Action=X?y"), ("/", "", "#Action=X?y"));
    }
}
