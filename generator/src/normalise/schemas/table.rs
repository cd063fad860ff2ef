//! The table of types: which schema became which type, and which are still to be read.

use super::hints::Place;
use crate::ir::{Origin, Role, Schema, Type, TypeBody, TypeDef, TypeId};
use crate::load::Node;
use crate::normalise::reader::{Reader, address, key_of};
use std::collections::{HashMap, VecDeque};

/// The types of one document while it is read.
#[derive(Debug, Default)]
pub(in crate::normalise) struct Types<'d> {
    /// Every type, at the index of its id; the body is empty until it has been read.
    pub(super) defs: Vec<TypeDef>,
    /// The type that a schema became, by the address of its node.
    pub(super) ids: HashMap<usize, TypeId>,
    /// Types that have an id and no body yet.
    pub(super) pending: VecDeque<(TypeId, Node<'d>)>,
    /// What is known of the unions, for telling their variants apart at the end.
    pub(super) unions: Vec<super::union_tests::UnionFacts>,
    /// The schemas whose `allOf` refers to a schema, by the address of that.
    pub(super) heirs: HashMap<usize, Vec<Node<'d>>>,
    /// The type of a base without its heirs, by the base's address.
    pub(super) own: HashMap<usize, TypeId>,
    /// Whether null is a value of a schema, by address.
    pub(super) nullable: HashMap<usize, bool>,
    /// Records made of several schemas, by the addresses of these.
    pub(super) joined: HashMap<Vec<usize>, TypeId>,
    /// How many times several schemas were read as one.
    pub(super) joins: usize,
    /// How deep the schema that is being read is nested.
    pub(super) depth: usize,
}

/// The folders whose entries are named schemas.
const FOLDERS: [&str; 3] = ["/schemas", "/$defs", "/definitions"];

impl<'d> Reader<'d, '_> {
    /// Gives every schema under `components` its id, ordered by key, whether used or not.
    pub(in crate::normalise) fn declare_schemas(&mut self, schemas: &Node<'d>) {
        self.find_heirs(schemas);
        for (_, schema) in schemas.entries() {
            self.type_of(&schema);
        }
    }

    /// The type that a schema elsewhere becomes; it is read later.
    pub(super) fn type_of(&mut self, target: &Node<'d>) -> TypeId {
        let key = address(target);
        if let Some(id) = self.types.ids.get(&key) {
            return *id;
        }
        let id = TypeId(self.types.defs.len());
        self.types.ids.insert(key, id);
        let origin = target.origin();
        // A file of its own names a schema as well as a component does.
        let component = component_name(&origin).or_else(|| file_name(&origin));
        let name = component.clone().unwrap_or_else(|| key_of(&origin));
        self.types.defs.push(TypeDef {
            component,
            hints: vec![vec![name]],
            ..empty_def(origin)
        });
        self.types.pending.push_back((id, target.clone()));
        id
    }

    /// Reads every schema that is waiting, including those that turn up meanwhile.
    pub(in crate::normalise) fn read_pending(&mut self) {
        while let Some((id, node)) = self.types.pending.pop_front() {
            let name = self
                .types
                .defs
                .get(id.0)
                .and_then(|def| def.hints.first()?.first().cloned());
            let name = name.unwrap_or_default();
            self.read_definition(id, &node, &Place::root(&name));
        }
    }

    /// Puts a type that needs a name into its slot, or into a new one.
    pub(super) fn define(&mut self, target: &Target<'_, 'd>, body: TypeBody) -> TypeId {
        if let Some(def) = target.slot.and_then(|id| self.types.defs.get_mut(id.0)) {
            def.body = body;
            return target.slot.unwrap_or(TypeId(0));
        }
        let id = self.reserve(target);
        if let Some(def) = self.types.defs.get_mut(id.0) {
            def.body = body;
        }
        id
    }

    /// A new slot for a type that needs a name; it has no body yet.
    pub(super) fn reserve(&mut self, target: &Target<'_, 'd>) -> TypeId {
        let id = TypeId(self.types.defs.len());
        if let Some(key) = target.address {
            self.types.ids.insert(key, id);
        }
        self.types.defs.push(TypeDef {
            hints: target.place.hints(),
            ..empty_def(target.origin.clone())
        });
        id
    }

    /// Makes a slot another name for a type that needs none.
    pub(super) fn fill_alias(&mut self, id: TypeId, ty: Type) {
        if let Some(def) = self.types.defs.get_mut(id.0) {
            let origin = def.origins.first().cloned().unwrap_or_default();
            def.body = TypeBody::Alias(Schema {
                ty,
                origin,
                ..Schema::default()
            });
        }
    }
}

/// Where the type that is being read goes.
#[derive(Debug, Clone)]
pub(super) struct Target<'p, 'd> {
    /// The id that waits for it, for a definition.
    pub(super) slot: Option<TypeId>,
    /// The address of the node it is, when it is one node.
    pub(super) address: Option<usize>,
    /// The place in words.
    pub(super) place: &'p Place<'p>,
    /// Where it stands.
    pub(super) origin: Origin,
    /// The node it stands at.
    pub(super) node: Node<'d>,
}

pub(super) fn empty_def(origin: Origin) -> TypeDef {
    TypeDef {
        component: None,
        hints: Vec::new(),
        role: Role::default(),
        title: None,
        description: None,
        body: TypeBody::Alias(Schema::default()),
        default: None,
        examples: Vec::new(),
        deprecated: false,
        origins: vec![origin],
        rules: Vec::new(),
        xml: None,
        other_way: None,
    }
}

/// The name of a schema that stands where schemas are named; `None` for any other.
pub(super) fn component_name(origin: &Origin) -> Option<String> {
    let (folder, _) = origin.pointer.rsplit_once('/')?;
    FOLDERS
        .iter()
        .any(|known| folder.ends_with(known))
        .then(|| key_of(origin))
}

/// The name of a schema that is a whole file: `models/droplet.yml` has a `droplet`.
fn file_name(origin: &Origin) -> Option<String> {
    let file = origin.file.rsplit('/').next()?;
    let name = file.split('.').next()?;
    (origin.pointer.is_empty() && !name.is_empty()).then(|| name.to_owned())
}
