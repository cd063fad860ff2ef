use super::super::{spelled, words};
use super::*;

/// The items that a list of texts makes, each with its text as key.
fn items<'a>(origins: &'a [Origin], texts: &'a [&'a str]) -> Vec<Item<'a>> {
    texts
        .iter()
        .zip(origins)
        .map(|(&text, origin)| Item {
            keys: vec![text.to_owned()],
            origin,
            text,
            first: Case::Value.identifier(&words(text)),
            more: Box::new(move || Case::Value.identifier(&spelled(text)).into_iter().collect()),
        })
        .collect()
}

fn allocate(texts: &[&str], lock: &mut Lock) -> (Vec<String>, Diagnostics) {
    let origins = texts
        .iter()
        .map(|text| Origin::new("api.yaml", format!("/{text}")));
    let origins: Vec<Origin> = origins.collect();
    let mut diagnostics = Diagnostics::new();
    let mut scope = Scope::new(Case::Value, &["header"]);
    let table = Table::new("rust.test");
    let names = scope.allocate(&table, items(&origins, texts), lock, &mut diagnostics);
    (names, diagnostics)
}

#[track_caller]
fn check(texts: &[&str], expected: &[&str]) {
    let (names, diagnostics) = allocate(texts, &mut Lock::new());
    assert_eq!(names, expected);
    assert!(diagnostics.is_empty());
    let (mut reversed, _) = allocate(
        &texts.iter().rev().copied().collect::<Vec<_>>(),
        &mut Lock::new(),
    );
    reversed.reverse();
    assert_eq!(reversed, expected, "the order must not matter");
}

#[test]
fn what_is_written_so_keeps_its_name_and_the_others_move() {
    check(&["id", "_id"], &["id", "underscore_id"]);
    check(&["@type", "$type"], &["at_type", "dollar_type"]);
    check(&["type", "@type", "other"], &["r#type", "at_type", "other"]);
}

#[test]
fn a_longer_name_gives_way_to_what_is_called_so_at_once() {
    let (names, diagnostics) = allocate(&["@a", "$a", "at a"], &mut Lock::new());
    assert_eq!(
        names.get(1..),
        Some(&["dollar_a".to_owned(), "at_a".to_owned()][..])
    );
    assert!(names[0].starts_with("a_x"), "{names:?}");
    let said: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    assert_eq!(said, [Code::NameCollision]);
}

#[test]
fn a_name_of_last_resort_depends_on_the_item_alone_and_names_both() {
    let (few, _) = allocate(&["foo", "FOO"], &mut Lock::new());
    assert_eq!(few[0], "foo");
    assert!(few[1].starts_with("foo_x"), "{few:?}");
    let (more, diagnostics) = allocate(&["Foo", "FOO", "foo", "bar"], &mut Lock::new());
    assert_eq!(more[1], few[1]);
    let said = diagnostics.iter().next().unwrap();
    assert!(said.message.contains("`Foo`"), "{said:?}");
    assert!(
        said.hint
            .as_deref()
            .unwrap()
            .contains("clashes with api.yaml#/foo"),
        "{said:?}"
    );
}

#[test]
fn reserved_names_are_not_given() {
    let (names, diagnostics) = allocate(&["header"], &mut Lock::new());
    assert!(names[0].starts_with("header_x"), "{names:?}");
    assert_eq!(diagnostics.iter().count(), 1);
}

#[test]
fn the_lock_wins_and_its_names_are_given_to_nothing_else() {
    let mut lock = Lock::new();
    let table = Table::new("rust.test");
    lock.give(&table, "_id", "id");
    lock.give(&table, "gone", "name");
    let (names, _) = allocate(&["id", "_id", "name"], &mut lock);
    assert_eq!(names[1], "id");
    assert!(names[0].starts_with("id_x"), "{names:?}");
    assert!(names[2].starts_with("name_x"), "{names:?}");
    assert_eq!(lock.name(&table, "name"), Some(names[2].as_str()));
}

#[test]
fn a_locked_name_that_is_no_identifier_is_not_used() {
    for bad in ["a b", "self", "header", ""] {
        let mut lock = Lock::new();
        lock.give(&Table::new("rust.test"), "x", bad);
        let (names, diagnostics) = allocate(&["x"], &mut lock);
        assert_eq!(names, ["x"], "{bad}");
        assert_eq!(
            diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(),
            [Code::Config]
        );
    }
}

#[test]
fn one_name_in_the_lock_for_two_things_goes_to_the_first() {
    let mut lock = Lock::new();
    let table = Table::new("rust.test");
    lock.give(&table, "a", "same");
    lock.give(&table, "b", "same");
    let (names, _) = allocate(&["a", "b"], &mut lock);
    assert_eq!(names, ["same", "b"]);
}

#[test]
fn types_that_differ_only_in_case_are_kept_apart() {
    let origin = Origin::default();
    let mut scope = Scope::new(Case::Type, &[]);
    let item = |text: &'static str, longer: &'static str| Item {
        keys: vec![text.to_owned()],
        origin: &origin,
        text,
        first: Case::Type.identifier(&words(text)),
        more: Box::new(move || vec![longer.to_owned()]),
    };
    let items = vec![
        item("FooBar", "FirstFooBar"),
        item("Foobar", "SecondFoobar"),
    ];
    let table = Table::new("rust.test");
    let names = scope.allocate(&table, items, &mut Lock::new(), &mut Diagnostics::new());
    assert_eq!(names, ["FirstFooBar", "SecondFoobar"]);
}

#[test]
fn equal_keys_get_different_names_which_stay() {
    let mut lock = Lock::new();
    let (names, _) = allocate(&["a", "a", "a"], &mut lock);
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), 3, "{names:?}");
    assert_eq!(allocate(&["a", "a", "a"], &mut lock).0, names);
    let odd = ["a", "a", "a (2)"];
    let mut lock = Lock::new();
    let (names, _) = allocate(&odd, &mut lock);
    assert_eq!(allocate(&odd, &mut lock).0, names);
}

#[test]
fn many_that_ask_for_one_name_cost_little() {
    let texts: Vec<String> = (0..5_000)
        .map(|count| "-".repeat(count % 40) + "a b")
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let start = std::time::Instant::now();
    let (names, _) = allocate(&texts, &mut Lock::new());
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), texts.len());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
