//! Access tokens that expire: asked for, kept, and renewed.
//!
//! ```text
//! grant      what a client is told: which grant, its identity, its scopes
//! flow       what the document says: where tokens are, which scopes operations need
//! source     tokens that the user's own code gets
//! endpoint   one request to a token endpoint, and its answer
//! cache      the token of a scheme: renewed by one call at a time, for all
//! flight     a request for a token, which another call may go on with
//! given      from what a builder was told to the caches of a client
//! error      why there is no token
//! ```
//!
//! A token is renewed shortly before it expires, and when the server answers 401 to it: the call is
//! then sent again, once, if its body can be. When the new token is not taken either, it is not about
//! the token, which is kept for a minute whatever is answered. Calls that need a token at the same time wait for one
//! request. A call that is given up leaves the request to the next one that needs a token, as a
//! refresh token may be good for one use and its answer must not be lost.

mod cache;
mod endpoint;
mod error;
mod flight;
mod flow;
mod given;
mod grant;
mod source;
mod token;

pub(crate) use cache::{Bearer, Cache};
pub use error::{TokenError, TokenErrorKind};
pub use flow::{Flow, FlowKind};
pub(crate) use given::{Given, Surroundings};
pub use grant::OAuth2;
pub use source::TokenSource;
pub use token::Token;
