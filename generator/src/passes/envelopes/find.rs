//! Where the data is in a response.

use super::super::pagination::pager;
use super::super::paths::{Component, components};
use super::super::shapes::{Shape, shape, success_schema};
use super::super::visit::{
    ids_of, ids_of_body, ids_of_event, ids_of_headers, ids_of_media, reachable,
};
use super::keys;
use super::pages::Pages;
use super::things::Things;
use crate::ir::{Action, Api, Field, Kind, Record, Resource, Schema, Type, TypeBody, TypeId};
use crate::names::{singular, words};

/// How deep an envelope may be: `data.createPerson` has two levels.
const LEVELS: usize = 3;

/// What was found out about a response.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::passes) enum Found {
    /// It is an envelope.
    Open {
        /// The keys from the body to the data.
        path: Vec<String>,
        /// What is there.
        data: Box<Schema>,
        /// Why.
        because: String,
    },
    /// It is left as it is, and why, where that is worth saying.
    Closed(Option<String>),
}

/// Finds envelopes; knows which types are used as something else than a response.
pub(in crate::passes) struct Finder<'a> {
    api: &'a Api,
    used_inside: Vec<bool>,
}

impl<'a> Finder<'a> {
    /// A finder for the responses of an API.
    pub(in crate::passes) fn new(api: &'a Api) -> Self {
        let used_inside = used_inside(api);
        Self { api, used_inside }
    }

    /// Looks into the successful response of an action of a resource.
    pub(in crate::passes) fn find(&self, action: &Action, resource: Option<&Resource>) -> Found {
        let Some((id, record)) = success_schema(action).and_then(|s| self.api.record(&s.ty)) else {
            return Found::Closed(None);
        };
        let expected = Expected::of(action, resource);
        let found = self.around(id, record, &expected);
        let is_list = |found: &Found| {
            matches!(found, Found::Open { data, .. }
                if matches!(shape(self.api, &data.ty), Shape::List(_)))
        };
        match pager(self.api, action) {
            Some(pager) if !is_list(&found) => {
                self.page(action, pager, record, &expected).unwrap_or(found)
            }
            _ => found,
        }
    }

    /// The list that a parameter of the request pages.
    fn page(
        &self,
        action: &Action,
        pager: &str,
        record: &Record,
        expected: &Expected,
    ) -> Option<Found> {
        // What comes from the path of one thing is that thing, which may have lists.
        let is_item = matches!(components(action).last(), Some(Component::Parameter(_)));
        if is_item || action.kind == Kind::FindOne {
            return None;
        }
        let pages = Pages {
            api: self.api,
            expected,
            things: Things::of(self.api, action),
        };
        let found = pages.list(record)?;
        let because = format!(
            "`{}` is the list that `{pager}` pages",
            found.path.join(".")
        );
        Some(Found::Open {
            data: Box::new(found.list.clone()),
            path: found.path,
            because,
        })
    }

    /// Looks for the data in a record by what stands around it.
    fn around(&self, id: TypeId, record: &Record, expected: &Expected) -> Found {
        let Some(first) = self.only_data(record, expected) else {
            return Found::Closed(self.why_not(record, expected));
        };
        if let Err(because) = self.is_envelope(id, record, first, expected) {
            return Found::Closed(Some(because));
        }
        let mut path = vec![first.wire_name.clone()];
        let mut data = &first.schema;
        let others = record.fields.iter();
        let mut others = others.filter(|it| it.wire_name != first.wire_name);
        let leads_on = others.any(|it| keys::is_way_on(self.api, it));
        while path.len() < LEVELS
            && let Some(inner) = self.inner(&data.ty, leads_on, expected)
        {
            path.push(inner.wire_name.clone());
            data = &inner.schema;
        }
        let because = format!("`{}` is the only key that carries data", path.join("."));
        Found::Open {
            path,
            data: Box::new(data.clone()),
            because,
        }
    }

    /// Whether the data of a response is a list; `None` when that cannot be told.
    pub(in crate::passes) fn is_list(&self, action: &Action, found: &Found) -> Option<bool> {
        let ty = match found {
            Found::Open { data, .. } => &data.ty,
            Found::Closed(_) => &success_schema(action)?.ty,
        };
        match shape(self.api, ty) {
            Shape::List(_) => Some(true),
            Shape::Unknown => None,
            // An envelope that could not be opened may still hold a list.
            Shape::Record(_, record) if !has_id(record) && self.has_list(record) => None,
            Shape::Record(..)
            | Shape::Map
            | Shape::Union
            | Shape::Enum
            | Shape::Scalar(_)
            | Shape::Constant => Some(false),
        }
    }

    fn has_list(&self, record: &Record) -> bool {
        record.fields.iter().any(|field| {
            keys::is_data(&field.wire_name)
                && matches!(shape(self.api, &field.schema.ty), Shape::List(_))
        })
    }

    /// The only property that carries data, where there is one.
    fn only_data<'r>(&self, record: &'r Record, expected: &Expected) -> Option<&'r Field> {
        let mut data = record
            .fields
            .iter()
            .filter(|field| self.is_data(field, expected));
        let first = data.next()?;
        (data.next().is_none() && self.holds_data(&first.schema.ty, &first.wire_name))
            .then_some(first)
    }

    fn is_data(&self, field: &Field, expected: &Expected) -> bool {
        let named =
            shape(self.api, &field.schema.ty).is_data() && expected.is_resource(&field.wire_name);
        named || !keys::is_beside(self.api, field)
    }

    /// Whether a value is worth taking out: `{"data": "x"}` is, `{"name": "x"}` is not.
    fn holds_data(&self, ty: &Type, key: &str) -> bool {
        let shape = shape(self.api, ty);
        shape.is_data() || (keys::is_data(key) && matches!(shape, Shape::Unknown))
    }

    /// Whether a record with one property that carries data is an envelope around it.
    fn is_envelope(
        &self,
        id: TypeId,
        record: &Record,
        data: &Field,
        expected: &Expected,
    ) -> Result<(), String> {
        if has_id(record) {
            return Err("the response has an id of its own".to_owned());
        }
        let component = self
            .api
            .type_def(id)
            .and_then(|def| def.component.as_deref());
        if self.used_inside.get(id.0) != Some(&false) && component.is_some() {
            return Err("the type of the response is also used inside other types".to_owned());
        }
        let key = &data.wire_name;
        if keys::is_data(key) || expected.names(key) {
            return Ok(());
        }
        match component {
            _ if self.is_page(record, data) => Ok(()),
            Some(name) if keys::is_wrapper(name) => Ok(()),
            None if record.fields.len() > 1 => Ok(()),
            _ => Err(format!(
                "nothing says that `{key}` is all that the response is about"
            )),
        }
    }

    /// The property that carries the data of an envelope within an envelope. It must be named for
    /// the action or the resource: a record with one property is otherwise just that, unless it is a list
    /// that an object beside the record leads on.
    fn inner<'t>(&self, ty: &'t Type, leads_on: bool, expected: &Expected) -> Option<&'t Field>
    where
        'a: 't,
    {
        let (id, record) = self.api.record(ty)?;
        let inline = self
            .api
            .type_def(id)
            .is_some_and(|def| def.component.is_none());
        let field = self.only_data(record, expected)?;
        let named = expected.names(&field.wire_name) || keys::is_data(&field.wire_name);
        let is_led = || leads_on && matches!(shape(self.api, &field.schema.ty), Shape::List(_));
        let opens = (inline && named) || self.is_page(record, field) || is_led();
        (opens && !has_id(record)).then_some(field)
    }

    /// Whether a record is a page of a list: the list, and beside it where it goes on.
    fn is_page(&self, record: &Record, data: &Field) -> bool {
        matches!(shape(self.api, &data.schema.ty), Shape::List(_))
            && record.fields.iter().any(keys::leads_on)
    }

    /// Why a record that looks a little like an envelope is none.
    fn why_not(&self, record: &Record, expected: &Expected) -> Option<String> {
        if !record
            .fields
            .iter()
            .any(|field| keys::is_data(&field.wire_name))
        {
            return None;
        }
        if has_id(record) {
            return Some("the response has an id of its own".to_owned());
        }
        let data = record
            .fields
            .iter()
            .filter(|field| self.is_data(field, expected));
        let data: Vec<_> = data.map(|field| format!("`{}`", field.wire_name)).collect();
        (data.len() > 1).then(|| format!("several keys may carry data: {}", data.join(", ")))
    }
}

/// Which types are used as something else than a response, by what actions and events lead to.
///
/// An alias is no use of its own: it uses its target where it is used itself.
fn used_inside(api: &Api) -> Vec<bool> {
    let mut pending = Vec::new();
    for action in &api.actions {
        if let Some(body) = &action.body {
            pending.extend(ids_of_media(&body.media));
        }
        let parameters = action.parameters.iter();
        pending.extend(parameters.flat_map(|it| ids_of(&it.schema)));
    }
    pending.extend(api.events.iter().flat_map(ids_of_event));
    let answered = answered(api);
    for (def, answered) in api.types.iter().zip(&answered) {
        if *answered && !matches!(def.body, TypeBody::Alias(_)) {
            pending.extend(ids_of_body(&def.body));
        }
    }
    reachable(api, pending)
}

/// Which types responses lead to.
fn answered(api: &Api) -> Vec<bool> {
    let responses = api.actions.iter().flat_map(|it| &it.outcome.responses);
    let ids = responses.flat_map(|response| {
        let mut ids = ids_of_media(&response.media);
        ids.extend(ids_of_headers(&response.headers));
        ids
    });
    reachable(api, ids)
}

/// Whether a record has an identity, as resources have and envelopes have not.
pub(super) fn has_id(record: &Record) -> bool {
    record.fields.iter().any(|field| is_id(&field.wire_name))
}

/// Whether a key is that of an identity.
pub(super) fn is_id(key: &str) -> bool {
    ["id", "_id", "uuid", "guid"].contains(&key)
}

/// The words that the key of the data may have.
pub(super) struct Expected {
    operation: Vec<String>,
    resource: Option<Vec<String>>,
}

impl Expected {
    fn of(action: &Action, resource: Option<&Resource>) -> Self {
        let texts = [action.operation_id.as_deref(), action.summary.as_deref()];
        let mut operation: Vec<String> = texts.into_iter().flatten().flat_map(words).collect();
        if let Some(resource) = resource {
            operation.extend(resource.singular.iter().cloned());
        }
        for word in &mut operation {
            *word = one(word);
        }
        Self {
            operation,
            resource: resource.map(|resource| resource.singular.clone()),
        }
    }

    /// Whether a key is the resource's name.
    pub(super) fn is_resource(&self, key: &str) -> bool {
        self.resource
            .as_ref()
            .is_some_and(|resource| singular(&words(key)) == *resource)
    }

    /// Whether all words of a key are those of the action or its resource.
    pub(super) fn names(&self, key: &str) -> bool {
        let words = words(key);
        !words.is_empty() && words.iter().all(|word| self.operation.contains(&one(word)))
    }
}

fn one(word: &str) -> String {
    singular(&[word.to_owned()]).concat()
}
