//! Discriminators: the property, and which values of it lead to which schema.

use crate::diag::{Code, Diagnostic};
use crate::load::Node;
use crate::normalise::reader::{Reader, address};

/// Extensions by which a schema says its own tag. Azure's documents have the first, and a family of
/// generators reads the second.
const OWN_TAGS: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

/// The tag that a schema says it has, by itself or in a part that is written in place.
pub(super) fn own_tag(schema: &Node<'_>) -> Option<String> {
    let said = |node: &Node<'_>| {
        let mut keys = OWN_TAGS.iter();
        keys.find_map(|key| Some(node.get(key)?.as_str()?.to_owned()))
    };
    let parts = schema.get("allOf");
    said(schema).or_else(|| {
        let mut parts = parts.iter().flat_map(Node::items);
        parts.find_map(|part| said(&part))
    })
}

/// The entries of a discriminator's mapping.
fn entries<'d>(holder: &Node<'d>) -> Vec<(&'d str, Node<'d>)> {
    let discriminator = holder.get("discriminator");
    let mapping = discriminator.and_then(|it| it.get("mapping"));
    mapping.iter().flat_map(Node::entries).collect()
}

impl<'d> Reader<'d, '_> {
    /// The discriminator's property and its mapping, where there is one.
    pub(super) fn discriminator(
        &mut self,
        holder: &Node<'d>,
    ) -> Option<(String, Vec<(String, Node<'d>)>)> {
        let node = self.object(holder, "discriminator")?;
        let property = self.string(&node, "propertyName")?;
        let entries = entries(holder).into_iter();
        Some((
            property,
            entries
                .map(|(key, target)| (key.to_owned(), target))
                .collect(),
        ))
    }

    /// Says which entries of a mapping lead to no schema.
    pub(super) fn check_mapping(&mut self, holder: &Node<'d>) {
        for (tag, target) in entries(holder) {
            let Some(text) = target.as_str() else {
                self.wrong_type(&target, "a string");
                continue;
            };
            let is_variant = || {
                let lists = ["oneOf", "anyOf"].map(|key| holder.get(key));
                let mut variants = lists.iter().flatten().flat_map(Node::items);
                variants.any(|it| self.referred_name(&it).as_deref() == Some(text))
            };
            if self.mapped_to(&target).is_some() || is_variant() {
                continue;
            }
            let message = format!("the tag {tag:?} is mapped to {text:?}, which is no schema");
            self.diagnostics.push(
                Diagnostic::warning(Code::UnresolvedReference, target.origin(), message)
                    .action("the entry was left out")
                    .hint("write the name of a schema, or a reference to one"),
            );
            self.lose(target.origin(), "it leads to no schema");
        }
    }

    /// What the keys of a discriminator's mapping lead to.
    pub(super) fn mapped(&self, holder: &Node<'d>) -> Vec<Node<'d>> {
        let targets = entries(holder).into_iter();
        targets
            .filter_map(|(_, target)| self.mapped_to(&target))
            .collect()
    }

    /// What an entry of a mapping leads to: the name of a schema, or a reference.
    fn mapped_to(&self, target: &Node<'d>) -> Option<Node<'d>> {
        let text = target.as_str()?;
        let name = || {
            let reference = format!("#/components/schemas/{text}");
            self.document.resolve(target, &reference).ok()
        };
        let can_be_name = !text.contains(['/', '#']);
        let found = can_be_name.then(name).flatten();
        found
            .or_else(|| self.document.resolve(target, text).ok())
            .filter(|node| node.value().is_object())
    }

    /// The tags of a member of a family that the document names: the keys of the mapping that lead to
    /// it, else the one it says itself.
    pub(super) fn tags_of(&self, holder: &Node<'d>, member: &Node<'d>) -> Vec<String> {
        let leads_here = |target: &Node<'d>| {
            let found = self.mapped_to(target);
            found.is_some_and(|found| found.is_same(member))
        };
        let mut tags: Vec<String> = entries(holder)
            .into_iter()
            .filter(|(_, target)| leads_here(target))
            .map(|(tag, _)| tag.to_owned())
            .collect();
        if tags.is_empty() {
            tags.extend(own_tag(member));
        }
        tags
    }

    /// The tags of a variant: the mapping's keys that lead to it, else the one it says itself, else its
    /// name.
    pub(super) fn variant_tags(
        &self,
        mapping: &[(String, Node<'d>)],
        variant: &Node<'d>,
        referred: Option<&Node<'d>>,
    ) -> Vec<String> {
        let name = self.referred_name(variant);
        let mut tags = Vec::new();
        for (tag, target) in mapping {
            let found = self.mapped_to(target);
            let leads_here =
                found.is_some_and(|node| referred.is_some_and(|it| address(it) == address(&node)));
            if leads_here || (name.is_some() && name.as_deref() == target.as_str()) {
                tags.push(tag.clone());
            }
        }
        if tags.is_empty() {
            tags.extend(own_tag(referred.unwrap_or(variant)).or(name));
        }
        tags
    }
}
