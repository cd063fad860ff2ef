//! Discriminators whose property no variant declares.

use super::union_tests::{UnionFacts, records_of, tests};
use crate::diag::{Code, Diagnostic};
use crate::ir::{AddedTag, Additional, Api, Origin, Record, Type, Union, Variant, VariantTest};
use std::collections::HashSet;

/// The discriminator's property, with its place, where no variant declares it.
pub(super) fn undeclared_tag<'a>(
    api: &Api,
    union: &Union,
    facts: &'a UnionFacts,
) -> Option<(&'a str, Origin)> {
    let tag = facts.tag.as_deref()?;
    let origin = facts.said_at.as_ref()?.child("propertyName");
    let is_without = |ty: &Type| {
        let records = records_of(api, ty);
        let lacks = |record: &&Record| record.fields.iter().all(|it| it.wire_name != tag);
        !records.is_empty() && records.iter().all(lacks)
    };
    let mut types = union.variants.iter().map(|variant| &variant.schema.ty);
    types.all(is_without).then_some((tag, origin))
}

/// What the union writes beside each variant; nothing where one of them has no value or that of another,
/// or allows no property beside its own.
pub(super) fn added_tags(api: &Api, tag: &str, union: &Union, facts: &UnionFacts) -> Vec<AddedTag> {
    let types = union.variants.iter().map(|variant| &variant.schema.ty);
    let mut records = types.flat_map(|ty| records_of(api, ty));
    if records.any(|record| record.additional == Additional::Forbidden) {
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let all = facts.variants.iter().map(|variant| &variant.tags);
    let mut is_new = |tag: &String| seen.insert(tag.clone());
    let is_clear = |tags: &Vec<String>| !tags.is_empty() && tags.iter().all(&mut is_new);
    if facts.variants.len() != union.variants.len() || !all.clone().all(is_clear) {
        return Vec::new();
    }
    let added = all.map(|tags| AddedTag {
        property: tag.to_owned(),
        values: tags.clone(),
    });
    added.collect()
}

/// The tests of variants whose values need not have the tag: by shape, where every value has what it
/// is told by. `false`: there are no such tests, and the tag is all there is.
pub(super) fn without_tag(
    api: &Api,
    union: &Union,
    facts: &UnionFacts,
) -> (bool, (Option<String>, Vec<VariantTest>)) {
    let untold = UnionFacts::without_discriminator(facts.id);
    let (tag, by_shape) = tests(api, union, &untold);
    let is_certain = |(variant, test): (&Variant, &VariantTest)| match test {
        VariantTest::Property(name) => {
            let record = api.record(&variant.schema.ty);
            let field =
                record.and_then(|(_, it)| it.fields.iter().find(|it| it.wire_name == *name));
            field.is_some_and(|field| field.required)
        }
        VariantTest::None => false,
        VariantTest::Tag(_) | VariantTest::JsonType(_) => true,
    };
    if union.variants.iter().zip(&by_shape).all(is_certain) {
        (true, (tag, by_shape))
    } else {
        (false, tests(api, union, facts))
    }
}

/// What is said of it.
pub(super) fn undeclared(tag: &str, origin: Origin, without: bool) -> Diagnostic {
    let message = format!("no variant of this union has the discriminator's property {tag:?}");
    let action = if without {
        "it is written all the same, and a value without it is told by what else it has"
    } else {
        "it is written all the same, and a value without it is kept as it is"
    };
    Diagnostic::note(Code::BadValue, origin, message)
        .action(action)
        .hint("declare the property in each variant, and require it")
}
