//! Unions that are enums in disguise: constants with descriptions, enums side by side, and enums
//! beside "any text", which says that the server may add values.

use super::conjunction::Reading;
use super::enums::{DESCRIPTIONS, NAMES, extension};
use super::shapes::type_of_value;
use super::table::Target;
use crate::ir::{EnumValue, JsonType, Primitive, Schema, Type};
use crate::load::Node;
use crate::normalise::reader::Reader;
use std::collections::HashSet;

/// How far unions within unions are looked into.
const DEEPEST: usize = 8;

/// Keywords that a variant may have beside its constants.
const SILENT: [&str; 9] = [
    "type",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "nullable",
    "discriminator",
];

/// Keywords that leave a text any text.
const TEXT: [&str; 3] = ["minLength", "maxLength", "pattern"];

/// What the variants say together.
#[derive(Debug, Default)]
struct Found<'d> {
    values: Vec<EnumValue>,
    seen: HashSet<String>,
    /// How many variants gave values.
    enums: usize,
    /// Whether any other text is a value, too.
    open: bool,
    null: bool,
    /// Schemas that are an enum each, reached by a reference.
    named: Vec<Node<'d>>,
}

impl<'d> Reader<'d, '_> {
    /// The enum a union is, when all its variants are constants, enums, or any text.
    pub(super) fn enum_of_variants(
        &mut self,
        variants: &[Node<'d>],
        target: &Target<'_, 'd>,
    ) -> Option<Reading> {
        let mut found = Found::default();
        for variant in variants {
            self.enum_variant(variant, &mut found, 0)?;
        }
        let kind = found.kind()?;
        let ty = if found.open && found.values.iter().all(|entry| entry.value == "") {
            // Beside any text, the empty one is nothing of its own.
            Type::Primitive(Primitive::String { format: None })
        } else if let ([lone], 1) = (found.named.as_slice(), found.enums) {
            Type::Named(self.type_of(lone))
        } else {
            self.define_enum(found.values, kind == JsonType::Integer, target)
        };
        let schema = Schema {
            ty,
            nullable: found.null,
            ..Schema::default()
        };
        Some(Reading {
            schema,
            ..Reading::default()
        })
    }

    /// Adds a variant that is a constant, an enum, any text, or a union of these; `None` for others.
    fn enum_variant(&self, variant: &Node<'d>, found: &mut Found<'d>, depth: usize) -> Option<()> {
        let referred = match variant.value().get("$ref") {
            Some(_) => Some(self.document.follow(variant).ok()?),
            None => None,
        };
        let node = referred.as_ref().unwrap_or(variant);
        let object = node.as_object()?;
        let has_only = |keys: &[&str]| {
            object.keys().all(|key| {
                SILENT.contains(&key.as_str())
                    || keys.contains(&key.as_str())
                    || key.starts_with("x-")
            })
        };
        if let Some(union) = node.get("anyOf").or_else(|| node.get("oneOf")) {
            if depth >= DEEPEST || !has_only(&["anyOf", "oneOf"]) {
                return None;
            }
            return union
                .items()
                .try_for_each(|inner| self.enum_variant(&inner, found, depth + 1));
        }
        if has_only(&["const", "enum", "format"]) && found.add(node, referred.clone()) {
            return Some(());
        }
        let is_text = object.get("type").is_some_and(|ty| ty == "string") && has_only(&TEXT);
        found.open |= is_text;
        is_text.then_some(())
    }
}

impl<'d> Found<'d> {
    /// Adds the constants of a node; false when it has none.
    fn add(&mut self, node: &Node<'d>, referred: Option<Node<'d>>) -> bool {
        let entries: Vec<Node<'d>> = match (node.get("const"), node.get("enum")) {
            (Some(constant), _) => vec![constant],
            (None, Some(list)) => list.items().collect(),
            (None, None) => return false,
        };
        let lone = entries.len() == 1;
        let text = |key: &str| node.get(key)?.as_str().map(str::to_owned).filter(|_| lone);
        self.enums += 1;
        self.named.extend(referred);
        for (index, entry) in entries.iter().enumerate() {
            let value = entry.value();
            self.null |= value.is_null();
            if value.is_null() || !self.seen.insert(value.to_string()) {
                continue;
            }
            self.values.push(EnumValue {
                value: value.clone(),
                name: extension(node, &NAMES, index, value).or_else(|| text("title")),
                description: extension(node, &DESCRIPTIONS, index, value)
                    .or_else(|| text("description")),
                origin: entry.origin(),
            });
        }
        true
    }

    /// The type of all values; `None` when they are no enum together.
    fn kind(&self) -> Option<JsonType> {
        let mut kinds = self.values.iter().map(|entry| type_of_value(&entry.value));
        let first = kinds.next()??;
        let fits = first == JsonType::String || (first == JsonType::Integer && !self.open);
        (fits && kinds.all(|kind| kind == Some(first))).then_some(first)
    }
}
