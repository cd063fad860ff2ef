//! Bodies that are not in memory, in both directions.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use specwright_runtime as rt;

use crate::loopback::{Loopback, answer};
use crate::people::{Client, ErrorBody, call, client};
use crate::server::Server;

const UPLOAD: rt::Operation = rt::Operation::post("upload", "/upload").security(&[]);
const DOWNLOAD: rt::Operation = rt::Operation::get("download", "/file").security(&[]);

/// A stream of some pieces of text.
pub(crate) struct Pieces(VecDeque<String>);

pub(crate) fn pieces<const N: usize>(pieces: [&str; N]) -> Pieces {
    Pieces(pieces.into_iter().map(str::to_owned).collect())
}

impl Stream for Pieces {
    type Item = Result<String, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(|piece| match piece.as_str() {
            "!" => Err(std::io::Error::other("the disk is gone")),
            _ => Ok(piece),
        }))
    }
}

fn at(server: &Loopback) -> Client {
    let builder = Client::builder().base_url(server.url());
    builder.bearer_token("hunter2").build().unwrap()
}

fn upload(client: &Client) -> rt::Call<(), ErrorBody> {
    rt::Call::new(client.core(), &UPLOAD)
}

#[tokio::test]
async fn a_stream_is_sent_with_its_length_or_in_chunks() {
    let server = Loopback::new([answer(200, &[], ""), answer(200, &[], "")]);
    let client = at(&server);
    let body = rt::Body::from_stream(pieces(["ab", "c"]));
    upload(&client)
        .body("text/plain", body.with_length(3))
        .send_empty()
        .await
        .unwrap();
    let body = rt::Body::from_stream(pieces(["ab", "c"]));
    upload(&client)
        .body("text/plain", body)
        .send_empty()
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("content-length"), Some("3"));
    assert_eq!(requests[0].body, "abc");
    assert_eq!(requests[1].header("transfer-encoding"), Some("chunked"));
    assert_eq!(requests[1].body, "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
}

#[tokio::test]
async fn a_stream_that_fails_or_lies_is_not_the_servers_fault() {
    for (body, expected) in [
        (
            rt::Body::from_stream(pieces(["ab", "!"])),
            "the disk is gone",
        ),
        (
            rt::Body::from_stream(pieces(["ab"])).with_length(3),
            "fewer bytes",
        ),
        (
            rt::Body::from_stream(pieces(["ab", "cd"])).with_length(3),
            "more bytes",
        ),
        // The length ends with a chunk, where nothing more would be asked for.
        (
            rt::Body::from_stream(pieces(["abc", "def"])).with_length(3),
            "more bytes",
        ),
        (
            rt::Body::from_stream(pieces(["abc", "!"])).with_length(3),
            "the disk is gone",
        ),
        (
            rt::Body::from_stream(pieces(["abc"])).with_length(0),
            "more bytes",
        ),
    ] {
        let server = Loopback::new([answer(200, &[], "")]);
        let call = upload(&at(&server)).body("text/plain", body);
        let error = call.send_empty().await.unwrap_err();
        let rt::Error::Transport(transport) = &error else {
            panic!("{error}");
        };
        assert_eq!(transport.kind(), rt::TransportErrorKind::Body, "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test]
async fn what_the_absence_of_a_header_would_say_is_said() {
    let server = Loopback::new([(); 3].map(|()| answer(200, &[], "")));
    let client = at(&server);
    upload(&client).send_empty().await.unwrap();
    let call = upload(&client).text("text/plain", "abc");
    let call = call.header("Accept-Encoding", "br");
    call.send_empty().await.unwrap();
    let get = rt::Call::<(), ErrorBody>::new(client.core(), &DOWNLOAD);
    get.send_empty().await.unwrap();
    let requests = server.requests();
    let seen = |name: &str| -> Vec<Option<&str>> {
        requests
            .iter()
            .map(|request| request.header(name))
            .collect()
    };
    assert_eq!(seen("content-length"), [Some("0"), Some("3"), None]);
    let codings = [Some("identity"), Some("br"), Some("identity")];
    assert_eq!(seen("accept-encoding"), codings);
}

#[tokio::test]
async fn a_call_whose_body_is_a_stream_is_sent_once() {
    let server = Server::default();
    let once =
        call::<()>(&server, &UPLOAD).body("text/plain", rt::Body::from_stream(pieces(["a"])));
    let error = once.clone().send_empty().await.unwrap_err();
    assert!(matches!(&error, rt::Error::Request(e) if e.kind() == rt::RequestErrorKind::Body));
    assert!(
        error.to_string().contains("`Body::from_stream_fn`"),
        "{error}"
    );
    assert_eq!(format!("{once:?}").matches("a stream").count(), 1);
    let open = || pieces(["a"]);
    let again = call::<()>(&server, &UPLOAD).body("text/plain", rt::Body::from_stream_fn(open));
    again.clone().send_raw().await.unwrap();
    again.send_raw().await.unwrap();
}

#[tokio::test]
async fn a_part_can_be_a_stream() {
    let server = Loopback::new([answer(200, &[], "")]);
    let file = rt::Body::from_stream(pieces(["ab", "c"])).with_length(3);
    let form = rt::Multipart::new()
        .part("note", rt::Part::text("hi"))
        .part("file", rt::Part::stream(file).file_name("a.txt"))
        .part("last", rt::Part::value(&7));
    upload(&at(&server))
        .multipart(form)
        .send_empty()
        .await
        .unwrap();
    let request = &server.requests()[0];
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    assert!(boundary.len() > 40, "nobody can guess it: {boundary}");
    assert_eq!(
        request.header("content-length"),
        Some(request.body.len().to_string().as_str())
    );
    let expected = [
        "Content-Disposition: form-data; name=\"note\"\r\n\r\nhi",
        "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nabc",
        "Content-Disposition: form-data; name=\"last\"\r\n\r\n7",
    ];
    let expected: String = expected
        .map(|part| format!("--{boundary}\r\n{part}\r\n"))
        .concat();
    assert_eq!(request.body, format!("{expected}--{boundary}--\r\n"));
}

#[tokio::test]
async fn a_file_in_an_object_can_be_a_stream() {
    let server = Loopback::new([answer(200, &[], "")]);
    let file = rt::Body::from_stream(pieces(["ab", "c"])).with_length(3);
    let body = BTreeMap::from([("file", rt::Part::stream(file).file_name("a.txt"))]);
    let call = upload(&at(&server)).parts(&body);
    call.send_empty().await.unwrap();
    let request = &server.requests()[0];
    let length = request.body.len().to_string();
    assert_eq!(request.header("content-length"), Some(length.as_str()));
    let part = "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
                Content-Type: application/octet-stream\r\n\r\nabc\r\n--";
    assert!(request.body.contains(part), "{}", request.body);
}

#[tokio::test]
async fn a_download_comes_as_it_is_read_and_without_a_limit() {
    let large = "x".repeat(100_000);
    let server = Loopback::new([answer(200, &[("x-request-id", "r1")], &large)]);
    let builder = Client::builder().base_url(server.url()).bearer_token("t");
    let client = builder.max_response_size(10).build().unwrap();
    let call = rt::Call::<rt::Bytes, ErrorBody>::new(client.core(), &DOWNLOAD);
    let mut download = call.send_stream().await.unwrap();
    assert_eq!(download.body.length(), Some(100_000));
    assert_eq!(download.request_id(), Some("r1"));
    let mut bytes = 0;
    while let Some(piece) = download.body.try_next().await.unwrap() {
        bytes += piece.len();
    }
    assert_eq!(bytes, 100_000);
}

#[tokio::test]
async fn a_download_that_fails_is_an_error_with_its_message() {
    let server = Server::new([(404, r#"{"message":"no such file"}"#)]);
    let call = call::<rt::Bytes>(&server, &DOWNLOAD);
    let error = call.send_stream().await.unwrap_err();
    assert_eq!(error.to_string(), "GET /file: 404 Not Found: no such file");
}

#[tokio::test]
async fn every_action_can_be_streamed() {
    #[must_use = "nothing is sent until it is awaited"]
    struct Download(rt::Call<rt::Bytes, ErrorBody>);
    rt::action! { Download => bytes, ErrorBody }
    let server = Server::new([(200, "abc"); 5]);
    let client = client(&server);
    for streamed in [
        client.people().find_many().send_stream().await.unwrap(),
        client.people().find_one("7").send_stream().await.unwrap(),
        client.people().delete_one("7").send_stream().await.unwrap(),
    ] {
        assert_eq!(streamed.body.into_bytes().await.unwrap(), "abc");
    }
    let download = Download(call(&server, &DOWNLOAD));
    assert_eq!(download.clone().await.unwrap(), "abc");
    let streamed = download.send_stream().await.unwrap();
    assert_eq!(streamed.body.into_bytes().await.unwrap(), "abc");
}
