//! What tells events apart, and which options they are.

use super::is_heard;
use crate::ir::Api;
use crate::n8n::model::EventKind;
use crate::names::N8nEvents;
use indexmap::IndexMap;

/// Events by where their names and their records are, in the order of the document.
pub(super) fn kinds(api: &Api, names: &N8nEvents) -> Vec<EventKind> {
    let mut kinds: Vec<EventKind> = Vec::new();
    for (index, event) in api.events.iter().enumerate() {
        let (Some(key), Some(wire_name), Some(option)) =
            (&event.key, &event.wire_name, names.event(index))
        else {
            continue;
        };
        if !is_heard(event) {
            continue;
        }
        let known = kinds
            .iter_mut()
            .find(|kind| kind.key == *key && kind.record == event.record_path);
        let (name, value) = (wire_name.clone(), option.value.clone());
        match known {
            Some(kind) => {
                kind.events.insert(name, value);
            }
            None => kinds.push(EventKind {
                key: key.clone(),
                record: event.record_path.clone(),
                events: IndexMap::from([(name, value)]),
            }),
        }
    }
    kinds
}

/// The options that stand for others, with those.
pub(super) fn groups(names: &N8nEvents) -> IndexMap<String, Vec<String>> {
    let members = |members: &[usize]| {
        let options = members.iter().filter_map(|index| names.event(*index));
        options.map(|option| option.value.clone()).collect()
    };
    let groups = names.groups.iter();
    groups
        .map(|group| (group.option.value.clone(), members(&group.members)))
        .collect()
}
