use super::*;
use crate::ir::{Field, Payload, Type, TypeBody};
use crate::passes::testing::Fixture;

/// The type of a field of a component, with its first name and the number of its origins.
fn named(api: &Api, component: &str, field: &str) -> (TypeId, String, usize) {
    let found = |def: &&TypeDef| def.component.as_deref() == Some(component);
    let TypeBody::Record(record) = &api.types.iter().find(found).unwrap().body else {
        panic!()
    };
    let find = |other: &&Field| other.wire_name == field;
    let id = match &record.fields.iter().find(find).unwrap().schema.ty {
        Type::Named(id) => *id,
        other => panic!("{other:?}"),
    };
    let def = api.type_def(id).unwrap();
    (id, def.hints[0].join(" "), def.origins.len())
}

#[test]
fn equal_inline_shapes_are_one_whatever_the_order_of_their_fields() {
    let api = Fixture::new()
        .components(&[
            ("A", "{place: {street: str, inner: {x: int}}}"),
            ("B", "{place: {inner: {x: int}, street: str}}"),
            ("C", "{place: {inner: {x: int}, street!: str}}"),
        ])
        .run();
    let (a, name, origins) = named(&api, "A", "place");
    assert_eq!(named(&api, "B", "place").0, a);
    assert_ne!(named(&api, "C", "place").0, a, "`required` counts");
    assert_eq!((name.as_str(), origins), ("place", 2));
    assert_eq!(
        api.types.len(),
        6,
        "three components, two places, one inner"
    );
}

#[test]
fn components_never_merge_and_are_never_removed() {
    let api = Fixture::new()
        .components(&[("A", "{x: str}"), ("B", "{x: str}")])
        .run();
    assert_eq!(api.types.len(), 2);
}

#[test]
fn a_merged_type_is_named_by_its_field_else_by_a_shared_word_else_by_its_first_place() {
    let api = Fixture::new()
        .components(&[
            ("A", "{link: {primaryLinkUrl: str, secondaryLinks: [str]}, money: {micros: int, code: str}}"),
            ("B", "{site: {primaryLinkUrl: str, secondaryLinks: [str]}, price: {micros: int, code: str}}"),
            ("C", "{kind: one(a|b)}"),
            ("D", "{kind: one(b|a)}"),
        ])
        .run();
    assert_eq!(named(&api, "B", "site").1, "link");
    assert_eq!(named(&api, "B", "price").1, "A money");
    assert_eq!(named(&api, "D", "kind").1, "kind");
    assert_eq!(named(&api, "C", "kind").0, named(&api, "D", "kind").0);
}

#[test]
fn what_is_sent_gives_way_to_what_is_received() {
    let api = Fixture::new()
        .components(&[
            ("New", "{by: {source: str}}"),
            ("Old", "{by: {source: str, name: str}}"),
            ("Same", "{x: str}"),
        ])
        .actions(&["POST /pets createPet #pets <New >Old"])
        .run();
    assert_eq!(named(&api, "New", "by").1, "by input");
    assert_eq!(named(&api, "Old", "by").1, "by");
}

#[test]
fn shapes_of_several_roles_are_shared() {
    let api = Fixture::new()
        .components(&[
            ("New", "{by: {source: str}}"),
            ("Old", "{by: {source: str}}"),
        ])
        .actions(&["POST /pets createPet #pets <New >Old"])
        .run();
    let (id, name, _) = named(&api, "New", "by");
    assert_eq!(api.type_def(id).unwrap().role, Role::Shared);
    assert_eq!(name, "by");
}

#[test]
fn every_reference_follows() {
    let api = Fixture::new()
        .components(&[("Pet", "{id: uuid}")])
        .actions(&[
            "GET /pets listPets #pets >{data:[Pet],total:int}",
            "GET /toys listToys #toys >{data:[Pet],total:int}",
        ])
        .event("x", "pets", "{id: uuid, record: Pet}")
        .run();
    let metadata: Vec<_> = api
        .actions
        .iter()
        .map(
            |action| match &action.outcome.success.as_ref().unwrap().payload {
                Payload::Opened(envelope) => envelope.metadata.unwrap(),
                other => panic!("{other:?}"),
            },
        )
        .collect();
    assert_eq!(metadata[0], metadata[1]);
    assert_eq!(
        api.type_def(metadata[0]).unwrap().hints[0],
        ["page", "meta"]
    );
    assert_eq!(api.resources[0].record, Some(TypeId(0)));
    let payload = api.events[0].payload.unwrap();
    assert!(
        matches!(&api.type_def(payload).unwrap().body, TypeBody::Record(r) if r.fields.len() == 2)
    );
}

#[test]
fn the_configuration_names_a_merged_type() {
    let (api, complaints) = Fixture::new()
        .components(&[("A", "{x: {u: str}}"), ("B", "{y: {u: str}}")])
        .run_with(
            r#"{ at = "/components/schemas/B/properties/y", type_name = "Links", reason = "r" }"#,
        );
    assert_eq!(complaints, [""; 0]);
    assert_eq!(named(&api, "A", "x").1, "links");
}
