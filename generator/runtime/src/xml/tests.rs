use serde_json::{Value, json};

use super::*;

/// An order with everything that tables can say.
static ORDER: Record = Record::new(&[
    Field::new("id", Shape::Integer).attribute().required(),
    Field::new("name", Shape::Text).named("Name"),
    Field::new("paid", Shape::Boolean),
    Field::new("price", Shape::Number),
    Field::new("day", Shape::Token),
    Field::new("lines", Shape::Record(&LINE))
        .named("line")
        .repeated()
        .required(),
    Field::new("tags", Shape::List(&TAG)),
    Field::new("codes", Shape::Integer).repeated(),
    Field::new("parent", Shape::Record(&ORDER)),
    Field::new("notes", Shape::Map(&Shape::Text)),
    Field::new("either", Shape::Scalar),
    Field::new("any", Shape::Any),
]);
static LINE: Record = Record::new(&[
    Field::new("sku", Shape::Text).attribute().required(),
    Field::new("text", Shape::Text).content(),
]);
static TAG: Element = Element::new("tag", Shape::Text);
static ROOT: Element = Element::new("order", Shape::Record(&ORDER));
static LIST: Element = Element::new("tags", Shape::List(&TAG));

#[track_caller]
fn read(xml: &str) -> Value {
    to_value(&ROOT, xml.as_bytes()).unwrap()
}

#[track_caller]
fn refused(xml: &[u8]) -> String {
    to_value(&ROOT, xml).unwrap_err().to_string()
}

/// What is written, without the declaration.
#[track_caller]
fn written(element: &Element, value: &Value) -> String {
    let text = to_string(element, value).unwrap();
    let (declaration, text) = text.split_once('\n').unwrap();
    assert_eq!(declaration, r#"<?xml version="1.0" encoding="UTF-8"?>"#);
    text.to_owned()
}

#[test]
fn what_is_written_is_read_again() {
    let order = json!({
        "id": -7, "name": " a<b> & \"c\"\r\n", "paid": true, "price": 2.5, "day": "2024-01-02",
        "lines": [{"sku": "x\t\"y\"\n", "text": "one"}, {"sku": "", "text": ""}], "tags": ["a", "", "c"],
        "codes": [1, 2], "parent": {"id": 1, "lines": []}, "notes": {"Color": "blue", "Count": "1"},
        "either": 7, "any": {"a": ["1", "2"], "b": {"c": "x"}},
    });
    let text = to_string(&ROOT, &order).unwrap();
    assert_eq!(read(&text), order, "{text}");
}

#[test]
fn each_part_stands_where_its_table_says() {
    let order = json!({"id": 7, "name": "N", "price": 2.0, "lines": [{"sku": "a", "text": "t"}], "tags": []});
    assert_eq!(
        written(&ROOT, &order),
        r#"<order id="7"><Name>N</Name><price>2</price><line sku="a">t</line><tags/></order>"#
    );
    assert_eq!(
        written(&LIST, &json!(["a", "b"])),
        "<tags><tag>a</tag><tag>b</tag></tags>"
    );
}

#[test]
fn prefixes_are_declared_once_at_the_root() {
    static RECORD: Record = Record::new(&[
        Field::new("a", Shape::Text).within("s", "urn:s"),
        Field::new("b", Shape::Record(&INNER)).within("t", "urn:t"),
        Field::new("c", Shape::Text).within("s", ""),
        Field::new("d", Shape::Text).within("nobody", ""),
        Field::new("e", Shape::Text).within("s", "urn:other"),
        Field::new("f", Shape::Text).within("", "urn:default"),
        Field::new("g", Shape::Text)
            .named("lang")
            .within("xml", "")
            .attribute(),
    ]);
    static INNER: Record = Record::new(&[Field::new("x", Shape::Text).within("t", "urn:t")]);
    static BODY: Element = Element::new("r", Shape::Record(&RECORD)).within("s", "urn:s");
    let value = json!({
        "a": "1", "b": {"x": "2"}, "c": "3", "d": "4", "e": "5", "f": "6", "g": "de",
    });
    let text = written(&BODY, &value);
    assert_eq!(
        text,
        "<s:r xmlns:s=\"urn:s\" xmlns:t=\"urn:t\" xml:lang=\"de\"><s:a>1</s:a><t:b><t:x>2</t:x></t:b>\
         <s:c>3</s:c><d>4</d><s:e xmlns:s=\"urn:other\">5</s:e><f xmlns=\"urn:default\">6</f></s:r>"
    );
    assert_eq!(to_value(&BODY, text.as_bytes()).unwrap(), value);
}

#[test]
fn of_two_properties_with_one_name_the_namespace_decides() {
    static RECORD: Record = Record::new(&[
        Field::new("ours", Shape::Text)
            .named("id")
            .within("a", "urn:a"),
        Field::new("theirs", Shape::Text)
            .named("id")
            .within("b", "urn:b"),
    ]);
    static BODY: Element = Element::new("r", Shape::Record(&RECORD));
    let xml = r#"<r xmlns:x="urn:b"><x:id>1</x:id><id xmlns="urn:a">2</id></r>"#;
    let read = to_value(&BODY, xml.as_bytes()).unwrap();
    assert_eq!(read, json!({"theirs": "1", "ours": "2"}));
}

#[test]
fn null_is_nil() {
    let order = json!({"id": 7, "name": null, "lines": [], "paid": null});
    let text = written(&ROOT, &order);
    assert_eq!(
        text,
        "<order xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" id=\"7\">\
         <Name xsi:nil=\"true\"/><paid xsi:nil=\"true\"/></order>"
    );
    assert_eq!(read(&text), order);
    assert_eq!(
        written(&ROOT, &json!({"id": null})),
        "<order/>",
        "attributes cannot be nil"
    );
}

/// A document may have the usual prefix for a namespace of its own.
#[test]
fn nil_is_in_its_namespace_whatever_its_prefix() {
    static RECORD: Record = Record::new(&[
        Field::new("a", Shape::Text),
        Field::new("b", Shape::Text).within("xsi", "urn:mine"),
        Field::new("c", Shape::Text),
    ]);
    static ROOT: Element = Element::new("r", Shape::Record(&RECORD));
    let first = json!({"a": null, "b": "1", "c": null});
    let second = json!({"b": null, "c": null});
    let text = written(&ROOT, &second);
    let expected = format!(
        "<r xmlns:xsi=\"urn:mine\" xmlns:xsi1=\"{INSTANCE}\"><xsi:b xsi1:nil=\"true\"/>\
         <c xsi1:nil=\"true\"/></r>"
    );
    assert_eq!(text, expected);
    for value in [first, second] {
        let text = written(&ROOT, &value);
        assert_eq!(to_value(&ROOT, text.as_bytes()).unwrap(), value, "{text}");
    }
}

#[test]
fn scalars_are_read_as_schemas_write_them() {
    let scalars = "<order id=' +07 '><paid> 1 </paid><price>1e3</price><day> x </day></order>";
    let expected = json!({"id": 7, "paid": true, "price": 1000.0, "day": "x", "lines": []});
    assert_eq!(read(scalars), expected);
    for (text, value) in [
        ("7", json!(7)),
        ("007", json!("007")),
        ("true", json!(true)),
        ("", json!("")),
    ] {
        let xml = format!("<order id='1'><either>{text}</either></order>");
        assert_eq!(read(&xml).get("either"), Some(&value), "{text}");
    }
    let odd = read("<order id='x'><paid>yes</paid><price/><Name/><day/></order>");
    let expected =
        json!({"id": "x", "paid": "yes", "price": null, "name": "", "day": null, "lines": []});
    assert_eq!(
        odd, expected,
        "serde says what is wrong with a text, and empty is no number"
    );
}

#[test]
fn what_does_not_matter_is_skipped() {
    let xml = "\u{feff}<?xml version='1.0' encoding='utf-8'?>\r\n<!DOCTYPE order [<!ENTITY a 'b'>]><?p i?><!-- c -->\
               <o:order xmlns:o='urn:o' id='7' other='x'><unknown><deep/></unknown>\
               <o:Name><![CDATA[<&>]]>&lt;&#65;<!-- c -->\r\nz</o:Name><Name>second</Name></o:order>\n";
    assert_eq!(read(xml), json!({"id": 7, "name": "<&><A\nz", "lines": []}));
}

/// Documents forget `wrapped`, and servers write what their own frameworks do.
#[test]
fn a_list_may_be_in_an_element_all_the_same() {
    let lines = |xml: &str| read(&format!("<order id='1'>{xml}</order>"));
    let one = json!([{"sku": "a", "text": ""}]);
    assert_eq!(
        lines("<line><Line sku='a'/></line>").get("lines"),
        Some(&one)
    );
    assert_eq!(lines("<line sku='a'/>").get("lines"), Some(&one));
    assert_eq!(lines("<line/>").get("lines"), Some(&json!([])));
    assert_eq!(
        lines("<codes><int>1</int><int>2</int></codes>").get("codes"),
        Some(&json!([1, 2]))
    );
    assert_eq!(lines("<codes/>").get("codes"), Some(&json!([])));
    assert_eq!(lines("").get("codes"), None);
    assert_eq!(
        lines("<tags><Tag>a</Tag></tags>").get("tags"),
        Some(&json!(["a"]))
    );
    assert_eq!(lines("<parent/>").get("parent"), Some(&Value::Null));
}

#[test]
fn text_alone_is_the_one_property_that_it_can_be() {
    static RECORD: Record = Record::new(&[
        Field::new("language", Shape::Text).attribute(),
        Field::new("content", Shape::Text),
    ]);
    static BODY: Element = Element::new("r", Shape::Record(&RECORD));
    let read = to_value(&BODY, b"<r language='de'>\n  a b\n</r>").unwrap();
    assert_eq!(read, json!({"language": "de", "content": "a b"}));
}

#[test]
fn further_properties_are_kept_where_the_table_has_a_place() {
    static RECORD: Record = Record::new(&[Field::new("a", Shape::Text)]).rest(Shape::Any);
    static BODY: Element = Element::new("r", Shape::Record(&RECORD));
    let value = json!({"a": "1", "b": {"c": ["x", "y"]}});
    let text = written(&BODY, &value);
    assert_eq!(text, "<r><a>1</a><b><c>x</c><c>y</c></b></r>");
    assert_eq!(to_value(&BODY, text.as_bytes()).unwrap(), value);
}

/// Nobody else has a place for the second, so it must not be lost.
#[test]
fn several_elements_with_one_name_are_a_list_where_anything_can_stand() {
    static RECORD: Record =
        Record::new(&[Field::new("a", Shape::Text).named("A")]).rest(Shape::Any);
    static OPEN: Element = Element::new("r", Shape::Record(&RECORD));
    static MAP: Element = Element::new("r", Shape::Map(&Shape::Any));
    static TEXTS: Element = Element::new("r", Shape::Map(&Shape::Text));
    let value = json!({"x": ["1", "2", {"y": "3"}], "z": "4"});
    for element in [&OPEN, &MAP] {
        let text = written(element, &value);
        assert_eq!(to_value(element, text.as_bytes()).unwrap(), value, "{text}");
    }
    let read = |element, xml: &str| to_value(element, xml.as_bytes()).unwrap();
    let xml = "<r><x>1</x><x>2</x></r>";
    assert_eq!(
        read(&TEXTS, xml),
        json!({"x": "1"}),
        "a list would be no text"
    );
    let xml = "<r><a>1</a><a>2</a><A>3</A></r>";
    assert_eq!(
        read(&OPEN, xml),
        json!({"a": "1"}),
        "it is no list in the model"
    );
}

/// Words would be lost silently, and the sentence change its meaning.
#[test]
fn text_is_whole_where_there_is_markup_in_it() {
    let of = |key: &str, xml: &str| read(&format!("<order>{xml}</order>")).get(key).cloned();
    let xml = "<Name>do <b>not<i> ever</i></b> press<br/>!</Name>";
    assert_eq!(of("name", xml), Some(json!("do not ever press!")));
    let xml = "<either>1<b>2</b></either>";
    assert_eq!(of("either", xml), Some(json!(12)));
    let xml = "<line sku='a'>one <b>two</b> three</line><line sku='b'/>";
    let lines = json!([{"sku": "a", "text": "one two three"}, {"sku": "b", "text": ""}]);
    assert_eq!(of("lines", xml), Some(lines));
    static RECORD: Record = Record::new(&[
        Field::new("note", Shape::Text),
        Field::new("text", Shape::Text).content(),
    ]);
    static BODY: Element = Element::new("r", Shape::Record(&RECORD));
    let read = to_value(&BODY, b"<r>one <b>two</b><note>three</note> four</r>").unwrap();
    assert_eq!(read, json!({"note": "three", "text": "one two four"}));
}

#[test]
fn encodings_are_those_of_the_mark_or_the_declaration() {
    let name = |xml: &[u8]| to_value(&ROOT, xml).map(|it| it.get("name").cloned());
    let latin = b"<?xml version=\"1.0\" encoding = 'ISO-8859-1'?><order><Name>\xe4</Name></order>";
    assert_eq!(name(latin), Ok(Some(json!("\u{e4}"))));
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><order><Name>\u{e4}</Name></order>";
    let wide: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(name(&wide), Ok(Some(json!("\u{e4}"))));
    assert_eq!(name(text.as_bytes()), Ok(Some(json!("\u{e4}"))));
    assert!(refused(b"<order>\xff</order>").contains("not in UTF-8"));
    assert!(refused(b"<?xml version='1.0' encoding='x-none'?><order/>").contains("`x-none`"));
}

#[test]
fn what_is_no_xml_is_an_error() {
    for (xml, said) in [
        ("", "no element"),
        ("<order>", "does not end"),
        ("<order></other>", "order"),
        ("<order/><order/>", "two root"),
        ("<order/>x", "outside"),
        ("<order a=>", "attribute"),
        ("<order>&nbsp;</order>", "`&nbsp;` is not declared"),
        ("<order>&#1;</order>", "character U+0001 (byte 11)"),
        ("<order a='&#1;'/>", "character U+0001"),
        ("<order>\u{1}</order>", "character U+0001"),
        ("<order>\u{ffff}</order>", "character U+FFFF"),
    ] {
        let error = refused(xml.as_bytes());
        assert!(error.contains(said), "{xml}: {error}");
    }
}

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

#[test]
fn what_xml_cannot_carry_is_not_written() {
    let refused = |value: Value| to_string(&ROOT, &value).unwrap_err();
    assert_eq!(
        refused(json!({"name": "a\u{1}"})),
        "name: XML cannot carry the character U+0001"
    );
    assert_eq!(
        refused(json!({"notes": {"a b": "x"}})),
        "notes: `a b` cannot be a name in XML"
    );
    assert_eq!(refused(json!({"id": {"a": 1}})), "id: a text was expected");
}

#[test]
fn an_error_body_is_read_where_it_fits() {
    #[derive(serde::Deserialize)]
    struct Order {
        id: u8,
    }
    let id = |xml: &[u8]| decode_error::<Order>(xml, &ROOT).map(|order| order.id);
    assert_eq!(id(b"<order id='7'/>"), Some(7));
    assert_eq!(id(b"<order id='x'/>"), None);
    assert_eq!(id(b"{}"), None);
}
