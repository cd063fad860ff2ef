//! A transport without a network.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use specwright_runtime as rt;
use specwright_runtime::http;

/// A request that was sent.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: rt::HeaderMap,
    pub(crate) body: rt::Bytes,
}

impl Sent {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What comes after the `?`.
    pub(crate) fn query(&self) -> &str {
        self.url.split_once('?').map_or("", |(_, query)| query)
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// What becomes of a request.
#[derive(Debug)]
enum Answer {
    Response(http::Response<rt::Body>),
    Failure(rt::TransportErrorKind),
    /// It takes so many polls more than one.
    Slow(u32, http::Response<rt::Body>),
    Silence,
}

/// Answers each request with the next of its answers, and records the requests.
#[derive(Debug, Clone, Default)]
pub(crate) struct Server {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Server {
    pub(crate) fn new<const N: usize>(answers: [(u16, &str); N]) -> Self {
        let server = Self::default();
        answers
            .into_iter()
            .for_each(|(status, body)| server.add(status, &[], body));
        server
    }

    pub(crate) fn add(&self, status: u16, headers: &[(&str, &str)], body: &str) {
        self.add_bytes(status, headers, body.as_bytes());
    }

    pub(crate) fn add_bytes(&self, status: u16, headers: &[(&str, &str)], body: &[u8]) {
        let mut answer = http::Response::builder().status(status);
        for (name, value) in headers {
            answer = answer.header(*name, *value);
        }
        let answer = answer.body(rt::Body::from(body.to_vec())).unwrap();
        self.push(Answer::Response(answer));
    }

    /// Before the answers that are there.
    pub(crate) fn add_first(&self, status: u16, body: &str) {
        let body = rt::Body::from(body.as_bytes().to_vec());
        let answer = http::Response::builder().status(status).body(body);
        let answer = Answer::Response(answer.unwrap());
        self.answers.lock().unwrap().push_front(answer);
    }

    /// The request fails.
    pub(crate) fn fail(&self, kind: rt::TransportErrorKind) {
        self.push(Answer::Failure(kind));
    }

    /// The request is never answered.
    pub(crate) fn hang(&self) {
        self.push(Answer::Silence);
    }

    /// The answer takes so many polls more than one.
    pub(crate) fn add_slow(&self, polls: u32, body: &str) {
        let body = rt::Body::from(body.as_bytes().to_vec());
        self.push(Answer::Slow(polls, http::Response::new(body)));
    }

    fn push(&self, answer: Answer) {
        self.answers.lock().unwrap().push_back(answer);
    }

    pub(crate) fn transport(&self) -> impl rt::Transport {
        self.clone()
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    /// The only request that was sent.
    pub(crate) fn only(&self) -> Sent {
        let sent = self.sent();
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent[0].clone()
    }
}

impl rt::Transport for Server {
    fn send(
        &self,
        request: http::Request<rt::Body>,
        _: rt::SendOptions,
    ) -> rt::BoxFuture<'_, Result<http::Response<rt::Body>, rt::TransportError>> {
        self.sent.lock().unwrap().push(Sent {
            method: request.method().to_string(),
            url: request.uri().to_string(),
            headers: request.headers().clone(),
            body: request.body().as_bytes().cloned().unwrap_or_default(),
        });
        let answer = self.answers.lock().unwrap().pop_front();
        Box::pin(async {
            match answer {
                Some(Answer::Response(response)) => Ok(response),
                Some(Answer::Failure(kind)) => Err(rt::TransportError::new(kind, "on purpose")),
                Some(Answer::Slow(polls, response)) => {
                    for _ in 0..polls {
                        tokio::task::yield_now().await;
                    }
                    Ok(response)
                }
                Some(Answer::Silence) => std::future::pending().await,
                None => Ok(http::Response::new(rt::Body::empty())),
            }
        })
    }
}
