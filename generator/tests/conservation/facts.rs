//! What a raw document says, by pointer; a walk that shares nothing with the reader.

use serde_json::Value;
use std::collections::BTreeMap;

/// The facts of a document, and the references in it.
pub(crate) struct Facts {
    pointers: Vec<String>,
    /// The places that refer to a target, by its pointer.
    uses: BTreeMap<String, Vec<String>>,
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Facts {
    pub(crate) fn of(root: &Value) -> Self {
        let mut facts = Self {
            pointers: Vec::new(),
            uses: BTreeMap::new(),
        };
        facts.document(root);
        facts
    }

    pub(crate) fn count(&self) -> usize {
        self.pointers.len()
    }

    pub(crate) fn pointers(&self) -> impl Iterator<Item = &str> {
        self.pointers.iter().map(String::as_str)
    }

    /// Whether a fact is named itself, or some place that refers to it is.
    pub(crate) fn accounted(&self, pointer: &str, is_named: &dyn Fn(&str) -> bool) -> bool {
        let mut waiting = vec![pointer];
        let mut seen = Vec::new();
        while let Some(pointer) = waiting.pop() {
            if seen.contains(&pointer) {
                continue;
            }
            if is_named(pointer) {
                return true;
            }
            seen.push(pointer);
            waiting.extend(
                self.uses
                    .get(pointer)
                    .into_iter()
                    .flatten()
                    .map(String::as_str),
            );
        }
        false
    }

    fn fact(&mut self, at: &str) {
        self.pointers.push(at.to_owned());
    }

    /// Whether the node is a reference, which is then noted.
    fn is_reference(&mut self, node: &Value, at: &str) -> bool {
        let Some(target) = node.get("$ref").and_then(Value::as_str) else {
            return false;
        };
        if let Some(pointer) = target.strip_prefix('#') {
            self.uses
                .entry(pointer.to_owned())
                .or_default()
                .push(at.to_owned());
        }
        true
    }

    /// The facts of a document of Swagger 2.0.
    pub(crate) fn of_swagger(root: &Value) -> Self {
        let mut facts = Self {
            pointers: Vec::new(),
            uses: BTreeMap::new(),
        };
        if root.get("host").is_some() {
            facts.fact("/host");
        }
        each(root, "", "paths", &mut |item, at| {
            facts.path_item_2(item, at)
        });
        each(root, "", "definitions", &mut |node, at| {
            facts.schema(node, at)
        });
        each(root, "", "parameters", &mut |node, at| {
            facts.parameter_2(node, at)
        });
        each(root, "", "responses", &mut |node, at| {
            facts.response_2(node, at)
        });
        each(root, "", "securityDefinitions", &mut |_, at| facts.fact(at));
        facts
    }

    fn path_item_2(&mut self, item: &Value, at: &str) {
        if self.is_reference(item, at) {
            return;
        }
        list(item, at, "parameters", &mut |node, at| {
            self.parameter_2(node, at)
        });
        let methods = METHODS
            .iter()
            .filter_map(|key| Some((*key, item.get(*key)?)));
        for (key, operation) in methods {
            let at = below(at, key);
            self.fact(&at);
            list(operation, &at, "parameters", &mut |node, at| {
                self.parameter_2(node, at)
            });
            each(operation, &at, "responses", &mut |node, at| {
                self.response_2(node, at)
            });
        }
    }

    fn parameter_2(&mut self, node: &Value, at: &str) {
        if !self.is_reference(node, at) {
            self.fact(at);
            if let Some(schema) = node.get("schema") {
                self.schema(schema, &below(at, "schema"));
            }
        }
    }

    fn response_2(&mut self, node: &Value, at: &str) {
        self.fact(at);
        if self.is_reference(node, at) {
            return;
        }
        each(node, at, "headers", &mut |_, at| self.fact(at));
        // RFC 9110, sections 15.3.5 and 15.3.6, as above.
        let is_empty = at.ends_with("/204") || at.ends_with("/205");
        if let Some(schema) = node.get("schema").filter(|_| !is_empty) {
            self.schema(schema, &below(at, "schema"));
        }
    }

    fn document(&mut self, root: &Value) {
        self.servers(root, "");
        for key in ["paths", "webhooks", "x-webhooks"] {
            each(root, "", key, &mut |node, at| self.path_item(node, at));
        }
        let Some(components) = root.get("components") else {
            return;
        };
        let at = "/components";
        each(components, at, "schemas", &mut |node, at| {
            self.schema(node, at)
        });
        each(components, at, "parameters", &mut |node, at| {
            self.parameter(node, at)
        });
        each(components, at, "requestBodies", &mut |node, at| {
            self.body(node, at)
        });
        each(components, at, "responses", &mut |node, at| {
            self.response(node, at)
        });
        each(components, at, "headers", &mut |node, at| {
            self.header(node, at)
        });
        each(components, at, "pathItems", &mut |node, at| {
            self.path_item(node, at)
        });
        each(components, at, "securitySchemes", &mut |_, at| {
            self.fact(at)
        });
    }

    fn servers(&mut self, node: &Value, at: &str) {
        list(node, at, "servers", &mut |_, at| self.fact(at));
    }

    fn path_item(&mut self, node: &Value, at: &str) {
        if self.is_reference(node, at) {
            return;
        }
        list(node, at, "parameters", &mut |node, at| {
            self.parameter(node, at)
        });
        let methods = METHODS
            .iter()
            .filter_map(|key| Some((*key, node.get(*key)?)));
        for (key, operation) in methods {
            self.operation(operation, &below(at, key));
        }
        // A path item's servers count for operations that have none of their own.
        let operations = METHODS.iter().filter_map(|key| node.get(*key));
        if operations
            .into_iter()
            .any(|operation| operation.get("servers").is_none())
        {
            self.servers(node, at);
        }
    }

    fn operation(&mut self, node: &Value, at: &str) {
        self.fact(at);
        self.is_reference(node, at);
        self.servers(node, at);
        list(node, at, "parameters", &mut |node, at| {
            self.parameter(node, at)
        });
        if let Some(body) = node.get("requestBody") {
            self.body(body, &below(at, "requestBody"));
        }
        each(node, at, "responses", &mut |node, at| {
            // RFC 9110, sections 15.3.5 and 15.3.6: no server can send what is declared there.
            let is_empty = at.ends_with("/204") || at.ends_with("/205");
            match node.as_object() {
                Some(members) if is_empty => {
                    let mut members = members.clone();
                    members.remove("content");
                    self.response(&Value::Object(members), at);
                }
                _ => self.response(node, at),
            }
        });
        each(node, at, "callbacks", &mut |callback, at| {
            for (key, item) in callback.as_object().into_iter().flatten() {
                self.path_item(item, &below(at, key));
            }
        });
    }

    fn parameter(&mut self, node: &Value, at: &str) {
        if !self.is_reference(node, at) {
            self.fact(at);
            self.carried(node, at);
        }
    }

    /// `schema`, or `content` of a parameter or header, which is none of the facts itself.
    fn carried(&mut self, node: &Value, at: &str) {
        if let Some(schema) = node.get("schema") {
            self.schema(schema, &below(at, "schema"));
        }
        each(node, at, "content", &mut |media, at| {
            if let Some(schema) = media.get("schema") {
                self.schema(schema, &below(at, "schema"));
            }
        });
    }

    fn body(&mut self, node: &Value, at: &str) {
        self.fact(at);
        if !self.is_reference(node, at) {
            self.content(node, at);
        }
    }

    fn response(&mut self, node: &Value, at: &str) {
        self.fact(at);
        if !self.is_reference(node, at) {
            self.content(node, at);
            each(node, at, "headers", &mut |node, at| self.header(node, at));
        }
    }

    fn header(&mut self, node: &Value, at: &str) {
        self.fact(at);
        if !self.is_reference(node, at) {
            self.carried(node, at);
        }
    }

    fn content(&mut self, node: &Value, at: &str) {
        each(node, at, "content", &mut |media, at| {
            self.fact(at);
            if let Some(schema) = media.get("schema") {
                self.schema(schema, &below(at, "schema"));
            }
            each(media, at, "encoding", &mut |part, at| {
                each(part, at, "headers", &mut |node, at| self.header(node, at));
            });
        });
    }

    fn schema(&mut self, node: &Value, at: &str) {
        self.is_reference(node, at);
        each(node, at, "properties", &mut |node, at| {
            self.fact(at);
            self.schema(node, at);
        });
        for key in [
            "patternProperties",
            "$defs",
            "definitions",
            "dependentSchemas",
        ] {
            each(node, at, key, &mut |node, at| self.schema(node, at));
        }
        for key in ["allOf", "oneOf", "anyOf", "prefixItems"] {
            list(node, at, key, &mut |node, at| self.schema(node, at));
        }
        for key in [
            "items",
            "additionalProperties",
            "unevaluatedProperties",
            "not",
            "if",
            "then",
            "else",
            "contains",
        ] {
            if let Some(inner) = node.get(key) {
                self.schema(inner, &below(at, key));
            }
        }
    }
}

/// Visits the members of an object below a key; extensions are none.
fn each(node: &Value, at: &str, key: &str, visit: &mut dyn FnMut(&Value, &str)) {
    let Some(Value::Object(map)) = node.get(key) else {
        return;
    };
    let at = below(at, key);
    let extensible = ["paths", "responses"].contains(&key);
    for (name, inner) in map
        .iter()
        .filter(|(name, _)| !(extensible && name.starts_with("x-")))
    {
        visit(inner, &below(&at, name));
    }
}

/// Visits the items of an array below a key.
fn list(node: &Value, at: &str, key: &str, visit: &mut dyn FnMut(&Value, &str)) {
    let Some(Value::Array(items)) = node.get(key) else {
        return;
    };
    let at = below(at, key);
    for (index, inner) in items.iter().enumerate() {
        visit(inner, &format!("{at}/{index}"));
    }
}

fn below(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}
