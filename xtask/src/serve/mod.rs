//! `serve`: a stand-in for an API. It keeps records in memory and does to them what the document
//! says, strictly; what the document cannot say is the profile's
//! ([`specwright::config::StandInProfile`]).
//!
//! ```text
//! http         the sockets; everything else is request in, response out
//! core         one request, step by step
//! message      requests and responses
//! route        which action is meant
//! credentials  401
//! rate_limit   429
//! check        400, 415, 422: requests against the document
//! act          what is done to the records, by kind of action
//! store        the records
//! list         filter, order, page
//! answer       envelopes, records, errors
//! refusal      why a request is refused
//! random, time numbers and moments that do not depend on the machine
//! ```

mod act;
mod answer;
mod check;
mod core;
mod credentials;
mod http;
mod list;
mod message;
mod random;
mod rate_limit;
mod refusal;
mod route;
mod store;
mod time;

#[cfg(test)]
mod tests;

pub(crate) use self::core::Options;
pub(crate) use http::{StandIn, until_interrupted};
pub(crate) use rate_limit::Limit;

/// A value of a schema as it stands in a URL, before it is encoded.
pub(crate) fn sample(api: &specwright::ir::Api, schema: &specwright::ir::Schema) -> String {
    check::text(&answer::Sampler::new(api, check::Direction::Request, 0).value(schema))
}

/// What a server would send for a schema, as JSON.
pub(crate) fn sent_sample(
    api: &specwright::ir::Api,
    schema: &specwright::ir::Schema,
) -> serde_json::Value {
    answer::Sampler::new(api, check::Direction::Response, 0).value(schema)
}

/// The body with which an action's refusal would be declared to come, as JSON.
pub(crate) fn refusal_body(
    api: &specwright::ir::Api,
    action: &specwright::ir::Action,
    status: u16,
    message: &str,
) -> serde_json::Value {
    let refusal = refusal::Refusal::new(status, refusal::Fault::whole(message));
    let profile = specwright::config::StandInProfile::default();
    let response = answer::refused(api, &profile, Some(action), &refusal);
    serde_json::from_slice(&response.body).unwrap_or_default()
}
