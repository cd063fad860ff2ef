//! The stand-in, mostly without sockets: requests in, responses out.

mod bodies;
mod corpus;
mod errors;
mod forms;
mod kinds;
mod large;
mod lists;
mod more_kinds;
mod pages;
mod restore;
mod routes;
mod sockets;
mod strict;
mod unpaged;
mod validation;

use super::core::{Core, Options};
use super::message::{Request, Response};
use super::time::Millis;
use serde_json::Value;
use specwright::config::{ApiConfig, Config, StandInProfile};
use specwright::diag::Diagnostics;
use specwright::ir::Api;
use specwright::load::MemorySources;
use std::path::{Path, PathBuf};

/// When the tests happen.
const NOW: Millis = 1_767_323_045_678;
const NOW_TEXT: &str = "2026-01-02T03:04:05.678Z";

/// A file of the repository, or of the optional corpus beside it.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// An API from a document's text.
fn api(text: &str) -> Api {
    let sources = MemorySources::new("api.yaml", text);
    let config = ApiConfig::for_name("api");
    specwright::compile("api.yaml", &sources, &config, &mut |_| {})
        .api
        .unwrap()
}

/// The repository's APIs, as they are configured.
fn configured() -> Vec<(Api, StandInProfile)> {
    let mut diagnostics = Diagnostics::new();
    let text = std::fs::read_to_string(path("specs/specwright.toml")).unwrap();
    let config = Config::parse("specwright.toml", &text, &mut diagnostics);
    let compiled = config.apis.iter().map(|config| {
        let text = std::fs::read_to_string(path("specs").join(&config.spec)).unwrap();
        let sources = MemorySources::new(config.spec.as_str(), text);
        let compiled = specwright::compile(&config.spec, &sources, config, &mut |_| {});
        (compiled.api.unwrap(), config.stand_in.clone())
    });
    compiled.collect()
}

/// One of them.
fn one_of(name: &str) -> (Api, StandInProfile) {
    let mut all = configured().into_iter();
    all.find(|(api, _)| api.name == name).unwrap()
}

fn twenty() -> (Api, StandInProfile) {
    one_of("twenty")
}

/// A stand-in that is asked directly.
struct Server {
    core: Core,
    now: Millis,
}

impl Server {
    fn new(api: &Api, profile: &StandInProfile, options: &Options) -> Self {
        Self {
            core: Core::new(api, profile, options, NOW),
            now: NOW,
        }
    }

    fn of(text: &str) -> Self {
        Self::new(&api(text), &StandInProfile::default(), &Options::default())
    }

    fn pets() -> Self {
        let text = std::fs::read_to_string(path("generator/tests/fixtures/pets.yaml")).unwrap();
        Self::of(&text)
    }

    fn twenty() -> Self {
        let (api, profile) = twenty();
        Self::new(&api, &profile, &Options::default())
    }

    fn savvycal() -> Self {
        let (api, profile) = one_of("savvycal");
        Self::new(&api, &profile, &Options::default())
    }

    fn send(&mut self, request: &Request) -> Response {
        self.core.answer(request, self.now)
    }

    /// Sends a request with a credential, and a JSON body where there is one.
    fn ask(&mut self, method: &str, target: &str, body: Option<&Value>) -> (u16, Value) {
        let mut request = Request::new(method, target);
        request
            .headers
            .push(("authorization".to_owned(), "Bearer any".to_owned()));
        if let Some(body) = body {
            request
                .headers
                .push(("content-type".to_owned(), "application/json".to_owned()));
            request.body = body.to_string().into_bytes();
        }
        let response = self.send(&request);
        let body = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        (response.status, body)
    }

    fn get(&mut self, target: &str) -> (u16, Value) {
        self.ask("GET", target, None)
    }

    fn post(&mut self, target: &str, body: &Value) -> (u16, Value) {
        self.ask("POST", target, Some(body))
    }

    /// What Twenty says is wrong with a request.
    fn messages(&mut self, method: &str, target: &str, body: Option<&Value>) -> Vec<String> {
        let (status, body) = self.ask(method, target, body);
        assert_eq!(status, 400, "{body}");
        let messages = body["messages"].as_array().unwrap();
        messages
            .iter()
            .map(|it| it.as_str().unwrap().to_owned())
            .collect()
    }
}

/// A text as it stands in a query.
fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
