//! Names that make trouble.

use super::*;

#[track_caller]
fn check_fields(fields: &[&str], expected: &[&str]) {
    let api = api(vec![type_def(Some("A"), &[&["A"]], "/a", record(fields))]);
    let mut diagnostics = Diagnostics::new();
    let names = allocate(&api, &|_| true, &[], &mut Lock::new(), &mut diagnostics);
    assert_eq!(names.fields[0], expected);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[track_caller]
fn check_values(of: &[Value], expected: &[&str]) {
    let api = api(vec![type_def(Some("A"), &[&["A"]], "/a", values(of))]);
    let mut diagnostics = Diagnostics::new();
    let names = allocate(&api, &|_| true, &[], &mut Lock::new(), &mut diagnostics);
    assert_eq!(names.variants[0], expected);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn fields_of_the_obstacle_course() {
    check_fields(&["createdAt", "created_by"], &["created_at", "created_by"]);
    check_fields(
        &["type", "self", "Self", "async"],
        &["r#type", "self_", "self_capital", "r#async"],
    );
    check_fields(
        &["24h", "+1", "-1", "<="],
        &["n24h", "plus_1", "minus_1", "lte"],
    );
    check_fields(&["id", "_id", "ID"], &["id", "underscore_id", "id_upper"]);
    check_fields(&["jobID", "jobId"], &["job_id_capitals", "job_id_field"]);
    check_fields(
        &["$ref", "@type", "a.b", "a b"],
        &["r#ref", "r#type", "a_dot_b", "a_space_b"],
    );
    check_fields(
        &["foo", "Foo", "FOO", "foo_"],
        &["foo", "foo_capital", "foo_upper", "foo_underscore"],
    );
    check_fields(
        &["é", "名", "👍", "", " "],
        &["é", "名", "u1f44d", "empty", "space"],
    );
    check_fields(
        &["new", "None", "String", "_"],
        &["new", "none", "string", "underscore"],
    );
}

#[test]
fn variants_of_the_obstacle_course() {
    check_values(
        &[json!("in_progress"), json!("DONE")],
        &["InProgress", "Done"],
    );
    check_values(&[json!("asc"), json!("ASC")], &["AscLower", "AscUpper"]);
    check_values(&[json!("Asc"), json!("ASC")], &["Asc", "AscUpper"]);
    check_values(
        &[json!(24), json!(-1), json!(0)],
        &["N24", "Minus1", "Zero"],
    );
    check_values(
        &[json!("unknown"), json!("self"), json!("")],
        &["UnknownValue", "Self_", "Empty"],
    );
    check_values(
        &[json!("+1"), json!("-1"), json!("👍")],
        &["Plus1", "Minus1", "U1f44d"],
    );
    check_values(&[json!("name"), json!("-name")], &["Name", "MinusName"]);
    check_values(&[json!("1.0"), json!("10")], &["N1_0", "Ten"]);
    check_values(&[json!("*"), json!("star")], &["Asterisk", "Star"]);
    check_values(
        &[json!("None"), json!("Some"), json!("名")],
        &["None", "Some", "名"],
    );
}

#[test]
fn a_value_that_the_document_names_has_that_name() {
    let mut body = values(&[json!(1), json!(2), json!(3)]);
    if let TypeBody::Enum(of) = &mut body {
        of.values[0].name = Some("LOW".to_owned());
        of.values[1].name = Some("HIGH".to_owned());
        of.values[2].name = Some("high".to_owned());
    }
    let api = api(vec![type_def(Some("A"), &[&["A"]], "/a", body)]);
    assert_eq!(names(&api).variants[0], ["Low", "Two", "Three"]);
}

#[test]
fn variants_of_a_union_are_called_after_what_they_are() {
    let variant = |name: &str, test: VariantTest| Variant {
        name: name.to_owned(),
        schema: Schema::default(),
        test,
        indirect: false,
        added_tag: None,
        origin: Origin::default(),
    };
    let body = TypeBody::Union(Union {
        variants: vec![
            variant("cat", VariantTest::Tag(vec!["cat".to_owned()])),
            variant("unknown", VariantTest::None),
            variant("object", VariantTest::JsonType(JsonType::Object)),
            variant("object", VariantTest::None),
        ],
        tag: None,
    });
    let api = api(vec![type_def(Some("A"), &[&["A"]], "/a", body)]);
    let found = &names(&api).variants[0];
    assert_eq!(*found, ["Cat", "UnknownLower", "Variant3", "Variant4"]);
}

#[test]
fn types_of_the_obstacle_course() {
    let inline = |hints: &[&[&str]], pointer: &str| type_def(None, hints, pointer, record(&[]));
    let api = api(vec![
        component("ConnectedAccount"),
        component("Error"),
        component("string"),
        component("3DModel"),
        component("Person with Relations"),
        component("foo_bar"),
        component("FooBar"),
        component("名"),
        component("👍"),
        inline(
            &[&["pageInfo"]],
            "/paths/~1a/get/responses/200/content/application~1json/schema",
        ),
        inline(
            &[&["links", "item"]],
            "/components/schemas/P/properties/links/items",
        ),
        inline(
            &[&["name"], &["Person", "name"]],
            "/components/schemas/Person/properties/name",
        ),
        inline(
            &[&["name"], &["Company", "name"]],
            "/components/schemas/Company/properties/name",
        ),
        inline(&[], "/components/schemas/Company/properties/address"),
    ]);
    let mut diagnostics = Diagnostics::new();
    let found = allocate(&api, &|_| true, &[], &mut Lock::new(), &mut diagnostics).types;
    assert_eq!(
        found,
        [
            "ConnectedAccount",
            "AcmeError",
            "AcmeString",
            "N3dModel",
            "PersonWithRelations",
            "AcmeFooBar",
            "FooBar",
            "名",
            "U1f44d",
            "PageInfo",
            "Link",
            "PersonName",
            "CompanyName",
            "Address",
        ]
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}
