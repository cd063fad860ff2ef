use super::{becomes, becomes_with, read, type_t};
use crate::diag::Code;
use crate::ir::TypeBody;

#[test]
fn parts_are_one_record_in_order() {
    becomes(&[
        (
            "{allOf: [{@Base}, {properties: {name: {type: string}}, required: [name]}]}",
            "{id!: Id, name!: string}",
        ),
        (
            "{allOf: [{@Base}], properties: {name: {type: string}}}",
            "{id!: Id, name: string}",
        ),
        (
            "{allOf: [{@A}, {@P}]}",
            "{a!: string, kind: \"a\", p!: string}",
        ),
        (
            "{allOf: [{allOf: [{@P}]}, {allOf: [{@Q}]}]}",
            "{p!: string, q!: string}",
        ),
        (
            "{allOf: [{@Q}, {@P}, {properties: {b: {}, a: {}}}]}",
            "{q!: string, p!: string, a: any, b: any}",
        ),
        ("{allOf: [{@P}, {required: [p]}, {@P}]}", "{p!: string}"),
    ]);
}

#[test]
fn fields_keep_the_place_where_they_are_declared() {
    let (api, _) = read("{allOf: [{@Base}, {properties: {name: {type: string}}}]}");
    let t = type_t(&api);
    let TypeBody::Record(record) = &t.body else {
        panic!("{t:?}")
    };
    let origins: Vec<_> = record
        .fields
        .iter()
        .map(|it| it.origin.pointer.as_str())
        .collect();
    assert_eq!(
        origins,
        [
            "/components/schemas/Base/properties/id",
            "/components/schemas/T/allOf/1/properties/name"
        ]
    );
    assert_eq!(t.description, None, "the base's text is about the base");
}

#[test]
fn a_property_of_several_parts_is_read_from_all_of_them() {
    becomes(&[
        (
            "{allOf: [{@P}, {properties: {p: {description: mine, maxLength: 3}}}]}",
            "{p!: string(maxLength 3) # mine}",
        ),
        (
            "{allOf: [{properties: {c: {@Color}}}, {properties: {c: {enum: [red]}}}]}",
            "{c: enum(\"red\")}",
        ),
        (
            "{allOf: [{properties: {c: {@A}}}, {properties: {c: {@A, description: mine}}}]}",
            "{c: A # mine}",
        ),
    ]);
}

#[test]
fn scalars_join_their_limits() {
    becomes(&[
        (
            "{allOf: [{type: integer, minimum: 1}, {type: number, minimum: 5, maximum: 9}]}",
            "= int(>=5 <=9)",
        ),
        ("{allOf: [{@Id}, {minLength: 36}]}", "= uuid(minLength 36)"),
    ]);
}

#[test]
fn a_union_beside_or_among_the_parts_is_handed_to_its_variants() {
    becomes(&[
        (
            "{properties: {n: {type: string}}, oneOf: [{@P}, {@Q}]}",
            "union (P has p: {n: string, p!: string} | Q has q: {n: string, q!: string})",
        ),
        (
            "{allOf: [{@Base}, {oneOf: [{@P}, {@Q}]}]}",
            "union (P has p: {id!: Id, p!: string} | Q has q: {id!: Id, q!: string})",
        ),
    ]);
}

#[test]
fn a_base_that_lists_its_heirs_is_a_plain_part_of_them() {
    let schema = "{type: object, properties: {kind: {type: string}}, oneOf: [{@H}],
      discriminator: {propertyName: kind}}
    H: {allOf: [{@T}, {properties: {h: {type: string}}}]}";
    let (api, _) = read(schema);
    assert_eq!(
        super::render::component(&api, "H"),
        "{kind: string, h: string}"
    );
}

#[test]
fn contradictions_are_told_and_the_later_part_counts() {
    becomes_with(&[
        (
            "{allOf: [{type: string}, {type: integer}]}",
            "= int",
            Code::ConflictingAllOf,
            "/allOf/1",
        ),
        (
            "{allOf: [{properties: {x: {type: string}}}, {properties: {x: {type: boolean}}}]}",
            "{x: boolean}",
            Code::ConflictingAllOf,
            "/allOf/1/properties/x",
        ),
        (
            "{allOf: [{enum: [a]}, {enum: [b]}]}",
            "enum(\"b\")",
            Code::ConflictingAllOf,
            "/allOf/1/enum",
        ),
    ]);
}

#[test]
fn a_schema_that_is_part_of_itself_is_the_rest_of_it() {
    becomes(&[(
        "{allOf: [{@T}, {properties: {x: {type: string}}}]}",
        "{x: string}",
    )]);
}
