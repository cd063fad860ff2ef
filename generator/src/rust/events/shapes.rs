//! When the bodies of two events are the same but for what they are about.

use crate::ir::{Additional, Api, Field, Role, Schema, Type, TypeBody, TypeId};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Deeper than this, shapes are not compared.
const DEPTH: usize = 16;

/// The shapes of inline types that only events have, as numbers: equal ones have the same.
pub(super) struct Shapes<'a> {
    api: &'a Api,
    of: BTreeMap<TypeId, usize>,
    numbers: BTreeMap<String, usize>,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self {
            api,
            of: BTreeMap::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// The shape of a record, as a text, without the value of one of its properties. `None` for what
    /// is no record, and for one that keeps properties without a name.
    pub(super) fn record(&mut self, id: TypeId, without: Option<&str>) -> Option<String> {
        self.described(id, without, DEPTH)
    }

    fn described(&mut self, id: TypeId, without: Option<&str>, depth: usize) -> Option<String> {
        let TypeBody::Record(record) = &self.api.type_def(id)?.body else {
            return None;
        };
        if !record.patterns.is_empty() || matches!(record.additional, Additional::Allowed(_)) {
            return None;
        }
        let mut fields: Vec<&Field> = record.fields.iter().collect();
        fields.sort_by_key(|field| &field.wire_name);
        let mut text = String::new();
        for field in fields {
            let left_out = without == Some(field.wire_name.as_str());
            let value = if left_out {
                "T".to_owned()
            } else {
                self.value(&field.schema.ty, depth)
            };
            let flags = [
                field.required,
                field.read_only,
                field.write_only,
                field.secret,
                field.indirect && !left_out,
                field.schema.nullable,
                field.schema.deprecated,
            ];
            // Writing to a text does not fail.
            let _ = write!(text, "{:?} {flags:?} {value};", field.wire_name);
        }
        Some(text)
    }

    fn value(&mut self, ty: &Type, depth: usize) -> String {
        match ty {
            _ if is_label(self.api, ty) => "label".to_owned(),
            Type::Named(id) => self
                .number(*id, depth)
                .map_or_else(|| format!("#{}", id.0), |number| format!("={number}")),
            Type::List(items) => format!("[{}]", self.schema(items, depth)),
            Type::Map(values) => format!("{{{}}}", self.schema(values, depth)),
            Type::Tuple(..)
            | Type::Any
            | Type::Never
            | Type::Null
            | Type::Primitive(_)
            | Type::Constant(_) => {
                format!("{:?}", plain(ty))
            }
        }
    }

    fn schema(&mut self, schema: &Schema, depth: usize) -> String {
        let value = self.value(&schema.ty, depth);
        format!("{} {value}", schema.nullable)
    }

    /// The number of an inline record's shape; `None` for what is only equal to itself.
    fn number(&mut self, id: TypeId, depth: usize) -> Option<usize> {
        if !is_inline(self.api, id) {
            return None;
        }
        if let Some(number) = self.of.get(&id) {
            return Some(*number);
        }
        // Until it is known, as inside itself, it is equal to itself only.
        let own = self.numbers.len();
        self.numbers.insert(format!("#{}", id.0), own);
        self.of.insert(id, own);
        let text = self.described(id, None, depth.checked_sub(1)?)?;
        let next = self.numbers.len();
        let number = *self.numbers.entry(text).or_insert(next);
        self.of.insert(id, number);
        Some(number)
    }

    /// The inline records inside a schema whose shape is compared, with their shapes.
    pub(super) fn inside(&self, ty: &Type, found: &mut Vec<(usize, TypeId)>) {
        match ty {
            Type::Named(id) => {
                let (Some(number), Some(def)) = (self.of.get(id), self.api.type_def(*id)) else {
                    return;
                };
                let TypeBody::Record(record) = &def.body else {
                    return;
                };
                if found.contains(&(*number, *id)) {
                    return;
                }
                found.push((*number, *id));
                for field in &record.fields {
                    self.inside(&field.schema.ty, found);
                }
            }
            Type::List(items) | Type::Map(items) => self.inside(&items.ty, found),
            _ => {}
        }
    }
}

/// A type as it reads without the places that its parts stand at.
fn plain(ty: &Type) -> Type {
    match ty {
        Type::Tuple(items, rest) => Type::Tuple(
            items.iter().map(unplaced).collect(),
            rest.as_ref().map(|rest| Box::new(unplaced(rest))),
        ),
        other => other.clone(),
    }
}

fn unplaced(schema: &Schema) -> Schema {
    Schema {
        ty: schema.ty.clone(),
        nullable: schema.nullable,
        ..Schema::default()
    }
}

/// A record without a name that nothing but events has.
fn is_inline(api: &Api, id: TypeId) -> bool {
    api.type_def(id).is_some_and(|def| {
        def.component.is_none()
            && def.role == Role::Event
            && matches!(def.body, TypeBody::Record(_))
    })
}

/// Whether a value can only be one text, which differs from event to event: `"company"`.
pub(in crate::rust) fn is_label(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Constant(value) => value.is_string(),
        Type::Named(id) => api.type_def(*id).is_some_and(|def| {
            matches!(&def.body, TypeBody::Enum(list) if list.values.len() == 1 && !list.integer)
                && def.component.is_none()
        }),
        _ => false,
    }
}
