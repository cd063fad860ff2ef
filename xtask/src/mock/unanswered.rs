//! What was sent and does not come back: whether the document says so.
//!
//! The test of the stand-in compares what it sends with the answers of its table, and tells what these
//! have no place for. The table is made without the compiler; here the same is asked of the compiled
//! API, so that neither can lose a field of the answers without the other noticing.

use serde::Deserialize;
use serde_json::Value;
use specwright::ir::{Action, Additional, Api, Payload, Primitive, Record, Schema, Type, TypeBody};

/// A value that was sent: the action that answers, the JSON pointer into what it gives, and the value's
/// JSON type.
#[derive(Debug, Deserialize)]
struct Place(String, String, String);

/// The values that did not come back though the document's answers have a place for them. A test that
/// says nothing of them is one as well.
pub(super) fn unexplained(api: &Api, printed: &str) -> Vec<String> {
    let beginning = format!("{}: no place for: ", api.name);
    // The test's harness prints a dot in front of it.
    let mut lines = printed.lines().map(|line| line.trim_start_matches('.'));
    let told = lines.find_map(|line| line.strip_prefix(beginning.as_str()));
    let places = told.and_then(|told| serde_json::from_str::<Vec<Place>>(told).ok());
    let Some(places) = places else {
        return vec!["the test does not say what has no place in the answers".to_owned()];
    };
    let wrong = |Place(action, pointer, kind): &Place| {
        format!("{action} has a place for {pointer} ({kind}), and it did not come back")
    };
    let has_place = |place: &&Place| has_place(api, place);
    places.iter().filter(has_place).map(wrong).collect()
}

/// Whether what an action gives can have a value of this type there. An action that is not known has a
/// place for everything, so that it is told of.
fn has_place(api: &Api, Place(action, pointer, kind): &Place) -> bool {
    let called_so = |it: &&Action| *action == format!("{} {}", it.method.as_str(), it.path);
    let Some(action) = api.actions.iter().find(called_so) else {
        return true;
    };
    let keys = pointer.split('/').skip(1);
    let keys: Vec<String> = keys
        .map(|key| key.replace("~1", "/").replace("~0", "~"))
        .collect();
    match action.outcome.success.as_ref().map(|it| &it.payload) {
        Some(Payload::Whole(ty)) => leads(api, ty, &keys, kind),
        Some(Payload::Opened(envelope)) => leads(api, &envelope.data.ty, &keys, kind),
        Some(Payload::Empty) | None => false,
    }
}

/// Whether keys lead to a place for a value of this type.
fn leads(api: &Api, ty: &Type, keys: &[String], kind: &str) -> bool {
    let further = |schema: &Schema, keys: &[String]| {
        (keys.is_empty() && kind == "null" && schema.nullable) || leads(api, &schema.ty, keys, kind)
    };
    let ty = api.resolved(ty);
    let body = match ty {
        Type::Named(id) => api.type_def(*id).map(|def| &def.body),
        _ => None,
    };
    if let Some(TypeBody::Union(union)) = body {
        let mut variants = union.variants.iter();
        return variants.any(|it| further(&it.schema, keys));
    }
    let Some((key, rest)) = keys.split_first() else {
        return is_of(ty, body, kind);
    };
    match (ty, body) {
        (Type::Any, _) => true,
        (Type::List(item) | Type::Map(item), _) => further(item, rest),
        (Type::Tuple(items, more), _) => {
            let mut items = items.iter().chain(more.as_deref());
            items.any(|item| further(item, rest))
        }
        (_, Some(TypeBody::Record(record))) => {
            value_of(record, key).is_some_and(|schema| further(schema, rest))
        }
        _ => false,
    }
}

fn value_of<'r>(record: &'r Record, key: &str) -> Option<&'r Schema> {
    let mut fields = record.fields.iter();
    if let Some(field) = fields.find(|field| field.wire_name == key) {
        return Some(&field.schema);
    }
    match &record.additional {
        Additional::Allowed(schema) => Some(schema),
        Additional::Unsaid | Additional::Forbidden => None,
    }
}

/// Whether values of a type have this JSON type.
fn is_of(ty: &Type, body: Option<&TypeBody>, kind: &str) -> bool {
    match ty {
        Type::Any => true,
        Type::Never => false,
        Type::Null => kind == "null",
        Type::Primitive(Primitive::Boolean) => kind == "boolean",
        Type::Primitive(Primitive::Integer { .. } | Primitive::Number) => kind == "number",
        Type::Primitive(Primitive::Decimal { .. }) => matches!(kind, "number" | "string"),
        Type::Primitive(_) => kind == "string",
        Type::Constant(value) => kind == json_type(value),
        Type::List(_) | Type::Tuple(..) => kind == "array",
        Type::Map(_) => kind == "object",
        Type::Named(_) => match body {
            Some(TypeBody::Record(_)) => kind == "object",
            Some(TypeBody::Enum(list)) => kind == if list.integer { "number" } else { "string" },
            // Followed before, or a cycle without a shape.
            Some(TypeBody::Union(_) | TypeBody::Alias(_)) | None => true,
        },
    }
}

const fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use specwright::config::ApiConfig;
    use specwright::load::MemorySources;

    const TASKS: &str = r##"
openapi: 3.1.0
info: {title: Tasks, version: "1"}
paths:
  /tasks:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {title: {type: string}}}}}}
      responses: {"201": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Task"}}}}}
components:
  schemas:
    Task:
      type: object
      properties:
        id: {type: string}
        title: {type: [string, "null"]}
        due: {type: object, properties: {utc: {type: string}}}
        tags: {type: array, items: {oneOf: [{type: integer}, {type: boolean}]}}
"##;

    fn told(places: &str) -> Vec<String> {
        let sources = MemorySources::new("t.yaml", TASKS);
        let config = ApiConfig::for_name("tasks");
        let api = specwright::compile("t.yaml", &sources, &config, &mut |_| {}).api;
        unexplained(
            &api.unwrap(),
            &format!("x\n.tasks: no place for: {places}\ny"),
        )
    }

    #[test]
    fn what_the_answer_has_no_field_for_is_explained() {
        for (at, kind) in [
            ("/secret", "string"),
            ("/due", "string"),
            ("/due/local", "string"),
            ("/tags/0", "string"),
            ("/title", "number"),
        ] {
            let places = format!("[[\"POST /tasks\",{at:?},{kind:?}]]");
            assert_eq!(told(&places), [""; 0], "{places}");
        }
    }

    #[test]
    fn what_the_answer_has_a_field_for_is_not() {
        for (at, kind) in [
            ("/title", "string"),
            ("/title", "null"),
            ("/due", "object"),
            ("/due/utc", "string"),
            ("/tags/3", "number"),
        ] {
            let places = format!("[[\"POST /tasks\",{at:?},{kind:?}]]");
            assert_eq!(told(&places).len(), 1, "{places}");
        }
        assert_eq!(told("[[\"GET /tasks\",\"/x\",\"string\"]]").len(), 1);
        assert_eq!(told("").len(), 1, "a test that says nothing has not passed");
    }
}
