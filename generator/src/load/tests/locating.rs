use super::{document, origin};
use crate::diag::Diagnostics;
use crate::ir::Origin;
use crate::load::{MemorySources, load};

fn yaml(text: &str, pointer: &str) -> (usize, usize) {
    let position = document(text).0.locate(&origin(pointer)).unwrap();
    (position.line, position.column)
}

fn json(text: &str, pointer: &str) -> (usize, usize) {
    let sources = MemorySources::new("api.json", text);
    let document = load("api.json", &sources, &mut Diagnostics::new()).unwrap();
    let position = document.locate(&Origin::new("api.json", pointer)).unwrap();
    (position.line, position.column)
}

const YAML: &str = "\
# é
openapi: 3.1.0
paths:
  '/a/{b}':
    get: {tags: [é, two], x: {y: 1}}
list:
  - one
  - k: v
    l: |
      text
  - &anchor {m: n}
  - *anchor
200: a
twice: 1
twice: 2
";

#[test]
fn yaml_keys_and_items_are_found() {
    for (pointer, place) in [
        ("", (2, 1)),
        ("/paths", (3, 1)),
        ("/paths/~1a~1{b}", (4, 3)),
        ("/paths/~1a~1{b}/get", (5, 5)),
        ("/paths/~1a~1{b}/get/tags", (5, 11)),
        ("/paths/~1a~1{b}/get/tags/1", (5, 21)),
        ("/paths/~1a~1{b}/get/x/y", (5, 31)),
        ("/list/0", (7, 5)),
        ("/list/1/k", (8, 5)),
        ("/list/1/l", (9, 5)),
        ("/list/2/m", (11, 14)),
        ("/list/3", (12, 5)),
        ("/200", (13, 1)),
    ] {
        assert_eq!(yaml(YAML, pointer), place, "{pointer}");
    }
}

#[test]
fn what_is_not_there_is_found_at_its_nearest_ancestor() {
    for (pointer, place) in [
        ("/list/3/m", (12, 5)),
        ("/list/9", (6, 1)),
        ("/list/01", (6, 1)),
        ("/paths/x/y", (3, 1)),
        ("/nothing", (2, 1)),
        ("no pointer", (2, 1)),
    ] {
        assert_eq!(yaml(YAML, pointer), place, "{pointer}");
    }
}

#[test]
fn of_a_key_that_stands_twice_the_one_that_counts_is_found() {
    assert_eq!(yaml(YAML, "/twice"), (15, 1));
}

#[test]
fn json_keys_and_items_are_found() {
    let text = "{\"openapi\": \"3.1.0\",\r\n\t\"é\\\"{[\": {\"a\": [1, {\"b\\/c\": \
                \"}]\\\\\"}],\n \"d\": \"😀\", \"e\": {}}, \"f\": 1}";
    for (pointer, place) in [
        ("", (1, 1)),
        ("/openapi", (1, 2)),
        ("/é\"{[", (2, 2)),
        ("/é\"{[/a", (2, 12)),
        ("/é\"{[/a/0", (2, 18)),
        ("/é\"{[/a/1", (2, 21)),
        ("/é\"{[/a/1/b~1c", (2, 22)),
        ("/é\"{[/d", (3, 2)),
        ("/é\"{[/e", (3, 12)),
        ("/f", (3, 22)),
    ] {
        assert_eq!(json(text, pointer), place, "{pointer}");
    }
}

#[test]
fn a_raised_example_is_found_where_it_was_written() {
    let text = "openapi: 3.0.0\ncomponents:\n  schemas:\n    A:\n      example:\n        - b: 1\n";
    assert_eq!(yaml(text, "/components/schemas/A/examples/0/0/b"), (6, 11));
}

#[test]
fn texts_and_lines_can_be_drawn() {
    let (document, _) = document("\u{feff}openapi: 3.1.0\r\ninfo: {}\r\n");
    assert_eq!(document.line("api.yaml", 1), Some("openapi: 3.1.0"));
    assert_eq!(document.line("api.yaml", 2), Some("info: {}"));
    assert_eq!(document.line("api.yaml", 3), None);
    assert_eq!(document.line("api.yaml", 0), None);
    assert!(document.text("api.yaml").unwrap().starts_with("openapi"));
    assert_eq!(document.locate(&Origin::new("other.yaml", "")), None);
}
