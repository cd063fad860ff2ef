//! How deep forms go.

use crate::ir::{Additional, Api, Schema, Type, TypeBody, TypeId};
use std::collections::HashMap;

/// Objects that lie within each other below a body, at most.
const DEEPEST: usize = 3;

/// Inputs of one operation, at most: whoever opens a node waits for all of them to be drawn.
const MOST_INPUTS: usize = 400;

/// How many inputs forms have, by type and levels.
#[derive(Debug, Default)]
pub(super) struct Depths {
    known: HashMap<(TypeId, usize), usize>,
}

impl Depths {
    /// The most levels with which a form does not grow too large.
    pub(super) fn levels(&mut self, api: &Api, schema: &Schema) -> usize {
        (1..=DEEPEST)
            .rev()
            // The body itself is no level.
            .find(|levels| self.inputs(api, &schema.ty, levels + 1) <= MOST_INPUTS)
            .unwrap_or(0)
    }

    /// The inputs of a type's form; a JSON editor is one.
    fn inputs(&mut self, api: &Api, ty: &Type, levels: usize) -> usize {
        match api.resolved(ty) {
            Type::Any
            | Type::Never
            | Type::Null
            | Type::Primitive(_)
            | Type::Constant(_)
            | Type::Tuple(..) => 1,
            Type::List(items) | Type::Map(items) => match api.resolved(&items.ty) {
                Type::Named(_) => 1 + self.inputs(api, &items.ty, levels),
                _ => 2,
            },
            Type::Named(_) if levels == 0 => 1,
            Type::Named(id) => self.of_type(api, *id, levels),
        }
    }

    fn of_type(&mut self, api: &Api, id: TypeId, levels: usize) -> usize {
        if let Some(known) = self.known.get(&(id, levels)) {
            return *known;
        }
        let count = match api.type_def(id).map(|def| &def.body) {
            Some(TypeBody::Record(record)) => {
                let fields = record.fields.iter().filter(|field| !field.read_only);
                let fields = fields.map(|field| &field.schema.ty);
                let rest = match &record.additional {
                    Additional::Allowed(schema) => Some(&schema.ty),
                    Additional::Unsaid | Additional::Forbidden => None,
                };
                fields.chain(rest).fold(1_usize, |sum, ty| {
                    sum.saturating_add(self.inputs(api, ty, levels - 1))
                })
            }
            // The options are as much work to draw as inputs, and fewer are seen.
            Some(TypeBody::Enum(it)) => 1 + it.values.len() / 20,
            Some(TypeBody::Union(_) | TypeBody::Alias(_)) | None => 1,
        };
        self.known.insert((id, levels), count);
        count
    }
}
