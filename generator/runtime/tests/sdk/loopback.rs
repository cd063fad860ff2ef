//! A real HTTP server on loopback, for what only the real transport can show.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// A request as it came over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Wire {
    /// The request line and the headers, in lower case but for their values.
    pub(crate) head: Vec<String>,
    pub(crate) body: String,
}

impl Wire {
    pub(crate) fn line(&self) -> &str {
        &self.head[0]
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head[1..].iter().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// Answers one request after the other, each on a connection of its own.
pub(crate) struct Loopback {
    pub(crate) address: SocketAddr,
    requests: Receiver<Wire>,
}

impl Loopback {
    /// The answers are complete, with head and body.
    pub(crate) fn new(answers: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let answers: Vec<Vec<u8>> = answers.into_iter().map(|a| a.as_ref().to_vec()).collect();
        let (seen, requests) = channel();
        thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else {
                    return;
                };
                // Before the answer, so that who has it finds the request.
                let _ = seen.send(read(&stream));
                let _ = stream.write_all(&answer);
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests that came so far.
    pub(crate) fn requests(&self) -> Vec<Wire> {
        self.requests.try_iter().collect()
    }
}

fn read(stream: &TcpStream) -> Wire {
    let mut reader = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        let end = reader.read_line(&mut line).unwrap_or(0) == 0;
        let line = line.trim_end();
        if end || line.is_empty() {
            break;
        }
        head.push(line.to_owned());
    }
    let mut wire = Wire {
        head,
        body: String::new(),
    };
    if wire.head.is_empty() {
        wire.head.push("nothing".to_owned());
    }
    let length = wire.header("content-length").and_then(|n| n.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    let _ = reader.read_exact(&mut body);
    if wire.header("transfer-encoding") == Some("chunked") {
        while !body.ends_with(b"0\r\n\r\n") {
            let mut byte = [0];
            if reader.read_exact(&mut byte).is_err() {
                break;
            }
            body.extend(byte);
        }
    }
    wire.body = String::from_utf8_lossy(&body).into_owned();
    wire
}

/// An answer with a body.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> String {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
