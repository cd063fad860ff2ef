//! Deliveries that came before.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::StoreError;

/// How many deliveries a [`MemoryReplayStore`] remembers.
const CAPACITY: usize = 100_000;

/// What a delivery is known by: a hash of its id, where one is signed, else of its signature, and of the
/// verifier's [namespace](super::Verifier::namespace). A second attempt of the sender has the same one
/// where the id is the same; a header that is not signed makes no difference.
///
/// Written as 64 hexadecimal digits, which say nothing of the delivery.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReplayKey([u8; 32]);

impl ReplayKey {
    pub(super) fn of_id(namespace: &str, id: &[u8]) -> Self {
        Self::hashed(namespace, b"id:", id)
    }

    pub(super) fn of_signature(namespace: &str, signature: &[u8]) -> Self {
        Self::hashed(namespace, b"signature:", signature)
    }

    /// From its bytes, as a store or a queue kept them.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn hashed(namespace: &str, kind: &[u8], value: &[u8]) -> Self {
        let length = u64::try_from(namespace.len()).unwrap_or(u64::MAX);
        Self(
            Sha256::new()
                // With its length before it, a namespace cannot run into what follows.
                .chain_update(length.to_be_bytes())
                .chain_update(namespace)
                .chain_update(kind)
                .chain_update(value)
                .finalize()
                .into(),
        )
    }

    /// The hash.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ReplayKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ReplayKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReplayKey({self})")
    }
}

/// Remembers deliveries, in a process or for several of them.
///
/// One that is asynchronous is no `ReplayStore`: its user takes the steps one by one, see
/// [`webhook`](super).
pub trait ReplayStore: Send + Sync + 'static {
    /// Remembers a delivery until some time, in one step that no other call can come between; `false`
    /// when it is remembered already.
    ///
    /// # Errors
    /// When that cannot be known; the delivery is not accepted then.
    fn claim(&self, key: &ReplayKey, until: Timestamp, now: Timestamp) -> Result<bool, StoreError>;

    /// Forgets a delivery that could not be dealt with, so that the sender's next attempt is accepted.
    fn release(&self, key: &ReplayKey);
}

/// Remembers deliveries in the memory of this process, up to a number.
///
/// Only deliveries that are genuine are remembered. When there are too many, the one that would be
/// forgotten first is.
#[derive(Debug)]
pub struct MemoryReplayStore {
    capacity: usize,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    until: HashMap<ReplayKey, Timestamp>,
    by_time: BTreeSet<(Timestamp, ReplayKey)>,
}

impl MemoryReplayStore {
    /// For so many deliveries, at least one.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            seen: Mutex::default(),
        }
    }
}

impl Default for MemoryReplayStore {
    /// For 100,000 deliveries: some 15 MB.
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

impl ReplayStore for MemoryReplayStore {
    fn claim(&self, key: &ReplayKey, until: Timestamp, now: Timestamp) -> Result<bool, StoreError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        while seen.by_time.first().is_some_and(|(until, _)| *until < now) {
            seen.forget_first();
        }
        if seen.until.contains_key(key) {
            return Ok(false);
        }
        while seen.until.len() >= self.capacity {
            seen.forget_first();
        }
        seen.until.insert(*key, until);
        seen.by_time.insert((until, *key));
        Ok(true)
    }

    fn release(&self, key: &ReplayKey) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(until) = seen.until.remove(key) {
            seen.by_time.remove(&(until, *key));
        }
    }
}

impl Seen {
    fn forget_first(&mut self) {
        if let Some((_, key)) = self.by_time.pop_first() {
            self.until.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_delivery_is_remembered_until_its_time() {
        let store = MemoryReplayStore::default();
        let key = ReplayKey::of_id("", b"a");
        let claim = |now| store.claim(&key, at(now + 10), at(now)).unwrap();
        assert!(claim(0));
        assert!(!claim(10), "to the end of its time");
        assert!(claim(11), "and no longer");
        store.release(&key);
        assert!(claim(11));
    }

    #[test]
    fn the_memory_is_bounded_and_forgets_what_ends_first() {
        let store = MemoryReplayStore::new(2);
        let claim = |id: &[u8], until| {
            let key = ReplayKey::of_id("", id);
            store.claim(&key, at(until), at(0)).unwrap()
        };
        assert!(claim(b"late", 30) && claim(b"early", 10) && claim(b"middle", 20));
        assert_eq!(store.seen.lock().unwrap().until.len(), 2);
        assert!(!claim(b"late", 30) && !claim(b"middle", 20));
        assert!(claim(b"early", 10));
        let seen = store.seen.lock().unwrap();
        assert_eq!(seen.by_time.len(), seen.until.len());
    }

    #[test]
    fn an_id_is_no_signature_and_each_namespace_has_its_own() {
        let id = ReplayKey::of_id("", b"x");
        assert_ne!(id, ReplayKey::of_signature("", b"x"));
        assert_ne!(id, ReplayKey::of_id("one", b"x"));
        assert_eq!(id, ReplayKey::from_bytes(*id.as_bytes()));
        let shown = id.to_string();
        assert_eq!(shown.len(), 64);
    }
}
