//! Where the record is in an event's payload.

use crate::ir::{Api, Record, Resource, Schema, Type, TypeId};
use crate::names::words;
use crate::passes::shapes::{Shape, shape};

/// Keys that lead to the record.
pub(super) const RECORDS: &[&str] = &[
    "data", "entity", "item", "object", "payload", "record", "resource",
];

/// How deep the record may be: `data.object` is two.
const LEVELS: usize = 3;

/// The keys to the record in a payload: those to the resource's record, else the usual ones.
pub(super) fn path(api: &Api, payload: TypeId, resource: Option<&Resource>) -> Option<Vec<String>> {
    let known = resource
        .and_then(|r| r.record)
        .and_then(|record| path_to(api, payload, record));
    known.or_else(|| {
        let fits = |key: &str, schema: &Schema| {
            let usual = RECORDS.iter().any(|usual| usual.eq_ignore_ascii_case(key));
            let named = resource.is_some_and(|resource| words(key) == resource.singular);
            (usual || named) && matches!(shape(api, &schema.ty), Shape::Record(..))
        };
        let mut path = Vec::new();
        let mut current = record(api, payload);
        while path.len() < LEVELS
            && let Some(field) = current
                .and_then(|record| record.fields.iter().find(|f| fits(&f.wire_name, &f.schema)))
        {
            path.push(field.wire_name.clone());
            current = api.record(&field.schema.ty).map(|(_, record)| record);
        }
        Some(path)
    })
}

/// The shortest way from one record to another, breadth first.
pub(super) fn path_to(api: &Api, from: TypeId, to: TypeId) -> Option<Vec<String>> {
    let mut level = vec![(from, Vec::new())];
    for _ in 0..=LEVELS {
        let mut next = Vec::new();
        for (id, path) in level {
            if id == to {
                return Some(path);
            }
            for field in record(api, id)
                .into_iter()
                .flat_map(|record| &record.fields)
            {
                // A resource's record leads on to others: only what is named as a wrapper is one.
                let wraps = RECORDS
                    .iter()
                    .any(|key| key.eq_ignore_ascii_case(&field.wire_name));
                if let Some((inner, _)) = api.record(&field.schema.ty)
                    && (wraps || inner == to)
                {
                    let mut path: Vec<String> = path.clone();
                    path.push(field.wire_name.clone());
                    next.push((inner, path));
                }
            }
        }
        level = next;
    }
    None
}

fn record(api: &Api, id: TypeId) -> Option<&Record> {
    api.record(&Type::Named(id)).map(|(_, record)| record)
}
