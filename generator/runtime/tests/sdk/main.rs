//! The runtime as generated code uses it, on a transport that records what is sent and answers
//! from a list.

#[cfg(test)]
mod auth;
#[cfg(test)]
mod backwards;
#[cfg(test)]
mod bodies;
#[cfg(test)]
mod client;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod decoding;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod hops;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod items;
#[cfg(test)]
mod kept_tokens;
#[cfg(test)]
mod late_tokens;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod loopback;
#[cfg(all(test, feature = "xml"))]
mod markup;
#[cfg(test)]
mod middleware;
#[cfg(test)]
mod models;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod parameters;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod patience;
#[cfg(test)]
mod people;
#[cfg(test)]
mod redirects;
#[cfg(test)]
mod responses;
#[cfg(test)]
mod resumes;
#[cfg(test)]
mod retries;
#[cfg(test)]
mod secret_tokens;
#[cfg(test)]
mod server;
#[cfg(test)]
mod shared;
#[cfg(test)]
mod streams;
#[cfg(test)]
mod timeouts;
#[cfg(test)]
mod token_server;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod traces;
#[cfg(test)]
mod unions;
#[cfg(test)]
mod ways_on;
