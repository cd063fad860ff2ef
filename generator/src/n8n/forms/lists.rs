//! Lists and maps.

use super::choices::takes_empty;
use super::objects::{at, sorted};
use super::scalars::is_sensitive;
use super::schema::Settled;
use super::unions::{TEXT, either};
use super::{Form, Forms, Input, one_of, property};
use crate::ir::{Primitive, Record, Schema, Type, TypeBody, TypeId};
use crate::n8n::model::{FixedCollectionSection, Property, PropertyKind, PropertyOptions, Shape};
use serde_json::{Value, json};

/// The name of the rows of a fixed collection; see [`Shape::Rows`].
const ROWS: &str = "rows";

impl<'a> Forms<'a> {
    pub(super) fn list(
        &mut self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        items: &'a Schema,
    ) -> Form {
        let item = Settled::new(self.api, items);
        let found = match item.ty {
            Type::Primitive(primitive) => Some(self.scalars(input, settled, items, primitive)),
            Type::Named(id) => match self.api.type_def(*id).map(|def| &def.body) {
                Some(TypeBody::Enum(it)) => self.choices(input, settled, it),
                Some(TypeBody::Record(record)) => self.rows(input, settled, *id, record),
                Some(TypeBody::Union(union)) => match self.scalar_of(union, input.carrier) {
                    Some(primitive) => Some(self.scalars(input, settled, items, primitive)),
                    None => self
                        .either(union)
                        .map(|shape| either(self.scalars(input, settled, items, TEXT), shape)),
                },
                Some(TypeBody::Alias(_)) | None => None,
            },
            Type::Any
            | Type::Never
            | Type::Null
            | Type::Constant(_)
            | Type::List(_)
            | Type::Tuple(..)
            | Type::Map(_) => None,
        };
        found.unwrap_or_else(|| self.json(input, settled))
    }

    /// Several scalars: texts in one input, others in rows.
    pub(super) fn scalars(
        &mut self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        items: &'a Schema,
        primitive: &Primitive,
    ) -> Form {
        let one = one_of(&input.label);
        let inner = Input {
            name: "value".to_owned(),
            wire_name: None,
            label: one.clone(),
            schema: items,
            description: None,
            example: None,
            target: None,
            ..input.clone()
        };
        let said = Settled::new(self.api, items);
        let form = self.scalar(&inner, &said, primitive);
        if form.property.kind != PropertyKind::String {
            return rows(
                input,
                settled,
                &one,
                vec![form.property],
                at(&["value"], form.shape),
            );
        }
        let nothing = Value::Array(Vec::new());
        let mut several = property(input, settled, PropertyKind::String, nothing);
        several.placeholder = form.property.placeholder;
        several.type_options = form.property.type_options;
        several.type_options.rows = None;
        several.type_options.password |= is_sensitive(&input.name);
        several.type_options.multiple_values = true;
        several.type_options.multiple_value_button_text = Some(format!("Add {one}"));
        if input.name == "email" && several.placeholder.is_none() {
            several.placeholder = Some("name@email.com".to_owned());
        }
        Form {
            property: several,
            shape: Shape::List(Box::new(form.shape)),
        }
    }

    /// Rows of an object's members; `None` where they lie too deep.
    fn rows(
        &mut self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        id: TypeId,
        record: &'a Record,
    ) -> Option<Form> {
        if input.levels == 0 || self.inside.contains(&id) {
            return None;
        }
        let mut members = self.members(id, record, input.levels - 1, input.carrier);
        if members.is_empty() {
            return None;
        }
        for (_, form) in &mut members.required {
            form.property.required = !takes_empty(&form.property);
        }
        members.show_few_texts();
        let label = if members.required.is_empty() {
            "Fields"
        } else {
            "Additional Fields"
        };
        let (mut properties, collection, shape) = members.split("additionalFields", label);
        properties.extend(collection);
        let shape = self.shared.add(self.api, id, shape);
        let one = one_of(&input.label);
        Some(rows(input, settled, &one, sorted(properties), shape))
    }

    /// Rows of a key and a value.
    pub(super) fn map(
        &mut self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        values: &'a Schema,
    ) -> Form {
        let key = Property::new("Key", "key", PropertyKind::String, "");
        let inner = Input {
            name: "value".to_owned(),
            wire_name: None,
            label: "Value".to_owned(),
            schema: values,
            description: None,
            example: None,
            target: None,
            levels: input.levels.saturating_sub(1),
            ..input.clone()
        };
        let said = Settled::new(self.api, values);
        let value = match said.ty {
            Type::Map(_) | Type::List(_) if input.levels == 0 => Some(self.json(&inner, &said)),
            _ => self.form(&inner),
        };
        let Some(value) = value else {
            return self.json(input, settled);
        };
        let fields = vec![key, value.property];
        Form {
            property: fixed_collection(input, settled, &one_of(&input.label), fields),
            shape: Shape::Map(Box::new(value.shape)),
        }
    }
}

fn rows(
    input: &Input<'_>,
    settled: &Settled<'_>,
    one: &str,
    values: Vec<Property>,
    shape: Shape,
) -> Form {
    Form {
        property: fixed_collection(input, settled, one, values),
        shape: Shape::Rows(Box::new(shape)),
    }
}

fn fixed_collection(
    input: &Input<'_>,
    settled: &Settled<'_>,
    one: &str,
    values: Vec<Property>,
) -> Property {
    let mut property = property(input, settled, PropertyKind::FixedCollection, json!({}));
    property.placeholder = Some(format!("Add {one}"));
    property.type_options.multiple_values = true;
    property.type_options.sortable = true;
    property.options = PropertyOptions::Sections(vec![FixedCollectionSection {
        display_name: one.to_owned(),
        name: ROWS.to_owned(),
        values,
    }]);
    property
}
