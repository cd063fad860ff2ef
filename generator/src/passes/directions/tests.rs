use super::*;
use crate::ir::Role;
use crate::passes::testing::Fixture;

/// The keys of a type's fields in order, by the type's first name, with its role.
fn shown(api: &Api) -> Vec<String> {
    let keys = |def: &TypeDef| match &def.body {
        TypeBody::Record(record) => {
            let names: Vec<_> = record.fields.iter().map(|it| &*it.wire_name).collect();
            names.join(" ")
        }
        TypeBody::Union(union) => format!("{} variants", union.variants.len()),
        _ => String::new(),
    };
    let line = |def: &TypeDef| format!("{} {:?}: {}", def.hints[0].join(" "), def.role, keys(def));
    api.types.iter().map(line).collect()
}

const PET: &str = "{readOnly id!: uuid, name!: str, writeOnly chip!: str}";

#[test]
fn a_type_that_differs_by_direction_is_two_and_they_know_each_other() {
    let api = Fixture::new()
        .components(&[("Pet", PET)])
        .actions(&["POST /pets createPet #pets <Pet >Pet"])
        .run();
    assert_eq!(
        shown(&api),
        ["Pet Output: id name", "Pet input Input: chip name"]
    );
    let ways: Vec<_> = api.types.iter().map(|def| def.other_way).collect();
    let (sent, received) = (TypeId(1), TypeId(0));
    assert_eq!(
        ways,
        [
            Some(OtherWay::SentAs(sent)),
            Some(OtherWay::ReceivedAs(received))
        ]
    );
    assert!(api.losses.is_empty(), "{:?}", api.losses);
}

#[test]
fn what_holds_such_a_type_is_split_with_it_and_nothing_else_is() {
    let api = Fixture::new()
        .components(&[
            ("Pet", PET),
            ("Herd", "{pets: [Pet], herds: [Herd], shepherd: Person}"),
            ("Person", "{name: str}"),
        ])
        .actions(&[
            "POST /herds createHerd #herds <Herd >Herd",
            "PATCH /herds/{id} updateHerd #herds <{herd!:Herd} >{herd:Herd}",
        ])
        .run();
    let names: Vec<String> = shown(&api)
        .iter()
        .map(|line| line.split(':').next().unwrap_or_default().to_owned())
        .collect();
    for name in [
        "Pet Output",
        "Pet input Input",
        "Herd Output",
        "Herd input Input",
        "Person Shared",
    ] {
        assert!(names.iter().any(|it| it == name), "{name}: {names:?}");
    }
    assert_eq!(names.iter().filter(|it| it.contains("Person")).count(), 1);
    // What is sent leads to what is sent, however deep, and never to what is received.
    let input = api
        .types
        .iter()
        .position(|def| def.hints[0].join(" ") == "Herd input");
    let TypeBody::Record(herd) = &api.types[input.unwrap()].body else {
        panic!("a record")
    };
    for field in &herd.fields {
        for id in crate::passes::visit::ids_of(&field.schema) {
            let role = api.types[id.0].role;
            assert!(
                matches!(role, Role::Input | Role::Shared),
                "{}",
                field.wire_name
            );
        }
    }
}

#[test]
fn what_a_field_for_one_way_leads_to_travels_that_way_alone() {
    let api = Fixture::new()
        .components(&[
            ("Pet", "{name: str, readOnly owner: Owner}"),
            ("Owner", "{readOnly id: uuid, name: str}"),
        ])
        .actions(&["POST /pets createPet #pets <Pet >Pet"])
        .run();
    assert_eq!(
        shown(&api),
        [
            "Pet Output: name owner",
            "Owner Output: id name",
            "Pet input Input: name"
        ]
    );
}

#[test]
fn fields_that_never_travel_are_noted() {
    let mut fixture = Fixture::new()
        .components(&[("New", PET), ("Seen", PET), ("Unused", PET)])
        .actions(&["POST /pets createPet #pets <New >Seen"]);
    let mut diagnostics = Diagnostics::new();
    run(&mut fixture.api, &mut diagnostics);
    let said: Vec<_> = diagnostics
        .iter()
        .map(|it| format!("{} {}: {}", it.code.as_str(), it.origin.pointer, it.message))
        .collect();
    assert_eq!(
        said,
        [
            "not-generated /components/schemas/New/properties/id: `readOnly` in a type that is only \
             sent: \"id\"",
            "not-generated /components/schemas/Seen/properties/chip: `writeOnly` in a type that is \
             only received: \"chip\"",
        ]
    );
    let lost: Vec<_> = fixture
        .api
        .losses
        .iter()
        .map(|it| &*it.origin.pointer)
        .collect();
    assert_eq!(
        lost,
        [
            "/components/schemas/New/properties/id",
            "/components/schemas/Seen/properties/chip"
        ]
    );
    let fields = |index: usize| match &fixture.api.types[index].body {
        TypeBody::Record(record) => record.fields.len(),
        _ => 0,
    };
    assert_eq!(
        [fields(0), fields(1), fields(2)],
        [2, 2, 3],
        "unused types keep all"
    );
}

#[test]
fn a_tag_is_sent_whatever_is_said_of_it() {
    let mut fixture = Fixture::new()
        .components(&[
            ("Cat", "{readOnly kind!: one(cat), readOnly id: uuid}"),
            ("Dog", "{readOnly kind!: one(dog), readOnly id: uuid}"),
            ("Pet", "any(Cat|Dog)"),
        ])
        .actions(&["POST /pets createPet #pets <Pet >Pet"]);
    for (index, tag) in ["cat", "dog"].into_iter().enumerate() {
        let pet = fixture
            .api
            .types
            .iter_mut()
            .find_map(|def| match &mut def.body {
                TypeBody::Union(union) => Some(union),
                _ => None,
            });
        let pet = pet.unwrap();
        pet.tag = Some("kind".into());
        pet.variants[index].test = VariantTest::Tag(vec![tag.into()]);
    }
    run(&mut fixture.api, &mut Diagnostics::new());
    let sent: Vec<_> = shown(&fixture.api)
        .into_iter()
        .filter(|line| line.contains("input"))
        .collect();
    assert_eq!(
        sent,
        [
            "Cat input Shared: kind",
            "Dog input Shared: kind",
            "Pet input Shared: 2 variants"
        ]
    );
}

/// What tells the variants of each union, by the type's first name.
fn told_by(api: &Api) -> Vec<String> {
    let line = |def: &TypeDef| match &def.body {
        TypeBody::Union(union) => {
            let tests = union.variants.iter().map(|it| match &it.test {
                VariantTest::Property(name) => name.clone(),
                test => format!("{test:?}"),
            });
            let tests: Vec<_> = tests.collect();
            Some(format!("{}: {}", def.hints[0].join(" "), tests.join(" | ")))
        }
        _ => None,
    };
    api.types.iter().filter_map(line).collect()
}

/// What becomes of a union of `Cat` and `Dog`, told by `first` and `second`, that travels both ways.
fn after(cat: &str, dog: &str, tests: [&str; 2]) -> (Vec<String>, Vec<(Code, String)>) {
    let mut fixture = Fixture::new()
        .components(&[("Cat", cat), ("Dog", dog), ("Pet", "any(Cat|Dog)")])
        .actions(&["POST /pets createPet #pets <Pet >Pet"]);
    for def in &mut fixture.api.types {
        if let TypeBody::Union(union) = &mut def.body {
            for (variant, name) in union.variants.iter_mut().zip(tests) {
                variant.test = VariantTest::Property(name.into());
            }
        }
    }
    let mut diagnostics = Diagnostics::new();
    run(&mut fixture.api, &mut diagnostics);
    let said = diagnostics.iter();
    let said = said.map(|it| (it.code, it.origin.pointer.clone()));
    (told_by(&fixture.api), said.collect())
}

#[test]
fn variants_told_by_what_does_not_travel_are_told_by_something_else() {
    let (told, said) = after(
        "{writeOnly chip!: str, readOnly id: str, purrs: str, name: str}",
        "{barks!: str, name: str}",
        ["chip", "barks"],
    );
    assert_eq!(told, ["Pet: id | barks", "Pet input: chip | barks"]);
    assert_eq!(said, []);
}

#[test]
fn variants_that_nothing_tells_one_way_are_ambiguous_that_way() {
    let (told, said) = after(
        "{writeOnly chip!: str, name: str}",
        "{readOnly id!: str, name: str}",
        ["chip", "id"],
    );
    assert_eq!(told, ["Pet: None | id", "Pet input: chip | None"]);
    // The same place, in both of its types: said once.
    assert_eq!(
        said,
        [(Code::AmbiguousUnion, "/components/schemas/Pet".to_owned())]
    );
}

#[test]
fn what_is_for_neither_way_travels_both() {
    let mut fixture = Fixture::new()
        .components(&[("Pet", "{id!: uuid, chip: str}")])
        .actions(&["POST /pets createPet #pets <Pet >Pet"]);
    if let TypeBody::Record(record) = &mut fixture.api.types[0].body {
        for field in &mut record.fields {
            (field.read_only, field.write_only) = (true, true);
        }
    }
    run(&mut fixture.api, &mut Diagnostics::new());
    assert_eq!(shown(&fixture.api), ["Pet Shared: id chip"]);
}
