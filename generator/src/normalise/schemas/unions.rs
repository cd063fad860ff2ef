//! `oneOf` and `anyOf`: nullability, enums in disguise, lone variants, and real unions.

use super::conjunction::{Leaf, Reading, annotations};
use super::merge::nullable;
use super::rules::rule;
use super::table::Target;
use super::union_tests::{UnionFacts, VariantFacts};
use super::variants::{are_conditions, constant_property, is_null, joined};
use crate::diag::{Code, Diagnostic};
use crate::ir::{Schema, Type, TypeBody, Union, Variant, VariantTest};
use crate::load::Node;
use crate::normalise::reader::{Reader, address, key_of};
use serde_json::Value;

/// How many records the unions of one schema may multiply to.
const MOST_COMBINATIONS: usize = 64;

/// A union taken out of its leaves.
struct Parts<'d> {
    /// The `oneOf` or `anyOf`.
    list: Node<'d>,
    /// The node that has it.
    holder: Node<'d>,
    /// Its variants without those that are null.
    variants: Vec<Node<'d>>,
    /// Whether one of them was null.
    null: bool,
    /// What stands beside it.
    rest: Vec<Leaf<'d>>,
}

impl<'d> Reader<'d, '_> {
    /// Reads leaves of which one has `oneOf` or `anyOf`.
    pub(super) fn union(&mut self, leaves: Vec<Leaf<'d>>, target: &Target<'_, 'd>) -> Reading {
        let mut leaves = leaves;
        self.limit_combinations(&mut leaves);
        let Some(parts) = take_union(leaves.clone()) else {
            return self.build(leaves, target);
        };
        let mut reading = annotations(&parts.rest, target);
        let null = parts.null || nullable(&parts.rest);
        if are_conditions(&parts.variants) {
            let key = key_of(&parts.list.origin());
            self.unsupported(&key, &parts.list);
            let mut whole = self.build(parts.rest, target);
            whole.schema.nullable |= null;
            whole.schema.constraints.rules.push(rule(&key, &parts.list));
            self.describe_own(&whole.schema);
            return whole;
        }
        let inner = match parts.variants.as_slice() {
            [] if !parts.null => return self.build(parts.rest, target),
            [] => Reading {
                schema: Schema {
                    ty: Type::Null,
                    ..Schema::default()
                },
                ..Reading::default()
            },
            [one] => self.with_rest(&parts, one, target),
            _ => self.several(&parts, target),
        };
        reading.read_only |= inner.read_only;
        reading.write_only |= inner.write_only;
        adopt(&mut reading.schema, inner.schema);
        reading.schema.nullable |= null;
        // A type made here is described here; a lone reference's type has its own description.
        if self.is_own(&reading.schema, target) {
            self.describe_own(&reading.schema);
        }
        reading
    }

    fn is_own(&self, schema: &Schema, target: &Target<'_, 'd>) -> bool {
        let Type::Named(id) = schema.ty else {
            return false;
        };
        let def = self.types.defs.get(id.0);
        target.slot == Some(id)
            || def.is_some_and(|def| {
                def.component.is_none() && def.origins.first() == Some(&target.origin)
            })
    }

    /// One variant, together with what stands beside the union.
    fn with_rest(&mut self, parts: &Parts<'d>, one: &Node<'d>, target: &Target<'_, 'd>) -> Reading {
        if !parts.rest.iter().any(|leaf| leaf.keywords.narrowing > 0) {
            let lone = Target {
                address: Some(address(one)),
                node: one.clone(),
                origin: one.origin(),
                ..target.clone()
            };
            return self.conjunction(Vec::new(), std::slice::from_ref(one), &lone);
        }
        let inner = Target {
            address: None,
            ..target.clone()
        };
        self.conjunction(parts.rest.clone(), std::slice::from_ref(one), &inner)
    }

    fn several(&mut self, parts: &Parts<'d>, target: &Target<'_, 'd>) -> Reading {
        let narrowed = parts.rest.iter().any(|leaf| leaf.keywords.narrowing > 0);
        if !narrowed && let Some(reading) = self.enum_of_variants(&parts.variants, target) {
            return reading;
        }
        let mut variants = Vec::new();
        let mut facts = Vec::new();
        let mut null = false;
        let discriminator = self.discriminator(&parts.holder);
        let tags = discriminator
            .as_ref()
            .map(|(_, mapping)| mapping.clone())
            .unwrap_or_default();
        for (index, node) in parts.variants.iter().enumerate() {
            let referred = self.peek(node);
            let tags = self.variant_tags(&tags, node, referred.as_ref());
            let name = self.variant_name(node, &tags, index);
            let schema = self.variant(parts, node, &name, narrowed, target);
            null |= schema.nullable;
            facts.push(VariantFacts {
                tags,
                is_mapped: false,
            });
            variants.push(Variant {
                indirect: false,
                added_tag: None,
                name,
                schema: Schema {
                    nullable: false,
                    ..schema
                },
                test: VariantTest::None,
                origin: node.origin(),
            });
        }
        let tag = discriminator.map(|(tag, _)| tag);
        let ty = self.union_type(variants, facts, (tag, &parts.holder), target);
        let schema = Schema {
            ty,
            nullable: null,
            ..Schema::default()
        };
        Reading {
            schema,
            ..Reading::default()
        }
    }

    /// One of several variants. What stands beside the union is handed to each, unless the variant
    /// has it anyway, because it inherits from the schema that has the union.
    fn variant(
        &mut self,
        parts: &Parts<'d>,
        node: &Node<'d>,
        name: &str,
        narrowed: bool,
        target: &Target<'_, 'd>,
    ) -> Schema {
        let place = target.place.part(name);
        let inherits = |reader: &Self| {
            let Some(heir) = reader.peek(node) else {
                return false;
            };
            let bases = heir.get("allOf");
            bases
                .iter()
                .flat_map(Node::items)
                .filter_map(|part| reader.peek(&part))
                .any(|base| {
                    parts.rest.iter().all(|leaf| {
                        leaf.keywords.narrowing == 0
                            || address(&leaf.keywords.node) == address(&base)
                    })
                })
        };
        if !narrowed || inherits(self) {
            return self.schema(node, &place);
        }
        let mut base = parts.rest.clone();
        base.iter_mut().for_each(|leaf| leaf.foreign = true);
        let inner = Target {
            slot: None,
            address: None,
            place: &place,
            origin: node.origin(),
            node: node.clone(),
        };
        self.conjunction(base, std::slice::from_ref(node), &inner)
            .schema
    }

    /// The type of the variants: what they all are, where that is one thing, else a union.
    fn union_type(
        &mut self,
        variants: Vec<Variant>,
        facts: Vec<VariantFacts>,
        (tag, holder): (Option<String>, &Node<'d>),
        target: &Target<'_, 'd>,
    ) -> Type {
        let (variants, facts) = self.without_duplicates(variants, facts, target);
        if let [one] = variants.as_slice() {
            return one.schema.ty.clone();
        }
        let id = self.define(
            target,
            TypeBody::Union(Union {
                variants,
                tag: tag.clone(),
            }),
        );
        self.types.unions.push(UnionFacts {
            id,
            tag,
            variants: facts,
            inherited: false,
            said_at: holder.get("discriminator").map(|it| it.origin()),
        });
        Type::Named(id)
    }

    /// Variants of the same type are one; texts that differ in their format are texts.
    fn without_duplicates(
        &mut self,
        variants: Vec<Variant>,
        facts: Vec<VariantFacts>,
        target: &Target<'_, 'd>,
    ) -> (Vec<Variant>, Vec<VariantFacts>) {
        let mut kept: Vec<Variant> = Vec::new();
        let mut kept_facts: Vec<VariantFacts> = Vec::new();
        for (variant, fact) in variants.into_iter().zip(facts) {
            let same = kept
                .iter_mut()
                .zip(&mut kept_facts)
                .find_map(|(old, old_fact)| {
                    let joined = joined(&old.schema.ty, &variant.schema.ty)?;
                    Some((old, old_fact, joined))
                });
            let Some((old, old_fact, joined)) = same else {
                kept.push(variant);
                kept_facts.push(fact);
                continue;
            };
            if joined != old.schema.ty || joined != variant.schema.ty {
                let message = "variants of this union differ only in their format";
                self.diagnostics.push(
                    Diagnostic::note(Code::UnsupportedSchema, target.origin.clone(), message)
                        .action("they were read as one, without the format"),
                );
            }
            // What it is called must not say less than what it holds: `integer` of a number.
            if joined == variant.schema.ty && joined != old.schema.ty {
                old.name = variant.name;
            }
            old.schema.ty = joined;
            old_fact.tags.extend(fact.tags);
        }
        (kept, kept_facts)
    }

    /// What to call a variant: its component, its tag, its title, its constant, what it is.
    fn variant_name(&self, node: &Node<'d>, tags: &[String], index: usize) -> String {
        let value = node.value();
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        self.referred_name(node)
            .or_else(|| tags.first().cloned())
            .or_else(|| text("title"))
            .or_else(|| constant_property(value))
            .or_else(|| text("type").filter(|ty| ty != "object"))
            .unwrap_or_else(|| format!("variant {}", index + 1))
    }

    /// Leaves out unions past the first when all together would multiply to too many records.
    fn limit_combinations(&mut self, leaves: &mut [Leaf<'d>]) {
        let size = |node: &Node<'_>| node.value().as_array().map_or(1, |list| list.len().max(1));
        let mut product = 1_usize;
        let mut dropped = Vec::new();
        for leaf in leaves.iter_mut() {
            let keywords = &mut leaf.keywords;
            for slot in [&mut keywords.one_of, &mut keywords.any_of] {
                let Some(node) = slot else { continue };
                let grown = product.saturating_mul(size(node));
                if product > 1 && grown > MOST_COMBINATIONS {
                    dropped.extend(slot.take());
                    keywords.narrowing -= 1;
                } else {
                    product = grown;
                }
            }
        }
        for node in dropped {
            let message = format!("unions here multiply to more than {MOST_COMBINATIONS} types");
            self.diagnostics.push(
                Diagnostic::warning(Code::UnsupportedSchema, node.origin(), message)
                    .action("this one was left out"),
            );
            self.lose(node.origin(), "too many combinations");
        }
    }
}

/// Takes the first union out of the leaves.
fn take_union(mut leaves: Vec<Leaf<'_>>) -> Option<Parts<'_>> {
    let (list, holder) = leaves.iter_mut().find_map(|leaf| {
        let list = leaf
            .keywords
            .one_of
            .take()
            .or_else(|| leaf.keywords.any_of.take())?;
        leaf.keywords.narrowing -= 1;
        Some((list, leaf.keywords.node.clone()))
    })?;
    let (nulls, variants): (Vec<_>, Vec<_>) = list.items().partition(|node| is_null(node.value()));
    Some(Parts {
        list,
        holder,
        variants,
        null: !nulls.is_empty(),
        rest: leaves,
    })
}

/// Fills a place's own words into what its variants made, which has none.
fn adopt(own: &mut Schema, inner: Schema) {
    own.ty = inner.ty;
    own.nullable |= inner.nullable;
    own.deprecated |= inner.deprecated;
    own.title = own.title.take().or(inner.title);
    own.description = own.description.take().or(inner.description);
    own.default = own.default.take().or(inner.default);
    if own.examples.is_empty() {
        own.examples = inner.examples;
    }
    super::keyword_limits::narrow(&mut own.constraints, &inner.constraints);
}
