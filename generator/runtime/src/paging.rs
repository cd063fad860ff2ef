//! What is known of how a list continues: plain constant data.

/// The keys from an object to a value inside it.
pub type Keys = &'static [&'static str];

/// How a list continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paging {
    /// How it moves on.
    pub strategy: Strategy,
    /// The keys from the body to a boolean that says whether there is more.
    pub more: Option<Keys>,
    /// The number of items in all pages.
    pub total: Option<Source>,
    /// The number of pages.
    pub pages: Option<Source>,
    /// What goes the other way, and the cursor that it takes.
    pub back: Option<(Slot, Source)>,
    /// Whether the page behind a URL is asked for with GET and without a body, as the first is not.
    pub by_get: bool,
}

/// How a list moves on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Strategy {
    /// The request takes the cursor that the page before had.
    Cursor(Slot, Source),
    /// The request takes the page's number.
    Page {
        /// Where.
        slot: Slot,
        /// The first page's number; `None`: 0 or 1, which is found out.
        first: Option<i64>,
        /// The keys to the number of the page that came, which counts where it is there.
        current: Option<Keys>,
    },
    /// The request takes the number of items to skip.
    Offset {
        /// Where.
        slot: Slot,
        /// The first item's number.
        first: i64,
    },
    /// The `Link` header has the next page's URL under `rel="next"` (RFC 8288).
    Link,
    /// The body has the next page's URL at these keys.
    Url(Keys),
}

/// Where a request takes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Slot {
    /// In this query parameter.
    Query(&'static str),
    /// In this header.
    Header(&'static str),
    /// In the JSON body, at these keys.
    Body(Keys),
}

/// Where a response has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// In the body, at these keys.
    Body(Keys),
    /// In this header.
    Header(&'static str),
    /// In the page's last item, at these keys.
    LastItem(Keys),
    /// In the page's first item, at these keys.
    FirstItem(Keys),
}

impl Paging {
    /// A list that moves on so.
    #[must_use]
    pub const fn new(strategy: Strategy) -> Self {
        Self {
            strategy,
            more: None,
            total: None,
            pages: None,
            back: None,
            by_get: false,
        }
    }

    /// The query parameter `parameter` takes the cursor found at the keys `next` of the body.
    #[must_use]
    pub const fn cursor(parameter: &'static str, next: Keys) -> Self {
        Self::new(Strategy::Cursor(Slot::Query(parameter), Source::Body(next)))
    }

    /// `slot` takes the cursor found at `next`.
    ///
    /// ```
    /// use specwright_runtime::{Paging, Slot, Source};
    ///
    /// const BY_LAST_ITEM: Paging =
    ///     Paging::cursor_in(Slot::Query("starting_after"), Source::LastItem(&["id"]));
    /// ```
    #[must_use]
    pub const fn cursor_in(slot: Slot, next: Source) -> Self {
        Self::new(Strategy::Cursor(slot, next))
    }

    /// The query parameter `parameter` takes the page's number, `first` for the first page.
    #[must_use]
    pub const fn page(parameter: &'static str, first: i64) -> Self {
        Self::page_in(Slot::Query(parameter), first)
    }

    /// `slot` takes the page's number, `first` for the first page.
    #[must_use]
    pub const fn page_in(slot: Slot, first: i64) -> Self {
        Self::new(Strategy::Page {
            slot,
            first: Some(first),
            current: None,
        })
    }

    /// `slot` takes the page's number, and nobody says whether the first is 0 or 1. After the page that
    /// comes by itself page 1 is asked for; when that is the same one, the list goes on with 2, and the
    /// stream of pages has an empty one.
    #[must_use]
    pub const fn page_from_0_or_1(slot: Slot) -> Self {
        Self::new(Strategy::Page {
            slot,
            first: None,
            current: None,
        })
    }

    /// The query parameter `parameter` takes the number of items to skip.
    #[must_use]
    pub const fn offset(parameter: &'static str) -> Self {
        Self::offset_in(Slot::Query(parameter), 0)
    }

    /// `slot` takes the number of the first item wanted, where the very first one is `first`.
    #[must_use]
    pub const fn offset_in(slot: Slot, first: i64) -> Self {
        Self::new(Strategy::Offset { slot, first })
    }

    /// The `Link` header has the next page's URL.
    #[must_use]
    pub const fn link() -> Self {
        Self::new(Strategy::Link)
    }

    /// The body has the next page's URL at these keys.
    #[must_use]
    pub const fn url(next: Keys) -> Self {
        Self::new(Strategy::Url(next))
    }

    /// The page behind a URL is asked for with GET and without a body, though the first is not.
    #[must_use]
    pub const fn by_get(self) -> Self {
        Self {
            by_get: true,
            ..self
        }
    }

    /// The keys to a boolean that says whether there is more.
    #[must_use]
    pub const fn more(self, keys: Keys) -> Self {
        Self {
            more: Some(keys),
            ..self
        }
    }

    /// The keys to the number of items in all pages.
    #[must_use]
    pub const fn total(self, keys: Keys) -> Self {
        self.total_in(Source::Body(keys))
    }

    /// Where the number of items in all pages is.
    #[must_use]
    pub const fn total_in(self, source: Source) -> Self {
        Self {
            total: Some(source),
            ..self
        }
    }

    /// Where the number of pages is.
    #[must_use]
    pub const fn pages_in(self, source: Source) -> Self {
        Self {
            pages: Some(source),
            ..self
        }
    }

    /// Numbered pages say at these keys of the body which one they are.
    #[must_use]
    pub const fn current(self, keys: Keys) -> Self {
        let strategy = match self.strategy {
            Strategy::Page { slot, first, .. } => Strategy::Page {
                slot,
                first,
                current: Some(keys),
            },
            other => other,
        };
        Self { strategy, ..self }
    }

    /// The query parameter `parameter` goes the other way: it takes the cursor found at `previous`. A
    /// list that is begun with it goes on so, to the page that has no items or no such cursor.
    #[must_use]
    pub const fn back(self, parameter: &'static str, previous: Keys) -> Self {
        self.back_in(Slot::Query(parameter), Source::Body(previous))
    }

    /// As [`Paging::back`], with other places.
    #[must_use]
    pub const fn back_in(self, slot: Slot, previous: Source) -> Self {
        Self {
            back: Some((slot, previous)),
            ..self
        }
    }

    /// What moves it on.
    pub(crate) const fn slot(&self) -> Option<Slot> {
        match self.strategy {
            Strategy::Cursor(slot, _)
            | Strategy::Page { slot, .. }
            | Strategy::Offset { slot, .. } => Some(slot),
            Strategy::Link | Strategy::Url(_) => None,
        }
    }

    /// Whether it has to be found out which page is the first.
    pub(crate) const fn is_tried(&self) -> bool {
        matches!(
            self.strategy,
            Strategy::Page {
                first: None,
                current: None,
                ..
            }
        )
    }

    /// Whether pages or items are counted, which never ends by itself.
    pub(crate) const fn is_counted(&self) -> bool {
        matches!(
            self.strategy,
            Strategy::Page { .. } | Strategy::Offset { .. }
        )
    }
}
