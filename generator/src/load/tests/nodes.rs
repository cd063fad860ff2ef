use super::{document, summary};
use crate::diag::{Code, Diagnostics};

const TEXT: &str = "\
openapi: 3.1.0
paths:
  /a~b/{id}: {get: {tags: [x, 1, y]}}
limits: {few: 3, round: 10.0, half: 1.5, minus: -1, huge: 1e30}
flag: true
nothing:
";

#[test]
fn a_node_knows_its_pointer() {
    let (document, _) = document(TEXT);
    let (key, item) = document
        .root()
        .get("paths")
        .unwrap()
        .entries()
        .next()
        .unwrap();
    assert_eq!(key, "/a~b/{id}");
    let tag = item
        .get("get")
        .unwrap()
        .get("tags")
        .unwrap()
        .index(2)
        .unwrap();
    assert_eq!(
        tag.origin().to_string(),
        "api.yaml#/paths/~1a~0b~1{id}/get/tags/2"
    );
    assert_eq!(item.key(), Some("/a~b/{id}"));
    assert_eq!(tag.key(), None);
    assert!(document.node(&tag.origin()).unwrap().is_same(&tag));
}

#[test]
fn entries_come_by_key_and_items_as_they_are_written() {
    let (document, _) = document(&format!("{TEXT}list: [b, c, a]\n"));
    let root = document.root();
    let keys: Vec<_> = root.entries().map(|(key, _)| key).collect();
    assert_eq!(
        keys,
        ["flag", "limits", "list", "nothing", "openapi", "paths"]
    );
    let items = root.get("list").unwrap();
    let items: Vec<_> = items.items().map(|item| item.as_str().unwrap()).collect();
    assert_eq!(items, ["b", "c", "a"]);
}

#[test]
fn readers_give_what_has_the_right_type() {
    let (document, _) = document(TEXT);
    let mut diagnostics = Diagnostics::new();
    let root = document.root();
    let limits = root.object("limits", &mut diagnostics).unwrap();
    assert_eq!(root.str("openapi", &mut diagnostics), Some("3.1.0"));
    assert_eq!(root.bool("flag", &mut diagnostics), Some(true));
    assert_eq!(limits.u64("few", &mut diagnostics), Some(3));
    assert_eq!(limits.u64("round", &mut diagnostics), Some(10));
    let half = limits.number("half", &mut diagnostics).unwrap();
    assert_eq!(half.as_f64(), Some(1.5));
    assert_eq!(root.str("absent", &mut diagnostics), None);
    assert!(diagnostics.is_empty());
}

#[test]
fn readers_report_what_has_the_wrong_type() {
    let (document, _) = document(TEXT);
    let mut diagnostics = Diagnostics::new();
    let root = document.root();
    let limits = root.get("limits").unwrap();
    let get = root
        .get("paths")
        .unwrap()
        .get("/a~b/{id}")
        .unwrap()
        .get("get")
        .unwrap();
    assert_eq!(root.str("paths", &mut diagnostics), None);
    assert_eq!(root.bool("nothing", &mut diagnostics), None);
    for key in ["half", "minus", "huge"] {
        assert_eq!(limits.u64(key, &mut diagnostics), None);
    }
    assert!(root.number("flag", &mut diagnostics).is_none());
    assert!(root.object("flag", &mut diagnostics).is_none());
    assert!(root.array("paths", &mut diagnostics).is_none());
    assert_eq!(get.strings("tags", &mut diagnostics), ["x", "y"]);

    let first = diagnostics.iter().next().unwrap();
    assert_eq!(first.message, "`paths` must be a string, but is an object");
    assert_eq!(first.action.as_deref(), Some("the keyword was left out"));
    let last = diagnostics.iter().last().unwrap();
    assert_eq!(last.message, "item 1 must be a string, but is a number");
    let pointers: Vec<_> = summary(&diagnostics).iter().map(|(_, p, _)| *p).collect();
    assert_eq!(
        pointers,
        [
            "/paths",
            "/nothing",
            "/limits/half",
            "/limits/minus",
            "/limits/huge",
            "/flag",
            "/flag",
            "/paths",
            "/paths/~1a~0b~1{id}/get/tags/1"
        ]
    );
    assert!(diagnostics.iter().all(|d| d.code == Code::WrongType));
}
