//! `tagged_union!` and `untagged_union!`.

use specwright_runtime as rt;
use specwright_runtime::serde_json::{self, json};

#[derive(Debug, Clone, PartialEq, Default)]
struct Cat {
    kind: Option<String>,
    meow: Option<i64>,
}
rt::object! {
    Cat;
    optional kind = "petType";
    optional meow = "meow";
}

#[derive(Debug, Clone, PartialEq)]
enum Pet {
    Cat(Box<Cat>),
    Number(rt::Map<String, rt::Value>),
    Unknown(rt::Value),
}
rt::tagged_union! { Pet by "petType"; Cat = "cat" | "kitty"; Number = "number"; }

#[derive(Debug, Clone, PartialEq)]
enum Any {
    Text(String),
    Count(i64),
    Amount(f64),
    Flag(bool),
    List(Vec<i64>),
    Cat(Cat),
    Object(rt::Map<String, rt::Value>),
    Elsewhere(rt::Value),
    Unknown(rt::Value),
}
rt::untagged_union! {
    Any;
    Text: string;
    Count: integer;
    Amount: number;
    Flag: boolean;
    List: array;
    Cat: property "meow";
    Object: object;
    Elsewhere: never;
}

fn cat(kind: Option<&str>, meow: Option<i64>) -> Cat {
    Cat {
        kind: kind.map(str::to_owned),
        meow,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Either {
    Cat(Cat),
    Flag(bool),
    Unknown(rt::Value),
}
rt::untagged_union! { Either; Cat: never => as_cat(Cat); Flag: boolean; }

/// What cannot be told apart is kept as it came, and read as what the caller expects.
#[test]
fn a_variant_that_nothing_tells_apart_is_read_on_demand() {
    let value = json!({"petType": "cat", "meow": 1});
    let either: Either = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(either, Either::Unknown(value.clone()));
    assert_eq!(either.as_cat().unwrap(), cat(Some("cat"), Some(1)));
    assert_eq!(
        Either::Cat(cat(None, Some(2))).as_cat().unwrap(),
        cat(None, Some(2))
    );
    assert!(Either::Flag(true).as_cat().is_err());
    assert_eq!(serde_json::to_value(&either).unwrap(), value);
}

#[test]
fn the_tag_chooses_the_variant_and_stays_in_it() {
    for tag in ["cat", "kitty"] {
        let value = json!({"meow": 1, "petType": tag});
        let pet: Pet = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(pet, Pet::Cat(Box::new(cat(Some(tag), Some(1)))));
        assert_eq!(serde_json::to_value(&pet).unwrap(), value);
    }
}

#[test]
fn a_tag_that_no_variant_has_is_kept_with_the_value() {
    for value in [
        json!({"petType": "dog", "x": 1}),
        json!({}),
        json!({"petType": 7}),
        json!("cat"),
    ] {
        let pet: Pet = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(pet, Pet::Unknown(value.clone()));
        assert_eq!(serde_json::to_value(&pet).unwrap(), value);
    }
}

#[test]
fn a_variant_that_does_not_fit_its_tag_is_an_error() {
    let error = serde_json::from_str::<Pet>(r#"{"petType":"cat","meow":"x"}"#).unwrap_err();
    assert!(
        error.to_string().starts_with("meow: invalid type"),
        "{error}"
    );
}

#[test]
fn the_shape_chooses_the_variant_in_the_order_given() {
    for (value, expected) in [
        (json!("x"), Any::Text("x".to_owned())),
        (json!(7), Any::Count(7)),
        (json!(7.5), Any::Amount(7.5)),
        (json!(true), Any::Flag(true)),
        (json!([1]), Any::List(vec![1])),
        (json!({"meow": 1}), Any::Cat(cat(None, Some(1)))),
    ] {
        let any: Any = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(any, expected);
        assert_eq!(serde_json::to_value(&any).unwrap(), value);
    }
}

#[test]
fn a_payload_that_cannot_be_read_is_left_to_the_next_variant_and_then_kept() {
    let object = json!({"meow": "not a number"});
    let any: Any = serde_json::from_value(object.clone()).unwrap();
    assert!(matches!(any, Any::Object(_)), "{any:?}");
    for value in [json!(null), json!(["x"])] {
        let any: Any = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(any, Any::Unknown(value));
    }
    assert_eq!(
        serde_json::to_value(Any::Elsewhere(json!(1))).unwrap(),
        json!(1)
    );
}
