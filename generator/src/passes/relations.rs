//! Relations: fields that hold the id of another resource's record, or the record itself.

use std::collections::BTreeMap;

use super::shapes::{Shape, main_media, record_or_item, shape};
use crate::ir::{
    Api, Field, Kind, Primitive, Record, Relation, ResourceId, Type, TypeBody, TypeDef, TypeId,
};
use crate::names::{singular, words};

/// Sets the relations of fields. Where more than one resource comes into question there is none.
pub(super) fn run(api: &mut Api) {
    let finder = Finder::new(api);
    let mut found: Vec<Vec<Option<Relation>>> = Vec::with_capacity(api.types.len());
    for def in &api.types {
        found.push(match &def.body {
            TypeBody::Record(record) => record
                .fields
                .iter()
                .map(|field| finder.relation(record, field))
                .collect(),
            TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) => Vec::new(),
        });
    }
    store(&mut api.types, found);
    let found = inputs(api);
    store(&mut api.types, found);
}

fn store(types: &mut [TypeDef], found: Vec<Vec<Option<Relation>>>) {
    for (def, relations) in types.iter_mut().zip(found) {
        if let TypeBody::Record(record) = &mut def.body {
            for (field, relation) in record.fields.iter_mut().zip(relations) {
                field.relation = field.relation.take().or(relation);
            }
        }
    }
}

struct Finder<'a> {
    api: &'a Api,
    by_record: BTreeMap<TypeId, Vec<ResourceId>>,
    by_name: BTreeMap<&'a [String], Vec<ResourceId>>,
}

impl<'a> Finder<'a> {
    fn new(api: &'a Api) -> Self {
        let mut by_record: BTreeMap<TypeId, Vec<ResourceId>> = BTreeMap::new();
        let mut by_name: BTreeMap<&[String], Vec<ResourceId>> = BTreeMap::new();
        for (index, resource) in api.resources.iter().enumerate() {
            let id = ResourceId(index);
            if let Some(record) = resource.record {
                by_record.entry(record).or_default().push(id);
            }
            // What has no item path has no ids that could be pointed to.
            if resource.id.is_some() {
                by_name.entry(&resource.singular).or_default().push(id);
            }
        }
        Self {
            api,
            by_record,
            by_name,
        }
    }

    fn relation(&self, record: &Record, field: &Field) -> Option<Relation> {
        self.by_value(field).or_else(|| self.by_id(record, field))
    }

    /// `company: Company`, `pets: [Pet]`.
    fn by_value(&self, field: &Field) -> Option<Relation> {
        let (id, many) = record_or_item(self.api, &field.schema.ty)?;
        let resource = self.of_record(id, &field.wire_name)?;
        let tag = &self.api.resource(resource)?.tag;
        Some(Relation {
            resource,
            by_id: false,
            many,
            evidence: format!("its type is the record of `{tag}`"),
        })
    }

    /// `companyId`, `company_ids`.
    fn by_id(&self, record: &Record, field: &Field) -> Option<Relation> {
        // Most names are told by their end, without being split.
        let end = field.wire_name.trim_end_matches(['s', 'S']);
        if !end.ends_with(['d', 'D']) || is_id_list(self.api, &field.schema.ty).is_none() {
            return None;
        }
        let name = words(&field.wire_name);
        let (last, stem) = name.split_last()?;
        let many = match last.as_str() {
            "id" | "uuid" => false,
            "ids" | "uuids" => true,
            _ => return None,
        };
        if stem.is_empty() || is_id_list(self.api, &field.schema.ty) != Some(many) {
            return None;
        }
        let (resource, evidence) = match self.sibling(record, stem) {
            Some(found) => found,
            None => {
                let stem = singular(stem);
                let [resource] = self.by_name.get(stem.as_slice())?.as_slice() else {
                    return None;
                };
                (
                    *resource,
                    format!("it is named for `{}`", self.api.resource(*resource)?.tag),
                )
            }
        };
        Some(Relation {
            resource,
            by_id: true,
            many,
            evidence,
        })
    }

    /// Of `assigneeId`, the field `assignee` with a record that says what it is.
    fn sibling(&self, record: &Record, stem: &[String]) -> Option<(ResourceId, String)> {
        let mut records = record.fields.iter().filter_map(|field| {
            record_or_item(self.api, &field.schema.ty).map(|(id, _)| (field, id))
        });
        let (sibling, id) = records.find(|(field, _)| words(&field.wire_name) == stem)?;
        let resource = self.of_record(id, &sibling.wire_name)?;
        Some((
            resource,
            format!("`{}` beside it is the record", sibling.wire_name),
        ))
    }

    /// The resource whose record this is; of several the one that the field is named for.
    fn of_record(&self, id: TypeId, name: &str) -> Option<ResourceId> {
        match self.by_record.get(&id)?.as_slice() {
            [one] => Some(*one),
            several => {
                let name = singular(&words(name));
                let named = |id: &&ResourceId| {
                    self.api
                        .resource(**id)
                        .is_some_and(|resource| resource.singular == name)
                };
                several.iter().find(named).copied()
            }
        }
    }
}

/// Whether a type holds ids: one or several; `None` when it holds something else.
fn is_id_list(api: &Api, ty: &Type) -> Option<bool> {
    let is_id = |ty: &Type| match shape(api, ty) {
        Shape::Scalar(primitive) => matches!(
            primitive,
            Primitive::String { .. } | Primitive::Uuid | Primitive::Integer { .. }
        ),
        _ => false,
    };
    match shape(api, ty) {
        Shape::List(item) => is_id(&item.ty).then_some(true),
        _ => is_id(ty).then_some(false),
    }
}

/// What is sent to make or change a record has the relations of the record's fields of the same
/// name, where it says nothing itself: an input has `assigneeId` but not `assignee`.
fn inputs(api: &Api) -> Vec<Vec<Option<Relation>>> {
    let mut found = vec![Vec::new(); api.types.len()];
    for resource in &api.resources {
        let record = resource
            .record
            .and_then(|id| api.type_def(id))
            .map(|def| &def.body);
        let Some(TypeBody::Record(record)) = record else {
            continue;
        };
        for action in resource.actions.iter().filter_map(|id| api.action(*id)) {
            if matches!(action.kind, Kind::Custom { .. }) {
                continue;
            }
            let body = action.body.as_ref().and_then(main_media);
            let input = body.and_then(|media| record_or_item(api, &media.schema.ty));
            if let Some((id, _)) = input
                && let Some(TypeBody::Record(input)) = api.type_def(id).map(|def| &def.body)
                && let Some(slot) = found.get_mut(id.0)
            {
                *slot = input
                    .fields
                    .iter()
                    .map(|field| same_field(api, record, field))
                    .collect();
            }
        }
    }
    found
}

fn same_field(api: &Api, record: &Record, field: &Field) -> Option<Relation> {
    let same = record
        .fields
        .iter()
        .find(|other| other.wire_name == field.wire_name)?;
    let relation = same.relation.as_ref().filter(|relation| relation.by_id)?;
    is_id_list(api, &field.schema.ty).filter(|many| *many == relation.many)?;
    let evidence = format!("the record's field of the same name: {}", relation.evidence);
    Some(Relation {
        evidence,
        ..relation.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    fn api() -> Api {
        Fixture::new()
            .components(&[
                ("Pet", "{id: uuid, ownerId: uuid, owner: User, userId: uuid, toy_ids: [int], toyId: bool, \
                          shopId: uuid, friends: [Pet], id_: str, authorId: uuid, street: str}"),
                ("PetInput", "{ownerId: uuid, authorId: uuid}"),
                ("User", "{id: uuid}"),
                ("Toy", "{id: int}"),
            ])
            .actions(&[
                "GET /pets/{id} getPet #pets >Pet",
                "POST /pets createPet #pets <PetInput",
                "GET /users/{id} getUser #users >User",
                "GET /toys/{id} getToy #toys >Toy",
                "GET /shops listShops #shops",
            ])
            .run()
    }

    fn relations(api: &Api, id: usize) -> Vec<String> {
        let TypeBody::Record(record) = &api.types[id].body else {
            panic!()
        };
        let show = |field: &Field| {
            let relation = field.relation.as_ref()?;
            let tag = &api.resource(relation.resource).unwrap().tag;
            let how = if relation.by_id { "id" } else { "record" };
            let many = if relation.many { "s" } else { "" };
            Some(format!("{} -> {tag} {how}{many}", field.wire_name))
        };
        record.fields.iter().filter_map(show).collect()
    }

    #[test]
    fn ids_and_records_of_other_resources_are_relations() {
        let expected = [
            "friends -> pets records",
            "owner -> users record",
            "ownerId -> users id",
            "toy_ids -> toys ids",
            "userId -> users id",
        ];
        assert_eq!(relations(&api(), 0), expected);
    }

    #[test]
    fn an_input_has_the_relations_of_the_record() {
        assert_eq!(relations(&api(), 1), ["ownerId -> users id"]);
    }

    #[test]
    fn two_resources_of_one_name_are_no_answer() {
        let api = Fixture::new()
            .components(&[("Pet", "{userId: uuid}")])
            .actions(&[
                "GET /users/{id} a #users",
                "GET /x/user/{id} b #User",
                "GET /p p #p >Pet",
            ])
            .run();
        assert_eq!(relations(&api, 0), [""; 0]);
    }
}
