//! What is shared: `definitions`, `parameters`, `responses`, `securityDefinitions`.

use super::Raiser;
use super::at::At;
use super::parameters::Becomes;
use crate::diag::{Code, Diagnostic};
use serde_json::{Map, Value};
use std::sync::Arc;

impl<'a> Raiser<'a> {
    /// The components of the document. Comes after its paths, which say what is used and how.
    pub(super) fn components(&mut self, root: &'a Value, at: &At) -> Map<String, Value> {
        let mut components = Map::new();
        let moved = at.moved(&["components", "schemas"], &["definitions"]);
        if let Some(definitions) = root.get("definitions") {
            self.raised(&moved);
            components.insert("schemas".to_owned(), definitions.clone());
        }
        self.newer_components(root, at, &mut components);
        self.shared_parameters(root, at, &mut components);
        self.shared_responses(root, at, &mut components);
        let moved = at.moved(&["components", "securitySchemes"], &["securityDefinitions"]);
        if let Some(schemes) = root.get("securityDefinitions") {
            self.raised(&moved);
            let raised = self.security_schemes(schemes, &moved);
            components.insert("securitySchemes".to_owned(), raised);
        }
        components
    }

    fn shared_parameters(&mut self, root: &'a Value, at: &At, components: &mut Map<String, Value>) {
        let Some(parameters) = root.get("parameters") else {
            return;
        };
        let list = at.moved(&["components", "parameters"], &["parameters"]);
        self.raised(&list);
        let Value::Object(parameters) = parameters else {
            components.insert("parameters".to_owned(), parameters.clone());
            return;
        };
        let (mut plain, mut bodies) = (Map::new(), Map::new());
        for (name, parameter) in parameters {
            let place = list.child(name);
            let declared = self.declared(parameter, &place.file, place.written.clone());
            match declared.becomes {
                Becomes::Parameter => {
                    plain.insert(name.clone(), self.parameter(parameter, &place));
                }
                Becomes::Form => self.unused_field(name, &place),
                Becomes::Body if self.is_only_copied(&place) => {}
                Becomes::Body => {
                    let body = at.moved(
                        &["components", "requestBodies", name],
                        &["parameters", name],
                    );
                    let types = self.consumes.clone();
                    bodies.insert(name.clone(), self.shared_body(parameter, &body, &types));
                }
            }
        }
        components.insert("parameters".to_owned(), Value::Object(plain));
        if !bodies.is_empty() {
            components.insert("requestBodies".to_owned(), Value::Object(bodies));
        }
    }

    fn shared_responses(&mut self, root: &'a Value, at: &At, components: &mut Map<String, Value>) {
        let Some(responses) = root.get("responses") else {
            return;
        };
        let list = at.moved(&["components", "responses"], &["responses"]);
        self.raised(&list);
        let Value::Object(responses) = responses else {
            components.insert("responses".to_owned(), responses.clone());
            return;
        };
        let mut raised = Map::new();
        for (name, response) in responses {
            let place = list.child(name);
            if !self.is_only_copied(&place) {
                raised.insert(name.clone(), self.response(response, &place, None));
            }
        }
        components.insert("responses".to_owned(), Value::Object(raised));
    }

    /// Whether each use has its own copy, so that nothing refers to it any more.
    fn is_only_copied(&self, at: &At) -> bool {
        let place = (Arc::clone(&at.file), at.written.clone());
        self.copied.contains(&place) && !self.kept.contains(&place)
    }

    /// A shared field of forms has no place of its own; one that no form has is lost.
    fn unused_field(&mut self, name: &str, at: &At) {
        let place = (Arc::clone(&at.file), at.written.clone());
        if !self.copied.contains(&place) {
            let message = format!("nothing uses the parameter {name:?}");
            let note = Diagnostic::note(Code::NotGenerated, Self::origin(at), message);
            self.lose(note.action("it was left out"), "nothing uses it");
        }
    }
}
