//! A token on its way, which another call may go on with.

use std::future::Future;
use std::time::{Duration, Instant};

use super::{Token, TokenError};
use crate::BoxFuture;

/// How long a request may take.
pub(super) const LIMIT: Duration = Duration::from_secs(30);
/// How long after its beginning a request that was given up is still gone on with, where another one
/// does no harm.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long one is gone on with that nobody looked at for longer: its answer may have come, and only
/// has to be read.
const GRACE: Duration = Duration::from_secs(2);

/// A request for a token.
pub(super) struct Flight {
    pub(super) since: Instant,
    pub(super) token: BoxFuture<'static, Result<Token, TokenError>>,
    /// How long it is gone on with when it was given up.
    patience: Duration,
    /// Whether its answer may be the only one to what it spends.
    spends: bool,
    /// When it is over; `None`: when it ends by itself.
    end: Option<Instant>,
    was_late: bool,
}

impl Flight {
    /// One to a token endpoint, and whether it spends a refresh token, which may be good for one use.
    pub(super) fn of_endpoint(
        now: Instant,
        spends: bool,
        token: impl Future<Output = Result<Token, TokenError>> + Send + 'static,
    ) -> Self {
        Self {
            since: now,
            token: Box::pin(token),
            patience: if spends { LIMIT } else { PATIENCE },
            spends,
            end: now.checked_add(LIMIT),
            was_late: false,
        }
    }

    /// One to the user's own code, which may spend a refresh token, too.
    pub(super) fn of_source(
        now: Instant,
        token: impl Future<Output = Result<Token, TokenError>> + Send + 'static,
    ) -> Self {
        Self {
            end: None,
            ..Self::of_endpoint(now, true, token)
        }
    }

    /// Another call goes on with it.
    pub(super) fn inherit(&mut self, now: Instant) {
        let (Some(end), Some(late)) = (
            self.since.checked_add(self.patience),
            now.checked_add(GRACE),
        ) else {
            return;
        };
        if late <= end || !self.spends {
            self.end = Some(end);
        } else if !self.was_late {
            self.was_late = true;
            self.end = Some(late);
        }
    }

    /// What is left of its time; `None`: it has no end.
    pub(super) fn left(&self, now: Instant) -> Option<Duration> {
        Some(self.end?.saturating_duration_since(now))
    }
}
