//! The words of schemas that 3.0 does not share with 2.0. Everything that is raised from 3.0 is the
//! same in 2.0 and comes after.

use serde_json::{Map, Value, json};

/// Raises one schema object, without those below it. Doing it twice changes nothing.
pub(in crate::load) fn raise(schema: &mut Map<String, Value>) {
    if schema.get("type").is_some_and(|it| it == "file") {
        schema.insert("type".to_owned(), "string".into());
        schema.insert("format".to_owned(), "binary".into());
    }
    if let Some(Value::String(property)) = schema.get("discriminator") {
        let discriminator = json!({ "propertyName": property });
        schema.insert("discriminator".to_owned(), discriminator);
    }
    // An extension that all tools share, since 2.0 has no word for it.
    if let Some(&Value::Bool(nullable)) = schema.get("x-nullable")
        && !schema.contains_key("nullable")
    {
        schema.shift_remove("x-nullable");
        schema.insert("nullable".to_owned(), nullable.into());
    }
}

/// Whether a file may stand at a raised place: as a response, or a field of a form. In parameters it is
/// seen when they are raised.
pub(in crate::load) fn may_be_file(raised: &str) -> bool {
    let keys: Vec<&str> = raised.rsplit('/').collect();
    match keys.as_slice() {
        ["schema", _, "content", _, "responses", ..] => true,
        ["schema", rest @ ..] | ["items", "schema", rest @ ..] => {
            !matches!(rest, [_, "content", ..])
        }
        [
            _,
            "properties",
            "schema",
            media,
            "content",
            "requestBody",
            ..,
        ]
        | [
            "items",
            _,
            "properties",
            "schema",
            media,
            "content",
            "requestBody",
            ..,
        ] => !media.contains("json"),
        _ => false,
    }
}
