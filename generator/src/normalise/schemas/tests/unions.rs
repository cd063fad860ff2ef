use super::{becomes, becomes_with, read, type_t};
use crate::diag::Code;
use crate::ir::TypeBody;

#[test]
fn a_discriminator_tells_variants_apart() {
    becomes(&[
        (
            "{oneOf: [{@V}, {@W}], discriminator: {propertyName: t}}
    V: {properties: {t: {type: string}}}
    W: {properties: {t: {type: string}}}",
            "union by t (V =V: V | W =W: W)",
        ),
        (
            "{oneOf: [{@P}, {@Q}], discriminator: {propertyName: p, mapping:
              {pp: '#/components/schemas/P', p2: '#/components/schemas/P', qq: Q}}}",
            "union by p (P =p2/pp: P | Q =qq: Q)",
        ),
        (
            "{oneOf: [{@A}, {@B}], discriminator: {propertyName: kind}}",
            "union by kind (A =a: A | B =b: B)",
        ),
    ]);
}

#[test]
fn without_one_a_constant_a_type_or_a_property_does() {
    becomes(&[
        ("{oneOf: [{@A}, {@B}]}", "union by kind (A =a: A | B =b: B)"),
        ("{anyOf: [{@P}, {@Q}]}", "union (P has p: P | Q has q: Q)"),
        (
            "{oneOf: [{type: string}, {@A}]}",
            "union (string is string: string | A is object: A)",
        ),
        (
            "{anyOf: [{type: array, items: {@A}}, {@A}, {type: 'null'}]}",
            "union (array is array: [A] | A is object: A)",
        ),
    ]);
}

#[test]
fn a_variant_of_two_numbers_is_called_by_the_wider_one() {
    let numbers = "union (string is string: string | number is number: number)";
    becomes(&[
        (
            "{anyOf: [{type: string}, {type: integer}, {type: number}]}",
            numbers,
        ),
        (
            "{anyOf: [{type: string}, {type: number}, {type: integer}]}",
            numbers,
        ),
    ]);
}

#[test]
fn unions_within_unions_are_told_apart_by_their_common_tag() {
    let schema = "{oneOf: [{@AB}, {@C}]}
    AB: {oneOf: [{@A}, {@B}]}
    C: {properties: {kind: {const: c}}}";
    becomes(&[(schema, "union by kind (AB =a/b: AB | C =c: C)")]);
}

#[test]
fn constants_and_enums_are_one_enum() {
    becomes(&[
        ("{oneOf: [{const: a}, {const: b}]}", "enum(\"a\" \"b\")"),
        (
            "{anyOf: [{type: string, enum: [a]}, {type: string, enum: [b, a]}]}",
            "enum(\"a\" \"b\")",
        ),
        (
            "{anyOf: [{type: string}, {enum: [a, b]}]}",
            "enum(\"a\" \"b\")",
        ),
        ("{anyOf: [{type: string}, {@Color}]}", "= Color"),
        (
            "{anyOf: [{@Color}, {enum: [blue]}]}",
            "enum(\"red\" \"green\" \"blue\")",
        ),
        (
            "{properties: {c: {anyOf: [{@Color}, {type: 'null'}]}}}",
            "{c: Color?}",
        ),
        (
            "{anyOf: [{type: string, maxLength: 9}, {enum: ['']}]}",
            "= string",
        ),
    ]);
}

#[test]
fn a_constant_variant_is_named_and_described_by_its_own_words() {
    let (api, _) = read("{oneOf: [{const: a, title: First, description: the first}, {const: b}]}");
    let TypeBody::Enum(values) = &type_t(&api).body else {
        panic!("{:?}", type_t(&api))
    };
    assert_eq!(values.values[0].name.as_deref(), Some("First"));
    assert_eq!(values.values[0].description.as_deref(), Some("the first"));
}

#[test]
fn what_is_no_union_is_none() {
    becomes(&[
        ("{oneOf: [{@A}]}", "= A"),
        ("{oneOf: [{@A}, {@A}]}", "= A"),
        (
            "{oneOf: [{type: string, format: date}, {type: string, format: date-time}]}",
            "= string",
        ),
        ("{anyOf: [{type: integer}, {type: number}]}", "= number"),
        (
            "{properties: {a: {}}, anyOf: [{required: [a]}, {required: [b]}]}",
            "{a: any}",
        ),
        ("{oneOf: []}", "= any"),
        ("{oneOf: [{type: 'null'}]}", "= null?"),
    ]);
}

#[test]
fn what_cannot_be_told_apart_is_said() {
    becomes_with(&[
        (
            "{oneOf: [{@P}, {@Base}, {properties: {p: {type: string}}}]}",
            "union (P ?: P | Base has id: Base | variant 3 ?: {p: string})",
            Code::AmbiguousUnion,
            "",
        ),
        (
            "{oneOf: [{@P}, {}]}",
            "union (P ?: P | variant 2 ?: any)",
            Code::AmbiguousUnion,
            "",
        ),
    ]);
}

#[test]
fn unions_that_multiply_are_bounded() {
    let nine = "{oneOf: [{@A}, {@B}, {@P}, {@Q}, {@A}, {@B}, {@P}, {@Q}, {@A}]}";
    let (_, diagnostics) = read(&format!("{{allOf: [{nine}, {nine}, {nine}]}}"));
    let said: Vec<_> = diagnostics
        .iter()
        .filter(|it| it.code == Code::UnsupportedSchema)
        .map(|it| it.origin.pointer.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "/components/schemas/T/allOf/1/oneOf",
            "/components/schemas/T/allOf/2/oneOf"
        ]
    );
}

#[test]
fn an_entry_of_a_mapping_that_leads_nowhere_is_named() {
    becomes_with(&[(
        "{oneOf: [{@A}, {@B}], discriminator: {propertyName: kind, mapping: {a: A, b: B, c: C}}}",
        "union by kind (A =a: A | B =b: B)",
        Code::UnresolvedReference,
        "/discriminator/mapping/c",
    )]);
}

#[test]
fn variants_may_say_their_tag_by_an_extension() {
    becomes(&[(
        "{oneOf: [{@V}, {@P}], discriminator: {propertyName: p}}
    V: {properties: {p: {type: string}}, x-ms-discriminator-value: v}",
        "union by p (V =v: V | P =P: P)",
    )]);
}

#[test]
fn a_discriminator_that_no_variant_declares_tells_nothing_where_shapes_do() {
    let at = "/discriminator/propertyName";
    becomes_with(&[
        (
            "{oneOf: [{@P}, {@Q}], discriminator: {propertyName: t}}",
            "union (P has p: P | Q has q: Q)",
            Code::BadValue,
            at,
        ),
        // Nothing else tells these apart for certain: `b` need not be there.
        (
            "{oneOf: [{@P}, {@B}], discriminator: {propertyName: t}}",
            "union by t (P =P: P | B =B: B)",
            Code::BadValue,
            at,
        ),
    ]);
}

/// The tag stands in what is sent and received all the same (OpenAPI 3.1, 4.8.25), and nobody but the
/// union could write it.
#[test]
fn a_tag_that_no_variant_declares_is_added_where_variants_are_open() {
    let added = |schema: &str| -> Vec<Option<(String, Vec<String>)>> {
        let (api, _) = read(schema);
        let TypeBody::Union(union) = &type_t(&api).body else {
            panic!("{schema}: no union");
        };
        let tags = union
            .variants
            .iter()
            .map(|variant| variant.added_tag.clone());
        tags.map(|tag| tag.map(|it| (it.property, it.values)))
            .collect()
    };
    let tag = |values: &[&str]| {
        let values = values.iter().map(|it| (*it).to_owned()).collect();
        Some(("t".to_owned(), values))
    };
    let mapped = "{oneOf: [{@P}, {@Q}], discriminator: {propertyName: t, mapping: {one: P, uno: P, two: Q}}}";
    assert_eq!(added(mapped), [tag(&["one", "uno"]), tag(&["two"])]);
    assert_eq!(
        added("{oneOf: [{@P}, {@Q}], discriminator: {propertyName: t}}"),
        [tag(&["P"]), tag(&["Q"])]
    );
    for none in [
        "{oneOf: [{@A}, {@B}], discriminator: {propertyName: kind}}",
        "{oneOf: [{@P}, {@Z}], discriminator: {propertyName: t}}
    Z: {properties: {z: {type: string}}, additionalProperties: false}",
    ] {
        assert_eq!(added(none), [None, None], "{none}");
    }
}
