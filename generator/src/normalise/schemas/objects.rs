//! Objects: records, maps, and what may stand beside their properties.

use super::conjunction::{Leaf, Reading};
use super::table::Target;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Additional, Field, PatternFields, Record, Schema, Type, TypeBody};
use crate::load::Node;
use crate::normalise::reader::{Reader, address};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

impl<'d> Reader<'d, '_> {
    /// The shape of an object: a record when it has properties, else a map.
    pub(super) fn object_shape(&mut self, leaves: &[Leaf<'d>], target: &Target<'_, 'd>) -> Type {
        self.lone_discriminators(leaves);
        let has_properties = |leaf: &Leaf<'d>| {
            let keywords = &leaf.keywords;
            keywords.properties.is_some() || keywords.patterns.is_some()
        };
        // Parts may contain each other: a record of several is known before its fields are read.
        let parts: Vec<usize> = leaves
            .iter()
            .filter(|leaf| leaf.keywords.is_narrowing())
            .map(|leaf| address(&leaf.keywords.node))
            .collect();
        if parts.len() < 2 || !leaves.iter().any(has_properties) {
            return self.plain_object(leaves, target);
        }
        if target.slot.is_none()
            && let Some(known) = self.types.joined.get(&parts)
        {
            return Type::Named(*known);
        }
        let id = target.slot.unwrap_or_else(|| self.reserve(target));
        self.types.joined.insert(parts, id);
        let reserved = Target {
            slot: Some(id),
            ..target.clone()
        };
        match self.plain_object(leaves, &reserved) {
            Type::Named(id) => Type::Named(id),
            other if target.slot.is_some() => other,
            other => {
                self.fill_alias(id, other);
                Type::Named(id)
            }
        }
    }

    fn plain_object(&mut self, leaves: &[Leaf<'d>], target: &Target<'_, 'd>) -> Type {
        let mut record = Record {
            fields: self.fields(leaves, target),
            required: Vec::new(),
            additional: self.additional(leaves, target),
            patterns: self.patterns(leaves, target),
        };
        self.required(leaves, &mut record);
        if record.fields.is_empty() && record.patterns.is_empty() {
            match record.additional {
                Additional::Allowed(values) => return Type::Map(values),
                Additional::Unsaid => {
                    let origin = target.origin.clone();
                    return Type::Map(Box::new(Schema {
                        origin,
                        ..Schema::default()
                    }));
                }
                Additional::Forbidden => {}
            }
        }
        Type::Named(self.define(target, TypeBody::Record(record)))
    }

    /// The properties of all leaves, those of one leaf ordered by key; one that several leaves have is
    /// read as one.
    fn fields(&mut self, leaves: &[Leaf<'d>], target: &Target<'_, 'd>) -> Vec<Field> {
        let mut properties: IndexMap<&'d str, Vec<Node<'d>>> = IndexMap::new();
        for leaf in leaves {
            for (name, node) in leaf.keywords.properties.iter().flat_map(Node::entries) {
                properties.entry(name).or_default().push(node);
            }
        }
        let mut fields = Vec::with_capacity(properties.len());
        for (name, nodes) in properties {
            let Some(first) = nodes.first().cloned() else {
                continue;
            };
            let place = target.place.property(name);
            let Reading {
                schema,
                read_only,
                write_only,
            } = self.reading(nodes, &place);
            fields.push(Field {
                wire_name: name.to_owned(),
                required: false,
                schema,
                read_only,
                write_only,
                secret: false,
                relation: None,
                indirect: false,
                origin: first.origin(),
            });
        }
        fields
    }

    /// `additionalProperties`, else `unevaluatedProperties`. Of several leaves that say so, the last
    /// one of the place itself counts: a part that forbids the properties of the others is a slip.
    fn additional(&mut self, leaves: &[Leaf<'d>], target: &Target<'_, 'd>) -> Additional {
        let said = || {
            leaves
                .iter()
                .filter_map(|leaf| Some((leaf, leaf.keywords.additional.as_ref()?)))
        };
        let schemas: Vec<Node<'d>> = said()
            .filter(|(_, node)| node.value().is_object())
            .map(|(_, node)| node.clone())
            .collect();
        if let Some(first) = schemas.first() {
            let origin = first.origin();
            let mut values = self.reading(schemas, &target.place.part("value")).schema;
            values.origin = origin;
            return Additional::Allowed(Box::new(values));
        }
        let own = said().rev().find(|(leaf, _)| !leaf.foreign);
        match own.or_else(|| said().next_back()) {
            None => Additional::Unsaid,
            Some((_, node)) if node.value() == &Value::Bool(false) => Additional::Forbidden,
            Some((_, node)) => {
                let origin = node.origin();
                Additional::Allowed(Box::new(Schema {
                    origin,
                    ..Schema::default()
                }))
            }
        }
    }

    fn patterns(&mut self, leaves: &[Leaf<'d>], target: &Target<'_, 'd>) -> Vec<PatternFields> {
        let mut patterns: IndexMap<&'d str, Vec<Node<'d>>> = IndexMap::new();
        for leaf in leaves {
            for (pattern, node) in leaf.keywords.patterns.iter().flat_map(Node::entries) {
                patterns.entry(pattern).or_default().push(node);
            }
        }
        let place = target.place.part("value");
        let read = |(pattern, nodes): (&'d str, Vec<Node<'d>>)| PatternFields {
            pattern: pattern.to_owned(),
            schema: self.reading(nodes, &place).schema,
        };
        patterns.into_iter().map(read).collect()
    }

    /// Marks the required properties. One that is required and not declared is a field of any value,
    /// or of what `additionalProperties` says.
    fn required(&mut self, leaves: &[Leaf<'d>], record: &mut Record) {
        let names = record.fields.iter().map(|field| field.wire_name.clone());
        let mut known: HashMap<String, usize> = names.zip(0..).collect();
        for leaf in leaves {
            let mut seen: HashSet<&str> = HashSet::new();
            for item in leaf.keywords.required.iter().flat_map(Node::items) {
                let Value::String(name) = item.value() else {
                    self.wrong_type(&item, "a property's name");
                    continue;
                };
                if !seen.insert(name) {
                    self.listed_twice(name, &item);
                    continue;
                }
                let field = known
                    .get(name)
                    .and_then(|index| record.fields.get_mut(*index));
                if let Some(field) = field {
                    if !field.required {
                        record.required.push(name.clone());
                    }
                    field.required = true;
                    continue;
                }
                record.required.push(name.clone());
                known.insert(name.clone(), record.fields.len());
                let field = self.undeclared(name, &item, &record.additional);
                record.fields.push(field);
            }
        }
    }

    fn listed_twice(&mut self, name: &str, item: &Node<'d>) {
        let message = format!("{name:?} is listed twice");
        self.diagnostics
            .push(Diagnostic::note(Code::BadValue, item.origin(), message));
    }

    fn undeclared(&mut self, name: &str, item: &Node<'d>, additional: &Additional) -> Field {
        let origin = item.origin();
        let schema = match additional {
            Additional::Allowed(values) => Schema::clone(values),
            Additional::Unsaid | Additional::Forbidden => {
                let message = format!("{name:?} is required, and not among the properties");
                // A property without a schema has any value; only where no others are allowed is
                // that a contradiction.
                let diagnostic = if *additional == Additional::Forbidden {
                    Diagnostic::warning(Code::Missing, origin.clone(), message)
                } else {
                    Diagnostic::note(Code::Missing, origin.clone(), message)
                };
                self.diagnostics.push(
                    diagnostic
                        .action("it was taken to be of any type")
                        .hint("declare it under `properties`, or correct its name"),
                );
                Schema {
                    origin: origin.clone(),
                    ..Schema::default()
                }
            }
        };
        Field {
            wire_name: name.to_owned(),
            required: true,
            schema,
            read_only: false,
            write_only: false,
            secret: false,
            relation: None,
            indirect: false,
            origin,
        }
    }

    /// `discriminator` without a union: the heirs are known only to those who inherit.
    fn lone_discriminators(&mut self, leaves: &[Leaf<'d>]) {
        for leaf in leaves.iter().filter(|leaf| !leaf.foreign) {
            let node = &leaf.keywords.node;
            let lists = node.get("oneOf").or_else(|| node.get("anyOf")).is_some();
            if lists || self.types.own.contains_key(&address(node)) {
                continue;
            }
            if let Some(discriminator) = node.get("discriminator") {
                let origin = discriminator.origin();
                let message = "a discriminator without `oneOf` or `anyOf` chooses between nothing";
                self.diagnostics.push(
                    Diagnostic::note(Code::UnsupportedSchema, origin.clone(), message)
                        .action("the schema was read as one record")
                        .hint("list the schemas it chooses between under `oneOf`"),
                );
                self.lose(origin, "a discriminator without a union");
            }
        }
    }
}
