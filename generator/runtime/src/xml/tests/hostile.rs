//! Documents that are made to take time or space.

use super::*;

/// A few letters must not become gigabytes, nor overflow the stack.
#[test]
fn hostile_input_is_refused_in_time() {
    let laughs =
        "<!DOCTYPE o [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><order><Name>&b;</Name></order>";
    assert!(refused(laughs.as_bytes()).contains("not declared"));
    let deep = "<a>".repeat(100_000);
    assert!(to_value(&ROOT, deep.as_bytes()).unwrap_err().is_deep());
    let attributes: String = (0..50_000).map(|n| format!(" a{n}='x'")).collect();
    assert_eq!(read(&format!("<order{attributes}/>")), json!({"lines": []}));
    let mut nested = json!({"id": 1});
    for _ in 0..DEEPEST {
        nested = json!({"id": 1, "parent": nested});
    }
    assert!(
        to_string(&ROOT, &nested)
            .unwrap_err()
            .contains("levels deep")
    );
}

/// Time in proportion to the text, however it is made.
#[test]
fn a_large_answer_is_read_in_time() {
    let n = 100_000;
    let repeated = |xml: &str| xml.repeat(n);
    let lists = format!(
        "<order>{}{}</order>",
        repeated("<j/>"),
        repeated("<codes>1</codes>")
    );
    let began = std::time::Instant::now();
    let codes = read(&lists)
        .get("codes")
        .and_then(Value::as_array)
        .map(Vec::len);
    assert_eq!(codes, Some(n));
    let namespace = "u".repeat(n);
    let one = format!(
        "<order xmlns='{namespace}'>{}</order>",
        repeated("<codes>1</codes>")
    );
    assert!(read(&one).get("codes").is_some());
    let declared: String = (0..n).map(|n| format!(" xmlns:p{n}='u'")).collect();
    let many = format!(
        "<order{declared}>{}</order>",
        repeated("<p:codes>1</p:codes>")
    );
    assert!(read(&many).get("codes").is_some());
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn there_are_not_more_elements_than_an_answer_has_place_for() {
    let of = |xml: &str| text_to_value(&ROOT, xml, Some(4 * BYTES_OF_ONE));
    assert!(of("<order id='1'><j/><j/></order>").is_ok());
    for xml in [
        "<order id='1'><j/><j/><j/></order>",
        "<order xmlns:a='u' b='1'><j/><j/></order>",
    ] {
        let error = of(xml).unwrap_err();
        assert!(error.is_large());
        let said = "there are more than 4 elements and attributes (byte ";
        assert!(error.to_string().starts_with(said), "{error}");
    }
    assert!(text_to_value(&ROOT, "<order id='1'><j/><j/><j/></order>", None).is_ok());
}
