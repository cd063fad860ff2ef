//! `Verifier`: from a delivery to an event that one can rely on.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::{SignedDuration, Timestamp};

use super::body::text_at;
use super::event::event_headers;
use super::received::Received;
use super::replay::{MemoryReplayStore, ReplayKey, ReplayStore};
use super::scheme::{ID, Kind, SIGNATURE, Scheme, Unit};
use super::secret::{Mac, key};
use super::signature::{check, rounded, sent_at, sign, written};
use super::{Accepted, Error, Events, SecretError, Signed, Verified};
use crate::{Clock, Secret, TokioClock};

/// How old a delivery may be, and how far in the future its time may be.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);
/// How long a delivery is remembered whose time is not signed.
const MEMORY: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// The longer one of the units of timestamps.
const SECOND: Duration = Duration::from_secs(1);

/// Tells genuine deliveries from others, and reads them.
///
/// Accepted is what is signed with one of the secrets, was sent at most five minutes ago where the
/// time is signed, and did not come before. It is cheap to clone, and clones share what they remember.
pub struct Verifier<E> {
    scheme: Scheme,
    keys: Vec<Mac>,
    tolerance: Option<Duration>,
    memory: Duration,
    clock: Arc<dyn Clock>,
    store: Option<Arc<dyn ReplayStore>>,
    namespace: Arc<str>,
    events: PhantomData<fn() -> E>,
}

impl<E: Signed> Verifier<E> {
    /// With the secret that the API signs with.
    ///
    /// # Errors
    /// When the secret is empty, or is not written as the scheme asks.
    pub fn new(secret: impl Into<Secret>) -> Result<Self, SecretError> {
        Self::with_scheme(E::SCHEME, secret)
    }
}

impl<E: Events> Verifier<E> {
    /// For deliveries that are signed otherwise than the document says, or where it says nothing.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_scheme(scheme: Scheme, secret: impl Into<Secret>) -> Result<Self, SecretError> {
        Ok(Self {
            keys: vec![key(&scheme, &secret.into())?],
            scheme,
            tolerance: Some(TOLERANCE),
            memory: MEMORY,
            clock: Arc::new(TokioClock),
            store: Some(Arc::new(MemoryReplayStore::default())),
            namespace: E::NAMESPACE.into(),
            events: PhantomData,
        })
    }

    /// Accepts a further secret, while one takes the place of another.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn also(mut self, secret: impl Into<Secret>) -> Result<Self, SecretError> {
        self.keys.push(key(&self.scheme, &secret.into())?);
        Ok(self)
    }

    /// How old a delivery may be, and how far in the future its time may be, to the unit of its
    /// timestamp: five minutes unless said here; `None`: any. Without a timestamp in what is signed,
    /// this says nothing.
    #[must_use]
    pub fn tolerance(mut self, tolerance: impl Into<Option<Duration>>) -> Self {
        self.tolerance = tolerance.into();
        self
    }

    /// How long deliveries are remembered whose time does not limit how long they are accepted: a week
    /// unless said here.
    #[must_use]
    pub fn remember_for(mut self, memory: Duration) -> Self {
        self.memory = memory;
        self
    }

    /// What tells the time, in place of the system.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// What remembers deliveries, in place of this process's memory. Verifiers of several webhooks of
    /// one API that share it need a [`namespace`](Self::namespace) each: an event that is sent to two of
    /// them has the same id.
    #[must_use]
    pub fn replay_store(mut self, store: impl ReplayStore) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// What keeps these deliveries apart from those of others in a store that they share: the path of
    /// the module of the events unless said here. With another one, what is remembered counts no more.
    #[must_use]
    pub fn namespace(mut self, namespace: impl Into<Arc<str>>) -> Self {
        self.namespace = namespace.into();
        self
    }

    /// Accepts deliveries that came before, too: for receivers that recognise them by themselves.
    #[must_use]
    pub fn without_replay_protection(mut self) -> Self {
        self.store = None;
        self
    }

    /// Verifies a delivery and reads it. It is remembered when all of this went well; what cannot be
    /// dealt with afterwards is given back by [`release`](Self::release).
    ///
    /// `headers` are an [`http::HeaderMap`] or any pairs of name and value, `body` is the body as it
    /// came: one that was read and written again has another signature.
    ///
    /// # Errors
    /// See [`Error`], which says what to answer. A known event whose body is not what the document says
    /// is an [`Error::Body`]: who wants to go on with it takes the steps of [`webhook`](super) one by
    /// one, and reads it by [`Verified::payload`].
    pub fn verify<N, V>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<Accepted<E>, Error>
    where
        N: AsRef<str>,
        V: AsRef<[u8]>,
    {
        let verified = self.authenticate(headers, body)?;
        let event = verified.event()?;
        self.claim(&verified)?;
        let key = verified.replay_key;
        Ok(Accepted { event, key })
    }

    /// The first step of [`verify`](Self::verify): signature and time. Nothing is remembered.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn authenticate<'b, N, V>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &'b [u8],
    ) -> Result<Verified<'b, E>, Error>
    where
        N: AsRef<str>,
        V: AsRef<[u8]>,
    {
        let names = self
            .scheme
            .headers()
            .into_iter()
            .chain(event_headers::<E>());
        self.authentic(Received::pick(names, headers), body)
    }

    fn authentic<'b>(&self, received: Received, body: &'b [u8]) -> Result<Verified<'b, E>, Error> {
        let signature = check(&self.scheme, &self.keys, &received, body)?;
        let sent_at = sent_at(&self.scheme, &received)?;
        let now = self.clock.timestamp();
        self.in_time(sent_at, now)?;
        for header in event_headers::<E>() {
            received.text(header)?;
        }
        let remember_until = match (sent_at, self.tolerance) {
            // It is accepted to the end of the last second or millisecond.
            (Some(sent_at), Some(tolerance)) => later(later(sent_at, tolerance), SECOND),
            _ => later(now, self.memory),
        };
        Ok(Verified {
            replay_key: self.replay_key(&received, &signature, body)?,
            received,
            body,
            sent_at,
            now,
            remember_until,
            events: PhantomData,
        })
    }

    fn in_time(&self, sent_at: Option<Timestamp>, now: Timestamp) -> Result<(), Error> {
        let (Some(sent_at), Some(tolerance)) = (sent_at, self.tolerance) else {
            return Ok(());
        };
        let unit = self
            .scheme
            .timestamp()
            .map_or(Unit::Seconds, |(_, unit)| unit);
        let age = rounded(now, unit).saturating_sub(rounded(sent_at, unit));
        let (age, early) = (age.unsigned_abs(), age < 0);
        let age = match unit {
            Unit::Seconds => Duration::from_secs(age),
            Unit::Milliseconds => Duration::from_millis(age),
        };
        match (age > tolerance, early) {
            (false, _) => Ok(()),
            (true, false) => Err(Error::TooOld(age)),
            (true, true) => Err(Error::TooEarly(age)),
        }
    }

    /// What is signed of a delivery and no other has: its id where there is one, else its signature.
    fn replay_key(
        &self,
        received: &Received,
        signature: &[u8],
        body: &[u8],
    ) -> Result<ReplayKey, Error> {
        if let Kind::StandardWebhooks = self.scheme.kind {
            return Ok(ReplayKey::of_id(&self.namespace, received.one(ID)?));
        }
        let id = match self.scheme.delivery_id {
            [] => None,
            // A body that is no JSON has no id, and is told apart all the same.
            keys => text_at(body, keys).ok().flatten(),
        };
        Ok(match id {
            Some(id) if !id.is_empty() => ReplayKey::of_id(&self.namespace, id.as_bytes()),
            _ => ReplayKey::of_signature(&self.namespace, signature),
        })
    }

    /// The last step of [`verify`](Self::verify): remembers a delivery that did not come before.
    ///
    /// # Errors
    /// [`Error::Replay`] when it did, [`Error::Store`] when that is not known.
    pub fn claim(&self, verified: &Verified<'_, E>) -> Result<(), Error> {
        let Some(store) = &self.store else {
            return Ok(());
        };
        let key = &verified.replay_key;
        match store.claim(key, verified.remember_until, verified.now) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::Replay(*key)),
            Err(error) => Err(Error::Store(error)),
        }
    }

    /// Forgets a delivery that could not be dealt with, so that the sender's next attempt is accepted.
    /// Answer with an error then, so that there is one.
    pub fn release(&self, key: &ReplayKey) {
        if let Some(store) = &self.store {
            store.release(key);
        }
    }

    /// The headers of a delivery with this body as the API would send it now, for the tests of a
    /// receiver. The first secret signs.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> HeaderMap {
        let now = self.clock.timestamp();
        let mut headers = HeaderMap::new();
        for (header, unit) in self.scheme.timestamps() {
            put(&mut headers, header, &rounded(now, unit).to_string());
        }
        let header = match &self.scheme.kind {
            Kind::Hmac(hmac) => hmac.header,
            Kind::StandardWebhooks => {
                let id = ReplayKey::of_id("", body);
                put(&mut headers, ID, &format!("msg_{id}"));
                SIGNATURE
            }
        };
        let received = Received::pick(self.scheme.headers(), &headers);
        if let Some(key) = self.keys.first()
            && let Ok(tag) = sign(&self.scheme, key, &received, body)
        {
            put(&mut headers, header, &written(&self.scheme, &tag));
        }
        headers
    }
}

/// Sets a header, if it can be one.
fn put(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

impl<E> Clone for Verifier<E> {
    fn clone(&self) -> Self {
        Self {
            scheme: self.scheme,
            keys: self.keys.clone(),
            tolerance: self.tolerance,
            memory: self.memory,
            clock: Arc::clone(&self.clock),
            store: self.store.clone(),
            namespace: Arc::clone(&self.namespace),
            events: PhantomData,
        }
    }
}

impl<E> fmt::Debug for Verifier<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("scheme", &self.scheme)
            .field("secrets", &self.keys.len())
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}
