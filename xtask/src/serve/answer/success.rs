//! The success of an action.

use super::complete::Completer;
use super::{Data, Row, Sampler, meta, stream};
use crate::serve::act::Call;
use crate::serve::check::Direction;
use crate::serve::list::Page;
use crate::serve::message::Response;
use serde_json::{Map, Value};
use specwright::ir::{Encoding, Payload, ResourceId, Schema, Status, Type};

/// Objects that are looked into for the place of the data.
const MOST_KEYS: usize = 3;

/// Dresses what an action did.
pub(crate) fn success(call: &Call<'_>, data: &Data) -> Response {
    let outcome = &call.action.outcome;
    let Some(success) = &outcome.success else {
        return Response::empty(200);
    };
    let response = outcome.responses.get(success.response);
    let status = match response.map(|response| response.status) {
        Some(Status::Code(code)) => code,
        Some(Status::Range(digit)) => u16::from(digit) * 100,
        Some(Status::Default) | None => 200,
    };
    let media = success.media.and_then(|index| response?.media.get(index));
    let Some(media) = media.filter(|_| !matches!(status, 204 | 205 | 304)) else {
        return Response::empty(status);
    };
    let media_type = media.media_type.as_str();
    let media_type = if media_type.contains('*') {
        "application/octet-stream"
    } else {
        media_type
    };
    let dresser = Dresser::new(call);
    let mut response = match &media.encoding {
        Encoding::Json => {
            let path = dresser.path(&media.schema, &success.payload, data);
            let body = dresser.body(&media.schema, &path, data);
            let media_type = if media.media_type.contains('*') {
                "application/json"
            } else {
                media_type
            };
            Response::json(status, media_type, &body)
        }
        Encoding::JsonLines | Encoding::EventStream => {
            let value = Sampler::new(call.api, Direction::Response, 0).value(&media.schema);
            Response::bytes(status, media_type, stream::written(media, &value))
        }
        Encoding::Xml => Response::bytes(status, media_type, b"<sample/>".to_vec()),
        Encoding::Form(_) | Encoding::Multipart(_) | Encoding::Text | Encoding::Binary => {
            Response::bytes(status, media_type, b"sample".to_vec())
        }
    };
    if let (Some(pagination), Data::Many(_, _, Some(page))) = (&call.action.pagination, data) {
        response.headers.extend(meta::headers(pagination, page));
    }
    response
}

struct Dresser<'c> {
    call: &'c Call<'c>,
    completer: Completer<'c>,
    depth: u64,
}

impl<'c> Dresser<'c> {
    fn new(call: &'c Call<'c>) -> Self {
        let depth = call
            .profile
            .depth
            .as_ref()
            .and_then(|name| call.given.query(name));
        Self {
            call,
            completer: Completer::new(call.api, call.models, call.store, call.profile),
            depth: depth.and_then(Value::as_u64).unwrap_or(0),
        }
    }

    /// The keys from the body to the data.
    fn path(&self, schema: &Schema, payload: &Payload, data: &Data) -> Vec<String> {
        if let Payload::Opened(envelope) = payload {
            return envelope.path.clone();
        }
        if let (Some(pagination), Data::Many(..)) = (&self.call.action.pagination, data) {
            return pagination.items.clone();
        }
        let (resource, many) = match data {
            Data::One(resource, _) => (*resource, false),
            Data::Many(resource, ..) | Data::Groups(resource, _) => (*resource, true),
            Data::Sample => return Vec::new(),
        };
        self.find(schema, resource, many, 0).unwrap_or_default()
    }

    /// Where in a closed envelope the records are.
    fn find(
        &self,
        schema: &Schema,
        resource: ResourceId,
        many: bool,
        level: usize,
    ) -> Option<Vec<String>> {
        let api = self.call.api;
        let wanted = self.call.models.get(resource.0)?.ty.as_ref();
        let wanted = api.record(wanted?).map(|(id, _)| id)?;
        let is_wanted = |ty: &Type| api.record(ty).is_some_and(|(id, _)| id == wanted);
        match api.resolved(&schema.ty) {
            Type::List(item) if many && is_wanted(&item.ty) => return Some(Vec::new()),
            ty if !many && is_wanted(ty) => return Some(Vec::new()),
            _ => {}
        }
        let (_, record) = api.record(&schema.ty).filter(|_| level < MOST_KEYS)?;
        record.fields.iter().find_map(|field| {
            let mut path = self.find(&field.schema, resource, many, level + 1)?;
            path.insert(0, field.wire_name.clone());
            Some(path)
        })
    }

    /// The body: the data at its place, and what stands beside it.
    fn body(&self, schema: &Schema, path: &[String], data: &Data) -> Value {
        let Some((first, rest)) = path.split_first() else {
            return self.data(schema, data);
        };
        let mut object = Map::new();
        let Some((_, record)) = self.call.api.record(&schema.ty) else {
            let any = Schema::default();
            object.insert(first.clone(), self.body(&any, rest, data));
            return Value::Object(object);
        };
        for field in record.fields.iter().filter(|field| !field.write_only) {
            let value = if field.wire_name == *first {
                Some(self.body(&field.schema, rest, data))
            } else {
                self.beside(field, data)
            };
            if let Some(value) = value {
                object.insert(field.wire_name.clone(), value);
            }
        }
        if let Data::Many(_, _, Some(page)) = data
            && let Some(pagination) = &self.call.action.pagination
            && path == pagination.items
        {
            let (api, unset) = (self.call.api, self.call.profile.unset);
            meta::place(api, unset, schema, &mut object, pagination, page);
        }
        Value::Object(object)
    }

    fn beside(&self, field: &specwright::ir::Field, data: &Data) -> Option<Value> {
        let page = match data {
            Data::Many(_, _, page) => page.as_ref(),
            Data::One(..) | Data::Groups(..) | Data::Sample => None,
        };
        let unset = self.call.profile.unset;
        let known = page.and_then(|page| meta::field(self.call.api, unset, field, page, 0));
        known.or_else(|| {
            let mut sampler = Sampler::new(self.call.api, Direction::Response, 0).bare();
            field.required.then(|| sampler.field(field))
        })
    }

    /// The data itself.
    fn data(&self, schema: &Schema, data: &Data) -> Value {
        match data {
            Data::One(resource, row) => self.completer.row(schema, *resource, row, self.depth),
            Data::Many(resource, rows, _) => match self.call.api.resolved(&schema.ty) {
                Type::List(item) => self.rows(item, *resource, rows),
                Type::Any => self.rows(&Schema::default(), *resource, rows),
                _ => match rows.first() {
                    Some(row) => self.completer.row(schema, *resource, row, self.depth),
                    None => self.sample(schema),
                },
            },
            Data::Groups(resource, groups) => self.groups(schema, *resource, groups),
            Data::Sample => self.sample(schema),
        }
    }

    fn rows(&self, item: &Schema, resource: ResourceId, rows: &[Row]) -> Value {
        let complete = |row| self.completer.row(item, resource, row, self.depth);
        Value::Array(rows.iter().map(complete).collect())
    }

    fn sample(&self, schema: &Schema) -> Value {
        Sampler::new(self.call.api, Direction::Response, 0).value(schema)
    }

    /// A list of groups, each an object with a list of records and facts about it, or the lists
    /// themselves; where there is room for one list only, all groups are in it.
    fn groups(&self, schema: &Schema, resource: ResourceId, groups: &[Vec<Row>]) -> Value {
        let api = self.call.api;
        if let Type::List(group) = api.resolved(&schema.ty) {
            if let Type::List(item) = api.resolved(&group.ty) {
                return groups
                    .iter()
                    .map(|rows| self.rows(item, resource, rows))
                    .collect();
            }
            if let Some(path) = self.find(group, resource, true, 0) {
                let group_of = |rows: &Vec<Row>| {
                    let page = Page::whole(rows);
                    self.body(
                        group,
                        &path,
                        &Data::Many(resource, rows.clone(), Some(page)),
                    )
                };
                return groups.iter().map(group_of).collect();
            }
        }
        let all: Vec<Row> = groups.concat();
        let page = Page::whole(&all);
        self.data(schema, &Data::Many(resource, all, Some(page)))
    }
}

/// Whether an action answers records of a resource: the resource, and whether it is a list of them.
pub(crate) fn answers(call: &Call<'_>) -> Option<(ResourceId, bool)> {
    let success = call.action.outcome.success.as_ref()?;
    let ty = match &success.payload {
        Payload::Empty => return None,
        Payload::Whole(ty) => ty,
        Payload::Opened(envelope) => &envelope.data.ty,
    };
    let (ty, many) = match call.api.resolved(ty) {
        Type::List(item) => (&item.ty, true),
        ty => (ty, false),
    };
    let (id, _) = call.api.record(ty)?;
    let own = call.action.resource;
    let is_of = |resource: &ResourceId| {
        let model = call
            .models
            .get(resource.0)
            .and_then(|model| model.ty.as_ref());
        model
            .and_then(|ty| call.api.record(ty))
            .is_some_and(|(of, _)| of == id)
    };
    let all = (0..call.models.len()).map(ResourceId);
    let found = own.filter(is_of).or_else(|| all.into_iter().find(is_of))?;
    Some((found, many))
}
