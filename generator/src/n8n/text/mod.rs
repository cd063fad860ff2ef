//! The document's texts as n8n shows them.
//!
//! n8n renders descriptions as HTML and has a linter with rules for every text: see the rules that are
//! named at the functions (`eslint-plugin-n8n-nodes-base`). A text that cannot be made fit is left
//! out.
//!
//! ```text
//! plain        CommonMark -> one line of text
//! description  a line -> a tooltip
//! whether      a line -> what a switch decides
//! placeholder  an example -> what an empty input shows
//! collate      the order in which the linter wants options and members
//! ```

mod collate;
mod description;
mod placeholder;
mod plain;
mod whether;

pub(super) use collate::sort_key;
pub(super) use description::{Kind, deprecated, description, is_well_cased, required};
pub(super) use placeholder::placeholder;
pub(super) use plain::{is_invisible, plain};
