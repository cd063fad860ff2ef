//! Lists: which records, in which order, and which of them are on a page.
//!
//! ```text
//! fields   the fields of a record that a request names
//! filter   `field[comparator]:value` (parsed and tested)
//! order    `field[Direction]`
//! cursor   an opaque place in an ordered list
//! page     one page, by every strategy
//! onward   the parameter in the URL of the next page
//! slots    where requests say which page they want
//! select   all of this for one request
//! ```

mod cursor;
mod fields;
mod filter;
mod onward;
mod order;
mod page;
mod select;
mod slots;

pub(crate) use onward::Onward;
pub(crate) use page::{Page, page};
pub(crate) use select::{Which, selected_ids};
