use super::{becomes, becomes_with, read};
use crate::diag::Code;

#[test]
fn properties_make_a_record_and_nothing_else_does() {
    becomes(&[
        (
            "{type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}}",
            "{a!: string, b: int}",
        ),
        ("{properties: {a: {}}}", "{a: any}"),
        ("{type: object}", "= {*: any}"),
        ("{type: object, properties: {}}", "= {*: any}"),
        ("{type: object, additionalProperties: true}", "= {*: any}"),
        (
            "{type: object, additionalProperties: {type: integer}}",
            "= {*: int}",
        ),
        ("{type: object, additionalProperties: false}", "{no more}"),
        ("{properties: {o: {type: object}}}", "{o: {*: any}}"),
    ]);
}

#[test]
fn what_stands_beside_properties_is_kept() {
    becomes(&[
        (
            "{properties: {a: {}}, additionalProperties: false}",
            "{a: any, no more}",
        ),
        (
            "{properties: {a: {}}, additionalProperties: {type: string}}",
            "{a: any, ..: string}",
        ),
        (
            "{properties: {a: {}}, unevaluatedProperties: false}",
            "{a: any, no more}",
        ),
        (
            "{properties: {a: {}}, patternProperties: {'^x-': {type: string}}}",
            "{a: any, /^x-/: string}",
        ),
        ("{patternProperties: {'^x-': {@A}}}", "{/^x-/: A}"),
        (
            "{required: [k], additionalProperties: {type: integer}}",
            "{k!: int, ..: int}",
        ),
    ]);
}

#[test]
fn what_a_property_says_of_itself() {
    becomes(&[
        (
            "{properties: {a: {type: string, readOnly: true}, b: {type: string, writeOnly: true}}}",
            "{read a: string, write b: string}",
        ),
        (
            "{properties: {a: {type: string, deprecated: true, default: x, description: text}}}",
            "{a: string deprecated = \"x\" # text}",
        ),
    ]);
}

#[test]
fn lists_and_tuples() {
    becomes(&[
        ("{type: array, items: {@A}}", "= [A]"),
        ("{type: array}", "= [any]"),
        (
            "{type: array, items: {properties: {x: {type: string}}}}",
            "= [{x: string}]",
        ),
        (
            "{type: array, prefixItems: [{type: string}, {type: integer}]}",
            "= (string, int)",
        ),
        (
            "{type: array, prefixItems: [{type: string}], items: false}",
            "= (string, ..never)",
        ),
        (
            "{type: array, items: [{type: string}, {@A}]}",
            "= (string, A)",
        ),
    ]);
}

#[test]
fn a_reference_stays_one_whatever_describes_it() {
    becomes(&[
        ("{@A}", "= A"),
        ("{properties: {a: {@A}}}", "{a: A}"),
        (
            "{properties: {a: {@A, description: mine, default: {a: x}}}}",
            "{a: A = {\"a\":\"x\"} # mine}",
        ),
        ("{properties: {a: {@A, type: object}}}", "{a: A}"),
        ("{properties: {a: {type: object, oneOf: [{@A}]}}}", "{a: A}"),
        (
            "{properties: {a: {allOf: [{@A}], description: mine}}}",
            "{a: A # mine}",
        ),
        (
            "{properties: {a: {allOf: [{@A}, {description: mine}]}}}",
            "{a: A # mine}",
        ),
    ]);
}

#[test]
fn what_narrows_a_reference_is_read_with_it() {
    becomes(&[
        ("{@A, required: [kind]}", "{a!: string, kind!: \"a\"}"),
        (
            "{@A, properties: {more: {type: integer}}}",
            "{a!: string, kind: \"a\", more: int}",
        ),
        ("{@Color, enum: [red]}", "enum(\"red\")"),
    ]);
}

#[test]
fn recursion_ends() {
    becomes(&[
        (
            "{properties: {next: {@T}, all: {type: array, items: {@T}}}}",
            "{all: [T], next: T}",
        ),
        ("{type: array, items: {@T}}", "= [T]"),
        ("{properties: {a: {properties: {b: {@T}}}}}", "{a: {b: T}}"),
    ]);
}

#[test]
fn a_reference_into_a_schema_is_the_same_type() {
    let inner = "$ref: '#/components/schemas/T/properties/a'";
    let schema =
        format!("{{properties: {{a: {{properties: {{x: {{type: string}}}}}}, b: {{{inner}}}}}}}");
    let (api, diagnostics) = read(&schema);
    assert!(diagnostics.is_empty());
    let record = api.types.iter().find_map(|def| match &def.body {
        crate::ir::TypeBody::Record(it) if def.component.as_deref() == Some("T") => Some(it),
        _ => None,
    });
    let record = record.unwrap();
    assert_eq!(record.fields[0].schema.ty, record.fields[1].schema.ty);
}

#[test]
fn definitions_inside_a_schema_are_types_of_their_own() {
    let schema = "{properties: {a: {$ref: '#/components/schemas/T/$defs/D'}},
      $defs: {D: {properties: {d: {type: string}}}, Unused: {enum: [u]}}}";
    let (api, diagnostics) = read(schema);
    assert!(diagnostics.is_empty());
    assert_eq!(super::render::component(&api, "T"), "{a: D}");
    assert_eq!(super::render::component(&api, "D"), "{d: string}");
    assert_eq!(super::render::component(&api, "Unused"), "enum(\"u\")");
}

#[test]
fn slips_in_objects_cost_no_more_than_themselves() {
    becomes_with(&[
        (
            "{properties: {a: {}}, required: [b]}",
            "{a: any, b!: any}",
            Code::Missing,
            "/required/0",
        ),
        (
            "{properties: {a: {}}, required: [a, a]}",
            "{a!: any}",
            Code::BadValue,
            "/required/1",
        ),
        (
            "{properties: {a: {}}, required: [1]}",
            "{a: any}",
            Code::WrongType,
            "/required/0",
        ),
        (
            "{properties: {a: {type: string, required: true}}}",
            "{a: string}",
            Code::WrongType,
            "/properties/a/required",
        ),
        (
            "{properties: {a: {type: string, properties: {b: {}}}}}",
            "{a: string}",
            Code::BadValue,
            "/properties/a/properties",
        ),
        (
            "{type: object, items: {@A}}",
            "= {*: any}",
            Code::BadValue,
            "/items",
        ),
        (
            "{properties: {a: {}}, discriminator: {propertyName: a}}",
            "{a: any}",
            Code::UnsupportedSchema,
            "/discriminator",
        ),
        (
            "{properties: {a: 7, b: {}}}",
            "{a: any, b: any}",
            Code::WrongType,
            "/properties/a",
        ),
        (
            "{properties: [a], type: string}",
            "= string",
            Code::WrongType,
            "/properties",
        ),
    ]);
}
