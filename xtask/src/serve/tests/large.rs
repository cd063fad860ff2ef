//! Large tables.

use super::super::core::Options;
use super::{Server, twenty};

#[test]
fn relations_are_embedded_from_large_tables() {
    let (api, profile) = twenty();
    let options = Options {
        records: 3_000,
        ..Options::default()
    };
    let mut server = Server::new(&api, &profile, &options);
    let (status, body) = server.get("/rest/companies?limit=60&depth=2");
    assert_eq!(status, 200);
    assert_eq!(body["data"]["companies"].as_array().unwrap().len(), 60);
    let embedded = |company: &serde_json::Value| !company["people"].as_array().unwrap().is_empty();
    assert!(
        body["data"]["companies"]
            .as_array()
            .unwrap()
            .iter()
            .any(embedded)
    );
}
