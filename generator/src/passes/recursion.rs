//! Recursion: values that can contain their own type are held behind a pointer.

use crate::ir::{Api, Schema, Type, TypeBody};

/// Marks every field and variant that is part of a cycle of values: a record that contains itself,
/// directly, through other records, through unions or through tuples. Lists and maps hold their
/// values behind a pointer as it is, so they break cycles.
///
/// A field that holds the record of another resource is marked in any case: records grow into each
/// other as an API does, and a field must not change its type when a cycle closes somewhere else.
pub(super) fn run(api: &mut Api) {
    let edges: Vec<Vec<usize>> = api
        .types
        .iter()
        .map(|def| by_value_of_body(&def.body))
        .collect();
    let mut group = vec![0; api.types.len()];
    for (number, component) in components(&edges).into_iter().enumerate() {
        for index in component {
            if let Some(slot) = group.get_mut(index) {
                *slot = number;
            }
        }
    }
    for (index, def) in api.types.iter_mut().enumerate() {
        let own = group.get(index).copied();
        // Within a group everything leads to everything, so an edge inside it closes a cycle.
        let closes = |schema: &Schema| {
            by_value(schema)
                .into_iter()
                .any(|to| group.get(to).copied() == own)
        };
        match &mut def.body {
            TypeBody::Record(record) => {
                for field in &mut record.fields {
                    let related = field
                        .relation
                        .as_ref()
                        .is_some_and(|to| !to.by_id && !to.many);
                    field.indirect = related || closes(&field.schema);
                }
            }
            TypeBody::Union(union) => {
                for variant in &mut union.variants {
                    variant.indirect = closes(&variant.schema);
                }
            }
            TypeBody::Enum(_) | TypeBody::Alias(_) => {}
        }
    }
}

fn by_value_of_body(body: &TypeBody) -> Vec<usize> {
    match body {
        TypeBody::Record(record) => record
            .fields
            .iter()
            .flat_map(|field| by_value(&field.schema))
            .collect(),
        TypeBody::Union(union) => union
            .variants
            .iter()
            .flat_map(|variant| by_value(&variant.schema))
            .collect(),
        TypeBody::Alias(schema) => by_value(schema),
        TypeBody::Enum(_) => Vec::new(),
    }
}

/// The types whose values a schema holds in place.
fn by_value(schema: &Schema) -> Vec<usize> {
    match &schema.ty {
        Type::Named(id) => vec![id.0],
        Type::Tuple(items, _) => items.iter().flat_map(by_value).collect(),
        Type::List(_)
        | Type::Map(_)
        | Type::Any
        | Type::Never
        | Type::Null
        | Type::Primitive(_)
        | Type::Constant(_) => Vec::new(),
    }
}

/// The strongly connected components of a graph, each in ascending order, those that are referred to
/// before those that refer to them (Tarjan's algorithm, without recursion: documents are deep).
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        edges,
        nodes: vec![Node::default(); edges.len()],
        stack: Vec::new(),
        next: 1,
        found: Vec::new(),
    };
    for start in 0..edges.len() {
        if search.nodes.get(start).is_some_and(|node| node.index == 0) {
            search.from(start);
        }
    }
    search.found
}

#[derive(Clone, Default)]
struct Node {
    /// The order in which it was met, from 1; 0: not yet.
    index: usize,
    low: usize,
    on_stack: bool,
}

struct Search<'a> {
    edges: &'a [Vec<usize>],
    nodes: Vec<Node>,
    stack: Vec<usize>,
    next: usize,
    found: Vec<Vec<usize>>,
}

impl Search<'_> {
    fn from(&mut self, start: usize) {
        // A node and the number of its edges that have been followed.
        let mut path = vec![(start, 0)];
        self.enter(start);
        while let Some((node, followed)) = path.last_mut() {
            let node = *node;
            match self
                .edges
                .get(node)
                .and_then(|to| to.get(*followed))
                .copied()
            {
                Some(to) => {
                    *followed += 1;
                    match self.nodes.get(to) {
                        Some(target) if target.index == 0 => {
                            self.enter(to);
                            path.push((to, 0));
                        }
                        Some(target) if target.on_stack => self.lower(node, target.index),
                        _ => {}
                    }
                }
                None => {
                    path.pop();
                    self.leave(node);
                    if let Some((parent, _)) = path.last() {
                        let low = self.nodes.get(node).map_or(usize::MAX, |node| node.low);
                        self.lower(*parent, low);
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        if let Some(slot) = self.nodes.get_mut(node) {
            *slot = Node {
                index: self.next,
                low: self.next,
                on_stack: true,
            };
        }
        self.next += 1;
        self.stack.push(node);
    }

    fn lower(&mut self, node: usize, low: usize) {
        if let Some(slot) = self.nodes.get_mut(node) {
            slot.low = slot.low.min(low);
        }
    }

    /// Takes a component off the stack when its first node is left.
    fn leave(&mut self, node: usize) {
        if self
            .nodes
            .get(node)
            .is_none_or(|slot| slot.low != slot.index)
        {
            return;
        }
        let mut component = Vec::new();
        while let Some(member) = self.stack.pop() {
            if let Some(slot) = self.nodes.get_mut(member) {
                slot.on_stack = false;
            }
            component.push(member);
            if member == node {
                break;
            }
        }
        component.sort_unstable();
        self.found.push(component);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::Fixture;

    /// `Component.field` of everything that is indirect.
    fn indirect(components: &[(&str, &str)]) -> Vec<String> {
        let api = Fixture::new().components(components).run();
        let mut found = Vec::new();
        for def in &api.types {
            let name = def
                .component
                .clone()
                .unwrap_or_else(|| def.hints[0].join(" "));
            match &def.body {
                TypeBody::Record(record) => {
                    let fields = record.fields.iter().filter(|field| field.indirect);
                    found.extend(fields.map(|field| format!("{name}.{}", field.wire_name)));
                }
                TypeBody::Union(union) => {
                    let variants = union.variants.iter().filter(|variant| variant.indirect);
                    found.extend(variants.map(|variant| format!("{name}/{}", variant.name)));
                }
                _ => {}
            }
        }
        found
    }

    #[test]
    fn what_contains_itself_is_indirect() {
        assert_eq!(indirect(&[("A", "{next: A?, name: str}")]), ["A.next"]);
        let cycle = [("A", "{b: B, c: C}"), ("B", "{a: A}"), ("C", "{x: str}")];
        assert_eq!(indirect(&cycle), ["A.b", "B.a"]);
        assert_eq!(indirect(&[("A", "{b: Other}"), ("Other", "A")]), ["A.b"]);
        assert_eq!(
            indirect(&[("A", "{inner: {a: A}}")]),
            ["A.inner", "inner.a"]
        );
        let union = [("U", "any(str|V)"), ("V", "any(int|U)")];
        assert_eq!(indirect(&union), ["U/variant 1", "V/variant 1"]);
    }

    #[test]
    fn lists_and_maps_break_cycles() {
        assert_eq!(
            indirect(&[("A", "{children: [A], b: B}"), ("B", "{as: [A]}")]),
            [""; 0]
        );
    }

    #[test]
    fn components_come_in_the_order_of_their_references() {
        let edges = vec![vec![1], vec![2], vec![1, 3], vec![], vec![0]];
        assert_eq!(components(&edges), [vec![3], vec![1, 2], vec![0], vec![4]]);
        let chain: Vec<Vec<usize>> = (1..=100_000).map(|to| vec![to % 100_000]).collect();
        assert_eq!(
            components(&chain).len(),
            1,
            "a long chain is no deep recursion"
        );
    }
}
