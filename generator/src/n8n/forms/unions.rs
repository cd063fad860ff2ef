//! Unions: where all variants are scalars the widest input, or one for text that may stand for
//! another scalar, else an editor for JSON.

use super::scalars::text;
use super::schema::Settled;
use super::{Carrier, Form, Forms, Input};
use crate::ir::{Primitive, Schema, Type, TypeBody, Union};
use crate::n8n::model::{PropertyKind, Shape};
use crate::n8n::text::plain;
use serde_json::Value;

/// Unions of unions that are followed.
const DEEPEST: usize = 4;

pub(super) const TEXT: &Primitive = &Primitive::String { format: None };

impl<'a> Forms<'a> {
    pub(super) fn union(
        &mut self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        union: &'a Union,
    ) -> Form {
        if let Some(primitive) = self.scalar_of(union, input.carrier) {
            return self.scalar(input, settled, primitive);
        }
        if let Some(shape) = self.either(union) {
            return either(text(input, settled, TEXT), shape);
        }
        if let Some(items) = self.list_of(union) {
            // Elsewhere one value travels as a list of one does.
            let several = match self.api.resolved(&items.ty) {
                // What stands alone may be what is no choice of the list.
                it @ Type::Named(_) if self.has_other(union, it) => {
                    self.scalars(input, settled, items, TEXT)
                }
                _ => self.list(input, settled, items),
            };
            return match input.carrier {
                Carrier::Json => self.one_or_many(input, settled, items, several),
                Carrier::Text | Carrier::Parts => several,
            };
        }
        let mut form = self.json(input, settled);
        if form.property.hint.is_none() {
            form.property.hint = tags(union);
        }
        form
    }

    /// The scalar that can be every variant, when all of them are scalars: text before numbers before
    /// whole numbers. In JSON a text is never a number.
    pub(super) fn scalar_of(&self, union: &'a Union, carrier: Carrier) -> Option<&'a Primitive> {
        let widest = self.widest(union, 0)?;
        let variants = union.variants.iter();
        let mut scalars = variants.filter_map(|it| self.scalar_type(&it.schema.ty, 0));
        let agrees = scalars.all(|it| is_text(it) == is_text(widest));
        (carrier != Carrier::Json || agrees).then_some(widest)
    }

    /// How a text is read that may stand for another scalar: where all variants are scalars, and
    /// some of them are texts and others are not.
    pub(super) fn either(&self, union: &Union) -> Option<Shape> {
        let mut found = Found::default();
        self.collect(union, &mut found, 0)?;
        match (found.text, found.number, found.boolean) {
            (true, true, true) => Some(Shape::TextOrScalar),
            (true, true, false) => Some(Shape::TextOrNumber),
            (true, false, true) => Some(Shape::TextOrBoolean),
            _ => None,
        }
    }

    /// `None` where a variant is no scalar.
    fn collect(&self, union: &Union, found: &mut Found, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        for variant in &union.variants {
            let ty = self.api.resolved(&variant.schema.ty);
            if let Type::Named(id) = ty
                && let TypeBody::Union(inner) = &self.api.type_def(*id)?.body
            {
                self.collect(inner, found, depth + 1)?;
                continue;
            }
            match self.scalar_type(ty, 0)? {
                Primitive::Binary | Primitive::File => return None,
                Primitive::Boolean => found.boolean = true,
                it if is_number(it) => found.number = true,
                _ => found.text = true,
            }
        }
        Some(())
    }

    fn widest(&self, union: &'a Union, depth: usize) -> Option<&'a Primitive> {
        if depth > DEEPEST {
            return None;
        }
        let mut widest: Option<&'a Primitive> = None;
        for variant in &union.variants {
            let primitive = self.scalar_type(&variant.schema.ty, depth)?;
            widest = Some(match widest {
                None => primitive,
                Some(known) => wider(known, primitive)?,
            });
        }
        widest
    }

    fn scalar_type(&self, ty: &'a Type, depth: usize) -> Option<&'a Primitive> {
        match self.api.resolved(ty) {
            Type::Primitive(primitive) => Some(primitive),
            Type::Constant(Value::String(_)) => Some(TEXT),
            Type::Constant(Value::Number(_)) => Some(&Primitive::Number),
            Type::Constant(Value::Bool(_)) => Some(&Primitive::Boolean),
            Type::Named(id) => match &self.api.type_def(*id)?.body {
                TypeBody::Enum(it) if it.integer => Some(&Primitive::Number),
                TypeBody::Enum(_) => Some(TEXT),
                TypeBody::Union(union) => self.widest(union, depth + 1),
                TypeBody::Record(_) | TypeBody::Alias(_) => None,
            },
            Type::Any
            | Type::Never
            | Type::Null
            | Type::Constant(_)
            | Type::List(_)
            | Type::Tuple(..)
            | Type::Map(_) => None,
        }
    }

    /// Whether a union has a scalar beside this one.
    fn has_other(&self, union: &Union, one: &Type) -> bool {
        let mut variants = union.variants.iter();
        variants.any(|variant| {
            let ty = self.api.resolved(&variant.schema.ty);
            ty != one && !matches!(ty, Type::List(_))
        })
    }

    /// One value or several: a choice of several, or a text.
    fn one_or_many(
        &mut self,
        input: &Input<'a>,
        settled: &Settled<'a>,
        items: &'a Schema,
        several: Form,
    ) -> Form {
        let Form { property, shape } = several;
        if let (PropertyKind::MultiOptions, Shape::List(one)) = (property.kind, shape) {
            let mut property = property;
            property.hint = Some("Sent as a list unless an expression gives one value".to_owned());
            return Form {
                property,
                shape: Shape::OneOrMany(one),
            };
        }
        let item = Settled::new(self.api, items);
        let primitive = self.scalar_type(item.ty, 0).unwrap_or(TEXT);
        let one = self.scalar(input, settled, primitive);
        let mut form = text(input, settled, TEXT);
        form.property.kind = PropertyKind::String;
        form.property.hint = Some("One value, or a list in JSON".to_owned());
        form.shape = Shape::OneOrMany(Box::new(one.shape));
        form
    }

    /// The items of a list, where the other variants are such an item alone.
    fn list_of(&self, union: &'a Union) -> Option<&'a Schema> {
        let mut lists = union.variants.iter().filter_map(|variant| {
            match self.api.resolved(&variant.schema.ty) {
                Type::List(items) => Some(&**items),
                _ => None,
            }
        });
        let items = lists.next()?;
        let item = self.scalar_type(&items.ty, 0)?;
        let alone = |ty: &'a Type| {
            matches!(self.api.resolved(ty), Type::List(_)) || self.scalar_type(ty, 0) == Some(item)
        };
        let fits = lists.next().is_none()
            && union
                .variants
                .iter()
                .all(|variant| alone(&variant.schema.ty));
        fits.then_some(items)
    }
}

/// Tags that a hint names.
const MOST_TAGS: usize = 6;

/// What tells the variants apart, where no variant says it of itself: whoever writes the JSON must know.
fn tags(union: &Union) -> Option<String> {
    let tag = &union.variants.first()?.added_tag.as_ref()?.property;
    let variants = union.variants.iter();
    let values = variants.filter_map(|it| it.added_tag.as_ref()?.values.first());
    let quoted: Vec<String> = values.map(|it| format!("\"{it}\"")).collect();
    let shown = quoted.get(..MOST_TAGS).unwrap_or(&quoted).join(", ");
    let more = if quoted.len() > MOST_TAGS { ", .." } else { "" };
    Some(plain(&format!(
        "Its \"{tag}\" says which it is: {shown}{more}"
    )))
}

/// The kinds of scalars in a union.
#[derive(Debug, Default)]
struct Found {
    text: bool,
    number: bool,
    boolean: bool,
}

/// Makes an input for text one that may stand for another scalar.
pub(super) fn either(mut form: Form, shape: Shape) -> Form {
    if form.property.kind != PropertyKind::String {
        return form;
    }
    let what = match shape {
        Shape::TextOrNumber => "a number",
        Shape::TextOrBoolean => "true or false",
        _ => "a number, true or false",
    };
    form.property.hint = Some(format!("Sent as text unless it is {what}"));
    form.shape = match form.shape {
        Shape::List(_) => Shape::List(Box::new(shape)),
        _ => shape,
    };
    form
}

/// The scalar that can be both; `None` where there is none.
fn wider<'p>(one: &'p Primitive, other: &'p Primitive) -> Option<&'p Primitive> {
    if one == other {
        return Some(one);
    }
    match (one, other) {
        (Primitive::Binary, _) | (_, Primitive::Binary) => None,
        // A text could not say which of them is meant.
        (Primitive::Boolean, it) | (it, Primitive::Boolean) if is_number(it) => None,
        _ if is_number(one) && is_number(other) => Some(&Primitive::Number),
        _ => Some(TEXT),
    }
}

fn is_number(primitive: &Primitive) -> bool {
    matches!(
        primitive,
        Primitive::Number | Primitive::Integer { .. } | Primitive::Decimal { quoted: false }
    )
}

/// Whether it travels as a text in JSON.
fn is_text(primitive: &Primitive) -> bool {
    !is_number(primitive) && *primitive != Primitive::Boolean
}
