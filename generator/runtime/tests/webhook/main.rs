//! Receiving events: signatures against vectors that were computed elsewhere (Python's `hmac`), time,
//! replays, and what is read.

#![cfg(feature = "webhooks")]

#[cfg(test)]
mod api;
#[cfg(test)]
mod both;
#[cfg(test)]
mod hmac;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod replays;
#[cfg(test)]
mod standard;
#[cfg(test)]
mod time;
