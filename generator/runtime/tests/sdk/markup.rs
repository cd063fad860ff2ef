//! Bodies of XML.

use specwright_runtime as rt;
use specwright_runtime::serde_json::{Value, json};

use crate::people::{Error, call};
use crate::server::Server;
use rt::xml::{Element, Field, Record, Shape};

static PET: Record = Record::new(&[
    Field::new("id", Shape::Integer).attribute().required(),
    Field::new("name", Shape::Text).named("Name"),
]);
static ONE: Element = Element::new("Pet", Shape::Record(&PET));
static PAGE: Element = Element::new("Page", Shape::Record(&PAGE_RECORD));
static PAGE_RECORD: Record = Record::new(&[
    Field::new("pets", Shape::List(&ONE))
        .named("Pets")
        .required(),
    Field::new("next", Shape::Text).named("NextMarker"),
]);

const GET: rt::Operation = rt::Operation::get("pet", "/pet")
    .security(&[])
    .accept("application/xml")
    .reads_xml(&ONE);
const POST: rt::Operation = rt::Operation::post("make", "/pet").security(&[]);
const LIST: rt::Operation = rt::Operation::get("pets", "/pets")
    .security(&[])
    .opens(&["pets"])
    .pages(rt::Paging::cursor("marker", &["next"]))
    .reads_xml(&PAGE);

#[derive(Debug, Clone, PartialEq)]
struct Pet {
    id: i64,
    name: Option<String>,
}
rt::object! {
    Pet;
    required id = "id";
    optional name = "name";
}

const XML: &[(&str, &str)] = &[("content-type", "application/xml")];

async fn get(headers: &[(&str, &str)], body: &[u8]) -> Result<Pet, Error> {
    let server = Server::default();
    server.add_bytes(200, headers, body);
    let answer = call(&server, &GET).send_json().await;
    assert_eq!(server.only().header("accept"), Some("application/xml"));
    answer
}

#[tokio::test]
async fn a_body_is_sent_as_xml() {
    let server = Server::default();
    let pet = Pet {
        id: 7,
        name: Some("Rex & Co".to_owned()),
    };
    call::<()>(&server, &POST)
        .xml("text/xml", &ONE, &pet)
        .send_empty()
        .await
        .unwrap();
    let sent = server.only();
    assert_eq!(sent.header("content-type"), Some("text/xml"));
    let text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Pet id=\"7\"><Name>Rex &amp; Co</Name></Pet>";
    assert_eq!(sent.text(), text);
}

#[tokio::test]
async fn what_xml_cannot_carry_is_not_sent() {
    let server = Server::default();
    let pet = Pet {
        id: 7,
        name: Some("\0".to_owned()),
    };
    let call = call::<()>(&server, &POST).xml("text/xml", &ONE, &pet);
    let error = call.send_empty().await.unwrap_err().to_string();
    assert!(
        error.contains("name: XML cannot carry the character U+0000"),
        "{error}"
    );
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn an_answer_is_read_in_its_charset() {
    let pet = Pet {
        id: 7,
        name: Some("\u{e4}".to_owned()),
    };
    let utf8 = "<Pet id='7'><Name>\u{e4}</Name></Pet>".as_bytes();
    let latin = b"<?xml version='1.0' encoding='utf-8'?><Pet id='7'><Name>\xe4</Name></Pet>";
    assert_eq!(get(XML, utf8).await.unwrap(), pet);
    assert_eq!(get(&[], utf8).await.unwrap(), pet);
    let charset = [("content-type", "text/xml; charset=iso-8859-1")];
    assert_eq!(get(&charset, latin).await.unwrap(), pet);
    let json = [("content-type", "application/json")];
    let text = r#"{"id":7,"name":"ä"}"#.as_bytes();
    assert_eq!(
        get(&json, text).await.unwrap(),
        pet,
        "a server that answers in JSON all the same"
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_explained() {
    let page = [("content-type", "text/html")];
    for (headers, body, kind, said) in [
        (XML, "<Pet", rt::DecodeErrorKind::Syntax, "malformed XML"),
        (
            XML,
            "<Pet id='x'/>",
            rt::DecodeErrorKind::Data,
            "id: expected",
        ),
        (XML, "<Pet/>", rt::DecodeErrorKind::Data, "id: missing"),
        (XML, "", rt::DecodeErrorKind::Empty, "empty"),
        (
            &page,
            "<p>Sorry",
            rt::DecodeErrorKind::ContentType,
            "no XML",
        ),
    ] {
        let error = get(headers, body.as_bytes()).await.unwrap_err();
        assert!(error.to_string().contains(said), "{body}: {error}");
        let Error::Decode(error) = error else {
            panic!("{error}")
        };
        assert_eq!((error.kind(), error.position()), (kind, None), "{body}");
        assert_eq!(error.raw(), body, "what came is there as it came");
    }
}

#[tokio::test]
async fn lists_go_on() {
    let server = Server::default();
    let first = "<Page><Pets><Pet id='1'/><Pet id='2'/></Pets><NextMarker>m</NextMarker></Page>";
    server.add(200, XML, first);
    server.add(200, XML, "<Page><Pets><Pet id='3'/></Pets></Page>");
    let mut pets = call::<rt::Page<Pet, rt::NoMeta>>(&server, &LIST).stream();
    let mut ids = Vec::new();
    while let Some(pet) = pets.try_next().await.unwrap() {
        ids.push(pet.id);
    }
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(server.sent()[1].query(), "marker=m");
}

#[tokio::test]
async fn the_message_of_an_error_is_found() {
    let server = Server::default();
    let body = "<Error><Code>NoSuchPet</Code><Message>There is no such pet</Message></Error>";
    server.add(404, XML, body);
    let error = call::<Value>(&server, &GET).send_json().await.unwrap_err();
    assert!(
        error.to_string().contains("There is no such pet"),
        "{error}"
    );
}

/// Its declaration counts for less than what the transport says.
#[tokio::test]
async fn the_body_of_an_error_is_read_in_its_charset() {
    #[derive(Debug)]
    struct Refused(Pet);
    impl rt::ErrorBody for Refused {
        fn decode(_: u16, _: u16, body: &[u8]) -> Option<Self> {
            rt::xml::decode_error(body, &ONE).map(Self)
        }
    }
    let charset = [("content-type", "text/xml; charset=iso-8859-1")];
    let server = Server::default();
    let client = crate::people::client(&server);
    for (headers, declared) in [(&charset[..], "utf-8"), (XML, "iso-8859-1")] {
        let mut body =
            format!("<?xml version='1.0' encoding='{declared}'?><Pet id='7'><Name>").into_bytes();
        body.extend_from_slice(b"\xe4</Name></Pet>");
        server.add_bytes(400, headers, &body);
        let sent = rt::Call::<Pet, Refused>::new(client.core(), &GET)
            .send_json()
            .await;
        let rt::Error::Api(error) = sent.unwrap_err() else {
            panic!("the server refused")
        };
        let name = error.body().and_then(|refused| refused.0.name.as_deref());
        assert_eq!(name, Some("\u{e4}"));
        assert_eq!(error.raw(), &body, "what came is there as it came");
    }
    let body = b"<Error><Message>Na\xefve</Message></Error>";
    server.add_bytes(400, &charset, body);
    let error = call::<Value>(&server, &GET).send_json().await.unwrap_err();
    assert!(error.to_string().contains("Na\u{ef}ve"), "{error}");
    server.add_bytes(400, &charset, br#"{"message":"no XML"}"#);
    let error = call::<Value>(&server, &GET).send_json().await.unwrap_err();
    assert!(error.to_string().contains("no XML"), "{error}");
}

#[tokio::test]
async fn an_answer_with_too_much_in_it_says_what_to_do() {
    let server = Server::default();
    server.add(200, XML, "<Pet id='7'><a/><a/></Pet>");
    let client = crate::people::builder(&server)
        .max_response_size(96_u64)
        .build()
        .unwrap();
    let call = rt::Call::<Pet, rt::NoErrorBody>::new(client.core(), &GET);
    let rt::Error::Decode(error) = call.send_json().await.unwrap_err() else {
        panic!("it is too large")
    };
    assert_eq!(error.kind(), rt::DecodeErrorKind::TooLarge);
    let said = "more than 3 elements and attributes (byte 20): give the client's builder a larger \
                `max_response_size`";
    assert!(error.to_string().contains(said), "{error}");
}

#[tokio::test]
async fn the_raw_response_can_be_read_as_its_type() {
    let server = Server::default();
    server.add(200, XML, "<Pet id='7'/>");
    let raw = call::<Value>(&server, &GET).send_raw().await.unwrap();
    assert_eq!(raw.bytes(), "<Pet id='7'/>");
    assert_eq!(raw.json::<Value>().unwrap(), json!({"id": 7}));
}
