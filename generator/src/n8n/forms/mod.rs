//! A schema as an input of the editor, and as the shape of what is read from it.
//!
//! Both are made together, so that they agree.
//!
//! ```text
//! scalars   text, numbers, switches, dates      locators  a record, by list, id or URL
//! choices   enums                               shared    shapes that several requests share
//! objects   collections                         depth     how deep forms go
//! lists     rows, several texts, maps           schema    what is said of a schema and its aliases
//! unions    the widest input, else JSON
//! ```

mod choices;
mod depth;
mod lists;
mod locators;
mod objects;
mod scalars;
mod schema;
mod shared;
#[cfg(test)]
mod tests;
mod unions;

pub(super) use choices::{takes_empty, unique_names, without_empty};
pub(super) use locators::Target;
pub(super) use objects::{at, merged, sorted, unique_labels};
pub(super) use shared::Shared;

use super::model::{Property, PropertyKind, Shape};
use super::text;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Field, Schema, Type, TypeBody, TypeId};
use crate::names::{Mistaken, N8nNames, singular, spelled, title, words};
use depth::Depths;
use schema::Settled;
use serde_json::Value;

/// An input, and how its value is read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Form {
    pub(super) property: Property,
    pub(super) shape: Shape,
}

/// What an input is asked for.
#[derive(Debug, Clone)]
pub(super) struct Input<'a> {
    /// The parameter's name.
    pub(super) name: String,
    /// The name on the wire that the parameter is called after, if it is.
    pub(super) wire_name: Option<&'a str>,
    /// Its label.
    pub(super) label: String,
    pub(super) schema: &'a Schema,
    /// What is said of it beside its schema.
    pub(super) description: Option<&'a str>,
    pub(super) example: Option<&'a Value>,
    /// Whether it is a credential.
    pub(super) secret: bool,
    /// Whether the document says so beside its schema.
    pub(super) deprecated: bool,
    /// The resource whose id it is.
    pub(super) target: Option<usize>,
    /// How many objects may lie within each other.
    pub(super) levels: usize,
    /// What carries its value.
    pub(super) carrier: Carrier,
}

/// What carries a value to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    /// JSON, in which a number is no text.
    Json,
    /// A parameter or a form, in which everything is text.
    Text,
    /// A multipart body: as a form, with bytes from the item's files.
    Parts,
}

impl<'a> Input<'a> {
    /// An input of this name, with everything else left open.
    pub(super) fn new(name: String, label: String, schema: &'a Schema) -> Self {
        Self {
            name,
            wire_name: None,
            label,
            schema,
            description: None,
            example: None,
            secret: false,
            deprecated: false,
            target: None,
            levels: 0,
            carrier: Carrier::Json,
        }
    }
}

/// A label of a name on the wire.
pub(super) fn label(wire_name: &str) -> String {
    let found = words(wire_name);
    if found.is_empty() {
        return title(&spelled(wire_name));
    }
    title(&found)
}

/// The label of one of several: `Email` of `Emails`.
fn one_of(label: &str) -> String {
    title(&singular(&words(label)))
}

/// Makes inputs.
pub(super) struct Forms<'a> {
    api: &'a Api,
    names: &'a N8nNames,
    /// What can be chosen from a list, by `ResourceId`.
    targets: &'a [Option<Target>],
    pub(super) shared: Shared,
    depths: Depths,
    /// The records that the input being made lies in.
    inside: Vec<TypeId>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Forms<'a> {
    pub(super) fn new(
        api: &'a Api,
        names: &'a N8nNames,
        targets: &'a [Option<Target>],
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            api,
            names,
            targets,
            shared: Shared::default(),
            depths: Depths::default(),
            inside: Vec::new(),
            diagnostics,
        }
    }

    /// Adds a diagnostic.
    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// How many objects may lie within each other in the form of a schema.
    pub(super) fn levels(&mut self, schema: &Schema) -> usize {
        self.depths.levels(self.api, schema)
    }

    /// An input for a schema; `None` where there is no value that could be set.
    pub(super) fn form(&mut self, input: &Input<'a>) -> Option<Form> {
        let mut form = self.made(input)?;
        let mistaken = match form.property.kind {
            PropertyKind::String => Some(Mistaken::Color),
            PropertyKind::Collection => Some(Mistaken::Update),
            _ => None,
        };
        if let (Some(wire_name), Some(mistaken)) = (input.wire_name, mistaken) {
            form.property.name = self.names.instead(wire_name, mistaken).to_owned();
        }
        Some(form)
    }

    fn made(&mut self, input: &Input<'a>) -> Option<Form> {
        let settled = Settled::new(self.api, input.schema);
        if let Some(form) = self.locator(input, &settled) {
            return Some(form);
        }
        match settled.ty {
            Type::Never => None,
            Type::Any | Type::Null | Type::Tuple(..) => Some(self.json(input, &settled)),
            Type::Primitive(primitive) => Some(self.scalar(input, &settled, primitive)),
            Type::Constant(value) => self.constant(input, &settled, value),
            Type::List(items) => Some(self.list(input, &settled, items)),
            // Values that are JSON anyway are written with their keys.
            Type::Map(values) if Settled::new(self.api, values).ty == &Type::Any => {
                Some(self.json(input, &settled))
            }
            Type::Map(values) => Some(self.map(input, &settled, values)),
            Type::Named(id) => match self.api.type_def(*id).map(|def| &def.body) {
                Some(TypeBody::Record(record)) => Some(self.object(input, &settled, *id, record)),
                Some(TypeBody::Enum(it)) => self.choice(input, &settled, it),
                Some(TypeBody::Union(union)) => Some(self.union(input, &settled, union)),
                // A cycle of aliases, which has no shape.
                Some(TypeBody::Alias(_)) | None => Some(self.json(input, &settled)),
            },
        }
    }

    /// The input of a record's field.
    fn field(&mut self, field: &'a Field, levels: usize, carrier: Carrier) -> Option<Form> {
        let input = Input {
            secret: field.secret,
            target: field
                .relation
                .as_ref()
                .filter(|relation| relation.by_id && !relation.many)
                .map(|relation| relation.resource.0),
            levels,
            carrier,
            wire_name: Some(&field.wire_name),
            ..Input::new(
                self.names.parameter(&field.wire_name).to_owned(),
                label(&field.wire_name),
                &field.schema,
            )
        };
        self.form(&input)
    }

    /// An editor for any JSON value.
    fn json(&self, input: &Input<'a>, settled: &Settled<'a>) -> Form {
        let mut property = property(input, settled, PropertyKind::Json, "");
        property.placeholder = None;
        Form {
            property,
            shape: Shape::Json,
        }
    }

    /// Says that a part of an input is left out.
    fn leave_out(&mut self, input: &Input<'a>, message: String) {
        let diagnostic =
            Diagnostic::warning(Code::NotGenerated, input.schema.origin.clone(), message);
        self.say(diagnostic.action("the n8n node leaves it out"));
    }
}

/// An input with what is said of it: a text, an example, the document's default as a hint.
fn property(
    input: &Input<'_>,
    settled: &Settled<'_>,
    kind: PropertyKind,
    default: impl Into<Value>,
) -> Property {
    let mut property = Property::new(&input.label, &input.name, kind, default);
    property.description = tooltip(input, settled, kind);
    if input.deprecated || input.schema.deprecated {
        let of = text::Kind::of(kind);
        property.description = Some(text::deprecated(property.description.take(), of));
    }
    let hides = input.secret;
    property.placeholder = input
        .example
        .or(settled.example)
        .or(settled.default)
        .filter(|_| !hides)
        .and_then(text::placeholder);
    property
}

fn tooltip(input: &Input<'_>, settled: &Settled<'_>, kind: PropertyKind) -> Option<String> {
    let of = text::Kind::of(kind);
    let said = input
        .description
        .or(settled.description)
        .and_then(|text| text::description(text, &input.label, of));
    let default = settled.default.and_then(plain_default);
    match (said, default) {
        (Some(said), Some(default)) if kind != PropertyKind::Json => {
            let said = said.strip_suffix('.').unwrap_or(&said);
            Some(format!("{said}. Defaults to {}.", default.trim()))
        }
        (None, Some(default)) if of == text::Kind::Other => {
            text::description(&format!("Defaults to {default}"), &input.label, of)
        }
        (None, _) if of == text::Kind::Boolean => is_it(&input.label),
        (said, _) => said,
    }
}

/// A default that can be said in a few plain words.
fn plain_default(value: &Value) -> Option<String> {
    match value {
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::String(text) => {
            let plain = |c: char| c.is_alphanumeric() || " _-".contains(c);
            let fits = !text.trim().is_empty() && text.chars().count() <= 40;
            // What the linter would have in other letters is not the default any more.
            let is_kept = text::is_well_cased(text);
            (fits && is_kept && text.chars().all(plain)).then(|| text.clone())
        }
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What a switch without a text says, where its name is half a sentence: `isActive` is "Whether it is
/// active".
fn is_it(label: &str) -> Option<String> {
    const VERBS: &[&str] = &[
        "is", "has", "can", "should", "was", "will", "does", "allows", "needs",
    ];
    let lower = label.to_lowercase();
    let (first, _) = lower.split_once(' ')?;
    let said = VERBS
        .contains(&first)
        .then(|| format!("Whether it {lower}"))?;
    text::description(&said, label, text::Kind::Boolean)
}
