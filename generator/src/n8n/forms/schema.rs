//! A schema with what its aliases say.

use crate::ir::{Api, Constraints, Schema, Type, TypeBody};
use serde_json::Value;

/// What is said of a schema: by itself, else by the alias or the type that it names.
#[derive(Debug)]
pub(super) struct Settled<'a> {
    /// The type, no alias.
    pub(super) ty: &'a Type,
    pub(super) description: Option<&'a str>,
    pub(super) constraints: &'a Constraints,
    pub(super) default: Option<&'a Value>,
    pub(super) example: Option<&'a Value>,
}

impl<'a> Settled<'a> {
    pub(super) fn new(api: &'a Api, schema: &'a Schema) -> Self {
        let mut settled = Self {
            ty: &schema.ty,
            description: schema.description.as_deref(),
            constraints: &schema.constraints,
            default: schema.default.as_ref(),
            example: schema.examples.first(),
        };
        // A cycle of aliases ends here as in `Api::resolved`.
        for _ in 0..=api.types.len() {
            let Type::Named(id) = settled.ty else { break };
            let Some(def) = api.type_def(*id) else { break };
            settled.description = settled.description.or(def.description.as_deref());
            settled.default = settled.default.or(def.default.as_ref());
            settled.example = settled.example.or(def.examples.first());
            let TypeBody::Alias(inner) = &def.body else {
                break;
            };
            settled.ty = &inner.ty;
            settled.description = settled.description.or(inner.description.as_deref());
            settled.default = settled.default.or(inner.default.as_ref());
            settled.example = settled.example.or(inner.examples.first());
            if *settled.constraints == Constraints::default() {
                settled.constraints = &inner.constraints;
            }
        }
        settled
    }
}
