//! The token of a scheme, which all calls of a client share.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

use http::HeaderValue;

use super::endpoint::Endpoint;
use super::flight::Flight;
use super::{Token, TokenError, TokenErrorKind, TokenSource};
use crate::client::Redaction;
use crate::{Clock, Secret, TransportError};

/// How long before its end a token is renewed: time for a call to be sent, and for clocks that differ.
/// Of a token that lives shortly, a fifth of its life.
const MARGIN: Duration = Duration::from_secs(60);
/// How long a call waits for a new token while the one before is still good, at most.
const EARLY: Duration = Duration::from_secs(3);
/// How long after such a wait that gave nothing the token before is used without another.
const PAUSE: Duration = Duration::from_secs(10);
/// How long a token is kept that was refused although it was new.
const TRUST: Duration = Duration::from_secs(60);
/// Of so many tokens it is remembered that they are secret: a server may quote one of before.
const REMEMBERED: usize = 8;

/// Keeps a token, and has it renewed by one call at a time.
pub(crate) struct Cache {
    scheme: &'static str,
    /// What stands before the token in the header.
    word: &'static str,
    clock: Arc<dyn Clock>,
    provider: Provider,
    state: Mutex<State>,
    /// The request for the next token: whoever has the lock drives it. It stays when its driver is
    /// cancelled, and the next one goes on with it.
    flight: tokio::sync::Mutex<Option<Flight>>,
}

/// Where tokens come from.
#[derive(Clone)]
pub(super) enum Provider {
    Endpoint(Arc<Endpoint>),
    Source(Arc<dyn TokenSource>),
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// How many requests for tokens have ended.
    landed: u64,
    /// Why the last of them gave none.
    failure: Option<TokenError>,
    /// Until when no token is renewed before its end.
    pause: Option<Instant>,
    /// The grant's secrets, and the latest tokens.
    secrets: Vec<String>,
    tokens: Vec<String>,
    redaction: Arc<Redaction>,
}

struct Held {
    bearer: Bearer,
    /// When it is to be renewed, and when it ends; `None`: never.
    ends: Option<(Instant, Instant)>,
    rejected: bool,
    /// Until when it is kept although a server answers 401 to it.
    stands: Option<Instant>,
}

/// A token, as it is sent.
#[derive(Clone)]
pub(crate) struct Bearer {
    pub(crate) header: HeaderValue,
    serial: u64,
}

/// What is there.
enum Look {
    Good(Bearer),
    /// Good, and no more from then on.
    Ageing(Bearer, Instant),
    Nothing,
}

impl Cache {
    pub(super) fn new(
        scheme: &'static str,
        word: &'static str,
        clock: Arc<dyn Clock>,
        provider: Provider,
        secrets: Vec<String>,
    ) -> Self {
        let state = State {
            redaction: Arc::new(Redaction::new(secrets.iter().map(String::as_str))),
            secrets,
            ..State::default()
        };
        Self {
            scheme,
            word,
            clock,
            provider,
            state: Mutex::new(state),
            flight: tokio::sync::Mutex::new(None),
        }
    }

    /// Begins with a token that is there already.
    ///
    /// # Errors
    /// When no header can carry it.
    pub(super) fn begin(&self, token: Token) -> Result<(), TokenError> {
        let now = self.clock.now();
        self.land(now, Ok(token)).map(|_| ())
    }

    /// A token that is good, from what is kept or from where tokens come from, for a call that has so
    /// much time left; `None`: it has no end.
    pub(crate) async fn bearer(&self, left: Option<Duration>) -> Result<Bearer, TokenError> {
        let (look, landed) = self.look();
        let (bearer, end) = match look {
            Look::Good(bearer) => return Ok(bearer),
            Look::Ageing(bearer, end) => (bearer, end),
            Look::Nothing => {
                let mut flight = self.flight.lock().await;
                return self.next(&mut flight, landed).await;
            }
        };
        // While another call renews it, it is good.
        let Ok(mut flight) = self.flight.try_lock() else {
            return Ok(bearer);
        };
        // Most of the call's time is the call's own.
        let early = left.map_or(EARLY, |left| EARLY.min(left / 4));
        let result = {
            let mut next = pin!(self.next(&mut flight, landed));
            let mut timer = None;
            poll_fn(|context| {
                if let Poll::Ready(result) = next.as_mut().poll(context) {
                    return Poll::Ready(Some(result));
                }
                let timer = timer.get_or_insert_with(|| self.clock.timer(early));
                timer.as_mut().poll(context).map(|()| None)
            })
            .await
        };
        if let Some(Ok(next)) = result {
            return Ok(next);
        }
        let now = self.clock.now();
        self.state().pause = now.checked_add(PAUSE);
        if now < end {
            return Ok(bearer);
        }
        match result {
            Some(result) => result,
            None => self.next(&mut flight, landed).await,
        }
    }

    /// The next token, once nobody else is about to get it.
    async fn next(&self, flight: &mut Option<Flight>, landed: u64) -> Result<Bearer, TokenError> {
        if let Some(result) = self.since(landed) {
            return result;
        }
        loop {
            let inherited = flight.is_some();
            if let Some(flight) = flight {
                flight.inherit(self.clock.now());
            }
            let (since, result) = match self.arrival(flight).await {
                Some(arrived) => arrived,
                None if inherited => continue,
                None => (self.clock.now(), Err(TokenError::silent(self.scheme))),
            };
            let result = self.land(since, result);
            // What was asked for by a call that was given up may be too old.
            if inherited && (result.is_err() || matches!(self.look().0, Look::Nothing)) {
                continue;
            }
            return result;
        }
    }

    /// Why a call has no token whose time was over first.
    pub(crate) fn late(&self, error: &TransportError) -> TokenError {
        TokenError::late(self.scheme, error)
    }

    /// The server does not take a token: it is not used again. Whether another one may help.
    pub(crate) fn reject(&self, bearer: &Bearer) -> bool {
        let now = self.clock.now();
        let mut state = self.state();
        let Some(held) = &mut state.held else {
            return true;
        };
        if held.bearer.serial != bearer.serial {
            return true;
        }
        if held.stands.is_some_and(|end| now < end) {
            return false;
        }
        held.rejected = true;
        true
    }

    /// The server does not take a token that was issued in place of one that it did not take either:
    /// it is not about the token. It is kept, and so it is when other calls end like this.
    pub(crate) fn stand_by(&self, bearer: &Bearer) {
        let now = self.clock.now();
        let mut state = self.state();
        if let Some(held) = &mut state.held
            && held.bearer.serial == bearer.serial
            && held.stands.is_none()
        {
            held.stands = now.checked_add(TRUST);
        }
    }

    /// What takes the grant's secrets and the latest tokens out of what a server says.
    pub(crate) fn redaction(&self) -> Arc<Redaction> {
        Arc::clone(&self.state().redaction)
    }

    fn look(&self) -> (Look, u64) {
        let state = self.state();
        let held = state.held.as_ref().filter(|held| !held.rejected);
        let now = self.clock.now();
        let is_paused = state.pause.is_some_and(|pause| now < pause);
        let look = match held {
            None => Look::Nothing,
            Some(held) => match held.ends {
                Some((_, end)) if now >= end => Look::Nothing,
                Some((soon, end)) if now >= soon && !is_paused => {
                    Look::Ageing(held.bearer.clone(), end)
                }
                _ => Look::Good(held.bearer.clone()),
            },
        };
        (look, state.landed)
    }

    /// What another call has come by since so many requests had ended. A token that is good for
    /// nothing but the calls that waited for it is good for those.
    fn since(&self, landed: u64) -> Option<Result<Bearer, TokenError>> {
        let state = self.state();
        if state.landed == landed {
            return None;
        }
        if let Some(failure) = &state.failure {
            return Some(Err(failure.clone()));
        }
        let held = state.held.as_ref().filter(|held| !held.rejected);
        held.map(|held| Ok(held.bearer.clone()))
    }

    /// Drives the request to its end; `None`: its time is over, and it is gone. It is put back between
    /// polls, and so is gone when it panics.
    async fn arrival(
        &self,
        flight: &mut Option<Flight>,
    ) -> Option<(Instant, Result<Token, TokenError>)> {
        let mut timer = None;
        poll_fn(|context| {
            let mut now = flight.take().unwrap_or_else(|| self.take_off());
            // Before the time, which may have run out while the answer came and nobody looked.
            if let Poll::Ready(result) = now.token.as_mut().poll(context) {
                return Poll::Ready(Some((now.since, result)));
            }
            if let Some(left) = now.left(self.clock.now()) {
                let timer = timer.get_or_insert_with(|| self.clock.timer(left));
                if left.is_zero() || timer.as_mut().poll(context).is_ready() {
                    return Poll::Ready(None);
                }
            }
            *flight = Some(now);
            Poll::Pending
        })
        .await
    }

    fn take_off(&self) -> Flight {
        let now = self.clock.now();
        match self.provider.clone() {
            Provider::Endpoint(endpoint) => {
                let spends = endpoint.spends();
                Flight::of_endpoint(now, spends, async move { endpoint.token().await })
            }
            Provider::Source(source) => {
                let scheme = self.scheme;
                Flight::of_source(now, async move {
                    let token = source.token().await;
                    token.map_err(|error| TokenError::of_source(scheme, error))
                })
            }
        }
    }

    /// Keeps what a request gave. It is as old as the request.
    fn land(
        &self,
        since: Instant,
        result: Result<Token, TokenError>,
    ) -> Result<Bearer, TokenError> {
        let result = result.and_then(|token| Ok((self.header(&token)?, token)));
        let mut state = self.state();
        state.landed = state.landed.wrapping_add(1);
        state.failure = None;
        state.pause = None;
        match result {
            Ok((header, token)) => {
                let serial = state.landed;
                let bearer = Bearer { header, serial };
                state.held = Some(Held {
                    bearer: bearer.clone(),
                    ends: token.expires_in.and_then(|life| ends(since, life)),
                    rejected: false,
                    stands: None,
                });
                state.remember(token);
                Ok(bearer)
            }
            Err(error) => {
                let error = error.redacted(&state.redaction);
                state.failure = Some(error.clone());
                Err(error)
            }
        }
    }

    fn header(&self, token: &Token) -> Result<HeaderValue, TokenError> {
        let text = format!("{} {}", self.word, token.access_token.expose());
        let mut header = HeaderValue::from_bytes(text.as_bytes()).map_err(|_| {
            let message = "the token has characters that no header can carry";
            TokenError::new(TokenErrorKind::Response, self.scheme, message)
        })?;
        header.set_sensitive(true);
        Ok(header)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn remember(&mut self, token: Token) {
        let refresh = token.refresh_token.map(Secret::into_inner);
        for secret in std::iter::once(token.access_token.into_inner()).chain(refresh) {
            // Those that are good are the first, and the last to be forgotten.
            self.tokens.retain(|other| *other != secret);
            self.tokens.insert(0, secret);
        }
        self.tokens.truncate(REMEMBERED);
        let all = self.secrets.iter().chain(&self.tokens);
        self.redaction = Arc::new(Redaction::new(all.map(String::as_str)));
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache")
            .field("scheme", &self.scheme)
            .finish_non_exhaustive()
    }
}

/// When a token is to be renewed, and when it ends; `None`: later than can be said.
fn ends(since: Instant, life: Duration) -> Option<(Instant, Instant)> {
    let end = since.checked_add(life)?;
    let margin = MARGIN.min(life / 5);
    Some((end.checked_sub(margin).unwrap_or(since), end))
}
