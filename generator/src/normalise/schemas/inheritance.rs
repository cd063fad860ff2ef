//! Inheritance: a base with a `discriminator`, and the schemas whose `allOf` refers to it.
//!
//! Where a base is referred to, any of its heirs may stand (OpenAPI 3.1, section 4.8.25): it reads as a
//! union of them, told apart by the tag. Within an heir it contributes its fields.

use super::conjunction::{Leaf, annotations};
use super::discriminators::own_tag;
use super::hints::Place;
use super::table::{Target, component_name, empty_def};
use super::union_tests::{UnionFacts, VariantFacts};
use crate::ir::{Schema, Type, TypeBody, TypeId, Union, Variant, VariantTest};
use crate::load::Node;
use crate::normalise::reader::{Reader, address, key_of};
use serde_json::Value;
use std::collections::HashSet;

/// How many bases one schema can have above each other.
const MOST_BASES: usize = 64;

/// A base and all that can stand for it.
pub(super) struct Family<'d> {
    /// `discriminator.propertyName`.
    property: String,
    /// The node that has the discriminator.
    holder: Node<'d>,
    /// Who can stand where the base is referred to: the base itself, if it can, then its heirs.
    members: Vec<Node<'d>>,
}

impl<'d> Reader<'d, '_> {
    /// Remembers what schemas inherit from, before any of them is read.
    pub(super) fn find_heirs(&mut self, schemas: &Node<'d>) {
        for (_, schema) in schemas.entries() {
            for base in self.bases(&schema) {
                let heirs = self.types.heirs.entry(address(&base)).or_default();
                if !heirs.iter().any(|heir| heir.is_same(&schema)) {
                    heirs.push(schema.clone());
                }
            }
        }
    }

    /// What the parts of a schema's `allOf` refer to.
    fn bases(&self, schema: &Node<'d>) -> Vec<Node<'d>> {
        let parts = schema.get("allOf");
        let parts = parts.iter().flat_map(Node::items).take(MOST_BASES);
        let referring = parts.filter(|part| part.get("$ref").is_some());
        referring
            .filter_map(|part| self.document.follow(&part).ok())
            .collect()
    }

    /// Whether a node refers to the base of a family in its `allOf`: it is then one of the heirs.
    pub(super) fn inherits_from(&self, node: &Node<'d>, base: &Node<'d>) -> bool {
        let heirs = self.types.heirs.get(&address(base));
        heirs.is_some_and(|heirs| heirs.iter().any(|heir| heir.is_same(node)))
            && self.family(base).is_some()
    }

    /// The family of a base; `None` for a schema without a discriminator or without heirs, and for one
    /// that lists its variants itself.
    pub(super) fn family(&self, base: &Node<'d>) -> Option<Family<'d>> {
        let has_heirs = self.types.heirs.contains_key(&address(base));
        if !has_heirs && base.get("discriminator").is_none() {
            return None;
        }
        let holder = self.discriminating(base)?;
        let discriminator = holder.get("discriminator")?;
        let property = discriminator.get("propertyName")?.as_str()?.to_owned();
        let mut heirs = self.heirs_of(base);
        let mapped = self.mapped(&holder);
        let addresses: HashSet<usize> = mapped.iter().map(address).collect();
        if holder.is_same(base) {
            for target in mapped {
                if !target.is_same(base) && !heirs.iter().any(|heir| heir.is_same(&target)) {
                    heirs.push(target);
                }
            }
        }
        if heirs.is_empty() {
            return None;
        }
        let mut members = vec![base.clone()];
        members.append(&mut heirs);
        members.retain(|member| self.stands_for_itself(member, (&holder, &property), &addresses));
        Some(Family {
            property,
            holder,
            members,
        })
    }

    /// The schema that has the discriminator: the base, or what it inherits from.
    fn discriminating(&self, base: &Node<'d>) -> Option<Node<'d>> {
        let mut waiting = vec![base.clone()];
        let mut seen = HashSet::new();
        while let Some(node) = waiting.pop() {
            if !seen.insert(address(&node)) || seen.len() > MOST_BASES {
                continue;
            }
            if node.get("oneOf").or_else(|| node.get("anyOf")).is_some() {
                continue;
            }
            let discriminator = node.get("discriminator");
            let property = discriminator.and_then(|it| it.get("propertyName"));
            if property.is_some_and(|it| it.as_str().is_some()) {
                return Some(node);
            }
            waiting.extend(self.bases(&node).into_iter().rev());
        }
        None
    }

    /// Who inherits from a schema, directly or not, those nearest first.
    fn heirs_of(&self, base: &Node<'d>) -> Vec<Node<'d>> {
        let mut found: Vec<Node<'d>> = Vec::new();
        let mut seen = HashSet::from([address(base)]);
        let mut waiting = std::collections::VecDeque::from([address(base)]);
        while let Some(next) = waiting.pop_front() {
            for heir in self.types.heirs.get(&next).into_iter().flatten() {
                if seen.insert(address(heir)) {
                    waiting.push_back(address(heir));
                    found.push(heir.clone());
                }
            }
        }
        found
    }

    /// Whether values can be of this very schema. What others inherit from can be no value where all
    /// of those have tags that the document names and it has none, or where the tag's values do not
    /// have its name.
    fn stands_for_itself(
        &self,
        member: &Node<'d>,
        (holder, property): (&Node<'d>, &str),
        mapped: &HashSet<usize>,
    ) -> bool {
        let is_base = |node: &Node<'d>| self.types.heirs.contains_key(&address(node));
        if !is_base(member) && !member.is_same(holder) {
            return true;
        }
        let has_tag = |node: &Node<'d>| mapped.contains(&address(node)) || own_tag(node).is_some();
        if has_tag(member) {
            return true;
        }
        let heirs = self.heirs_of(holder);
        let mut last = heirs.iter().filter(|heir| !is_base(heir)).peekable();
        let all_have_tags = last.peek().is_some() && last.all(has_tag);
        if all_have_tags || (heirs.is_empty() && !mapped.is_empty()) {
            return false;
        }
        let name = component_name(&member.origin());
        let tag = member
            .get("properties")
            .or_else(|| holder.get("properties"));
        let tag = tag.and_then(|properties| properties.get(property));
        let tag = tag.and_then(|tag| self.document.follow(&tag).ok());
        let Some(values) = tag.and_then(|tag| tag.get("enum")) else {
            return true;
        };
        let mut values = values.items();
        values.any(|value| value.as_str() == name.as_deref())
    }

    /// Reads a base as the union of its family. `false`: it is no base.
    pub(super) fn read_family(&mut self, id: TypeId, node: &Node<'d>, place: &Place<'_>) -> bool {
        if self.types.own.get(&address(node)) == Some(&id) {
            return false;
        }
        let Some(family) = self.family(node) else {
            return false;
        };
        let leaf = Leaf {
            keywords: self.keywords(node),
            foreign: false,
        };
        let target = Target {
            slot: Some(id),
            address: Some(address(node)),
            place,
            origin: node.origin(),
            node: node.clone(),
        };
        let said = annotations(&[leaf], &target).schema;
        let mut variants = Vec::new();
        let mut facts = Vec::new();
        for member in &family.members {
            let mapped = self.tags_of(&family.holder, member);
            let name = component_name(&member.origin()).unwrap_or_else(|| key_of(&member.origin()));
            let schema = Schema {
                ty: Type::Named(self.own_type(member)),
                origin: member.origin(),
                ..Schema::default()
            };
            variants.push(Variant {
                indirect: false,
                added_tag: None,
                name: name.clone(),
                schema,
                test: VariantTest::None,
                origin: member.origin(),
            });
            facts.push(VariantFacts {
                is_mapped: !mapped.is_empty(),
                tags: if mapped.is_empty() {
                    vec![name]
                } else {
                    mapped
                },
            });
        }
        self.define(
            &target,
            TypeBody::Union(Union {
                variants,
                tag: None,
            }),
        );
        self.describe(id, &said);
        self.types.unions.push(UnionFacts {
            id,
            tag: Some(family.property),
            variants: facts,
            inherited: true,
            said_at: Some(family.holder.origin().child("discriminator")),
        });
        true
    }

    /// The type of what a schema says itself: for a base the record without its heirs.
    fn own_type(&mut self, member: &Node<'d>) -> TypeId {
        if self.family(member).is_none() {
            return self.type_of(member);
        }
        let key = address(member);
        if let Some(id) = self.types.own.get(&key) {
            return *id;
        }
        let id = TypeId(self.types.defs.len());
        self.types.own.insert(key, id);
        let name = component_name(&member.origin()).unwrap_or_else(|| key_of(&member.origin()));
        // The place of the type is the discriminator's: two types of one place would be one in the lock.
        let mut def = empty_def(member.origin().child("discriminator"));
        def.hints = vec![vec![name, "base".to_owned()]];
        self.types.defs.push(def);
        self.types.pending.push_back((id, member.clone()));
        id
    }

    /// Gives the tag of each heir the one value that it can have.
    pub(super) fn fix_tags(types: &mut [crate::ir::TypeDef], facts: &UnionFacts) {
        let Some(TypeBody::Union(union)) = types.get(facts.id.0).map(|def| &def.body) else {
            return;
        };
        let Some(tag) = union.tag.clone().filter(|_| facts.inherited) else {
            return;
        };
        let mut known = Vec::new();
        for variant in &union.variants {
            if let (Type::Named(id), VariantTest::Tag(values)) = (&variant.schema.ty, &variant.test)
                && let [value] = values.as_slice()
            {
                known.push((*id, value.clone()));
            }
        }
        for (id, value) in known {
            let Some(def) = types.get_mut(id.0) else {
                continue;
            };
            if let TypeBody::Record(record) = &mut def.body
                && let Some(field) = record.fields.iter_mut().find(|it| it.wire_name == tag)
            {
                field.schema.ty = Type::Constant(Value::String(value));
                field.schema.nullable = false;
            }
        }
    }
}
