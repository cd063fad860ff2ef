//! What a type is, through its aliases.

use crate::ir::{
    Action, Api, Body, Encoding, Field, Media, Primitive, Record, Schema, Type, TypeBody, TypeId,
};

/// What a value looks like on the wire.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape<'a> {
    /// An object with known properties.
    Record(TypeId, &'a Record),
    /// An array.
    List(&'a Schema),
    /// An object with any keys.
    Map,
    /// One of several.
    Union,
    /// One value of a list of values.
    Enum,
    /// A scalar.
    Scalar(&'a Primitive),
    /// One value.
    Constant,
    /// Nothing is known.
    Unknown,
}

/// The shape of a type.
pub(super) fn shape<'a>(api: &'a Api, ty: &'a Type) -> Shape<'a> {
    match api.resolved(ty) {
        Type::Named(id) => match api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Record(record)) => Shape::Record(*id, record),
            Some(TypeBody::Enum(_)) => Shape::Enum,
            Some(TypeBody::Union(_)) => Shape::Union,
            Some(TypeBody::Alias(_)) | None => Shape::Unknown,
        },
        Type::List(item) => Shape::List(item),
        Type::Tuple(..) | Type::Any | Type::Never | Type::Null => Shape::Unknown,
        Type::Map(_) => Shape::Map,
        Type::Primitive(primitive) => Shape::Scalar(primitive),
        Type::Constant(_) => Shape::Constant,
    }
}

impl Shape<'_> {
    /// Whether it holds other values.
    pub(super) fn is_data(&self) -> bool {
        match self {
            Self::Record(..) | Self::List(_) | Self::Map | Self::Union => true,
            Self::Enum | Self::Scalar(_) | Self::Constant | Self::Unknown => false,
        }
    }
}

/// The schema of the body that an action answers with, where it is JSON, or XML with a type.
pub(super) fn success_schema(action: &Action) -> Option<&Schema> {
    let success = action.outcome.success.as_ref()?;
    let response = action.outcome.responses.get(success.response)?;
    let media = response.media.get(success.media?)?;
    let has_type = media.encoding == Encoding::Json || media.typed_xml;
    has_type.then_some(&media.schema)
}

/// The media type of a request body that is looked at: JSON, or the first.
pub(super) fn main_media(body: &Body) -> Option<&Media> {
    body.media
        .iter()
        .find(|media| matches!(media.encoding, Encoding::Json))
        .or_else(|| body.media.first())
}

/// The property of a record with this key.
pub(super) fn field<'a>(record: &'a Record, key: &str) -> Option<&'a Field> {
    record.fields.iter().find(|field| field.wire_name == key)
}

/// The schema at the end of a path of keys.
pub(super) fn at_path<'a>(api: &'a Api, ty: &'a Type, path: &[String]) -> Option<&'a Schema> {
    let (last, before) = path.split_last()?;
    let mut current = ty;
    for key in before {
        let (_, record) = api.record(current)?;
        current = &field(record, key)?.schema.ty;
    }
    let (_, record) = api.record(current)?;
    Some(&field(record, last)?.schema)
}

/// The record that a type is, or a list of which it is.
pub(super) fn record_or_item<'a>(api: &'a Api, ty: &'a Type) -> Option<(TypeId, bool)> {
    match shape(api, ty) {
        Shape::Record(id, _) => Some((id, false)),
        Shape::List(item) => api.record(&item.ty).map(|(id, _)| (id, true)),
        _ => None,
    }
}
