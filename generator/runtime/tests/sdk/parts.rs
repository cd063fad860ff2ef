//! Multipart bodies that are made from objects.

use specwright_runtime as rt;
use specwright_runtime::serde_json::{self, json};

use crate::people::{ErrorBody, call};
use crate::server::{Sent, Server};

const OPERATION: rt::Operation = rt::Operation::post("op", "/upload").security(&[]);

#[derive(Debug, Clone, PartialEq)]
struct Upload {
    file: rt::Part,
    more: Option<Vec<rt::Part>>,
    name: String,
    about: rt::Value,
}
rt::object! {
    Upload;
    required about = "about";
    required file = "file";
    optional more = "more";
    required name = "name";
}

fn upload(file: impl Into<rt::Part>) -> Upload {
    Upload {
        file: file.into(),
        more: None,
        name: "a b".to_owned(),
        about: json!([{ "n": 1 }, { "n": 2 }]),
    }
}

fn server_and_call() -> (Server, rt::Call<(), ErrorBody>) {
    let server = Server::default();
    let call = call(&server, &OPERATION);
    (server, call)
}

async fn send(body: &Upload, encodings: &[rt::PartEncoding]) -> Sent {
    let (server, call) = server_and_call();
    let sent = call.parts_with(body, encodings).send_empty().await;
    sent.unwrap();
    server.only()
}

/// Why nothing was sent.
async fn refused(body: &Upload, encodings: &[rt::PartEncoding]) -> String {
    let (server, call) = server_and_call();
    let error = call.parts_with(body, encodings).send_empty().await;
    let error = error.unwrap_err().to_string();
    assert!(server.sent().is_empty());
    error
}

fn whole(parts: &[&str]) -> String {
    let boundary = "specwright-boundary-0000000000000000";
    let parts = parts.iter();
    let parts: String = parts
        .map(|part| format!("--{boundary}\r\nContent-Disposition: {part}\r\n"))
        .collect();
    format!("{parts}--{boundary}--\r\n")
}

#[tokio::test]
async fn a_property_is_a_part_and_so_is_each_item_of_an_array() {
    let mut body = upload(vec![1]);
    let named = rt::Part::bytes("y").file_name("y.txt").header("X-A", "b");
    body.more = Some(vec![rt::Part::bytes("x"), named.content_type("text/plain")]);
    let sent = send(&body, &[]).await;
    assert_eq!(
        sent.text(),
        whole(&[
            "form-data; name=\"about\"\r\nContent-Type: application/json\r\n\r\n{\"n\":1}",
            "form-data; name=\"about\"\r\nContent-Type: application/json\r\n\r\n{\"n\":2}",
            "form-data; name=\"file\"; filename=\"file\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n\u{1}",
            "form-data; name=\"more\"; filename=\"more\"\r\n\
             Content-Type: application/octet-stream\r\n\r\nx",
            "form-data; name=\"more\"; filename=\"y.txt\"\r\n\
             Content-Type: text/plain\r\nX-A: b\r\n\r\ny",
            "form-data; name=\"name\"\r\n\r\na b",
        ])
    );
}

#[tokio::test]
async fn the_document_says_content_types_and_styles() {
    let mut body = upload(vec![1]);
    body.more = Some(Vec::new());
    let encodings = [
        rt::PartEncoding::new("about", "application/json"),
        rt::PartEncoding::new("file", "image/png"),
        rt::PartEncoding::new("name", "text/csv; charset=utf-8, */*"),
    ];
    let sent = send(&body, &encodings).await;
    assert_eq!(
        sent.text(),
        whole(&[
            "form-data; name=\"about\"\r\nContent-Type: application/json\r\n\r\n[{\"n\":1},{\"n\":2}]",
            "form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\n\u{1}",
            "form-data; name=\"name\"\r\nContent-Type: text/csv; charset=utf-8\r\n\r\na b",
        ])
    );
    body.about = json!({ "k&": [1, null], "b": "c=d" });
    let styled = |style, explode| [rt::PartEncoding::styled("about", style, explode)];
    let sent = send(&body, &styled(rt::Style::DeepObject, true)).await;
    assert!(
        sent.text().contains("name=\"about[b]\"\r\n\r\nc=d\r\n"),
        "{}",
        sent.text()
    );
    body.about = json!(["x", "y,"]);
    let sent = send(&body, &styled(rt::Style::PipeDelimited, false)).await;
    assert!(
        sent.text().contains("name=\"about\"\r\n\r\nx|y,\r\n"),
        "{}",
        sent.text()
    );
    // A style is not for files, and none writes objects inside an array.
    body.about = json!([{ "n": 1 }]);
    let styles = ["about", "file"].map(|it| rt::PartEncoding::styled(it, rt::Style::Form, true));
    let sent = send(&body, &styles).await;
    assert!(
        sent.text().contains("\r\n\r\n{\"n\":1}\r\n"),
        "{}",
        sent.text()
    );
    assert!(sent.text().contains("filename=\"file\""), "{}", sent.text());
}

/// They are sent as they stand: a name's escapes would destroy them.
#[tokio::test]
async fn content_types_keep_their_parameters() {
    let plain = r#"text/plain; charset="utf-8""#;
    let body = upload(rt::Part::bytes("x").header("content-type", plain));
    let encodings = [rt::PartEncoding::new(
        "name",
        r#"text/csv; header="present""#,
    )];
    let sent = send(&body, &encodings).await;
    let expected = [
        "filename=\"file\"\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n\r\nx\r\n",
        "name=\"name\"\r\nContent-Type: text/csv; header=\"present\"\r\n\r\na b\r\n",
    ];
    for part in expected {
        assert!(sent.text().contains(part), "{}", sent.text());
    }
    let wrong = rt::Part::bytes("x").content_type("a/b\r\nX-A: b");
    let error = refused(&upload(wrong), &[]).await;
    let said = "part `file`: its content type has characters that no header can carry";
    assert!(error.contains(said), "{error}");
    let twice = rt::Part::bytes("x").header("Content-Disposition", "form-data");
    let error = refused(&upload(twice), &[]).await;
    let said =
        "part `file`: header `Content-Disposition`: it is made of the name and the file name";
    assert!(error.contains(said), "{error}");
}

#[tokio::test]
async fn files_are_parts_also_where_the_content_type_is_json() {
    let mut body = upload(vec![1]);
    body.more = Some(vec![rt::Part::bytes("{}"), rt::Part::bytes("[]")]);
    let encodings = [rt::PartEncoding::new("more", "application/json")];
    let sent = send(&body, &encodings).await;
    for content in ["{}", "[]"] {
        let part = format!("Content-Type: application/json\r\n\r\n{content}\r\n");
        assert!(sent.text().contains(&part), "{}", sent.text());
    }
}

/// A mark would be sent in its place.
#[tokio::test]
async fn a_file_that_cannot_be_sent_is_an_error() {
    use std::collections::BTreeMap;

    async fn refused<T: serde::Serialize>(value: T, encodings: &[rt::PartEncoding]) {
        let (server, call) = server_and_call();
        let body = BTreeMap::from([("p", value)]);
        let error = call.parts_with(&body, encodings).send_empty().await;
        let error = error.unwrap_err().to_string();
        let said = "part `p`: a file cannot be sent inside JSON";
        assert!(error.contains(said), "{error}");
        assert!(server.sent().is_empty());
    }
    let file = || rt::Part::bytes("FILE");
    refused(vec![vec![file()]], &[]).await;
    refused(BTreeMap::from([("a", file())]), &[]).await;
    let json = [rt::PartEncoding::new("p", "application/json")];
    refused(vec![vec![file()]], &json).await;
    let styled = [rt::PartEncoding::styled("p", rt::Style::DeepObject, true)];
    refused(BTreeMap::from([("a", file())]), &styled).await;
}

#[tokio::test]
async fn of_several_content_types_the_caller_says_which() {
    let types = [rt::PartEncoding::new("file", "image/png, image/*")];
    let error = refused(&upload(vec![1]), &types).await;
    let wanted =
        "part `file`: say which content type it has with `content_type`: image/png, image/*";
    assert!(error.contains(wanted), "{error}");
    let png = rt::Part::bytes("x").content_type("image/gif");
    let sent = send(&upload(png), &types).await;
    assert!(sent.text().contains("Content-Type: image/gif\r\n"));
    let any = [rt::PartEncoding::new("file", "image/png, */*")];
    let sent = send(&upload(vec![1]), &any).await;
    assert!(
        sent.text()
            .contains("Content-Type: application/octet-stream\r\n")
    );
    let text = send(&upload(rt::Part::text("https://a.example")), &types).await;
    assert!(
        text.text().contains("name=\"file\"\r\n\r\nhttps://"),
        "no file, if the caller says so"
    );
}

#[tokio::test]
async fn another_multipart_has_its_media_type_and_no_form_data() {
    let (server, call) = server_and_call();
    let call = call.parts_as("multipart/mixed", &upload(vec![1]), &[]);
    call.send_empty().await.unwrap();
    let sent = server.only();
    let content_type = "multipart/mixed; boundary=specwright-boundary-0000000000000000";
    assert_eq!(sent.header("content-type"), Some(content_type));
    assert!(
        sent.text()
            .contains("Content-Disposition: attachment; name=\"file\"\r\n")
    );
}

/// `type` is required of `multipart/related` (RFC 2387, section 3.1); the boundary is that of the body.
#[tokio::test]
async fn a_media_type_keeps_its_parameters() {
    for (said, begins) in [
        (
            "multipart/related; type=\"application/json\"; Boundary=\"a;b\";start=x",
            "multipart/related; type=\"application/json\"; start=x; boundary=specwright",
        ),
        ("multipart/*; a=b", "multipart/form-data; boundary="),
    ] {
        let (server, call) = server_and_call();
        let call = call.parts_as(said, &upload(vec![1]), &[]);
        call.send_empty().await.unwrap();
        let sent = server.only();
        let content_type = sent.header("content-type").unwrap();
        assert!(content_type.starts_with(begins), "{content_type}");
    }
    let (server, call) = server_and_call();
    let call = call.parts_as("multipart/form-data; a=b", &upload(vec![1]), &[]);
    call.send_empty().await.unwrap();
    let text = server.only().text().to_owned();
    assert!(
        text.contains("form-data; name=\"file\"; filename=\"file\""),
        "{text}"
    );
}

/// Bytes that come while they are sent, once.
fn stream() -> rt::Part {
    struct Once(Option<rt::Bytes>);
    impl futures_core::Stream for Once {
        type Item = std::io::Result<rt::Bytes>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.take().map(Ok))
        }
    }
    let once = Once(Some(rt::Bytes::from_static(b"streamed")));
    rt::Part::stream(rt::Body::from_stream(once))
}

#[tokio::test]
async fn a_stream_is_sent_once_and_not_by_a_clone() {
    let body = upload(stream());
    let clone = body.clone();
    assert_ne!(body, clone);
    let sent = send(&body, &[]).await;
    let boundary = sent.header("content-type").unwrap().len();
    assert!(boundary > 70, "nobody can guess it");
    for gone in [&body, &clone] {
        let error = refused(gone, &[]).await;
        assert!(error.contains("a stream that can be sent once"), "{error}");
    }
    let again = upload(rt::Part::stream(rt::Body::from("x")));
    let _ = send(&again, &[]).await;
    assert!(
        send(&again.clone(), &[])
            .await
            .text()
            .contains("\r\n\r\nx\r\n")
    );
}

#[test]
fn a_file_is_an_object_in_json() {
    let file = rt::Part::bytes("x").file_name("a").header("X-A", "b");
    let json = json!({
        "about": null,
        "file": { "base64": "eA==", "fileName": "a", "contentType": "application/octet-stream", "headers": { "X-A": "b" } },
        "name": "n",
    });
    let body = Upload {
        about: json!(null),
        name: "n".to_owned(),
        ..upload(file)
    };
    assert_eq!(serde_json::to_value(&body).unwrap(), json);
    let read: Upload = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), json);
    let error = serde_json::to_value(upload(stream())).unwrap_err();
    assert_eq!(error.to_string(), "a stream cannot be written as JSON");
    for (file, why) in [
        (json!({ "base64": "?" }), "`base64` is not base64"),
        (json!({ "base64": 1 }), "`base64` is not text"),
        (
            json!({ "base64": "", "filename": "a" }),
            "a file has no `filename`",
        ),
    ] {
        let error = serde_json::from_value::<rt::Part>(file).unwrap_err();
        assert_eq!(error.to_string(), why);
    }
}
