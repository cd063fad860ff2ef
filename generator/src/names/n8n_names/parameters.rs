//! Names of parameters: of everything that has a name on the wire and can be set.

use super::super::{Case, Item, Scope, Table, spelled, words};
use super::{Lock, PARAMETERS};
use crate::diag::Diagnostics;
use crate::ir::{Additional, Api, Origin, Type, TypeBody, TypeId};
use std::collections::BTreeMap;

/// Names that mean something else: the selectors, what the runtime reads, what the linter takes for a
/// parameter of its own, and what every JavaScript object has.
const RESERVED: &[&str] = &[
    "action",
    "additionalFields",
    "additionalProperties",
    "allowUnauthorizedCerts",
    "authentication",
    "binaryPropertyName",
    "body",
    "bodyJson",
    "constructor",
    "fieldsToClear",
    "filters",
    "hasOwnProperty",
    "inputDataFieldName",
    "isPrototypeOf",
    "limit",
    "operation",
    "options",
    "propertyIsEnumerable",
    "prototype",
    "records",
    "recordsJson",
    "resource",
    "returnAll",
    "simple",
    "simplify",
    "specifyRecords",
    "toLocaleString",
    "toString",
    "updateFields",
    "valueOf",
];

/// The names of those that are not called as on the wire, or could have been called otherwise.
///
/// A name in lower camel case is kept as it is, so that nothing that is added can move it. Others are
/// made of their words, else written as they are, else spelled out; they are in the lock.
pub(super) fn allocate(
    api: &Api,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, String> {
    let found = Wire::of(api);
    let table = Table::new(PARAMETERS);
    // What has its own name needs no line in the lock; what was there has to be known, though.
    let mut all = Lock::new();
    all.give_all(&table, lock.names(&table));
    let items = found.names.iter().map(|(name, origin)| item(name, origin));
    let mut scope = Scope::new(Case::Parameter, RESERVED);
    let names = scope.allocate(&table, items.collect(), &mut all, diagnostics);
    let renamed: BTreeMap<String, String> = found
        .names
        .keys()
        .zip(names)
        // Another rule may name the others tomorrow.
        .filter(|(wire_name, name)| *wire_name != name || !is_lower_camel(wire_name))
        .map(|(wire_name, name)| ((*wire_name).to_owned(), name))
        .collect();
    let lines = renamed
        .iter()
        .map(|(key, name)| (key.as_str(), name.as_str()));
    lock.give_all(&table, lines);
    renamed
}

fn item<'a>(name: &'a str, origin: &'a Origin) -> Item<'a> {
    Item {
        keys: vec![name.to_owned()],
        origin,
        text: name,
        first: match is_lower_camel(name) {
            true => Some(name.to_owned()),
            false => Case::Parameter.identifier(&words(name)),
        },
        more: Box::new(move || {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.chars().all(is_plain)
                && name.len() <= LONGEST;
            let own = words(name);
            let with_value: Vec<String> = match own.is_empty() {
                true => own,
                false => own.into_iter().chain(words("value")).collect(),
            };
            let names = [
                plain.then(|| name.to_owned()),
                Case::Parameter.identifier(&with_value),
                Case::Parameter.identifier(&spelled(name)),
            ];
            names.into_iter().flatten().collect()
        }),
    }
}

/// The longest name that is kept as it is.
const LONGEST: usize = 120;

fn is_lower_camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && name.len() <= LONGEST
}

/// Every name that an input has on the wire, with the first place that has it.
#[derive(Default)]
struct Wire<'a> {
    names: BTreeMap<&'a str, &'a Origin>,
}

impl<'a> Wire<'a> {
    fn of(api: &'a Api) -> Self {
        let mut wire = Self::default();
        let mut pending: Vec<&Type> = Vec::new();
        for action in &api.actions {
            for parameter in &action.parameters {
                wire.add(&parameter.wire_name, &parameter.origin);
                pending.push(&parameter.schema.ty);
            }
            let media = action.body.iter().flat_map(|body| &body.media);
            pending.extend(media.map(|media| &media.schema.ty));
        }
        let mut seen = vec![false; api.types.len()];
        while let Some(ty) = pending.pop() {
            match ty {
                Type::List(items) | Type::Map(items) => pending.push(&items.ty),
                Type::Tuple(items, rest) => {
                    pending.extend(items.iter().chain(rest.as_deref()).map(|item| &item.ty));
                }
                Type::Named(id) => wire.add_type(api, *id, &mut seen, &mut pending),
                Type::Any | Type::Never | Type::Null | Type::Primitive(_) | Type::Constant(_) => {}
            }
        }
        wire
    }

    fn add(&mut self, name: &'a str, origin: &'a Origin) {
        let known = self.names.entry(name).or_insert(origin);
        *known = (*known).min(origin);
    }

    fn add_type(
        &mut self,
        api: &'a Api,
        id: TypeId,
        seen: &mut [bool],
        pending: &mut Vec<&'a Type>,
    ) {
        let known = seen.get_mut(id.0).map(|seen| std::mem::replace(seen, true));
        let (Some(false), Some(def)) = (known, api.type_def(id)) else {
            return;
        };
        match &def.body {
            TypeBody::Record(record) => {
                for field in &record.fields {
                    self.add(&field.wire_name, &field.origin);
                    pending.push(&field.schema.ty);
                }
                pending.extend(record.patterns.iter().map(|pattern| &pattern.schema.ty));
                if let Additional::Allowed(schema) = &record.additional {
                    pending.push(&schema.ty);
                }
            }
            TypeBody::Union(union) => {
                pending.extend(union.variants.iter().map(|variant| &variant.schema.ty));
            }
            TypeBody::Alias(schema) => pending.push(&schema.ty),
            TypeBody::Enum(_) => {}
        }
    }
}
