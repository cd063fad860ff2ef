//! A type in a few words.

use super::markdown;
use super::site::{Here, Site};
use crate::ir::{Primitive, Schema, Type, TypeBody, Union};

/// Types within each other that are spelled out; a list of lists of .. is a list.
const DEEPEST: usize = 4;

/// Variants of a union that are spelled out in a line.
pub(super) const MOST_VARIANTS: usize = 12;

impl Site<'_> {
    /// `string (date-time)`, `list of [Pet](..)`, as Markdown for a cell.
    pub(super) fn type_text(&self, schema: &Schema, here: Here) -> String {
        self.type_words(&schema.ty, here, 0)
    }

    fn type_words(&self, ty: &Type, here: Here, depth: usize) -> String {
        let item = |item: &Schema| {
            if depth < DEEPEST {
                self.type_words(&item.ty, here, depth + 1)
            } else {
                "values".to_owned()
            }
        };
        match ty {
            Type::Any => "any JSON".to_owned(),
            Type::Never => "nothing".to_owned(),
            Type::Null => "null".to_owned(),
            Type::Primitive(primitive) => primitive_words(primitive),
            Type::Constant(value) => json_type(value).to_owned(),
            Type::List(inner) => format!("list of {}", item(inner)),
            Type::Tuple(items, _) => {
                let items: Vec<String> = items.iter().map(item).collect();
                format!("list of {}", items.join(", then "))
            }
            Type::Map(inner) => format!("map of {}", item(inner)),
            Type::Named(id) => {
                if let Some(link) = self.schema_link(*id, here) {
                    return link;
                }
                match self.api.type_def(*id).map(|def| &def.body) {
                    Some(TypeBody::Enum(of)) if of.integer => "integer".to_owned(),
                    Some(TypeBody::Enum(_)) => "string".to_owned(),
                    Some(TypeBody::Union(union)) => self.union_words(union, here, depth),
                    Some(TypeBody::Alias(schema)) => item(schema),
                    Some(TypeBody::Record(_)) | None => "object".to_owned(),
                }
            }
        }
    }

    fn union_words(&self, union: &Union, here: Here, depth: usize) -> String {
        if depth >= DEEPEST {
            return "one of several".to_owned();
        }
        let shown = union.variants.iter().take(MOST_VARIANTS);
        let mut words: Vec<String> = Vec::new();
        for variant in shown {
            let text = match &variant.schema.ty {
                Type::Named(id) if !self.has_page(*id) && self.is_record(*id) => {
                    format!("object ({})", markdown::text(&variant.name))
                }
                ty => self.type_words(ty, here, depth + 1),
            };
            if !words.contains(&text) {
                words.push(text);
            }
        }
        let more = union.variants.len().saturating_sub(MOST_VARIANTS);
        if more > 0 {
            words.push(format!("{more} more"));
        }
        match words.as_slice() {
            [only] => only.clone(),
            words => format!("one of: {}", words.join(", ")),
        }
    }

    fn is_record(&self, id: crate::ir::TypeId) -> bool {
        let def = self.api.type_def(id);
        def.is_some_and(|def| matches!(def.body, TypeBody::Record(_)))
    }
}

/// A scalar with its format.
fn primitive_words(primitive: &Primitive) -> String {
    let (base, format) = match primitive {
        Primitive::Boolean => ("boolean", None),
        Primitive::Integer { bits, signed } => {
            let sign = if *signed { "" } else { "u" };
            ("integer", bits.map(|bits| format!("{sign}int{bits}")))
        }
        Primitive::Number => ("number", None),
        Primitive::Decimal { quoted: true } => ("string", Some("decimal".to_owned())),
        Primitive::Decimal { quoted: false } => ("number", Some("decimal".to_owned())),
        Primitive::String { format } => ("string", format.as_deref().map(markdown::text)),
        Primitive::DateTime => ("string", Some("date-time".to_owned())),
        Primitive::Date => ("string", Some("date".to_owned())),
        Primitive::Time => ("string", Some("time".to_owned())),
        Primitive::Duration => ("string", Some("duration".to_owned())),
        Primitive::Uuid => ("string", Some("uuid".to_owned())),
        Primitive::Uri => ("string", Some("uri".to_owned())),
        Primitive::Base64 => ("string", Some("byte".to_owned())),
        Primitive::Binary | Primitive::File => ("string", Some("binary".to_owned())),
    };
    match format {
        Some(format) if !format.is_empty() => format!("{base} ({format})"),
        _ => base.to_owned(),
    }
}

fn json_type(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "boolean",
        serde_json::Value::Number(number) if number.is_f64() => "number",
        serde_json::Value::Number(_) => "integer",
        serde_json::Value::String(_) => "string",
        serde_json::Value::Array(_) => "list",
        serde_json::Value::Object(_) => "object",
    }
}
