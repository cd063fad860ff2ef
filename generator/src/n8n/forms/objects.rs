//! Objects: collections whose members are added one by one.

use super::schema::Settled;
use super::{Carrier, Form, Forms, Input, property};
use crate::ir::{Additional, Record, Schema, TypeId};
use crate::n8n::model::{Member, MemberShape, Property, PropertyKind, PropertyOptions, Shape};
use crate::n8n::text;
use crate::names::{spelled, title};
use indexmap::IndexMap;
use serde_json::json;
use std::collections::BTreeSet;

/// From this number on n8n's linter wants members sorted.
const SORTED_FROM: usize = 5;

/// Optional texts that a row shows without being asked.
const MOST_TEXTS: usize = 4;

/// The members of an object, with their names on the wire.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::n8n) struct Members {
    pub(in crate::n8n) required: Vec<(String, Form)>,
    pub(in crate::n8n) optional: Vec<(String, Form)>,
    /// Required members of one value, which nobody could enter in n8n.
    pub(in crate::n8n) constants: Vec<(String, Shape)>,
    /// Members that the schema does not name.
    pub(in crate::n8n) rest: Option<Form>,
}

impl<'a> Forms<'a> {
    /// The members of a record that can be sent.
    pub(in crate::n8n) fn members(
        &mut self,
        id: TypeId,
        record: &'a Record,
        levels: usize,
        carrier: Carrier,
    ) -> Members {
        self.inside.push(id);
        let mut members = Members::default();
        for field in record.fields.iter().filter(|field| !field.read_only) {
            if field.required
                && let Some(shape) = self.untypable(&field.schema)
            {
                members.constants.push((field.wire_name.clone(), shape));
                continue;
            }
            let Some(form) = self.field(field, levels, carrier) else {
                continue;
            };
            let part = if field.required {
                &mut members.required
            } else {
                &mut members.optional
            };
            part.push((field.wire_name.clone(), form));
        }
        members.rest = self.rest(record, levels, carrier);
        self.inside.pop();
        members
    }

    /// Rows for members that the schema does not name.
    fn rest(&mut self, record: &'a Record, levels: usize, carrier: Carrier) -> Option<Form> {
        let schema: &'a Schema = match &record.additional {
            Additional::Allowed(schema) => schema,
            Additional::Unsaid | Additional::Forbidden => &record.patterns.first()?.schema,
        };
        let input = Input {
            levels,
            carrier,
            ..Input::new(
                "additionalProperties".to_owned(),
                "Additional Properties".to_owned(),
                schema,
            )
        };
        let said = Settled::new(self.api, schema);
        Some(self.map(&input, &said, schema))
    }

    /// An object's input: a collection, or an editor where it lies too deep or in itself.
    pub(super) fn object(
        &mut self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        id: TypeId,
        record: &'a Record,
    ) -> Form {
        if input.levels == 0 || self.inside.contains(&id) {
            return self.json(input, settled);
        }
        let mut members = self.members(id, record, input.levels - 1, input.carrier);
        if members.is_empty() {
            return self.json(input, settled);
        }
        // They are added one by one like all others, and n8n marks none of a collection.
        for (_, Form { property, .. }) in &mut members.required {
            let of = text::Kind::of(property.kind);
            property.description = Some(text::required(property.description.take(), of));
        }
        let mut collected = property(input, settled, PropertyKind::Collection, json!({}));
        collected.placeholder = Some("Add Field".to_owned());
        let (properties, shape) = members.collected();
        collected.options = PropertyOptions::Members(properties);
        let shape = self.shared.add(self.api, id, shape);
        Form {
            property: collected,
            shape,
        }
    }
}

impl Members {
    pub(in crate::n8n) fn is_empty(&self) -> bool {
        self.required.is_empty()
            && self.optional.is_empty()
            && self.constants.is_empty()
            && self.rest.is_none()
    }

    /// Puts optional members beside the required ones, where they are few and all texts: in a row that
    /// needs no collection. What is blank is not sent.
    pub(super) fn show_few_texts(&mut self) {
        let is_text = |(_, form): &(String, Form)| {
            form.property.kind == PropertyKind::String
                && matches!(form.shape, Shape::Text | Shape::Option | Shape::Id)
        };
        let are_few = self.optional.len() <= MOST_TEXTS && self.rest.is_none();
        if !are_few || !self.optional.iter().all(is_text) {
            return;
        }
        for (wire_name, mut form) in std::mem::take(&mut self.optional) {
            if form.shape == Shape::Text {
                form.shape = Shape::Option;
            }
            self.required.push((wire_name, form));
        }
    }

    /// All of them in one collection.
    pub(in crate::n8n) fn collected(self) -> (Vec<Property>, Shape) {
        let rest = self.rest;
        let named = self.required.into_iter().chain(self.optional).collect();
        let (mut properties, object) = object_of(named, self.constants);
        let rest = rest.map(|rest| {
            let at = at(&[&rest.property.name], rest.shape);
            properties.push(rest.property);
            at
        });
        unique_labels(&mut properties);
        (sorted(properties), merged([Some(object), rest]))
    }

    /// The required ones side by side, the others in a collection of this name and label beside them.
    pub(in crate::n8n) fn split(
        self,
        name: &str,
        label: &str,
    ) -> (Vec<Property>, Option<Property>, Shape) {
        let (required, on_top) = object_of(self.required, self.constants);
        let (optional, below) = Self {
            optional: self.optional,
            rest: self.rest,
            ..Self::default()
        }
        .collected();
        let collection = (!optional.is_empty()).then(|| {
            let mut collection = Property::new(label, name, PropertyKind::Collection, json!({}));
            collection.placeholder = Some("Add Field".to_owned());
            collection.options = PropertyOptions::Members(optional);
            collection
        });
        let below = collection.is_some().then(|| at(&[name], below));
        (required, collection, merged([Some(on_top), below]))
    }
}

/// The members of several places in one object; what is merged itself stands beside the others, since
/// only the members of objects are in one order.
pub(in crate::n8n) fn merged(shapes: impl IntoIterator<Item = Option<Shape>>) -> Shape {
    let mut parts: Vec<Shape> = shapes.into_iter().flatten().flat_map(parts).collect();
    if parts.len() > 1 {
        parts.retain(|part| !matches!(part, Shape::Object(members) if members.is_empty()));
    }
    match <[Shape; 1]>::try_from(parts) {
        Ok([only]) => only,
        Err(parts) if parts.is_empty() => Shape::Object(IndexMap::new()),
        Err(parts) => Shape::Merge(parts),
    }
}

fn parts(shape: Shape) -> Vec<Shape> {
    match shape {
        Shape::Merge(shapes) => shapes,
        Shape::At { at, shape } if matches!(*shape, Shape::Merge(_)) => {
            let below = parts(*shape).into_iter().map(|part| match part {
                Shape::At { at: more, shape } => Shape::At {
                    at: at.iter().cloned().chain(more).collect(),
                    shape,
                },
                shape => Shape::At {
                    at: at.clone(),
                    shape: Box::new(shape),
                },
            });
            below.collect()
        }
        shape => vec![shape],
    }
}

/// Gives inputs of one label in one panel others: with their names spelled out, else with a number.
pub(in crate::n8n) fn unique_labels(properties: &mut [Property]) {
    let mut taken = BTreeSet::new();
    for property in properties {
        if taken.insert(property.display_name.to_lowercase()) {
            continue;
        }
        let label = title(&spelled(&property.name));
        let mut unique = label.clone();
        let mut number: usize = 2;
        while !taken.insert(unique.to_lowercase()) {
            unique = format!("{label} {number}");
            number += 1;
        }
        property.display_name = unique;
    }
}

/// Members as properties, and as an object with them by name, which is the order they are sent in.
fn object_of(
    mut members: Vec<(String, Form)>,
    constants: Vec<(String, Shape)>,
) -> (Vec<Property>, Shape) {
    let mut properties = Vec::with_capacity(members.len());
    members.sort_by(|one, other| one.0.cmp(&other.0));
    let mut shapes: IndexMap<String, MemberShape> = constants
        .into_iter()
        .map(|(wire_name, shape)| (wire_name, MemberShape::Same(shape)))
        .collect();
    for (wire_name, form) in members {
        let shape = if form.property.name == wire_name {
            MemberShape::Same(form.shape)
        } else {
            MemberShape::Renamed(Member {
                name: form.property.name.clone(),
                shape: form.shape,
            })
        };
        shapes.insert(wire_name, shape);
        properties.push(form.property);
    }
    shapes.sort_keys();
    (properties, Shape::Object(shapes))
}

/// Members in the order of their labels, where the linter wants it.
pub(in crate::n8n) fn sorted(mut members: Vec<Property>) -> Vec<Property> {
    if members.len() >= SORTED_FROM {
        members.sort_by_cached_key(|member| text::sort_key(&member.display_name));
    }
    members
}

pub(in crate::n8n) fn at(keys: &[&str], shape: Shape) -> Shape {
    Shape::At {
        at: keys.iter().map(|key| (*key).to_owned()).collect(),
        shape: Box::new(shape),
    }
}
