//! What was found out about an API, for people and for machines to read.

mod json;
mod table;
mod text;
mod webhooks;

pub use json::{ActionReport, EventReport, Report, report};
pub use text::action;
pub use webhooks::{event, shared};

use crate::ir::{Api, Kind};
use crate::passes::kinds;

/// The kinds that have a column of their own, in the order users see them.
const COLUMNS: [Kind; 12] = [
    Kind::FindMany,
    Kind::FindOne,
    Kind::CreateOne,
    Kind::CreateMany,
    Kind::UpdateOne,
    Kind::UpdateMany,
    Kind::Upsert,
    Kind::DeleteOne,
    Kind::DeleteMany,
    Kind::FindDuplicates,
    Kind::Merge,
    Kind::Restore,
];

/// The matrix of resources and kinds: a row per resource, a column per kind that any of them has,
/// and the custom actions by name.
pub fn matrix(api: &Api) -> String {
    let used: Vec<&Kind> = COLUMNS
        .iter()
        .filter(|kind| api.actions.iter().any(|action| action.kind == **kind))
        .collect();
    let mut rows = vec![header(&used)];
    for resource in &api.resources {
        let actions = || resource.actions.iter().filter_map(|id| api.action(*id));
        let mut row = vec![resource.tag.clone()];
        for kind in &used {
            let has = actions().any(|action| action.kind == **kind);
            row.push(if has { "x" } else { "" }.to_owned());
        }
        let custom: Vec<String> = actions()
            .filter(|action| matches!(action.kind, Kind::Custom { .. }))
            .map(|action| kinds::name(&action.kind))
            .collect();
        row.push(match custom.len() {
            0 => String::new(),
            count => format!("{count}: {}", custom.join(", ")),
        });
        rows.push(row);
    }
    let mut text = table::aligned(&rows);
    let counts = [
        (api.resources.len(), "resource"),
        (api.actions.len(), "action"),
        (api.types.len(), "type"),
        (api.events.len(), "event"),
    ];
    let counts = counts.map(|(count, noun)| match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    });
    text.push_str(&counts.join(", "));
    text.push('\n');
    text
}

/// A line for each action, in the order of the resources: where it belongs, what it is, what it calls and
/// its operationId, by which [`action`] is asked for.
pub fn actions(api: &Api) -> String {
    let title = ["resource", "action", "method and path", "operationId"];
    let mut rows = vec![title.map(str::to_owned).to_vec()];
    for resource in &api.resources {
        for action in resource.actions.iter().filter_map(|id| api.action(*id)) {
            rows.push(vec![
                text::row("", &resource.tag).1,
                kinds::name(&action.kind),
                text::row("", &format!("{} {}", action.method.as_str(), action.path)).1,
                text::row("", action.operation_id.as_deref().unwrap_or("")).1,
            ]);
        }
    }
    table::aligned(&rows)
}

fn header(used: &[&Kind]) -> Vec<String> {
    let mut row = vec!["resource".to_owned()];
    row.extend(used.iter().map(|kind| kinds::name(kind)));
    row.push("others".to_owned());
    row
}

#[cfg(test)]
mod tests;
