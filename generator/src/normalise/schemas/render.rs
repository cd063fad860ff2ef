//! Types in one line, for tests: `{id!: uuid, name: string?, tags: [string]}`.

use crate::ir::{
    Additional, Api, Bound, Constraints, JsonType, Primitive, Record, Schema, Type, TypeBody,
    TypeId, Union, VariantTest,
};
use std::collections::BTreeSet;

/// The component with this name, its inline types written out, others by name.
pub(super) fn component(api: &Api, name: &str) -> String {
    let index = api
        .types
        .iter()
        .position(|def| def.component.as_deref() == Some(name))
        .unwrap();
    let mut open = BTreeSet::from([TypeId(index)]);
    body(api, TypeId(index), &mut open)
}

fn body(api: &Api, id: TypeId, open: &mut BTreeSet<TypeId>) -> String {
    match &api.types[id.0].body {
        TypeBody::Record(it) => record(api, it, open),
        TypeBody::Enum(it) => {
            let values: Vec<String> = it
                .values
                .iter()
                .map(|value| value.value.to_string())
                .collect();
            format!("enum({})", values.join(" "))
        }
        TypeBody::Union(it) => union(api, it, open),
        TypeBody::Alias(it) => format!("= {}", schema(api, it, open)),
    }
}

fn record(api: &Api, record: &Record, open: &mut BTreeSet<TypeId>) -> String {
    let mut parts = Vec::new();
    for field in &record.fields {
        let mark = if field.required { "!" } else { "" };
        let access = match (field.read_only, field.write_only) {
            (true, _) => "read ",
            (_, true) => "write ",
            _ => "",
        };
        parts.push(format!(
            "{access}{}{mark}: {}",
            field.wire_name,
            schema(api, &field.schema, open)
        ));
    }
    for pattern in &record.patterns {
        parts.push(format!(
            "/{}/: {}",
            pattern.pattern,
            schema(api, &pattern.schema, open)
        ));
    }
    match &record.additional {
        Additional::Unsaid => {}
        Additional::Forbidden => parts.push("no more".to_owned()),
        Additional::Allowed(it) => parts.push(format!("..: {}", schema(api, it, open))),
    }
    format!("{{{}}}", parts.join(", "))
}

fn union(api: &Api, union: &Union, open: &mut BTreeSet<TypeId>) -> String {
    let mut parts = Vec::new();
    for variant in &union.variants {
        let test = match &variant.test {
            VariantTest::Tag(values) => format!("={}", values.join("/")),
            VariantTest::JsonType(ty) => format!("is {}", json_type(*ty)),
            VariantTest::Property(name) => format!("has {name}"),
            VariantTest::None => "?".to_owned(),
        };
        parts.push(format!(
            "{} {test}: {}",
            variant.name,
            schema(api, &variant.schema, open)
        ));
    }
    let tag = union
        .tag
        .as_ref()
        .map(|tag| format!("by {tag} "))
        .unwrap_or_default();
    format!("union {tag}({})", parts.join(" | "))
}

fn json_type(ty: JsonType) -> &'static str {
    super::shapes::type_name(ty)
}

fn schema(api: &Api, schema: &Schema, open: &mut BTreeSet<TypeId>) -> String {
    let mut text = ty(api, &schema.ty, open);
    let limits = limits(&schema.constraints);
    if !limits.is_empty() {
        text = format!("{text}({})", limits.join(" "));
    }
    if schema.nullable {
        text.push('?');
    }
    if schema.deprecated {
        text.push_str(" deprecated");
    }
    if let Some(default) = &schema.default {
        text = format!("{text} = {default}");
    }
    if let Some(description) = &schema.description {
        text = format!("{text} # {description}");
    }
    text
}

fn ty(api: &Api, ty: &Type, open: &mut BTreeSet<TypeId>) -> String {
    match ty {
        Type::Any => "any".to_owned(),
        Type::Never => "never".to_owned(),
        Type::Null => "null".to_owned(),
        Type::Primitive(it) => primitive(it),
        Type::Constant(value) => value.to_string(),
        Type::List(item) => format!("[{}]", schema(api, item, open)),
        Type::Tuple(items, rest) => {
            let mut parts: Vec<String> = items.iter().map(|item| schema(api, item, open)).collect();
            parts.extend(
                rest.iter()
                    .map(|rest| format!("..{}", schema(api, rest, open))),
            );
            format!("({})", parts.join(", "))
        }
        Type::Map(values) => format!("{{*: {}}}", schema(api, values, open)),
        Type::Named(id) => match &api.types[id.0].component {
            Some(name) => name.clone(),
            None if open.insert(*id) => {
                let text = body(api, *id, open);
                open.remove(id);
                text
            }
            None => "recursion".to_owned(),
        },
    }
}

fn primitive(primitive: &Primitive) -> String {
    match primitive {
        Primitive::Boolean => "boolean".to_owned(),
        Primitive::Integer { bits, signed } => {
            let sign = if *signed { "int" } else { "uint" };
            bits.map_or_else(|| sign.to_owned(), |bits| format!("{sign}{bits}"))
        }
        Primitive::Number => "number".to_owned(),
        Primitive::Decimal { quoted: true } => "\"decimal\"".to_owned(),
        Primitive::Decimal { quoted: false } => "decimal".to_owned(),
        Primitive::String { format: None } => "string".to_owned(),
        Primitive::String {
            format: Some(format),
        } => format!("string<{format}>"),
        Primitive::DateTime => "date-time".to_owned(),
        Primitive::Date => "date".to_owned(),
        Primitive::Time => "time".to_owned(),
        Primitive::Duration => "duration".to_owned(),
        Primitive::Uuid => "uuid".to_owned(),
        Primitive::Uri => "uri".to_owned(),
        Primitive::Base64 => "base64".to_owned(),
        Primitive::Binary | Primitive::File => "binary".to_owned(),
    }
}

fn limits(limits: &Constraints) -> Vec<String> {
    let mut parts = Vec::new();
    let mut bound = |bound: &Option<Bound>, sign: &str| {
        if let Some(bound) = bound {
            let equal = if bound.exclusive { "" } else { "=" };
            parts.push(format!("{sign}{equal}{}", bound.value));
        }
    };
    bound(&limits.minimum, ">");
    bound(&limits.maximum, "<");
    parts.extend(
        limits
            .multiple_of
            .iter()
            .map(|number| format!("multiple {number}")),
    );
    parts.extend(limits.pattern.iter().map(|pattern| format!("/{pattern}/")));
    let counts = [
        ("minLength", limits.min_length),
        ("maxLength", limits.max_length),
        ("minItems", limits.min_items),
        ("maxItems", limits.max_items),
        ("minProperties", limits.min_properties),
        ("maxProperties", limits.max_properties),
    ];
    for (name, count) in counts {
        parts.extend(count.map(|count| format!("{name} {count}")));
    }
    if limits.unique_items {
        parts.push("unique".to_owned());
    }
    parts
}
