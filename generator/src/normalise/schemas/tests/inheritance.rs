//! A base with a discriminator stands for its heirs.

use super::super::render;
use super::{becomes, read, type_t};
use crate::diag::Code;
use crate::ir::{Api, Type, TypeBody, VariantTest};

/// The type of a component, in one line.
fn component(api: &Api, name: &str) -> String {
    render::component(api, name)
}

const FAMILY: &str = "
    Cat: {allOf: [{@T}, {properties: {meows: {type: boolean}}}]}
    Dog: {allOf: [{@T}], properties: {barks: {type: boolean}}}";

#[test]
fn a_base_is_a_union_of_its_heirs() {
    let base = format!(
        "{{type: object, required: [t], properties: {{t: {{type: string}}}},
         discriminator: {{propertyName: t, mapping: {{cat: '#/components/schemas/Cat', dog: Dog}}}}}}{FAMILY}"
    );
    becomes(&[(&base, "union by t (Cat =cat: Cat | Dog =dog: Dog)")]);
    let (api, diagnostics) = read(&base);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(component(&api, "Cat"), "{t!: \"cat\", meows: boolean}");
    assert_eq!(component(&api, "Dog"), "{t!: \"dog\", barks: boolean}");
}

#[test]
fn without_a_mapping_names_are_tags_and_the_base_is_one_of_them() {
    let base = format!(
        "{{type: object, properties: {{t: {{type: string}}}}, discriminator: {{propertyName: t}}}}{FAMILY}"
    );
    let (api, _) = read(&base);
    let TypeBody::Union(union) = &type_t(&api).body else {
        panic!("a union")
    };
    let names: Vec<&str> = union.variants.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["T", "Cat", "Dog"]);
    let Type::Named(own) = union.variants[0].schema.ty else {
        panic!("a type of its own")
    };
    let own = &api.types[own.0];
    assert!(matches!(own.body, TypeBody::Record(_)), "{:?}", own.body);
    assert_eq!(own.hints, [["T", "base"]]);
}

#[test]
fn a_base_whose_tag_cannot_have_its_name_is_none_of_them() {
    let base = format!(
        "{{properties: {{t: {{type: string, enum: [Cat, Dog]}}}}, discriminator: {{propertyName: t}}}}{FAMILY}"
    );
    becomes(&[(&base, "union by t (Cat =Cat: Cat | Dog =Dog: Dog)")]);
}

#[test]
fn heirs_that_say_their_tag_are_called_by_it() {
    let base = "{properties: {t: {enum: [cat, dog]}}, discriminator: {propertyName: t}}
    Cat: {allOf: [{@T}, {properties: {t: {const: cat}}}]}
    Dog: {allOf: [{@T}, {properties: {t: {enum: [dog]}}}]}";
    becomes(&[(base, "union by t (Cat =cat: Cat | Dog =dog: Dog)")]);
}

#[test]
fn heirs_of_heirs_are_heirs_and_families_of_their_own() {
    let base = "{properties: {t: {type: string}}, discriminator: {propertyName: t, mapping: {c: Cat, p: Persian, d: Dog}}}
    Cat: {allOf: [{@T}, {properties: {meows: {type: boolean}}}]}
    Persian: {allOf: [{@Cat}, {properties: {coat: {type: string}}}]}
    Dog: {allOf: [{@T}]}
    Owner: {properties: {pet: {@T}, cat: {@Cat}, pets: {type: array, items: {@T}}}}";
    let (api, diagnostics) = read(base);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let TypeBody::Union(cats) = &api
        .types
        .iter()
        .find(|def| def.component.as_deref() == Some("Cat"))
        .unwrap()
        .body
    else {
        panic!("cats are a union")
    };
    let names: Vec<&str> = cats.variants.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Cat", "Persian"]);
    assert_eq!(
        component(&api, "Persian"),
        "{t: \"p\", meows: boolean, coat: string}"
    );
    assert_eq!(component(&api, "Dog"), "{t: \"d\"}");
    assert_eq!(component(&api, "Owner"), "{cat: Cat, pet: T, pets: [T]}");
}

#[test]
fn bases_that_inherit_from_each_other_end() {
    let base = "{allOf: [{@U}], properties: {a: {type: string}}, discriminator: {propertyName: a}}
    U: {allOf: [{@T}], properties: {b: {type: string}}, discriminator: {propertyName: b}}";
    let (api, _) = read(base);
    assert!(matches!(type_t(&api).body, TypeBody::Union(_)));
}

#[test]
fn beside_a_mapping_that_leaves_heirs_out_names_are_tags_and_the_base_has_one() {
    let base = format!(
        "{{properties: {{t: {{type: string}}}}, discriminator: {{propertyName: t, mapping: {{c: Cat}}}}}}{FAMILY}"
    );
    let (api, _) = read(&base);
    let TypeBody::Union(union) = &type_t(&api).body else {
        panic!("a union")
    };
    let tests: Vec<_> = union.variants.iter().map(|it| it.test.clone()).collect();
    let tag = |tag: &str| VariantTest::Tag(vec![tag.to_owned()]);
    assert_eq!(tests, [tag("T"), tag("c"), tag("Dog")]);
}

#[test]
fn heirs_may_say_their_tag_by_an_extension() {
    let base = "{properties: {t: {type: string}}, discriminator: {propertyName: t}}
    Cat: {allOf: [{@T}], x-ms-discriminator-value: '#pets.cat'}
    Dog: {allOf: [{@T}, {properties: {barks: {type: boolean}}, x-discriminator-value: d}]}";
    becomes(&[(base, "union by t (Cat =#pets.cat: Cat | Dog =d: Dog)")]);
}

#[test]
fn an_entry_of_a_mapping_that_leads_to_no_schema_is_left_out() {
    let base = format!(
        "{{properties: {{t: {{type: string}}}}, discriminator: {{propertyName: t,
         mapping: {{c: Cat, d: Dog, l: Lion, w: '#/components/schemas/Wolf'}}}}}}{FAMILY}"
    );
    let (api, diagnostics) = read(&base);
    assert_eq!(
        component(&api, "T"),
        "union by t (Cat =c: Cat | Dog =d: Dog)"
    );
    let said: Vec<_> = diagnostics
        .iter()
        .map(|it| (it.code, it.origin.pointer.as_str()))
        .collect();
    let mapping = "/components/schemas/T/discriminator/mapping";
    assert_eq!(
        said,
        [
            (Code::UnresolvedReference, &*format!("{mapping}/l")),
            (Code::UnresolvedReference, &*format!("{mapping}/w"))
        ]
    );
}
