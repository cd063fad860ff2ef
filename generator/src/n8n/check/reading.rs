//! Requests and forms agree: every shape leads to an input of its kind, and every input is read.

use super::{Faults, groups, of_operation};
use crate::ir::Place as ParameterPlace;
use crate::n8n::model::{
    MemberShape, OperationDescriptor, PathPart, Property, PropertyKind, ResourceDescriptor, Shape,
};
use std::collections::HashSet;

/// Shapes within each other, at most: `use` could come back to itself.
const DEEPEST: usize = 64;

/// What the runtime reads beside shapes.
const BY_THE_RUNTIME: &[&str] = &["returnAll", "limit", "simplify", "fieldsToClear"];

pub(super) fn check(resource: &ResourceDescriptor, faults: &mut Faults) {
    for operation in &resource.operations {
        let shown: Vec<&Property> = of_operation(resource, &operation.value).collect();
        let mut reader = Reader {
            resource,
            operation,
            read: HashSet::new(),
            faults,
        };
        reader.request(&shown);
        reader.unread(&shown);
    }
}

/// Where a shape is read.
#[derive(Clone)]
enum Place<'r> {
    /// Side by side: the node's parameters, or the fields of a row.
    Members(Vec<&'r Property>),
    /// An input.
    Value(&'r Property),
}

struct Reader<'r, 'f> {
    resource: &'r ResourceDescriptor,
    operation: &'r OperationDescriptor,
    /// The inputs that were read, by their addresses.
    read: HashSet<*const Property>,
    faults: &'f mut Faults,
}

impl<'r> Reader<'r, '_> {
    fn fault(&mut self, what: &str) {
        let fault = format!("`{}`: {what}", self.operation.value);
        self.faults.add(fault);
    }

    fn request(&mut self, shown: &[&'r Property]) {
        let request = &self.operation.request;
        let root = Place::Members(shown.to_vec());
        for parameter in &request.parameters {
            self.follow(&parameter.shape, &root, 0);
        }
        if let Some(body) = &request.body {
            self.follow(&body.shape, &root, 0);
            if let Some(clear) = &body.clear {
                let keys: Vec<&str> = clear.iter().map(String::as_str).collect();
                self.reach(&root, &keys);
            }
        }
        if !request.response.others.is_empty() {
            self.reach(&root, &["options", "responseMediaType"]);
        }
        for part in &request.path {
            if let PathPart::Parameter { parameter } = part {
                self.path_parameter(parameter, shown);
            }
        }
    }

    /// What the runtime reads by itself is there.
    fn reach(&mut self, root: &Place<'r>, keys: &[&str]) {
        let mut place = Some(root.clone());
        for key in keys {
            place = place.and_then(|place| self.below(&place, key));
        }
        if place.is_none() {
            self.fault(&format!("there is no `{}`", keys.join(".")));
        }
    }

    /// A parameter of the path has a required input, or one value and no other.
    fn path_parameter(&mut self, name: &str, shown: &[&'r Property]) {
        let parameters = &self.operation.request.parameters;
        let parameter = parameters
            .iter()
            .find(|it| it.place == ParameterPlace::Path && it.name == name);
        if parameter.is_some_and(|it| matches!(it.shape, Shape::Constant(_))) {
            return;
        }
        let input = parameter.and_then(|parameter| match &parameter.shape {
            Shape::At { at, .. } => at.first(),
            _ => None,
        });
        let found = input.and_then(|input| shown.iter().find(|it| it.name == *input));
        if !found.is_some_and(|found| found.required) {
            self.fault(&format!("`{{{name}}}` of the path has no required input"));
        }
    }

    fn below(&mut self, place: &Place<'r>, key: &str) -> Option<Place<'r>> {
        let found: Option<&'r Property> = match place {
            Place::Members(members) => members.iter().find(|it| it.name == key).copied(),
            Place::Value(property) if property.kind == PropertyKind::Collection => {
                self.read.insert(std::ptr::from_ref(*property));
                groups(property)
                    .into_iter()
                    .flatten()
                    .find(|it| it.name == key)
            }
            Place::Value(_) => None,
        };
        found.map(|property| {
            self.read.insert(std::ptr::from_ref(property));
            Place::Value(property)
        })
    }

    fn member(&mut self, shape: &'r Shape, place: &Place<'r>, key: &str, depth: usize) {
        match self.below(place, key) {
            Some(place) => self.follow(shape, &place, depth + 1),
            None => self.fault(&format!("there is no `{key}` to read")),
        }
    }

    fn follow(&mut self, shape: &'r Shape, place: &Place<'r>, depth: usize) {
        if depth > DEEPEST {
            self.fault("shapes without an end");
            return;
        }
        match shape {
            Shape::At { at, shape } => {
                let mut place = place.clone();
                for key in at {
                    match self.below(&place, key) {
                        Some(below) => place = below,
                        None => return self.fault(&format!("there is no `{key}` to read")),
                    }
                }
                self.follow(shape, &place, depth + 1);
            }
            Shape::Merge(shapes) => {
                for shape in shapes {
                    self.follow(shape, place, depth + 1);
                }
            }
            Shape::Choose { choose, among } => {
                if self.below(place, choose).is_none() {
                    self.fault(&format!("there is no `{choose}` to choose by"));
                }
                for shape in among.values() {
                    self.follow(shape, place, depth + 1);
                }
            }
            Shape::Use(name) => match self.resource.shapes.get(name) {
                Some(shape) => self.follow(shape, place, depth + 1),
                None => self.fault(&format!("there is no shape `{name}`")),
            },
            Shape::Object(members) => {
                for (wire_name, member) in members {
                    match member {
                        MemberShape::Same(Shape::Constant(_)) => {}
                        MemberShape::Same(shape) => self.member(shape, place, wire_name, depth),
                        MemberShape::Renamed(member) => {
                            self.member(&member.shape, place, &member.name, depth);
                        }
                    }
                }
            }
            Shape::Rows(shape) => {
                if let Some(row) = self.row(place) {
                    self.follow(shape, &row, depth + 1);
                }
            }
            Shape::Map(shape) => {
                if let Some(row) = self.row(place) {
                    self.member(&Shape::Text, &row, "key", depth);
                    self.member(shape, &row, "value", depth);
                }
            }
            Shape::List(shape) => self.list(shape, place),
            Shape::OneOrMany(shape) => self.one_or_many(shape, place),
            Shape::Constant(_) => {}
            scalar => self.scalar(scalar, place),
        }
    }

    /// The fields of a row of a fixed collection.
    fn row(&mut self, place: &Place<'r>) -> Option<Place<'r>> {
        let fields = match place {
            Place::Value(property) if property.kind == PropertyKind::FixedCollection => {
                groups(property).into_iter().next()
            }
            Place::Value(_) | Place::Members(_) => None,
        };
        if fields.is_none() {
            self.fault("rows are read where there are none");
        }
        fields.map(|fields| Place::Members(fields.iter().collect()))
    }

    fn list(&mut self, shape: &'r Shape, place: &Place<'r>) {
        match place {
            Place::Value(property) if property.kind == PropertyKind::MultiOptions => {
                if !matches!(shape, Shape::Option | Shape::Text | Shape::Integer) {
                    self.fault(&format!(
                        "options of `{}` are read otherwise",
                        property.name
                    ));
                }
            }
            Place::Value(property) if property.type_options.multiple_values => {
                self.scalar(shape, place);
            }
            Place::Value(_) | Place::Members(_) => {
                self.fault("a list is read where there is none");
            }
        }
    }

    /// A choice, or a text: what is no text itself is read from one.
    fn one_or_many(&mut self, shape: &'r Shape, place: &Place<'r>) {
        match place {
            Place::Value(property) if property.kind == PropertyKind::String => {}
            _ => self.list(shape, place),
        }
    }

    fn scalar(&mut self, shape: &Shape, place: &Place<'r>) {
        let Place::Value(property) = place else {
            self.fault("a value is read where there are several");
            return;
        };
        if !fits(shape, property.kind) {
            let name = &property.name;
            self.fault(&format!(
                "`{name}` is read as {shape:?}, and is {:?}",
                property.kind
            ));
        }
    }

    /// Every input of the operation was read.
    fn unread(&mut self, shown: &[&'r Property]) {
        let mut pending: Vec<&Property> = shown.to_vec();
        while let Some(property) = pending.pop() {
            let is_read = self.read.contains(&std::ptr::from_ref(property));
            if !is_read && !BY_THE_RUNTIME.contains(&property.name.as_str()) {
                self.fault(&format!("nothing reads `{}`", property.name));
                continue;
            }
            pending.extend(groups(property).into_iter().flatten());
        }
    }
}

/// Whether a scalar can be read from an input.
fn fits(shape: &Shape, kind: PropertyKind) -> bool {
    let kinds: &[PropertyKind] = match shape {
        Shape::Text => &[PropertyKind::String, PropertyKind::Options],
        Shape::Option => &[
            PropertyKind::Options,
            PropertyKind::String,
            PropertyKind::Color,
        ],
        Shape::Id => &[PropertyKind::String, PropertyKind::ResourceLocator],
        Shape::Number => &[PropertyKind::Number],
        Shape::Integer => &[
            PropertyKind::Number,
            PropertyKind::Options,
            PropertyKind::ResourceLocator,
        ],
        Shape::Boolean => &[PropertyKind::Boolean],
        Shape::DateTime | Shape::Date => &[PropertyKind::DateTime],
        Shape::Json => &[PropertyKind::Json],
        Shape::TextOrNumber | Shape::TextOrBoolean | Shape::TextOrScalar | Shape::Binary => {
            &[PropertyKind::String]
        }
        _ => &[],
    };
    kinds.contains(&kind)
}
