//! A small SDK, written as the generator writes it.

use specwright_runtime as rt;

use crate::clock::ManualClock;
use crate::server::Server;

static API: rt::Api = rt::Api::new("People", "people-rust/0.1.0")
    .schemes(&[rt::Scheme::bearer("bearerAuth")])
    .security(&[&["bearerAuth"]]);

#[derive(Debug, Clone)]
pub(crate) struct Client {
    core: rt::Client,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct ClientBuilder {
    core: rt::ClientBuilder,
}

rt::client! { Client, ClientBuilder, api: &API }

impl ClientBuilder {
    pub(crate) fn bearer_token(self, token: impl Into<rt::Secret>) -> Self {
        Self {
            core: self.core.credential("bearerAuth", token),
        }
    }
}

impl Client {
    pub(crate) fn people(&self) -> People<'_> {
        People { core: &self.core }
    }

    pub(crate) fn core(&self) -> &rt::Client {
        &self.core
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Person {
    pub(crate) id: Option<i64>,
    pub(crate) name: Option<String>,
}
rt::object! {
    Person;
    optional id = "id";
    optional name = "name";
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PageMeta {
    pub(crate) total: Option<i64>,
}
rt::object! {
    PageMeta;
    optional total = "totalCount";
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BadRequest {
    pub(crate) messages: Vec<String>,
}
rt::object! {
    BadRequest;
    required messages = "messages";
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ErrorBody {
    BadRequest(BadRequest),
}

impl rt::ErrorBody for ErrorBody {
    fn decode(set: u16, status: u16, body: &[u8]) -> Option<Self> {
        match (set, status) {
            (0, 400) => rt::decode_error(body).map(Self::BadRequest),
            _ => None,
        }
    }
}

pub(crate) type Error = rt::Error<ErrorBody>;

#[derive(Debug, Clone, Copy)]
pub(crate) struct People<'c> {
    core: &'c rt::Client,
}

const FIND_MANY: rt::Operation = rt::Operation::get("findManyPeople", "/people")
    .opens(&["data", "people"])
    .pages(rt::Paging::cursor("after", &["page", "end"]).more(&["page", "more"]));
const FIND_ONE: rt::Operation =
    rt::Operation::get("findOnePerson", "/people/{id}").opens(&["data", "person"]);
const CREATE_ONE: rt::Operation =
    rt::Operation::post("createOnePerson", "/people").opens(&["data", "createPerson"]);
const DELETE_ONE: rt::Operation = rt::Operation::delete("deleteOnePerson", "/people/{id}");

impl People<'_> {
    pub(crate) fn find_many(&self) -> FindMany<Person> {
        FindMany(rt::Call::new(self.core, &FIND_MANY))
    }

    pub(crate) fn find_one(&self, id: &str) -> One<Person> {
        One(rt::Call::new(self.core, &FIND_ONE).path("id", id))
    }

    pub(crate) fn create_one(&self, body: &Person) -> One<Person> {
        One(rt::Call::new(self.core, &CREATE_ONE).json(body))
    }

    pub(crate) fn delete_one(&self, id: &str) -> DeleteOne {
        DeleteOne(rt::Call::new(self.core, &DELETE_ONE).path("id", id))
    }
}

#[must_use = "nothing is sent until it is awaited"]
pub(crate) struct FindMany<T>(rt::Call<rt::Page<T, PageMeta>, ErrorBody>);

impl<T> FindMany<T> {
    pub(crate) fn filter(self, filter: &str) -> Self {
        Self(self.0.query("filter", filter))
    }
}
rt::action! { FindMany<T> => page<T, PageMeta>, ErrorBody }

#[must_use = "nothing is sent until it is awaited"]
pub(crate) struct One<T>(rt::Call<T, ErrorBody>);
rt::action! { One<T> => json<T>, ErrorBody }

#[must_use = "nothing is sent until it is awaited"]
pub(crate) struct DeleteOne(rt::Call<(), ErrorBody>);
rt::action! { DeleteOne => empty, ErrorBody }

/// A client of a server at `https://crm.example/rest`, with a token, which tries once.
pub(crate) fn client(server: &Server) -> Client {
    builder(server)
        .retry(rt::RetryPolicy::none())
        .build()
        .unwrap()
}

/// As [`client`], but it tries as often as it does by default, and never really waits. Its waits
/// have no jitter: each is the ceiling.
pub(crate) fn patient(server: &Server, clock: &ManualClock) -> ClientBuilder {
    let builder = builder(server).clock(clock.clone());
    builder.random(|| u64::MAX)
}

pub(crate) fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .base_url("https://crm.example/rest")
        .bearer_token("t0ken-t0ken")
        .transport(server.transport())
}

/// A call of an operation, for what needs no SDK around it.
pub(crate) fn call<R>(
    server: &Server,
    operation: &'static rt::Operation,
) -> rt::Call<R, ErrorBody> {
    rt::Call::new(client(server).core(), operation)
}
