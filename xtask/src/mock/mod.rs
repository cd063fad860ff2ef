//! A mock server that validates requests, so that generated clients can be called against their
//! document: [Prism](https://github.com/stoplightio/prism), pinned by `xtask/prism/package-lock.json`.
//!
//! ```text
//! cut           a document made small enough that Prism starts in seconds; requests stay as they are
//! reference     where a `$ref` leads
//! install       Prism's packages, below target/
//! prism         the running server
//! every_action  the test that calls every action of a generated client
//! faults        requests with one fault each, which the mock must refuse
//! round_trip    the same test, against our own stand-in, which keeps what it is sent
//! unanswered    whether the document explains what did not come back
//! ```

mod cut;
mod every_action;
mod faults;
#[cfg(test)]
mod fixture;
mod install;
mod prism;
mod reference;
mod round_trip;
mod unanswered;

pub(crate) use cut::Cut;
pub(crate) use every_action::accepts_every_client;
pub(crate) use prism::{MockError, Options, Prism};
pub(crate) use round_trip::gives_back_what_it_was_sent;
