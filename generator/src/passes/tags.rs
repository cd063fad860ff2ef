//! Tags: a record that a discriminator tells by one value has no other value to give.
//!
//! Documents declare the property of a `discriminator` as a plain text in each variant, and say its value
//! in `mapping` alone. Who fills such a record would have to write the value that its type stands for.

use super::visit;
use crate::ir::{Api, Primitive, Type, TypeBody, TypeId, VariantTest};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Gives the required tag of each record that is a variant, under one value, that value as a constant.
///
/// A record that several unions tell by different values keeps its text, and so does one whose tag may be
/// left out: who leaves it out is not asked for it. So does one that is used by itself as well: there the
/// document allows any text.
pub(super) fn run(api: &mut Api) {
    let mut values: BTreeMap<(TypeId, &str), Option<&str>> = BTreeMap::new();
    for def in &api.types {
        let TypeBody::Union(union) = &def.body else {
            continue;
        };
        let Some(tag) = &union.tag else { continue };
        for variant in &union.variants {
            let VariantTest::Tag(told_by) = &variant.test else {
                continue;
            };
            let Some((id, _)) = api.record(&variant.schema.ty) else {
                continue;
            };
            let value = match told_by.as_slice() {
                [value] => Some(value.as_str()),
                _ => None,
            };
            let known = values.entry((id, tag)).or_insert(value);
            if *known != value {
                *known = None;
            }
        }
    }
    let alone = used_alone(api);
    let certain = values.into_iter().filter_map(|((id, tag), value)| {
        let value = Value::String(value?.to_owned());
        (!alone.contains(&id)).then(|| (id, tag.to_owned(), value))
    });
    let certain: Vec<(TypeId, String, Value)> = certain.collect();
    for (id, tag, value) in certain {
        let Some(TypeBody::Record(record)) = api.types.get_mut(id.0).map(|def| &mut def.body)
        else {
            continue;
        };
        let mut fields = record.fields.iter_mut();
        let Some(field) = fields.find(|field| field.wire_name == tag) else {
            continue;
        };
        let is_text = matches!(
            field.schema.ty,
            Type::Primitive(Primitive::String { format: None })
        );
        if field.required && is_text && !field.schema.nullable {
            field.schema.ty = Type::Constant(value);
        }
    }
}

/// The types that stand anywhere but among the variants of a union with a tag.
fn used_alone(api: &Api) -> BTreeSet<TypeId> {
    let mut used = BTreeSet::new();
    for action in &api.actions {
        for parameter in &action.parameters {
            used.extend(visit::ids_of(&parameter.schema));
        }
        if let Some(body) = &action.body {
            used.extend(visit::ids_of_media(&body.media));
        }
        used.extend(visit::ids_of_outcome(&action.outcome));
        used.extend(action.callbacks.iter().flat_map(visit::ids_of_event));
    }
    used.extend(api.events.iter().flat_map(visit::ids_of_event));
    for def in &api.types {
        match &def.body {
            TypeBody::Union(union) if union.tag.is_some() => {
                let untagged = union.variants.iter();
                let untagged = untagged.filter(|it| !matches!(it.test, VariantTest::Tag(_)));
                used.extend(untagged.flat_map(|it| visit::ids_of(&it.schema)));
            }
            body => used.extend(visit::ids_of_body(body)),
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ApiConfig;
    use crate::load::MemorySources;

    /// The tag's type in each schema of a document with these unions: `cat`, or `text`.
    fn tags(unions: &str) -> Vec<(String, String)> {
        let text = format!(
            r##"
openapi: 3.1.0
info: {{title: Pets, version: "1"}}
components:
  schemas:
    Cat: {{type: object, required: [kind], properties: {{kind: {{type: string}}, lives: {{type: integer}}}}}}
    Dog: {{type: object, properties: {{kind: {{type: string}}, bark: {{type: string}}}}}}
{unions}
"##
        );
        let sources = MemorySources::new("a.yaml", text);
        let compiled = crate::compile("a.yaml", &sources, &ApiConfig::for_name("a"), &mut |_| {});
        let api = compiled.api.unwrap();
        let mut tags = Vec::new();
        for def in &api.types {
            let TypeBody::Record(record) = &def.body else {
                continue;
            };
            for field in record.fields.iter().filter(|it| it.wire_name == "kind") {
                let shown = match &field.schema.ty {
                    Type::Constant(value) => value.as_str().unwrap_or_default().to_owned(),
                    _ => "text".to_owned(),
                };
                tags.push((def.component.clone().unwrap_or_default(), shown));
            }
        }
        tags.sort();
        tags
    }

    fn union(name: &str, mapping: &str) -> String {
        format!(
            "    {name}: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}], \
             discriminator: {{propertyName: kind, mapping: {{{mapping}}}}}}}\n"
        )
    }

    #[track_caller]
    fn check(unions: &str, cat: &str) {
        let expected = [("Cat", cat), ("Dog", "text")];
        let expected = expected.map(|(name, tag)| (name.to_owned(), tag.to_owned()));
        assert_eq!(tags(unions), expected, "{unions}");
    }

    const CAT: &str = "cat: '#/components/schemas/Cat'";

    #[test]
    fn what_one_value_tells_has_that_value_where_it_is_required() {
        check(&union("Pet", CAT), "cat");
        check(&union("Pet", ""), "Cat");
    }

    /// The oracle of the tests knows nothing of the union there either.
    #[test]
    fn what_is_used_by_itself_as_well_keeps_its_text() {
        let owner =
            "    Owner: {type: object, properties: {cat: {$ref: '#/components/schemas/Cat'}}}\n";
        check(&(union("Pet", CAT) + owner), "text");
        let owner = owner.replace("schemas/Cat", "schemas/Pet");
        check(&(union("Pet", CAT) + &owner), "cat");
    }

    #[test]
    fn what_several_values_tell_keeps_its_text() {
        let two = format!("{CAT}, tom: '#/components/schemas/Cat'");
        check(&union("Pet", &two), "text");
        let other = "kitty: '#/components/schemas/Cat'";
        check(&(union("Pet", CAT) + &union("Beast", other)), "text");
        check(&(union("Pet", CAT) + &union("Beast", CAT)), "cat");
    }
}
