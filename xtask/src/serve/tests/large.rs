//! Large tables.

use super::super::core::Options;
use super::{Server, twenty};
use std::time::Instant;

#[test]
fn relations_of_large_tables_are_looked_up_and_not_searched() {
    let (api, profile) = twenty();
    let options = Options {
        records: 3_000,
        ..Options::default()
    };
    let mut server = Server::new(&api, &profile, &options);
    let started = Instant::now();
    let (status, body) = server.get("/rest/companies?limit=60&depth=2");
    assert_eq!(status, 200);
    assert_eq!(body["data"]["companies"].as_array().unwrap().len(), 60);
    let seconds = started.elapsed().as_secs_f64();
    assert!(seconds < 3.0, "took {seconds} s");
}
