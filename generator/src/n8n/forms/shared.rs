//! Shapes that several requests share.

use crate::ir::{Api, TypeId};
use crate::n8n::model::{MemberShape, Request, Shape};
use indexmap::IndexMap;
use std::collections::{BTreeSet, HashMap};

/// The shapes of named records that were made for one resource.
///
/// While requests are made, each stands in them as a reference to an entry of this table.
/// [`Shared::settle`] puts those that are used once back where they stand, and gives names to the
/// others.
#[derive(Debug, Default)]
pub(in crate::n8n) struct Shared {
    entries: Vec<Entry>,
    of_type: HashMap<TypeId, Vec<usize>>,
}

#[derive(Debug)]
struct Entry {
    /// What the type is called.
    name: String,
    shape: Shape,
    uses: usize,
}

impl Shared {
    /// The reference to the shape of a type.
    pub(in crate::n8n) fn add(&mut self, api: &Api, id: TypeId, shape: Shape) -> Shape {
        let known = self.of_type.entry(id).or_default();
        let entries = &mut self.entries;
        let same = known
            .iter()
            .copied()
            .find(|index| entries.get(*index).is_some_and(|it| it.shape == shape));
        let index = same.unwrap_or_else(|| {
            known.push(entries.len());
            entries.push(Entry {
                name: type_name(api, id),
                shape,
                uses: 0,
            });
            entries.len() - 1
        });
        Shape::Use(index.to_string())
    }

    /// Ends the references: gives the shapes that are used more than once, by their names.
    pub(in crate::n8n) fn settle<'r>(
        mut self,
        requests: impl Iterator<Item = &'r mut Request>,
    ) -> IndexMap<String, Shape> {
        let mut requests: Vec<&mut Request> = requests.collect();
        let mut pending = Vec::new();
        for request in &mut requests {
            shapes_of(request).for_each(|shape| visit(shape, &mut |index| pending.push(index)));
        }
        // Each entry counts what it refers to once, however often it is used itself.
        while let Some(index) = pending.pop() {
            let Some(entry) = self.entries.get_mut(index) else {
                continue;
            };
            entry.uses += 1;
            if entry.uses == 1 {
                visit(&mut entry.shape, &mut |index| pending.push(index));
            }
        }
        let names = self.names();
        for request in requests {
            shapes_of(request).for_each(|shape| self.replace(shape, &names));
        }
        let mut shapes = IndexMap::new();
        for (index, name) in names.iter().enumerate() {
            let shape = self.entries.get(index).map(|entry| entry.shape.clone());
            if let (Some(name), Some(mut shape)) = (name, shape) {
                self.replace(&mut shape, &names);
                shapes.insert(name.clone(), shape);
            }
        }
        shapes.sort_keys();
        shapes
    }

    /// The names of those that are used more than once.
    fn names(&self) -> Vec<Option<String>> {
        let mut taken = BTreeSet::new();
        let name = |entry: &Entry| {
            if entry.uses < 2 {
                return None;
            }
            let mut name = entry.name.clone();
            let mut number: usize = 2;
            while !taken.insert(name.clone()) {
                name = format!("{}{number}", entry.name);
                number += 1;
            }
            Some(name)
        };
        self.entries.iter().map(name).collect()
    }

    /// Puts names, or the shapes themselves, in the place of references.
    fn replace(&self, shape: &mut Shape, names: &[Option<String>]) {
        if let Shape::Use(reference) = shape
            && let Some(index) = reference.parse::<usize>().ok()
            && let Some(entry) = self.entries.get(index)
        {
            match names.get(index) {
                Some(Some(name)) => *shape = Shape::Use(name.clone()),
                _ => {
                    *shape = entry.shape.clone();
                    self.replace(shape, names);
                }
            }
            return;
        }
        inner(shape, &mut |shape| self.replace(shape, names));
    }
}

/// The words of a type's best name as one.
fn type_name(api: &Api, id: TypeId) -> String {
    let def = api.type_def(id);
    let words = def
        .and_then(|def| match &def.component {
            Some(component) => Some(crate::names::words(component)),
            None => def.hints.first().cloned(),
        })
        .unwrap_or_default();
    crate::names::Case::Type
        .identifier(&words)
        .unwrap_or_else(|| "Shape".to_owned())
}

fn shapes_of(request: &mut Request) -> impl Iterator<Item = &mut Shape> {
    let parameters = request.parameters.iter_mut();
    parameters
        .map(|parameter| &mut parameter.shape)
        .chain(request.body.iter_mut().map(|body| &mut body.shape))
}

fn visit(shape: &mut Shape, found: &mut dyn FnMut(usize)) {
    if let Shape::Use(reference) = shape {
        reference.parse::<usize>().ok().into_iter().for_each(found);
        return;
    }
    inner(shape, &mut |shape| visit(shape, found));
}

/// The shapes that a shape consists of.
fn inner(shape: &mut Shape, each: &mut dyn FnMut(&mut Shape)) {
    match shape {
        Shape::Object(members) => {
            for member in members.values_mut() {
                match member {
                    MemberShape::Same(shape) => each(shape),
                    MemberShape::Renamed(member) => each(&mut member.shape),
                }
            }
        }
        Shape::List(shape)
        | Shape::OneOrMany(shape)
        | Shape::Rows(shape)
        | Shape::Map(shape)
        | Shape::At { shape, .. } => each(shape),
        Shape::Merge(shapes) => shapes.iter_mut().for_each(each),
        Shape::Choose { among, .. } => among.values_mut().for_each(each),
        Shape::Text
        | Shape::Option
        | Shape::Id
        | Shape::Number
        | Shape::Integer
        | Shape::Boolean
        | Shape::DateTime
        | Shape::Date
        | Shape::TextOrNumber
        | Shape::TextOrBoolean
        | Shape::TextOrScalar
        | Shape::Json
        | Shape::Binary
        | Shape::Constant(_)
        | Shape::Use(_) => {}
    }
}
