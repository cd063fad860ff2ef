//! Randomness, as something that a client is given.

use std::hash::{BuildHasher, RandomState};

use uuid::Uuid;

/// Where random numbers come from: the jitter of waits, and idempotency keys.
///
/// Clients ask the operating system unless
/// [`ClientBuilder::random`](crate::ClientBuilder::random) says otherwise. A closure is one, so
/// that a test can say `|| 7`.
pub trait Random: Send + Sync + 'static {
    /// A number of which all bits are random.
    fn next(&self) -> u64;
}

impl<F: Fn() -> u64 + Send + Sync + 'static> Random for F {
    fn next(&self) -> u64 {
        self()
    }
}

/// The operating system's randomness. A generator seeded once per process would give the same
/// idempotency keys in both halves of a fork.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemRandom;

impl Random for SystemRandom {
    fn next(&self) -> u64 {
        // Where the system has none, the seed of the standard library's maps is the next best.
        getrandom::u64().unwrap_or_else(|_| RandomState::new().hash_one(0))
    }
}

/// A UUID of version 4 (RFC 9562, section 5.4).
pub(crate) fn uuid(random: &dyn Random) -> Uuid {
    let bits = u128::from(random.next()) << 64 | u128::from(random.next());
    uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_random_uuid() {
        let (one, other) = (uuid(&SystemRandom), uuid(&SystemRandom));
        assert_ne!(one, other);
        assert_eq!(one.get_version_num(), 4);
        assert_eq!(
            uuid(&|| 0).to_string(),
            "00000000-0000-4000-8000-000000000000"
        );
    }
}
