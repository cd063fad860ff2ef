//! A stored record as an action answers it: the fields of the answer's type, and relations.

use super::super::check::{Checker, Direction};
use super::super::store::{Model, Row, Store};
use super::Sampler;
use super::convert::converted;
use super::relations::{self, Pointing};
use serde_json::{Map, Value};
use specwright::config::{StandInProfile, Unset};
use specwright::ir::{Additional, Api, Field, Record, ResourceId, Schema, Type, TypeBody};
use std::cell::{Cell, RefCell};

/// Records that one answer may embed: lists within lists grow quickly.
const MOST_EMBEDDED: usize = 5_000;

/// How far relations are followed, whatever a request asks for.
const DEEPEST: u64 = 4;

/// Completes records.
pub(crate) struct Completer<'a> {
    pub(super) api: &'a Api,
    pub(super) models: &'a [Model],
    pub(super) store: &'a Store,
    profile: &'a StandInProfile,
    embedded: Cell<usize>,
    pub(super) pointing: RefCell<Pointing<'a>>,
}

impl<'a> Completer<'a> {
    pub(crate) fn new(
        api: &'a Api,
        models: &'a [Model],
        store: &'a Store,
        profile: &'a StandInProfile,
    ) -> Self {
        Self {
            api,
            models,
            store,
            profile,
            embedded: Cell::new(0),
            pointing: RefCell::default(),
        }
    }

    /// A record as a schema wants it.
    pub(crate) fn row(
        &self,
        schema: &Schema,
        resource: ResourceId,
        row: &Row,
        depth: u64,
    ) -> Value {
        self.embedded.set(self.embedded.get() + 1);
        let depth = depth.min(DEEPEST);
        match self.api.resolved(&schema.ty) {
            Type::Any | Type::Map(_) => Value::Object(row.value.clone()),
            Type::List(item) => Value::Array(vec![self.row_once(item, resource, row, depth)]),
            Type::Named(_) => self.row_once(schema, resource, row, depth),
            Type::Primitive(_) | Type::Constant(_) | Type::Tuple(..) | Type::Never | Type::Null => {
                self.scalar(schema, resource, row)
            }
        }
    }

    /// Whether the answer embeds as many records as it may.
    pub(super) fn is_full(&self) -> bool {
        self.embedded.get() > MOST_EMBEDDED
    }

    fn row_once(&self, schema: &Schema, resource: ResourceId, row: &Row, depth: u64) -> Value {
        let Type::Named(id) = self.api.resolved(&schema.ty) else {
            return Sampler::new(self.api, Direction::Response, 0).value(schema);
        };
        match self.api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Record(record)) => {
                Value::Object(self.record(record, Some(resource), &row.value, depth))
            }
            Some(TypeBody::Union(union)) => {
                let mut values = union.variants.iter().filter_map(|variant| {
                    let (_, record) = self.api.record(&variant.schema.ty)?;
                    let value = self.record(record, Some(resource), &row.value, depth);
                    Some(Value::Object(value))
                });
                // The first that the union takes.
                let is_right = |value: &Value| self.allows(schema, value);
                values
                    .find(is_right)
                    .unwrap_or_else(|| Sampler::new(self.api, Direction::Response, 0).value(schema))
            }
            _ => Sampler::new(self.api, Direction::Response, 0).value(schema),
        }
    }

    /// What stands for a record where there is no room for one: its id, or that it worked.
    fn scalar(&self, schema: &Schema, resource: ResourceId, row: &Row) -> Value {
        let field = Model::of(self.models, resource).and_then(|model| model.id_field.as_ref());
        let id = field.and_then(|field| row.value.get(field));
        let candidates = [id.cloned(), Some(row.id.clone().into()), Some(true.into())];
        let right = candidates
            .into_iter()
            .flatten()
            .find(|value| self.allows(schema, value));
        right.unwrap_or_else(|| Sampler::new(self.api, Direction::Response, 0).value(schema))
    }

    fn allows(&self, schema: &Schema, value: &Value) -> bool {
        let checker = Checker::new(self.api, Direction::Response, &[]);
        checker.faults(schema, value).is_empty()
    }

    fn record(
        &self,
        record: &Record,
        resource: Option<ResourceId>,
        stored: &Map<String, Value>,
        depth: u64,
    ) -> Map<String, Value> {
        let mut object = Map::new();
        for field in record.fields.iter().filter(|field| !field.write_only) {
            if let Some(value) = self.field(record, field, resource, stored, depth) {
                object.insert(field.wire_name.clone(), value);
            }
        }
        if record.fields.is_empty() || matches!(record.additional, Additional::Allowed(_)) {
            for (key, value) in stored {
                object.entry(key).or_insert_with(|| value.clone());
            }
        }
        object
    }

    fn field(
        &self,
        record: &Record,
        field: &Field,
        resource: Option<ResourceId>,
        stored: &Map<String, Value>,
        depth: u64,
    ) -> Option<Value> {
        if let Some(value) = stored
            .get(&field.wire_name)
            .filter(|value| !value.is_null())
        {
            return self.stored(field, value, stored);
        }
        let relation = field.relation.as_ref().filter(|relation| !relation.by_id);
        if let Some(relation) = relation {
            let is_wanted = depth > 0 || field.required;
            if !is_wanted || self.is_full() {
                return field.required.then(|| self.sample(field));
            }
            let found = resource.and_then(|own| {
                relations::related(self, record, field, relation, own, stored, depth)
            });
            return found.or_else(|| self.unset(field));
        }
        self.unset(field)
    }

    /// A stored value, if the answer's type can hold it, in this form or in its own. The parts of
    /// composite ones are completed as records are.
    fn stored(&self, field: &Field, value: &Value, beside: &Map<String, Value>) -> Option<Value> {
        let is_right = self.allows(&field.schema, value);
        match self.parts(&field.schema, value, is_right) {
            Some(value) => Some(value),
            None if is_right => Some(value.clone()),
            None => converted(self.api, &field.schema, value, beside).or_else(|| self.unset(field)),
        }
    }

    /// A composite value with all its parts, or a list of such; `None`: it is neither. What stands
    /// in it beside the fields stays where it is `whole`.
    fn parts(&self, schema: &Schema, value: &Value, whole: bool) -> Option<Value> {
        match (self.api.resolved(&schema.ty), value) {
            (Type::List(item), Value::Array(items)) => {
                let part =
                    |value: &Value| self.parts(item, value, whole || self.allows(item, value));
                items.iter().map(part).collect()
            }
            (Type::Named(_), Value::Object(stored)) => {
                let (_, record) = self.api.record(&schema.ty)?;
                let mut object = self.record(record, None, stored, 0);
                if whole {
                    for (key, value) in stored {
                        object.entry(key).or_insert_with(|| value.clone());
                    }
                }
                Some(Value::Object(object))
            }
            _ => None,
        }
    }

    fn unset(&self, field: &Field) -> Option<Value> {
        if field.required {
            return Some(if field.schema.nullable {
                Value::Null
            } else {
                self.sample(field)
            });
        }
        (self.profile.unset == Unset::Null).then_some(Value::Null)
    }

    fn sample(&self, field: &Field) -> Value {
        Sampler::new(self.api, Direction::Response, 0)
            .bare()
            .field(field)
    }
}
