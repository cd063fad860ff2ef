use super::{becomes, becomes_with, read, type_t};
use crate::diag::Code;
use crate::ir::TypeBody;

#[test]
fn type_and_format_make_one_scalar() {
    becomes(&[
        ("{type: boolean}", "= boolean"),
        ("{type: integer}", "= int"),
        ("{type: integer, format: int32}", "= int32"),
        ("{type: integer, format: uint64}", "= uint64"),
        ("{type: integer, format: unix-time}", "= int"),
        ("{type: number, format: int64}", "= int64"),
        ("{type: number, format: double}", "= number"),
        ("{type: number, format: decimal}", "= decimal"),
        ("{type: string, format: decimal}", "= \"decimal\""),
        ("{type: string, format: date-time}", "= date-time"),
        ("{type: string, format: date}", "= date"),
        ("{type: string, format: time}", "= time"),
        ("{type: string, format: duration}", "= duration"),
        ("{type: string, format: uri-reference}", "= uri"),
        ("{type: string, format: byte}", "= base64"),
        ("{type: string, contentEncoding: base64}", "= base64"),
        ("{type: string, format: binary}", "= binary"),
        ("{type: string, contentMediaType: image/png}", "= binary"),
        (
            "{type: string, contentMediaType: application/json}",
            "= string",
        ),
        ("{contentMediaType: application/octet-stream}", "= binary"),
        ("{type: string, format: email}", "= string<email>"),
        ("{format: uuid}", "= uuid"),
        ("{pattern: '^a'}", "= string(/^a/)"),
        ("{minimum: 1}", "= number(>=1)"),
        ("{}", "= any"),
        ("true", "= any"),
        ("false", "= never"),
        ("{type: 'null'}", "= null?"),
    ]);
}

#[test]
fn limits_are_kept() {
    becomes(&[
        (
            "{type: integer, minimum: 0, exclusiveMaximum: 10}",
            "= int(>=0 <10)",
        ),
        (
            "{type: string, minLength: 1, maxLength: 3.0}",
            "= string(minLength 1 maxLength 3)",
        ),
        (
            "{type: array, items: {type: string}, minItems: 1, uniqueItems: true}",
            "= [string](minItems 1 unique)",
        ),
        (
            "{type: number, multipleOf: 0.01}",
            "= number(multiple 0.01)",
        ),
    ]);
}

#[test]
fn null_is_apart_in_every_way_of_writing_it() {
    becomes(&[
        ("{type: [string, 'null']}", "= string?"),
        ("{type: string, nullable: true}", "= string?"),
        (
            "{type: [string, 'null'], enum: [a, b, null]}",
            "enum(\"a\" \"b\")",
        ),
        ("{properties: {c: {enum: [a, null]}}}", "{c: enum(\"a\")?}"),
        (
            "{properties: {c: {oneOf: [{type: 'null'}, {@A}]}}}",
            "{c: A?}",
        ),
        (
            "{properties: {c: {anyOf: [{@A}, {nullable: true}]}}}",
            "{c: A?}",
        ),
        ("{properties: {c: {@Maybe}}}", "{c: Maybe?}"),
        ("{properties: {c: {@A, nullable: true}}}", "{c: A?}"),
        (
            "{properties: {c: {allOf: [{@A}], nullable: true}}}",
            "{c: A?}",
        ),
        ("{properties: {c: {const: null}}}", "{c: null?}"),
    ]);
}

#[test]
fn several_types_are_a_union_told_apart_by_type() {
    becomes(&[
        (
            "{type: [string, integer]}",
            "union (string is string: string | integer is integer: int)",
        ),
        ("{type: [integer, number]}", "= number"),
        (
            "{type: [string, number, boolean, object, array, 'null']}",
            "= any?",
        ),
    ]);
}

#[test]
fn enums_and_constants() {
    becomes(&[
        ("{type: string, enum: [a, b]}", "enum(\"a\" \"b\")"),
        ("{enum: [1, 2]}", "enum(1 2)"),
        ("{type: string, enum: [only]}", "enum(\"only\")"),
        ("{type: integer, enum: [7]}", "= 7"),
        ("{const: x}", "= \"x\""),
        ("{type: boolean, enum: [true]}", "= true"),
        ("{type: boolean, enum: [true, false]}", "= boolean"),
        (
            "{enum: [auto, 1, 2]}",
            "union (string is string: enum(\"auto\") | integer is integer: enum(1 2))",
        ),
    ]);
}

#[test]
fn names_and_descriptions_of_values_come_from_extensions() {
    let schema = "{type: integer, enum: [2, 1], x-enum-varnames: [Two, One],
      x-enum-descriptions: {'1': first}}";
    let (api, _) = read(schema);
    let TypeBody::Enum(values) = &type_t(&api).body else {
        panic!("{:?}", type_t(&api))
    };
    let named: Vec<_> = values
        .values
        .iter()
        .map(|it| (it.name.as_deref(), it.description.as_deref()))
        .collect();
    assert_eq!(named, [(Some("Two"), None), (Some("One"), Some("first"))]);
}

#[test]
fn values_and_type_that_disagree() {
    becomes_with(&[
        (
            "{type: string, enum: [a, 2]}",
            "enum(\"a\" \"2\")",
            Code::BadValue,
            "/enum/1",
        ),
        (
            "{type: integer, enum: [1, a]}",
            "= 1",
            Code::BadValue,
            "/enum/1",
        ),
        (
            "{type: object, enum: [a, b]}",
            "enum(\"a\" \"b\")",
            Code::BadValue,
            "/enum",
        ),
        (
            "{type: string, enum: [a, a]}",
            "enum(\"a\")",
            Code::BadValue,
            "/enum",
        ),
        (
            "{type: number, enum: [0.5, 1.5]}",
            "= number",
            Code::UnsupportedSchema,
            "/enum",
        ),
        ("{type: date}", "= date", Code::BadValue, "/type"),
        ("{type: [date, 'null']}", "= date?", Code::BadValue, "/type"),
        (
            "{type: file, maxLength: 2}",
            "= string(maxLength 2)",
            Code::BadValue,
            "/type",
        ),
    ]);
}
