//! Names of parameters: of everything that has a name on the wire and can be set.

use super::super::{Case, Item, Scope, Table, spelled, words};
use super::{Lock, PARAMETERS};
use crate::diag::Diagnostics;
use crate::ir::{Additional, Api, Origin, Type, TypeBody, TypeId};
use std::collections::{BTreeMap, BTreeSet};

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
    "responseMediaType",
    "returnAll",
    "simple",
    "simplify",
    "specifyRecords",
    "toLocaleString",
    "toString",
    "updateFields",
    "valueOf",
];

/// What n8n's linter takes a parameter for by its name: such a one is called otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistaken {
    /// A text whose name has a color in it has to be a color picker (`node-param-color-type-unused`).
    Color,
    /// A collection whose name has `update` in it has to be that of the fields of an update
    /// (`node-param-display-name-wrong-for-update-fields`).
    Update,
}

impl Mistaken {
    const ALL: [Self; 2] = [Self::Color, Self::Update];

    /// Whether a parameter of this name is mistaken.
    fn applies(self, name: &str) -> bool {
        match self {
            Self::Color => {
                let lower = name.to_lowercase();
                lower.contains("color") || lower.contains("colour")
            }
            Self::Update => name.contains("update"),
        }
    }

    /// The name that it has instead, if no other parameter has it.
    fn instead(self, name: &str) -> String {
        match self {
            Self::Color => uncolored(name),
            Self::Update => name.replace("update", "theUpdate"),
        }
    }

    /// What it is in the lock.
    fn key(self, wire_name: &str) -> String {
        match self {
            Self::Color => format!("{wire_name} (text)"),
            Self::Update => format!("{wire_name} (object)"),
        }
    }
}

fn uncolored(name: &str) -> String {
    let mut name = name.to_owned();
    for (word, instead) in [
        ("colour", "hue"),
        ("color", "hue"),
        ("Colour", "Hue"),
        ("Color", "Hue"),
    ] {
        name = name.replace(word, instead);
    }
    if Mistaken::Color.applies(&name) {
        name = name
            .to_lowercase()
            .replace("colour", "hue")
            .replace("color", "hue");
    }
    name
}

/// The names of parameters that are not called as on the wire, by their wire names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ParameterNames {
    usual: BTreeMap<String, String>,
    /// Instead of the names that n8n's linter mistakes, by what they are in the lock.
    instead: BTreeMap<String, String>,
}

impl ParameterNames {
    pub(super) fn usual<'n>(&'n self, wire_name: &'n str) -> &'n str {
        self.usual.get(wire_name).map_or(wire_name, String::as_str)
    }

    pub(super) fn instead<'n>(&'n self, wire_name: &'n str, of: Mistaken) -> &'n str {
        let other = self.instead.get(&of.key(wire_name));
        other.map_or_else(|| self.usual(wire_name), String::as_str)
    }
}

/// The names of those that are not called as on the wire, or could have been called otherwise.
///
/// A name in lower camel case is kept as it is, so that nothing that is added can move it. Others are
/// made of their words, else written as they are, else spelled out; they are in the lock. So are the
/// names that stand instead of [`Mistaken`] ones, which are unique among all of them.
pub(super) fn allocate(
    api: &Api,
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> ParameterNames {
    let found = Wire::of(api);
    let table = Table::new(PARAMETERS);
    // What has its own name needs no line in the lock; what was there has to be known, though.
    let mut all = Lock::new();
    all.give_all(&table, lock.names(&table));
    let usual = found.names.iter().map(|(name, origin)| item(name, origin));
    let mistaken = found.mistaken();
    let instead = mistaken.iter().map(|(wire_name, origin, of)| {
        let more = move || vec![of.instead(&plain(wire_name)) + "Value"];
        Item {
            keys: vec![of.key(wire_name)],
            origin,
            text: "",
            first: Some(of.instead(&plain(wire_name))),
            more: Box::new(more),
        }
    });
    let items = usual.chain(instead).collect();
    let mut scope = Scope::new(Case::Parameter, RESERVED);
    let mut names = scope
        .allocate(&table, items, &mut all, diagnostics)
        .into_iter();
    let usual: BTreeMap<String, String> = found
        .names
        .keys()
        .zip(names.by_ref())
        // Another rule may name the others tomorrow.
        .filter(|(wire_name, name)| *wire_name != name || !is_lower_camel(wire_name))
        .map(|(wire_name, name)| ((*wire_name).to_owned(), name))
        .collect();
    let instead: BTreeMap<String, String> = mistaken
        .iter()
        .map(|(wire_name, _, of)| of.key(wire_name))
        .zip(names)
        .collect();
    let lines = usual.iter().chain(&instead);
    lock.give_all(
        &table,
        lines.map(|(key, name)| (key.as_str(), name.as_str())),
    );
    ParameterNames { usual, instead }
}

/// The name that a parameter has when no other one wants it.
fn plain(wire_name: &str) -> String {
    match is_lower_camel(wire_name) {
        true => wire_name.to_owned(),
        false => Case::Parameter
            .identifier(&words(wire_name))
            .or_else(|| Case::Parameter.identifier(&spelled(wire_name)))
            .unwrap_or_default(),
    }
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
    /// Those that an object has.
    objects: BTreeSet<&'a str>,
}

impl<'a> Wire<'a> {
    fn of(api: &'a Api) -> Self {
        let mut wire = Self::default();
        let mut pending: Vec<&Type> = Vec::new();
        for action in &api.actions {
            for parameter in &action.parameters {
                wire.add(
                    api,
                    &parameter.wire_name,
                    &parameter.origin,
                    &parameter.schema.ty,
                );
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

    fn add(&mut self, api: &Api, name: &'a str, origin: &'a Origin, ty: &Type) {
        let known = self.names.entry(name).or_insert(origin);
        *known = (*known).min(origin);
        if api.record(ty).is_some() {
            self.objects.insert(name);
        }
    }

    /// What needs a name instead of a mistaken one. Every color does: there are few, and which of them
    /// are texts depends on more than their types.
    fn mistaken(&self) -> Vec<(&'a str, &'a Origin, Mistaken)> {
        let each = self.names.iter().flat_map(|(name, origin)| {
            let applies = |of: &Mistaken| {
                let is_one = *of == Mistaken::Color || self.objects.contains(name);
                is_one && of.applies(&plain(name))
            };
            let found = Mistaken::ALL.into_iter().filter(applies);
            found.map(|of| (*name, *origin, of))
        });
        each.collect()
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
                    self.add(api, &field.wire_name, &field.origin, &field.schema.ty);
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
