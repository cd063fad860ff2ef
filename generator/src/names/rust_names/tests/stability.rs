//! Names stay.

use super::*;

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
    let before = allocate(
        &many(&SOME),
        &|_| true,
        &[],
        &mut lock,
        &mut Diagnostics::new(),
    );
    let text = lock.to_text();
    for extra in [
        ["Person", "id"],
        ["PERSON", "@ref"],
        ["api_key", "N24"],
        ["type", "Ünï"],
    ] {
        let texts: Vec<&str> = SOME.into_iter().chain(extra).collect();
        let mut lock = Lock::parse(&text).unwrap();
        let after = allocate(
            &many(&texts),
            &|_| true,
            &[],
            &mut lock,
            &mut Diagnostics::new(),
        );
        assert_eq!(
            first(&after, SOME.len()),
            first(&before, SOME.len()),
            "{extra:?}"
        );
        assert_ne!(lock.to_text(), text);
    }
    let mut lock = Lock::parse(&text).unwrap();
    allocate(
        &many(&SOME),
        &|_| true,
        &[],
        &mut lock,
        &mut Diagnostics::new(),
    );
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
        allocate(&api, &|_| true, &[], &mut lock, &mut Diagnostics::new()).types,
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
        allocate(&api, &|_| true, &[], &mut lock, &mut Diagnostics::new()).types,
        ["Links"]
    );
    let text = lock.to_text();
    assert!(
        text.contains("[retired.rust.types]\n\"A.l\" = \"Links\"\n"),
        "{text}"
    );
}
