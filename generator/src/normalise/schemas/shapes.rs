//! The shape of a schema from all its leaves.

use super::conjunction::{Leaf, Reading, annotations};
use super::enums::Values;
use super::formats::{Formats, implied_type, primitive};
use super::merge::nullable;
use super::table::Target;
use super::union_tests::UnionFacts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{JsonType, Schema, Type, TypeBody, Union, Variant, VariantTest};
use crate::load::Node;
use crate::normalise::reader::{Reader, key_of};
use serde_json::Value;

impl<'d> Reader<'d, '_> {
    /// Reads leaves as one schema.
    pub(super) fn build(&mut self, leaves: Vec<Leaf<'d>>, target: &Target<'_, 'd>) -> Reading {
        if leaves
            .iter()
            .any(|leaf| leaf.keywords.unions().next().is_some())
        {
            return self.union(leaves, target);
        }
        let mut leaves = leaves;
        let mut reading = annotations(&leaves, target);
        reading.schema.nullable = nullable(&leaves);
        let (ty, null) = self.shape(&mut leaves, target);
        reading.schema.nullable |= null;
        if matches!(ty, Type::Null) {
            reading.schema.nullable = true;
        }
        reading.schema.ty = ty;
        self.describe_own(&reading.schema);
        reading
    }

    /// Copies what is said here to the type that was made here.
    pub(super) fn describe_own(&mut self, schema: &Schema) {
        if let Type::Named(id) = schema.ty {
            self.describe(id, schema);
        }
    }

    /// The type, and whether its enum has null in it.
    fn shape(&mut self, leaves: &mut Vec<Leaf<'d>>, target: &Target<'_, 'd>) -> (Type, bool) {
        if leaves.iter().any(|leaf| leaf.keywords.never) {
            return (Type::Never, false);
        }
        let types = self.agreed_types(leaves);
        let constant = leaves.iter().rev().find_map(|leaf| leaf.keywords.constant);
        if let Some(value) = constant {
            self.stray_structure(leaves, &[]);
            return (constant_type(value), false);
        }
        let values = self.enum_values(leaves, types.as_deref());
        let null = values.as_ref().is_some_and(|values| values.null);
        let declared = types.is_some() || leaves.iter().any(|leaf| leaf.keywords.types.is_some());
        let types = match (types, &values) {
            (Some(types), None) => types,
            (Some(types), Some(values)) => match values.among(&types) {
                among if among.is_empty() => values.types(),
                among => among,
            },
            (None, Some(values)) => values.types(),
            (None, None) if declared => Vec::new(),
            (None, None) => implied_types(leaves),
        };
        self.stray_structure(leaves, &types);
        let ty = match types.as_slice() {
            [] if declared || null => Type::Null,
            [] => Type::Any,
            [one] => self.shape_of(*one, leaves, values.as_ref(), target),
            several if is_anything(several) => Type::Any,
            several => self.union_of_types(several, leaves, values.as_ref(), target),
        };
        (ty, null)
    }

    /// The shape of the values of one JSON type.
    fn shape_of(
        &mut self,
        ty: JsonType,
        leaves: &[Leaf<'d>],
        values: Option<&Values>,
        target: &Target<'_, 'd>,
    ) -> Type {
        if let Some(enumerated) = values.and_then(|values| self.enumerated(ty, values, target)) {
            return enumerated;
        }
        match ty {
            JsonType::Object => self.object_shape(leaves, target),
            JsonType::Array => self.array_shape(leaves, target),
            _ => primitive(ty, formats(leaves)).map_or(Type::Any, Type::Primitive),
        }
    }

    fn array_shape(&mut self, leaves: &[Leaf<'d>], target: &Target<'_, 'd>) -> Type {
        let place = target.place.part("item");
        let items: Vec<Node<'d>> = leaves
            .iter()
            .filter_map(|leaf| leaf.keywords.items.clone())
            .collect();
        let prefix = leaves
            .iter()
            .rev()
            .find_map(|leaf| leaf.keywords.prefix_items.clone());
        let Some(prefix) = prefix else {
            let mut item = self.reading(items, &place).schema;
            if item.origin.pointer.is_empty() {
                item.origin = target.origin.child("items");
            }
            return Type::List(Box::new(item));
        };
        let rest = (!items.is_empty()).then(|| Box::new(self.reading(items, &place).schema));
        let mut fixed = Vec::new();
        for (index, item) in prefix.items().enumerate() {
            let word = format!("item {}", index + 1);
            fixed.push(self.schema(&item, &target.place.part(&word)));
        }
        Type::Tuple(fixed, rest)
    }

    /// `type: [string, integer]`: a union of what the leaves say of each type.
    fn union_of_types(
        &mut self,
        types: &[JsonType],
        leaves: &[Leaf<'d>],
        values: Option<&Values>,
        target: &Target<'_, 'd>,
    ) -> Type {
        if types
            .iter()
            .all(|ty| matches!(ty, JsonType::Integer | JsonType::Number))
        {
            return self.shape_of(JsonType::Number, leaves, values, target);
        }
        let mut variants = Vec::new();
        for ty in types {
            let name = type_name(*ty);
            let place = target.place.part(name);
            let inner = Target {
                slot: None,
                address: None,
                place: &place,
                ..target.clone()
            };
            let schema = Schema {
                ty: self.shape_of(*ty, leaves, values, &inner),
                constraints: annotations(leaves, target).schema.constraints,
                origin: target.origin.clone(),
                ..Schema::default()
            };
            variants.push(Variant {
                indirect: false,
                added_tag: None,
                name: name.to_owned(),
                schema,
                test: VariantTest::None,
                origin: target.origin.clone(),
            });
        }
        let id = self.define(
            target,
            TypeBody::Union(Union {
                variants,
                tag: None,
            }),
        );
        self.types
            .unions
            .push(UnionFacts::without_discriminator(id));
        Type::Named(id)
    }

    /// Says so when keywords for objects or arrays stand where no value is one.
    fn stray_structure(&mut self, leaves: &[Leaf<'d>], types: &[JsonType]) {
        for leaf in leaves {
            let keywords = &leaf.keywords;
            let of_objects = [
                &keywords.properties,
                &keywords.patterns,
                &keywords.additional,
            ];
            let of_arrays = [&keywords.items, &keywords.prefix_items];
            if !types.contains(&JsonType::Object) {
                self.strays(&of_objects, "objects");
            }
            if !types.contains(&JsonType::Array) {
                self.strays(&of_arrays, "arrays");
            }
        }
    }

    fn strays(&mut self, keywords: &[&Option<Node<'d>>], of: &str) {
        for node in keywords.iter().filter_map(|node| node.as_ref()) {
            if node.value().is_boolean() {
                continue;
            }
            let origin = node.origin();
            let message = format!(
                "`{}` is for {of}, and no value is one here",
                key_of(&origin)
            );
            self.diagnostics.push(
                Diagnostic::warning(Code::BadValue, origin.clone(), message)
                    .action("it was left out")
                    .hint("correct `type`"),
            );
            self.lose(origin, format!("for {of} only"));
        }
    }
}

/// `const`; null is a type of its own.
pub(super) fn constant_type(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        value => Type::Constant(value.clone()),
    }
}

/// The JSON type of a value; `None` for null.
pub(super) fn type_of_value(value: &Value) -> Option<JsonType> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => JsonType::Boolean,
        Value::Number(number) if number.is_i64() || number.is_u64() => JsonType::Integer,
        Value::Number(_) => JsonType::Number,
        Value::String(_) => JsonType::String,
        Value::Array(_) => JsonType::Array,
        Value::Object(_) => JsonType::Object,
    })
}

/// The name of a type in `type`.
pub(super) const fn type_name(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

/// The formats of the last leaf that has any.
fn formats<'d>(leaves: &[Leaf<'d>]) -> Formats<'d> {
    let mut formats = Formats::default();
    for leaf in leaves {
        formats.format = leaf.keywords.format.or(formats.format);
        formats.encoding = leaf.keywords.content_encoding.or(formats.encoding);
        formats.media_type = leaf.keywords.content_media_type.or(formats.media_type);
    }
    formats
}

/// The types that keywords imply where no `type` is said: nobody writes `properties` of a text.
fn implied_types(leaves: &[Leaf<'_>]) -> Vec<JsonType> {
    let mut types = Vec::new();
    let any = |has: &dyn Fn(&Leaf<'_>) -> bool| leaves.iter().any(has);
    if any(&|leaf| {
        let keywords = &leaf.keywords;
        let limits = &keywords.limits;
        keywords.properties.is_some()
            || keywords.patterns.is_some()
            || keywords.additional.is_some()
            || keywords.required.is_some()
            || limits.min_properties.or(limits.max_properties).is_some()
    }) {
        types.push(JsonType::Object);
    }
    if any(&|leaf| {
        let limits = &leaf.keywords.limits;
        leaf.keywords.items.is_some()
            || leaf.keywords.prefix_items.is_some()
            || limits.min_items.or(limits.max_items).is_some()
    }) {
        types.push(JsonType::Array);
    }
    if !types.is_empty() {
        return types;
    }
    if let Some(ty) = implied_type(formats(leaves)) {
        return vec![ty];
    }
    let limits = |has: &dyn Fn(&crate::ir::Constraints) -> bool| {
        leaves.iter().any(|leaf| has(&leaf.keywords.limits))
    };
    if limits(&|limits| {
        limits.pattern.is_some() || limits.min_length.or(limits.max_length).is_some()
    }) {
        return vec![JsonType::String];
    }
    if limits(&|limits| {
        limits.minimum.is_some() || limits.maximum.is_some() || limits.multiple_of.is_some()
    }) {
        return vec![JsonType::Number];
    }
    Vec::new()
}

/// Whether these are all the types there are.
fn is_anything(types: &[JsonType]) -> bool {
    let has = |ty: JsonType| types.contains(&ty);
    has(JsonType::Boolean)
        && has(JsonType::Number)
        && has(JsonType::String)
        && has(JsonType::Array)
        && has(JsonType::Object)
}
