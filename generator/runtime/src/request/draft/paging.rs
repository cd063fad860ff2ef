//! From one page of a list to the next.

use http::HeaderValue;
use serde_json::{Map, Value};

use super::super::{json, payload::Payload, style, url};
use super::{Draft, Place, Style};
use crate::response::{Next, Position, digest};
use crate::{Slot, Strategy};

const QUERY: Place = Place::Query {
    style: Style::Form,
    explode: true,
    reserved: false,
};

impl Draft {
    /// Where in the list the page is.
    pub(crate) const fn position(&self) -> &Position {
        &self.position
    }

    /// What the request was sent with where pages are counted.
    pub(crate) fn here(&self) -> Option<String> {
        match self.operation.paging?.slot()? {
            Slot::Query(_) => self.position.parameter.clone(),
            Slot::Header(name) => Some(self.headers.get(name)?.to_str().ok()?.to_owned()),
            Slot::Body(keys) => {
                let body: Value = serde_json::from_slice(&self.body.as_ref()?.1.bytes()?).ok()?;
                style::scalar(keys.iter().try_fold(&body, |value, key| value.get(key))?)
            }
        }
    }

    /// Sends the number of the first page where it is known and nothing is set: without a number some
    /// servers answer with everything.
    pub(crate) fn begin(&mut self) {
        let strategy = self.operation.paging.map(|paging| paging.strategy);
        if let Some(Strategy::Page {
            first: Some(first),
            current: None,
            slot,
        }) = strategy
            && self.here().is_none()
        {
            match slot {
                Slot::Query(name) => self.set(QUERY, name, &first),
                Slot::Header(name) => self.set_header(name, Style::Simple, false, &first),
                // A body that is no JSON object is told of when the next page is asked for.
                Slot::Body(keys) => drop(self.put(keys, &Value::from(first))),
            }
        }
    }

    /// Whether a page is the one before it again, as a server sends it that knows nothing of pages.
    /// Only where pages are counted: others tell where they go on.
    pub(crate) fn repeats(&mut self, content: &[u8]) -> bool {
        let is_counted = self.operation.paging.is_some_and(|it| it.is_counted());
        let own = is_counted
            .then(|| digest(content, self.operation.envelope))
            .flatten();
        let before = std::mem::replace(&mut self.position.before, own);
        own.is_some() && own == before
    }

    /// Whether a page that came again is the first one, of a list that begins with 1.
    pub(crate) fn is_first(&self) -> bool {
        let is_tried = self.operation.paging.is_some_and(|it| it.is_tried());
        is_tried && self.here().as_deref() == Some("1")
    }

    /// What a server says of the next page, without the credentials that it may have copied from the
    /// URL of this one: they are added anew.
    pub(crate) fn clean(&self, next: Next) -> Next {
        let strategy = self.operation.paging.map(|paging| paging.strategy);
        match strategy {
            Some(Strategy::Link | Strategy::Url(_)) => {
                let names = self.client.credential_parameters(self.operation);
                Next::of(Value::String(url::without(&next.text, &names)))
            }
            _ => next,
        }
    }

    /// Makes it the request for another page, after one with so many items.
    ///
    /// # Errors
    /// When the next page is at another origin, which must not see the credentials; when a cursor
    /// cannot be put where it belongs.
    pub(crate) fn move_to(&mut self, next: &Next, items: usize) -> Result<(), String> {
        self.position.fullest = self.position.fullest.max(items);
        // The next page is another request, and a key is of one.
        if let Some(name) = self.operation.idempotency_key {
            self.headers.remove(name);
        }
        let Some(paging) = self.operation.paging else {
            return Ok(());
        };
        let back = paging.back.filter(|_| self.position.backwards);
        match back.map(|(slot, _)| slot).or_else(|| paging.slot()) {
            Some(Slot::Query(name)) => {
                self.set(QUERY, name, &next.text);
                Ok(())
            }
            Some(Slot::Header(name)) => {
                self.set_header(name, Style::Simple, false, &next.text);
                Ok(())
            }
            Some(Slot::Body(keys)) => self.put(keys, &next.value),
            None => self.lead_to(&next.text),
        }
    }

    fn lead_to(&mut self, next: &str) -> Result<(), String> {
        let here = self.url().map_err(|error| error.to_string())?;
        // A cursor, say, of which nothing said that it is none: joined it would be another resource.
        if !next.contains(['/', '?']) {
            return Err("where a URL should be there is another text".to_owned());
        }
        let url = here
            .join(next)
            .map_err(|error| format!("the next page: {error}"))?;
        if url.origin() != here.origin() {
            return Err("the next page is at another origin".to_owned());
        }
        if self.operation.paging.is_some_and(|paging| paging.by_get) {
            // The same path with GET, without what the body selects, may well be another list.
            if self.url.is_none() && url.path() == here.path() {
                let method = self.operation.method;
                return Err(format!("the next page is at a URL that takes {method}"));
            }
            self.body = None;
        }
        self.url = Some(url);
        Ok(())
    }

    /// Sets a value inside the JSON body; a call without a body gets one.
    fn put(&mut self, keys: &[&str], value: &Value) -> Result<(), String> {
        let cannot = || "the next page cannot be asked for: the body is no JSON object".to_owned();
        let (kind, mut body) = match &self.body {
            None => (
                HeaderValue::from_static("application/json"),
                Value::Object(Map::new()),
            ),
            Some((kind, payload)) => {
                let bytes = payload.bytes().ok_or_else(cannot)?;
                let body = serde_json::from_slice(&bytes).map_err(|_| cannot())?;
                (kind.clone(), body)
            }
        };
        let mut place = &mut body;
        for key in keys {
            if place.is_null() {
                *place = Value::Object(Map::new());
            }
            let object = place.as_object_mut().ok_or_else(cannot)?;
            place = object.entry(*key).or_insert(Value::Null);
        }
        *place = value.clone();
        let body = json::to_vec(&body).map_err(|error| error.to_string())?;
        self.body = Some((kind, Payload::new(body.into())));
        Ok(())
    }
}
