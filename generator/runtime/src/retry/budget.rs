//! How much retrying a client may do.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a client begins with, and never exceeds.
const CAPACITY: u32 = 500;
/// What a call that succeeds at once gives back.
const REFILL: u32 = 1;

/// A bucket of tokens that retries are paid from, shared by all clones of a client. While all is
/// well it is full; in an outage it runs dry after a hundred retries, and then every call is
/// tried once, until some succeed again.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }
}

impl Budget {
    /// Pays for a retry; whether there was enough.
    pub(crate) fn take(&self, cost: u32) -> bool {
        let pay = |left: u32| left.checked_sub(cost);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay)
            .is_ok()
    }

    /// A call ended well, whose last retry cost so much.
    pub(crate) fn refill(&self, cost: u32) {
        let add = |left: u32| Some(left.saturating_add(cost.max(REFILL)).min(CAPACITY));
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_dry_and_is_refilled_by_successes() {
        let budget = Budget::default();
        assert_eq!((0..1_000).filter(|_| budget.take(5)).count(), 100);
        (0..4).for_each(|_| budget.refill(0));
        assert!(!budget.take(5), "four tokens are not five");
        budget.refill(0);
        assert!(budget.take(5));
        budget.refill(5);
        assert!(budget.take(5), "a retry that helped is given back");
    }

    #[test]
    fn it_never_holds_more_than_at_first() {
        let budget = Budget::default();
        (0..1_000).for_each(|_| budget.refill(u32::MAX));
        assert_eq!((0..1_000).filter(|_| budget.take(5)).count(), 100);
    }
}
