//! What is known of a resource's records.

use super::super::check::{Checker, Direction};
use super::super::random::Random;
use super::super::time::{self, Millis};
use serde_json::{Map, Value};
use specwright::ir::{
    Api, Kind, Payload, Place, Primitive, Record, Resource, ResourceId, Schema, Type,
};
use specwright::pattern::matching;

/// What is known of the records of one resource.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// Their type.
    pub(crate) ty: Option<Type>,
    /// The field with the id.
    pub(crate) id_field: Option<String>,
    /// What ids look like.
    id_schema: Schema,
    /// What stands in front of an id that is a text.
    prefix: String,
    /// Fields that the server fills in when a record is made, changed, removed.
    created: Option<String>,
    updated: Option<String>,
    deleted: Option<String>,
}

/// The models of all resources, by their index.
pub(crate) fn models(api: &Api) -> Vec<Model> {
    api.resources
        .iter()
        .map(|resource| model(api, resource))
        .collect()
}

fn model(api: &Api, resource: &Resource) -> Model {
    let ty = resource
        .record
        .map(Type::Named)
        .or_else(|| from_actions(api, resource));
    let record = ty
        .as_ref()
        .and_then(|ty| api.record(ty))
        .map(|(_, record)| record);
    let named = |name: &str| {
        let fields = &record?.fields;
        fields.iter().find(|field| field.wire_name == name)
    };
    let id_field = resource.id.as_ref().and_then(|id| id.field.clone());
    let id = id_field.as_deref().and_then(named).or_else(|| named("id"));
    let id_schema = id
        .map(|field| field.schema.clone())
        .or_else(|| path_schema(api, resource));
    Model {
        id_field: id.map(|field| field.wire_name.clone()),
        id_schema: id_schema.unwrap_or_default(),
        prefix: resource.singular.join("_"),
        created: moment(api, record, &["created", "creation", "inserted"]),
        updated: moment(
            api,
            record,
            &["updated", "modified", "changed", "lastmodified"],
        ),
        deleted: moment(api, record, &["deleted", "removed", "archived"]),
        ty,
    }
}

/// The record type that finding one answers, where the resource's actions do not agree on one.
fn from_actions(api: &Api, resource: &Resource) -> Option<Type> {
    let wanted = [Kind::FindOne, Kind::CreateOne, Kind::UpdateOne];
    let mut actions = resource.actions.iter().filter_map(|id| api.action(*id));
    actions.find_map(|action| {
        if !wanted.contains(&action.kind) {
            return None;
        }
        let ty = match &action.outcome.success.as_ref()?.payload {
            Payload::Whole(ty) => ty,
            Payload::Opened(envelope) => &envelope.data.ty,
            Payload::Empty => return None,
        };
        api.record(ty).map(|(id, _)| Type::Named(id))
    })
}

/// The schema of the path parameter with the id.
fn path_schema(api: &Api, resource: &Resource) -> Option<Schema> {
    let name = &resource.id.as_ref()?.parameter;
    let mut actions = resource.actions.iter().filter_map(|id| api.action(*id));
    actions.find_map(|action| {
        let mut parameters = action.parameters.iter();
        let found = parameters.find(|it| it.place == Place::Path && it.wire_name == *name)?;
        Some(found.schema.clone())
    })
}

/// A name without case and punctuation: `created_at` and `createdAt` are `createdat`.
pub(crate) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The field that says when something happened: `createdAt`, `created`, `updated_on`.
fn moment(api: &Api, record: Option<&Record>, stems: &[&str]) -> Option<String> {
    let endings = ["at", "on", "time", "date", "timestamp", "", "atutc"];
    let is_named = |name: &str| {
        let name = plain(name);
        stems.iter().any(|stem| {
            name.strip_prefix(stem)
                .is_some_and(|ending| endings.contains(&ending))
        })
    };
    let mut fields = record?.fields.iter();
    let field = fields.find(|field| {
        let ty = api.resolved(&field.schema.ty);
        matches!(ty, Type::Primitive(Primitive::DateTime)) && is_named(&field.wire_name)
    })?;
    Some(field.wire_name.clone())
}

impl Model {
    /// The model of a resource.
    pub(crate) fn of(models: &[Self], resource: ResourceId) -> Option<&Self> {
        models.get(resource.0)
    }

    /// Whether ids are UUIDs.
    pub(crate) fn has_uuids(&self, api: &Api) -> bool {
        let ty = api.resolved(&self.id_schema.ty);
        matches!(ty, Type::Primitive(Primitive::Uuid))
    }

    /// A new id, as it stands in the record. The same numbers give the same ids.
    pub(crate) fn new_id(&self, api: &Api, random: &mut Random, number: u64) -> Value {
        let seed = random.next();
        let pattern = self.id_schema.constraints.pattern.as_deref();
        let text = pattern
            .and_then(|pattern| matching(pattern, seed))
            .unwrap_or_else(|| format!("{}_{:012x}", self.prefix, seed >> 16));
        let longest = self.id_schema.constraints.max_length.unwrap_or(u64::MAX);
        let longest = usize::try_from(longest).unwrap_or(usize::MAX);
        let skipped = text.chars().count().saturating_sub(longest);
        let text: String = text.chars().skip(skipped).collect();
        let text = Value::from(text);
        match api.resolved(&self.id_schema.ty) {
            Type::Primitive(Primitive::Uuid) => random.uuid().into(),
            Type::Primitive(Primitive::Integer { .. } | Primitive::Number) => number.into(),
            Type::Primitive(_) | Type::Any => text,
            // A number or a UUID, as unions of ids are.
            _ => {
                let candidates = [text.clone(), number.into(), random.uuid().into()];
                let is_right = |value: &Value| {
                    let checker = Checker::new(api, Direction::Response, &[]);
                    checker.faults(&self.id_schema, value).is_empty()
                };
                candidates.into_iter().find(is_right).unwrap_or(text)
            }
        }
    }

    /// Fills in what the server knows about a record that is being made.
    pub(crate) fn stamp_created(&self, value: &mut Map<String, Value>, now: Millis) {
        for field in [&self.created, &self.updated].into_iter().flatten() {
            let given = value.entry(field).or_insert(Value::Null);
            if given.is_null() {
                *given = time::format(now).into();
            }
        }
    }

    /// Notes that a record was changed, unless the change itself says when.
    pub(crate) fn stamp_updated(
        &self,
        value: &mut Map<String, Value>,
        sent: &Map<String, Value>,
        now: Millis,
    ) {
        if let Some(field) = self
            .updated
            .as_ref()
            .filter(|field| !sent.contains_key(*field))
        {
            value.insert(field.clone(), time::format(now).into());
        }
    }

    /// Notes that a record was removed, or brought back.
    pub(crate) fn stamp_deleted(&self, value: &mut Map<String, Value>, now: Option<Millis>) {
        if let Some(field) = &self.deleted {
            value.insert(
                field.clone(),
                now.map_or(Value::Null, |now| time::format(now).into()),
            );
        }
    }

    /// Whether the server alone sets a field.
    pub(crate) fn is_own(&self, field: &str) -> bool {
        let own = [&self.created, &self.updated, &self.deleted];
        own.into_iter().flatten().any(|own| own == field)
    }

    /// The field that says when a record was removed.
    pub(crate) fn deleted_field(&self) -> Option<&str> {
        self.deleted.as_deref()
    }
}
