//! Bodies of XML as JSON: what the wire has, by the document's own schemas.
//!
//! Documents do not say everything of the suite's XML, such as which lists are inside an element. What is
//! on the wire decides, so that a client that reads otherwise does not pass.

use super::schema::{Schemas, Shape};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

/// An element.
#[derive(Debug, Default)]
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
    text: String,
}

/// A body as the JSON of its schema; `None` for what is no XML.
pub(super) fn value(schemas: Schemas<'_>, schema: &Value, text: &str) -> Option<Value> {
    let root = tree(text)?;
    Some(of_node(schemas, schemas.resolve(schema), &root))
}

fn tree(text: &str) -> Option<Node> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => open.push(node(&start)),
            Event::Empty(start) => open.last_mut()?.children.push(node(&start)),
            Event::End(_) => {
                let node = open.pop()?;
                open.last_mut()?.children.push(node);
            }
            Event::Text(text) => {
                let text = text.into_inner();
                open.last_mut()?.text.push_str(&unescape(&text).ok()?);
            }
            Event::Eof => return open.pop()?.children.pop(),
            _ => {}
        }
    }
}

fn node(start: &BytesStart<'_>) -> Node {
    let attributes = start.attributes().flatten();
    let attributes = attributes.map(|it| {
        (
            it.key.local_name().as_ref().to_owned(),
            it.value.into_owned(),
        )
    });
    Node {
        name: start.local_name().as_ref().to_owned(),
        attributes: attributes.collect(),
        ..Node::default()
    }
}

fn of_node(schemas: Schemas<'_>, schema: &Value, node: &Node) -> Value {
    match schemas.shape(schema) {
        Shape::Array => {
            let items = schemas.items(schema);
            node.children
                .iter()
                .map(|it| of_node(schemas, items, it))
                .collect()
        }
        Shape::Object => Value::Object(object(schemas, schema, node)),
        Shape::Scalar => schemas.scalar(schema, node.text.trim()),
    }
}

fn object(schemas: Schemas<'_>, schema: &Value, node: &Node) -> Map<String, Value> {
    let mut map = Map::new();
    let properties = schemas.properties(schema);
    for (key, property) in &properties {
        let name = said(schemas, property, "name").unwrap_or(key);
        let found = if flag(schemas, property, "attribute") {
            let mut attributes = node.attributes.iter();
            let found = attributes.find(|(own, _)| own == name);
            found.map(|(_, text)| schemas.scalar(property, text))
        } else if schemas.shape(property) == Shape::Array {
            list(schemas, property, name, node)
        } else {
            let child = node.children.iter().find(|child| child.name == name);
            child.map(|child| of_node(schemas, property, child))
        };
        map.extend(found.map(|value| ((*key).to_owned(), value)));
    }
    if properties.is_empty() {
        let values = schemas.additional(schema);
        let pair = |child: &Node| (child.name.clone(), of_node(schemas, values, child));
        map.extend(node.children.iter().map(pair));
    }
    // Text beside attributes is what is left.
    let mut left = properties.iter().filter(|(key, _)| !map.contains_key(*key));
    if let (Some((key, property)), true) = (left.next(), node.children.is_empty()) {
        let text = node.text.trim();
        if !text.is_empty() {
            map.insert((*key).to_owned(), schemas.scalar(property, text));
        }
    }
    map
}

fn list(schemas: Schemas<'_>, property: &Value, name: &str, node: &Node) -> Option<Value> {
    let items = schemas.items(property);
    let of_item = said(schemas, items, "name").unwrap_or(name);
    let own = |wanted: &str| -> Vec<&Node> {
        node.children
            .iter()
            .filter(|child| child.name == wanted)
            .collect()
    };
    let outer = own(name);
    let is_wrapper = |outer: &Node| {
        let known = schemas.properties(items);
        let mut inner = outer.children.iter();
        outer.text.trim().is_empty()
            && !inner.any(|it| known.iter().any(|(key, _)| *key == it.name))
    };
    let found = match outer.as_slice() {
        [one] if is_wrapper(one) => one.children.iter().collect(),
        _ => own(of_item),
    };
    Some(
        found
            .into_iter()
            .map(|it| of_node(schemas, items, it))
            .collect(),
    )
}

/// A text that `xml` says, at the place before the component.
fn said<'d>(schemas: Schemas<'d>, schema: &'d Value, key: &str) -> Option<&'d str> {
    let own = schema.get("xml").and_then(|xml| xml.get(key)?.as_str());
    let parts = || schemas.parts(schema, 4).into_iter();
    own.or_else(|| parts().find_map(|part| part.get("xml")?.get(key)?.as_str()))
}

fn flag(schemas: Schemas<'_>, schema: &Value, key: &str) -> bool {
    let parts = schemas.parts(schema, 4);
    let is_on =
        |part: &&Value| part.get("xml").and_then(|xml| xml.get(key)) == Some(&Value::Bool(true));
    parts.iter().any(is_on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_wire_says_which_lists_are_inside_an_element() {
        let document =
            json!({"Item": {"type": "object", "properties": {"a": {"type": "integer"}}}});
        let schema = json!({"type": "object", "properties": {
            "id": {"type": "integer", "xml": {"attribute": true, "name": "ID"}},
            "one": {"type": "array", "items": {"$ref": "#/Item"}},
            "two": {"type": "array", "items": {"$ref": "#/Item", "xml": {"name": "T"}}},
            "map": {"type": "object", "additionalProperties": {"type": "boolean"}},
        }});
        let xml = "<r ID='7'><one><Item><a>1</a></Item></one><T><a>2</a></T><T><a>3</a></T><map><x>true</x></map></r>";
        let read = value(Schemas(&document), &schema, xml);
        let expected =
            json!({"id": 7, "one": [{"a": 1}], "two": [{"a": 2}, {"a": 3}], "map": {"x": true}});
        assert_eq!(read, Some(expected));
    }
}
