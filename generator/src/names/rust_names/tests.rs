use super::*;
use crate::ir::{
    Action, Enum, EnumValue, Field, Idempotency, JsonType, Kind, Method, Outcome, Parameter, Place,
    Record, Resource, ResourceId, Role, Schema, Style, TypeBody, TypeDef, Union, Variant,
    VariantTest,
};
use serde_json::{Value, json};

fn type_def(component: Option<&str>, hints: &[&[&str]], pointer: &str, body: TypeBody) -> TypeDef {
    let owned = |hint: &&[&str]| hint.iter().map(|text| (*text).to_owned()).collect();
    TypeDef {
        component: component.map(str::to_owned),
        hints: hints.iter().map(owned).collect(),
        role: Role::Shared,
        title: None,
        description: None,
        body,
        default: None,
        examples: Vec::new(),
        deprecated: false,
        origins: vec![Origin::new("api.yaml", pointer)],
    }
}

fn record(fields: &[&str]) -> TypeBody {
    let field = |name: &&str| Field {
        wire_name: (*name).to_owned(),
        required: false,
        schema: Schema::default(),
        read_only: false,
        write_only: false,
        secret: false,
        relation: None,
        indirect: false,
        origin: Origin::default(),
    };
    TypeBody::Record(Record {
        fields: fields.iter().map(field).collect(),
        ..Record::default()
    })
}

fn component(name: &str) -> TypeDef {
    type_def(
        Some(name),
        &[&[name]],
        &format!("/components/schemas/{name}"),
        record(&[]),
    )
}

fn values(values: &[Value]) -> TypeBody {
    let value = |value: &Value| EnumValue {
        value: value.clone(),
        name: None,
        description: None,
        origin: Origin::default(),
    };
    TypeBody::Enum(Enum {
        values: values.iter().map(value).collect(),
        integer: false,
    })
}

fn api(types: Vec<TypeDef>) -> Api {
    Api {
        name: "acme".to_owned(),
        types,
        ..Api::default()
    }
}

fn names(api: &Api) -> RustNames {
    allocate(api, &|_| true, &mut Lock::new(), &mut Diagnostics::new())
}

#[track_caller]
fn check_fields(fields: &[&str], expected: &[&str]) {
    let api = api(vec![type_def(Some("A"), &[&["A"]], "/a", record(fields))]);
    let mut diagnostics = Diagnostics::new();
    let names = allocate(&api, &|_| true, &mut Lock::new(), &mut diagnostics);
    assert_eq!(names.fields[0], expected);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[track_caller]
fn check_values(of: &[Value], expected: &[&str]) {
    let api = api(vec![type_def(Some("A"), &[&["A"]], "/a", values(of))]);
    let mut diagnostics = Diagnostics::new();
    let names = allocate(&api, &|_| true, &mut Lock::new(), &mut diagnostics);
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
    check_values(&[json!(24), json!(-1), json!(0)], &["N24", "Minus1", "N0"]);
    check_values(
        &[json!("unknown"), json!("self"), json!("")],
        &["UnknownValue", "Self_", "Empty"],
    );
    check_values(
        &[json!("+1"), json!("-1"), json!("👍")],
        &["Plus1", "Minus1", "U1f44d"],
    );
    check_values(&[json!("name"), json!("-name")], &["Name", "MinusName"]);
    check_values(&[json!("1.0"), json!("10")], &["N1_0", "N10"]);
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
    assert_eq!(names(&api).variants[0], ["Low", "N2", "N3"]);
}

#[test]
fn variants_of_a_union_are_called_after_what_they_are() {
    let variant = |name: &str, test: VariantTest| Variant {
        name: name.to_owned(),
        schema: Schema::default(),
        test,
        indirect: false,
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
    let found = allocate(&api, &|_| true, &mut Lock::new(), &mut diagnostics).types;
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

fn action(
    resource: usize,
    method: Method,
    path: &str,
    kind: Kind,
    parameters: &[(&str, Place)],
) -> Action {
    let parameter = |(name, place): &(&str, Place)| Parameter {
        wire_name: (*name).to_owned(),
        place: *place,
        description: None,
        required: false,
        schema: Schema::default(),
        style: Style::Form,
        explode: true,
        allow_reserved: false,
        allow_empty: false,
        content: None,
        examples: Vec::new(),
        deprecated: false,
        origin: Origin::default(),
    };
    Action {
        operation_id: None,
        kind,
        evidence: Vec::new(),
        resource: Some(ResourceId(resource)),
        method,
        path: path.to_owned(),
        segments: Vec::new(),
        tags: Vec::new(),
        summary: None,
        description: None,
        external_docs: None,
        parameters: parameters.iter().map(parameter).collect(),
        body: None,
        outcome: Outcome::default(),
        pagination: None,
        idempotency: Idempotency::Once,
        security: None,
        servers: Vec::new(),
        deprecation: None,
        callbacks: Vec::new(),
        origin: Origin::default(),
    }
}

fn resource(tag: &str, plural: &[&str]) -> Resource {
    Resource {
        tag: tag.to_owned(),
        singular: Vec::new(),
        plural: plural.iter().map(|word| (*word).to_owned()).collect(),
        description: None,
        actions: Vec::new(),
        record: None,
        id: None,
        origin: Origin::default(),
    }
}

#[test]
fn resources_have_a_module_a_handle_an_accessor_and_a_feature() {
    let mut api = api(vec![component("Series")]);
    api.resources = vec![
        resource("connectedAccounts", &["connected", "accounts"]),
        resource("type", &["type"]),
        resource("events", &["events"]),
        resource("series", &["series"]),
        resource("Séries", &[]),
    ];
    let found = names(&api).resources;
    let names = |module: &str, handle: &str, accessor: &str, feature: &str| ResourceNames {
        module: module.to_owned(),
        handle: handle.to_owned(),
        accessor: accessor.to_owned(),
        feature: feature.to_owned(),
    };
    assert_eq!(
        found,
        [
            names(
                "connected_accounts",
                "ConnectedAccounts",
                "connected_accounts",
                "connected-accounts"
            ),
            names("type_", "Type", "r#type", "type"),
            names("events_resource", "Events", "events", "events-resource"),
            names("series", "SeriesActions", "series", "series"),
            names("series_resource", "Séries", "séries", "series-resource"),
        ]
    );
}

#[test]
fn methods_are_called_after_their_kind_and_parameters_do_not_hide_the_builders_methods() {
    let custom = |text: &str| Kind::Custom {
        words: vec![text.to_owned()],
    };
    let mut api = api(Vec::new());
    api.resources = vec![resource("people", &["people"])];
    api.actions = vec![
        action(
            0,
            Method::Get,
            "/people",
            Kind::FindMany,
            &[
                ("starting_after", Place::Query),
                ("timeout", Place::Query),
                ("id", Place::Path),
                ("id", Place::Query),
                ("X-Acme-Version", Place::Header),
            ],
        ),
        action(0, Method::Post, "/people/move", custom("move"), &[]),
        action(0, Method::Get, "/people/x", custom("sync"), &[]),
        action(0, Method::Post, "/people/x", custom("sync"), &[]),
        action(0, Method::Post, "/people/{id}", custom(""), &[]),
    ];
    let found = names(&api).actions;
    assert_eq!(found[0].method, "find_many");
    assert_eq!(
        found[0].parameters,
        [
            "starting_after",
            "query_timeout",
            "path_id",
            "query_id",
            "x_acme_version"
        ]
    );
    let methods: Vec<_> = found[1..]
        .iter()
        .map(|action| action.method.as_str())
        .collect();
    assert_eq!(
        methods,
        ["r#move", "sync_get", "sync_post", "post_people_id"]
    );
}

#[test]
fn builders_share_the_namespace_of_the_types_and_are_locked() {
    let api = api(vec![component("FindMany")]);
    let mut lock = Lock::new();
    let name = |api: &Api, lock: &mut Lock| {
        let diagnostics = &mut Diagnostics::new();
        let mut names = allocate(api, &|_| true, lock, diagnostics);
        let words = |text: &str| crate::names::words(text);
        let candidates = vec![words("find many"), words("find many request")];
        names.builder(
            vec!["a".to_owned(), "b".to_owned()],
            &Origin::default(),
            candidates,
            lock,
            diagnostics,
        )
    };
    assert_eq!(name(&api, &mut lock), "FindManyRequest");
    let without = Api {
        types: Vec::new(),
        ..api
    };
    assert_eq!(name(&without, &mut lock), "FindManyRequest");
}

/// A type for each name, with a field and a value for each: enough to collide in every namespace.
fn many(texts: &[&str]) -> Api {
    let mut types: Vec<TypeDef> = texts.iter().map(|text| component(text)).collect();
    types.push(type_def(
        Some("Fields"),
        &[&["Fields"]],
        "/fields",
        record(texts),
    ));
    let of: Vec<Value> = texts.iter().map(|text| json!(text)).collect();
    types.push(type_def(
        Some("Values"),
        &[&["Values"]],
        "/values",
        values(&of),
    ));
    let mut api = api(types);
    api.resources = texts.iter().map(|text| resource(text, &[])).collect();
    api
}

/// The names of the parts that come from the first `count` texts.
fn first(names: &RustNames, count: usize) -> Vec<&String> {
    let members = names
        .fields
        .iter()
        .chain(&names.variants)
        .filter(|list| !list.is_empty());
    let modules = names
        .resources
        .iter()
        .take(count)
        .map(|resource| &resource.module);
    let mut all: Vec<&String> = names.types.iter().take(count).chain(modules).collect();
    all.extend(members.flat_map(|list| list.iter().take(count)));
    all
}

const SOME: [&str; 8] = [
    "person", "API key", "_id", "$ref", "24", "Type", "名", "ünï",
];

#[test]
fn something_unrelated_moves_nothing() {
    let before = names(&many(&SOME));
    for extra in [
        ["other", "Another"],
        ["people", "personal"],
        ["ref_count", "types"],
    ] {
        let texts: Vec<&str> = SOME.into_iter().chain(extra).collect();
        let after = names(&many(&texts));
        assert_eq!(
            first(&after, SOME.len()),
            first(&before, SOME.len()),
            "{extra:?}"
        );
    }
}

#[test]
fn with_the_lock_nothing_moves_at_all() {
    let mut lock = Lock::new();
    let before = allocate(&many(&SOME), &|_| true, &mut lock, &mut Diagnostics::new());
    let text = lock.to_text();
    for extra in [
        ["Person", "id"],
        ["PERSON", "@ref"],
        ["api_key", "N24"],
        ["type", "Ünï"],
    ] {
        let texts: Vec<&str> = SOME.into_iter().chain(extra).collect();
        let mut lock = Lock::parse(&text).unwrap();
        let after = allocate(&many(&texts), &|_| true, &mut lock, &mut Diagnostics::new());
        assert_eq!(
            first(&after, SOME.len()),
            first(&before, SOME.len()),
            "{extra:?}"
        );
        assert_ne!(lock.to_text(), text);
    }
    let mut lock = Lock::parse(&text).unwrap();
    allocate(&many(&SOME), &|_| true, &mut lock, &mut Diagnostics::new());
    assert_eq!(lock.to_text(), text, "a second run has nothing to add");
}

#[test]
fn the_order_of_the_document_says_nothing() {
    let texts = [
        "foo", "Foo", "FOO", "foo_", "Foo Bar", "foo_bar", "Error", "error",
    ];
    let by_text = |texts: &[&str]| {
        let names = names(&many(texts));
        let fields = names
            .fields
            .into_iter()
            .find(|list| !list.is_empty())
            .unwrap();
        let mut pairs: Vec<_> = texts
            .iter()
            .map(|t| (*t).to_owned())
            .zip(names.types.into_iter().zip(fields))
            .collect();
        pairs.sort();
        pairs
    };
    let reversed: Vec<&str> = texts.iter().rev().copied().collect();
    assert_eq!(by_text(&texts), by_text(&reversed));
}

#[test]
fn a_merged_type_keeps_its_name_when_its_first_place_goes_away() {
    let mut def = type_def(
        None,
        &[&["links"]],
        "/components/schemas/A/properties/l",
        record(&[]),
    );
    def.origins.push(Origin::new(
        "api.yaml",
        "/components/schemas/B/properties/l",
    ));
    let mut lock = Lock::new();
    let api = api(vec![def.clone()]);
    assert_eq!(
        allocate(&api, &|_| true, &mut lock, &mut Diagnostics::new()).types,
        ["Links"]
    );
    let mut lock = Lock::parse(&lock.to_text()).unwrap();
    def.origins.remove(0);
    def.hints = vec![vec!["somethingElse".to_owned()]];
    let api = Api {
        types: vec![def],
        ..api
    };
    assert_eq!(
        allocate(&api, &|_| true, &mut lock, &mut Diagnostics::new()).types,
        ["Links"]
    );
    let text = lock.to_text();
    assert!(
        text.contains("[retired.rust.types]\n\"A.l\" = \"Links\"\n"),
        "{text}"
    );
}
