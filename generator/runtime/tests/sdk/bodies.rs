//! Request bodies.

use specwright_runtime as rt;
use specwright_runtime::serde_json::json;

use crate::people::{ErrorBody, call};
use crate::server::{Sent, Server};

const OPERATION: rt::Operation = rt::Operation::post("op", "/upload").security(&[]);

async fn send(build: impl FnOnce(rt::Call<(), ErrorBody>) -> rt::Call<(), ErrorBody>) -> Sent {
    let server = Server::default();
    build(call(&server, &OPERATION)).send_empty().await.unwrap();
    server.only()
}

#[tokio::test]
async fn each_body_has_its_content_type() {
    let sent = send(|call| call).await;
    assert_eq!((sent.header("content-type"), sent.text()), (None, ""));
    let sent = send(|call| call.json_as("application/merge-patch+json", &json!({"a": null}))).await;
    assert_eq!(
        sent.header("content-type"),
        Some("application/merge-patch+json")
    );
    assert_eq!(sent.text(), r#"{"a":null}"#);
    let sent = send(|call| call.text("text/csv", "a,b\né")).await;
    assert_eq!(
        (sent.header("content-type"), sent.text()),
        (Some("text/csv"), "a,b\né")
    );
    let sent = send(|call| call.body("image/png", vec![0, 255])).await;
    assert_eq!(
        (sent.header("content-type"), &sent.body[..]),
        (Some("image/png"), &[0, 255][..])
    );
    let sent = send(|call| call.form(&json!({"a": "b c", "l": [1, 2]}))).await;
    assert_eq!(
        sent.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(sent.text(), "a=b%20c&l=1&l=2");
    let fields = [rt::FormField::new("l", rt::Style::SpaceDelimited, false)];
    let sent = send(|call| call.form_with(&json!({"l": [1, 2]}), &fields)).await;
    assert_eq!(sent.text(), "l=1%202");
}

#[tokio::test]
async fn a_multipart_body_is_the_same_every_time() {
    let form = rt::Multipart::new()
        .part("note", rt::Part::text("hi"))
        .part("meta", rt::Part::json(&json!({"a": 1})))
        .part("count", rt::Part::value(&3))
        .part(
            "file\"\r\n",
            rt::Part::bytes("x")
                .file_name("a\"b\r\n.txt")
                .header("X-A", "1"),
        );
    let sent = send(|call| call.multipart(form)).await;
    let boundary = "specwright-boundary-0000000000000000";
    let content_type = format!("multipart/form-data; boundary={boundary}");
    assert_eq!(sent.header("content-type"), Some(content_type.as_str()));
    let parts = [
        "Content-Disposition: form-data; name=\"note\"\r\n\r\nhi",
        "Content-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}",
        "Content-Disposition: form-data; name=\"count\"\r\n\r\n3",
        "Content-Disposition: form-data; name=\"file%22%0D%0A\"; filename=\"a%22b%0D%0A.txt\"\r\n\
         Content-Type: application/octet-stream\r\nX-A: 1\r\n\r\nx",
    ];
    let expected: String = parts
        .map(|part| format!("--{boundary}\r\n{part}\r\n"))
        .concat();
    assert_eq!(sent.text(), format!("{expected}--{boundary}--\r\n"));
}

#[tokio::test]
async fn a_part_that_contains_the_boundary_gets_another() {
    let form = rt::Multipart::new().part(
        "a",
        rt::Part::text("--specwright-boundary-0000000000000000--"),
    );
    let sent = send(|call| call.multipart(form)).await;
    assert!(
        sent.text()
            .ends_with("--specwright-boundary-0000000000000001--\r\n")
    );
}

#[tokio::test]
async fn a_part_that_cannot_be_written_is_named() {
    let server = Server::default();
    let form = rt::Multipart::new().part("p", rt::Part::text("x").header("a b", "c"));
    let error = call::<()>(&server, &OPERATION)
        .multipart(form)
        .send_empty()
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("part `p`: header `a b`"),
        "{error}"
    );
    assert!(server.sent().is_empty());
}
