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
    /// The query parameter that takes `field[comparator]:value`. `None`: query parameters that are
    /// named as fields select the records that are equal.
    pub filter: Option<String>,
    /// The query parameter that takes `field[Direction]`, several of them separated by commas.
    pub order_by: Option<String>,
    /// How many records are on a page where the document has no default.
    pub page_size: u32,
    /// How many records one request may carry; `None`: any number.
    pub batch_limit: Option<u32>,
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
