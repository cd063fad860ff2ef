//! The file as it is written, before it means anything.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use crate::config::notes::RawNote;
use crate::config::{N8nProfile, StandInProfile, WebhookProfile};

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConfig {
    #[serde(default)]
    pub(super) api: IndexMap<Spanned<String>, RawApi>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawApi {
    pub(super) spec: Spanned<String>,
    #[serde(default)]
    pub(super) overlays: Vec<String>,
    pub(super) root: Option<String>,
    pub(super) version: Option<Spanned<String>>,
    pub(super) base_url: Option<Spanned<String>>,
    pub(super) outputs: Option<Vec<Spanned<String>>>,
    #[serde(default, rename = "override")]
    pub(super) overrides: Vec<Spanned<RawOverride>>,
    #[serde(default)]
    pub(super) stand_in: StandInProfile,
    #[serde(default)]
    pub(super) n8n: Option<Spanned<N8nProfile>>,
    #[serde(default)]
    pub(super) webhooks: Option<Spanned<WebhookProfile>>,
    #[serde(default, rename = "note")]
    pub(super) notes: Vec<Spanned<RawNote>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOverride {
    pub(super) at: Option<String>,
    pub(super) operation: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) nullable: Option<bool>,
    pub(super) required: Option<bool>,
    pub(super) secret: Option<bool>,
    pub(super) wire_name: Option<String>,
    pub(super) format: Option<String>,
    pub(super) type_name: Option<String>,
    pub(super) resource: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) name: Option<String>,
    pub(super) envelope: Option<Vec<String>>,
    pub(super) pagination: Option<RawPagination>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum RawPagination {
    Switch(bool),
    Table(Box<RawPaginationTable>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPaginationTable {
    pub(super) strategy: String,
    pub(super) parameter: Option<String>,
    pub(super) header: Option<String>,
    pub(super) body: Option<Vec<String>>,
    pub(super) next: Option<Vec<String>>,
    pub(super) next_header: Option<String>,
    pub(super) next_item: Option<Vec<String>>,
    #[serde(default)]
    pub(super) items: Vec<String>,
    pub(super) size: Option<String>,
    pub(super) more: Option<Vec<String>>,
    pub(super) total: Option<Vec<String>>,
    pub(super) pages: Option<Vec<String>>,
    pub(super) first: Option<i64>,
}
