//! What tells variants apart, when some of their properties do not travel.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Type, TypeBody, TypeId, Union, Variant, VariantTest};
use std::collections::HashSet;

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
    let own = own_properties(api, union);
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

/// For each variant that is a record a property that no other variant knows, a required one if there
/// is any. A union with a variant that may have any property has no such tests to lose.
fn own_properties(api: &Api, union: &Union) -> Vec<Option<String>> {
    let types = union.variants.iter().map(|it| &it.schema.ty);
    let known: Vec<HashSet<&str>> = types.map(|ty| known_properties(api, ty)).collect();
    let own = |(index, variant): (usize, &Variant)| {
        let (_, record) = api.record(&variant.schema.ty)?;
        let is_own = |name: &str| {
            let mut others = known
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index);
            others.all(|(_, names)| !names.contains(name))
        };
        let fields: Vec<_> = record
            .fields
            .iter()
            .filter(|it| is_own(&it.wire_name))
            .collect();
        let found = fields.iter().find(|it| it.required).or(fields.first());
        found.map(|field| field.wire_name.clone())
    };
    union.variants.iter().enumerate().map(own).collect()
}

/// The properties of a record, or of all records of a union.
fn known_properties<'a>(api: &'a Api, ty: &'a Type) -> HashSet<&'a str> {
    let mut names = HashSet::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![ty];
    while let Some(ty) = waiting.pop() {
        let Type::Named(id) = api.resolved(ty) else {
            continue;
        };
        if !seen.insert(*id) {
            continue;
        }
        match api.type_def(*id).map(|def| &def.body) {
            Some(TypeBody::Record(record)) => {
                names.extend(record.fields.iter().map(|it| it.wire_name.as_str()));
            }
            Some(TypeBody::Union(union)) => {
                waiting.extend(union.variants.iter().map(|it| &it.schema.ty));
            }
            _ => {}
        }
    }
    names
}
