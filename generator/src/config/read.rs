//! Text into a configuration.

use std::sync::Arc;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::notes::RawNote;
use super::{
    ApiConfig, Change, Config, N8nProfile, Note, Output, Override, PointerPattern, StandInProfile,
    Target, WebhookProfile,
};
use crate::diag::{Code, Diagnostic, Diagnostics, Position};
use crate::ir::{Kind, Origin, Pagination, Slot, Source, Strategy};

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    #[serde(default)]
    api: IndexMap<Spanned<String>, RawApi>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawApi {
    spec: Spanned<String>,
    #[serde(default)]
    overlays: Vec<String>,
    root: Option<String>,
    version: Option<Spanned<String>>,
    base_url: Option<Spanned<String>>,
    outputs: Option<Vec<Spanned<String>>>,
    #[serde(default, rename = "override")]
    overrides: Vec<Spanned<RawOverride>>,
    #[serde(default)]
    stand_in: StandInProfile,
    #[serde(default)]
    n8n: Option<Spanned<N8nProfile>>,
    #[serde(default)]
    webhooks: Option<Spanned<WebhookProfile>>,
    #[serde(default, rename = "note")]
    notes: Vec<Spanned<RawNote>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOverride {
    at: Option<String>,
    operation: Option<String>,
    reason: Option<String>,
    nullable: Option<bool>,
    required: Option<bool>,
    secret: Option<bool>,
    wire_name: Option<String>,
    format: Option<String>,
    type_name: Option<String>,
    resource: Option<String>,
    kind: Option<String>,
    name: Option<String>,
    envelope: Option<Vec<String>>,
    pagination: Option<RawPagination>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawPagination {
    Switch(bool),
    Table(Box<RawPaginationTable>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPaginationTable {
    strategy: String,
    parameter: Option<String>,
    header: Option<String>,
    body: Option<Vec<String>>,
    next: Option<Vec<String>>,
    next_header: Option<String>,
    next_item: Option<Vec<String>>,
    #[serde(default)]
    items: Vec<String>,
    size: Option<String>,
    more: Option<Vec<String>>,
    total: Option<Vec<String>>,
    pages: Option<Vec<String>>,
    first: Option<i64>,
}

/// Reads the text, see [`Config::parse`].
pub(super) fn config(file: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) -> Config {
    let mut reader = Reader {
        file,
        text,
        diagnostics,
    };
    match toml::from_str::<RawConfig>(text) {
        Ok(raw) => reader.config(raw),
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start);
            reader.error("", start, error.message().to_owned());
            Config::default()
        }
    }
}

struct Reader<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn config(&mut self, raw: RawConfig) -> Config {
        let mut apis: Vec<_> = raw.api.into_iter().collect();
        apis.sort_by_key(|(name, _)| name.span().start);
        Config {
            apis: apis
                .into_iter()
                .filter_map(|(name, raw)| self.api(&name, raw))
                .collect(),
        }
    }

    fn api(&mut self, name: &Spanned<String>, raw: RawApi) -> Option<ApiConfig> {
        let pointer = format!("/api/{}", name.get_ref());
        if !is_name(name.get_ref()) {
            self.error(
                &pointer,
                name.span().start,
                format!(
                    "`{}` cannot name an API: use a lower-case letter, then lower-case letters, \
                     digits and underscores",
                    name.get_ref()
                ),
            );
            return None;
        }
        let mut api = ApiConfig::for_name(name.get_ref());
        api.spec = raw.spec.into_inner();
        api.overlays = raw.overlays;
        api.root = raw.root;
        api.stand_in = raw.stand_in;
        if let Some(profile) = raw.n8n {
            api.n8n = self.n8n(&format!("{pointer}/n8n"), profile);
        }
        if let Some(profile) = raw.webhooks {
            api.webhooks = self.webhooks(&format!("{pointer}/webhooks"), profile);
        }
        if let Some(version) = raw.version {
            if is_semver(version.get_ref()) {
                api.version = version.into_inner();
            } else {
                let message = format!(
                    "`{}` is not a version: write it as \"1.2.3\"",
                    version.get_ref()
                );
                self.error(&format!("{pointer}/version"), version.span().start, message);
            }
        }
        if let Some(url) = raw.base_url {
            if url.get_ref().starts_with("https://") || url.get_ref().starts_with("http://") {
                api.base_url = Some(url.into_inner());
            } else {
                let message = format!("`{}` is not an http or https URL", url.get_ref());
                self.error(&format!("{pointer}/base_url"), url.span().start, message);
            }
        }
        if let Some(words) = raw.outputs {
            api.outputs = self.outputs(&pointer, words);
        }
        api.overrides = raw
            .overrides
            .into_iter()
            .enumerate()
            .filter_map(|(index, raw)| self.entry(&format!("{pointer}/override/{index}"), raw))
            .collect();
        api.notes = raw
            .notes
            .into_iter()
            .enumerate()
            .filter_map(|(index, raw)| self.note(&format!("{pointer}/note/{index}"), raw))
            .collect();
        Some(api)
    }

    fn n8n(&mut self, pointer: &str, profile: Spanned<N8nProfile>) -> N8nProfile {
        let start = profile.span().start;
        let profile = profile.into_inner();
        for (key, message) in profile.faults() {
            self.error(&format!("{pointer}/{key}"), start, message);
        }
        profile
    }

    fn webhooks(&mut self, pointer: &str, profile: Spanned<WebhookProfile>) -> WebhookProfile {
        let start = profile.span().start;
        let profile = profile.into_inner();
        for (key, message) in profile.faults() {
            self.error(&format!("{pointer}/{key}"), start, message);
        }
        WebhookProfile {
            origin: Origin::new(Arc::clone(self.file), pointer),
            position: Some(position(self.text, start)),
            ..profile
        }
    }

    fn outputs(&mut self, pointer: &str, words: Vec<Spanned<String>>) -> Vec<Output> {
        let mut outputs = Vec::new();
        for word in words {
            match Output::from_word(word.get_ref()) {
                Some(output) if !outputs.contains(&output) => outputs.push(output),
                Some(_) => {}
                None => {
                    let message = format!(
                        "`{}` is not an output: there are rust, n8n and docs",
                        word.get_ref()
                    );
                    self.error(&format!("{pointer}/outputs"), word.span().start, message);
                }
            }
        }
        outputs
    }

    fn entry(&mut self, pointer: &str, raw: Spanned<RawOverride>) -> Option<Override> {
        let start = raw.span().start;
        let mut raw = raw.into_inner();
        let result = target(&raw).and_then(|target| {
            let reason = raw.reason.take().unwrap_or_default();
            if reason.trim().is_empty() {
                return Err("an override needs a `reason`".to_owned());
            }
            let change = change(raw, &reason)?;
            check_target(&target, &change)?;
            Ok((target, change, reason))
        });
        match result {
            Ok((target, change, reason)) => Some(Override {
                target,
                change,
                reason,
                origin: Origin::new(Arc::clone(self.file), pointer),
                position: Some(position(self.text, start)),
            }),
            Err(message) => {
                self.error(pointer, start, message);
                None
            }
        }
    }

    fn note(&mut self, pointer: &str, raw: Spanned<RawNote>) -> Option<Note> {
        let start = raw.span().start;
        match raw.into_inner().read() {
            Ok((target, kind, text)) => Some(Note {
                target,
                kind,
                text,
                origin: Origin::new(Arc::clone(self.file), pointer),
                position: Some(position(self.text, start)),
            }),
            Err(message) => {
                self.error(pointer, start, message);
                None
            }
        }
    }

    fn error(&mut self, pointer: &str, start: usize, message: String) {
        let origin = Origin::new(Arc::clone(self.file), pointer);
        self.diagnostics.push(
            Diagnostic::error(Code::Config, origin, message).position(position(self.text, start)),
        );
    }
}

fn target(raw: &RawOverride) -> Result<Target, String> {
    match (&raw.at, &raw.operation) {
        (Some(at), None) => PointerPattern::read(at).map(Target::At),
        (None, Some(operation)) => Ok(Target::Operation(operation.clone())),
        _ => Err("an override needs one of `at` and `operation`".to_owned()),
    }
}

fn change(raw: RawOverride, reason: &str) -> Result<Change, String> {
    let mut changes = Vec::new();
    changes.extend(raw.nullable.map(Change::Nullable));
    changes.extend(raw.required.map(Change::Required));
    changes.extend(raw.secret.map(Change::Secret));
    changes.extend(raw.wire_name.map(Change::WireName));
    changes.extend(raw.format.map(Change::Format));
    changes.extend(raw.type_name.map(Change::TypeName));
    changes.extend(raw.resource.map(Change::Resource));
    if let Some(kind) = raw.kind {
        changes.push(Change::Kind(kind_of(&kind)?));
    }
    changes.extend(raw.name.map(Change::Name));
    changes.extend(raw.envelope.map(Change::Envelope));
    if let Some(pagination) = raw.pagination {
        changes.push(Change::Pagination(
            pagination_of(pagination, reason)?.map(Box::new),
        ));
    }
    let mut changes = changes.into_iter();
    match (changes.next(), changes.next()) {
        (Some(change), None) => Ok(change),
        (None, _) => Err("this override changes nothing".to_owned()),
        (Some(one), Some(other)) => Err(format!(
            "an override changes one thing, this one `{}` and `{}`",
            one.key(),
            other.key()
        )),
    }
}

/// Operations are named by `operation`, the nodes of schemas and parameters by `at`.
fn check_target(target: &Target, change: &Change) -> Result<(), String> {
    let of_operation = match change {
        Change::Nullable(_)
        | Change::Required(_)
        | Change::Secret(_)
        | Change::WireName(_)
        | Change::Format(_)
        | Change::TypeName(_) => false,
        Change::Resource(_)
        | Change::Kind(_)
        | Change::Name(_)
        | Change::Envelope(_)
        | Change::Pagination(_) => true,
    };
    match (target, of_operation) {
        (Target::At(_), true) => Err(format!(
            "`{}` is said of an `operation`, not `at` a pointer",
            change.key()
        )),
        (Target::Operation(_), false) => Err(format!(
            "`{}` is said `at` a pointer, not of an `operation`",
            change.key()
        )),
        _ => Ok(()),
    }
}

const KINDS: [(&str, Kind); 13] = [
    ("find_many", Kind::FindMany),
    ("find_one", Kind::FindOne),
    ("create_one", Kind::CreateOne),
    ("create_many", Kind::CreateMany),
    ("update_one", Kind::UpdateOne),
    ("update_many", Kind::UpdateMany),
    ("delete_one", Kind::DeleteOne),
    ("delete_many", Kind::DeleteMany),
    ("find_duplicates", Kind::FindDuplicates),
    ("upsert", Kind::Upsert),
    ("restore", Kind::Restore),
    ("merge", Kind::Merge),
    ("custom", Kind::Custom { words: Vec::new() }),
];

fn kind_of(word: &str) -> Result<Kind, String> {
    KINDS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, kind)| kind.clone())
        .ok_or_else(|| {
            let known: Vec<_> = KINDS.iter().map(|(name, _)| *name).collect();
            format!("`{word}` is not a kind: there are {}", known.join(", "))
        })
}

fn pagination_of(raw: RawPagination, reason: &str) -> Result<Option<Pagination>, String> {
    let table = match raw {
        RawPagination::Switch(false) => return Ok(None),
        RawPagination::Switch(true) => {
            return Err("`pagination` is false or a table that says how".to_owned());
        }
        RawPagination::Table(table) => table,
    };
    let slots = [
        table.parameter.map(Slot::Query),
        table.header.map(Slot::Header),
        table.body.map(Slot::Body),
    ];
    let parameter = slots.into_iter().flatten().next().ok_or_else(|| {
        let strategy = &table.strategy;
        format!("pagination by {strategy} needs a `parameter`, a `header` or the keys of a `body`")
    });
    let url = table
        .next
        .clone()
        .ok_or_else(|| format!("pagination by {} needs the keys to `next`", table.strategy));
    let sources = [
        table.next.map(Source::Body),
        table.next_header.map(Source::Header),
        table.next_item.map(Source::LastItem),
    ];
    let next = sources.into_iter().flatten().next().ok_or_else(|| {
        let strategy = &table.strategy;
        format!(
            "pagination by {strategy} needs the keys to `next`, a `next_header` or a `next_item`"
        )
    });
    let strategy = match table.strategy.as_str() {
        "cursor" => Strategy::Cursor {
            parameter: parameter?,
            next: next?,
            previous: None,
        },
        "page" => Strategy::Page {
            parameter: parameter?,
            first: table.first.or(Some(1)),
            current: None,
        },
        "offset" => Strategy::Offset {
            parameter: parameter?,
            first: table.first.unwrap_or(0),
        },
        "link_header" => Strategy::LinkHeader,
        "next_url" => Strategy::NextUrl { next: url? },
        other => {
            return Err(format!(
                "`{other}` is not a strategy: there are cursor, page, offset, link_header, next_url"
            ));
        }
    };
    Ok(Some(Pagination {
        strategy,
        items: table.items,
        size: table.size.map(Slot::Query),
        more: table.more,
        total: table.total.map(Source::Body),
        pages: table.pages.map(Source::Body),
        evidence: reason.to_owned(),
    }))
}

/// Whether a name can stand for a module and a package.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a text has the shape that Semantic Versioning 2.0.0 asks for.
fn is_semver(text: &str) -> bool {
    let (text, build) = text
        .split_once('+')
        .map_or((text, None), |(v, b)| (v, Some(b)));
    let (core, pre) = text
        .split_once('-')
        .map_or((text, None), |(v, p)| (v, Some(p)));
    let number = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
            && part.parse::<u64>().is_ok()
    };
    let words = |text: &str| {
        text.split('.').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
    };
    core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(words)
        && build.is_none_or(words)
}

/// Line and column of a byte.
fn position(text: &str, byte: usize) -> Position {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |index| index + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before
            .get(line_start..)
            .map_or(0, |line| line.chars().count())
            + 1,
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
