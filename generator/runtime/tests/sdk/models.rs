//! `object!`, `string_enum!`, `integer_enum!` and `newtype!`.

use std::collections::BTreeMap;

use specwright_runtime as rt;
use specwright_runtime::serde_json::{self, json};

#[derive(Debug, Clone, PartialEq)]
struct Company {
    id: i64,
    parent: Option<i64>,
    name: Option<String>,
    closed: Option<Option<rt::Timestamp>>,
    address: Option<Box<Address>>,
    r#type: Option<Kind>,
}
rt::object! {
    Company;
    required id = "id";
    required parent = "parentId";
    optional name = "name";
    nullable closed = "closedAt";
    optional address = "address";
    optional r#type = "type";
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Address {
    lat: Option<f64>,
    inner: Vec<Address>,
    rest: rt::Map<String, rt::Value>,
}
rt::object! {
    Address;
    optional lat = "lat";
    required inner = "in\"ner";
    ..rest;
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Scores {
    by_name: BTreeMap<String, i64>,
}
rt::object! {
    Scores;
    ..by_name;
}

#[derive(Debug, Clone, PartialEq)]
struct Login {
    password: Option<rt::Secret>,
    pin: Option<rt::Secret<i64>>,
}
rt::object! {
    Login;
    optional password = "password";
    optional pin = "pin";
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    Big,
    Small,
    #[non_exhaustive]
    Unknown(String),
}
rt::string_enum! { Kind; Big = "BIG"; Small = "small one"; }

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Level {
    Low,
    Below,
    #[non_exhaustive]
    Unknown(i64),
}
rt::integer_enum! { Level; Low = 1; Below = -1; }

#[derive(Debug, Clone, PartialEq)]
struct Tree(Vec<Tree>);
rt::newtype! { Tree; }

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

fn company(json: &str) -> Company {
    read(json).unwrap()
}

#[test]
fn absent_null_and_a_value_are_three_things_where_they_can_be() {
    let absent = company(r#"{"id":1}"#);
    assert_eq!(
        (absent.parent, &absent.name, absent.closed),
        (None, &None, None)
    );
    let null = company(r#"{"id":1,"parentId":null,"name":null,"closedAt":null,"address":null}"#);
    assert_eq!(
        (null.parent, &null.name, null.closed),
        (None, &None, Some(None))
    );
    let value = company(r#"{"closedAt":"2024-01-02T03:04:05Z","name":"","parentId":2,"id":1}"#);
    assert_eq!(
        value.closed,
        Some(Some("2024-01-02T03:04:05Z".parse().unwrap()))
    );
    assert_eq!((value.parent, value.name.as_deref()), (Some(2), Some("")));
}

#[test]
fn what_is_absent_is_not_written() {
    let written = |company: &Company| serde_json::to_string(company).unwrap();
    assert_eq!(
        written(&company(r#"{"id":1}"#)),
        r#"{"id":1,"parentId":null}"#
    );
    let full = r#"{"id":1,"parentId":2,"name":"a","closedAt":null,"type":"BIG"}"#;
    assert_eq!(written(&company(full)), full);
}

#[test]
fn keys_come_in_any_order_and_with_escapes_and_the_last_of_two_counts() {
    let company = company(
        r#"{"type":"BIG","x":[{"y":1}],"n\u0061me":"a","id":1,"id":2,"z":null,"name":"b"}"#,
    );
    assert_eq!((company.id, company.name.as_deref()), (2, Some("b")));
    assert_eq!(company.r#type, Some(Kind::Big));
}

#[test]
fn a_missing_or_wrong_field_says_where_it_is() {
    for (json, expected) in [
        ("{}", "missing field `id`"),
        (
            r#"{"id":1.5}"#,
            "id: invalid type: floating point `1.5`, expected i64",
        ),
        (
            r#"{"id":1,"address":{}}"#,
            "address: missing field `in\"ner`",
        ),
        (
            r#"{"id":1,"address":{"in\"ner":[{"lat":"x","in\"ner":[]}]}}"#,
            "address.in\"ner.lat: invalid type: string \"x\", expected f64",
        ),
        (
            r#"{"id":1,"address":{"lat":[]}}"#,
            "address.lat: invalid type: sequence, expected f64",
        ),
        ("[]", "invalid type: sequence, expected an object"),
        (r#"{"id":1"#, "EOF while parsing an object"),
        (r#"{"id""#, "id: EOF while parsing an object"),
    ] {
        let error = read::<Company>(json).unwrap_err();
        assert!(error.starts_with(expected), "{json}: {error}");
        assert!(error.contains(" at line 1 column "), "{error}");
    }
}

#[test]
fn unknown_keys_are_kept_where_there_is_a_place_for_them() {
    let json = r#"{"lat":1.5,"in\"ner":[],"z":1,"a":{"b":null}}"#;
    let address: Address = read(json).unwrap();
    assert_eq!(
        address.rest,
        *json!({"z": 1, "a": {"b": null}}).as_object().unwrap()
    );
    assert_eq!(serde_json::to_string(&address).unwrap(), json);
    let scores: Scores = read(r#"{"b":2,"a":1,"b":3}"#).unwrap();
    assert_eq!(
        scores.by_name,
        BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 3)])
    );
    assert!(
        read::<Scores>(r#"{"a":"x"}"#)
            .unwrap_err()
            .starts_with("a: invalid type")
    );
}

#[test]
fn a_model_is_read_from_a_value_as_from_text() {
    let value = json!({"id": 1, "x": 2, "parentId": null, "address": {"in\"ner": []}});
    let company: Company = serde_json::from_value(value).unwrap();
    assert_eq!(company.address, Some(Box::default()));
}

#[test]
fn an_error_about_a_secret_field_does_not_quote_it() {
    for json in [r#"{"password":1234567}"#, r#"{"pin":"1234567"}"#] {
        let error = read::<Login>(json).unwrap_err();
        assert!(!error.contains("1234567"), "{error}");
    }
    let login: Login = read(r#"{"password":"hunter2","pin":7}"#).unwrap();
    assert!(!format!("{login:?}").contains("hunter2"));
    assert_eq!(
        serde_json::to_string(&login).unwrap(),
        r#"{"password":"hunter2","pin":7}"#
    );
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let deep = r#"{"in\"ner":["#.repeat(50_000);
    assert!(
        read::<Address>(&deep)
            .unwrap_err()
            .contains("recursion limit")
    );
    assert!(
        read::<Tree>(&"[".repeat(50_000))
            .unwrap_err()
            .contains("recursion limit")
    );
}

#[test]
fn enums_keep_values_they_do_not_know() {
    for (json, expected) in [
        (r#""BIG""#, Kind::Big),
        (r#""small one""#, Kind::Small),
        (r#""big""#, Kind::Unknown("big".to_owned())),
        (r#""""#, Kind::Unknown(String::new())),
    ] {
        let kind: Kind = read(json).unwrap();
        assert_eq!(kind, expected);
        assert_eq!(serde_json::to_string(&kind).unwrap(), json);
        assert_eq!(Kind::from(kind.as_str()), kind);
        assert_eq!(kind.to_string().parse::<Kind>(), Ok(kind));
    }
    assert!(read::<Kind>("7").is_err());
    for (json, expected) in [
        ("1", Level::Low),
        ("-1", Level::Below),
        ("9", Level::Unknown(9)),
    ] {
        let level: Level = read(json).unwrap();
        assert_eq!(level, expected);
        assert_eq!(serde_json::to_string(&level).unwrap(), json);
        assert_eq!(
            (Level::from(level.as_i64()), level.to_string()),
            (level, json.to_owned())
        );
    }
    assert_eq!(
        format!("{:>5}|{:<4}|", Kind::Big, Level::Low),
        "  BIG|1   |"
    );
}

#[test]
fn a_newtype_is_what_it_holds() {
    let tree: Tree = read("[[],[[]]]").unwrap();
    assert_eq!(tree, Tree(vec![Tree(vec![]), Tree(vec![Tree(vec![])])]));
    assert_eq!(serde_json::to_string(&tree).unwrap(), "[[],[[]]]");
}
