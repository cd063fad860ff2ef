//! The last look at the types, when all of them have been read.

use crate::diag::{Code, Diagnostic};
use crate::ir::{Schema, Type, TypeBody, TypeDef, TypeId};
use crate::normalise::reader::Reader;

impl Reader<'_, '_> {
    /// Breaks aliases that lead only to each other, and finds what tells variants apart.
    pub(in crate::normalise) fn settle(&mut self) -> Vec<TypeDef> {
        let mut types = std::mem::take(&mut self.types.defs);
        for id in (0..types.len()).map(TypeId) {
            if !is_endless(&types, id) {
                continue;
            }
            let Some(def) = types.get_mut(id.0) else {
                continue;
            };
            let origin = def.origins.first().cloned().unwrap_or_default();
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::ReferenceCycle,
                    origin.clone(),
                    "this schema refers only to itself",
                )
                .action("it was taken to be of any type"),
            );
            def.body = TypeBody::Alias(Schema {
                origin,
                ..Schema::default()
            });
        }
        self.tell_variants_apart(types)
    }
}

/// Whether a chain of aliases comes back to where it began.
fn is_endless(types: &[TypeDef], start: TypeId) -> bool {
    let mut current = start;
    for _ in 0..types.len() {
        match types.get(current.0).map(|def| &def.body) {
            Some(TypeBody::Alias(Schema {
                ty: Type::Named(next),
                ..
            })) => current = *next,
            _ => return false,
        }
        if current == start {
            return true;
        }
    }
    false
}
