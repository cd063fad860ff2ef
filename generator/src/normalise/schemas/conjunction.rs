//! Taking schemas apart into leaves, and reading all leaves of one place as one schema.

use super::hints::Place;
use super::keywords::Keywords;
use super::table::{Target, component_name};
use crate::diag::{Code, Diagnostic};
use crate::ir::{Schema, Type, TypeBody, TypeId};
use crate::load::Node;
use crate::normalise::reader::{Reader, address};
use serde_json::Value;

/// How deep schemas may be nested. Real documents stay below 30.
const DEEPEST: usize = 100;

/// How many times schemas may be joined: this often, and as often again for every schema there is.
/// Parts that contain each other can have more combinations than there is time for; real documents
/// join fewer than one in five schemas.
const MOST_JOINS: usize = 2_000;

/// The keywords of one node among those that together make a schema.
#[derive(Debug, Clone)]
pub(super) struct Leaf<'d> {
    pub(super) keywords: Keywords<'d>,
    /// Whether a reference led here: its texts describe the target and not this place.
    pub(super) foreign: bool,
}

/// A schema as it is used, with what is said of the property it is the value of.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) schema: Schema,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
}

/// A leaf, or a reference that has not been followed.
enum Atom<'d> {
    Leaf(Box<Leaf<'d>>),
    Reference(Node<'d>),
}

impl<'d> Reader<'d, '_> {
    /// Reads the schema that stands at a place.
    pub(in crate::normalise) fn schema(&mut self, node: &Node<'d>, place: &Place<'_>) -> Schema {
        self.reading(vec![node.clone()], place).schema
    }

    /// Reads schemas that hold together at one place; the last of them is the place's own.
    pub(super) fn reading(&mut self, nodes: Vec<Node<'d>>, place: &Place<'_>) -> Reading {
        let Some(last) = nodes.last() else {
            return Reading::default();
        };
        let target = Target {
            slot: None,
            address: (nodes.len() == 1).then(|| address(last)),
            place,
            origin: last.origin(),
            node: last.clone(),
        };
        self.conjunction(Vec::new(), &nodes, &target)
    }

    /// Reads a schema that has an id already.
    pub(super) fn read_definition(&mut self, id: TypeId, node: &Node<'d>, place: &Place<'_>) {
        if self.read_family(id, node, place) {
            return;
        }
        let target = Target {
            slot: Some(id),
            address: Some(address(node)),
            place,
            origin: node.origin(),
            node: node.clone(),
        };
        let schema = self
            .conjunction(Vec::new(), std::slice::from_ref(node), &target)
            .schema;
        let body = self.types.defs.get(id.0).map(|def| &def.body);
        if schema.ty == Type::Named(id) && !matches!(body, Some(TypeBody::Alias(_))) {
            return;
        }
        self.describe(id, &schema);
        if let Some(def) = self.types.defs.get_mut(id.0) {
            def.body = TypeBody::Alias(schema);
        }
    }

    /// Reads leaves and nodes together as one schema.
    pub(super) fn conjunction(
        &mut self,
        base: Vec<Leaf<'d>>,
        nodes: &[Node<'d>],
        target: &Target<'_, 'd>,
    ) -> Reading {
        if self.types.depth >= DEEPEST {
            return self.too_deep(target);
        }
        self.types.depth += 1;
        let reading = self.conjunction_at_depth(base, nodes, target);
        self.types.depth -= 1;
        reading
    }

    fn conjunction_at_depth(
        &mut self,
        base: Vec<Leaf<'d>>,
        nodes: &[Node<'d>],
        target: &Target<'_, 'd>,
    ) -> Reading {
        if let Some(id) = self.read_before(&base, target) {
            let leaf = Leaf {
                keywords: self.keywords(&target.node),
                foreign: false,
            };
            return self.reference_use(id, &target.node, &[leaf], target);
        }
        let mut atoms = Vec::new();
        for node in nodes {
            self.atoms(node, false, 0, &mut atoms);
        }
        if base.iter().all(|leaf| leaf.keywords.narrowing == 0)
            && let Some((referred, leaves)) = self.lone_reference(&base, &atoms)
            // An heir that adds nothing is still one of the family, and not all of it.
            && !(target.slot.is_some() && self.inherits_from(&target.node, &referred))
        {
            let id = self.type_of(&referred);
            return self.reference_use(id, &referred, &leaves, target);
        }
        let mut visited: Vec<usize> = nodes.iter().map(address).collect();
        visited.extend(base.iter().map(|leaf| address(&leaf.keywords.node)));
        let mut leaves = base;
        self.expand(atoms, &mut visited, &mut leaves);
        self.drop_inherited_unions(&mut leaves, &visited);
        if leaves
            .iter()
            .filter(|leaf| leaf.keywords.is_narrowing())
            .nth(1)
            .is_some()
        {
            self.types.joins += 1;
            if self.types.joins > MOST_JOINS + self.types.ids.len() {
                let problem = "the parts of this schema have too many combinations";
                return self.given_up(target, problem.to_owned());
            }
        }
        self.build(leaves, target)
    }

    /// The type that this one node became, when another place has led to it before.
    fn read_before(&self, base: &[Leaf<'d>], target: &Target<'_, 'd>) -> Option<TypeId> {
        if target.slot.is_some() || !base.is_empty() {
            return None;
        }
        self.types.ids.get(&target.address?).copied()
    }

    /// The keywords of a node, of the parts of its `allOf`, and the references among them.
    fn atoms(&mut self, node: &Node<'d>, foreign: bool, depth: usize, atoms: &mut Vec<Atom<'d>>) {
        let mut keywords = self.keywords(node);
        if let Some(reference) = keywords.reference.take() {
            keywords.narrowing -= 1;
            atoms.extend(self.resolve(node, reference).map(Atom::Reference));
        }
        if let Some(parts) = keywords.all_of.take() {
            keywords.narrowing -= 1;
            if depth >= DEEPEST {
                self.lose_endless(&parts, too_deep());
            } else {
                for part in parts.items() {
                    self.atoms(&part, foreign, depth + 1, atoms);
                }
            }
        }
        atoms.push(Atom::Leaf(Box::new(Leaf { keywords, foreign })));
    }

    /// The one reference that says everything, when nothing beside it narrows the values.
    fn lone_reference(
        &self,
        base: &[Leaf<'d>],
        atoms: &[Atom<'d>],
    ) -> Option<(Node<'d>, Vec<Leaf<'d>>)> {
        let mut referred: Option<&Node<'d>> = None;
        let mut leaves: Vec<Leaf<'d>> = base.to_vec();
        for atom in atoms {
            match atom {
                Atom::Reference(node) => match referred {
                    Some(other) if address(other) != address(node) => return None,
                    _ => referred = Some(node),
                },
                Atom::Leaf(leaf) if leaf.keywords.narrowing > 0 || leaf.keywords.never => {
                    return None;
                }
                Atom::Leaf(leaf) => leaves.push(Leaf::clone(leaf)),
            }
        }
        let referred = referred?.clone();
        let declared = declared_types(referred.value());
        let agrees = |leaf: &Leaf<'d>| match (&leaf.keywords.types, &declared) {
            (Some(types), Some(names)) if !types.is_empty() => names.iter().any(|name| {
                types
                    .iter()
                    .any(|ty| super::shapes::type_name(*ty) == *name)
            }),
            _ => true,
        };
        leaves.iter().all(agrees).then_some((referred, leaves))
    }

    /// A use of a type, with what the place says about it.
    fn reference_use(
        &mut self,
        id: TypeId,
        referred: &Node<'d>,
        leaves: &[Leaf<'d>],
        target: &Target<'_, 'd>,
    ) -> Reading {
        let mut reading = annotations(leaves, target);
        let said = leaves.iter().any(|leaf| leaf.keywords.null);
        let excluded = leaves.iter().any(|leaf| leaf.keywords.types.is_some());
        reading.schema.nullable = said || (!excluded && self.admits_null(referred));
        reading.schema.ty = Type::Named(id);
        let flag = |key: &str| referred.value().get(key) == Some(&Value::Bool(true));
        reading.read_only |= flag("readOnly");
        reading.write_only |= flag("writeOnly");
        reading
    }

    /// Follows every reference, each target once, so that only leaves are left.
    fn expand(
        &mut self,
        atoms: Vec<Atom<'d>>,
        visited: &mut Vec<usize>,
        leaves: &mut Vec<Leaf<'d>>,
    ) {
        let mut waiting: Vec<Atom<'d>> = atoms.into_iter().rev().collect();
        while let Some(atom) = waiting.pop() {
            match atom {
                Atom::Leaf(leaf) => leaves.push(*leaf),
                Atom::Reference(node) => {
                    if visited.contains(&address(&node)) {
                        continue;
                    }
                    visited.push(address(&node));
                    // The target keeps its own type beside: it is read there, too.
                    self.type_of(&node);
                    let mut more = Vec::new();
                    self.atoms(&node, true, 0, &mut more);
                    waiting.extend(more.into_iter().rev());
                }
            }
        }
    }

    /// A base schema may list its heirs in `oneOf` (with a discriminator). Read as a part of an
    /// heir, that list says nothing: the heir is one of them.
    fn drop_inherited_unions(&mut self, leaves: &mut [Leaf<'d>], visited: &[usize]) {
        for leaf in leaves.iter_mut().filter(|leaf| leaf.foreign) {
            let unions: Vec<Node<'d>> = leaf.keywords.unions().cloned().collect();
            let variants = unions.iter().flat_map(Node::items);
            let inherits = variants
                .filter_map(|variant| self.peek(&variant))
                .any(|heir| visited.contains(&address(&heir)));
            if inherits {
                leaf.keywords.narrowing -= unions.len();
                leaf.keywords.one_of = None;
                leaf.keywords.any_of = None;
            }
        }
    }

    /// Where a node's `$ref` leads, without a word about those that lead nowhere.
    pub(super) fn peek(&self, node: &Node<'d>) -> Option<Node<'d>> {
        let reference = node.value().get("$ref")?.as_str()?;
        self.document.resolve(node, reference).ok()
    }

    /// The name of the component a node refers to.
    pub(super) fn referred_name(&self, node: &Node<'d>) -> Option<String> {
        component_name(&self.peek(node)?.origin())
    }

    /// Copies what is said of a type to its definition.
    pub(super) fn describe(&mut self, id: TypeId, schema: &Schema) {
        let Some(def) = self.types.defs.get_mut(id.0) else {
            return;
        };
        def.title.clone_from(&schema.title);
        def.description.clone_from(&schema.description);
        def.default.clone_from(&schema.default);
        def.examples.clone_from(&schema.examples);
        def.deprecated = schema.deprecated;
        def.xml.clone_from(&schema.xml);
        // What is written in place is said at the place.
        if def.component.is_some() {
            def.rules.clone_from(&schema.constraints.rules);
        }
        if let Some(title) = &def.title {
            let hint = vec![title.clone()];
            if is_a_name(title) && !def.hints.contains(&hint) {
                def.hints.insert(def.hints.len().min(1), hint);
            }
        }
    }

    fn too_deep(&mut self, target: &Target<'_, 'd>) -> Reading {
        self.given_up(target, too_deep())
    }

    /// Any value, where there is no end to be seen.
    fn given_up(&mut self, target: &Target<'_, 'd>, problem: String) -> Reading {
        self.lose_endless(&target.node, problem);
        Reading {
            schema: Schema {
                origin: target.origin.clone(),
                ..Schema::default()
            },
            ..Reading::default()
        }
    }

    fn lose_endless(&mut self, node: &Node<'d>, problem: String) {
        self.diagnostics.push(
            Diagnostic::warning(Code::BadValue, node.origin(), problem)
                .action("any value is accepted from here on"),
        );
        self.lose(node.origin(), "there is no end to it");
    }
}

fn too_deep() -> String {
    format!("schemas are nested more than {DEEPEST} deep here")
}

/// What is said of a place beside its shape: the place's own words before those of its parts, the
/// outermost last and so first; texts of what a reference leads to stay there.
pub(super) fn annotations(leaves: &[Leaf<'_>], target: &Target<'_, '_>) -> Reading {
    let mut schema = Schema {
        origin: target.origin.clone(),
        ..Schema::default()
    };
    let mut reading = Reading::default();
    for leaf in leaves {
        let keywords = &leaf.keywords;
        reading.read_only |= keywords.read_only;
        reading.write_only |= keywords.write_only;
        if leaf.foreign {
            continue;
        }
        schema.deprecated |= keywords.deprecated;
        if let Some(title) = keywords.title {
            schema.title = Some(title.to_owned());
        }
        if let Some(description) = keywords.description {
            schema.description = Some(description.to_owned());
        }
        if let Some(default) = keywords.default {
            schema.default = Some(default.clone());
        }
        if !keywords.examples.is_empty() {
            schema.examples.clone_from(&keywords.examples);
        }
        if keywords.xml.is_some() {
            schema.xml.clone_from(&keywords.xml);
        }
    }
    for leaf in leaves {
        super::keyword_limits::narrow(&mut schema.constraints, &leaf.keywords.limits);
    }
    reading.schema = schema;
    reading
}

/// The names in a node's `type`, null apart; `None` when it has none of its own.
fn declared_types(value: &Value) -> Option<Vec<&str>> {
    match value.get("type")? {
        Value::String(name) => Some(vec![name]),
        Value::Array(names) => Some(names.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

/// Whether a title is a name rather than a sentence.
fn is_a_name(title: &str) -> bool {
    title.len() <= 40 && title.split_whitespace().count() <= 4 && !title.trim().is_empty()
}
