//! Over a socket.

use super::super::core::Options;
use super::super::http::StandIn;
use super::twenty;
use std::io::{Read, Write};
use std::net::TcpStream;

fn ask(base_url: &str, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(base_url.strip_prefix("http://").unwrap()).unwrap();
    let length = body.len();
    let common = "host: localhost\r\nconnection: close\r\nauthorization: Bearer any\r\n\
                  content-type: application/json";
    write!(
        stream,
        "{head} HTTP/1.1\r\n{common}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_answers_http_and_stops_when_it_is_dropped() {
    let (api, profile) = twenty();
    let running = StandIn::start(&api, &profile, &Options::default()).unwrap();
    let url = running.base_url();
    let made = ask(&url, "POST /rest/people", r#"{"city":"Paris"}"#);
    assert!(
        made.starts_with("HTTP/1.1 201 Created\r\ncontent-type: application/json"),
        "{made}"
    );
    assert!(made.contains(r#""city":"Paris""#), "{made}");
    let found = ask(&url, "GET /rest/people", "");
    assert!(found.contains(r#""totalCount":1"#), "{found}");
    let head = ask(&url, "HEAD /rest/people", "");
    assert!(
        head.starts_with("HTTP/1.1 200 OK") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    let port = url.rsplit(':').next().unwrap().parse().unwrap();
    let taken = StandIn::start(
        &api,
        &profile,
        &Options {
            port,
            ..Options::default()
        },
    );
    assert!(taken.is_err());
    // A connection that stays open does not keep it from ending.
    let open = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    drop(running);
    drop(open);
    assert!(TcpStream::connect(url.strip_prefix("http://").unwrap()).is_err());
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let (api, profile) = twenty();
    let running = StandIn::start(&api, &profile, &Options::default()).unwrap();
    let address = running.base_url();
    let mut stream = TcpStream::connect(address.strip_prefix("http://").unwrap()).unwrap();
    let head = "POST /rest/people HTTP/1.1\r\nhost: x\r\ncontent-length: 999999999999\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        answer.extend(byte);
    }
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains(r#""statusCode":413"#), "{answer}");
}
