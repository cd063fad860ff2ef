//! From one page of a list to the next.

use super::super::url;
use super::{Draft, Place, Style};
use crate::Strategy;
use crate::response::Position;

impl Draft {
    /// Where in the list the page is.
    pub(crate) const fn position(&self) -> &Position {
        &self.position
    }

    /// What a server says of the next page, without the credentials that it may have copied from the
    /// URL of this one: they are added anew.
    pub(crate) fn clean(&self, next: String) -> String {
        let strategy = self.operation.paging.map(|paging| paging.strategy);
        match strategy {
            Some(Strategy::Link | Strategy::Url(_)) => {
                let names = self.client.credential_parameters(self.operation);
                url::without(&next, &names)
            }
            _ => next,
        }
    }

    /// Makes it the request for another page, after one with so many items.
    ///
    /// # Errors
    /// When the next page is at another origin, which must not see the credentials.
    pub(crate) fn move_to(&mut self, next: &str, items: usize) -> Result<(), String> {
        self.position.fullest = self.position.fullest.max(items);
        // The next page is another request, and a key is of one.
        if let Some(name) = self.operation.idempotency_key {
            self.headers.remove(name);
        }
        let Some(paging) = self.operation.paging else {
            return Ok(());
        };
        match paging.strategy {
            Strategy::Cursor(name, _) | Strategy::Page(name, _) | Strategy::Offset(name) => {
                let back = paging.back.filter(|_| self.position.backwards);
                let name = back.map_or(name, |(back, _)| back);
                let place = Place::Query {
                    style: Style::Form,
                    explode: true,
                    reserved: false,
                };
                self.set(place, name, next);
            }
            Strategy::Link | Strategy::Url(_) => {
                let here = self.url().map_err(|error| error.to_string())?;
                let url = here
                    .join(next)
                    .map_err(|error| format!("the next page: {error}"))?;
                if url.origin() != here.origin() {
                    return Err("the next page is at another origin".to_owned());
                }
                self.url = Some(url);
            }
        }
        Ok(())
    }
}
