//! What tells variants apart, when some of their properties do not travel.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Schema, TypeBody, TypeId, Variant, VariantTest};
use crate::normalise::own_properties;

/// Finds other tests for the variants of a union that were told by a property which does not travel
/// this way. Says so where there are none.
pub(super) fn tell_apart_again(api: &mut Api, id: TypeId, diagnostics: &mut Diagnostics) {
    let Some(TypeBody::Union(union)) = api.type_def(id).map(|def| &def.body) else {
        return;
    };
    let lost: Vec<bool> = union.variants.iter().map(|it| is_lost(api, it)).collect();
    if !lost.contains(&true) {
        return;
    }
    let variants: Vec<&Schema> = union.variants.iter().map(|it| &it.schema).collect();
    let own = own_properties(api, &variants);
    let was_clear = union.variants.iter().all(|it| it.test != VariantTest::None);
    let Some(def) = api.types.get_mut(id.0) else {
        return;
    };
    let TypeBody::Union(union) = &mut def.body else {
        return;
    };
    let variants = union.variants.iter_mut().zip(lost).zip(own);
    for ((variant, _), own) in variants.filter(|((_, lost), _)| *lost) {
        variant.test = own.map_or(VariantTest::None, VariantTest::Property);
    }
    let is_clear = union.variants.iter().all(|it| it.test != VariantTest::None);
    if was_clear
        && !is_clear
        && let Some(origin) = def.origins.first()
    {
        let message =
            "the variants of this union differ in properties that travel only the other way";
        diagnostics.push(
            Diagnostic::note(Code::AmbiguousUnion, origin.clone(), message)
                .action("the value is kept as it is, with conversions to each variant")
                .hint("add a discriminator, or a property with a constant to each variant"),
        );
    }
}

/// Whether a variant was told by a property that it has no more.
fn is_lost(api: &Api, variant: &Variant) -> bool {
    let VariantTest::Property(name) = &variant.test else {
        return false;
    };
    let record = api.record(&variant.schema.ty);
    record.is_some_and(|(_, record)| record.fields.iter().all(|it| it.wire_name != *name))
}
