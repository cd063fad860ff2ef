//! What a package calls things, for those who describe it.

use super::Package;
use super::identity::Identity;
use crate::diag::Diagnostics;
use crate::ir::{ActionId, Place, ResourceId};
use crate::n8n::model::{
    MemberShape, OperationDescriptor, Property, PropertyKind, PropertyOptions, ResourceDescriptor,
    Shape,
};
use crate::names::N8nNames;

/// How a package is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manual {
    /// `n8n-nodes-twenty`.
    pub package: String,
    /// The node's name in the editor: `Twenty`.
    pub node: String,
    /// The trigger node's name; `None`: the package has none.
    pub trigger: Option<String>,
    /// Each credential's name, and the labels of what is filled in.
    pub credentials: Vec<(String, Vec<String>)>,
    /// How each action is chosen, by `ActionId`; `None`: the node does not have it.
    pub operations: Vec<Option<ManualOperation>>,
}

/// How an action is chosen and filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ManualOperation {
    /// The choice of Resource.
    pub resource: String,
    /// The choice of Operation.
    pub operation: String,
    /// The line in the list of actions.
    pub action: String,
    /// Where each value is set.
    pub inputs: Vec<ManualInput>,
    /// The labels of inputs that stand for no value of the API.
    pub more: Vec<String>,
}

/// An input of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManualInput {
    /// Where its value goes; `None`: into the body.
    pub place: Option<Place>,
    /// The wire name.
    pub wire_name: String,
    /// Its label.
    pub label: String,
    /// The label of the collection that it is in.
    pub group: Option<String>,
    /// Whether it is filled in as JSON.
    pub json: bool,
}

/// Parameters that the runtime reads by itself.
const OWN: &[&str] = &[
    "returnAll",
    "simplify",
    "specifyRecords",
    "fieldsToClear",
    "bodyJson",
];

/// Shapes within each other that are looked through.
const DEEPEST: usize = 16;

/// How a package is used.
pub fn manual(package: Package<'_>, names: &N8nNames) -> Manual {
    let api = package.api;
    let identity = Identity::new(api, package.profile);
    // What is wrong with them is said when the package is written.
    let mut said = Diagnostics::new();
    let credentials = package.credentials(&identity, &mut said);
    let shown = |properties: &[Property]| -> Vec<String> {
        let shown = properties
            .iter()
            .filter(|it| it.kind != PropertyKind::Hidden);
        shown.map(|it| it.display_name.clone()).collect()
    };
    let mut operations = vec![None; api.actions.len()];
    for (index, resource) in api.resources.iter().enumerate() {
        let labels = names.resource(ResourceId(index));
        let descriptor = package
            .resources
            .iter()
            .find(|it| labels.is_some_and(|labels| labels.value == it.resource.value));
        for id in &resource.actions {
            let made = descriptor.and_then(|it| operation(it, *id, names));
            if let (Some(made), Some(slot)) = (made, operations.get_mut(id.0)) {
                *slot = Some(made);
            }
        }
    }
    Manual {
        trigger: package.trigger.map(|_| super::trigger::title(&identity)),
        package: identity.package,
        node: identity.title,
        credentials: credentials
            .iter()
            .map(|it| {
                let mut fields = shown(&it.properties);
                // n8n's own fields of such a credential.
                let own = it.oauth2.then_some(["Client ID", "Client Secret"]);
                fields.extend(own.into_iter().flatten().map(str::to_owned));
                (it.display_name.clone(), fields)
            })
            .collect(),
        operations,
    }
}

fn operation(
    resource: &ResourceDescriptor,
    id: ActionId,
    names: &N8nNames,
) -> Option<ManualOperation> {
    let value = &names.operation(id)?.value;
    let operation = resource.operations.iter().find(|it| it.value == *value)?;
    let properties: Vec<&Property> = resource
        .properties
        .iter()
        .filter(|it| is_shown(it, operation))
        .collect();
    let mut walk = Walk {
        resource,
        inputs: Vec::new(),
    };
    for parameter in &operation.request.parameters {
        walk.parameter(
            parameter.place,
            &parameter.name,
            &parameter.shape,
            &properties,
        );
    }
    if let Some(body) = &operation.request.body {
        walk.body(&body.shape, &properties, None, 0);
    }
    let members = properties.iter().flat_map(|it| children(it));
    let more = properties.iter().copied().chain(members);
    let more = more.filter(|it| OWN.contains(&it.name.as_str()));
    Some(ManualOperation {
        resource: resource.resource.name.clone(),
        operation: operation.name.clone(),
        action: operation.action.clone(),
        inputs: walk.inputs,
        more: more.map(|it| it.display_name.clone()).collect(),
    })
}

fn is_shown(property: &Property, operation: &OperationDescriptor) -> bool {
    let shown = property.display_options.as_ref();
    let operations = shown.and_then(|it| it.show.get("operation"));
    operations.is_some_and(|all| all.iter().any(|it| *it == operation.value.as_str()))
}

/// What is inside a parameter.
fn children(property: &Property) -> Vec<&Property> {
    match &property.options {
        PropertyOptions::Members(members) => members.iter().collect(),
        PropertyOptions::Sections(sections) => sections.iter().flat_map(|it| &it.values).collect(),
        PropertyOptions::Items(_) | PropertyOptions::None => Vec::new(),
    }
}

/// The parameter that some keys lead to, and the one around it.
fn find<'p>(
    keys: &[String],
    properties: &[&'p Property],
) -> Option<(&'p Property, Option<&'p Property>)> {
    let (first, rest) = keys.split_first()?;
    let found = properties.iter().find(|it| it.name == *first)?;
    match rest {
        [] => Some((found, None)),
        rest => {
            let (inner, around) = find(rest, &children(found))?;
            Some((inner, around.or(Some(found))))
        }
    }
}

struct Walk<'a> {
    resource: &'a ResourceDescriptor,
    inputs: Vec<ManualInput>,
}

impl Walk<'_> {
    fn parameter(&mut self, place: Place, name: &str, shape: &Shape, properties: &[&Property]) {
        let Shape::At { at, .. } = shape else { return };
        if let Some((found, around)) = find(at, properties) {
            self.push(Some(place), name, found, around);
        }
    }

    fn body(
        &mut self,
        shape: &Shape,
        properties: &[&Property],
        around: Option<&Property>,
        depth: usize,
    ) {
        if depth > DEEPEST {
            return;
        }
        let depth = depth + 1;
        match shape {
            Shape::At { at, shape } => {
                if let Some((found, _)) = find(at, properties) {
                    self.body(shape, &children(found), Some(found), depth);
                }
            }
            Shape::Merge(shapes) => {
                for shape in shapes {
                    self.body(shape, properties, around, depth);
                }
            }
            Shape::Choose { among, .. } => {
                for shape in among.values() {
                    self.body(shape, properties, around, depth);
                }
            }
            Shape::Rows(shape) | Shape::List(shape) => self.body(shape, properties, around, depth),
            Shape::Use(name) => {
                if let Some(shape) = self.resource.shapes.get(name) {
                    self.body(shape, properties, around, depth);
                }
            }
            Shape::Object(members) => {
                for (wire_name, member) in members {
                    let name = match member {
                        MemberShape::Same(_) => wire_name,
                        MemberShape::Renamed(member) => &member.name,
                    };
                    if let Some(found) = properties.iter().find(|it| it.name == *name) {
                        self.push(None, wire_name, found, around);
                    }
                }
            }
            Shape::Text
            | Shape::Option
            | Shape::Id
            | Shape::Number
            | Shape::Integer
            | Shape::Boolean
            | Shape::DateTime
            | Shape::Date
            | Shape::TextOrNumber
            | Shape::TextOrBoolean
            | Shape::TextOrScalar
            | Shape::Json
            | Shape::Binary
            | Shape::OneOrMany(_)
            | Shape::Map(_)
            | Shape::Constant(_) => {}
        }
    }

    fn push(
        &mut self,
        place: Option<Place>,
        wire_name: &str,
        found: &Property,
        around: Option<&Property>,
    ) {
        let input = ManualInput {
            place,
            wire_name: wire_name.to_owned(),
            label: found.display_name.clone(),
            group: around.map(|it| it.display_name.clone()),
            json: found.kind == PropertyKind::Json,
        };
        if !self.inputs.contains(&input) {
            self.inputs.push(input);
        }
    }
}
