//! What tells the variants of a union apart. Decided when every type has been read.

use crate::diag::{Code, Diagnostic};
use crate::ir::{
    Api, JsonType, Primitive, Record, Type, TypeBody, TypeDef, TypeId, Union, VariantTest,
};
use crate::normalise::reader::Reader;
use serde_json::Value;
use std::collections::HashMap;

/// What the document says about a union's tag.
#[derive(Debug, Clone)]
pub(super) struct UnionFacts {
    pub(super) id: TypeId,
    /// `discriminator.propertyName`.
    pub(super) tag: Option<String>,
    pub(super) variants: Vec<VariantFacts>,
}

/// What the document says about a variant.
#[derive(Debug, Clone, Default)]
pub(super) struct VariantFacts {
    /// Its keys in the mapping, or its name.
    pub(super) tags: Vec<String>,
}

impl UnionFacts {
    pub(super) const fn without_discriminator(id: TypeId) -> Self {
        Self {
            id,
            tag: None,
            variants: Vec::new(),
        }
    }
}

impl Reader<'_, '_> {
    /// Finds the test of every variant of every union.
    pub(super) fn tell_variants_apart(&mut self, types: Vec<TypeDef>) -> Vec<TypeDef> {
        let mut api = Api {
            types,
            ..Api::default()
        };
        for facts in std::mem::take(&mut self.types.unions) {
            let Some(TypeBody::Union(union)) = api.type_def(facts.id).map(|def| &def.body) else {
                continue;
            };
            let (tag, tests) = tests(&api, union, &facts);
            let Some(def) = api.types.get_mut(facts.id.0) else {
                continue;
            };
            if tests.contains(&VariantTest::None)
                && let Some(origin) = def.origins.first()
            {
                let message = "the variants of this union cannot always be told apart";
                self.diagnostics.push(
                    Diagnostic::note(Code::AmbiguousUnion, origin.clone(), message)
                        .action("the value is kept as it is, with conversions to each variant")
                        .hint("add a discriminator, or a property with a constant to each variant"),
                );
            }
            if let TypeBody::Union(union) = &mut def.body {
                union.tag = tag;
                for (variant, test) in union.variants.iter_mut().zip(tests) {
                    variant.test = test;
                }
            }
        }
        api.types
    }
}

/// The tag, if there is one, and the test of each variant.
fn tests(api: &Api, union: &Union, facts: &UnionFacts) -> (Option<String>, Vec<VariantTest>) {
    let kinds: Vec<Option<JsonType>> = union
        .variants
        .iter()
        .map(|variant| json_type(api, &variant.schema.ty, 0))
        .collect();
    let records: Vec<Option<&Record>> = union
        .variants
        .iter()
        .map(|variant| api.record(&variant.schema.ty).map(|(_, record)| record))
        .collect();
    let tag = facts.tag.clone().or_else(|| common_tag(api, &records));
    let tagged = tag
        .as_deref()
        .map(|tag| tag_tests(api, tag, &records, facts));
    let alone = |index: usize| {
        let kind = kinds.get(index).copied().flatten()?;
        let same = kinds.iter().filter(|other| **other == Some(kind)).count();
        // A variant of any type could be everything else, too.
        (same == 1 && kinds.iter().all(Option::is_some)).then_some(VariantTest::JsonType(kind))
    };
    let owned = owned_properties(&records);
    let test = |index: usize| {
        let by_tag = tagged
            .as_ref()
            .and_then(|tests| tests.get(index).cloned().flatten());
        by_tag
            .or_else(|| alone(index))
            .or_else(|| {
                owned
                    .get(index)
                    .cloned()
                    .flatten()
                    .map(VariantTest::Property)
            })
            .unwrap_or(VariantTest::None)
    };
    let tests = (0..union.variants.len()).map(test).collect();
    (tag, tests)
}

/// The values of the tag by variant. A constant in the variant is what is on the wire; without one
/// it is what the discriminator says.
fn tag_tests(
    api: &Api,
    tag: &str,
    records: &[Option<&Record>],
    facts: &UnionFacts,
) -> Vec<Option<VariantTest>> {
    let said = |index: usize| {
        facts
            .variants
            .get(index)
            .map(|variant| variant.tags.clone())
            .filter(|tags| !tags.is_empty())
    };
    let constants: Vec<Option<Vec<String>>> = records
        .iter()
        .map(|record| constants_of(api, (*record)?, tag))
        .collect();
    let by_constants = constants.iter().all(Option::is_some) && disjoint(&constants);
    let values = |index: usize| {
        let constant = || constants.get(index).cloned().flatten();
        if by_constants || facts.tag.is_none() {
            constant()
        } else {
            said(index)
        }
    };
    (0..records.len())
        .map(|index| values(index).map(VariantTest::Tag))
        .collect()
}

/// The first property that every record variant has as a constant, different in each.
fn common_tag(api: &Api, records: &[Option<&Record>]) -> Option<String> {
    let known: Vec<&Record> = records.iter().copied().flatten().collect();
    let [first, _, ..] = known.as_slice() else {
        return None;
    };
    let distinct = |name: &str| {
        let values: Vec<Option<Vec<String>>> = known
            .iter()
            .map(|record| constants_of(api, record, name))
            .collect();
        values.iter().all(Option::is_some) && disjoint(&values)
    };
    let fields = || {
        first
            .fields
            .iter()
            .filter(|field| distinct(&field.wire_name))
    };
    fields()
        .find(|field| field.required)
        .or_else(|| fields().next())
        .map(|field| field.wire_name.clone())
}

/// The texts a property can have, when it is a constant or an enum.
fn constants_of(api: &Api, record: &Record, name: &str) -> Option<Vec<String>> {
    let field = record.fields.iter().find(|field| field.wire_name == name)?;
    match api.resolved(&field.schema.ty) {
        Type::Constant(Value::String(text)) => Some(vec![text.clone()]),
        Type::Named(id) => match &api.type_def(*id)?.body {
            TypeBody::Enum(values) => values
                .values
                .iter()
                .map(|value| value.value.as_str().map(str::to_owned))
                .collect(),
            _ => None,
        },
        _ => None,
    }
}

fn disjoint(values: &[Option<Vec<String>>]) -> bool {
    let mut seen = std::collections::HashSet::new();
    values
        .iter()
        .flatten()
        .flatten()
        .all(|value| seen.insert(value))
}

/// For each record variant a property that no other variant knows, a required one if there is any.
fn owned_properties(records: &[Option<&Record>]) -> Vec<Option<String>> {
    let mut knowing: HashMap<&str, usize> = HashMap::new();
    for field in records.iter().flatten().flat_map(|record| &record.fields) {
        *knowing.entry(field.wire_name.as_str()).or_default() += 1;
    }
    let own = |record: &Record| {
        let mut fields = record
            .fields
            .iter()
            .filter(|field| knowing.get(field.wire_name.as_str()) == Some(&1));
        let first = fields.clone().next();
        fields
            .find(|field| field.required)
            .or(first)
            .map(|field| field.wire_name.clone())
    };
    records.iter().map(|record| own((*record)?)).collect()
}

/// How far unions within unions are looked into.
const DEEPEST: usize = 8;

/// The JSON type that all values of a type have; `None` when there are several.
pub(super) fn json_type(api: &Api, ty: &Type, depth: usize) -> Option<JsonType> {
    if depth > DEEPEST {
        return None;
    }
    Some(match api.resolved(ty) {
        Type::Any | Type::Never | Type::Null => return None,
        Type::Primitive(primitive) => match primitive {
            Primitive::Boolean => JsonType::Boolean,
            Primitive::Integer { .. } => JsonType::Integer,
            Primitive::Number | Primitive::Decimal { quoted: false } => JsonType::Number,
            Primitive::Decimal { quoted: true }
            | Primitive::String { .. }
            | Primitive::DateTime
            | Primitive::Date
            | Primitive::Time
            | Primitive::Duration
            | Primitive::Uuid
            | Primitive::Uri
            | Primitive::Base64
            | Primitive::Binary => JsonType::String,
        },
        Type::Constant(value) => super::shapes::type_of_value(value)?,
        Type::List(_) | Type::Tuple(..) => JsonType::Array,
        Type::Map(_) => JsonType::Object,
        Type::Named(id) => match &api.type_def(*id)?.body {
            TypeBody::Record(_) => JsonType::Object,
            TypeBody::Enum(values) if values.integer => JsonType::Integer,
            TypeBody::Enum(_) => JsonType::String,
            TypeBody::Union(union) => {
                let mut kinds = union
                    .variants
                    .iter()
                    .map(|variant| json_type(api, &variant.schema.ty, depth + 1));
                let first = kinds.next()??;
                return kinds.all(|kind| kind == Some(first)).then_some(first);
            }
            TypeBody::Alias(_) => return None,
        },
    })
}
