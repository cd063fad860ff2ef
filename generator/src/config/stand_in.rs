//! What a document cannot say of its server's behaviour: `[api.<name>.stand_in]`.

use serde::Deserialize;

/// How the stand-in for an API behaves where its document is silent. The default is a server that
/// does what most do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StandInProfile {
    /// How a field without a value is answered.
    pub unset: Unset,
    /// The query parameter that says how far relations are embedded (`depth`).
    pub depth: Option<String>,
    /// The query parameter that takes the bracket grammar: `field[comparator]:value` with `and(..)`,
    /// `or(..)` and `not(..)`. `None`: query parameters that are
    /// named as fields select the records that are equal.
    pub filter: Option<String>,
    /// The query parameter that takes `field[Direction]`, several of them separated by commas.
    pub order_by: Option<String>,
    /// How many records are on a page where the document has no default.
    pub page_size: u32,
    /// How many records one request may carry; `None`: any number.
    pub batch_limit: Option<u32>,
    /// What is said of more: `{limit}` and `{count}` stand for the numbers. `None`: in general words.
    pub batch_message: Option<String>,
    /// The boolean query parameter that says whether what is deleted can be restored. `None`: it can
    /// where the resource has an action that restores.
    pub soft_delete: Option<String>,
    /// The boolean query parameter by which creating changes the record that is there already.
    pub upsert: Option<String>,
    /// The field of a merge's body with the index of the record whose values win; `None`: the first.
    pub merge_priority: Option<String>,
    /// The boolean field of a merge's body that asks for the result only.
    pub merge_dry_run: Option<String>,
    /// The versions of UUIDs that ids of records may have; empty: any.
    pub uuid_versions: Vec<u8>,
    /// What a 429 says: `{requests}` and `{milliseconds}` stand for the limit. `None`: in general
    /// words.
    pub rate_limit_message: Option<String>,
    /// Whether a 429 has a `Retry-After`.
    pub retry_after: bool,
    /// The keys of every error's body; `None`: what the document declares for the status.
    pub error: Option<ErrorFields>,
}

impl Default for StandInProfile {
    fn default() -> Self {
        Self {
            unset: Unset::Absent,
            depth: None,
            filter: None,
            order_by: None,
            page_size: 20,
            batch_limit: None,
            batch_message: None,
            soft_delete: None,
            upsert: None,
            merge_priority: None,
            merge_dry_run: None,
            uuid_versions: Vec::new(),
            rate_limit_message: None,
            retry_after: true,
            error: None,
        }
    }
}

/// How a field without a value is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unset {
    /// It is left out.
    #[default]
    Absent,
    /// It is null.
    Null,
}

/// The keys of an error's body.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorFields {
    /// Takes the status as a number.
    pub status: Option<String>,
    /// Takes the status' name: `Bad Request`.
    pub name: Option<String>,
    /// Takes the list of what is wrong.
    pub messages: String,
}
