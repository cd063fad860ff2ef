//! The document with what the configuration corrects of it.

use super::named::correct_operations;
use crate::config::{Change, Override, PointerPattern, Target};
use crate::load::{Document, Places};
use serde_json::{Map, Value, json};

/// How deep a document may nest for its inside to be corrected.
const LEVELS: usize = 512;

/// What the configuration says, by the place it is about.
pub(super) type Said<'a> = &'a [(&'a PointerPattern, &'a Change)];

/// The document as the configuration knows it better: `nullable`, `required`, `wire_name` and `format`, by
/// pointer.
/// What it says of anything but values does not change what is sent. `None` where it says nothing.
pub(super) fn corrected(document: &Document, overrides: &[Override]) -> Option<Document> {
    let said = overrides.iter().filter_map(|one| match &one.target {
        Target::At(pattern) => Some((pattern, &one.change)),
        Target::Operation(_) => None,
    });
    let said: Vec<(&PointerPattern, &Change)> = said
        .filter(|(_, change)| {
            matches!(
                change,
                Change::Nullable(_) | Change::Required(_) | Change::WireName(_) | Change::Format(_)
            )
        })
        .collect();
    if said.is_empty() {
        return None;
    }
    Some(document.edited(|root, places| {
        correct_operations(root, places, &said);
        let said = Saying {
            said: &said,
            places,
        };
        correct(root, &mut String::new(), said, 0);
    }))
}

/// What the configuration says, and where what it speaks of is written.
#[derive(Clone, Copy)]
struct Saying<'a> {
    said: Said<'a>,
    places: Places<'a>,
}

/// Corrects what is below a value first, while its pointers are those that the configuration means.
fn correct(value: &mut Value, pointer: &mut String, said: Saying<'_>, level: usize) {
    let length = pointer.len();
    match value {
        _ if level > LEVELS => {}
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                pointer.push('/');
                pointer.push_str(&escaped(key));
                correct(member, pointer, said, level + 1);
                pointer.truncate(length);
            }
            if members.contains_key("in") && members.contains_key("name") {
                parameter(members, &said.places.written(pointer), said.said);
            }
            properties(members, pointer, said);
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                pointer.push_str(&format!("/{index}"));
                correct(item, pointer, said, level + 1);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

/// A Parameter Object.
pub(super) fn parameter(parameter: &mut Map<String, Value>, pointer: &str, said: Said<'_>) {
    for (_, change) in said.iter().filter(|(pattern, _)| pattern.matches(pointer)) {
        if let Change::WireName(name) = change {
            parameter.insert("name".to_owned(), name.as_str().into());
        } else if let Change::Required(required) = change {
            parameter.insert("required".to_owned(), (*required).into());
        } else if let Some(it) = parameter.get_mut("schema") {
            schema(it, change);
        }
    }
}

/// The properties of a schema.
fn properties(owner: &mut Map<String, Value>, pointer: &str, saying: Saying<'_>) {
    let Some(properties) = owner.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    let mut renamed = Vec::new();
    let mut needed = Vec::new();
    for (name, property) in properties.iter_mut() {
        let at = format!("{pointer}/properties/{}", escaped(name));
        let at = saying.places.written(&at);
        let said = saying.said;
        for (_, change) in said.iter().filter(|(pattern, _)| pattern.matches(&at)) {
            match change {
                Change::WireName(new) => renamed.push((name.clone(), new.clone())),
                Change::Required(required) => needed.push((name.clone(), *required)),
                change => schema(property, change),
            }
        }
    }
    for (old, new) in &renamed {
        if let Some(property) = properties.remove(old) {
            properties.insert(new.clone(), property);
        }
    }
    properties.sort_keys();
    require(owner, &needed);
    let required = owner.get_mut("required").and_then(Value::as_array_mut);
    for name in required.into_iter().flatten() {
        if let Some((_, new)) = renamed.iter().find(|(old, _)| name == old.as_str()) {
            *name = new.as_str().into();
        }
    }
}

/// Puts names into `required`, or takes them out.
fn require(owner: &mut Map<String, Value>, needed: &[(String, bool)]) {
    for (name, required) in needed {
        let list = owner.entry("required").or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.retain(|it| it != name.as_str());
            if *required {
                list.push(name.as_str().into());
            }
        }
    }
}

/// A key as a segment of a JSON pointer (RFC 6901, section 3).
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn schema(schema: &mut Value, change: &Change) {
    match change {
        Change::Nullable(true) => {
            let plain = schema.take();
            *schema = json!({"anyOf": [plain, {"type": "null"}]});
        }
        Change::Nullable(false) => never_null(schema),
        Change::Format(format) => {
            // A format that is a number's makes it one.
            let kind = match format.as_str() {
                "int32" | "int64" => "integer",
                "double" | "float" => "number",
                _ => "string",
            };
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("type".to_owned(), kind.into());
                schema.insert("format".to_owned(), format.as_str().into());
            }
        }
        _ => {}
    }
}

/// Takes null out of the types, the values and the branches of a schema.
fn never_null(schema: &mut Value) {
    for keyword in ["type", "enum", "oneOf", "anyOf"] {
        if let Some(list) = schema.get_mut(keyword).and_then(Value::as_array_mut) {
            list.retain(|it| {
                let named = keyword == "type" && it == "null";
                !named && !it.is_null() && it.get("type") != Some(&Value::from("null"))
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::corrected;
    use crate::config::Config;
    use crate::diag::Diagnostics;
    use crate::load::{MemorySources, load};
    use serde_json::json;

    /// The configuration speaks of places as they are written, which a raised document has elsewhere.
    #[test]
    fn corrections_of_swagger_2_0_are_found_where_they_are_written() {
        let text = "swagger: '2.0'\n\
            definitions: {Pet: {properties: {name: {type: string}}}}\n\
            parameters: {Sort: {in: query, name: sort, type: string}}\n\
            paths: {/a: {post: {parameters: [{in: body, name: b, schema: {properties: {x: {}}}}, \
            {$ref: '#/parameters/Sort'}]}}}\n";
        let config = r#"
            [api.test]
            spec = "api.yaml"
            override = [
                { at = "/definitions/Pet/properties/name", required = true, reason = "r" },
                { at = "/paths/~1a/post/parameters/sort", wire_name = "order", reason = "r" },
                { at = "/paths/~1a/post/parameters/0/schema/properties/x", required = true, reason = "r" },
            ]
        "#;
        let mut diagnostics = Diagnostics::new();
        let config = Config::parse("specwright.toml", config, &mut diagnostics);
        let sources = MemorySources::new("api.yaml", text);
        let document = load("api.yaml", &sources, &mut diagnostics).unwrap();
        let overrides = &config.api("test").unwrap().overrides;
        let corrected = corrected(&document, overrides).unwrap();
        let root = corrected.root().value().clone();
        assert_eq!(
            root["components"]["schemas"]["Pet"]["required"],
            json!(["name"])
        );
        let operation = &root["paths"]["/a"]["post"];
        assert_eq!(operation["parameters"][0]["name"], json!("order"));
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(schema["required"], json!(["x"]));
        let shared = &root["components"]["parameters"]["Sort"]["name"];
        assert_eq!(*shared, json!("sort"));
    }
}
