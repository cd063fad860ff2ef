//! The root of a document.

use super::Raiser;
use super::at::At;
use super::parts::Part;
use serde_json::{Map, Value};

/// Members of the root that become something else, and those that 3.1 has in their place.
const REPLACED: [&str; 12] = [
    "swagger",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
    "servers",
    "components",
];

impl<'a> Raiser<'a> {
    /// A Swagger Object.
    pub(super) fn document(&mut self, root: &'a Value, at: &At) -> Value {
        let Value::Object(members) = root else {
            return root.clone();
        };
        let mut raised = Map::new();
        for (key, child) in members {
            let child = match key.as_str() {
                "paths" | "x-webhooks" => self.part(Part::Paths, child, &at.child(key)),
                key if REPLACED.contains(&key) => continue,
                _ => child.clone(),
            };
            raised.insert(key.clone(), child);
        }
        let components = self.components(root, at);
        if !components.is_empty() {
            raised.insert("components".to_owned(), Value::Object(components));
        }
        let newer = self.newer_servers(root, at);
        if let Some(servers) = self.servers(root, at).or(newer) {
            raised.insert("servers".to_owned(), servers);
        }
        Value::Object(raised)
    }
}
