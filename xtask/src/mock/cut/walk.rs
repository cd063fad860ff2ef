//! Every object of a document that may be a schema, with what it is for the value it describes.

use serde_json::{Map, Value};

/// Keywords whose schemas apply to the same object as the schema they are in.
pub(super) const COMPOSING: [&str; 10] = [
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
    "$ref",
];

/// Keywords that hold values, where nothing is a keyword, and security schemes, whose `type` is another.
const DATA: [&str; 7] = [
    "example",
    "examples",
    "default",
    "enum",
    "const",
    "securitySchemes",
    "securityDefinitions",
];

/// What an object in a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A schema of its own, or anything of a document that is no schema.
    Whole,
    /// A schema that applies to a value together with others.
    Part,
    /// Schemas by name; the names are no keywords.
    Named,
    /// The same, where each is a part.
    NamedParts,
}

/// What is done with an object: its JSON pointer, its place, and the object itself.
type Visit<'v> = dyn FnMut(&str, Place, &mut Map<String, Value>) + 'v;

/// Shows every object to `visit`, with its JSON pointer; those around it come first.
pub(super) fn walk(document: &mut Value, visit: &mut Visit<'_>) {
    let Some(root) = document.as_object_mut() else {
        return;
    };
    let mut left = vec![(String::new(), Place::Whole, root)];
    while let Some((path, place, object)) = left.pop() {
        visit(&path, place, object);
        for (key, value) in object.iter_mut() {
            let Some(place) = below(place, key) else {
                continue;
            };
            let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
            match value {
                Value::Object(object) => left.push((path, place, object)),
                Value::Array(items) => {
                    let objects = items.iter_mut().enumerate();
                    left.extend(objects.filter_map(|(index, item)| {
                        Some((format!("{path}/{index}"), place, item.as_object_mut()?))
                    }));
                }
                _ => {}
            }
        }
    }
}

/// What a key leads to; `None` where that is data.
fn below(place: Place, key: &str) -> Option<Place> {
    match place {
        Place::Named => return Some(Place::Whole),
        Place::NamedParts => return Some(Place::Part),
        Place::Whole | Place::Part => {}
    }
    if DATA.contains(&key) {
        return None;
    }
    Some(match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "schemas" => Place::Named,
        "dependentSchemas" | "dependencies" => Place::NamedParts,
        _ if COMPOSING.contains(&key) => Place::Part,
        _ => Place::Whole,
    })
}
