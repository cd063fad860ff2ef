//! What tells the variants of a union apart. Decided when every type has been read.

use super::undeclared_tags::{added_tags, undeclared, undeclared_tag, without_tag};
use crate::diag::{Code, Diagnostic};
use crate::ir::{
    Api, Field, JsonType, Origin, Primitive, Record, Type, TypeBody, TypeDef, TypeId, Union,
    VariantTest,
};
use crate::normalise::reader::Reader;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What the document says about a union's tag.
#[derive(Debug, Clone)]
pub(super) struct UnionFacts {
    pub(super) id: TypeId,
    /// `discriminator.propertyName`.
    pub(super) tag: Option<String>,
    pub(super) variants: Vec<VariantFacts>,
    /// Whether the variants are the heirs of a base.
    pub(super) inherited: bool,
    /// Where the discriminator is.
    pub(super) said_at: Option<Origin>,
}

/// What the document says about a variant.
#[derive(Debug, Clone, Default)]
pub(super) struct VariantFacts {
    /// Its keys in the mapping, or its name.
    pub(super) tags: Vec<String>,
    /// Whether the mapping says so.
    pub(super) is_mapped: bool,
}

impl UnionFacts {
    pub(super) const fn without_discriminator(id: TypeId) -> Self {
        Self {
            id,
            tag: None,
            variants: Vec::new(),
            inherited: false,
            said_at: None,
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
            let mut added = Vec::new();
            let (tag, tests) = match undeclared_tag(&api, union, &facts) {
                Some((tag, origin)) => {
                    added = added_tags(&api, tag, union, &facts);
                    let (without, by_shape) = without_tag(&api, union, &facts);
                    let diagnostic = undeclared(tag, origin, without);
                    self.diagnostics.push(diagnostic);
                    by_shape
                }
                None => tests(&api, union, &facts),
            };
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
                for (variant, tag) in union.variants.iter_mut().zip(added) {
                    variant.added_tag = Some(tag);
                }
            }
            Self::fix_tags(&mut api.types, &facts);
        }
        api.types
    }
}

/// The tag, if there is one, and the test of each variant.
pub(super) fn tests(
    api: &Api,
    union: &Union,
    facts: &UnionFacts,
) -> (Option<String>, Vec<VariantTest>) {
    let types = || union.variants.iter().map(|variant| &variant.schema.ty);
    let kinds: Vec<Option<JsonType>> = types().map(|ty| json_type(api, ty, 0)).collect();
    let records: Vec<Vec<&Record>> = types().map(|ty| records_of(api, ty)).collect();
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
    let owned = owned_properties(&records, &kinds);
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

/// The records a variant can be: itself, or those of the union it is. Empty when it can be anything
/// else.
pub(super) fn records_of<'a>(api: &'a Api, ty: &'a Type) -> Vec<&'a Record> {
    let mut found = Vec::new();
    let mut waiting = vec![ty];
    let mut seen = HashSet::new();
    while let Some(ty) = waiting.pop() {
        let Type::Named(id) = api.resolved(ty) else {
            return Vec::new();
        };
        if !seen.insert(*id) {
            continue;
        }
        match api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Record(record)) => found.push(record),
            Some(TypeBody::Union(union)) => {
                waiting.extend(
                    union
                        .variants
                        .iter()
                        .rev()
                        .map(|variant| &variant.schema.ty),
                );
            }
            _ => return Vec::new(),
        }
    }
    found
}

/// The values of the tag by variant. A constant in the variant is what is on the wire; without one
/// it is what the discriminator says.
fn tag_tests(
    api: &Api,
    tag: &str,
    records: &[Vec<&Record>],
    facts: &UnionFacts,
) -> Vec<Option<VariantTest>> {
    let constants: Vec<Option<Vec<String>>> = records
        .iter()
        .map(|records| constants_of(api, records, tag))
        .collect();
    let by_constants =
        facts.tag.is_none() || (constants.iter().all(Option::is_some) && disjoint(&constants));
    let said = |index: usize| {
        let tags = facts
            .variants
            .get(index)
            .map(|variant| variant.tags.clone());
        tags.filter(|tags| !tags.is_empty())
    };
    // Heirs that say their tag themselves are not called by their schemas' names.
    let says_itself = |index: usize| {
        let fact = facts.variants.get(index);
        facts.inherited && fact.is_some_and(|it| !it.is_mapped) && disjoint(&constants)
    };
    let values = |index: usize| {
        let own = constants.get(index).cloned().flatten();
        if own.is_some() && says_itself(index) {
            own
        } else if by_constants {
            constants.get(index).cloned().flatten()
        } else {
            said(index)
        }
    };
    (0..records.len())
        .map(|index| values(index).map(VariantTest::Tag))
        .collect()
}

/// How many constants of the first variant are tried as a tag.
const MOST_CANDIDATES: usize = 16;

/// The first property that every record variant has as a constant, different in each.
fn common_tag(api: &Api, records: &[Vec<&Record>]) -> Option<String> {
    let known: Vec<&Vec<&Record>> = records
        .iter()
        .filter(|records| !records.is_empty())
        .collect();
    if known.len() < 2 {
        return None;
    }
    let first = *known.first()?.first()?;
    let distinct = |name: &str| {
        let values: Vec<Option<Vec<String>>> = known
            .iter()
            .map(|records| constants_of(api, records, name))
            .collect();
        values.iter().all(Option::is_some) && disjoint(&values)
    };
    let fields: Vec<&Field> = first
        .fields
        .iter()
        .filter(|field| constants_of(api, &[first], &field.wire_name).is_some())
        .take(MOST_CANDIDATES)
        .filter(|field| distinct(&field.wire_name))
        .collect();
    let found = fields
        .iter()
        .find(|field| field.required)
        .or(fields.first());
    found.map(|field| field.wire_name.clone())
}

/// The texts a property can have, when it is a constant or an enum in every one of the records.
fn constants_of(api: &Api, records: &[&Record], name: &str) -> Option<Vec<String>> {
    if records.is_empty() {
        return None;
    }
    let mut texts = Vec::new();
    for record in records {
        let field = record.fields.iter().find(|field| field.wire_name == name)?;
        match api.resolved(&field.schema.ty) {
            Type::Constant(Value::String(text)) => texts.push(text.clone()),
            Type::Named(id) => match &api.type_def(*id)?.body {
                TypeBody::Enum(values) => {
                    for value in &values.values {
                        texts.push(value.value.as_str()?.to_owned());
                    }
                }
                _ => return None,
            },
            _ => return None,
        }
    }
    Some(texts)
}

fn disjoint(values: &[Option<Vec<String>>]) -> bool {
    let mut seen = HashSet::new();
    values
        .iter()
        .flatten()
        .flatten()
        .all(|value| seen.insert(value))
}

/// For each record variant a property that no other variant knows, a required one if there is any.
/// Beside a variant that can have any properties no property tells anything.
fn owned_properties(records: &[Vec<&Record>], kinds: &[Option<JsonType>]) -> Vec<Option<String>> {
    let is_unknown = |(records, kind): (&Vec<&Record>, &Option<JsonType>)| {
        records.is_empty() && matches!(kind, None | Some(JsonType::Object))
    };
    if records.iter().zip(kinds).any(is_unknown) {
        return vec![None; records.len()];
    }
    let mut knowing: HashMap<&str, usize> = HashMap::new();
    for records in records {
        let names = records.iter().flat_map(|record| &record.fields);
        let names: HashSet<&str> = names.map(|field| field.wire_name.as_str()).collect();
        for name in names {
            *knowing.entry(name).or_default() += 1;
        }
    }
    let own = |records: &Vec<&Record>| {
        let [record] = records.as_slice() else {
            return None;
        };
        let fields = || {
            record
                .fields
                .iter()
                .filter(|field| knowing.get(field.wire_name.as_str()) == Some(&1))
        };
        let found = fields()
            .find(|field| field.required)
            .or_else(|| fields().next());
        found.map(|field| field.wire_name.clone())
    };
    records.iter().map(own).collect()
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
            | Primitive::Binary
            | Primitive::File => JsonType::String,
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
