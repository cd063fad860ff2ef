//! The specification's table of styles, and what it leaves open.

use serde_json::json;

use super::*;

/// The values of the specification's table.
fn table() -> [Value; 4] {
    let object = json!({"R": 100, "G": 200, "B": 150});
    [
        json!(""),
        json!("blue"),
        json!(["blue", "black", "brown"]),
        object,
    ]
}

#[test]
fn the_table_of_path_styles() {
    use Style::{Label, Matrix, Simple};
    for (style, explode, expected) in [
        (
            Matrix,
            false,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            Matrix,
            true,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
        (
            Label,
            false,
            [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            Label,
            true,
            [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (
            Simple,
            false,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Simple,
            true,
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
    ] {
        let written = table().map(|value| path("color", style, explode, &value).unwrap());
        assert_eq!(written, expected, "{style:?} {explode}");
    }
}

#[test]
fn the_table_of_query_styles() {
    use Style::{DeepObject, Form, PipeDelimited, SpaceDelimited};
    for (style, explode, expected) in [
        (
            Form,
            false,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Form,
            true,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "R=100&G=200&B=150",
            ],
        ),
        (
            SpaceDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%20black%20brown",
                "color=R%20100%20G%20200%20B%20150",
            ],
        ),
        (
            PipeDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%7Cblack%7Cbrown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ],
        ),
        (
            DeepObject,
            true,
            [
                "color=",
                "color=blue",
                "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
    ] {
        let written = table().map(|value| query("color", style, explode, false, &value).unwrap());
        assert_eq!(written, expected, "{style:?} {explode}");
    }
}

#[test]
fn the_table_of_headers_and_cookies() {
    for (explode, object) in [(false, "R,100,G,200,B,150"), (true, "R=100,G=200,B=150")] {
        let written = table().map(|value| header(Style::Simple, explode, &value).unwrap().unwrap());
        assert_eq!(written, ["", "blue", "blue,black,brown", object]);
    }
    for (explode, expected) in [
        (
            false,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            true,
            [
                "color=",
                "color=blue",
                "color=blue; color=black; color=brown",
                "R=100; G=200; B=150",
            ],
        ),
    ] {
        assert_eq!(
            table().map(|value| cookie("color", explode, &value).unwrap()),
            expected
        );
    }
}

#[test]
fn a_separator_inside_a_value_is_escaped() {
    let value = json!(["a,b", "c|d", "e f", "g&h=i"]);
    assert_eq!(
        query("k[]", Style::Form, false, false, &value).unwrap(),
        "k%5B%5D=a%2Cb,c%7Cd,e%20f,g%26h%3Di"
    );
    assert_eq!(
        path("k", Style::Simple, false, &json!(["a/b", ".."])).unwrap(),
        "a%2Fb,.."
    );
    assert_eq!(
        query("q", Style::Form, true, true, &json!("a[eq]:\"x\"&b/c")).unwrap(),
        "q=a%5Beq%5D:%22x%22%26b/c"
    );
}

#[test]
fn absent_values_are_left_out() {
    for value in [
        json!(null),
        json!([]),
        json!({}),
        json!([null]),
        json!({"a": null}),
    ] {
        assert_eq!(
            query("k", Style::Form, true, false, &value).unwrap(),
            "",
            "{value}"
        );
        assert_eq!(
            query("k", Style::DeepObject, true, false, &value).unwrap(),
            "",
            "{value}"
        );
        assert_eq!(
            header(Style::Simple, false, &value).unwrap(),
            None,
            "{value}"
        );
        assert_eq!(cookie("k", true, &value).unwrap(), "", "{value}");
    }
    assert_eq!(
        query("k", Style::Form, true, false, &json!(["a", null])).unwrap(),
        "k=a"
    );
}

#[test]
fn deep_objects_nest() {
    let value = json!({"a": {"b": 1, "c d": [1, 2]}, "e": [{"f": true}], "g": null});
    let written = query("q", Style::DeepObject, true, false, &value).unwrap();
    assert_eq!(
        written.replace("%5B", "[").replace("%5D", "]"),
        "q[a][b]=1&q[a][c%20d][]=1&q[a][c%20d][]=2&q[e][0][f]=true"
    );
}

#[test]
fn a_list_that_is_a_deep_object_has_brackets() {
    let written = query(
        "expand",
        Style::DeepObject,
        true,
        false,
        &json!(["a", "b", null]),
    );
    assert_eq!(written.unwrap(), "expand%5B%5D=a&expand%5B%5D=b");
}

#[test]
fn what_a_style_cannot_write_is_an_error() {
    let nested = json!([[1]]);
    assert!(query("k", Style::Form, true, false, &nested).is_err());
    assert!(path("k", Style::Simple, false, &json!({"a": {}})).is_err());
    assert!(header(Style::Simple, false, &nested).is_err());
    assert!(path("k", Style::DeepObject, true, &json!({})).is_err());
    assert!(query("k", Style::Matrix, true, false, &json!(1)).is_err());
}

#[test]
fn any_serializable_scalar_is_written_as_its_json_text() {
    let time: jiff::Timestamp = "2024-01-02T03:04:05Z".parse().unwrap();
    for (value, expected) in [
        (value_of(&time), "t=2024-01-02T03%3A04%3A05Z"),
        (
            value_of(&uuid::Uuid::nil()),
            "t=00000000-0000-0000-0000-000000000000",
        ),
        (value_of(&1.5_f64), "t=1.5"),
        (value_of(&u64::MAX), "t=18446744073709551615"),
        (value_of(&true), "t=true"),
        (value_of(&crate::Secret::new("a b")), "t=a%20b"),
    ] {
        assert_eq!(
            query("t", Style::Form, true, false, &value.unwrap()).unwrap(),
            expected
        );
    }
}

#[test]
fn delimited_lists_stand_in_paths_and_headers_too() {
    use Style::{PipeDelimited, SpaceDelimited, TabDelimited};
    let list = json!(["a|b", "c d"]);
    for (style, escaped, plain) in [
        (SpaceDelimited, "a%7Cb%20c%20d", "a|b c d"),
        (PipeDelimited, "a%7Cb%7Cc%20d", "a|b|c d"),
        (TabDelimited, "a%7Cb%09c%20d", "a|b\tc d"),
    ] {
        assert_eq!(path("n", style, false, &list).unwrap(), escaped);
        assert_eq!(
            query("n", style, false, false, &list).unwrap(),
            format!("n={escaped}")
        );
        assert_eq!(header(style, false, &list).unwrap().as_deref(), Some(plain));
    }
    for style in [Style::Form, Style::DeepObject] {
        path("n", style, false, &list).unwrap_err();
        header(style, false, &list).unwrap_err();
    }
}
