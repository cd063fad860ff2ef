//! Discriminators whose property no variant declares.

use super::union_tests::{UnionFacts, records_of, tests};
use crate::diag::{Code, Diagnostic};
use crate::ir::{Api, Origin, Record, Type, Union, Variant, VariantTest};

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
        "variants are told apart by what else they have"
    } else {
        "a value without it is kept as it is"
    };
    Diagnostic::note(Code::BadValue, origin, message)
        .action(action)
        .hint("declare the property in each variant, and require it")
}
