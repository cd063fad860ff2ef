//! The usual words of lists and envelopes: what requests take, and the keys of responses.
//!
//! Each group is a notion, and whoever needs the notion takes the group: the passes that find envelopes
//! and pagination, and the stand-in that answers in their terms. Names are compared without what
//! separates words, so `startingAfter`, `starting_after` and `startingafter` are one.

mod envelopes;
mod requests;
mod responses;
mod texts;

pub use envelopes::*;
pub use requests::*;
pub use responses::*;
pub use texts::*;

/// Whether a name is one of these.
pub fn is_one_of(name: &str, known: &[&str]) -> bool {
    known.iter().any(|other| is(name, other))
}

/// Whether a name, without separators, has these words.
pub fn is(name: &str, words: &str) -> bool {
    let mut rest = name;
    for word in words.split(' ') {
        let Some(tail) = rest.strip_prefix(word) else {
            return false;
        };
        rest = tail;
    }
    rest.is_empty()
}

/// Whether a name, without separators, ends with these words.
pub fn ends(name: &str, words: &str) -> bool {
    let mut rest = name;
    for word in words.rsplit(' ') {
        let Some(head) = rest.strip_suffix(word) else {
            return false;
        };
        rest = head;
    }
    true
}
