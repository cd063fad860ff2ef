//! The order in which a record shows its fields.
//!
//! The keys of `properties` have no order of their own, so the document's cannot count: it may change
//! from one answer of a server to the next. Fields come as a reader looks for them instead.

use crate::ir::{Api, Field, TypeBody};

/// Sorts the fields of every record: `id` first, then what is required, both by name, then the rest.
pub(super) fn run(api: &mut Api) {
    for def in &mut api.types {
        if let TypeBody::Record(record) = &mut def.body {
            record.fields.sort_by(|a, b| rank(a).cmp(&rank(b)));
        }
    }
}

fn rank(field: &Field) -> (bool, bool, &str) {
    (field.wire_name != "id", !field.required, &field.wire_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Record, Role, Schema, TypeDef};

    #[test]
    fn the_id_then_what_is_required_then_the_rest() {
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
        ];
        let mut api = Api::default();
        api.types.push(TypeDef {
            component: None,
            hints: Vec::new(),
            role: Role::Shared,
            title: None,
            description: None,
            body: TypeBody::Record(Record {
                fields,
                ..Record::default()
            }),
            default: None,
            examples: Vec::new(),
            deprecated: false,
            origins: Vec::new(),
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
        assert_eq!(names, ["id", "c", "z", "a", "b"]);
    }
}
