//! What a correction is about, and what it changes.

use super::pagination;
use super::raw::RawOverride;
use crate::config::{Change, PointerPattern, Target};
use crate::ir::Kind;

/// What is corrected, how, and why.
///
/// # Errors
///
/// What is wrong with the correction, in words.
pub(super) fn read(mut raw: RawOverride) -> Result<(Target, Change, String), String> {
    let target = target(&raw)?;
    let reason = raw.reason.take().unwrap_or_default();
    if reason.trim().is_empty() {
        return Err("an override needs a `reason`".to_owned());
    }
    let change = change(raw, &reason)?;
    check_target(&target, &change)?;
    Ok((target, change, reason))
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
            pagination::read(pagination, reason)?.map(Box::new),
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
