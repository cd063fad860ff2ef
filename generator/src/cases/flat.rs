//! A schema with its references followed, its `allOf` merged and its branches chosen.

use crate::load::{Document, Node};
use serde_json::Value;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Schemas that are merged into one, at most.
const PARTS: usize = 256;

/// What a schema says of one value. Keywords that only restrict further (`not`, `if`, ...) are left out.
#[derive(Debug, Default)]
pub(super) struct Flat<'d> {
    /// Properties by name, each with all the schemas that apply to it.
    pub(super) properties: BTreeMap<&'d str, Vec<Node<'d>>>,
    /// The names of required properties.
    pub(super) required: BTreeSet<&'d str>,
    /// What its references led to, in their order.
    pub(super) targets: Vec<Node<'d>>,
    /// Whether a part of it is the schema `false`, to which no value fits.
    pub(super) never: bool,
    /// Whether a branch of `oneOf` or `anyOf` is null.
    null_branch: bool,
    keywords: BTreeMap<&'d str, Node<'d>>,
    /// Each discriminator with the reference by which it was reached or whose branch was taken.
    discriminators: Vec<(Node<'d>, Option<&'d str>)>,
    references: Vec<&'d str>,
    parts: usize,
}

/// How a schema was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reached {
    /// It is what a value is asked for.
    Directly,
    /// It is a part of another schema, or was referred to already.
    AsBase,
}

/// The heir whose turn it is, of a base whose mapping leads past it: no value is the base itself.
fn heir<'d>(document: &'d Document, base: &Node<'d>, turn: usize) -> Option<(&'d str, Node<'d>)> {
    if base.get("oneOf").or_else(|| base.get("anyOf")).is_some() {
        return None;
    }
    let mapping = base.get("discriminator")?.get("mapping")?;
    let found = |target: Node<'d>| {
        let text = target.as_str()?;
        let named = format!("#/components/schemas/{text}");
        let node = document
            .resolve(&target, text)
            .or_else(|_| document.resolve(&target, &named));
        Some((text, node.ok()?))
    };
    let heirs: Vec<_> = mapping
        .entries()
        .filter_map(|(_, target)| found(target))
        .collect();
    if heirs.iter().any(|(_, heir)| heir.is_same(base)) {
        return None;
    }
    heirs.get(turn % heirs.len().max(1)).cloned()
}

impl<'d> Flat<'d> {
    /// Follows, merges and chooses: `turn` says which branch is taken where there are several.
    pub(super) fn new(document: &'d Document, schemas: &[Node<'d>], turn: usize) -> Self {
        let mut flat = Self::default();
        for schema in schemas {
            flat.add(document, schema, turn);
        }
        flat
    }

    fn add(&mut self, document: &'d Document, schema: &Node<'d>, turn: usize) {
        let mut left = vec![(schema.clone(), Reached::Directly)];
        while let Some((schema, reached)) = left.pop() {
            self.parts += 1;
            self.never |= schema.value() == &Value::Bool(false);
            if self.parts > PARTS || schema.as_object().is_none() {
                continue;
            }
            self.merge(&schema);
            // What comes first in the document is taken first: the stack is filled from the back.
            let branch = self.branch(document, &schema, turn);
            left.extend(branch.map(|branch| (branch, Reached::Directly)));
            let all: Vec<Node<'d>> = schema.get("allOf").iter().flat_map(Node::items).collect();
            let lone = all.len() == 1 && schema.get("properties").is_none();
            let way = if lone { reached } else { Reached::AsBase };
            left.extend(all.into_iter().rev().map(|part| (part, way)));
            if let Some(reference) = schema.get("$ref").and_then(|node| node.as_str())
                && let Ok(target) = document.resolve(&schema, reference)
                && !self.targets.iter().any(|known| known.is_same(&target))
            {
                let heir = (reached == Reached::Directly).then(|| heir(document, &target, turn));
                let (reference, target) = heir.flatten().unwrap_or((reference, target));
                self.references.push(reference);
                self.targets.push(target.clone());
                left.push((target, Reached::AsBase));
            }
        }
    }

    fn merge(&mut self, schema: &Node<'d>) {
        for (name, property) in schema.get("properties").iter().flat_map(Node::entries) {
            self.properties.entry(name).or_default().push(property);
        }
        let required = schema.get("required");
        let required = required.iter().flat_map(Node::items);
        self.required
            .extend(required.filter_map(|name| name.as_str()));
        for (key, value) in schema.entries() {
            let integer = key == "type" && value.as_str() == Some("integer");
            match self.keywords.entry(key) {
                // An integer is a number: of parts that say both, both hold.
                Entry::Occupied(mut said) if integer && said.get().as_str() == Some("number") => {
                    said.insert(value);
                }
                said => {
                    said.or_insert(value);
                }
            }
        }
        if let Some(discriminator) = schema.get("discriminator")
            && schema.get("oneOf").is_none()
            && schema.get("anyOf").is_none()
        {
            let reached = self.references.first().copied();
            self.discriminators.push((discriminator, reached));
        }
    }

    /// The branch whose turn it is, null apart.
    fn branch(
        &mut self,
        document: &'d Document,
        schema: &Node<'d>,
        turn: usize,
    ) -> Option<Node<'d>> {
        let branches = schema.get("oneOf").or_else(|| schema.get("anyOf"))?;
        let is_null = |branch: &Node<'d>| {
            let branch = document.follow(branch).ok();
            // Older documents say null by a branch that says nothing else (`{nullable: true}`).
            let says = |branch: &Node<'d>| branch.entries().any(|(key, _)| key != "nullable");
            if branch.as_ref().is_some_and(|branch| !says(branch)) {
                return true;
            }
            let kind = branch.and_then(|branch| branch.get("type"));
            kind.and_then(|kind| kind.as_str()) == Some("null")
        };
        let (nulls, others): (Vec<_>, Vec<_>) = branches.items().partition(is_null);
        self.null_branch |= !nulls.is_empty();
        let taken = match others.get(turn % others.len().max(1)) {
            Some(taken) => taken.clone(),
            None => nulls.into_iter().next()?,
        };
        if let Some(discriminator) = schema.get("discriminator") {
            let reference = taken.get("$ref").and_then(|node| node.as_str());
            self.discriminators.push((discriminator, reference));
        }
        Some(taken)
    }

    /// The first value given for a keyword.
    pub(super) fn keyword(&self, keyword: &str) -> Option<&Node<'d>> {
        self.keywords.get(keyword)
    }

    /// The same as a JSON value.
    pub(super) fn value(&self, keyword: &str) -> Option<&'d Value> {
        self.keyword(keyword).map(Node::value)
    }

    /// The same where it is a whole number from 0.
    pub(super) fn count(&self, keyword: &str) -> Option<u64> {
        self.value(keyword)?.as_u64()
    }

    /// Whether a keyword is `true`.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.value(keyword) == Some(&Value::Bool(true))
    }

    /// Whether null is a value beside others.
    pub(super) fn is_nullable(&self) -> bool {
        let listed = |keyword: &str, null: &Value| {
            let list = self.value(keyword).and_then(Value::as_array);
            list.is_some_and(|list| list.len() > 1 && list.contains(null))
        };
        self.null_branch || listed("type", &Value::from("null")) || listed("enum", &Value::Null)
    }

    /// The JSON type of the value, null only where nothing else is allowed; `None` where any will do.
    pub(super) fn kind(&self) -> Option<&'d str> {
        let first = match self.value("type") {
            Some(Value::String(kind)) => Some(kind.as_str()),
            Some(Value::Array(kinds)) => {
                let kinds = || kinds.iter().filter_map(Value::as_str);
                kinds()
                    .find(|kind| *kind != "null")
                    .or_else(|| kinds().next())
            }
            _ => None,
        };
        let has = |keyword| self.keyword(keyword).is_some();
        first.or_else(|| {
            if has("properties") || has("required") || has("additionalProperties") {
                Some("object")
            } else if has("items") || has("prefixItems") {
                Some("array")
            } else if has("format") || has("pattern") || has("minLength") || has("maxLength") {
                Some("string")
            } else {
                None
            }
        })
    }

    /// The values that are listed: a constant, or an enumeration without null.
    pub(super) fn listed(&self) -> Vec<&'d Value> {
        if let Some(constant) = self.value("const") {
            return vec![constant];
        }
        let values = self.value("enum").and_then(Value::as_array);
        let values = values.into_iter().flatten();
        values.filter(|value| !value.is_null()).collect()
    }

    /// The property that tells variants apart, with the value of the one that was taken: its key in
    /// the mapping, else the name of its schema (OpenAPI 3.1, section 4.8.25).
    pub(super) fn discriminator(&self) -> Option<(&'d str, &'d str)> {
        let (discriminator, reference) = self.discriminators.last()?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let reference = (*reference)?;
        let name = reference.rsplit('/').next().unwrap_or(reference);
        let mapping = discriminator.get("mapping");
        let mut mapping = mapping.iter().flat_map(Node::entries);
        let mapped = mapping.find(|(_, target)| {
            let target = target.as_str();
            target == Some(reference) || target == Some(name)
        });
        Some((property, mapped.map_or(name, |(key, _)| key)))
    }
}
