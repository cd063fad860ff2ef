//! The order in which a record shows its fields.
//!
//! The keys of `properties` have no order of their own, so the document's cannot count: it may change
//! from one answer of a server to the next. `required` is an array, whose order its author chose: a
//! start before its end. Fields come as a reader looks for them.

use crate::ir::{Api, Field, TypeBody};
use std::collections::HashMap;

/// Sorts the fields of every record: `id` first, then what is required, in the order of `required`, then
/// the rest by name.
pub(super) fn run(api: &mut Api) {
    for def in &mut api.types {
        if let TypeBody::Record(record) = &mut def.body {
            let listed = record.required.iter().map(String::as_str);
            let listed: HashMap<&str, usize> = listed.zip(0..).collect();
            let rank = |field: &Field| rank(field, &listed);
            record.fields.sort_by_cached_key(rank);
        }
    }
}

/// What the configuration requires, and `required` does not list, comes behind what is listed.
fn rank(field: &Field, listed: &HashMap<&str, usize>) -> (bool, bool, usize, String) {
    let place = listed.get(field.wire_name.as_str()).copied();
    let place = place.filter(|_| field.required).unwrap_or(usize::MAX);
    let id = field.wire_name == "id";
    (!id, !field.required, place, field.wire_name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Record, Role, Schema, TypeDef};

    #[test]
    fn the_id_then_what_is_required_as_listed_then_the_rest() {
        let field = |name: &str, required| Field {
            wire_name: name.to_owned(),
            required,
            schema: Schema::default(),
            read_only: false,
            write_only: false,
            secret: false,
            relation: None,
            indirect: false,
            origin: Default::default(),
        };
        let fields = vec![
            field("b", false),
            field("z", true),
            field("id", false),
            field("a", false),
            field("c", true),
            field("m", true),
        ];
        let mut api = Api::default();
        api.types.push(TypeDef {
            xml: None,
            component: None,
            hints: Vec::new(),
            role: Role::Shared,
            title: None,
            description: None,
            body: TypeBody::Record(Record {
                fields,
                // `b` was made optional by the configuration, `c` required.
                required: ["z", "b", "m"].map(str::to_owned).to_vec(),
                ..Record::default()
            }),
            default: None,
            examples: Vec::new(),
            deprecated: false,
            origins: Vec::new(),
            rules: Vec::new(),
            other_way: None,
        });
        run(&mut api);
        let TypeBody::Record(record) = &api.types[0].body else {
            panic!("still a record")
        };
        let names: Vec<&str> = record
            .fields
            .iter()
            .map(|field| field.wire_name.as_str())
            .collect();
        assert_eq!(names, ["id", "z", "m", "c", "a", "b"]);
    }
}
