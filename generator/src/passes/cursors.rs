//! Cursors are opaque, whatever format the document gives them.
//!
//! A document may call a cursor a UUID because the ones its author saw were; the next release of the
//! server sends base64, and a client that parses what it only hands back is broken for nothing.

use crate::ir::{Api, Primitive, Schema, Slot, Type, TypeBody};
use crate::names::words;

/// Makes plain strings of every field and parameter whose name ends with "cursor", and of the
/// parameters that pagination hands cursors to.
pub(super) fn run(api: &mut Api) {
    for def in &mut api.types {
        if let TypeBody::Record(record) = &mut def.body {
            for field in record
                .fields
                .iter_mut()
                .filter(|field| is_cursor(&field.wire_name))
            {
                make_opaque(&mut field.schema);
            }
        }
    }
    for action in &mut api.actions {
        let driven = action
            .pagination
            .as_ref()
            .and_then(|pagination| match &pagination.strategy {
                crate::ir::Strategy::Cursor { parameter, .. } => Some(parameter.clone()),
                _ => None,
            });
        for parameter in &mut action.parameters {
            let is = |slot: &Slot| slot.is(parameter.place, &parameter.wire_name);
            if is_cursor(&parameter.wire_name) || driven.as_ref().is_some_and(is) {
                make_opaque(&mut parameter.schema);
            }
        }
    }
}

fn is_cursor(name: &str) -> bool {
    words(name).last().is_some_and(|word| word == "cursor")
}

fn make_opaque(schema: &mut Schema) {
    let text = matches!(
        &schema.ty,
        Type::Primitive(
            Primitive::Uuid
                | Primitive::DateTime
                | Primitive::Date
                | Primitive::Time
                | Primitive::Duration
                | Primitive::Uri
                | Primitive::Base64
                | Primitive::Binary
        )
    );
    if text {
        schema.ty = Type::Primitive(Primitive::String { format: None });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_text_and_an_id_is_not() {
        let uuid = || Schema {
            ty: Type::Primitive(Primitive::Uuid),
            ..Schema::default()
        };
        let mut cursor = uuid();
        make_opaque(&mut cursor);
        assert_eq!(
            cursor.ty,
            Type::Primitive(Primitive::String { format: None })
        );
        assert!(is_cursor("endCursor") && is_cursor("next_cursor") && !is_cursor("cursorId"));
        let mut number = Schema {
            ty: Type::Primitive(Primitive::Number),
            ..Schema::default()
        };
        make_opaque(&mut number);
        assert_eq!(
            number.ty,
            Type::Primitive(Primitive::Number),
            "a numeric cursor stays a number"
        );
    }
}
