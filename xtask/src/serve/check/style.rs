//! Text in a style into a value (OpenAPI 3.1, sections 4.8.12.2 and 4.8.12.6).

use super::value::{Checker, Direction};
use serde_json::{Map, Value};
use specwright::ir::{Api, Record, Schema, Type, TypeBody};

/// What a style must know of a schema.
pub(super) enum Shape<'a> {
    /// One text.
    Scalar,
    /// Several of one kind.
    List(&'a Schema),
    /// Names with values; `None`: any names.
    Object(Option<&'a Record>),
}

pub(super) fn shape<'a>(api: &'a Api, schema: &'a Schema) -> Shape<'a> {
    match api.resolved(&schema.ty) {
        Type::List(item) => Shape::List(item),
        Type::Map(_) => Shape::Object(None),
        Type::Named(id) => match api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Record(record)) => Shape::Object(Some(record)),
            // `oneOf: [string, array of strings]`: a single text is read as the first.
            Some(TypeBody::Union(union)) => union
                .variants
                .iter()
                .find_map(|variant| match api.resolved(&variant.schema.ty) {
                    Type::List(item) => Some(Shape::List(item)),
                    _ => None,
                })
                .unwrap_or(Shape::Scalar),
            _ => Shape::Scalar,
        },
        _ => Shape::Scalar,
    }
}

/// A text as the value that its schema means: a number, a boolean, else a string.
pub(super) fn scalar(api: &Api, schema: &Schema, text: &str) -> Value {
    let literal: Option<Value> = serde_json::from_str(text)
        .ok()
        .filter(|value: &Value| value.is_number() || value.is_boolean());
    let string = Value::from(text);
    let Some(literal) = literal else {
        return string;
    };
    let is_right = |value: &Value| {
        let faults = Checker::new(api, Direction::Request, &[]).faults(schema, value);
        faults.is_empty()
    };
    // What is wrong either way is said of what the schema asks for.
    if is_right(&literal) || (!is_right(&string) && !wants_text(api, schema)) {
        literal
    } else {
        string
    }
}

fn wants_text(api: &Api, schema: &Schema) -> bool {
    use specwright::ir::Primitive;
    match api.resolved(&schema.ty) {
        Type::Primitive(primitive) => !matches!(
            primitive,
            Primitive::Boolean
                | Primitive::Integer { .. }
                | Primitive::Number
                | Primitive::Decimal { quoted: false }
        ),
        _ => false,
    }
}

/// The texts of a list, as values.
pub(super) fn list<'t>(
    api: &Api,
    item: &Schema,
    texts: impl IntoIterator<Item = &'t str>,
) -> Value {
    let values = texts.into_iter().map(|text| scalar(api, item, text));
    Value::Array(values.collect())
}

/// Names and texts, as an object.
pub(super) fn object<'t>(
    api: &Api,
    record: Option<&Record>,
    pairs: impl IntoIterator<Item = (&'t str, &'t str)>,
) -> Value {
    let any = Schema::default();
    let mut object = Map::new();
    for (name, text) in pairs {
        let field = record.and_then(|it| it.fields.iter().find(|field| field.wire_name == name));
        let schema = field.map_or(&any, |field| &field.schema);
        object.insert(name.to_owned(), scalar(api, schema, text));
    }
    Value::Object(object)
}
