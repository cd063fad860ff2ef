//! A request that was read and found right.

use crate::serve::check::Given;
use crate::serve::message::Request;
use crate::serve::refusal::{Fault, Refusal};
use crate::serve::store::{Model, Row, Store, plain};
use crate::serve::time::Millis;
use serde_json::{Map, Value};
use specwright::config::StandInProfile;
use specwright::ir::{
    Action, Api, Encoding, Kind, PathSegment, Record, ResourceId, Schema, Type, TypeId,
};

/// A request, and what it is done with.
pub(crate) struct Call<'c> {
    pub(crate) api: &'c Api,
    pub(crate) profile: &'c StandInProfile,
    pub(crate) models: &'c [Model],
    pub(crate) store: &'c mut Store,
    pub(crate) action: &'c Action,
    pub(crate) request: &'c Request,
    pub(crate) given: Given,
    pub(crate) body: Option<Value>,
    pub(crate) now: Millis,
}

impl<'c> Call<'c> {
    /// The record type of a resource.
    pub(crate) fn record(&self, resource: ResourceId) -> Option<&'c Record> {
        let ty = Model::of(self.models, resource)?.ty.as_ref()?;
        self.api.record(ty).map(|(_, record)| record)
    }

    /// What cursors of this list belong to.
    pub(crate) fn list_name(&self, resource: ResourceId) -> String {
        self.api
            .resource(resource)
            .map(|it| it.tag.clone())
            .unwrap_or_default()
    }

    /// What one of a resource is called.
    pub(super) fn noun(&self, resource: ResourceId) -> String {
        self.api
            .resource(resource)
            .map(|it| it.singular.join(" "))
            .unwrap_or_default()
    }

    /// The path parameters, in the path's order.
    fn path_parameters(&self) -> impl DoubleEndedIterator<Item = &'c str> {
        self.action
            .segments
            .iter()
            .filter_map(|segment| match segment {
                PathSegment::Parameter(name) => Some(name.as_str()),
                PathSegment::Text(_) => None,
            })
    }

    /// The path parameter with the id of a resource's record, if the path has one.
    fn id_parameter(&self, resource: ResourceId) -> Option<&'c str> {
        let source = self.api.resource(resource)?.id.as_ref()?;
        let is_item = |name: &&str| *name == source.parameter;
        let own = self.path_parameters().rfind(is_item);
        own.or_else(|| {
            // The same path by another name, as in `/pets/{petId}` beside `/pets/{id}`.
            let ends = matches!(self.action.segments.last(), Some(PathSegment::Parameter(_)));
            self.path_parameters().next_back().filter(|_| ends)
        })
    }

    /// The id in the path.
    pub(super) fn path_id(&self, resource: ResourceId) -> Option<String> {
        self.given.path(self.id_parameter(resource)?)
    }

    /// The id in a path that is not the resource's own, by a parameter's name that says whose id it is:
    /// `petId`, or what the resource's own path calls it. A bare `id` may be that of anything.
    pub(super) fn path_id_named(&self, resource: ResourceId) -> Option<String> {
        let resource = self.api.resource(resource)?;
        let own = resource.id.as_ref().map(|source| plain(&source.parameter));
        let spoken = resource.singular.concat() + "id";
        let is_id = |name: &&str| {
            let name = plain(name);
            name == spoken || (name != "id" && Some(&name) == own.as_ref())
        };
        self.given.path(self.path_parameters().rfind(is_id)?)
    }

    /// The path parameters above the record: `("ownerId", "7")` of `/owners/{ownerId}/pets`.
    pub(super) fn scope(&self, resource: ResourceId) -> Vec<(String, String)> {
        let own = self.id_parameter(resource);
        self.path_parameters()
            .filter(|name| {
                let is_item = self.action.segments.last();
                let ends = matches!(is_item, Some(PathSegment::Parameter(last)) if last == name);
                Some(*name) != own || !ends
            })
            .filter_map(|name| Some((name.to_owned(), self.given.path(name)?)))
            .collect()
    }

    /// Whether a record belongs below this path: it was made there, or a field of it says so. What
    /// says nothing of it belongs everywhere.
    pub(crate) fn is_in_scope(&self, row: &Row) -> bool {
        let Some(resource) = self.action.resource else {
            return true;
        };
        self.scope(resource).iter().all(|(name, value)| {
            let made = row.scope.iter().find(|(own, _)| own == name);
            if let Some((_, made)) = made {
                return made == value;
            }
            let field = row.value.iter().find(|(own, _)| plain(own) == plain(name));
            let says = field.filter(|(_, own)| own.is_string() || own.is_number());
            says.is_none_or(|(_, own)| crate::serve::check::text(own) == *value)
        })
    }

    /// The record in the path, removed ones not counted.
    pub(super) fn row(&self, resource: ResourceId) -> Result<Row, Refusal> {
        let id = self.path_id(resource).unwrap_or_default();
        let found = self
            .store
            .get(resource, &id)
            .filter(|row| !row.deleted && self.is_in_scope(row));
        found
            .cloned()
            .ok_or_else(|| Refusal::no_record(&self.noun(resource), &id))
    }

    /// A boolean query parameter that the profile names.
    pub(super) fn flag(&self, name: Option<&String>) -> Option<bool> {
        self.given.query(name?)?.as_bool()
    }

    /// Whether what a request creates may be there already.
    pub(super) fn is_upsert(&self) -> bool {
        self.flag(self.profile.upsert.as_ref()) == Some(true)
    }

    /// The fields that a body sends, out of `{"data": {..}}` where that is how they come.
    pub(super) fn sent(&self, resource: ResourceId) -> Map<String, Value> {
        let Some(Value::Object(body)) = &self.body else {
            return Map::new();
        };
        self.unwrapped(resource, body)
    }

    pub(super) fn unwrapped(
        &self,
        resource: ResourceId,
        body: &Map<String, Value>,
    ) -> Map<String, Value> {
        let mut entries = body.iter();
        if let (Some((key, Value::Object(inner))), None) = (entries.next(), entries.next()) {
            let record = self.record(resource);
            let is_field = record.is_some_and(|it| it.fields.iter().any(|it| it.wire_name == *key));
            let singular = self.api.resource(resource).map(|it| it.singular.concat());
            let key = plain(key);
            if !is_field && (key == "data" || Some(key) == singular) {
                return inner.clone();
            }
        }
        body.clone()
    }

    /// The list of a body with the records: itself, else the one whose items are the resource's
    /// type or what creating one takes, else the first of any records, else the first.
    pub(super) fn items(&self, resource: ResourceId) -> Vec<Value> {
        let object = match &self.body {
            Some(Value::Array(items)) => return items.clone(),
            Some(Value::Object(object)) => object,
            _ => return Vec::new(),
        };
        let lists = object
            .iter()
            .filter_map(|(key, value)| Some((key, value.as_array()?)));
        let inputs = self.inputs(resource);
        let rank = |key: &str| match self.item_type(key) {
            Some(id) if inputs.contains(&id) => 0,
            Some(_) => 1,
            None => 2,
        };
        let best = lists.min_by_key(|(key, _)| rank(key));
        best.map(|(_, items)| items.clone()).unwrap_or_default()
    }

    /// The record types that a resource's records are, or are made from.
    fn inputs(&self, resource: ResourceId) -> Vec<TypeId> {
        let own = Model::of(self.models, resource).and_then(|model| model.ty.as_ref());
        let own = own.and_then(|ty| self.api.record(ty));
        let creates = |it: &&Action| it.resource == Some(resource) && it.kind == Kind::CreateOne;
        let creating = self.api.actions.iter().filter(creates);
        let made = creating.filter_map(|it| self.api.record(&json_body(it)?.ty));
        own.into_iter().chain(made).map(|(id, _)| id).collect()
    }

    /// The record type of the items of a body's list.
    fn item_type(&self, key: &str) -> Option<TypeId> {
        let (_, body) = self.api.record(&json_body(self.action)?.ty)?;
        let field = body.fields.iter().find(|field| field.wire_name == key)?;
        match self.api.resolved(&field.schema.ty) {
            Type::List(item) => self.api.record(&item.ty).map(|(id, _)| id),
            _ => None,
        }
    }

    /// The lists of a body: itself, or its fields that are lists.
    pub(super) fn lists(&self) -> Vec<&Vec<Value>> {
        match &self.body {
            Some(Value::Array(items)) => vec![items],
            Some(Value::Object(object)) => object.values().filter_map(Value::as_array).collect(),
            _ => Vec::new(),
        }
    }

    /// Refuses more records than one request may carry.
    pub(super) fn check_batch(&self, count: usize) -> Result<(), Refusal> {
        let Some(limit) = self.profile.batch_limit else {
            return Ok(());
        };
        if count <= usize::try_from(limit).unwrap_or(usize::MAX) {
            return Ok(());
        }
        let message = match &self.profile.batch_message {
            Some(text) => text
                .replace("{limit}", &limit.to_string())
                .replace("{count}", &count.to_string()),
            None => format!("must have at most {limit} records, not {count}"),
        };
        Err(Refusal::new(400, Fault::at(&["body"], message)))
    }
}

/// The schema of an action's JSON body.
fn json_body(action: &Action) -> Option<&Schema> {
    let mut media = action.body.as_ref()?.media.iter();
    let json = media.find(|media| media.encoding == Encoding::Json)?;
    Some(&json.schema)
}
