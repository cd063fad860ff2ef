//! What a resource is about, and what identifies one of it.

use super::paths::noun;
use super::shapes::{Shape, field, record_or_item, shape};
use crate::ir::{
    Action, Api, Evidence, IdSource, Kind, PathSegment, Payload, Record, Resource, TypeBody, TypeId,
};
use crate::names::words;

/// Sets the record and the id of every resource.
pub(super) fn run(api: &mut Api) {
    let found: Vec<_> = api
        .resources
        .iter()
        .map(|resource| {
            let record = record_of(api, resource);
            (record, id_of(api, resource, record))
        })
        .collect();
    for (resource, (record, id)) in api.resources.iter_mut().zip(found) {
        resource.record = record;
        if let Some((id, because)) = id {
            for action in resource.actions.iter() {
                if let Some(action) = api.actions.get_mut(action.0)
                    && action.path == id.item_path
                {
                    let because = because.clone();
                    action.evidence.push(Evidence {
                        about: "id",
                        because,
                        overridden: false,
                    });
                }
            }
            resource.id = Some(id);
        }
        // A tag such as "General" or "auth" is not the name of a thing that there are several of.
        let counted = |id: &crate::ir::ActionId| {
            api.actions
                .get(id.0)
                .is_some_and(|action| !matches!(action.kind, Kind::Custom { .. }))
        };
        let own = words(&resource.tag);
        if resource.id.is_none() && !own.is_empty() && !resource.actions.iter().any(counted) {
            resource.plural = own;
        }
    }
}

/// The record that the actions of a resource give: the one that most of them agree on. FindOne
/// decides where that is not clear, since lists may give an excerpt.
fn record_of(api: &Api, resource: &Resource) -> Option<TypeId> {
    let given: Vec<TypeId> = [
        Kind::FindOne,
        Kind::FindMany,
        Kind::CreateOne,
        Kind::UpdateOne,
        Kind::CreateMany,
        Kind::Upsert,
        Kind::Restore,
    ]
    .iter()
    .filter_map(|kind| of_kind(api, resource, kind))
    .filter_map(|action| payload_record(api, action))
    .collect();
    let votes = |id: TypeId| given.iter().filter(|other| **other == id).count();
    let mut best = *given.first()?;
    for id in &given {
        if votes(*id) > votes(best) {
            best = *id;
        }
    }
    Some(best)
}

/// The record that the caller of an action gets, one or several.
pub(super) fn payload_record(api: &Api, action: &Action) -> Option<TypeId> {
    let ty = match &action.outcome.success.as_ref()?.payload {
        Payload::Empty => return None,
        Payload::Whole(ty) => ty,
        Payload::Opened(envelope) => &envelope.data.ty,
    };
    record_or_item(api, ty).map(|(id, _)| id)
}

fn of_kind<'a>(api: &'a Api, resource: &Resource, kind: &Kind) -> Option<&'a Action> {
    resource
        .actions
        .iter()
        .filter_map(|id| api.action(*id))
        .find(|action| action.kind == *kind)
}

fn id_of(api: &Api, resource: &Resource, record: Option<TypeId>) -> Option<(IdSource, String)> {
    let item = [
        Kind::FindOne,
        Kind::UpdateOne,
        Kind::DeleteOne,
        Kind::Upsert,
    ]
    .iter()
    .filter_map(|kind| of_kind(api, resource, kind))
    .find_map(|action| Some((action, last_parameter(action)?)));
    let (item, parameter) = item?;
    let collection = [Kind::FindMany, Kind::CreateOne, Kind::CreateMany]
        .iter()
        .filter_map(|kind| of_kind(api, resource, kind))
        .find(|action| item.path.starts_with(action.path.trim_end_matches('/')));
    let body = record.and_then(|id| api.type_def(id)).map(|def| &def.body);
    let key = match body {
        Some(TypeBody::Record(record)) => id_field(api, record, &parameter, resource),
        _ => None,
    };
    let because = match &key {
        Some(key) => format!("`{{{parameter}}}` of {} is the record's `{key}`", item.path),
        None => format!(
            "`{{{parameter}}}` of {} is no property of the record",
            item.path
        ),
    };
    let id = IdSource {
        parameter,
        field: key,
        collection_path: collection.map(|action| action.path.clone()),
        item_path: item.path.clone(),
    };
    Some((id, because))
}

/// The parameter that a path ends with.
fn last_parameter(action: &Action) -> Option<String> {
    match action
        .segments
        .iter()
        .rev()
        .find(|segment| **segment != PathSegment::Text("/".into()))?
    {
        PathSegment::Parameter(name) => Some(name.clone()),
        PathSegment::Text(_) => None,
    }
}

/// The property of a record with the value of a path parameter: the one of the same name, that name
/// without the resource's (`issue_number` is `number`), else `id`.
fn id_field(api: &Api, record: &Record, parameter: &str, resource: &Resource) -> Option<String> {
    let name = words(parameter);
    let short = resource
        .singular
        .last()
        .and_then(|_| name.strip_prefix(resource.singular.as_slice()))
        .filter(|rest| !rest.is_empty());
    let named = |wanted: &[String]| {
        record
            .fields
            .iter()
            .find(|field| words(&field.wire_name) == wanted && is_scalar(api, &field.schema.ty))
    };
    let identifier = matches!(
        name.last().map(String::as_str),
        Some("id" | "uuid" | "identifier" | "key")
    );
    let is_resource = noun(parameter) == resource.singular;
    named(&name)
        .or_else(|| short.and_then(named))
        .or_else(|| {
            let id = field(record, "id").filter(|field| is_scalar(api, &field.schema.ty));
            id.filter(|_| identifier || is_resource)
        })
        .map(|field| field.wire_name.clone())
}

fn is_scalar(api: &Api, ty: &crate::ir::Type) -> bool {
    matches!(shape(api, ty), Shape::Scalar(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    #[test]
    fn the_last_parameter_of_the_item_path_is_a_property_of_the_record() {
        for (path, record, expected) in [
            ("/pets/{id}", "{id: uuid}", Some("id")),
            ("/pets/{pet_id}", "{id: str}", Some("id")),
            ("/pets/{petId}", "{id: str, petId: str}", Some("petId")),
            (
                "/owners/{o}/pets/{pet_number}",
                "{id: int, number: int}",
                Some("number"),
            ),
            ("/pets/{pet}", "{id: str}", Some("id")),
            ("/pets/{name}", "{id: str}", None),
            ("/pets/{id}", "{id: {x: str}}", None),
        ] {
            let api = Fixture::new()
                .components(&[("Pet", record)])
                .actions(&[&format!("GET {path} getPet #pets >Pet")])
                .run();
            let id = api.resources[0].id.as_ref().unwrap();
            assert_eq!(id.field.as_deref(), expected, "{path} {record}");
            assert_eq!(id.item_path, path);
        }
    }

    #[test]
    fn the_record_is_what_most_actions_give() {
        let api = Fixture::new()
            .components(&[("Pet", "{id: uuid}"), ("PetSummary", "{id: uuid}")])
            .actions(&[
                "GET /pets listPets #pets >[PetSummary]",
                "GET /pets/{id} getPet #pets >Pet",
                "POST /pets createPet #pets >Pet",
                "GET /toys listToys #toys >[str]",
            ])
            .run();
        assert_eq!(api.resources[0].record, Some(TypeId(0)));
        let id = api.resources[0].id.as_ref().unwrap();
        assert_eq!(id.collection_path.as_deref(), Some("/pets"));
        assert_eq!(api.resources[1].record, None);
        assert_eq!(api.resources[1].id, None);
    }
}
